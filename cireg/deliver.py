"""Readings are delivered: a line is added to a KPI's CSV file, or corrected there, and every other byte is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from cireg.decoding import decode
from cireg.errors import CiregError
from cireg.measure import periods, readings
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
    text = _text(raw, path) if raw is not None else _header(given)
    said = []
    for one in given:
        text, sentence = _one(kpi, path, text, one, today, correct=correct)
        said.append(sentence)
    data = text.encode("utf-8")
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


def _definition(kpi: Kpi, today: date) -> Definition:
    return Definition(
        kpi.text("cadence"), kpi.get("unit") == "%", exact(kpi.get("bounds", 0)), exact(kpi.get("bounds", 1)), today
    )


def _one(kpi: Kpi, path: str, text: str, one: Delivery, today: date, *, correct: bool) -> tuple[str, str]:
    period = periods.parse(one.period, kpi.text("cadence"))
    label = f"{kpi.id} {one.period}"
    if period is None:
        raise CiregError(f"{one.where}'{one.period}' is not a {kpi.text('cadence')}, the cadence of {kpi.id}")
    definition = _definition(kpi, today)
    before = readings.read(path, text.encode(), definition)
    there = next((each for each in before.readings if each.period == period), None)
    if there is not None:
        return _again(path, text, one, there, definition, label, correct=correct)
    lines, newline = _lines(text)
    later = [each.line for each in before.readings if each.period > period]
    place = min(later) - 1 if later else len(lines)
    lines.insert(place, "")
    text = _write(lines, newline, place, one, path)
    _accepted(path, text, place + 1, definition, one)
    return text, f"{label}: added"


def _again(
    path: str, text: str, one: Delivery, there: Reading, definition: Definition, label: str, *, correct: bool
) -> tuple[str, str]:
    """A period that has a reading: the same one again changes nothing, another one only corrects it when asked to."""
    lines, newline = _lines(text)
    place = there.line - 1
    trial = _write(list(lines), newline, place, one, path)
    _accepted(path, trial, place + 1, definition, one)
    new = next(each for each in readings.read(path, trial.encode(), definition).readings if each.line == there.line)
    same = (new.value, new.numerator, new.denominator) == (there.value, there.numerator, there.denominator)
    if same:
        return text, f"{label}: there already, and the same"
    was = _shown(there)
    if not correct:
        raise CiregError(
            f"{one.where}{label} has a reading already: {was}",
            "to replace it and keep the old value in its note: --correct",
        )
    note = "; ".join(each for each in (one.cells.get("note", ""), f"was {was}", there.note) if each)
    fixed = Delivery(one.period, {**one.cells, "note": note}, one.where)
    text = _write(lines, newline, place, fixed, path)
    _accepted(path, text, place + 1, definition, one)
    return text, f"{label}: corrected, was {was}"


def _shown(reading: Reading) -> str:
    if reading.value is None:
        return "a gap"
    if reading.numerator is not None and reading.denominator is not None:
        return f"{float(reading.numerator):g} of {float(reading.denominator):g}"
    return f"{float(reading.value):.10g}"


def _lines(text: str) -> tuple[list[str], str]:
    """The lines without their ends, and the end that the file uses; the last line may lack it."""
    newline = "\r\n" if "\r\n" in text else "\n"
    lines = text.split(newline)
    if lines[-1] == "":
        lines.pop()
    return lines, newline


def _write(lines: list[str], newline: str, place: int, one: Delivery, path: str) -> str:
    """The text with this reading in line `place`, counted from 0; a column that is new goes to the header's end."""
    _, _, header = next(records(path, lines[0], ","))
    columns = [name.strip() for name in header]
    missing = [name for name, cell in one.cells.items() if cell and name not in columns]
    if {"numerator", "denominator"} & set(missing) or "value" in missing:
        raise CiregError(
            f"{path} has the columns {', '.join(columns)}", "give the reading as those, or change the file"
        )
    if missing:
        lines[0] += "".join(f",{name}" for name in missing)
        columns += missing
    row = [one.period if name == "period" else one.cells.get(name, "") for name in columns]
    lines[place] = write_csv(columns, [row]).decode().split("\n", 1)[1].rstrip("\n")
    return newline.join(lines) + newline


def _accepted(path: str, text: str, line: int, definition: Definition, one: Delivery) -> None:
    """Raise with what the register's own reader finds in that line."""
    for problem in readings.read(path, text.encode(), definition).problems:
        if problem.line == line:
            raise CiregError(f"{one.where}{problem.message}", "nothing was written")
