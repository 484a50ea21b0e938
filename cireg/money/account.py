"""The account of one improvement: what was planned over the horizon, what has come about, and one beside the other.

What is not known stays out of every sum, and is named. Amounts are exact, in the register's currency.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from cireg.model import Config, Improvement
from cireg.money.amounts import over, total
from cireg.money.finance import Stream, roi
from cireg.money.ledger import Cost, Gain, Ledger, last_whole_month, ledger, month_of, months_in


@dataclass(frozen=True, slots=True)
class Terms:
    """How a register counts: the yearly rate, the horizon in months, and the kinds of gain that make the return."""

    rate: Fraction
    horizon: int
    kinds: tuple[str, ...]

    @classmethod
    def of(cls, config: Config) -> Terms:
        """The terms that cireg.yaml states under `money`."""
        rate, horizon, kinds = (config.get("money", name) for name in ("rate", "horizon_months", "roi_kinds"))
        return cls(Fraction(str(rate)), int(horizon), tuple(kinds))


@dataclass(frozen=True, slots=True)
class Side:
    """One side of an account.

    `cost` is the sum of what is known, None where nothing is; `once` is the part of it that is paid once. `gains`
    holds the known sum of each kind. `costs_unknown` and `gains_unknown` name the lines without a figure.
    """

    cost: Fraction | None
    once: Fraction
    gains: Mapping[str, Fraction]
    costs_unknown: tuple[str, ...]
    gains_unknown: tuple[str, ...]
    kinds: tuple[str, ...]

    @property
    def is_there(self) -> bool:
        """Whether there is anything on it, be it that something is not known."""
        return self.cost is not None or bool(self.gains or self.costs_unknown or self.gains_unknown)

    @property
    def whole_cost(self) -> Fraction | None:
        """The cost, None where any part of it is not known."""
        return None if self.costs_unknown else self.cost

    @property
    def gain(self) -> Fraction | None:
        """The gains of the kinds that make the return, None where none of them is known."""
        counted = [self.gains[kind] for kind in self.kinds if kind in self.gains]
        return total(counted) if counted else None

    @property
    def beside(self) -> Mapping[str, Fraction]:
        """The gains of the other kinds."""
        return {kind: figure for kind, figure in self.gains.items() if kind not in self.kinds}

    @property
    def roi(self) -> Fraction | None:
        return roi(self.gain, self.whole_cost)

    @property
    def no_return(self) -> Literal["cost-unknown", "no-cost", "no-gain", "free"] | None:
        """Why there is no return: a cost has no figure, none is stated, no gain that counts is, or nothing is spent."""
        if self.roi is not None:
            return None
        if self.costs_unknown or self.cost is None:
            return "cost-unknown" if self.costs_unknown else "no-cost"
        return "no-gain" if self.gain is None else "free"


@dataclass(frozen=True, slots=True)
class Against:
    """Realised against planned, for the months that the realised entries of planned gains report.

    What came in without a plan, a loss above all, is part of `realised`.
    `months_due` counts the whole months since planned gains began, line by line, `months_reported` those of them
    that have a realised entry; a gain that comes once counts as one month.
    """

    planned: Fraction
    realised: Fraction
    months_reported: int
    months_due: int

    @property
    def rate(self) -> Fraction | None:
        """The share of the plan that has come in; None where the plan came to nothing or to a loss."""
        return self.realised / self.planned if self.planned > 0 else None


@dataclass(frozen=True, slots=True)
class Confirmed:
    """How much of what has come in, and how many of its entries, somebody other than the owner has confirmed."""

    amount: Fraction
    of: Fraction
    entries: int
    of_entries: int


@dataclass(frozen=True)
class Account:
    """Everything that the ledger of an improvement says by a day.

    `planned` is the plan over the horizon, `to_date` what has come about by the day. `against` and `confirmed` are
    None where there is nothing to compare or to confirm.
    """

    ledger: Ledger
    planned: Side
    to_date: Side
    against: Against | None
    confirmed: Confirmed | None

    @property
    def item(self) -> Improvement:
        return self.ledger.item

    @property
    def has_money(self) -> bool:
        return bool(self.ledger.lines)

    @property
    def in_plan(self) -> bool:
        """Whether its plan is one of the register's: it has one, and was neither rejected nor withdrawn."""
        return self.has_money and not self.ledger.dropped


def account(item: Improvement, terms: Terms, day: date) -> Account:
    """The account of an improvement by the end of a day."""
    book = ledger(item)
    return Account(
        book,
        _planned(book, terms),
        to_date(book, terms, day),
        _against(book, day),
        _confirmed(book, day),
    )


