"""Money in the words of the pages, and the section of it on the page of an improvement."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from cireg.figures import decimal, number, per_cent, rounded
from cireg.money.account import Account, Against, Confirmed, Side
from cireg.money.portfolio import Accounts, Kept, Outlook, Return
from cireg.site.page import SINGLES
from cireg.site.views.blocks import Field, comma, fields
from cireg.site.views.links import Links
from cireg.site.views.shown import Shown
from cireg.site.views.subject import Subject


def accounts(shown: Shown) -> Accounts:
    """The accounts of the published improvements: nothing on the site counts another one. Worked out once."""
    found = shown.made.get("accounts")
    if not isinstance(found, Accounts):
        found = shown.made["accounts"] = Accounts(shown.register)
    return found


class Figures:
    """Amounts, returns and terms of payment in words; `shown` gives the strings and the currency."""

    def __init__(self, shown: Shown) -> None:
        self.shown = shown
        self.say = shown.say
        self.horizon = accounts(shown).terms.horizon

    def amount(self, figure: Fraction | None) -> str:
        """An amount in the register's currency, "not known" for None."""
        return self.say("money.unknown") if figure is None else self.shown.words.money(rounded(figure))

    def bare(self, figure: Fraction | None) -> str:
        """An amount for a column that names the currency."""
        return self.say("money.unknown") if figure is None else number(rounded(figure))

    def roi(self, share: Fraction | None) -> str:
        """A return in per cent, with its sign."""
        if share is None:
            return self.say("money.unknown")
        percent = per_cent(share)
        return self.say("money.percent", share=("+" if percent > 0 else "") + number(percent))

    def share(self, share: Fraction | None) -> str:
        """A share in per cent."""
        return self.say("money.unknown") if share is None else self.say("money.percent", share=number(per_cent(share)))

    def kinds(self, gains: Mapping[str, Fraction], amount: Callable[[Fraction], str] | None = None) -> str:
        """Gains by their kinds, with the currency unless `amount` leaves it out."""
        shown = amount or self.amount
        return ", ".join(
            self.say("money.of_kind", kind=self.shown.words.label("gain", kind), amount=shown(figure))
            for kind, figure in gains.items()
        )

    def cost(self, side: Side, *, horizon: bool) -> str:
        """What it costs: once, and what recurs; over the horizon, or as it has come about."""
        if side.cost is None:
            return self.say("money.unknown" if side.costs_unknown else "money.none_stated")
        rest = side.cost - side.once
        key = "money.over" if horizon else "money.recurring"
        recurring = self.say(key, amount=self.amount(rest), months=self.horizon)
        if not rest:
            return self.say("money.once", amount=self.amount(side.once))
        if not side.once:
            return recurring
        return self.say("money.both", whole=self.amount(side.cost), once=self.amount(side.once), recurring=recurring)

    def gain(self, side: Side, none: str) -> str:
        """The gains that count for the return, by their kinds; the string `none` where there are none of any kind."""
        counted = {kind: side.gains[kind] for kind in side.kinds if kind in side.gains}
        if len(counted) == 1 or not counted:
            return self.kinds(counted) or self.say("money.none_counts" if side.beside else none)
        return self.say("money.gain", whole=self.amount(side.gain), kinds=self.kinds(counted))

    def returned(self, side: Side, *, come: bool = False) -> str:
        """The return, with what it is computed from, or why there is none; `come` of what has come about."""
        if side.no_return is not None:
            why = "not-reported" if come and side.no_return == "no-gain" else side.no_return
            return self.say(f"money.no_return.{why}")
        return self.say(
            "money.computed", roi=self.roi(side.roi), gain=self.amount(side.gain), cost=self.amount(side.whole_cost)
        )

    def payback(self, found: Outlook) -> str:
        """When a plan pays back, "" where that is not known."""
        if found.months is None:
            return self.say("money.never") if found.state == "never" else ""
        exact = number(decimal(found.exact or Fraction(0), 1))
        key = "money.beyond" if found.state == "beyond" else "money.within"
        return self.say(key, month=found.months, exact=exact, months=self.horizon)

    def npv(self, found: Outlook) -> str:
        """The net present value, "" where there is none."""
        return "" if found.npv is None else self.amount(Fraction(found.npv))

    def against(self, found: Against | Kept | None) -> str:
        """What came in of what was planned for the same time, "" where nothing is due."""
        if found is None:
            return ""
        if not (found.months_reported if isinstance(found, Against) else found.ids):
            return self.say("money.not_reported")
        values = {"realised": self.amount(found.realised), "planned": self.amount(found.planned)}
        if found.rate is None or isinstance(found, Kept):
            return self.say("money.against_amounts", **values)
        return self.say("money.against", rate=self.share(found.rate), **values)

    def months(self, found: Against | None) -> str:
        """How many months of those that are over have been reported."""
        return "" if found is None else self.say("money.months", reported=found.months_reported, n=found.months_due)

    def confirmed(self, found: Confirmed | None) -> str:
        """How much of what has come in somebody else has confirmed, "" where nothing has come in."""
        if found is None:
            return ""
        return self.say(
            "money.confirmed_part", amount=self.amount(found.amount), whole=self.amount(found.of),
            entries=found.entries, n=found.of_entries,
        )  # fmt: skip

    def counted(self, found: Return) -> str:
        """How many improvements a return counts, and how much of the known cost they have."""
        share = self.share(found.share_of_cost)
        return self.say("money.counted", counted=len(found.ids), n=found.costed, share=share)


