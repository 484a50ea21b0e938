"""`cireg move` as it is called: what it writes, what it refuses, and what it says to do next."""

from __future__ import annotations

import os
import shlex
import subprocess
from pathlib import Path

import pytest

from tests.running import Ran, call
from tests.small_register import CONFIG, write

GIT = {"GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": "gitconfig"}
PROPOSED = """\
# a note at the top
id: CI-0001
title: 'Answer sooner'     # agreed
status:   proposed         # for now
opportunity: They wait.
vision: {goal: g-happier-users}
source: audit
baseline: {summary: Three days.}
scores: {value: 1, effort: 1, risk: 1, urgency: 1}
history:
- {on: 2026-01-05, status: proposed}   # raised
# the end
"""
MOVED = PROPOSED.replace("proposed         # for", "assessed         # for").replace(
    "# raised\n", "# raised\n- {on: DAY, status: assessed, by: service-desk-lead}\n"
)
WITH_MAIL = CONFIG.replace("Service desk lead,", "Service desk lead, emails: [Lead@it.example],")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A register outside git, used by its service desk lead."""
    (tmp_path / "gitconfig").write_text("[user]\nname = Somebody\nemail = lead@IT.example\n", encoding="utf-8")
    return write(tmp_path / "register", {"cireg.yaml": WITH_MAIL, "improvements/CI-0001.yaml": PROPOSED})


@pytest.fixture
def repository(root: Path) -> Path:
    """The register in git, everything committed."""
    for step in ("init -q -b main", "add .", "commit -q -m Start"):
        git(root, *step.split())
    return root


def git(folder: Path, *arguments: str) -> str:
    """What git answers in a folder."""
    command = ["git", "-c", "user.name=a", "-c", "user.email=a@it.example", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, check=True, text=True, timeout=60).stdout


def move(root: Path, *arguments: str) -> Ran:
    """The command, with the git user of the fixture."""
    more = {**GIT, "GIT_CONFIG_GLOBAL": str(root.parent / "gitconfig"), "GIT_CEILING_DIRECTORIES": str(root.parent)}
    return call(root, "move", *arguments, **more)


def text(root: Path, name: str = "CI-0001.yaml") -> str:
    """A file of the register, its line ends as they are."""
    return (root / "improvements" / name).read_bytes().decode()


def today(text: str) -> str:
    """The day that was written last."""
    return text.rpartition("on: ")[2].partition(",")[0]


def test_a_move_changes_the_status_and_adds_its_entry(root: Path) -> None:
    """Comments, quotes, blanks and the layout of the list stay; git's user is known by e-mail in any case."""
    ran = move(root, "ci-0001", "assessed")
    now = text(root)

    assert (0, "CI-0001  proposed -> assessed  improvements/CI-0001.yaml\n") == (ran.code, ran.out)
    assert MOVED.replace("DAY", today(now)) == now
    assert 0 == call(root, "check", "--today", "now").code


