"""A commit's files as a tree: listed and read as the work tree's are, or refused with a reason."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from cireg.errors import CiregError
from cireg.files import CommitTree, Entry, FileRefused, WorkTree
from cireg.git import Git
from tests.repositories import Repository

LIMIT = 1000


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """Files, folders, a link and names that begin with a dot; the register is one folder of it."""
    made = Repository(tmp_path / "all")
    made.write(
        {
            "it/cireg.yaml": "name: it",
            "it/improvements/CI-0002.yaml": "two",
            "it/improvements/old/CI-0001.yaml": "one",
            "it/improvements/.hidden/CI-0003.yaml": "three",
            "it/improvements-of-others.yaml": "no",
            "it/kpis/a.csv": "\u00e4\r\n",
            "it/large.yaml": "x" * (LIMIT + 1),
            "elsewhere.txt": "not the register's",
        }
    )
    os.symlink("../../elsewhere.txt", made.folder / "it/improvements/link.yaml")
    os.symlink("improvements", made.folder / "it/others")
    made.commit({})
    return made


def tree(repository: Repository, folder: str = "it/", *within: str) -> CommitTree:
    """The last commit's tree."""
    commit = Git(repository.folder).resolve("HEAD")
    assert commit is not None
    return CommitTree(Git(repository.folder / folder), commit, folder, within)


def told(files: CommitTree | WorkTree, path: str) -> bytes | tuple[str, str]:
    """What reading a file gives, or why it is refused."""
    try:
        return files.read(path, LIMIT)
    except FileRefused as refused:
        return refused.rule, refused.message


def test_a_commit_lists_what_the_work_tree_lists(repository: Repository) -> None:
    """Names with a dot left out, links listed and not followed, a folder by its whole name."""
    at, here = tree(repository), WorkTree(repository.folder / "it")
    for folder in ("", "improvements", "improvements/old", "kpis", "none", "cireg.yaml", "others", "improvements/l"):
        assert here.list(folder) == at.list(folder), folder
    assert Entry("improvements/link.yaml", "symlink") in at.list("improvements")


def test_a_commit_reads_and_refuses_what_the_work_tree_does(repository: Repository) -> None:
    """The same bytes, the same reasons; and the same names are there."""
    at, here = tree(repository), WorkTree(repository.folder / "it")
    paths = ["cireg.yaml", "improvements/old/CI-0001.yaml", "kpis/a.csv", "large.yaml", "improvements/link.yaml"]
    for path in (*paths, "others/CI-0002.yaml", "none.yaml", "improvements", "../elsewhere.txt", "a//b", "a\0b"):
        assert told(here, path) == told(at, path), path
        assert here.exists(path) == at.exists(path), path


def test_the_work_tree_does_not_matter(repository: Repository) -> None:
    """Neither what was changed in it nor what is staged."""
    (repository.folder / "it/cireg.yaml").write_text("changed", encoding="utf-8")
    repository.git("rm", "-q", "--cached", "it/improvements/CI-0002.yaml")
    assert b"name: it" == tree(repository).read("cireg.yaml", LIMIT)
    assert b"two" == tree(repository).read("improvements/CI-0002.yaml", LIMIT)


def test_a_larger_limit_reads_what_a_smaller_one_refused(repository: Repository) -> None:
    """What is known is not asked for again, what was too large is."""
    files = tree(repository)
    assert ("file-too-large", "is larger than 1000 bytes") == told(files, "large.yaml")
    assert LIMIT + 1 == len(files.read("large.yaml", 2 * LIMIT))
    assert ("file-too-large", "is larger than 1000 bytes") == told(files, "large.yaml")


def test_only_what_matters_is_listed(repository: Repository) -> None:
    """A register may lie in a repository of anything."""
    files = tree(repository, "it/", "cireg.yaml", "kpis")
    assert ["cireg.yaml", "kpis/a.csv"] == [each.path for each in files.list()]
    assert not files.exists("improvements")


def test_two_processes_read_everything_after_the_list(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    """One for the sizes, one for the content, however many files there are."""
    files = tree(repository)
    asked: list[str] = []
    run = Git.run

    def count(git: Git, *arguments: str, input_: bytes = b"") -> object:
        asked.append(arguments[0])
        return run(git, *arguments, input_=input_)

    monkeypatch.setattr(Git, "run", count)
    for entry in files.list():
        told(files, entry.path)
    assert ["cat-file", "cat-file"] == asked


def test_a_submodule_is_no_file(repository: Repository, tmp_path: Path) -> None:
    """Another repository has what it holds."""
    other = Repository(tmp_path / "other")
    other.commit({"CI-0009.yaml": "nine"})
    repository.git("submodule", "add", "-q", f"file://{other.folder}", "it/improvements/sub")
    repository.commit({})
    files = tree(repository)
    assert Entry("improvements/sub", "special") in files.list("improvements")
    assert ("special-file", "is not a regular file") == told(files, "improvements/sub")


def test_a_file_kept_in_lfs_is_refused_with_the_reason(repository: Repository) -> None:
    """Its pointer is no register's file."""
    pointer = f"version https://git-lfs.github.com/spec/v1\noid sha256:{'0' * 64}\nsize 12\n"
    repository.commit({"it/improvements/CI-0004.yaml": pointer})
    expected = ("unreadable", "cannot be read: it is kept in Git LFS, so its content is not in git")
    assert expected == told(tree(repository), "improvements/CI-0004.yaml")


def test_odd_modes_and_names_are_files(repository: Repository) -> None:
    """Rights that git no longer writes, names that are no UTF-8, and such as would be options or patterns."""
    blob = repository.git("hash-object", "-w", "--stdin", input_=b"odd")
    names = [b"improvements/caf\xe9.yaml", b"improvements/-x.yaml", b"improvements/*.yaml", b"improvements/a\nb.yaml"]
    entries = b"".join(b"100664 blob " + blob.encode() + b"\t" + name.split(b"/")[1] + b"\0" for name in sorted(names))
    inner = repository.git("mktree", "-z", input_=entries)
    top = repository.git("mktree", input_=f"040000 tree {inner}\timprovements\n".encode())
    commit = repository.git("commit-tree", top, "-m", "odd")
    files = CommitTree(Git(repository.folder), commit)
    assert sorted(os.fsdecode(name) for name in names) == [each.path for each in files.list("improvements")]
    assert {"file"} == {each.kind for each in files.list()}
    assert {b"odd"} == {files.read(each.path, LIMIT) for each in files.list()}


def test_content_that_this_clone_does_not_have_ends_it_and_is_not_fetched(
    repository: Repository, tmp_path: Path
) -> None:
    """A clone may have left blobs out; asking for them would go over the network."""
    repository.git("config", "uploadpack.allowFilter", "true")
    partial = repository.clone(tmp_path / "partial", "--filter=blob:none", "--no-checkout")
    (partial.folder / "it").mkdir()
    files = tree(partial)
    with pytest.raises(CiregError, match="this clone does not have every file") as error:
        files.read("cireg.yaml", LIMIT)
    assert "git fetch --refetch --no-filter" in str(error.value.hint)
    assert Git(partial.folder).is_partial()


def test_a_folder_that_the_commit_does_not_have_is_empty(repository: Repository) -> None:
    """As a register that was not there yet."""
    assert () == tree(repository, "it/", "nowhere").list()
    commit = Git(repository.folder).resolve("HEAD") or ""
    assert () == CommitTree(Git(repository.folder), commit, "nowhere/").list()
