"""Makes the readings of the example register's KPIs: invented, and the same bytes on every Python.

    python scripts/example_readings.py            rewrites kpis/*.csv
    python scripts/example_readings.py --check    exits 1 if a file is not what the table below gives

The table `SERIES` says it all: each KPI's level, its noise, and the days on which the level moves, by how
much and why.
"""

import argparse
import hashlib
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

KPIS = Path(__file__).resolve().parent.parent / "kpis"
TODAY = date(2026, 11, 23)  # the example's today: files end with the last period that is over


@dataclass(frozen=True)
class Shift:
    """In periods that begin on or after `on` the level is `by` higher or lower, in the KPI's unit."""

    on: date
    by: float
    why: str


@dataclass(frozen=True)
class Count:
    """How many things a reading stands on: a level a period, or a day, with noise and shifts of its own."""

    level: float
    noise: float = 0.0
    shifts: tuple[Shift, ...] = ()
    per_day: bool = False


@dataclass(frozen=True)
class Series:
    """One KPI's readings: value = level x season of its month + shifts + noise, kept within low and high."""

    kpi: str
    first: str  # its form gives the cadence: 2026-04-01, 2026-W14, 2026-04, 2026-Q2, 2026-H1
    level: float
    noise: float  # standard deviation
    shifts: tuple[Shift, ...] = ()
    season: tuple[float, ...] = (1.0,) * 12  # factors on the level, January to December
    low: float = 0.0
    high: float | None = None
    decimals: int = 0
    out_of: Count | None = None  # then the file has numerator and denominator
    times: int = 100  # value = times x numerator / denominator
    n: Count | None = None  # then the file says how many answers or tickets are behind the value
    gaps: tuple[str, ...] = ()
    last: str = ""  # the last period that was delivered, where readings have stopped coming
    notes: dict[str, str] = field(default_factory=dict)
    seed: int = 1


