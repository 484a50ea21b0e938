"""The money of several improvements together: each entry counts once, and a return is a ratio of sums."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from cireg.model import Register
from cireg.money.account import Account, Confirmed, Side, Terms, account, streams
from cireg.money.amounts import total
from cireg.money.finance import Stream, irr, npv, payback, roi
from cireg.money.ledger import Ledger

_YEAR = 12  # months; a present value over less says nothing


@dataclass(frozen=True, slots=True)
class Return:
    """The return of several improvements, on one side of their accounts.

    `ids` are those that count: their cost is known, and they or others of the same programme have a gain. `cost` and
    `gain` are their sums. `costed` counts those with a known cost, `known_cost` is the sum of it.
    `without_cost` are those whose cost is not known, `without_gain` those with a known cost and no known gain.
    `beside` holds the gains of kinds that make no return, of all of them.
    """

    ids: tuple[str, ...]
    cost: Fraction
    gain: Fraction
    costed: int
    known_cost: Fraction
    without_cost: tuple[str, ...]
    without_gain: tuple[str, ...]
    beside: Mapping[str, Fraction]

    @property
    def roi(self) -> Fraction | None:
        """Gains less costs over costs, of those that count."""
        return roi(self.gain, self.cost) if self.ids else None

    @property
    def floor(self) -> Fraction | None:
        """The same of all with a known cost, what nobody has measured being 0."""
        return roi(self.gain, self.known_cost)

    @property
    def share_of_cost(self) -> Fraction | None:
        """The share of the known cost that those that count have."""
        return self.cost / self.known_cost if self.known_cost else None


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a plan is worth over time.

    `state` says when it pays back: within the horizon, beyond it, never, or unknown. `months` counts from the month in
    which the plan begins; `exact` says where in the last of them it is, evenly spread. `flows` are the amounts by
    month.
    """

    npv: Decimal | None
    state: Literal["within", "beyond", "never", "unknown"]
    months: int | None
    exact: Fraction | None
    flows: tuple[Stream, ...]

    @property
    def irr(self) -> Decimal | None:
        """The yearly rate at which the plan would be worth nothing; worked out when it is asked for."""
        return irr(self.flows, _YEAR) if self.flows else None


@dataclass(frozen=True, slots=True)
class Kept:
    """How far plans were kept, over the gains that have both figures: see `cireg.money.account.Against`.

    `ids` are the improvements that have both, `due` counts those of which something should have come in by now,
    `share_of_cost` is the share that the former have of the planned cost of the latter.
    """

    planned: Fraction
    realised: Fraction
    ids: tuple[str, ...]
    due: int
    share_of_cost: Fraction | None

    @property
    def rate(self) -> Fraction | None:
        return self.realised / self.planned if self.planned > 0 else None


