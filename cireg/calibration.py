"""Plans beside what came of them: cost, gain and time, and whether a high score for value delivered more.

Sums are of the improvements that have both figures; each ratio is a ratio of sums. Amounts are in the register's
currency. What is not known takes no part, and how many that are is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from cireg.flow.spread import ENOUGH, wilson
from cireg.flowing import Flow, Success, flow_of
from cireg.model import Improvement, Register
from cireg.money.account import Account, Terms, account
from cireg.money.amounts import over, total

HIGH, FAIR = 5, 3  # the scores for value that are compared
_WEEKEND = 5  # Saturday, counted from Monday = 0
_YEAR = 12


@dataclass(frozen=True, slots=True)
class Beside:
    """A plan beside what came of it, of the improvements `ids` that have both; `of` could have."""

    ids: tuple[str, ...]
    of: int
    planned: Fraction
    actual: Fraction
    over: int
    ratios: tuple[Fraction, ...]

    @property
    def n(self) -> int:
        return len(self.ids)

    @property
    def ratio(self) -> Fraction | None:
        """What came for each one that was planned: a ratio of sums, None of nothing."""
        return self.actual / self.planned if self.planned > 0 else None

    @property
    def typical(self) -> Fraction | None:
        """The median of the single ratios, None of too few to say."""
        return _median(self.ratios) if len(self.ratios) >= ENOUGH else None


@dataclass(frozen=True, slots=True)
class Delivered:
    """What the finished improvements with one score for value delivered.

    `monthly` are the gains a month since each went live, of all kinds, where any have come in.
    """

    value: int
    success: Success
    monthly: tuple[Fraction, ...]

    @property
    def typical(self) -> Fraction | None:
        """The median of the monthly gains, None of too few to say."""
        return _median(self.monthly) if len(self.monthly) >= ENOUGH else None


@dataclass(frozen=True, slots=True)
class Calibration:
    """Cost, gain, effort and steps against their plans, and what each score for value delivered.

    `effort` sets the planned effort beside the working days between start and live: a plan of one's own days beside
    days that pass for everybody. `steps` counts the days by which finished steps were late, early ones below 0.
    """

    cost: Beside
    gain: Beside
    effort: Beside
    steps: tuple[int, ...]
    by_value: tuple[Delivered, ...]

    @property
    def higher_delivered_more(self) -> bool | None:
        """Whether those scored 5 delivered more than those scored 3; None of too few to say.

        By gains where both groups have enough, else by the share achieved, when the likely ranges do not meet.
        """
        of = {each.value: each for each in self.by_value}
        high, fair = of.get(HIGH), of.get(FAIR)
        if high is None or fair is None:
            return None
        if high.typical is not None and fair.typical is not None:
            return high.typical > fair.typical
        return self.higher_achieved_more

    @property
    def higher_achieved_more(self) -> bool | None:
        """The same by the share achieved alone."""
        of = {each.value: each for each in self.by_value}
        high, fair = of.get(HIGH), of.get(FAIR)
        if high is None or fair is None:
            return None
        if min(high.success.final, fair.success.final) < ENOUGH:
            return None
        one, other = (
            wilson(high.success.achieved, high.success.final),
            wilson(fair.success.achieved, fair.success.final),
        )
        if one is None or other is None:
            return None
        return True if one[0] > other[1] else False if other[0] > one[1] else None


def calibration(register: Register) -> Calibration:
    """The plans of a register beside what came of them, as of its day; worked out once."""
    found = register.memory.get("calibration")
    if not isinstance(found, Calibration):
        found = register.memory["calibration"] = _calibration(register)
    return found


def _calibration(register: Register) -> Calibration:
    flow = flow_of(register)
    terms = Terms.of(register.config)
    books = {
        each.id: account(register.improvements[each.id], terms, register.as_of)
        for each in flow.full
        if each.started is not None and register.improvements[each.id].get("money")
    }
    known = [(each.id, books.get(each.id)) for each in flow.full if each.started is not None]
    items = [register.improvements[each.id] for each in flow.full]
    return Calibration(
        cost=_beside((id_, *_cost(book, terms.horizon)) for id_, book in known),
        gain=_beside((id_, *_gain(book)) for id_, book in known),
        effort=_beside(_effort(flow)),
        steps=tuple(sorted(_lateness(items))),
        by_value=tuple(_delivered(flow, books, value) for value in range(5, 0, -1)),
    )  # fmt: skip


def _beside(figures: Iterable[tuple[str, Fraction | None, Fraction | None]]) -> Beside:
    every = list(figures)
    both = [(id_, planned, actual) for id_, planned, actual in every if planned is not None and actual is not None]
    return Beside(
        ids=tuple(id_ for id_, _, _ in both),
        of=len(every),
        planned=total(planned for _, planned, _ in both),
        actual=total(actual for _, _, actual in both),
        over=sum(actual > planned for _, planned, actual in both),
        ratios=tuple(actual / planned for _, planned, actual in both if planned > 0),
    )


def _cost(book: Account | None, horizon: int) -> tuple[Fraction | None, Fraction | None]:
    """The costs that have both a plan and an actual figure, recurring ones over the horizon."""
    costs = book.ledger.costs if book else ()
    lines = [line for line in costs if line.planned is not None and line.actual is not None]
    if not lines:
        return None, None
    return (
        total(over(line.planned or Fraction(0), line.per, horizon) for line in lines),
        total(over(line.actual or Fraction(0), line.per, horizon) for line in lines),
    )


def _gain(book: Account | None) -> tuple[Fraction | None, Fraction | None]:
    """The planned gains and what has come in of them, for the months that have been reported."""
    found = book.against if book else None
    return (found.planned, found.realised) if found and found.months_reported else (None, None)


def _effort(flow: Flow) -> Iterable[tuple[str, Fraction | None, Fraction | None]]:
    for each in flow.full:
        item = flow.register.improvements[each.id]
        live, planned = item.date("action", "live"), item.get("plan", "days")
        if each.started is not None and live is not None and each.started <= live <= flow.today:
            yield (
                each.id,
                None if planned is None else Fraction(str(planned)),
                Fraction(working_days(each.started, live)),
            )


def working_days(first: date, last: date) -> int:
    """The days from Monday to Friday from one day to another, both included."""
    weeks, rest = divmod((last - first).days + 1, 7)
    return weeks * _WEEKEND + sum((first + timedelta(days=n)).weekday() < _WEEKEND for n in range(rest))


def _lateness(items: Iterable[Improvement]) -> Iterable[int]:
    for item in items:
        for n, _ in item.entries("plan", "steps"):
            due, done = item.date("plan", "steps", n, "due"), item.date("plan", "steps", n, "done")
            if due and done:
                yield (done - due).days


def _delivered(flow: Flow, books: Mapping[str, Account], value: int) -> Delivered:
    journeys = [
        each
        for each in flow.full
        if each.finished is not None and flow.register.improvements[each.id].get("scores", "value") == value
    ]
    monthly = []
    for each in journeys:
        book, live = books.get(each.id), flow.register.improvements[each.id].date("action", "live")
        if book is not None and book.to_date.gains and live is not None and live <= flow.today:
            months = max(1, (flow.today.year - live.year) * _YEAR + flow.today.month - live.month)
            monthly.append(total(book.to_date.gains.values()) / months)
    return Delivered(value, flow.success_of(journeys), tuple(sorted(monthly)))


def _median(values: Sequence[Fraction]) -> Fraction:
    ordered = sorted(values)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2
