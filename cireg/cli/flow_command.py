"""`cireg flow`."""

from __future__ import annotations

from collections.abc import Iterator

import click

from cireg import flow_words as words
from cireg.calibration import calibration
from cireg.cli.session import at_option, open_register, out, today_option
from cireg.clock import parse_date
from cireg.derived import times
from cireg.errors import CiregError
from cireg.flow.spread import Spread, spread
from cireg.flowing import Flow, flow_of
from cireg.health import bottlenecks, questions
from cireg.model import Register
from cireg.report import json as as_json
from cireg.report.flow import as_data
from cireg.text import pad, safe_text, wrap

_WIDTH = 80
_SHOWN = 15  # improvements that are listed at most
_AGES = {"fresh": "", "amber": "older than half of what was finished took", "red": "older than 85 % took"}


@click.command("flow")
@click.option("--items", type=click.IntRange(1, 10_000), metavar="N", help="Say when so many will be finished.")
@click.option("--by", metavar="DATE", help="Say how many will be finished by this day.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to print the figures.")
@at_option
@today_option
def command(items: int | None, by: str | None, form: str, today: str | None) -> None:
    """Show how improvements flow: times, what is stuck, forecasts.

    \b
      cireg flow
      cireg flow --items 5
      cireg flow --by 2027-03-31
      cireg flow --format json

    Times come from the dated history of each improvement. Forecasts draw past weeks at random, always with the same
    seed. The light track is counted apart.
    """
    register = open_register(today).register
    until = None if by is None else parse_date(by)
    if by is not None and (until is None or until <= register.as_of):
        raise CiregError(f"--by is '{by}'", f"give a day after {register.as_of}, such as 2027-03-31")
    if form == "json":
        out(as_json.document(register.as_of, as_data(register, items=items, by=until)))
        return
    flow = flow_of(register)
    for line in _text(flow, register):
        out(line)
    for line in _forecast(flow, items):
        out(line)
    if until is not None:
        found = flow.how_many(until)
        out(_indented(words.how_many(found) if found else "By that day nothing can be foretold."))
    for line in _health(register):
        out(line)
    out(f"As of {register.as_of}.")


def _title(text: str) -> str:
    return click.style(text, bold=True)


def _indented(text: str, indent: str = "  ") -> str:
    return "\n".join(indent + line for line in wrap(safe_text(text), _WIDTH - len(indent)))


def _text(flow: Flow, register: Register) -> Iterator[str]:
    yield from wrap(words.headline(flow), _WIDTH)
    verb = "is" if len(flow.light) == 1 else "are"
    light = (
        f"; {words.plural(len(flow.light), 'improvement')} of the light track {verb} counted apart"
        if flow.light
        else ""
    )
    yield from wrap(f"{words.since(flow.first, flow.today)}: {len(flow.full)} of the full track{light}.", _WIDTH)
    if flow.without_history:
        yield f"{words.plural(flow.without_history, 'improvement')} without a history by then left out."
    yield ""
    yield from _times(flow, register)
    yield ""
    yield _title("In work")
    if not flow.in_work:
        yield "  Nothing."
    for each in flow.in_work[:_SHOWN]:
        item = register.improvements[each.id]
        held = f"{words.plural(each.held_at_work, 'day')} of them on hold" if each.held_at_work else ""
        told = [part for part in (_AGES[flow.band(each) or "fresh"], held) if part]
        yield f"  {each.id:<9} {pad(safe_text(item.title), 34)} {pad(each.status, 11)} {each.age:>5} days"
        if told:
            yield _indented("; ".join(told), "            ")
    if len(flow.in_work) > _SHOWN:
        yield f"  and {len(flow.in_work) - _SHOWN} more, all younger"
    yield ""
    yield _title("Stuck before work begins")
    for stuck in flow.stuck[:_SHOWN]:
        title = pad(safe_text(register.improvements[stuck.journey.id].title), 34)
        days = f"{stuck.journey.in_status:>5} days ({stuck.limit})"
        yield f"  {stuck.journey.id:<9} {title} {pad(stuck.journey.status, 11)} {days}"
    if len(flow.stuck) > _SHOWN:
        yield f"  and {len(flow.stuck) - _SHOWN} more"
    yield _indented(
        "In brackets the days within which 85 % of the earlier ones had moved on; 90 until ten have."
        if flow.stuck else "Nothing waits longer than 85 % of the earlier ones did."
    )  # fmt: skip
    if flow.sent_back:
        often = ", ".join(f"{each.id} {words.plural(each.back, 'time')}" for each in flow.sent_back[:_SHOWN])
        yield _indented(f"Sent back or taken up again: {often}.")
    yield ""


