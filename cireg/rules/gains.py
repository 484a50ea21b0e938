"""Gains that are said to have come in: that they can have, that they count once, and that somebody else says so too."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from cireg.measure.periods import Period
from cireg.model import Improvement, Register
from cireg.money import amount, planned_cost
from cireg.money.ledger import period_of
from cireg.rules.declare import Hit, Hits, rule
from cireg.source import Route

_ONE, _TWO = "improvements/CI-0001.yaml", "improvements/CI-0002.yaml"
_SURE = "evidence: REP-21, confirmed_by: data-analyst"


def _came(*realised: str, cost: int = 800) -> str:
    """A closed improvement to which these amounts came in."""
    return (
        f"status: closed\nmoney:\n  costs: [{{what: Working time, kind: people, planned: {cost}}}]\n"
        "  gains:\n  - what: Fees\n    kind: cash\n    per: month\n    from: 2026-10\n    planned: 300\n    realised:\n"
        + "".join(f"    - {{{each}}}\n" for each in realised)
    )


def _realised(item: Improvement) -> Iterator[tuple[Route, dict[str, Any], int]]:
    """Every entry of what came in, with its route and the index of its gain."""
    for n, _ in item.entries("money", "gains"):
        for m, entry in item.entries("money", "gains", n, "realised"):
            yield ("money", "gains", n, "realised", m), entry, n


@rule(
    "CI720",
    mend="wait until the period is over, or name the part of it that is, as 2026-10",
    bad=_came(f"period: 2026-Q4, amount: 900, {_SURE}"), good=_came(f"period: 2026-10, amount: 300, {_SURE}"),
)  # fmt: skip
def gain_period(item: Improvement, register: Register) -> Hits:
    """What has come in is of a period that is over.

    Until then it is a hope, and hopes stand under planned. What is of no period at all is in no sum.
    """
    for route, entry, _ in _realised(item):
        text = str(entry.get("period", ""))
        period = period_of(text)
        if text and period is None:
            yield Hit(item.at(*route, "period"), f"the calendar has no {text}")
        elif period is not None and period.last_day - register.as_of > timedelta(days=1):
            yield Hit(item.at(*route, "period"), f"{period} is not over: its last day is {period.last_day}")


@rule(
    "CI721",
    mend="leave one of them out, or give the longer one without what the shorter one has",
    bad=_came(f"period: 2026-10, amount: 300, {_SURE}", f"period: 2026-W43, amount: 70, {_SURE}"),
    good=_came(f"period: 2026-09, amount: 250, {_SURE}", f"period: 2026-10, amount: 300, {_SURE}"),
)
def gain_twice(item: Improvement, register: Register) -> Hits:
    """A gain comes in once: its periods do not overlap.

    A quarter beside one of its months counts that month twice.
    """
    for n, _ in item.entries("money", "gains"):
        latest: Period | None = None
        for period, route in sorted(_periods(item, n), key=lambda each: (each[0].first_day, each[0].last_day, each[1])):
            if latest is not None and period.first_day <= latest.last_day:
                yield Hit(item.at(*route), f"{period} overlaps {latest}")
            if latest is None or period.last_day > latest.last_day:
                latest = period


def _periods(item: Improvement, gain: int) -> Iterator[tuple[Period, Route]]:
    for route, entry, n in _realised(item):
        period = period_of(str(entry.get("period", ""))) if n == gain else None
        if period is not None:
            yield period, (*route, "period")


@rule(
    "CI722",
    mend="let somebody else confirm it: finance, a data analyst, whoever pays less now",
    bad=_came("period: 2026-10, amount: 300, evidence: REP-21, confirmed_by: service-desk-lead", cost=25000),
    good=_came(f"period: 2026-10, amount: 300, {_SURE}", cost=25000),
)
def own_gain(item: Improvement, register: Register) -> Hits:
    """An owner does not confirm the own gains.

    They count as confirmed only when somebody else has looked. From the cost in policy.independent_review on it is an
    error, below it a warning. On the light track the owner may confirm.
    """
    if item.light or item.owner is None:
        return
    cost = planned_cost(item, register.config)
    severe = cost is not None and cost >= amount(register.config.get("policy", "independent_review", "cost"))
    for route, entry, _ in _realised(item):
        if entry.get("confirmed_by") == item.owner:
            message = f"{item.owner} owns it and confirmed the gain"
            yield Hit(item.at(*route, "confirmed_by"), message, severity=None if severe else "warning")


@rule(
    "CI723", severity="warning",
    mend="name the report in evidence, and who looked at it in confirmed_by",
    bad=_came("period: 2026-10, amount: 300"), good=_came(f"period: 2026-10, amount: 300, {_SURE}"),
)  # fmt: skip
def gain_unconfirmed(item: Improvement, register: Register) -> Hits:
    """A gain that has come in names what shows it, and who confirmed it.

    A saving that nobody else has seen is not believed by whoever sets the budget.
    """
    for route, entry, _ in _realised(item):
        missing = [name for name in ("evidence", "confirmed_by") if not entry.get(name)]
        if missing and "period" in entry:
            yield Hit(item.at(*route), f"the gain of {entry['period']} has no {' and no '.join(missing)}")


def _programme(gains: str) -> dict[str, Any]:
    """A programme with a gain, and a part of it with these gains."""
    return {
        _TWO: f"links: {{part_of: CI-0001}}\nmoney: {{gains: [{gains}]}}\n",
        _ONE: "money: {gains: [{what: Old licences, kind: cash, per: year, planned: 9000}]}\n",
    }


@rule(
    "CI724", severity="warning",
    mend="keep it where it is earned or paid, and take it out of the other file",
    bad=_programme("{what: Old licences, kind: cash, per: year, planned: 9000}"),
    good=_programme("{what: Fewer calls, kind: capacity, per: year, planned: 9000}"),
)  # fmt: skip
def money_twice(item: Improvement, register: Register) -> Hits:
    """What a programme costs and brings in stands in the programme or in a part, not in both.

    Money counts where it is entered, so that in two files it counts twice.
    """
    above = _above(item, register)
    if not above:
        return
    known = {key: each.id for each in reversed(above) for key, _ in _entries(each)}
    for key, route in _entries(item):
        if key in known:
            yield Hit(item.at(*route), f"{known[key]}, of which it is a part, has the same {key[0][:-1]}")


def _above(item: Improvement, register: Register) -> list[Improvement]:
    """The programmes that an improvement is a part of, the nearest first."""
    found: dict[str, Improvement] = {}
    parent = item.get("links", "part_of")
    while parent in register.improvements and parent not in found and parent != item.id:
        found[parent] = register.improvements[parent]
        parent = found[parent].get("links", "part_of")
    return list(found.values())


def _entries(item: Improvement) -> Iterator[tuple[tuple[str, str, str], Route]]:
    """What each cost and gain is, for comparing, and where it says so."""
    for side in ("costs", "gains"):
        for n, entry in item.entries("money", side):
            what = item.text("money", side, n, "what")
            yield (side, " ".join(what.casefold().split()), str(entry.get("kind"))), ("money", side, n, "what")


RULES = (gain_period, gain_twice, own_gain, gain_unconfirmed, money_twice)
