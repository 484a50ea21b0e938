"""Which commit brought a part, in real repositories."""

from __future__ import annotations

from pathlib import Path

from cireg.git import Git
from cireg.history import read_history
from cireg.source import Route
from cireg.trail.witness import Witness, witness
from tests.repositories import Repository, register
from tests.small_register import fields, text
from tests.small_register import register as loaded

PATH = "improvements/CI-0001.yaml"
YES = {"by": "head-of-it", "decision": "approved", "on": "2026-11-20"}
NO = {"by": "data-analyst", "decision": "declined", "on": "2026-11-21"}


def seen(made: Repository, path: str = PATH) -> Witness | None:
    """What git shows of the improvement as it lies there."""
    git = Git(made.folder)
    content = (made.folder / path).read_text(encoding="utf-8")
    item = loaded({path: content}).improvements["CI-0001"]
    return witness(git, read_history(git, git.resolve("HEAD")), item)


def who(found: Witness | None, route: Route, value: object) -> tuple[str | None, str | None]:
    """Who wrote a part and who brought it to the branch."""
    assert found is not None
    brought = found.brought(route, value)
    return tuple(each and each.author for each in (brought.written, brought.merged))  # type: ignore[return-value]  # two


def test_a_part_is_whose_commit_first_had_it_and_whose_merge_brought_it(tmp_path: Path) -> None:
    """Whatever is committed beside it or afterwards; entries of a list may change their places."""
    made = register(tmp_path)
    made.git("switch", "-q", "-c", "side")
    made.commit({PATH: text(fields(plan={"approvals": [YES]}))}, who="head")
    made.commit({PATH: text(fields(plan={"approvals": [NO, YES]}, tags=["x"]))}, who="analyst")
    made.git("switch", "-q", "main")
    made.commit({"improvements/CI-0002.yaml": text(fields(id="CI-0002"))})
    made.git("merge", "-q", "--no-ff", "--no-edit", "side", who="manager")
    found = seen(made)

    assert ("head", "manager") == who(found, ("plan", "approvals", 1), YES)
    assert ("analyst", "manager") == who(found, ("plan", "approvals", 0), NO)
    assert ("desk", "desk") == who(found, ("title",), fields()["title"])
    assert (None, None) == who(found, ("title",), "Another title")


def test_a_file_is_followed_through_its_names(tmp_path: Path) -> None:
    """By the id that is inside it, and another improvement's versions are not taken for its own."""
    made = register(tmp_path)
    made.commit({PATH: None, "improvements/CI-0001-new-name.yaml": text(fields(tags=["x"]))}, who="analyst")
    made.commit({PATH: text(fields(id="CI-0003", tags=["y"]))}, who="stranger")
    found = seen(made, "improvements/CI-0001-new-name.yaml")

    assert ("desk", "desk") == who(found, ("title",), fields()["title"])
    assert ("analyst", "analyst") == who(found, ("tags", 0), "x")
    assert (None, None) == who(found, ("tags", 0), "y")


def test_where_git_cannot_tell_there_is_no_witness(tmp_path: Path) -> None:
    """In a shallow clone, and of what was never committed."""
    made = register(tmp_path / "whole")
    made.commit({PATH: text(fields(tags=["x"]))})
    shallow = made.clone(tmp_path / "shallow", "--depth", "1")
    other = text(fields(id="CI-0009"))

    assert seen(shallow) is None
    item = loaded({"improvements/CI-0009.yaml": other}).improvements["CI-0009"]
    git = Git(made.folder)
    assert witness(git, read_history(git, git.resolve("HEAD")), item) is None
