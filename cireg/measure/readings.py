"""A KPI's readings: the CSV file beside it, read with a place for every fault, exact in the decimals given."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cached_property, lru_cache

from cireg.decoding import Problem, decode
from cireg.errors import CiregError
from cireg.measure.periods import Period, parse
from cireg.measure.timeline import Timeline
from cireg.sheets.csv_file import records

COLUMNS = ("period", "value", "numerator", "denominator", "n", "note")

_OLDEST = 1900  # the first year that a reading can be of

_NUMBER = re.compile(r"-?[0-9]{1,15}(?:\.([0-9]{1,9}))?")
_COUNT = re.compile(r"[0-9]{1,12}")
_CELL = re.compile(r'(?:"(?:[^"]|"")*"|[^,]*)')


@dataclass(frozen=True, slots=True)
class Reading:
    """One period's value, None for a gap; `numerator` and `denominator` where it is a ratio; `line` in the file."""

    period: Period
    value: Fraction | None
    numerator: Fraction | None
    denominator: Fraction | None
    n: int | None
    note: str
    line: int


@dataclass
class Readings:
    """What a file holds, in the order of the periods, and what is wrong with it."""

    path: str
    readings: list[Reading] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @cached_property
    def series(self) -> list[tuple[Period, Fraction | None]]:
        """The value of every period from the first to the last reading; a missing period is a gap."""
        if not self.readings:
            return []
        first = self.readings[0].period
        return [(first.next(n), value) for n, value in enumerate(self._values)]

    @cached_property
    def timeline(self) -> Timeline:
        """The series as whole numbers."""
        return Timeline(self.readings[0].period.number if self.readings else 0, self._values)

    @cached_property
    def latest(self) -> Period | None:
        """The last period that has a value."""
        return next((each.period for each in reversed(self.readings) if each.value is not None), None)

    @cached_property
    def _values(self) -> list[Fraction | None]:
        """The value of every period from the first to the last reading."""
        known = {each.period.number: each.value for each in self.readings}
        return [known.get(number) for number in range(min(known), max(known) + 1)] if known else []


@dataclass(frozen=True, slots=True)
class Definition:
    """What the readings are held to: the KPI's cadence and bounds, whether its unit is %, and the day."""

    cadence: str
    percent: bool
    low: Fraction | None
    high: Fraction | None
    today: date


def read(path: str, raw: bytes, kpi: Definition) -> Readings:
    """Read the file; never raises for what is in it. A row with a fault is left out, every other one stands."""
    result = Readings(path)
    text = decode(raw)
    if not isinstance(text, str):
        result.problems += text
        return result
    lines = text.split("\n")
    rows = records(path, text, ",")
    columns: dict[str, int] | None = None
    try:
        _, _, header = next(rows, (1, 1, []))
        columns = _columns(header, lines, result)
        if columns is None:
            return result
        plain = _Plain(columns, kpi) if set(columns) == {"period", "value"} and len(header) == len(columns) else None
        for _, line, cells in rows:
            if plain and (reading := plain.read(cells, line)):
                result.readings.append(reading)
            elif "".join(cells).strip():
                texts = {name: cells[index].strip() for name, index in columns.items() if index < len(cells)}
                _Row(texts, cells[len(header) :], columns, len(header), line, lines, result).read(kpi)
    except CiregError as error:
        result.problems.append(Problem("readings-form", 1, 1, error.message))
    _order(result, lines, columns["period"] if columns else 0)
    result.readings.sort(key=lambda reading: reading.period.number)
    return result


def _columns(header: Sequence[str], lines: Sequence[str], result: Readings) -> dict[str, int] | None:
    """Where each column stands; None when the header cannot be used."""
    names = [name.strip() for name in header]
    for index, name in enumerate(names):
        if name not in COLUMNS or name in names[:index]:
            message = f"there is no column '{name[:40]}'" if name not in COLUMNS else f"the column {name} stands twice"
            result.problems.append(Problem("readings-form", 1, _column(lines[0], index), message))
    if "period" not in names or not ("value" in names or {"numerator", "denominator"} <= set(names)):
        message = "the first line must name period, and value or numerator and denominator"
        result.problems.append(Problem("readings-form", 1, 1, message))
        return None
    return {name: names.index(name) for name in names if name in COLUMNS}


def _column(line: str, index: int) -> int:
    """The column, from 1, at which a cell of a line begins."""
    position = 0
    for _ in range(index):
        match = _CELL.match(line, position)
        position = (match.end() if match else position) + 1
    return min(position, len(line)) + 1


def _order(result: Readings, lines: Sequence[str], column: int) -> None:
    """Periods are unique and ascend; of two for the same period the first one stands."""
    seen: dict[int, int] = {}
    latest: Period | None = None
    kept = []
    for reading in result.readings:
        number = reading.period.number
        if number in seen:
            message = f"{reading.period} has a reading already, in line {seen[number]}"
            result.problems.append(
                Problem("readings-duplicate", reading.line, _column(lines[reading.line - 1], column), message)
            )
            continue
        if latest is not None and number < latest.number:
            message = f"{reading.period} comes after {latest}"
            result.problems.append(
                Problem("readings-order", reading.line, _column(lines[reading.line - 1], column), message)
            )
        else:
            latest = reading.period
        seen[number] = reading.line
        kept.append(reading)
    result.readings = kept


