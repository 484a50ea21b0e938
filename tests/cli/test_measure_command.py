"""`cireg measure` as it is called."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests import measured_register as made
from tests.running import call, environment
from tests.small_register import write

HEADER = "kpi,period,value,note\n"


@pytest.fixture
def register(tmp_path: Path) -> Path:
    """Two KPIs: one with readings, one without a file."""
    files = {
        "kpis/answer-hours.yaml": made.kpi(),
        "kpis/answer-hours.csv": "period,value\n2025-01,7\n",
        "kpis/nested/first-try.yml": made.kpi("first-try", unit="%", better="higher", aggregation="ratio"),
        "kpis/derived.yaml": made.kpi("derived", derived="roi", aggregation=None).replace("aggregation: null\n", ""),
    }
    return write(tmp_path, files)


def feed(folder: Path, text: str | bytes, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """The command with a feed on standard input, as a program."""
    root = str(Path(__file__).resolve().parents[2])
    return subprocess.run(
        [sys.executable, "-m", "cireg", "measure", "--from", "-", *arguments], cwd=folder, capture_output=True,
        input=text if isinstance(text, bytes) else text.encode(), env=environment(PYTHONPATH=root), check=False,
    )  # fmt: skip


def readings(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.rglob("*.csv"))}


def test_a_reading_is_added(register: Path) -> None:
    """And said."""
    done = call(register, "measure", "answer-hours", "6.5", "--period", "2025-02", "--note", "late")
    assert (done.code, done.out) == (0, "answer-hours 2025-02: added\n")
    assert readings(register)["answer-hours.csv"] == b"period,value,note\n2025-01,7\n2025-02,6.5,late\n"


def test_a_first_reading_makes_the_file_beside_its_kpi(register: Path) -> None:
    """A ratio is its two parts; it is where the KPI's own file is."""
    done = call(register, "measure", "first-try", "--numerator", "301", "--denominator", "341", "--period", "2025-02")
    assert done.code == 0
    assert (register / "kpis/nested/first-try.csv").read_bytes() == b"period,numerator,denominator\n2025-02,301,341\n"


def test_a_negative_value_is_no_option(register: Path) -> None:
    """And a misspelt option is one."""
    assert call(register, "measure", "answer-hours", "-6.5", "--period", "2025-02").code == 0
    assert b"2025-02,-6.5\n" in readings(register)["answer-hours.csv"]
    wrong = call(register, "measure", "answer-hours", "--perid=2025-03", "--period", "2025-03")
    assert (wrong.code, "--perid" in wrong.err) == (2, True)


def test_a_duplicate_is_refused_and_a_correction_keeps_the_old_value(register: Path) -> None:
    """Exit 2 and no change; then --correct."""
    before = readings(register)
    refused = call(register, "measure", "answer-hours", "6", "--period", "2025-01")
    assert (refused.code, before) == (2, readings(register))
    assert "has a reading already: 7" in refused.err
    assert call(register, "measure", "answer-hours", "6", "--period", "2025-01", "--correct").code == 0
    assert readings(register)["answer-hours.csv"] == b"period,value,note\n2025-01,6,was 7\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ("answer-hours", "6"),
        (),
        ("answer-hours", "6", "--period", "2025-02", "--from", "-"),
        ("answer-hour", "6", "--period", "2025-02"),
        ("derived", "6", "--period", "2025-02"),
        ("answer-hours", "--period", "2025-02"),
        ("answer-hours", "6", "--period", "9999-01"),
    ],
)
def test_what_cannot_be_meant_ends_with_2_and_changes_nothing(register: Path, arguments: tuple[str, ...]) -> None:
    """A message says what is missing."""
    before = readings(register)
    done = call(register, "measure", *arguments)
    assert (done.code, done.out, readings(register)) == (2, "", before)
    assert done.err


