"""Readings are delivered: a line is added to a KPI's CSV file, or corrected there, and every other byte is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from cireg.decoding import decode
from cireg.errors import CiregError
from cireg.measure import periods, readings
from cireg.measure.periods import Period
from cireg.measure.readings import COLUMNS, Definition, Reading, exact
from cireg.model import Kpi
from cireg.sheets.csv_file import records, write_csv


@dataclass(frozen=True, slots=True)
class Delivery:
    """One reading as it was handed in: `cells` are texts by the column's name; `where` says where it came from."""

    period: str
    cells: dict[str, str]
    where: str = ""


@dataclass(frozen=True, slots=True)
class Delivered:
    """A file after its deliveries: its new bytes, None where nothing changed, and a sentence for each reading."""

    data: bytes | None
    said: tuple[str, ...]


def deliver(
    kpi: Kpi, path: str, raw: bytes | None, given: Sequence[Delivery], today: date, *, correct: bool
) -> Delivered:
    """Put readings into the file `path` with the bytes `raw`, None where there is no file yet.

    A period that has a reading already is refused unless its value is the same; with `correct` the new value
    takes its place and the old one goes into the note. Raises `CiregError`, and changes nothing, when a reading
    is not one that the register would accept.
    """
    for one in given:
        if not one.cells.get("value") and not (one.cells.get("numerator") and one.cells.get("denominator")):
            raise CiregError(f"{one.where}a reading has a value, or a numerator and a denominator")
    text = _text(raw, path) if raw is not None else _header(given)
    definition = Definition(
        kpi.text("cadence"), kpi.get("unit") == "%", exact(kpi.get("bounds", 0)), exact(kpi.get("bounds", 1)), today
    )
    file = _File(kpi, path, text, definition)
    said = [file.put(one, correct=correct) for one in given]
    data = file.text().encode("utf-8")
    return Delivered(None if data == raw else data, tuple(said))


def _text(raw: bytes, path: str) -> str:
    text = decode(raw)
    if not isinstance(text, str):
        raise CiregError(f"{path} cannot be read: {text[0].message}", "cireg check says where")
    return text


def _header(given: Sequence[Delivery]) -> str:
    """The first line of a new file: the columns that its readings use."""
    used = {"period"} | {name for one in given for name, cell in one.cells.items() if cell}
    return ",".join(name for name in COLUMNS if name in used) + "\n"