class _Plain:
    """Rows of a period and a value alone, as nearly all are: read at once where nothing is to be said of them."""

    def __init__(self, columns: dict[str, int], kpi: Definition) -> None:
        self._period, self._value, self._kpi = columns["period"], columns["value"], kpi

    def read(self, cells: Sequence[str], line: int) -> Reading | None:
        """The reading; None for a row that has to be looked at more closely."""
        if len(cells) != 2:
            return None
        known, value, kpi = _period(cells[self._period], self._kpi.cadence), _decimal(cells[self._value]), self._kpi
        if known is None or value is None or known[1] > kpi.today:
            return None
        if (kpi.low is not None and value < kpi.low) or (kpi.high is not None and value > kpi.high):
            return None
        return Reading(known[0], value, None, None, None, "", line)


@dataclass(slots=True)
class _Row:
    """One row on its way from cells to a reading."""

    texts: dict[str, str]  # by column
    beyond: Sequence[str]  # cells that no column names
    columns: dict[str, int]
    width: int  # of the first line, in cells
    line: int
    lines: Sequence[str]
    result: Readings

    def cell(self, name: str) -> str:
        return self.texts.get(name, "")

    def at(self, index: int) -> int:
        """The column in the file at which a cell begins."""
        return _column(self.lines[self.line - 1] if self.line <= len(self.lines) else "", index)

    def problem(self, rule: str, name: str, message: str) -> None:
        self.result.problems.append(Problem(rule, self.line, self.at(self.columns.get(name, 0)), message))

    def read(self, kpi: Definition) -> None:
        before = len(self.result.problems)
        if self.beyond and "".join(self.beyond).strip():
            message = f"the row has {self.width + len(self.beyond)} cells, and the first line names {self.width}"
            self.result.problems.append(Problem("readings-form", self.line, self.at(self.width), message))
        period = self._period(kpi)
        numbers = {name: self._number(name) for name in ("value", "numerator", "denominator")}
        count = self.cell("n")
        if count and not _COUNT.fullmatch(count):
            self.problem("readings-number", "n", f"n is '{count[:40]}', not a whole number")
        value = self._value(numbers, kpi)
        if value is not None and (
            (kpi.low is not None and value < kpi.low) or (kpi.high is not None and value > kpi.high)
        ):
            bounds = " to ".join("any" if each is None else f"{float(each):g}" for each in (kpi.low, kpi.high))
            name = "value" if numbers["value"] is not None else "numerator"
            self.problem("readings-bounds", name, f"{float(value):g} is outside the bounds, {bounds}")
        if period is not None and len(self.result.problems) == before:
            self.result.readings.append(
                Reading(
                    period, value, numbers["numerator"], numbers["denominator"],
                    int(count) if count else None, self.cell("note"), self.line,
                )
            )  # fmt: skip

    def _period(self, kpi: Definition) -> Period | None:
        text = self.cell("period")
        known = _period(text, kpi.cadence) if text else None
        if known is None:
            what = f"'{text[:40]}' is not a {kpi.cadence}" if text else "the period is missing"
            self.problem("readings-period", "period", what)
            return None
        period, last_day = known
        if last_day > kpi.today:
            self.problem("readings-future", "period", f"{text} is not over: its last day is {last_day}")
        return period

    def _number(self, name: str) -> Fraction | None:
        text = self.cell(name)
        if not text:
            return None
        number = _decimal(text)
        if number is None:
            self.problem("readings-number", name, f"{name} is '{text[:40]}', not a number such as 412 or 3.5")
        return number

    def _value(self, numbers: dict[str, Fraction | None], kpi: Definition) -> Fraction | None:
        value, above, below = numbers["value"], numbers["numerator"], numbers["denominator"]
        if (above is None) != (below is None):
            missing = "denominator" if below is None else "numerator"
            if self.cell("numerator") and self.cell("denominator"):
                return value  # one of them is no number, and that is said already
            self.problem("readings-parts", missing, f"the {missing} is missing")
            return value
        if above is None or below is None:
            return value
        if below <= 0:
            self.problem("readings-parts", "denominator", "the denominator must be more than 0; leave a gap instead")
            return value
        ratio = above / below * (100 if kpi.percent else 1)
        if value is not None and not _agrees(self.cell("value"), value, ratio):
            message = f"value is {self.cell('value')}, and the two parts give {float(ratio):.6g}"
            self.problem("readings-parts", "value", message)
        return ratio


@lru_cache(maxsize=8192)
def _decimal(text: str) -> Fraction | None:
    """The number that a cell holds, None where it is none."""
    match = _NUMBER.fullmatch(text)
    return Fraction(int(text.replace(".", "")), 10 ** len(match[1] or "")) if match else None


@lru_cache(maxsize=8192)
def _period(text: str, cadence: str) -> tuple[Period, date] | None:
    """The period that a cell names, and its last day; None where it names none that a reading can be of."""
    period = parse(text, cadence)
    return None if period is None or period.first_day.year < _OLDEST else (period, period.last_day)


def _agrees(text: str, value: Fraction, ratio: Fraction) -> bool:
    """Whether a written value is the ratio, rounded as far as it is written."""
    match = _NUMBER.fullmatch(text)
    digits = len(match[1]) if match and match[1] else 0
    return abs(value - ratio) <= Fraction(1, 2 * 10**digits)


@lru_cache(maxsize=1024)
def exact(value: float | int | None) -> Fraction | None:
    """A number of a YAML file as the decimal that was written there."""
    return None if value is None else Fraction(str(value))