@pytest.mark.parametrize(
    "text",
    [
        HEADER + "answer-hours,2025-02,6,\nfirst-try,2025-02,88,late\n",
        (HEADER + "answer-hours,2025-02,6,\nfirst-try,2025-02,88,late\n").replace(",", ";").replace("\n", "\r\n"),
        (
            '{"kpi": "answer-hours", "period": "2025-02", "value": 6}\n\n'
            '{"kpi": "first-try", "period": "2025-02", "value": "88", "note": "late", "n": null}\n'
        ),
    ],
)
def test_a_feed_is_csv_or_json_lines(register: Path, text: str) -> None:
    """Delivered twice it changes nothing the second time."""
    done = feed(register, text)
    assert (done.returncode, done.stdout) == (0, b"answer-hours 2025-02: added\nfirst-try 2025-02: added\n")
    after = readings(register)
    assert after == {
        "answer-hours.csv": b"period,value\n2025-01,7\n2025-02,6\n",
        "first-try.csv": b"period,value,note\n2025-02,88,late\n",
    }
    again = feed(register, text)
    assert (again.returncode, readings(register)) == (0, after)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (HEADER + "answer-hours,2025-02,6,\nfirst-try,2025-02,x,\n", "line 3 of the feed: value is 'x'"),
        (HEADER + "answer-hours,2025-02,6,\nnobody,2025-02,5,\n", "there is no KPI nobody"),
        (HEADER + "answer-hours,2025-02,6,\nanswer-hours,2025-01,5,\n", "line 3 of the feed: answer-hours 2025-01"),
        (HEADER + "answer-hours,2025-02,6,,5\n", "line 2 of the feed has more cells"),
        (HEADER + "answer-hours,2025-02,6,\n,2025-02,6,\n", "line 3 of the feed: kpi and period are needed"),
        ("kpi,period,value,who\nanswer-hours,2025-02,6,me\n", "there is no column 'who'"),
        ('{"kpi": "answer-hours", "period": "2025-02", "value": 6}\n{"kpi"\n', "line 2 of the feed is not JSON"),
        ('{"kpi": "answer-hours", "period": "2025-02", "value": NaN}\n', "line 1 of the feed is not an object"),
        ('{"kpi": "answer-hours", "period": "2025-02", "value": [6]}\n', "line 1 of the feed is not an object"),
        ('{"kpi": ' + "[" * 100_000 + "\n", "line 1 of the feed is not JSON"),
        (b"\xff\xfe", "not UTF-8"),
        (b"kpi" * 2_000_000, "larger than 5 MiB"),
    ],
    ids=range(12),
)
def test_all_readings_of_a_feed_are_written_or_none(register: Path, text: str | bytes, message: str) -> None:
    """The first row is good in each of these."""
    before = readings(register)
    done = feed(register, text)
    assert (done.returncode, readings(register)) == (2, before)
    assert message in done.stderr.decode()
    assert b"Traceback" not in done.stderr


def test_a_large_feed_is_one_pass(register: Path) -> None:
    """Thousands of days of one KPI, in any order."""
    (register / "kpis/answer-hours.yaml").write_text(made.kpi(cadence="day"), encoding="utf-8")
    (register / "kpis/answer-hours.csv").unlink()
    text = made.csv(("2014-01-01", [n % 50 for n in range(4000)]), cadence="day")
    rows = [
        f'{{"kpi": "answer-hours", "period": "{line[:10]}", "value": {line[11:]}}}' for line in text.split("\n")[1:-1]
    ]
    done = feed(register, "\n".join(reversed(rows)))
    assert done.returncode == 0
    assert readings(register)["answer-hours.csv"].decode() == text


def test_nothing_that_a_reading_says_acts_on_a_terminal(register: Path) -> None:
    """Periods are shown as they were given, made harmless."""
    done = feed(register, json.dumps({"kpi": "answer-hours", "period": "\x1b[31m", "value": 1}))
    assert (done.returncode, b"\x1b" in done.stderr) == (2, False)


def test_a_link_in_place_of_the_file_is_refused(register: Path) -> None:
    """Nothing outside the register is read or written."""
    outside = register.parent / "outside.csv"
    outside.write_text("period,value\n", encoding="utf-8")
    (register / "kpis/answer-hours.csv").unlink()
    (register / "kpis/answer-hours.csv").symlink_to(outside)
    done = call(register, "measure", "answer-hours", "6", "--period", "2025-02")
    assert (done.code, outside.read_text(encoding="utf-8")) == (2, "period,value\n")


@pytest.mark.parametrize(
    ("text", "words"),
    [("", "it is empty"), ("\n\n", "it is empty"), ("<html>Sign in</html>\n", "it begins with '<html>Sign in</html>'"),
     ("kpi,value\n", "it begins with 'kpi,value'"), ("\x1b[2J\x07\n", "it begins with '\\x1b[2J\\x07'")],
)  # fmt: skip
def test_what_is_no_feed_is_refused(register: Path, text: str, words: str) -> None:
    """A page to sign in at, or nothing at all, must not pass for a day without readings."""
    done = feed(register, text)
    assert 2 == done.returncode
    assert f"the feed is no feed: {words}" in done.stderr.decode()


def test_a_feed_without_readings_changes_nothing(register: Path) -> None:
    """Its first line alone is a feed."""
    before = readings(register)
    assert (0, b"") == (feed(register, HEADER).returncode, feed(register, HEADER).stdout)
    assert before == readings(register)
