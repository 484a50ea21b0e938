"""The page of benefits: what improvements have brought in, what their plans say, and how each figure is computed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from cireg.figures import number, per_cent
from cireg.money.account import Account, Confirmed, Side
from cireg.money.amounts import total
from cireg.money.portfolio import Accounts, Outlook, Return
from cireg.site.page import SINGLES, Heading, Page, field_url
from cireg.site.views.blocks import comma
from cireg.site.views.links import Links
from cireg.site.views.money import Figures, accounts
from cireg.site.views.shown import Shown

_COME = ("gain", "cost", "roi", "beside", "against", "confirmed", "status")
_PLANNED = ("gain", "cost", "roi", "beside", "npv", "payback", "status")
_NUMBERS = {"cost", "gain", "roi", "npv"}


class Card(NamedTuple):
    """A figure with its title, and what it is computed from: text, or safe HTML."""

    title: str
    figure: str
    notes: tuple[str, ...]


class Cell(NamedTuple):
    """A cell: text or safe HTML; `kind` is "number" or nothing."""

    content: str
    kind: str


class Row(NamedTuple):
    """An improvement in a table, or with `together` what it and its parts come to."""

    link: str
    title: str
    together: bool
    cells: tuple[Cell, ...]


class Part(NamedTuple):
    """One side: its figures, and a line for each improvement."""

    id: str
    title: str
    cards: tuple[Card, ...]
    caption: str
    heads: tuple[Cell, ...]
    rows: tuple[Row, ...]


class Rule(NamedTuple):
    """How a figure is computed."""

    term: str
    text: str


@dataclass(frozen=True, slots=True)
class BenefitsView:
    """Everything on the page of benefits."""

    summary: str
    parts: tuple[Part, ...]
    rules: tuple[Rule, ...]
    entries: str
    fields: str
    settings: str
    as_of: str


def page(shown: Shown) -> Page:
    """The page of benefits; there is none where money is not shown."""
    links = Links(shown, SINGLES["benefits"])
    made = view(shown, links)
    title = shown.say("benefits.title")
    how = Heading("how", shown.say("benefits.how"))
    return Page(
        kind="benefits",
        url=SINGLES["benefits"],
        title=title,
        description=made.summary,
        body=shown.site.templates.render("benefits.html.j2", page=made),
        headings=(*(Heading(part.id, part.title) for part in made.parts), how),
        search=f"{title} {made.summary}",
    )


def view(shown: Shown, links: Links) -> BenefitsView:
    """What the page shows."""
    books = accounts(shown)
    made = _Maker(shown, links, books)
    parts = [made.come(), made.planned()] if books.with_money else []
    return BenefitsView(
        summary=made.summary(),
        parts=tuple(part for part in parts if part.rows),
        rules=tuple(made.rules()),
        entries=shown.say("benefits.entries"),
        fields=links.root + field_url("improvement", "money"),
        settings=links.root + field_url("config", "money"),
        as_of=shown.words.day(shown.as_of).text,
    )


class _Maker:
    """What the page is made with."""

    def __init__(self, shown: Shown, links: Links, books: Accounts) -> None:
        self.shown = shown
        self.say = shown.say
        self.links = links
        self.books = books
        self.words = Figures(shown)
        self.day = shown.words.day(shown.as_of).text

    def summary(self) -> str:
        """The page in a sentence."""
        found = self.books.to_date()
        if not self.books.with_money:
            return self.say("benefits.nothing")
        if found.roi is None:
            return self.say("benefits.no_return", day=self.day)
        floor = "" if found.floor in (None, found.roi) else self.words.roi(found.floor)
        floor = self.say("benefits.summary_floor", floor=floor) if floor else ""
        return self.say(
            "benefits.summary", day=self.day, gain=self.words.amount(found.gain), cost=self.words.amount(found.cost),
            roi=self.words.roi(found.roi), n=len(found.ids), floor=floor,
        )  # fmt: skip

    def come(self) -> Part:
        """What has come in."""
        found = self.books.to_date()
        cards = [*self._returns(found), *self._kept(), *self._confirmed()]
        rows = self._rows(lambda each: each.to_date if each.to_date.is_there else None, _COME)
        return self._part("come", self.say("benefits.come", day=self.day), cards, _COME, rows)

    def planned(self) -> Part:
        """What is planned."""
        cards = self._returns(self.books.planned())
        rows = self._rows(lambda each: each.planned if each.in_plan and each.planned.is_there else None, _PLANNED)
        return self._part("planned", self.say("benefits.planned", months=self.words.horizon), cards, _PLANNED, rows)

    def _part(self, id_: str, title: str, cards: Iterable[Card], heads: Sequence[str], rows: Iterable[Row]) -> Part:
        return Part(
            id_,
            title,
            tuple(cards),
            self.say("benefits.amounts_in", title=title, currency=self.shown.words.currency),
            tuple(Cell(self.say(f"benefits.column.{name}"), "number" if name in _NUMBERS else "") for name in heads),
            tuple(rows),
        )

    def _returns(self, found: Return) -> Iterator[Card]:
        words, say = self.words, self.say
        sums = say("benefits.sums", gain=words.amount(found.gain), cost=words.amount(found.cost)) if found.ids else ""
        counted = [words.counted(found), say("benefits.of", ids=self._ids(found.ids))] if found.ids else []
        yield Card(say("money.roi"), words.roi(found.roi), tuple(each for each in (sums, *counted) if each))
        if found.roi is not None and set(found.without_gain) - set(found.ids):
            note = say("benefits.floor", cost=words.amount(found.known_cost))
            yield Card(say("benefits.floor_title"), words.roi(found.floor), (note,))
        if found.beside:
            whole = words.amount(total(found.beside.values()))
            yield Card(say("money.beside"), whole, (words.kinds(found.beside), say("benefits.beside")))
        if found.without_cost:
            ids = self._ids(found.without_cost)
            yield Card(say("benefits.left_out"), say("benefits.left_out_n", n=len(found.without_cost)),
                       (say("benefits.no_cost", ids=ids),))  # fmt: skip

    def _kept(self) -> Iterator[Card]:
        kept = self.books.kept()
        if kept is None:
            return
        share = self.words.share(kept.share_of_cost)
        coverage = self.say("benefits.kept", kept=len(kept.ids), n=kept.due, share=share)
        notes = (self.words.against(kept), coverage) if kept.ids else (coverage,)
        yield Card(self.say("money.against_title"), self.words.share(kept.rate), notes)

    def _confirmed(self) -> Iterator[Card]:
        found = self.books.confirmed()
        if found is not None:
            yield Card(self.say("money.confirmed"), self._part_confirmed(found), (self.words.confirmed(found),))

    def _part_confirmed(self, found: Confirmed | None) -> str:
        return self.say("benefits.confirmed", entries=found.entries, n=found.of_entries) if found else ""

    def _ids(self, ids: Iterable[str]) -> str:
        return comma(self.links.improvement(id_) for id_ in ids)

    def _rows(self, side_of: Callable[[Account], Side | None], columns: Sequence[str]) -> Iterator[Row]:
        """Those that have the side, the largest gain first; what is a programme, and its parts together, below it."""
        found = [(each, side) for each in self.books.with_money if (side := side_of(each)) is not None]
        for account, side in sorted(found, key=lambda each: (_size(each[1]), each[0].item.id)):
            cells = self._cells(account, side)
            yield Row(self.links.improvement(account.item.id), account.item.title, False, self._chosen(cells, columns))
            programme = self.books.programme(account.item.id)
            if len(programme) > 1:
                ids = self._ids(each.item.id for each in programme if each is not account)
                cells = self._together(programme, planned="payback" in columns)
                yield Row(self.say("benefits.with_parts", ids=ids), "", True, self._chosen(cells, columns))

    def _chosen(self, cells: dict[str, str], columns: Sequence[str]) -> tuple[Cell, ...]:
        return tuple(Cell(cells[name], "number" if name in _NUMBERS else "") for name in columns)

    def _cells(self, account: Account, side: Side) -> dict[str, str]:
        words, say = self.words, self.say
        outlook = self.books.outlook([account])
        more = say("benefits.and_more") if side.costs_unknown and side.cost is not None else ""
        none = say("benefits.none") if side.gain is None and side.beside else words.bare(side.gain)
        months = account.against
        rate = ""
        if months is not None:
            rate = words.share(months.rate) if months.months_reported else say("benefits.not_reported")
            reported = say("benefits.months", reported=months.months_reported, n=months.months_due)
            rate = say("benefits.rate", rate=rate, months=reported)
        return {
            "status": self.shown.status(account.item),
            "cost": words.bare(side.cost) + more,
            "gain": none,
            "roi": self._roi(side.roi, side),
            "beside": words.kinds(side.beside, words.bare),
            "against": rate,
            "confirmed": self._part_confirmed(account.confirmed),
            **self._outlook(outlook),
        }

    def _roi(self, share: Fraction | None, side: Side | None = None) -> str:
        if share is None and side is not None and side.gain is None and side.beside:
            return ""
        return self.words.roi(share)

    def _outlook(self, found: Outlook) -> dict[str, str]:
        payback = ""
        if found.months is not None:
            key = "benefits.beyond" if found.state == "beyond" else "benefits.month"
            payback = self.say(key, n=found.months)
        elif found.state == "never":
            payback = self.say("benefits.never")
        return {"npv": "" if found.npv is None else self.words.bare(Fraction(found.npv)), "payback": payback}

    def _together(self, programme: Sequence[Account], *, planned: bool) -> dict[str, str]:
        """The cells of a programme and its parts: each entry counts once."""
        words, say = self.words, self.say
        found = self.books.planned(programme) if planned else self.books.to_date(programme)
        kept = self.books.kept(programme)
        more = say("benefits.and_more") if found.without_cost and found.costed else ""
        return {
            "status": "",
            "cost": (words.bare(found.known_cost) if found.costed else say("money.unknown")) + more,
            "gain": words.bare(found.gain if found.ids else None),
            "roi": self._roi(found.roi),
            "beside": words.kinds(found.beside, words.bare),
            "against": words.share(kept.rate) if kept and kept.ids else "",
            "confirmed": self._part_confirmed(self.books.confirmed(programme)),
            **self._outlook(self.books.outlook(programme)),
        }

    def rules(self) -> Iterator[Rule]:
        """How each figure is computed, from which entries, on which terms."""
        terms = self.books.terms
        kinds = ", ".join(self.shown.words.label("gain", kind) for kind in terms.kinds) or self.say("money.no_kind")
        values = {
            "kinds": kinds, "months": terms.horizon, "day": self.day,
            "rate": self.say("money.percent", share=number(per_cent(terms.rate))),
        }  # fmt: skip
        for name in (
            "roi",
            "together",
            "floor",
            "planned",
            "come",
            "against",
            "confirmed",
            "npv",
            "payback",
            "unknown",
        ):
            yield Rule(self.say(f"benefits.rule.{name}.term"), self.say(f"benefits.rule.{name}", **values))


def _size(side: Side) -> tuple[bool, Fraction, Fraction]:
    """The key by which the largest gain that counts comes first, then the largest beside it."""
    return side.gain is None, -(side.gain or Fraction(0)), -total(side.beside.values())
