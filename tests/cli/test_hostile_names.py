"""Names that attack: of revisions, branches and files, given to every command that reads git."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest

from cireg.cli import COMMANDS
from tests import small_register
from tests.repositories import Repository, register
from tests.running import call

_SHARED = Path(__file__).resolve().parents[3] / "shared/hostile/names"
_OWN_REFS = ["--output=pwn", "-x", "$(id)", "`id`", "HEAD..--output=x", "main\n--output=x", "ext::sh -c id"]
_OWN_FILES = ["CON.yaml", "-rf.yaml", "a\nb.yaml", "$(id).yaml", "\u202e.yaml", "::error::x.yaml", "x;id.yaml"]


def vectors(name: str, own: list[str]) -> list[str]:
    """The shared vectors where they are, and our own."""
    path = _SHARED / name
    return sorted({*own, *(json.loads(path.read_text(encoding="utf-8")) if path.exists() else [])})


def everything(folder: Path) -> list[str]:
    """Every path below a folder but git's own."""
    return sorted(str(path) for path in folder.rglob("*") if ".git" not in path.parts)


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """A register of one proposal."""
    return register(tmp_path / "register")


@pytest.mark.parametrize("rev", vectors("gitrefs.json", _OWN_REFS))
def test_a_revision_is_read_or_refused_and_does_nothing_else(repository: Repository, rev: str) -> None:
    """As --at, as --since and as either side of a difference."""
    before = everything(repository.folder.parent)
    for arguments in (
        ["list", f"--at={rev}"], ["check", f"--since={rev}"], ["diff", "--", rev], ["diff", "--", "HEAD", rev],
    ):  # fmt: skip
        ran = call(repository.folder, *arguments, CIREG_TODAY="2026-11-23")
        assert ran.code in (0, 2), (arguments, ran)
        assert "Traceback" not in ran.err
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", ran.err + ran.out)
    assert before == everything(repository.folder.parent)


def test_files_with_hostile_names_are_read_from_a_commit_as_from_the_work_tree(repository: Repository) -> None:
    """The same list, the same findings, and nothing that acts in any output."""
    made = []
    text = small_register.text(small_register.fields(id="CI-0002"))
    for name in vectors("filenames.json", _OWN_FILES):
        path = repository.folder / "improvements" / name
        if "/" in name or "\0" in name or name in ("", ".", "..") or len(os.fsencode(name)) > 255:
            continue
        path.write_text(text, encoding="utf-8")
        made.append(name)
    assert len(made) > 5
    repository.commit({})
    here = call(repository.folder, "check", "--today", "2026-11-23", "--format", "json")
    there = call(repository.folder, "check", "--today", "2026-11-23", "--format", "json", "--at", "HEAD")
    assert json.loads(here.out) == json.loads(there.out)
    for arguments in (["diff", "HEAD~1"], ["diff", "HEAD~1", "--format", "markdown"], ["check", "--since", "HEAD~1"]):
        ran = call(repository.folder, *arguments, GITHUB_ACTIONS="true", CIREG_TODAY="2026-11-23")
        assert ran.code in (0, 1)
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", ran.out + ran.err)
        obeyed = [
            line
            for line in ran.out.splitlines()
            if re.match(r"\s*(::(?!error file=|warning file=|notice file=)|##\[)", line)
        ]
        assert [] == obeyed


def test_no_command_reads_a_repository_that_git_does_not_trust(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It says the line to type; what needs no git works without it."""
    monkeypatch.setattr("cireg.git.process._KEPT", re.compile(r"GIT_(CONFIG_.+|TEST_.+)"))
    dubious = {"GIT_TEST_ASSUME_DIFFERENT_OWNER": "1", "CIREG_TODAY": "2026-11-23"}
    for arguments in (["list", "--at", "HEAD"], ["diff", "HEAD"], ["check", "--since", "HEAD"]):
        ran = call(repository.folder, *arguments, **dubious)
        assert 2 == ran.code, (arguments, ran)
        assert "git config --global --add safe.directory" in ran.err
    assert 0 == call(repository.folder, "list", **dubious).code
    assert 0 == call(repository.folder, "rank", **dubious).code
    ran = call(repository.folder, "check", **dubious)
    assert 0 == ran.code, ran
    assert "days are not compared with git: git does not trust" in ran.err
    assert "safe.directory" in ran.err


def test_every_command_that_takes_a_day_and_writes_nothing_takes_a_commit() -> None:
    """So that nobody has to remember which; import and serve look at what lies here."""
    helps = {name: call(Path.cwd(), name, "--help").out for name in COMMANDS}
    without = {name for name, text in helps.items() if "--today" in text and "--at" not in text}
    assert {"import", "serve", "diff"} == without
