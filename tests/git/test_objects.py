"""What commits hold and changed, asked for by full ids in real repositories."""

from __future__ import annotations

from pathlib import Path

import pytest

from cireg.errors import CiregError
from cireg.git import Change, Git, TreeFile, Unread, blob_id, objects
from tests.repositories import Repository


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """Two commits and a branch beside them."""
    made = Repository(tmp_path / "all")
    made.commit({"it/a.yaml": "one", "it/b.yaml": "two", "c.txt": "three"}, subject="first")
    made.git("branch", "other")
    made.commit({"it/a.yaml": "one more", "it/b.yaml": None}, subject="second")
    return made


def test_a_tree_is_listed_from_a_folder_and_narrowed(repository: Repository) -> None:
    """None where the commit has no such folder."""
    git = Git(repository.folder / "it")
    head = git.resolve("HEAD~1") or ""
    one, two = (TreeFile(name, "100644", blob_id(text)) for name, text in (("a.yaml", b"one"), ("b.yaml", b"two")))
    assert [one, two] == git.tree(head, "it/")
    assert [two] == git.tree(head, "it/", ["b.yaml"])
    assert ["c.txt", "it/a.yaml", "it/b.yaml"] == [each.path for each in git.tree(head) or ()]
    assert git.tree(head, "nowhere/") is None


def test_blobs_come_in_order_each_once_and_in_parts(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is too large is told by its size, and only so much is held at a time."""
    git = Git(repository.folder)
    ids = [blob_id(text) for text in (b"three", b"one", b"one more", b"two", b"one")]
    monkeypatch.setattr(objects, "CHUNK", 4)
    expected = [(ids[0], b"three"), (ids[1], b"one"), (ids[2], Unread(8)), (ids[3], b"two")]
    assert sorted(expected, key=str) == sorted(git.blobs(ids, 5), key=str)
    monkeypatch.undo()
    assert [b"three", b"one", b"one more", b"two"] == [content for _, content in git.blobs(ids, 100)]
    assert [] == list(git.blobs([], 5))


def test_a_blob_that_is_not_there_is_an_error(repository: Repository) -> None:
    """As in a clone that left it out."""
    with pytest.raises(CiregError, match="this clone does not have every file"):
        list(Git(repository.folder).blobs(["f" * 40], 5))


def test_changes_tell_what_became_of_each_path(repository: Repository) -> None:
    """From the register's folder, the newest first; since a commit, only what came after it."""
    git = Git(repository.folder / "it")
    head = git.resolve("HEAD") or ""
    first, second = blob_id(b"one"), blob_id(b"one more")
    found = list(git.changes(head))
    assert ["second", "first"] == [commit.subject for commit, _ in found]
    assert [Change("a.yaml", first, second, "100644"), Change("b.yaml", blob_id(b"two"), None, "000000")] == found[0][1]
    assert found[:1] == list(git.changes(head, since=git.resolve("HEAD~1") or ""))
    assert [] == list(git.changes(head, ["none.yaml"]))


def test_where_two_branches_parted_is_known(repository: Repository) -> None:
    """None where they have nothing in common."""
    git = Git(repository.folder)
    main, other = git.resolve("main") or "", git.resolve("other") or ""
    assert other == git.merge_base(main, other)
    tree = repository.git("rev-parse", "HEAD^{tree}")
    alone = repository.git("commit-tree", tree, "-m", "alone")
    assert git.merge_base(main, alone) is None
    assert [True, False, False] == [git.is_on_the_way(each, main) for each in (other, alone, main)]


def test_only_full_ids_are_taken(repository: Repository) -> None:
    """Everything else has to be resolved first: it might be an option."""
    git = Git(repository.folder)
    for name in ("HEAD", "--output=x", "", "f" * 39):
        with pytest.raises(ValueError, match="not a full id"):
            git.tree(name)
        with pytest.raises(ValueError, match="not a full id"):
            git.merge_base(name, name)
        with pytest.raises(ValueError, match="not a full id"):
            list(git.changes(name))
        with pytest.raises(ValueError, match="not a full id"):
            list(git.blobs([name], 1))


def test_a_repository_of_longer_ids_is_read_like_any_other(tmp_path: Path) -> None:
    """Git can make them of SHA-256."""
    folder = tmp_path / "long"
    folder.mkdir()
    made = Repository(folder, make=False)
    made.git("init", "-q", "--object-format=sha256")
    head = made.commit({"a.yaml": "one"})
    git = Git(folder)
    blob = blob_id(b"one", len(head))
    assert (64, [TreeFile("a.yaml", "100644", blob)]) == (len(blob), git.tree(head))
    assert [(blob, b"one")] == list(git.blobs([blob], 10))
    assert [[Change("a.yaml", None, blob, "100644")]] == [changes for _, changes in git.changes(head)]