def _times(flow: Flow, register: Register) -> Iterator[str]:
    implemented = times(register)[None]
    rows: list[tuple[str, Spread]] = [
        ("From idea to close (lead time)", flow.lead_times),
        ("From start to close (cycle time)", flow.cycle_times),
        ("From idea to live", implemented.spread),
        ("From live to verdict", spread(implemented.to_verdict.values())),
        ("From idea to first answer", flow.answers),
    ]
    rows += [(f"In status {name}", found) for name, found in flow.stays.items() if found.n]
    yield _title(f"{'Days':<36} {'number':>7} {'mean':>7} {'median':>7} {'85 %':>7} {'longest':>8}")
    for name, found in rows:
        mean = "-" if found.mean is None else f"{float(found.mean):.1f}"
        longest = str(found.values[-1]) if found.n else "-"
        cells = ["-" if each is None else str(each) for each in (found.p50, found.p85)]
        yield f"  {name:<34} {found.n:>7} {mean:>7} {cells[0]:>7} {cells[1]:>7} {longest:>8}"
    yield _indented(f"{words.few()} A dash: too few to say.")
    if flow.unanswered:
        waiting = flow.unanswered[0]
        told = words.plural((flow.today - waiting.raised).days, "day")
        count = words.plural(len(flow.unanswered), "proposal")
        yield _indented(f"Without an answer so far: {count}, {waiting.id} for {told}.")
    yield ""
    yield _title("Finished in each month")
    for n in range(0, len(flow.throughput), 6):
        yield "  " + "".join(f"{period} {count:>3}  " for period, count in flow.throughput[n : n + 6]).rstrip()
    yield _indented(words.success(flow.success))
    if flow.light:
        yield _indented(f"The light track: {words.success(flow.success_of(flow.light))}")


def _forecast(flow: Flow, items: int | None) -> Iterator[str]:
    yield _title("Forecast")
    work, planned = len(flow.in_work), len(flow.planned)
    asked = [(work, f"All {work} in work"), (work + planned, f"With the {planned} that are planned")]
    asked += [(items, f"The next {items}")] if items else []
    for count, what in asked if planned else (asked[:1] + asked[2:]):
        found = flow.when(count)
        if found:
            yield _indented(words.when(found, what))
    many = flow.how_many(flow.ahead)
    if many:
        yield _indented(words.how_many(many))
    yield _indented(words.past(flow))


def _health(register: Register) -> Iterator[str]:
    found = bottlenecks(register)
    yield ""
    yield _title("Where improvements get lost")
    for text, ids in (
        (words.unassigned(found), found.unassigned),
        (words.overdue(found), tuple(each.id for each in found.overdue)),
        (words.review(found), tuple(each.id for each in found.review)),
        (words.tide(found.tide, found.before), ()),
    ):
        yield _indented(text)
        if ids:
            more = f" and {len(ids) - _SHOWN} more" if len(ids) > _SHOWN else ""
            yield _indented(", ".join(ids[:_SHOWN]) + more, "    ")
    yield ""
    yield _title("Questions about the process itself")
    for question in questions(register):
        yield _indented(f"{words.ASKED[question.name]} {words.question(question)}")
        if advice := words.advice(question):
            yield _indented(advice, "    ")
    yield ""
    yield _title("Plans and what came of them")
    for text in words.calibration(calibration(register), str(register.config.get("currency") or "")):
        yield _indented(text)
    yield ""
