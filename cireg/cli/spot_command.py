"""`cireg spot`."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from pathlib import Path

import click

from cireg import clock
from cireg.cli.session import at_option, open_register, out, today_option
from cireg.cli.ticket_files import read_tickets, ticket_options
from cireg.opening import known_zone
from cireg.report import json as as_json
from cireg.spotting.pareto import FEW, RISING, TOO_FEW
from cireg.spotting.report import content
from cireg.spotting.spots import Spot, Spots, Tickets, spots
from cireg.spotting.tickets import RowFault
from cireg.spotting.words import TREND_WORDS, effort, percent, signal_sentences
from cireg.text import pad, safe_text, shorten, width, wrap
from cireg.verdict_words import day

_COLUMNS = 80
_FAULTS = 5  # rows that are named
_NAME_LEAST, _NAME_MOST = 12, 34


@click.command("spot")
@click.argument("file", metavar="[TICKETS]", required=False, type=click.Path(path_type=Path))
@ticket_options("--by", "--tickets-by")
@click.option(
    "--top", metavar="N", type=click.IntRange(1, 200), default=15, show_default=True, help="Lines of tickets to show."
)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to print the list.")
@at_option
@today_option
def command(
    file: Path | None, tickets: Path | None, map_file: Path | None, group: str | None, sheet: str | None, top: int,
    form: str, today: str | None,
) -> None:  # fmt: skip
    """Show where an improvement is called for.

    \b
      cireg spot
      cireg spot examples/tickets.csv
      cireg spot examples/tickets.csv --by service
      cireg spot tickets.xlsx --map ticket-map.yaml --by site --format json
      cireg new --from-spot 2 --tickets examples/tickets.csv

    First come the KPIs whose last reading is a signal for the worse, or that cannot meet their standing target, and
    that no open improvement aims at. Then, from an export of tickets, CSV or XLSX, what they are about: the most
    frequent kind first, with its share and whether its number rises or falls from month to month.

    TICKETS may also be given with --tickets. Every line has a number, which `cireg new --from-spot` takes together
    with the same options.
    """
    if file is not None and tickets is not None and file != tickets:
        raise click.UsageError("Name one file of tickets.")
    session = open_register(today)
    register = session.register
    latest = max(session.as_of.date, clock.wall_date(known_zone(register.config)))
    found = spots(register, read_tickets(file or tickets, map_file, group, sheet, latest))
    if form == "json":
        out(as_json.document(register.as_of, content(found)))
        return
    for line in lines(found, top, _options(found.tickets, map_file, group, sheet)):
        out(line)
    out(f"As of {register.as_of}.")


def _options(tickets: Tickets | None, map_file: Path | None, group: str | None, sheet: str | None) -> str:
    """What `cireg new` has to be told to see the same list."""
    if tickets is None:
        return ""
    given = {"--tickets": tickets.file, "--tickets-by": group, "--map": map_file, "--sheet": sheet}
    return "".join(f" {name} {shlex.quote(str(value))}" for name, value in given.items() if value is not None)


def lines(found: Spots, top: int, options: str) -> Iterator[str]:
    """The list for a terminal of 80 columns."""
    signals = [each for each in found.items if each.signal]
    yield from _signals(signals)
    if found.tickets is not None:
        kinds = [each for each in found.items if each.line]
        yield ""
        yield from _head(found.tickets)
        yield from _table(kinds[:top], found.tickets)
        yield from _foot(kinds, top, found.tickets)
    if found.items:
        free = [each for each in found.items if not each.improvements] or list(found.items)
        best = next((each for each in free if each.line and each.line.trend.word == RISING), free[0])
        yield ""
        yield from _paragraph("To make a proposal of a line, with its figures filled in:")
        yield f"  cireg new --from-spot {best.number}{safe_text(options)}"


def _signals(signals: list[Spot]) -> Iterator[str]:
    if not signals:
        yield from _paragraph("No KPI asks for an improvement that nobody is at.")
        return
    yield click.style("KPIs that ask for an improvement, and nobody is at it", bold=True)
    for each in signals:
        if each.signal is None:
            continue
        kpi = each.signal.kpi
        yield from _hanging(f"{each.number:>3}  ", f"{kpi.name} ({kpi.id})")
        for sentence in signal_sentences(each.signal):
            yield from _hanging("     ", sentence)


def _head(tickets: Tickets) -> Iterator[str]:
    span = tickets.tally.span
    when = f", {day(span[0])} to {day(span[1])}" if span else ""
    kinds = len(tickets.tally.kinds)
    title = f"{tickets.file}: {tickets.tally.count:,} tickets by {tickets.by}, {kinds:,} in all{when}"
    for line in wrap(safe_text(title), _COLUMNS):
        yield click.style(line, bold=True)


def _table(kinds: list[Spot], tickets: Tickets) -> Iterator[str]:
    """Number, kind, tickets, share, cumulative share, effort where it is known, trend, who is at it."""
    column = tickets.ticket_map.fields.get("effort")
    heading = (column.unit or "effort").capitalize() if column else ""
    rows, ids = [], []
    for each in kinds:
        line = each.line
        if line is None:
            continue
        trend = TREND_WORDS[line.trend.word] + ("*" if line.trend.small and line.trend.word != TOO_FEW else "")
        spent = (effort(line.effort, None) or "-",) if column else ()
        rows.append(
            (str(each.number), safe_text(line.name) or "(none)", f"{line.count:,}", percent(line.share),
             percent(line.cumulative), *spent, trend)
        )  # fmt: skip
        more = f" +{len(each.improvements) - 1}" if each.improvements[1:] else ""
        ids.append("".join(each.improvements[:1]) + more)
    by = tickets.by.capitalize() if tickets.by.islower() else tickets.by
    head = ("No", by, "Tickets", "Share", "Sum", *((heading,) if column else ()), "Trend")
    table = [(safe_text(head[0]), safe_text(head[1]), *head[2:]), *rows]
    widths = [max(width(row[place]) for row in table) for place in range(len(head))]
    others = sum(widths) - widths[1] + 2 * len(widths) + max(map(len, (*ids, "Open")))
    widths[1] = min(widths[1], _NAME_MOST, max(_NAME_LEAST, _COLUMNS - others))
    for row, item in zip(table, ["Open", *ids], strict=True):
        cells = [pad(cell, widths[place], right=place not in (1, len(head) - 1)) for place, cell in enumerate(row)]
        text = "  ".join((*cells, item)).rstrip()
        yield click.style(text, bold=True) if row is table[0] else text


def _foot(kinds: list[Spot], top: int, tickets: Tickets) -> Iterator[str]:
    """What the columns mean, what was left out, and how the file was read."""
    found, pareto = tickets.tally, tickets.pareto
    yield ""
    hidden = [each.line.count for each in kinds[top:] if each.line]
    if hidden or pareto.other_kinds:
        number, count = len(hidden) + pareto.other_kinds, sum(hidden) + pareto.other_count
        yield from _paragraph(f"{_count(number, 'more kind')} with {_count(count, 'ticket')}: --top shows up to 200.")
    if not found.dated:
        yield from _paragraph("No column says when a ticket was opened, so nothing is said of a trend.")
    elif pareto.months:
        months = f"{_count(len(pareto.months), 'whole month')} {pareto.months[0]} to {pareto.months[-1]}"
        yield from _paragraph(f"Trend: what the chart of the counts of {months} says of the last one.")
    else:
        yield from _paragraph("The file covers no whole month, so nothing is said of a trend.")
    if any(each.line and each.line.trend.small and each.line.trend.word != TOO_FEW for each in kinds[:top]):
        yield from _paragraph(f"* Under {FEW} a month on average: one more or less shows.")
    taken = ", ".join(f"{name} = {column.name}" for name, column in tickets.ticket_map.fields.items())
    yield from _paragraph(f"Columns: {taken or 'none was known by its name'}.")
    yield from _faults("not counted", found.rejected, found.rejected_rows, "row")
    yield from _faults("left out", found.left_out, found.left_out_values, "value")
    yield from _faults("read all the same", [RowFault(note.row, note.message) for note in tickets.notes],
                       len(tickets.notes), "row")  # fmt: skip


def _faults(what: str, listed: list[RowFault], number: int, unit: str) -> Iterator[str]:
    if not number:
        return
    yield from _paragraph(f"{_count(number, unit)} {what}:")
    for each in listed[:_FAULTS]:
        yield from _hanging("  ", f"row {each.row}: {each.reason}")
    if number > _FAULTS:
        yield f"  and {number - _FAULTS:,} more" + ("; --format json lists them" if number <= len(listed) else "")


def _count(number: int, unit: str) -> str:
    return f"{number:,} {unit}{'' if number == 1 else 's'}"


def _paragraph(words: str) -> Iterator[str]:
    yield from (shorten(line, _COLUMNS) for line in wrap(safe_text(words), _COLUMNS))


def _hanging(before: str, words: str) -> Iterator[str]:
    for number, line in enumerate(wrap(safe_text(words), _COLUMNS - len(before))):
        yield (" " * len(before) if number else before) + shorten(line, _COLUMNS - len(before))