# fmt: off
SERIES = (
    Series(
        "password-reset-tickets", "2023-11", level=412, noise=17, seed=368,
        shifts=(
            Shift(date(2026, 5, 1), -35, "CI-0007: enrolment has begun"),
            Shift(date(2026, 6, 1), -91, "CI-0007: self-service reset for everyone"),
        ),
        notes={"2026-06": "Self-service reset open to everyone"},
    ),
    Series(
        "first-response-time", "2024-W01", level=236, noise=20, seed=1, n=Count(450, 40),
        shifts=(Shift(date(2025, 4, 7), -80, "CI-0002: fewer categories, automatic assignment"),),
    ),
    Series(
        "major-incident-restore-time", "2023-11", level=5.3, noise=0.7, decimals=1, seed=1, n=Count(5, 1.5),
        shifts=(Shift(date(2025, 5, 1), -1.9, "CI-0001: one commander for every major incident"),),
    ),
    Series(
        "change-success-rate", "2023-11", level=91.0, noise=1.3, high=100, seed=1, out_of=Count(142, 9),
        shifts=(Shift(date(2025, 10, 1), 3.2, "CI-0004: standard changes"),),
    ),
    Series(
        "remote-access-availability", "2023-11", level=99.34, noise=0.11, high=100, seed=1,
        out_of=Count(1440, per_day=True),
        shifts=(Shift(date(2026, 7, 1), 0.36, "CI-0009: second internet line"),),
    ),
    Series(
        "wifi-incidents", "2024-W01", level=31, noise=4.5, seed=1,
        shifts=(
            Shift(date(2026, 5, 18), -13, "CI-0012: channels planned anew"),
            Shift(date(2026, 11, 9), 17, "the neighbours on floor 5 have new access points of their own"),
        ),
    ),
    Series(
        "failed-backup-jobs", "2024-10-01", level=6.4, noise=1.7, seed=1,
        shifts=(Shift(date(2026, 11, 2), -3.6, "CI-0023: start times spread over the night"),),
    ),
    Series(
        "customer-satisfaction", "2023-11", level=86.6, noise=1.5, high=100, seed=1, out_of=Count(310, 22),
        shifts=(Shift(date(2026, 5, 1), -5.2, "CI-0008: the telephone menu"),),
    ),
    Series(
        "cost-per-ticket", "2023-Q4", level=17.9, noise=0.45, seed=1, out_of=Count(6150, 140), times=1,
        shifts=(Shift(date(2026, 7, 1), 1.8, "the cheapest tickets, password resets, have gone"),),
    ),
    Series(
        "cloud-hosting-cost", "2023-11", level=39400, noise=850, seed=1,
        shifts=(
            Shift(date(2025, 4, 1), 8900, "the document archive moved in from our own data centre"),
            Shift(date(2026, 5, 1), -7100, "CI-0014: test systems sleep at night"),
        ),
        notes={"2025-04": "Document archive moved in from our own data centre"},
    ),
    Series(
        "software-licence-use", "2023-11", level=72.0, noise=1.3, high=100, seed=1,
        out_of=Count(3904, 18, (Shift(date(2026, 6, 1), -768, "CI-0015: unused licences given back"),)),
        shifts=(Shift(date(2026, 6, 1), 17.4, "CI-0015: unused licences given back"),),
    ),
    Series(
        "request-fulfilment-time", "2023-11", level=6.4, noise=0.5, decimals=1, seed=1, n=Count(520, 35),
        shifts=(Shift(date(2026, 9, 1), -1.9, "CI-0021: new starters' kit ordered from the HR record"),),
        gaps=("2024-06",), notes={"2024-06": "Report lost in the move to the new tool"},
    ),
    Series(
        "knowledge-use", "2023-11", level=22.0, noise=1.7, high=100, seed=1, out_of=Count(2040, 70),
        last="2026-08",  # the report has been missing since the tool's upgrade in September
    ),
    Series(
        "out-of-hours-alerts", "2024-W01", level=64, noise=7.5, seed=1,
        shifts=(Shift(date(2026, 9, 28), -27, "CI-0019: alerts that nobody acts on are silent"),),
    ),
    Series("team-engagement", "2023-H2", level=6.3, noise=0.2, high=10, decimals=1, seed=1, n=Count(44, 2)),
    Series(
        "tickets-received", "2024-W01", level=425, noise=19, seed=1,
        shifts=(
            Shift(date(2025, 1, 6), 52, "the finance desk's tickets come to us"),
            Shift(date(2026, 6, 1), -29, "CI-0007: fewer password resets"),
            Shift(date(2026, 10, 5), -42, "the portal answers requests for access by itself"),
        ),
        season=(1.04, 1.0, 1.0, 0.97, 0.98, 1.0, 0.96, 0.92, 1.06, 1.04, 1.02, 0.93),
        notes={"2025-W02": "Finance desk's tickets come to us"},
    ),
    Series(
        "finance-month-end-wait", "2026-05", level=17.5, noise=2.2, decimals=1, seed=1, n=Count(61, 6),
        notes={"2026-05": "First month of this report"},
    ),
)
# fmt: on


def periods(first: str) -> Iterator[tuple[str, date, date]]:
    """Every finished period from `first` on: its name, first day, last day."""
    day, form = begin(first), first[5]
    if form.isdigit():
        form = "day" if len(first) == 10 else "month"
    while True:
        name, after = name_and_next(day, form)
        if after > TODAY:
            return
        yield name, day, after - timedelta(days=1)
        day = after


def delivered(series: Series) -> Iterator[tuple[str, date, date]]:
    """The periods that the file has."""
    for period in periods(series.first):
        yield period
        if period[0] == series.last:
            return


def begin(period: str) -> date:
    """The first day of a period of any cadence."""
    year, part = int(period[:4]), period[5:]
    if part.startswith("W"):
        return date.fromisocalendar(year, int(part[1:]), 1)
    if part.startswith("Q"):
        return date(year, 3 * int(part[1:]) - 2, 1)
    if part.startswith("H"):
        return date(year, 6 * int(part[1:]) - 5, 1)
    return date.fromisoformat(period) if len(part) == 5 else date(year, int(part), 1)


