"""The example register shows every status, source and kind, and its readings are what the script makes."""

import csv
import json
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from scripts.example_readings import SERIES, TODAY, Series, begin

ROOT = Path(__file__).resolve().parent.parent
SCRIPT = "scripts/example_readings.py"


def load(path: Path) -> dict[str, Any]:
    """A YAML file with every scalar as text, as it is written."""
    data = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)  # noqa: S506 (BaseLoader makes text only)
    assert isinstance(data, dict)
    return data


CONFIG = load(ROOT / "cireg.yaml")
ITEMS = {path.stem: load(path) for path in sorted((ROOT / "improvements").glob("*.yaml"))}
KPIS = {path.stem: load(path) for path in sorted((ROOT / "kpis").glob("*.yaml"))}
BY_ID = {item["id"]: item for item in ITEMS.values()}


def choices(*route: str) -> set[str]:
    """The values that the improvement's schema allows at a route."""
    node = json.loads((ROOT / "schema" / "improvement.schema.json").read_text("utf-8"))
    for key in route:
        node = node[key]
    return set(node["enum"])


def readings(kpi: str) -> dict[str, float]:
    """Period to value of one KPI's file; gaps are left out."""
    found = {}
    times = 100 if KPIS[kpi]["unit"] == "%" else 1
    with (ROOT / "kpis" / f"{kpi}.csv").open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row.get("value"):
                found[row["period"]] = float(row["value"])
            elif row.get("denominator"):
                found[row["period"]] = times * float(row["numerator"]) / float(row["denominator"])
    return found


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The script as a person runs it, in a folder that holds scripts/ and kpis/."""
    return subprocess.run(
        [sys.executable, str(folder / SCRIPT), *arguments], capture_output=True, text=True, check=False
    )


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The script and the readings, in a folder of their own."""
    shutil.copytree(ROOT / "kpis", tmp_path / "kpis")
    (tmp_path / "scripts").mkdir()
    shutil.copy(ROOT / SCRIPT, tmp_path / SCRIPT)
    return tmp_path


def test_the_script_makes_the_committed_readings_byte_for_byte(copy: Path) -> None:
    """Written anew from nothing, every CSV file has the bytes that are in the repository."""
    committed = {path.name: path.read_bytes() for path in (copy / "kpis").glob("*.csv")}
    for name in committed:
        (copy / "kpis" / name).unlink()
    done = run(copy)
    assert (0, "") == (done.returncode, done.stderr)
    assert committed == {path.name: path.read_bytes() for path in (copy / "kpis").glob("*.csv")}


def test_check_says_which_file_differs_and_writes_nothing(copy: Path) -> None:
    """One changed digit ends with exit code 1 and the file's name; without it, with 0 and no word."""
    assert (0, "", "") == ((done := run(copy, "--check")).returncode, done.stdout, done.stderr)
    path = copy / "kpis" / "cost-per-ticket.csv"
    changed = path.read_bytes().replace(b"6126", b"6127")
    path.write_bytes(changed)
    done = run(copy, "--check")
    assert 1 == done.returncode
    assert "cost-per-ticket.csv differs: run python scripts/example_readings.py\n" == done.stderr
    assert changed == path.read_bytes()


def test_every_measured_kpi_has_a_series_and_readings_up_to_the_last_finished_period() -> None:
    """The table and the definitions name the same KPIs; a file ends early only where the table says so."""
    assert {kpi for kpi, data in KPIS.items() if "derived" not in data} == {series.kpi for series in SERIES}
    last = {
        "day": "2026-11-22",
        "week": "2026-W47",
        "month": "2026-10",
        "quarter": "2026-Q3",
        "half-year": "2026-H1",
    }
    for series in SERIES:
        assert (series.last or last[KPIS[series.kpi]["cadence"]]) == max(readings(series.kpi)), series.kpi


