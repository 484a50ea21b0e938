"""`cireg spot` as it is called, and `cireg new --from-spot` after it."""

from __future__ import annotations

import json
import shlex
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from cireg import clock
from cireg.sheets import Value, write_xlsx
from cireg.text import width
from tests import measured_register as made
from tests import small_register
from tests.running import ROOT, Ran, call
from tests.small_register import write
from tests.spotting.test_pareto import STEADY
from tests.spotting.test_signals import WORSE
from tests.spotting.ticket_tables import csv

TICKETS = csv("2025-01", {"Password reset": [*STEADY[:11], 70], "Printing": STEADY, "": [1] * 12})


@pytest.fixture
def register(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A KPI that got worse, and a file of tickets in a folder whose name has a blank."""
    monkeypatch.setattr(clock, "_now", lambda: datetime(2026, 11, 23, 12, tzinfo=UTC))
    files = {
        "kpis/answer-hours.yaml": made.kpi(),
        "kpis/answer-hours.csv": made.csv(("2025-01", WORSE)),
        "from the desk/tickets.csv": TICKETS,
        **small_register.files(small_register.fields(id="CI-0009", title="Mend what is printed")),
    }
    return write(tmp_path, files)


def spot(folder: Path, *arguments: str) -> Ran:
    return call(folder, "spot", *arguments, "--today", "2026-11-23")


FILE = "from the desk/tickets.csv"


def test_the_kpis_come_first_and_then_the_tickets(register: Path) -> None:
    """Numbered, in at most 80 columns, with the way to a proposal."""
    done = spot(register, FILE)
    lines = done.out.splitlines()
    assert (0, "") == (done.code, done.err)
    assert "  1  Hours to the first answer (answer-hours)" in lines
    assert any(line.startswith(" 2  Password reset") and "rising" in line for line in lines)
    assert any(line.startswith(" 4  (none)") and "steady*" in line for line in lines)
    assert "  cireg new --from-spot 2 --tickets 'from the desk/tickets.csv'" == lines[-2]
    assert "As of 2026-11-23." == lines[-1]
    assert [] == [line for line in lines[:-2] if width(line) > 80]


def test_without_tickets_there_are_the_kpis_alone(register: Path) -> None:
    """And a way to a proposal of the first."""
    done = spot(register)
    assert (0, ["  cireg new --from-spot 1", "As of 2026-11-23."]) == (done.code, done.out.splitlines()[-2:])


def test_where_nothing_calls_for_an_improvement_it_says_so(tmp_path: Path) -> None:
    """And names no number."""
    done = spot(write(tmp_path, {}))
    assert (0, ["No KPI asks for an improvement that nobody is at.", "As of 2026-11-23."]) == (
        done.code, done.out.splitlines(),
    )  # fmt: skip


def test_the_tickets_may_be_named_either_way(register: Path) -> None:
    """As `cireg new` takes them; two different files are refused."""
    assert spot(register, FILE).out == spot(register, "--tickets", FILE).out
    assert 2 == spot(register, FILE, "--tickets", "other.csv").code
    assert 2 == spot(register, "--by", "service").code


def test_json_has_the_same_list(register: Path) -> None:
    """With its numbers."""
    found = json.loads(spot(register, FILE, "--format", "json").out)
    assert ("2026-11-23", [1, 2, 3, 4]) == (found["as_of"], [each["n"] for each in found["items"]])


def test_a_workbook_says_the_same_as_a_csv(register: Path) -> None:
    """Typed days and all."""
    head, *rows = [line.split(",") for line in TICKETS.replace('"', "").splitlines()]
    cells: list[tuple[Value, ...]] = [(date.fromisoformat(day), name) for day, name in rows]
    (register / "tickets.xlsx").write_bytes(write_xlsx("Tickets", head, cells))
    one, other = (spot(register, file, "--format", "json").out for file in (FILE, "tickets.xlsx"))
    assert json.loads(one)["items"] == json.loads(other)["items"]


def test_a_map_says_what_the_columns_are(register: Path) -> None:
    """A fault in it is shown at its place."""
    (register / "map.yaml").write_text(
        "version: 1\nfields: {opened: Opened, kind: {column: Category, values: {printing: Paper}}}\n", "utf-8"
    )
    done = spot(register, FILE, "--map", "map.yaml", "--by", "kind")
    assert "Paper" in done.out
    assert "Columns: opened = Opened, kind = Category." in done.out
    assert "--tickets 'from the desk/tickets.csv' --tickets-by kind --map map.yaml" in done.out
    (register / "map.yaml").write_text("version: 1\nfields: {opened: Opend}\n", "utf-8")
    done = spot(register, FILE, "--map", "map.yaml", "--by", "Category")
    assert (2, "") == (done.code, done.out)
    assert "map.yaml:2:18: error" in done.err


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "holds no table"),
        (b"Opened,Category\n", "has no tickets"),
        (b"a,b\n1,2\n", "nothing says what the tickets are to be counted by"),
        (b"Opened,Category\n03/04/2026,a\n", "could be D/M/YYYY or M/D/YYYY"),
        (b"Opened,Category\n2026-01-01," + b"x" * 70_000 + b"\n", "row 2: a cell of more than 65,536 characters"),
        (b"Opened,Category\n" + b"2026-01-01,a\n" * 100_001, "more than 100,000 rows"),
        (b"Opened,Category\n\x00,a\n", "NUL"),
        (b"PK\x03\x04 no workbook", "damaged XLSX file"),
    ],
)
def test_a_file_that_cannot_be_counted_is_refused_in_a_sentence(register: Path, content: bytes, words: str) -> None:
    """Nothing of the list is printed."""
    (register / "bad.csv").write_bytes(content)
    done = spot(register, "bad.csv")
    assert (2, "") == (done.code, done.out)
    assert words in done.err


def test_a_column_that_is_not_there_is_refused(register: Path) -> None:
    """With what was meant."""
    done = spot(register, FILE, "--by", "catgory")
    assert (2, True) == (done.code, "did you mean category?" in done.err)


def test_hostile_cells_act_on_no_terminal(register: Path) -> None:
    """Escapes are shown, rows are named, no line is longer than 80 columns but the command to copy."""
    rows = ["2026-01-01,\x1b[2J\x1b]0;t\x07,1", "2026-01-02,a\u202eb,-1", "never,::error::x,1", "2026-01-03,=1+1,1"]
    rows += [f"2026-01-04,{'漢' * 300},1", "2026-01-05,::error::y,2"]
    (register / "bad.csv").write_text("Opened,Category,Minutes\n" + "\n".join(rows) + "\n", "utf-8")
    done = spot(register, "bad.csv")
    assert 0 == done.code
    assert not any(character in done.out for character in "\x1b\x07\u202e")
    assert "\\x1b[2J\\x1b]0;t\\x07" in done.out
    assert "  row 4: Opened 'never' is no day that can be read" in done.out
    assert "  row 3: Minutes '-1' is no plain number of work" in done.out
    assert [] == [line for line in done.out.splitlines()[:-2] if width(line) > 80 or line.lstrip().startswith("::")]


def test_only_so_many_lines_are_shown(register: Path) -> None:
    """And how many are not."""
    done = spot(register, FILE, "--top", "1")
    assert "Printing" not in done.out
    assert "2 more kinds with 256 tickets" in done.out


def test_ten_bad_rows_are_counted_and_five_are_named(register: Path) -> None:
    """The rest is in the JSON."""
    (register / "bad.csv").write_text("Opened,Category\n" + "soon,a\n" * 10 + "2026-01-01,a\n", "utf-8")
    done = spot(register, "bad.csv")
    assert "10 rows not counted:" in done.out
    assert "  and 5 more; --format json lists them" in done.out
    assert (5, "1 ticket") == (done.out.count("  row "), "1 ticket" if "1 more" not in done.out else "")


def test_a_ticket_of_today_counts_whatever_day_the_register_is_of(register: Path) -> None:
    """An older commit takes its own day, and the tickets were opened all the same."""
    (register / "new.csv").write_text("Opened,Category\n2026-11-23,a\n", "utf-8")
    done = call(register, "spot", "new.csv", "--today", "2026-01-01", "--format", "json")
    assert 1 == json.loads(done.out)["tickets"]["counted"]


def test_the_command_that_is_shown_makes_a_proposal_that_passes_the_check(register: Path) -> None:
    """Typed as it stands; its KPI has an improvement then, and leaves the list."""
    shown = spot(register, FILE).out.splitlines()[-2]
    done = call(register, *shlex.split(shown)[1:], "--no-input", "--by", "data-analyst")
    assert (0, "improvements/CI-0010-password-reset-fewer-tickets.yaml\n") == (done.code, done.out)
    assert "Line 2: Password reset: fewer tickets" in done.err
    assert 0 == call(register, "check", "--today", "2026-11-24").code
    assert 0 == call(register, "new", "--from-spot", "1", "--no-input", "--by", "data-analyst").code
    assert 0 == call(register, "check", "--today", "2026-11-24").code
    assert "answer-hours" not in spot(register).out


def test_what_other_options_say_stands_over_the_evidence(register: Path) -> None:
    """And the rest of the evidence stays."""
    call(register, "new", "--from-spot", "1", "--no-input", "--title", "Answer sooner", "--source", "feedback")
    (path,) = (register / "improvements").glob("CI-0010*")
    text = path.read_text("utf-8")
    assert "title: Answer sooner\n" in text
    assert "source: feedback\n" in text
    assert "measures:\n  - {kpi: answer-hours, role: primary, baseline: {from: 2025-02, to: 2026-01}}\n" in text


def test_a_number_that_the_list_does_not_have_writes_nothing(register: Path) -> None:
    """Nor tickets without a number."""
    for arguments in (["--from-spot", "9"], ["--tickets", FILE], ["--from-spot", "1", "--tickets-by", "x"]):
        done = call(register, "new", "--no-input", *arguments)
        assert (2, "") == (done.code, done.out), arguments
    assert ["CI-0009.yaml"] == [path.name for path in (register / "improvements").iterdir()]


def test_the_example_of_this_repository_shows_each_trend() -> None:
    """As the script declares its shifts."""
    done = call(ROOT, "spot", "examples/tickets.csv", "--format", "json", "--today", "2026-11-23")
    trends = {each["value"]: each["trend"] for each in json.loads(done.out)["items"] if each["kind"] == "tickets"}
    assert ("falling", "rising", "falling", "steady") == tuple(
        trends[name] for name in ("Password reset", "Meeting room screens", "Wi-Fi", "Hardware fault")
    )
