"""`cireg list` and `cireg show` as they are called."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cireg.cli import cli
from cireg.errors import CiregError
from cireg.text import width

CONFIG = """\
version: 1
name: Test register
goals: [{id: g-happier-users, name: Happier users}]
people: [{id: service-desk-lead, name: Service desk lead}, {id: data-analyst, name: Data analyst}]
practices: [{id: service-desk, name: Service desk}]
services: [{id: workplace, name: Workplace}]
"""
FIRST = """\
id: CI-0001
title: Answer portal requests within a working day, every day of the week
status: proposed
owner: service-desk-lead
practices: [service-desk]
services: [workplace]
tags: [portal]
opportunity: Three days is too long.
vision: {goal: g-happier-users}
target: {due: 2026-01-31, statement: Sooner.}
history: [{on: 2026-01-10, status: proposed, by: data-analyst}]
"""
SECOND = """\
id: CI-0002
title: Close printer tickets at the desk
status: rejected
opportunity: They wander.
history:
  - {on: 2026-01-10, status: proposed, by: data-analyst}
  - {on: 2026-01-20, status: rejected, by: service-desk-lead, note: The printers go.}
"""


@pytest.fixture
def register(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A register of two improvements and a file that cannot be read; the current folder is inside it."""
    folder = tmp_path / "improvements"
    folder.mkdir()
    (tmp_path / "cireg.yaml").write_text(CONFIG, encoding="utf-8")
    (folder / "CI-0001-answer.yaml").write_text(FIRST, encoding="utf-8")
    (folder / "CI-0002.yaml").write_text(SECOND, encoding="utf-8")
    (folder / "CI-0003.yaml").write_text("id: &x CI-0003\n", encoding="utf-8")
    monkeypatch.chdir(folder)
    monkeypatch.setenv("CIREG_TODAY", "2026-03-01")
    monkeypatch.delenv("COLUMNS", raising=False)
    return tmp_path


def run(*arguments: str) -> Result:
    """The command line; what cireg complains of is raised."""
    return CliRunner().invoke(cli, list(arguments), catch_exceptions=False)


def ids(*arguments: str) -> list[str]:
    """The ids that a list with these options has."""
    return [item["id"] for item in json.loads(run("list", *arguments, "--format", "json").stdout)["items"]]


def test_the_list_is_a_table_of_80_columns(register: Path) -> None:
    """Titles are wrapped, never cut; what could not be read is counted beside it."""
    done = run("list")

    assert (
        """\
Id       Status    Title                           Owner              Due
CI-0001  proposed  Answer portal requests within   service-desk-lead  2026-01-31
                   a working day, every day of
                   the week
CI-0002  rejected  Close printer tickets at the
                   desk
"""
        == done.stdout
    )
    assert "1 of 4 files could not be used: cireg check says why" in done.stderr
    assert "2 of 2 improvements, as of 2026-03-01" in done.stderr
    assert 0 == done.exit_code


def test_the_light_track_is_marked_in_words(register: Path) -> None:
    """After the title, which is not cut for it."""
    path = register / "improvements" / "CI-0003.yaml"
    light = FIRST.replace("CI-0001", "CI-0003").replace("status:", "track: light\nstatus:", 1)
    path.write_text(re.sub("title: .*", "title: Mend", light), encoding="utf-8")
    first, third = (run("list", "--where", f"id={id_}").stdout for id_ in ("CI-0001", "CI-0003"))
    assert (False, True) == ("track" in first, "  Mend (light track) " in third)
    assert not any(width(line) > 80 for line in third.splitlines())


@pytest.mark.usefixtures("register")
def test_every_filter_narrows_the_list() -> None:
    """Each by itself, and all together."""
    filters = [
        ("--status", "open"), ("--status", "proposed"), ("--owner", "service-desk-lead"),
        ("--practice", "service-desk"), ("--service", "workplace"), ("--goal", "g-happier-users"),
        ("--tag", "portal"), ("--where", "title~portal"),
    ]  # fmt: skip

    for each in filters:
        assert ["CI-0001"] == ids(*each)
    assert ["CI-0001"] == ids(*(word for each in filters for word in each))
    assert ["CI-0001", "CI-0002"] == ids("--status", "proposed", "--status", "rejected")
    assert [] == ids("--status", "rejected", "--tag", "portal")


@pytest.mark.usefixtures("register")
def test_an_empty_list_is_no_fault() -> None:
    """Nothing on stdout, a count beside it."""
    done = run("list", "--tag", "nobody-has-this")

    assert (0, "") == (done.exit_code, done.stdout)
    assert "0 of 2 improvements" in done.stderr


@pytest.mark.usefixtures("register")
def test_the_json_holds_whole_improvements_and_show_gives_the_same_object() -> None:
    """What list has many of, show has one of."""
    listed = json.loads(run("list", "--format", "json").stdout)
    single = json.loads(run("show", "CI-0001", "--format", "json").stdout)

    assert {"schema_version": 1, "as_of": "2026-03-01"} == {key: listed[key] for key in ("schema_version", "as_of")}
    assert {**listed["items"][0], "schema_version": 1, "as_of": "2026-03-01"} == single
    assert "improvements/CI-0001-answer.yaml" == single["path"]
    assert single["score"] is None


@pytest.mark.usefixtures("register")
def test_show_prints_one_improvement_for_a_person() -> None:
    """The seven steps, and what is needed next."""
    done = run("show", "ci-0001")

    assert "3 Where do we want to be?\n  Statement         Sooner.\n" in done.stdout
    assert "Still needed for assessed:\n  - source: say where the idea came from\n" in done.stdout
    assert 80 >= max(map(width, done.stdout.splitlines()))


@pytest.mark.usefixtures("register")
def test_colours_are_for_terminals_and_for_those_who_ask(monkeypatch: pytest.MonkeyPatch) -> None:
    """An overdue day is red."""
    assert "\x1b[" not in run("list").stdout
    monkeypatch.setenv("FORCE_COLOR", "1")

    assert "\x1b[31m2026-01-31\x1b[0m" in run("list").stdout
    assert "\x1b[1m" in run("show", "CI-0001").stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("list", "--owner", "data-analist"), "there is no person data-analist"),
        (("list", "--where", "target.deu<2026"), "an improvement has no field 'target.deu'"),
        (("show", "CI-0021"), "there is no improvement CI-0021"),
    ],
)  # fmt: skip
@pytest.mark.usefixtures("register")
def test_what_is_not_there_ends_the_command(arguments: tuple[str, ...], message: str) -> None:
    """With a message that names it."""
    with pytest.raises(CiregError, match=message):
        run(*arguments)


def test_a_process_exits_2_and_says_what_was_meant(register: Path) -> None:
    """The whole way, as a person sees it."""
    done = subprocess.run(
        [sys.executable, "-m", "cireg", "show", "CI-0021"], cwd=register, capture_output=True, text=True, timeout=60
    )

    assert (2, "") == (done.returncode, done.stdout)
    assert "cireg: there is no improvement CI-0021\n  did you mean CI-000" in done.stderr


@pytest.mark.parametrize("name", ["list", "show"])
def test_help_starts_with_examples(name: str) -> None:
    """Before any option is listed."""
    said = run(name, "--help").stdout

    assert f"\n    cireg {name} " in said[: said.index("Options:")]