def test_the_kpis_cover_every_category_and_most_cadences_over_two_years() -> None:
    """At least ten have two years of readings; the three derived ones have none."""
    long = [series.kpi for series in SERIES if (TODAY - begin(series.first)).days >= 730]
    assert len(long) >= 10
    assert {KPIS[kpi]["category"] for kpi in long} >= {
        "customer-satisfaction",
        "cost-of-service",
        "incident-volume",
        "service-performance",
        "employee-engagement",
    }
    assert {"day", "week", "month", "quarter", "half-year"} == {KPIS[kpi]["cadence"] for kpi in long}
    assert {"lower", "higher", "within", "neutral"} == {data["better"] for data in KPIS.values()}
    assert {"improvements-implemented", "time-to-implement", "roi"} == {
        data["derived"] for data in KPIS.values() if "derived" in data
    }


def test_the_example_is_labelled_as_one() -> None:
    """The register's name says so, which stands over every page, and the configuration's first lines."""
    assert CONFIG["name"].startswith("Example")
    assert "# EXAMPLE." in (ROOT / "cireg.yaml").read_text("utf-8")


def test_the_improvements_show_every_status_track_kind_source_and_change_type() -> None:
    """At least 24 of them, and no choice of the schema without an example."""
    assert len(ITEMS) >= 24
    assert choices("$defs", "status") == {item["status"] for item in ITEMS.values()}
    for field in ("track", "kind", "source"):
        assert choices("properties", field) == {item[field] for item in ITEMS.values() if field in item}
    assert choices("properties", "change_type", "items") == {
        kind for item in ITEMS.values() for kind in item.get("change_type", [])
    }
    verdicts = {item["review"]["verdict"] for item in ITEMS.values() if "review" in item}
    assert choices("properties", "review", "properties", "verdict") == verdicts
    assert len([item for item in ITEMS.values() if item.get("track") == "light"]) >= 2


def test_programme_failure_duplicate_import_and_waiver_have_an_example_each() -> None:
    """What the guides and the site point at is there."""

    def linked(kind: str) -> dict[str, str]:
        return {id_: item["links"][kind] for id_, item in BY_ID.items() if kind in item.get("links", {})}

    assert {"CI-0009": "CI-0006", "CI-0010": "CI-0006", "CI-0011": "CI-0006"} == linked("part_of")
    failures = [id_ for id_, item in BY_ID.items() if item.get("momentum", {}).get("decision") == "continue"]
    assert failures
    assert set(failures) <= set(linked("follows").values())
    assert {"rejected"} == {BY_ID[id_]["status"] for id_ in linked("duplicate_of")}
    assert [item["id"] for item in ITEMS.values() if "imported" in item]
    assert all(waiver["reason"] for item in ITEMS.values() for waiver in item.get("waivers", []))
    assert [item["id"] for item in ITEMS.values() if "waivers" in item]
    assert [item["id"] for item in ITEMS.values() if "evidence" in item.get("target", {})]


def test_a_change_that_worked_moved_its_kpi_on_the_day_it_went_live() -> None:
    """Achieved, partly achieved and worse have a shift in the table on that day; a failure has none."""
    table: dict[str, Series] = {series.kpi: series for series in SERIES}
    checked = 0
    for id_, item in BY_ID.items():
        verdict = item.get("review", {}).get("verdict")
        for measure in item.get("measures", []):
            if verdict is None or measure["role"] != "primary":
                continue
            shifts = {shift.on for shift in table[measure["kpi"]].shifts if shift.why.startswith(id_)}
            live = date.fromisoformat(item["action"]["live"])
            assert (verdict != "not-achieved") == (live in shifts), id_
            checked += 1
    assert checked >= 8


def test_password_resets_fell_by_a_quarter_in_three_months() -> None:
    """CI-0007: 412 a month before, and each of the three months after at most 75 % of that."""
    resets = readings("password-reset-tickets")
    before = [value for period, value in resets.items() if "2025-04" <= period <= "2026-03"]
    after = [value for period, value in resets.items() if "2026-06" <= period <= "2026-08"]
    assert (12, 3) == (len(before), len(after))
    assert 412 == round(sum(before) / 12)
    assert max(after) <= 0.75 * sum(before) / 12
    assert "-25%" == BY_ID["CI-0007"]["measures"][0]["target"]["change"]