class Part(NamedTuple):
    """A heading within the section, and its figures."""

    title: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class MoneyView:
    """The section on money of an improvement: its parts, and by which rules and from what they are computed."""

    parts: tuple[Part, ...]
    rule: str
    benefits: str


def section(subject: Subject) -> MoneyView | None:
    """What an improvement costs and brings in; None where nothing is stated, or money is not shown."""
    shown = subject.shown
    if not shown.money:
        return None
    books = accounts(shown)
    account = books.by_id[subject.item.id]
    programme = books.programme(subject.item.id)
    if not any(each.has_money for each in programme):
        return None
    words = Figures(shown)
    parts = [_planned(words, account, books), _come(words, account)] if account.has_money else []
    if len(programme) > 1:
        parts.append(_programme(words, subject.links, books, programme))
    kinds = ", ".join(shown.words.label("gain", kind) for kind in books.terms.kinds) or shown.say("money.no_kind")
    return MoneyView(
        tuple(part for part in parts if part.fields),
        shown.say(
            "money.rule_parts" if len(programme) > 1 else "money.rule",
            kinds=kinds,
            day=shown.words.day(shown.as_of).text,
        ),
        f"{subject.links.root}{SINGLES['benefits']}#how",
    )


def _planned(words: Figures, account: Account, books: Accounts) -> Part:
    say, side, outlook = words.say, account.planned, books.outlook([account])
    rate = words.share(books.terms.rate)
    return Part(
        say("money.planned_title", months=words.horizon),
        fields(
            Field(say("money.cost"), words.cost(side, horizon=True)),
            Field(say("money.gain_counts"), words.gain(side, "money.unknown")),
            Field(say("money.beside"), words.kinds(side.beside)),
            Field(say("money.roi"), words.returned(side)),
            Field(say("money.npv", rate=rate), words.npv(outlook)),
            Field(say("money.payback"), words.payback(outlook)),
            Field(say("money.also_unknown"), ", ".join((*side.costs_unknown, *side.gains_unknown))),
        ),
    )


def _come(words: Figures, account: Account) -> Part:
    say, side = words.say, account.to_date
    if not side.is_there:
        return Part("", ())
    months = words.months(account.against)
    return Part(
        say("money.come_title", day=words.shown.words.day(words.shown.as_of).text),
        fields(
            Field(say("money.cost"), words.cost(side, horizon=False)),
            Field(say("money.gain_counts"), words.gain(side, "money.none_reported")),
            Field(say("money.beside"), words.kinds(side.beside)),
            Field(say("money.roi"), words.returned(side, come=True)),
            Field(say("money.against_title"), " ".join((words.against(account.against), months)).strip()),
            Field(say("money.confirmed"), words.confirmed(account.confirmed)),
            Field(say("money.also_unknown"), ", ".join((*side.costs_unknown, *side.gains_unknown))),
        ),
    )


def _programme(words: Figures, links: Links, books: Accounts, programme: list[Account]) -> Part:
    """The programme and its parts together: each entry counts once."""
    say = words.say
    planned, come, outlook = books.planned(programme), books.to_date(programme), books.outlook(programme)
    return Part(
        say("money.programme_title"),
        fields(
            Field(say("money.programme_of"), comma(links.improvement(each.item.id) for each in programme)),
            Field(say("money.programme_planned"), _together(words, planned)),
            Field(say("money.payback"), words.payback(outlook)),
            Field(say("money.programme_come"), _together(words, come)),
            Field(say("money.beside"), words.kinds(planned.beside)),
            Field(say("money.cost_unknown"), comma(links.improvement(id_) for id_ in come.without_cost)),
        ),
    )


def _together(words: Figures, found: Return) -> str:
    if found.roi is None:
        return words.say("money.no_return_together") if found.costed else ""
    computed = words.say(
        "money.computed", roi=words.roi(found.roi), gain=words.amount(found.gain), cost=words.amount(found.cost)
    )
    return words.say("money.computed_together", computed=computed, counted=words.counted(found))