@dataclass
class _File:
    """A readings file on its way to its new text: its lines as they are, and what takes or joins their place."""

    kpi: Kpi
    path: str
    given: str
    definition: Definition
    columns: list[str] = field(init=False)
    added: list[str] = field(default_factory=list)  # columns that the first line lacks
    known: dict[Period, Reading] = field(init=False)
    new: dict[Period, str] = field(default_factory=dict)
    changed: dict[Period, str] = field(default_factory=dict)
    seen: dict[Period, Delivery] = field(default_factory=dict)
    ends: dict[int, int] = field(init=False)  # of each row: its first line, and that of the row after it
    refused: dict[Period, int] = field(init=False)  # lines that are there and cannot be read

    def __post_init__(self) -> None:
        found = readings.read(self.path, self.given.encode(), self.definition)
        broken = next((each for each in found.problems if each.rule == "readings-form"), None)
        if broken:
            raise CiregError(f"{self.path} cannot be used: {broken.message}", "cireg check says where")
        rows = list(records(self.path, self.given, ","))
        if rows[0][1] != 1 or "\n" in "".join(rows[0][2]):
            raise CiregError(f"{self.path} cannot be used: its first line is not the names of its columns")
        self.columns = [name.strip() for name in rows[0][2]]
        self.known = {each.period: each for each in found.readings}
        starts = [line for _, line, _ in rows] + [self.given.count("\n") + 2]
        self.ends = dict(pairwise(starts))
        refused = {each.line for each in found.problems}
        self.refused = {
            period: line
            for _, line, cells in rows[1:]
            if line in refused and (period := self._period_of(cells)) and period not in self.known
        }

    def _period_of(self, cells: Sequence[str]) -> Period | None:
        index = self.columns.index("period")
        return periods.parse(cells[index].strip(), self.definition.cadence) if index < len(cells) else None

    def put(self, one: Delivery, *, correct: bool) -> str:
        """Take a reading in; the sentence that tells of it."""
        period = periods.parse(one.period, self.definition.cadence)
        label = f"{self.kpi.id} {one.period}"
        if period is None:
            raise CiregError(
                f"{one.where}'{one.period}' is not a {self.definition.cadence}, the cadence of {self.kpi.id}"
            )
        clean = Delivery(one.period, {name: " ".join(cell.split()) for name, cell in one.cells.items()}, one.where)
        if period in self.seen:
            if self.seen[period].cells == clean.cells:
                return f"{label}: there already, and the same"
            raise CiregError(f"{one.where}{label} is delivered twice, with different figures")
        self.seen[period] = clean
        if period in self.refused:
            raise CiregError(
                f"{one.where}{self.path} has a line for {one.period} that cannot be used, line {self.refused[period]}",
                "cireg check says why; mend it first",
            )
        reading = self._accepted(clean)
        there = self.known.get(period)
        if there is None:
            self.new[period] = self._row(clean)
            return f"{label}: added"
        if _figures(reading) == _figures(there):
            return f"{label}: there already, and the same"
        was = _shown(there)
        if not correct:
            raise CiregError(
                f"{one.where}{label} has a reading already: {was}",
                "to replace it and keep the old value in its note: --correct",
            )
        note = "; ".join(
            each for each in (clean.cells.get("note", ""), f"was {was}", " ".join(there.note.split())) if each
        )
        fixed = Delivery(one.period, {**clean.cells, "note": note}, one.where)
        self._accepted(fixed)
        self.changed[period] = self._row(fixed)
        return f"{label}: corrected, was {was}"

    def _accepted(self, one: Delivery) -> Reading:
        """The reading as the register's own reader reads it; raises with what the reader finds."""
        lacking = [name for name, cell in one.cells.items() if cell and name not in self.columns]
        if set(lacking) & {"value", "numerator", "denominator"}:
            raise CiregError(
                f"{one.where}{self.path} has the columns {', '.join(self.columns)}",
                "give the reading as those, or change the file",
            )
        self.columns += lacking
        self.added += lacking
        alone = ",".join(self.columns) + "\n" + self._row(one) + "\n"
        found = readings.read(self.path, alone.encode(), self.definition)
        if found.problems or not found.readings:
            message = found.problems[0].message if found.problems else "there is no reading in it"
            raise CiregError(f"{one.where}{message}", "nothing was written")
        return found.readings[0]

    def _row(self, one: Delivery) -> str:
        """The line of a reading, without its end."""
        row = [one.period if name == "period" else one.cells.get(name, "") for name in self.columns]
        return write_csv(self.columns, [row]).decode().split("\n", 1)[1].rstrip("\n")

    def text(self) -> str:
        """The file's new text."""
        if not (self.new or self.changed):
            return self.given
        lines = _kept(self.given)
        end = "\r\n" if lines[0].endswith("\r\n") else "\n"
        if not lines[-1].endswith("\n") and any(self._place(period) > len(lines) for period in self.new):
            lines[-1] += end
        inserted: dict[int, list[str]] = {}
        for period in sorted(self.new):
            inserted.setdefault(self._place(period), []).append(self.new[period] + end)
        replaced = {self.known[period].line: row for period, row in self.changed.items()}
        result: list[str] = []
        number = 1
        while number <= len(lines):
            result += inserted.pop(number, [])
            if number in replaced:
                last = lines[min(self.ends[number], len(lines) + 1) - 2]
                result.append(replaced[number] + last[len(last.rstrip("\r\n")) :])
                number = self.ends[number]
                continue
            line = lines[number - 1]
            if number == 1 and self.added:
                bare = line.rstrip("\r\n")
                line = bare + "".join(f",{name}" for name in self.added) + (line[len(bare) :] or end)
            result.append(line)
            number += 1
        for place in sorted(inserted):
            result += inserted[place]
        return "".join(result)

    def _place(self, period: Period) -> int:
        """The line before which a new period's reading goes, one beyond the last where none is later."""
        return min(
            (each.line for each in self.known.values() if each.period > period), default=self.given.count("\n") + 2
        )


def _kept(text: str) -> list[str]:
    """The lines with their ends; only a line feed ends one."""
    parts = text.split("\n")
    return [part + "\n" for part in parts[:-1]] + ([parts[-1]] if parts[-1] else [])


def _figures(reading: Reading) -> tuple[object, ...]:
    return reading.value, reading.numerator, reading.denominator


def _shown(reading: Reading) -> str:
    if reading.value is None:
        return "a gap"
    if reading.numerator is not None and reading.denominator is not None:
        shown = f"{_plain(reading.numerator)} of {_plain(reading.denominator)}"
    else:
        shown = _plain(reading.value)
    return shown if reading.n is None else f"{shown} (n {reading.n})"


def _plain(value: Fraction) -> str:
    """A decimal as it was written, without zeros at its end."""
    text = f"{Decimal(value.numerator) / Decimal(value.denominator):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
