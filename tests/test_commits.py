"""The steps of a branch: the same with what is kept as without, and asked for only where they are new."""

from __future__ import annotations

from pathlib import Path

import pytest

from cireg import commits
from cireg.commits import steps_of
from cireg.files import Cache
from cireg.git import Git
from tests.repositories import Repository

ONE = "improvements/CI-0001.yaml"


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """Three commits."""
    made = Repository(tmp_path / "register")
    for number in range(3):
        made.commit({ONE: f"id: CI-{number}\n", "README.md": str(number)})
    return made


def test_what_is_kept_is_carried_on_from(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a few commits it stays as it is, after many it moves on; every answer is the whole one."""
    monkeypatch.setattr(commits, "_FEW", 2)
    git, cache, none = Git(repository.folder), Cache(tmp_path / "cache", "log"), Cache(None, "log")
    tips = []
    for number in range(6):
        head = repository.commit({ONE: f"id: CI-{number}\ntitle: {number}\n"})
        assert steps_of(git, head, none) == steps_of(git, head, cache)
        tips.append((head, cache.load()["tip"]))
    assert [0, 0, 0, 3, 3, 3] == [[head for head, _ in tips].index(tip) for _, tip in tips]


def test_another_branch_and_a_rewritten_one_are_read_anew(repository: Repository, tmp_path: Path) -> None:
    """What is kept lies on another way, even where it was merged into this one."""
    git, cache, none = Git(repository.folder), Cache(tmp_path / "cache", "log"), Cache(None, "log")
    repository.git("switch", "-q", "-c", "branch")
    branch = repository.commit({ONE: "id: CI-8\n"})
    assert 4 == len(steps_of(git, branch, cache))
    repository.git("switch", "-q", "main")
    repository.commit({"improvements/CI-0009.yaml": "id: CI-9\n"})
    repository.git("merge", "-q", "-m", "merge", "branch")
    merged = repository.git("rev-parse", "HEAD")
    assert steps_of(git, merged, none) == steps_of(git, merged, cache)
    repository.git("reset", "-q", "--hard", "HEAD~2")
    head = repository.git("rev-parse", "HEAD")
    assert steps_of(git, head, none) == steps_of(git, head, cache)


def test_what_is_kept_in_another_form_is_not_used(repository: Repository, tmp_path: Path) -> None:
    """As an older cireg may have left it."""
    git, cache = Git(repository.folder), Cache(tmp_path / "cache", "log")
    head = repository.git("rev-parse", "HEAD")
    for steps in ([[1]], [None], "x", [[["a"], []], [{}]]):
        cache.keep({"tip": head, "steps": steps})
        assert 3 == len(steps_of(git, head, cache))
    cache.keep({"tip": "f" * 40, "steps": []})
    assert 3 == len(steps_of(git, head, cache))