_KEYS = "history: [{status: proposed, on: 2026-01-05}]\nstatus: proposed\nopportunity: x\ntitle: x\nid: CI-0001\n"
_FLOW = "{id: CI-0001, title: x, status: proposed, opportunity: x, history: [{on: 2026-01-05, status: proposed}]}"
_ENTRY = "{on: DAY, status: assessed, by: service-desk-lead}"
_LINES = """\
id: CI-0001
title: x
opportunity: x
history:
    - on: 2026-01-05
      # raised
      status: proposed

status: proposed
"""
LAYOUTS = {
    "CRLF": (PROPOSED.replace("\n", "\r\n"), MOVED.replace("\n", "\r\n")),
    "no line end": (PROPOSED.removesuffix("\n# the end\n"), MOVED.removesuffix("\n# the end\n")),
    "keys in another order": (
        _KEYS,
        _KEYS.replace("}]", "}, " + _ENTRY + "]").replace("\nstatus: proposed", "\nstatus: assessed"),
    ),
    "one flow mapping": (
        _FLOW,
        _FLOW.replace("}]", "}, " + _ENTRY + "]").replace("x, status: proposed", "x, status: assessed"),
    ),
    "entries of several lines": (
        _LINES,
        _LINES.replace("\n\nstatus: proposed", "\n\nstatus: assessed").replace(
            "proposed\n\n", "proposed\n    - on: DAY\n      status: assessed\n      by: service-desk-lead\n\n"
        ),
    ),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_file_keeps_the_way_it_is_written(root: Path, layout: str) -> None:
    """Every byte but those of the move."""
    before, after = LAYOUTS[layout]
    (root / "improvements" / "CI-0001.yaml").write_bytes(before.encode())
    ran = move(root, "CI-0001", "assessed")
    now = text(root)

    assert 0 == ran.code, ran.err
    day = now.rpartition("on: ")[2][:10]
    assert after.replace("DAY", day) == now


def test_what_the_status_asks_for_is_told(root: Path) -> None:
    """As check would say it; the move is made, unless it is to be strict."""
    without = PROPOSED.replace("source: audit\n", "").replace("CI-0001", "CI-0002")
    (root / "improvements" / "CI-0002.yaml").write_text(without, encoding="utf-8")
    strict = move(root, "CI-0002", "assessed", "--strict")
    untouched = text(root, "CI-0002.yaml")
    ran = move(root, "CI-0002", "assessed")

    assert (2, without) == (strict.code, untouched)
    assert (0, True) == (ran.code, "assessed asks for source: say where the idea came from" in ran.err)
    assert "assessed asks for source" in call(root, "check", "--today", "now").out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            "CI-0001 planned",
            "CI-0001: there is no move from proposed to planned; from proposed it goes to: assessed, on-",
        ),
        ("CI-0001 proposed", "CI-0001: it is proposed already"),
        ("CI-0001 rejected", "CI-0001: the move from proposed to rejected needs note"),
        ("CI-0001 on-hold", "say it with --note and --until"),
        ("CI-0001 on-hold --note x --until 2020-01-01", "until 2020-01-01 is over"),
        ("CI-0001 on-hold --note x --until soon", "--until soon is no day"),
        ("CI-0001 assessed --until 2099-01-01", "--until is for what is parked"),
        ("CI-0001 assessed --by service-desk", "did you mean service-desk-lead?"),
        ("CI-0009 assessed", "there is no improvement CI-0009"),
        ("CI-0001 assessed --note \x1b[2J", "cannot stand in a register's file"),
    ],
)
def test_what_cannot_be_done_is_refused_with_the_reason(root: Path, arguments: str, said: str) -> None:
    """The file is as it was."""
    ran = move(root, *arguments.split(" "))

    assert (2, PROPOSED) == (ran.code, text(root))
    assert said in ran.err
    assert "\x1b" not in ran.err


def test_of_several_all_are_moved_or_none(root: Path) -> None:
    """Every reason is told at once."""
    for number, status in ((2, "closed"), (3, "proposed")):
        name = root / "improvements" / f"CI-000{number}.yaml"
        name.write_text(PROPOSED.replace("CI-0001", f"CI-000{number}").replace("proposed", status), encoding="utf-8")
    refused = move(root, "CI-0001", "CI-0002", "CI-0003", "rejected")
    untouched = text(root)
    ran = move(root, "CI-0001", "CI-0003", "CI-0001", "rejected", "--note", "Not now.", "--by", "head-of-it")

    assert (2, PROPOSED) == (refused.code, untouched)
    assert ["CI-0001", "CI-0002", "CI-0003"] == [line[:7] for line in refused.err.splitlines() if line[:3] == "CI-"]
    assert (0, 2) == (ran.code, len(ran.out.splitlines()))
    assert ", status: rejected, by: head-of-it, note: Not now.}\n" in text(root, "CI-0003.yaml")


