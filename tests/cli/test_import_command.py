"""`cireg import` as it is called."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cireg.cli import cli
from cireg.errors import CiregError
from tests.importing.maps import CONFIG, HEADER, MAP
from tests.sheets.workbooks import workbook

BOMBS = sorted((Path(__file__).parents[3] / "shared/hostile/csv").glob("*.xlsx"))
ROW = "7,Answer sooner,Idea,Three days.,Ada L,,,,,2026-01-05,,\n"
FILE = """\
id: CI-0007   # ours
title: 'Answer at once'   # for now
status: proposed
opportunity: Three days.
owner: ada-l
history: [{on: 2026-01-05, status: proposed, by: Ada L}]   # raised
"""


@pytest.fixture
def register(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A register with a map and a sheet of one row; the current folder is the register's."""
    (tmp_path / "cireg.yaml").write_text(CONFIG, encoding="utf-8")
    (tmp_path / "map.yaml").write_text(MAP, encoding="utf-8")
    (tmp_path / "ideas.csv").write_text(f"{HEADER}\n{ROW}", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CIREG_TODAY", "2026-11-23")
    return tmp_path


def run(*arguments: str) -> Result:
    """The command's result; an error that ends it is its exception."""
    return CliRunner().invoke(cli, ["import", *arguments])


def files(register: Path) -> list[str]:
    """The files of the improvements."""
    return sorted(path.name for path in (register / "improvements").glob("*"))


def test_a_row_becomes_a_file(register: Path) -> None:
    """With exit code 0 when no row is rejected; nothing else is written."""
    before = (register / "cireg.yaml").read_bytes()
    result = run("ideas.csv", "--map", "map.yaml")

    assert 0 == result.exit_code
    assert "ideas.csv: 1 row: 1 written, 0 rejected" == result.stdout.splitlines()[-1]
    assert ["CI-0007-answer-sooner.yaml"] == files(register)
    assert before == (register / "cireg.yaml").read_bytes()


def test_a_dry_run_prints_the_same_and_writes_nothing(register: Path) -> None:
    """The report only says in its last line that it was one."""
    dry = run("ideas.csv", "--map", "map.yaml", "--update-config", "--dry-run")
    assert not (register / "improvements").exists()
    wet = run("ideas.csv", "--map", "map.yaml", "--update-config")

    assert dry.stdout.replace("would be added", "added").replace("Dry run, nothing is written. ", "") == wet.stdout


def test_rejected_rows_end_with_exit_code_1(register: Path) -> None:
    """The other rows are written all the same."""
    (register / "ideas.csv").write_text(
        f"{HEADER}\n{ROW}{ROW.replace('7,', '8,').replace('Idea', 'Idae')}", encoding="utf-8"
    )
    result = run("ideas.csv", "--map", "map.yaml")

    assert 1 == result.exit_code
    assert "row 3 (CI-0008), State 'Idae': is not one of the map's values; did you mean Idea?" in result.stdout
    assert ["CI-0007-answer-sooner.yaml"] == files(register)


def test_update_shows_the_change_and_keeps_every_other_byte(register: Path) -> None:
    """Without it the file stays as it is, and the report tells."""
    path = register / "improvements" / "CI-0007.yaml"
    path.parent.mkdir()
    path.write_text(FILE, encoding="utf-8")
    told = run("ideas.csv", "--map", "map.yaml")
    assert "title: file Answer at once, sheet Answer sooner" in told.stdout
    assert FILE == path.read_text(encoding="utf-8")

    tried = run("ideas.csv", "--map", "map.yaml", "--update", "--dry-run")
    assert "-title: 'Answer at once'   # for now\n+title: Answer sooner   # for now\n" in tried.stdout
    assert FILE == path.read_text(encoding="utf-8")

    done = run("ideas.csv", "--map", "map.yaml", "--update")
    assert (0, tried.stdout.replace("Dry run, nothing is written. ", "")) == (done.exit_code, done.stdout)
    assert FILE.replace("'Answer at once'", "Answer sooner") == path.read_text(encoding="utf-8")


def test_update_config_adds_the_unknown(register: Path) -> None:
    """Everything else in cireg.yaml stays as it is; a second time there is nothing to add."""
    first = run("ideas.csv", "--map", "map.yaml")
    assert "1 person is not in cireg.yaml: ada-l; --update-config adds them" in first.stdout
    result = run("ideas.csv", "--map", "map.yaml", "--update-config")
    after = (register / "cireg.yaml").read_text(encoding="utf-8")

    assert 0 == result.exit_code
    assert CONFIG.replace("desk lead}]", "desk lead}, {id: ada-l, name: Ada L}]") == after
    run("ideas.csv", "--map", "map.yaml", "--update-config")
    assert after == (register / "cireg.yaml").read_text(encoding="utf-8")


def test_more_people_than_a_configuration_can_hold_write_nothing(register: Path) -> None:
    """Neither improvements nor people; the sentence names place, limit, how many fit, and what to do."""
    rows = "".join(ROW.replace("7,", f"{n},", 1).replace("Ada L", f"Person {n}") for n in range(1, 2_101))
    (register / "many.csv").write_text(f"{HEADER}\n{rows}", encoding="utf-8")
    before = (register / "cireg.yaml").read_bytes()
    result = run("many.csv", "--map", "map.yaml", "--update-config")

    assert isinstance(result.exception, CiregError)
    assert "cireg.yaml:" in result.exception.message
    assert "a file has at most 10,000; 1,9" in result.exception.message
    assert "teams instead of people" in (result.exception.hint or "")
    assert (before, []) == ((register / "cireg.yaml").read_bytes(), files(register))


def test_a_broken_configuration_is_not_added_to(register: Path) -> None:
    """What it knows already cannot be told."""
    (register / "cireg.yaml").write_text("name: [\n", encoding="utf-8")
    result = run("ideas.csv", "--map", "map.yaml", "--update-config")

    assert isinstance(result.exception, CiregError)
    assert not (register / "improvements").exists()


def test_json_has_the_whole_report(register: Path) -> None:
    """With the version and the day."""
    found = json.loads(run("ideas.csv", "--map", "map.yaml", "--format", "json").stdout)

    assert (1, "2026-11-23", "ideas.csv") == (found["schema_version"], found["as_of"], found["file"])
    assert ["CI-0007"] == [each["id"] for each in found["written"]]


def test_the_day_is_the_one_that_is_asked_for(register: Path) -> None:
    """As in every command, --today stands over everything else."""
    run("ideas.csv", "--map", "map.yaml", "--today", "2026-12-01")

    assert "on: 2026-12-01" in (register / "improvements/CI-0007-answer-sooner.yaml").read_text(encoding="utf-8")


def test_a_map_with_faults_ends_with_exit_code_2(register: Path) -> None:
    """Each at its line and column, with the line; nothing is written."""
    (register / "map.yaml").write_text(MAP.replace("title: Name", "titel: Name"), encoding="utf-8")
    result = run("ideas.csv", "--map", "map.yaml")

    assert (2, "") == (result.exit_code, result.stdout)
    assert "map.yaml:5:3: error CI031 there is no field 'titel' here [unknown-field]" in result.stderr
    assert "    5 |   titel: Name\n      |   ^\n    do: did you mean title?" in result.stderr
    assert not (register / "improvements").exists()


def test_a_column_that_is_not_there_ends_with_exit_code_2(register: Path) -> None:
    """At its place in the map."""
    (register / "map.yaml").write_text(MAP.replace("title: Name", "title: Nome"), encoding="utf-8")
    result = run("ideas.csv", "--map", "map.yaml")

    assert 2 == result.exit_code
    assert "map.yaml:5:10: error" in result.stderr
    assert "the sheet has no column 'Nome'" in result.stderr
    assert "did you mean Name?" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["ideas.csv"], "nothing says what the columns of ideas.csv mean"),
        (["nowhere.csv", "--map", "map.yaml"], "'nowhere.csv' cannot be read"),
        (["ideas.csv", "--map", "nowhere.yaml"], "'nowhere.yaml' cannot be read"),
        (["improvements", "--map", "map.yaml"], "'improvements' is not a regular file"),
        (["twice.csv", "--map", "map.yaml"], "twice.csv has two columns called 'Name'"),
    ],
)
def test_what_cannot_be_imported_says_so_in_a_sentence(register: Path, arguments: list[str], message: str) -> None:
    """Exit code 2 for each of them, by the error that the command line prints."""
    (register / "improvements").mkdir()
    (register / "twice.csv").write_text(f"{HEADER},Name\n", encoding="utf-8")
    result = run(*arguments)

    assert isinstance(result.exception, CiregError)
    assert message in result.exception.message


