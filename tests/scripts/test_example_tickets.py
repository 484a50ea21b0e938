"""The example tickets are what their script makes, and what it declares is in them."""

from __future__ import annotations

import csv
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

from scripts.example_tickets import COLUMNS, FILE, LAST, RATES, text

ROOT = Path(__file__).resolve().parents[2]


def rows() -> list[dict[str, str]]:
    with FILE.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The script as a person runs it, in a folder of its own."""
    (folder / "scripts").mkdir(exist_ok=True)
    shutil.copy(ROOT / "scripts" / "example_tickets.py", folder / "scripts")
    return subprocess.run(
        [sys.executable, "scripts/example_tickets.py", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_script_makes_the_committed_tickets_byte_for_byte(tmp_path: Path) -> None:
    """Written from nothing; a second run changes nothing."""
    first = run(tmp_path)
    assert (0, "wrote tickets.csv\n") == (first.returncode, first.stdout)
    assert FILE.read_bytes() == (tmp_path / "examples" / "tickets.csv").read_bytes()
    again = run(tmp_path)
    assert (0, "") == (again.returncode, again.stdout)


def test_a_ticket_changed_by_hand_is_noticed(tmp_path: Path) -> None:
    """--check writes nothing and says so."""
    (tmp_path / "examples").mkdir()
    wrong = tmp_path / "examples" / "tickets.csv"
    wrong.write_text(text().replace("Wi-Fi", "WLAN", 1), encoding="utf-8")
    done = run(tmp_path, "--check")
    assert (1, "tickets.csv differs: run python scripts/example_tickets.py\n") == (done.returncode, done.stderr)
    assert "WLAN" in wrong.read_text("utf-8")


def test_the_file_is_an_example_and_says_so() -> None:
    """Every ticket's number; a few thousand rows, in the order of their days, without people."""
    found = rows()
    assert {"EXAMPLE"} == {row["Number"].partition("-")[0] for row in found}
    assert tuple(found[0]) == COLUMNS
    assert 1_000 < len(found) < 5_000
    assert sorted(row["Opened"] for row in found) == [row["Opened"] for row in found]
    assert max(row["Opened"] for row in found)[:10] <= LAST.isoformat()


def test_the_shifts_are_in_the_tickets() -> None:
    """From each shift's last month on, the mean is nearer to the new level than to the old one."""
    found = rows()
    for rate in RATES:
        for shift in rate.shifts[-1:]:
            months = Counter(row["Opened"][:7] for row in found if row["Category"] == rate.category)
            after = [count for month, count in months.items() if shift.on.isoformat()[:7] <= month <= "2026-10"]
            new = rate.level + sum(each.by for each in rate.shifts)
            mean = sum(after) / len(after)
            assert abs(mean - new) < abs(mean - rate.level), rate.category
