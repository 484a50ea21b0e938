"""The merge that would be made, every commit of a file, and where one stands: asked of real repositories."""

from __future__ import annotations

from pathlib import Path

import pytest

from cireg.errors import CiregError
from cireg.git import Git
from tests.repositories import Repository


@pytest.fixture
def parted(tmp_path: Path) -> Repository:
    """Two branches of one file of three lines; `side` has changed the last one and added a file."""
    made = Repository(tmp_path / "made")
    made.commit({"sub/a": "1\n2\n3\n"}, who="first")
    made.git("switch", "-q", "-c", "side")
    made.commit({"sub/a": "1\n2\nx\n"}, who="writer")
    made.commit({"sub/b": "new\n"}, who="other")
    made.git("switch", "-q", "main")
    return made


def contents(git: Git, tree: str) -> dict[str, bytes]:
    """What a tree holds, by path."""
    files = git.tree(tree) or []
    held = dict(git.blobs((each.blob for each in files), 1000))
    return {each.path: bytes(held[each.blob]) for each in files}  # type: ignore[arg-type]  # none is that large


def test_a_merge_is_made_among_gits_objects(parted: Repository) -> None:
    """From any folder; the branches and the files stay as they are."""
    parted.commit({"sub/a": "y\n2\n3\n"})
    git = Git(parted.folder / "sub")
    ours, theirs = parted.git("rev-parse", "main"), parted.git("rev-parse", "side")
    made = git.merged(ours, theirs)

    assert () == made.conflicts
    assert {"sub/a": b"y\n2\nx\n", "sub/b": b"new\n"} == contents(git, made.tree)
    assert (ours, "") == (parted.git("rev-parse", "HEAD"), parted.git("status", "--porcelain"))


def test_what_git_cannot_merge_is_named(parted: Repository) -> None:
    """With the paths from the top, however odd."""
    parted.commit({"sub/a": "1\n2\nz\n", "sub/new\nline": "1"})
    parted.git("switch", "-q", "side")
    parted.commit({"sub/new\nline": "2"})
    parted.git("switch", "-q", "main")
    made = Git(parted.folder).merged(*parted.git("rev-parse", "main", "side").split())

    assert {"sub/a", "sub/new\nline"} == set(made.conflicts)
    assert b"<<<<<<<" in contents(Git(parted.folder), made.tree)["sub/a"]


def test_what_has_nothing_in_common_is_not_merged(parted: Repository, tmp_path: Path) -> None:
    """As git says."""
    parted.git("switch", "-q", "--orphan", "alone")
    parted.commit({"c": "x"})
    with pytest.raises(CiregError, match="git cannot read this repository"):
        Git(parted.folder).merged(*parted.git("rev-parse", "main", "alone").split())


def test_every_commit_is_told_or_what_the_branch_saw(parted: Repository) -> None:
    """The merge for the branch, its authors for whoever asks who wrote it."""
    parted.commit({"c": "x"})
    parted.git("merge", "-q", "--no-ff", "--no-edit", "side", who="manager")
    git = Git(parted.folder)
    tip = parted.git("rev-parse", "HEAD")

    assert ["manager", "first"] == [commit.author for commit, _ in git.changes(tip, ["sub/a"])]
    assert ["writer", "first"] == [commit.author for commit, _ in git.changes(tip, ["sub/a"], every=True)]


def test_the_branch_one_is_on(parted: Repository) -> None:
    """None where there is none."""
    git = Git(parted.folder)
    assert "main" == git.current_branch()
    parted.git("switch", "-q", "--detach")
    assert git.current_branch() is None


def test_what_the_index_has_is_tracked(parted: Repository) -> None:
    """Whether or not it lies there; a new file is not."""
    (parted.folder / "sub/a").unlink()
    parted.write({"sub/c": "x"})
    git = Git(parted.folder / "sub")

    assert [True, False, False] == [git.is_tracked(path) for path in ("a", "c", "d")]