def test_a_sheet_may_lie_behind_a_link(register: Path, tmp_path: Path) -> None:
    """Who names it means it; only a register's own files are read link-proof."""
    (register / "link.csv").symlink_to("ideas.csv")

    assert 0 == run("link.csv", "--map", "map.yaml").exit_code


def test_the_map_may_name_sheet_encoding_and_delimiter(register: Path) -> None:
    """For sheets that cannot be understood otherwise."""
    (register / "map.yaml").write_text("encoding: cp1252\ndelimiter: '|'\n" + MAP, encoding="utf-8")
    text = f"{HEADER}\n{ROW}".replace("Three days", "Drei für drei").replace(",", "|")
    (register / "ideas.csv").write_bytes(text.encode("cp1252"))

    assert 0 == run("ideas.csv", "--map", "map.yaml").exit_code
    assert "Drei für drei" in (register / "improvements/CI-0007-answer-sooner.yaml").read_text(encoding="utf-8")


def test_hostile_cells_do_not_reach_the_terminal(register: Path) -> None:
    """Whatever a sheet holds, the report shows it as an escape."""
    row = ROW.replace("Idea", "\x1b]0;owned\x07").replace("Answer", "::error::\u202eAnswer")
    (register / "ideas.csv").write_text(f"{HEADER}\n{row}", encoding="utf-8")
    output = run("ideas.csv", "--map", "map.yaml").output

    assert not set(output) & {"\x1b", "\x07", "\u202e"}
    assert r"\x1b]0;owned\x07" in output


def _bombs(folder: Path) -> list[Path]:
    """Workbooks that are made to harm their reader: those of the collection, and one of our own."""
    own = folder / "own.xlsx"
    own.write_bytes(workbook('<row r="1"><c r="A1"><v>1</v></c></row>' + " " * 15_000_000))
    return [own, *BOMBS]


def test_bombs_are_refused_in_a_sentence(register: Path) -> None:
    """As a whole process, from its start to its message."""
    for bomb in _bombs(register):
        result = subprocess.run(
            [sys.executable, "-m", "cireg", "import", str(bomb), "--map", "map.yaml"],
            cwd=register, capture_output=True, text=True, timeout=20,
        )  # fmt: skip

        assert (2, "") == (result.returncode, result.stdout)
        assert result.stderr.startswith("cireg: "), result.stderr
        assert "Traceback" not in result.stderr
