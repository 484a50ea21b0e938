"""Makes the example tickets that `cireg spot` counts: invented, and the same bytes on every Python.

    python scripts/example_tickets.py            rewrites examples/tickets.csv
    python scripts/example_tickets.py --check    exits 1 if the file is not what the table below gives

The table `RATES` says it all: each category's service, its tickets a month, their noise, the minutes that one takes,
and the months from which on there are more or fewer of them. The file is a sample, about one ticket in ten.
"""

import argparse
import hashlib
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

FILE = Path(__file__).resolve().parent.parent / "examples" / "tickets.csv"
FIRST = date(2025, 5, 1)
LAST = date(2026, 11, 22)  # the day before the example's today: its month is not over
COLUMNS = ("Number", "Opened", "Category", "Service", "Channel", "Handling minutes")
CHANNELS = ("Portal", "Portal", "Telephone", "Telephone", "Telephone", "E-mail", "Walk-up")
SEED = 7


@dataclass(frozen=True)
class Shift:
    """From the month of `on` there are `by` tickets more or fewer."""

    on: date
    by: int
    why: str


@dataclass(frozen=True)
class Rate:
    """Tickets of a category in a month: level + shifts + noise (standard deviation), each about `minutes` of work."""

    category: str
    service: str
    level: int
    noise: float
    minutes: int
    shifts: tuple[Shift, ...] = ()


# fmt: off
RATES = (
    Rate("Password reset", "Identity and sign-in", 41, 3.0, 12, (
        Shift(date(2026, 5, 1), -3, "enrolment has begun"),
        Shift(date(2026, 6, 1), -9, "self-service reset for everyone"),
    )),
    Rate("Meeting room screens", "Workplace", 12, 2.5, 27, (
        Shift(date(2026, 5, 1), 17, "screens replaced by a model with a new remote control"),
    )),
    Rate("Software request", "Workplace", 24, 3.5, 35),
    Rate("Shared folder access", "Hosting", 22, 3.0, 22),
    Rate("Hardware fault", "Workplace", 19, 3.0, 48),
    Rate("E-mail", "Workplace", 17, 3.0, 18),
    Rate("Remote access", "Remote access", 14, 2.5, 31, (
        Shift(date(2026, 7, 1), -5, "second internet line"),
    )),
    Rate("Wi-Fi", "Office network and Wi-Fi", 13, 2.0, 29, (
        Shift(date(2026, 6, 1), -5, "channels planned anew"),
    )),
    Rate("Finance system", "Finance system", 9, 2.0, 41),
    Rate("Portal question", "Self-service portal", 7, 1.5, 14),
    Rate("Restore of files", "Backup", 3, 1.0, 55),
    Rate("", "Workplace", 2, 1.0, 20),  # nobody said what it was about
)
# fmt: on


def months() -> Iterator[tuple[date, date]]:
    """The first and the last day of each month of the file."""
    day = FIRST
    while day <= LAST:
        after = date(day.year + day.month // 12, day.month % 12 + 1, 1)
        yield day, after - timedelta(days=1)
        day = after


def drawn(*key: object) -> list[float]:
    """Eight numbers of 0 up to 1 that depend on the key alone."""
    digest = hashlib.sha256("/".join(map(str, (SEED, *key))).encode()).digest()
    return [int.from_bytes(digest[i : i + 4], "big") / 2**32 for i in range(0, 32, 4)]


def number_in(rate: Rate, month: date) -> int:
    """How many tickets of a category a month has. Eight uniform numbers make the noise, near enough normal."""
    level = rate.level + sum(shift.by for shift in rate.shifts if shift.on <= month)
    normal = (sum(drawn(rate.category, "number", month)) - 4) / 0.816497  # the square root of 8/12
    return max(0, round(level + rate.noise * normal))


def tickets() -> list[tuple[str, ...]]:
    """Every ticket without its number, in the order in which they were opened."""
    found = []
    for first, last in months():
        days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
        working = [day for day in days if day.weekday() < 5]
        for rate in RATES:
            for each in range(number_in(rate, first)):
                when, hour, minute, channel, work, *_ = drawn(rate.category, "ticket", first, each)
                day = working[int(when * len(working))]
                opened = f"{day.isoformat()} {8 + int(hour * 10):02}:{int(minute * 60):02}"
                spent = max(1, round(rate.minutes * (0.4 + 1.2 * work)))
                if day <= LAST:
                    found.append((opened, rate.category, rate.service, CHANNELS[int(channel * 7)], str(spent)))
    return sorted(found)


def text() -> str:
    """The whole CSV file. No cell needs quotes; the numbers say that it is an example."""
    rows = [COLUMNS, *((f"EXAMPLE-{number:05}", *row) for number, row in enumerate(tickets(), start=1))]
    return "".join(",".join(row) + "\n" for row in rows)


def main() -> int:
    """Writes the file, or compares it; the exit code."""
    parser = argparse.ArgumentParser(description="The example tickets.")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if the file differs")
    check = parser.parse_args().check
    data = text().encode()
    if FILE.is_file() and FILE.read_bytes() == data:
        return 0
    if check:
        print(f"{FILE.name} differs: run python scripts/example_tickets.py", file=sys.stderr)
        return 1
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_bytes(data)
    print(f"wrote {FILE.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