def name_and_next(day: date, form: str) -> tuple[str, date]:
    """The name of the period that begins on `day`, and the first day of the one after it."""
    if form == "day":
        return day.isoformat(), day + timedelta(days=1)
    if form == "W":
        year, week, _ = day.isocalendar()
        return f"{year}-W{week:02}", day + timedelta(days=7)
    months = {"month": 1, "Q": 3, "H": 6}[form]
    total = day.year * 12 + day.month - 1 + months
    number = (day.month - 1) // months + 1
    name = f"{day.year}-{number:02}" if form == "month" else f"{day.year}-{form}{number}"
    return name, date(total // 12, total % 12 + 1, 1)


def draw(*key: object) -> float:
    """A number of mean 0 and standard deviation 1, near enough normal, that depends on the key alone.

    Sixteen uniform numbers of a digest are summed, whole numbers only: no version of `random` and no
    mathematics library can change a reading, and a later last period leaves the earlier readings alone.
    """
    digest = hashlib.sha256("/".join(map(str, key)).encode()).digest()
    total = sum(int.from_bytes(digest[i : i + 2], "big") for i in range(0, 32, 2))
    return (total - 16 * 65535 / 2) / 75674.45  # 65536 x the square root of 16/12


def moved(shifts: tuple[Shift, ...], day: date) -> float:
    """What the shifts up to `day` add to the level."""
    total = 0.0
    for shift in shifts:
        if shift.on <= day:
            total += shift.by
    return total


def count(series: Series, counted: Count, what: str, name: str, day: date, last: date) -> int:
    """How many there were in the period, at least 1."""
    level = counted.level * ((last - day).days + 1 if counted.per_day else 1) + moved(counted.shifts, day)
    return max(1, round(level + counted.noise * draw(series.kpi, series.seed, what, name)))


def row(series: Series, name: str, day: date, last: date) -> list[str]:
    """One line of the file, in the order of `columns`."""
    level = series.level * series.season[day.month - 1] + moved(series.shifts, day)
    value = max(series.low, level + series.noise * draw(series.kpi, series.seed, "value", name))
    if series.high is not None:
        value = min(series.high, value)
    cells = [name]
    if name in series.gaps:
        cells += [""] * (len(columns(series)) - 1 - bool(series.notes))
    else:
        if series.out_of is not None:
            of = count(series, series.out_of, "out-of", name, day, last)
            cells += [str(round(value * of / series.times)), str(of)]
        else:
            cells.append(f"{value:.{series.decimals}f}")
        if series.n is not None:
            cells.append(str(count(series, series.n, "n", name, day, last)))
    if series.notes:
        cells.append(series.notes.get(name, ""))
    return cells


def columns(series: Series) -> list[str]:
    """The file's first line."""
    reading = ["value"] if series.out_of is None else ["numerator", "denominator"]
    return ["period", *reading, *(["n"] if series.n else []), *(["note"] if series.notes else [])]


def text(series: Series) -> str:
    """The whole CSV file. No cell needs quotes: notes hold no comma."""
    lines = [columns(series), *(row(series, *period) for period in delivered(series))]
    return "".join(",".join(line) + "\n" for line in lines)


def main() -> int:
    """Writes the files, or compares them; the exit code."""
    parser = argparse.ArgumentParser(description="The readings of the example register's KPIs.")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if a file differs")
    check = parser.parse_args().check
    wrong = 0
    for series in SERIES:
        path, data = KPIS / f"{series.kpi}.csv", text(series).encode()
        if path.is_file() and path.read_bytes() == data:
            continue
        wrong += 1
        if check:
            print(f"{path.name} differs: run python scripts/example_readings.py", file=sys.stderr)
        else:
            path.write_bytes(data)
            print(f"wrote {path.name}")
    return 1 if check and wrong else 0


if __name__ == "__main__":
    sys.exit(main())