def streams(book: Ledger, terms: Terms, *, endless: bool = False) -> tuple[list[Stream], list[Stream]]:
    """What is planned, in months: the costs that are paid once, and everything else.

    Gains are those of the kinds that make the return; costs are negative. Recurring ones last for the horizon, or
    without an end.
    """
    months = None if endless else terms.horizon
    once = [
        cost.stream(-cost.planned, book.begins(cost), months)
        for cost in book.costs
        if cost.planned is not None and not cost.recurs
    ]
    flows = [
        cost.stream(-cost.planned, book.begins(cost), months)
        for cost in book.costs
        if cost.planned is not None and cost.recurs
    ]
    flows += [
        gain.stream(gain.planned, book.begins(gain), months)
        for gain in book.gains
        if gain.planned is not None and gain.kind in terms.kinds
    ]
    return once, flows


def _planned(book: Ledger, terms: Terms) -> Side:
    """The plan. A line that has come about without a plan is no part of it; one without any figure is not known."""
    known = [cost for cost in book.costs if cost.planned is not None]
    figures = [(cost, over(cost.planned or Fraction(0), cost.per, terms.horizon)) for cost in known]
    return Side(
        total(figure for _, figure in figures) if figures else None,
        total(figure for cost, figure in figures if not cost.recurs),
        _by_kind(
            (gain.kind, over(gain.planned, gain.per, terms.horizon)) for gain in book.gains if gain.planned is not None
        ),
        tuple(cost.what for cost in book.costs if cost.planned is None and cost.actual is None),
        tuple(gain.what for gain in book.gains if gain.planned is None and not gain.realised),
        terms.kinds,
    )


def to_date(book: Ledger, terms: Terms, day: date) -> Side:
    """What has come about by a day.

    A cost that has not begun is none yet; one that has, and has no figure, is not known.
    """
    spent: list[tuple[Cost, Fraction]] = []
    unknown = []
    last = min(day, book.ended or day)
    for cost in book.costs:
        if cost.first is not None and cost.first > month_of(day):
            continue
        figure = _spent(book, cost, last)
        if figure is not None:
            spent.append((cost, figure))
        elif cost.actual is not None or book.has_begun(cost, last):
            unknown.append(cost.what)
    come = [(gain, gain.by(day)) for gain in book.gains]
    return Side(
        total(figure for _, figure in spent) if spent else None,
        total(figure for cost, figure in spent if not cost.recurs),
        _by_kind((gain.kind, total(each.amount for each in found)) for gain, found in come if found),
        tuple(unknown),
        tuple(gain.what for gain, found in come if not found and not book.dropped and book.has_begun(gain, day)),
        terms.kinds,
    )


def _spent(book: Ledger, cost: Cost, last: date) -> Fraction | None:
    """What a cost that has begun has come to by its last day, its months counted as they begin; None for not known."""
    if cost.actual is None or not cost.recurs:
        return cost.actual
    first = cost.first if cost.first is not None else month_of(book.live) if book.live else None
    return None if first is None else over(cost.actual, cost.per, max(0, month_of(last) - first + 1))


def _against(book: Ledger, day: date) -> Against | None:
    compared = [_compared(book, gain, day) for gain in book.gains if gain.planned is not None]
    found = [each for each in compared if each is not None]
    if not any(each.months_reported for each in found):
        return None if not found else Against(Fraction(0), Fraction(0), 0, sum(each.months_due for each in found))
    unplanned = [each.amount for gain in book.gains if gain.planned is None for each in gain.by(day)]
    return Against(
        total(each.planned for each in found),
        total(each.realised for each in found) + total(unplanned),
        sum(each.months_reported for each in found),
        sum(each.months_due for each in found),
    )


def _compared(book: Ledger, gain: Gain, day: date) -> Against | None:
    """One planned gain beside what has come of it; None while it has not begun."""
    planned, found = gain.planned or Fraction(0), gain.by(day)
    if not gain.recurs:
        if found:
            return Against(planned, total(each.amount for each in found), 1, 1)
        return Against(Fraction(0), Fraction(0), 0, 1) if book.has_begun(gain, day) else None
    since = book.begins(gain)
    months: dict[int, Fraction] = {}
    realised = Fraction(0)
    for each in found:
        covered = months_in(each.first, each.last, since)
        realised += each.amount if covered else 0  # what came in before the plan begins has none to be compared with
        for month, share in covered.items():
            months[month] = min(Fraction(1), months.get(month, Fraction(0)) + share)
    due = max(0, last_whole_month(day) - since + 1) if book.has_begun(gain, day) else 0
    if not months and not due:
        return None
    each_month = gain.stream(planned, since, None).each
    return Against(total(months.values()) * each_month, realised, len(months), max(due, len(months)))


def _confirmed(book: Ledger, day: date) -> Confirmed | None:
    found = [each for gain in book.gains for each in gain.by(day)]
    by_others = [each for each in found if each.confirmed_by and each.confirmed_by != book.item.owner]
    if not found:
        return None
    return Confirmed(
        total(each.amount for each in by_others),
        total(each.amount for each in found),
        len(by_others),
        len(found),
    )


def _by_kind(figures: Iterable[tuple[str | None, Fraction]]) -> Mapping[str, Fraction]:
    found: dict[str, Fraction] = {}
    for kind, figure in figures:
        if kind is not None:
            found[kind] = found.get(kind, Fraction(0)) + figure
    return dict(sorted(found.items()))