def test_when_the_second_file_cannot_be_written_the_first_is_as_it_was(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where somebody saves a file meanwhile: the edit is not lost, and no evening is half done."""
    other = root / "improvements" / "CI-0002.yaml"
    other.write_text(PROPOSED.replace("CI-0001", "CI-0002"), encoding="utf-8")
    replace, edited = os.replace, PROPOSED.replace("CI-0001", "CI-0002").replace("Three", "Four")

    def saved_meanwhile(source: str, target: str) -> None:
        replace(source, target)
        if target.endswith("CI-0001.yaml"):
            other.write_text(edited, encoding="utf-8")

    monkeypatch.setattr("cireg.files.save.os.replace", saved_meanwhile)
    ran = move(root, "CI-0001", "CI-0002", "assessed")

    assert (2, True) == (ran.code, "has changed on disk" in ran.err)
    assert (PROPOSED, edited) == (text(root), text(root, "CI-0002.yaml"))
    assert ["CI-0001.yaml", "CI-0002.yaml"] == sorted(path.name for path in (root / "improvements").iterdir())


def test_a_dry_run_shows_the_change_and_writes_nothing(root: Path) -> None:
    """As a diff."""
    ran = move(root, "CI-0001", "assessed", "--dry-run")

    assert (0, PROPOSED) == (ran.code, text(root))
    assert ["-status:   proposed         # for now", "+status:   assessed         # for now"] == [
        line for line in ran.out.splitlines() if line[1:7] == "status"
    ]


def test_nobody_is_named_whom_the_register_does_not_know(root: Path) -> None:
    """And it is said."""
    (root / "cireg.yaml").write_text(CONFIG, encoding="utf-8")
    ran = move(root, "CI-0001", "assessed")

    assert ", status: assessed}\n" in text(root)
    assert "The entry names nobody" in ran.err


def test_an_id_of_two_files_is_not_moved(root: Path) -> None:
    """Nobody could tell which is meant."""
    (root / "improvements" / "CI-0001-again.yaml").write_text(PROPOSED, encoding="utf-8")
    ran = move(root, "CI-0001", "assessed")

    assert (2, PROPOSED) == (ran.code, text(root))
    assert "CI-0001 is the id of improvements/CI-0001-again.yaml and improvements/CI-0001.yaml" in ran.err


def test_a_file_whose_status_and_history_differ_is_not_moved(root: Path) -> None:
    """Which of them is right is not for a command to say."""
    wrong = PROPOSED.replace("status:   proposed", "status:   assessed")
    (root / "improvements" / "CI-0001.yaml").write_text(wrong, encoding="utf-8")
    ran = move(root, "CI-0001", "on-hold", "--note", "x", "--until", "2099-01-01")

    assert (2, wrong) == (ran.code, text(root))
    assert "its status is assessed, and its last history entry says proposed" in ran.err


def test_the_next_steps_can_be_typed_as_they_stand(repository: Path) -> None:
    """From the folder that one is in; then nothing is left to commit."""
    ran = move(repository / "improvements", "CI-0001", "assessed")
    steps = [shlex.split(line)[1:] for line in ran.err.splitlines() if line.startswith("  git ")]
    for step in steps:
        git(repository / "improvements", *step)

    assert ["switch", "add", "commit"] == [step[0] for step in steps]
    assert "Move CI-0001 to assessed" == git(repository, "log", "-1", "--format=%s").strip()
    assert "" == git(repository, "status", "--porcelain")


def test_no_line_of_a_diff_is_a_command_to_a_runner(root: Path) -> None:
    """A line of context begins with a blank, and a runner looks past blanks."""
    (root / "improvements" / "CI-0001.yaml").write_text(
        PROPOSED.replace("opportunity: They wait.\n", "opportunity: |\n  ::add-mask::x\n  ##[group]y\n"),
        encoding="utf-8",
    )
    ran = move(root, "CI-0001", "assessed", "--dry-run")

    assert 0 == ran.code
    assert not [line for line in ran.out.splitlines() if line.strip().startswith("::") or "##[" in line]