class Accounts:
    """The accounts of a register by a day, and what they come to together."""

    def __init__(self, register: Register, day: date | None = None) -> None:
        self.register = register
        self.day = day or register.as_of
        self.terms = Terms.of(register.config)
        self.by_id = {item.id: account(item, self.terms, self.day) for item in register.improvements.values()}
        self._roots = roots(register)
        self._outlooks: dict[tuple[str, ...], Outlook] = {}

    @property
    def with_money(self) -> list[Account]:
        """The accounts that have an entry, by id."""
        return [each for each in self.by_id.values() if each.has_money]

    def programme(self, id_: str) -> list[Account]:
        """An improvement and all of its parts, and theirs."""
        found, waiting = {id_}, [id_]
        while waiting:
            for part in self.register.parts.get(waiting.pop(), ()):
                if part.id not in found:
                    found.add(part.id)
                    waiting.append(part.id)
        return [self.by_id[each] for each in sorted(found)]

    def planned(self, accounts: Iterable[Account] | None = None) -> Return:
        """The return of the plans that were neither rejected nor withdrawn, over the horizon."""
        chosen = self.with_money if accounts is None else accounts
        return self._return([each for each in chosen if each.in_plan], lambda each: each.planned)

    def to_date(self, accounts: Iterable[Account] | None = None) -> Return:
        """The return of what was spent and has come in by the day."""
        chosen = self.with_money if accounts is None else accounts
        return self._return([each for each in chosen if each.to_date.is_there], lambda each: each.to_date)

    def _return(self, accounts: Sequence[Account], side: Callable[[Account], Side]) -> Return:
        return together([(each.ledger, side(each)) for each in accounts], self._roots)

    def outlook(self, accounts: Sequence[Account]) -> Outlook:
        """What the plans of these are worth over time: of those that count for their return."""
        counted = self.planned(accounts).ids
        if counted not in self._outlooks:
            self._outlooks[counted] = self._outlook(accounts, counted)
        return self._outlooks[counted]

    def _outlook(self, accounts: Sequence[Account], counted: Collection[str]) -> Outlook:
        if not counted:
            return Outlook(None, "unknown", None, None, ())
        books = [each.ledger for each in accounts if each.item.id in counted]
        flows = [stream for book in books for group in streams(book, self.terms) for stream in group]
        start = min((stream.first for stream in flows), default=0)
        flows = _from(start, flows)
        once, rest = _both(streams(book, self.terms, endless=True) for book in books)
        back = payback(-total(stream.each for stream in once), _from(start, rest))
        return Outlook(
            npv(self.terms.rate, flows, _YEAR) if self.terms.horizon >= _YEAR else None,
            "never" if back is None else "within" if back.exact <= self.terms.horizon else "beyond",
            back.periods if back else None,
            back.exact if back else None,
            tuple(flows),
        )

    def kept(self, accounts: Iterable[Account] | None = None) -> Kept | None:
        """How far plans were kept; None where nothing that was planned is due yet."""
        chosen = self.with_money if accounts is None else accounts
        found = [(each, against) for each in chosen if (against := each.against) is not None]
        both = [(each, against) for each, against in found if against.months_reported]
        if not found:
            return None
        cost = total(each.planned.cost for each, _ in found)
        return Kept(
            total(against.planned for _, against in both),
            total(against.realised for _, against in both),
            tuple(each.item.id for each, _ in both),
            len(found),
            total(each.planned.cost for each, _ in both) / cost if cost else None,
        )

    def confirmed(self, accounts: Iterable[Account] | None = None) -> Confirmed | None:
        """How much of what has come in is confirmed; None where nothing has."""
        chosen = self.with_money if accounts is None else accounts
        found = [confirmed for each in chosen if (confirmed := each.confirmed) is not None]
        if not found:
            return None
        return Confirmed(
            total(each.amount for each in found),
            total(each.of for each in found),
            sum(each.entries for each in found),
            sum(each.of_entries for each in found),
        )


def together(sides: Sequence[tuple[Ledger, Side]], root: Mapping[str, str]) -> Return:
    """The return of several improvements; `root` names the programme of each, itself where it is in none."""
    found = [(book.item.id, book, side) for book, side in sides]
    costed = {id_: cost for id_, _, side in found if (cost := side.whole_cost) is not None}
    paying = {root[id_] for id_ in costed}
    # Where a programme's costs are entered elsewhere, a part of it has none of its own.
    costed |= {id_: Fraction(0) for id_, book, _ in found if not book.costs and root[id_] in paying}
    gained = {id_: gain for id_, _, side in found if (gain := side.gain) is not None}
    earning = {root[id_] for id_ in gained if id_ in costed}
    counted = sorted(id_ for id_ in costed if root[id_] in earning)
    beside: dict[str, Fraction] = {}
    for _, _, side in found:
        for kind, figure in side.beside.items():
            beside[kind] = beside.get(kind, Fraction(0)) + figure
    return Return(
        tuple(counted),
        total(costed[id_] for id_ in counted),
        total(gained.get(id_) for id_ in counted),
        len(costed),
        total(costed.values()),
        tuple(sorted(id_ for id_, _, _ in found if id_ not in costed)),
        tuple(sorted(id_ for id_ in costed if id_ not in gained)),
        dict(sorted(beside.items())),
    )


def roots(register: Register) -> Mapping[str, str]:
    """The programme that each improvement belongs to in the end, itself where it is part of none."""
    found: dict[str, str] = {}
    for id_ in register.improvements:
        way = [id_]
        while way[-1] not in found:
            above = register.improvements[way[-1]].get("links", "part_of")
            if above not in register.improvements:
                found[way[-1]] = way[-1]
            elif above in way:
                found[way[-1]] = min(way[way.index(above) :])  # a circle, which is a fault of its own
            else:
                way.append(above)
        for each in way:
            found.setdefault(each, found[way[-1]])
    return found


def _from(start: int, flows: Iterable[Stream]) -> list[Stream]:
    """The same flows, their months counted from `start`."""
    return [flow._replace(first=flow.first - start) for flow in flows]


def _both(groups: Iterable[tuple[list[Stream], list[Stream]]]) -> tuple[list[Stream], list[Stream]]:
    """All the first ones together, and all the second ones."""
    firsts: list[Stream] = []
    seconds: list[Stream] = []
    for first, second in groups:
        firsts += first
        seconds += second
    return firsts, seconds
