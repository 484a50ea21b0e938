"""The money of improvements for a person at a terminal of 80 columns: the portfolio, and one account, whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

from cireg.figures import decimal, per_cent, rounded
from cireg.money.account import Account, Against, Confirmed, Side
from cireg.money.ledger import Cost, Gain, Line
from cireg.money.portfolio import Accounts, Kept, Outlook, Return
from cireg.report.text import Style
from cireg.text import pad, safe_text, width, wrap

_COLUMNS = 80
_LABEL = 16  # columns of an indented label
_UNKNOWN = "?"
_BESIDE = "beside"
_HIGHEST = 10  # a yearly rate of return above 1,000 % says no more than that it is high
_NO_RETURN = {
    "cost-unknown": "a cost has no figure",
    "no-cost": "no cost is stated",
    "no-gain": "no gain that counts has a figure",
    "free": "nothing is spent",
}


def portfolio(accounts: Accounts, currency: str, style: Style) -> Iterator[str]:
    """What all improvements have cost and brought in, what their plans say, and a line for each."""
    if not accounts.with_money:
        yield "No improvement states what it costs or brings in."
        return
    yield style(f"Come in by {accounts.day}, in {currency}", "heading")
    yield from _return(accounts.to_date(), "gained", "spent")
    yield from _kept(accounts.kept())
    yield from _confirmed(accounts.confirmed())
    yield ""
    yield style(f"Planned, recurring amounts over {accounts.terms.horizon} months, in {currency}", "heading")
    yield from _return(accounts.planned(), "to be gained", "to be spent")
    yield ""
    yield from _table(accounts, style)
    yield ""
    yield from wrap(_how(accounts), _COLUMNS)


def _return(found: Return, gained: str, spent: str) -> Iterator[str]:
    if found.roi is None:
        yield from _line("ROI", "not known: no improvement has both a known cost and a gain that counts")
    else:
        sums = f"{_money(found.gain)} {gained} for {_money(found.cost)} {spent}"
        yield from _line("ROI", f"{_percent(found.roi)}: {sums}")
        share = f", {_share(found.share_of_cost)} of that cost" if found.share_of_cost is not None else ""
        yield from _line("", f"{len(found.ids)} of {_improvements(found.costed)} with a known cost{share}")
    if found.roi is not None and set(found.without_gain) - set(found.ids):
        words = f"with all {_money(found.known_cost)} {spent}, and 0 where no gain that counts is known"
        yield from _line("At the least", f"{_percent(found.floor)}: {words}")
    if found.beside:
        yield from _line("Beside it", _kinds(found.beside))
    if found.without_cost:
        yield from _line("Left out", f"cost not known: {', '.join(found.without_cost)}")


def _kept(kept: Kept | None) -> Iterator[str]:
    if kept is None:
        return
    yield from _line("Against plan", _came_in(kept))
    share = f", {_share(kept.share_of_cost)} of their planned cost" if kept.share_of_cost is not None else ""
    yield from _line("", f"{len(kept.ids)} of {_improvements(kept.due)} with gains due{share}")


def _confirmed(found: Confirmed | None) -> Iterator[str]:
    if found is not None:
        words = f"{_money(found.amount)} of {_money(found.of)}, by somebody other than the owner"
        yield from _line("Confirmed", f"{words} ({found.entries} of {found.of_entries} entries)")


def _table(accounts: Accounts, style: Style) -> Iterator[str]:
    """A line for each improvement, and one for each programme with its parts."""
    rows = [("Id", "Status", "Cost", "Gain", "ROI %", "Back", "Cost", "Gain", "ROI %")]
    for account in accounts.with_money:
        item, plan, date = account.item, account.planned, account.to_date
        rows.append((item.id, item.status, *_side(plan), _back(accounts.outlook([account]), plan), *_side(date)))
        programme = accounts.programme(item.id)
        if len(programme) > 1:
            plans, dates = accounts.planned(programme), accounts.to_date(programme)
            rows.append(("", "with parts", *_sums(plans), _back(accounts.outlook(programme)), *_sums(dates)))
    widths = [max(width(row[n]) for row in rows) for n in range(len(rows[0]))]
    ahead = sum(widths[:2]) + 4
    yield style(" " * ahead + pad("Planned", sum(widths[2:6]) + 8) + "To date", "heading")
    for n, row in enumerate(rows):
        cells = (pad(cell, widths[k], right=k > 1) for k, cell in enumerate(row))
        line = "  ".join(cells).rstrip()
        yield line if n else style(line, "heading")


def _side(side: Side) -> tuple[str, str, str]:
    """Cost, gain and return, blank where there is nothing yet."""
    if not side.is_there:
        return "", "", ""
    mark = "+" if side.costs_unknown and side.cost is not None else ""
    if side.gain is None and side.beside:
        return _money(side.cost) + mark, _BESIDE, ""
    return _money(side.cost) + mark, _money(side.gain), _bare(side.roi)


def _sums(found: Return) -> tuple[str, str, str]:
    if not found.costed:
        return _UNKNOWN, _UNKNOWN, _UNKNOWN
    mark = "+" if found.without_cost else ""
    return _money(found.known_cost) + mark, _money(found.gain if found.ids else None), _bare(found.roi)


def _back(outlook: Outlook, plan: Side | None = None) -> str:
    if plan is not None and (not plan.is_there or (plan.gain is None and plan.beside)):
        return ""
    if outlook.months is None:
        return "never" if outlook.state == "never" else _UNKNOWN
    return f"({outlook.months})" if outlook.state == "beyond" else str(outlook.months)


def _how(accounts: Accounts) -> str:
    kinds = _listed(accounts.terms.kinds) or "no kind"
    return (
        f"ROI is (gain - cost) / cost, with gains of {kinds}; {_BESIDE} is for gains of other kinds alone. Back is the "
        f"month in which the plan pays back, in brackets beyond {accounts.terms.horizon} months. {_UNKNOWN} is not "
        "known, + and more that is not known. cireg money ID shows the entries."
    )


def one(account: Account, accounts: Accounts, currency: str, style: Style) -> Iterator[str]:
    """One account: the plan, what has come about, its programme, and the entries that all of it is computed from."""
    item, terms = account.item, accounts.terms
    yield from (style(line, "heading") for line in wrap(safe_text(f"{item.id} {item.title}"), _COLUMNS))
    yield f"  {item.status}, amounts in {currency}"
    if account.has_money:
        outlook = accounts.outlook([account])
        yield ""
        yield style(f"Planned, recurring amounts over {terms.horizon} months", "heading")
        yield from _costs(account.planned)
        yield from _gains(account.planned, "none planned that counts for the return")
        yield from _roi(account.planned)
        yield from _outlook(outlook, accounts)
        yield ""
        yield style(f"Come about by {accounts.day}", "heading")
        yield from _costs(account.to_date)
        yield from _gains(account.to_date, "none that counts for the return has been reported")
        yield from _roi(account.to_date)
        yield from _against(account.against)
        yield from _confirmed(account.confirmed)
        yield ""
        yield style("Entries", "heading")
        for line in account.ledger.lines:
            yield from _entry(line, account)
    else:
        yield "  Nothing is stated of its costs and gains."
    parts = [each for each in accounts.programme(item.id) if each is not account]
    if parts:
        yield ""
        yield style(f"With its parts {', '.join(each.item.id for each in parts)}, each entry once", "heading")
        programme = [account, *parts]
        yield from _return(accounts.planned(programme), "to be gained", "to be spent")
        yield from _outlook(accounts.outlook(programme), accounts)
        yield from _line("To date", "")
        yield from _return(accounts.to_date(programme), "gained", "spent")


def _costs(side: Side) -> Iterator[str]:
    if side.cost is None:
        yield from _line("Cost", "not known" if side.costs_unknown else "none stated")
    else:
        rest = side.cost - side.once
        split = f": {_money(side.once)} once, {_money(rest)} recurring" if side.once and rest else ""
        yield from _line("Cost", _money(side.cost) + (split or (" once" if not rest and side.once else "")))
    for what in side.costs_unknown:
        yield from _line("", f"and, not known: {safe_text(what)}")


def _gains(side: Side, none: str) -> Iterator[str]:
    counted = {kind: side.gains[kind] for kind in side.kinds if kind in side.gains}
    yield from _line("Gain", f"{_money(side.gain)}: {_kinds(counted)}" if counted else none)
    if side.beside:
        yield from _line("Beside it", _kinds(side.beside))
    for what in side.gains_unknown:
        yield from _line("", f"and, not known: {safe_text(what)}")


def _roi(side: Side) -> Iterator[str]:
    if side.no_return is not None:
        yield from _line("ROI", f"not known: {_NO_RETURN[side.no_return]}")
    elif side.gain is not None and side.cost is not None:
        words = f"({_money(side.gain)} - {_money(side.cost)}) / {_money(side.cost)}"
        yield from _line("ROI", f"{_percent(side.roi)}: {words}")


def _outlook(found: Outlook, accounts: Accounts) -> Iterator[str]:
    rate = f"{per_cent(accounts.terms.rate)} %"
    if found.npv is not None:
        yield from _line("Present value", f"{_money(Fraction(found.npv))}, at {rate} a year")
    if found.irr is not None:
        high = found.irr > _HIGHEST
        yield from _line("Rate of return", "over 1,000 % a year" if high else f"{_percent(Fraction(found.irr))} a year")
    if found.months is None:
        if found.state == "never":
            yield from _line("Pays back", "never, as it is planned")
        return
    beyond = f", beyond the horizon of {accounts.terms.horizon}" if found.state == "beyond" else ""
    exact = f"after {decimal(found.exact or Fraction(0), 1)} months"
    yield from _line("Pays back", f"in month {found.months}, {exact}{beyond}")


def _against(found: Against | None) -> Iterator[str]:
    if found is not None:
        yield from _line("Against plan", _came_in(found))
        yield from _line("", f"{found.months_reported} of {found.months_due} months reported")


def _came_in(found: Against | Kept) -> str:
    if not (found.months_reported if isinstance(found, Against) else found.ids):
        return "not known: nothing has been reported yet"
    share = f"{_share(found.rate)}: " if found.rate is not None else ""
    return f"{share}{_money(found.realised)} came in of {_money(found.planned)} planned for the same time"


def _entry(line: Line, account: Account) -> Iterator[str]:
    kind = f", {line.kind}" if line.kind else ""
    per = f" a {line.per}" if line.recurs else " once"
    since = f" from {line.first // 12:04}-{line.first % 12 + 1:02}" if line.first is not None else ""
    planned = f"planned {_money(line.planned)}{per}" if line.planned is not None else "no plan"
    words = f"{safe_text(line.what)}{kind}: {planned}{since}"
    if isinstance(line, Cost):
        words += f", actual {_money(line.actual)}" + (per if line.actual is not None else "")
    yield from _wrapped(words, "  - ", "    ")
    for each in line.realised if isinstance(line, Gain) else ():
        shown = f", shown by {safe_text(each.evidence)}" if each.evidence else ""
        by = "nobody" if not each.confirmed_by else safe_text(each.confirmed_by)
        own = ", the owner" if each.confirmed_by and each.confirmed_by == account.item.owner else ""
        yield from _wrapped(f"{each.period}: {_money(each.amount)}{shown}, confirmed by {by}{own}", "      ", "      ")


def _line(label: str, words: str) -> Iterator[str]:
    yield from _wrapped(words, "  " + pad(label, _LABEL), " " * (_LABEL + 2)) if words else (f"  {label}",)


def _wrapped(words: str, first: str, rest: str) -> Iterator[str]:
    for n, line in enumerate(wrap(words, _COLUMNS - width(rest))):
        yield (rest if n else first) + line


def _money(figure: Fraction | None) -> str:
    """An amount: whole where it is, with its cents where it is not and they matter."""
    if figure is None:
        return _UNKNOWN
    return f"{rounded(figure):,f}"


def _percent(share: Fraction | None) -> str:
    """A return in per cent, with its sign."""
    return _UNKNOWN if share is None else f"{per_cent(share):+,f} %"


def _bare(share: Fraction | None) -> str:
    """A return in per cent for a column that says so."""
    return _UNKNOWN if share is None else f"{per_cent(share):+,f}"


def _share(share: Fraction | None) -> str:
    return _UNKNOWN if share is None else f"{per_cent(share):,f} %"


def _kinds(gains: Mapping[str, Fraction]) -> str:
    return ", ".join(f"{kind} {_money(figure)}" for kind, figure in gains.items())


def _listed(words: Iterable[str]) -> str:
    *most, last = [*words] or [""]
    return f"{', '.join(most)} and {last}" if most else last


def _improvements(count: int) -> str:
    return f"{count} improvement{'s' * (count != 1)}"
