"""What the flow of a register says in plain words, as a manager would tell it: the same on pages and on a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from cireg.calibration import FAIR, HIGH, Beside, Calibration
from cireg.flow import forecast
from cireg.flow.forecast import HowMany, When
from cireg.flow.spread import ENOUGH, FIRM, Spread
from cireg.flowing import Flow, Success
from cireg.health import QUARTER, Bottlenecks, Question, Tide
from cireg.verdict_words import day, figure

SURE = 85  # per cent: the chance by which forecasts are told
ASKED = {
    "low-value": "Are we tracking too many low-value ideas?",
    "stuck": "Are improvements getting stuck in planning?",
    "wins": "Do we celebrate wins?",
    "lessons": "Do we learn from what fell short?",
}
_ADVICE = {
    "low-value": "Say no early and kindly, with a reason: a quick no disappoints less than an idea that never moves.",
    "stuck": "Take the oldest first: decide, split it, park it with a day, or end it. Plan less at a time.",
    "wins": "Tell somebody of every success, and note it in momentum.shared: ideas come where results are seen.",
    "lessons": "Write one lesson for each into momentum.lessons while those who know are still at it.",
}
_NOTHING = {
    "low-value": "Nothing has been assessed yet.",
    "stuck": "Nothing waits for work to begin.",
    "wins": "Nothing was achieved in the last year.",
    "lessons": "Nothing fell short in the last year.",
}


def plural(count: int, one: str, more: str = "") -> str:
    """A number with its noun: 1 day, 2 days."""
    return f"{count:,} {one if count == 1 else more or one + 's'}"


def _verb(count: int, one: str, more: str) -> str:
    return one if count == 1 else more


def percent(share: float | Fraction) -> str:
    """A share in whole per cent, halves rounded up."""
    return f"{int(float(share) * 100 + 0.5)} %"


def times(found: Spread) -> str:
    """How some times spread, as far as there are enough to say."""
    if not found.n:
        return "none yet"
    if found.p50 is None:
        return f"{', '.join(plural(each, 'day') for each in found.values)}: too few to say more"
    text = f"half within {plural(found.p50, 'day')}"
    if found.p85 is None:
        return f"{text}, the longest {plural(found.values[-1], 'day')}; {found.n} are too few for more"
    return f"{text}, 85 % within {plural(found.p85, 'day')}, the longest {plural(found.values[-1], 'day')}"


def headline(flow: Flow) -> str:
    """What a manager would be told first."""
    work, lead = flow.in_work, flow.lead_times
    said = [
        f"{plural(len(work), 'improvement')} {_verb(len(work), 'is', 'are')} in work" if work else "Nothing is in work"
    ]
    if lead.p50 is not None:
        said.append(f"half of what was finished took {plural(lead.p50, 'day')} or less from idea to close")
    elif lead.n:
        said.append(f"{lead.n} finished so far, too few to say how long one takes")
    else:
        said.append("nothing has been finished yet")
    found = flow.when(len(work)) if flow.past and sum(flow.past.counts) >= ENOUGH else None
    until = dict(found.days)[SURE] if found else None
    if until:
        said.append(f"what is begun will be finished by {day(until)} with a chance of {SURE} %")
    return f"{'; '.join(said)}."


def success(found: Success) -> str:
    """How many reached their target, what is not known, and between which bounds the share lies."""
    if not found.done:
        return "Nothing has been finished yet."
    head = f"{found.achieved} of {found.final} with a verdict by their readings reached the target"
    likely = found.likely
    if found.final < ENOUGH or likely is None:
        head += ": too few to say how often it works"
    else:
        head += f" ({percent(found.rate or 0)}; likely between {percent(likely[0])} and {percent(likely[1])})"
    if not found.unknown or found.bounds is None:
        return f"{head}."
    claimed = f", {found.claimed} of them claimed as achieved" if found.claimed else ""
    return (
        f"{head}. {found.unknown} more {_verb(found.unknown, 'was', 'were')} closed without a verdict{claimed}: "
        f"of all {found.done} the share lies between {percent(found.bounds[0])} and {percent(found.bounds[1])}."
    )


def past(flow: Flow) -> str:
    """What forecasts draw from, and what they take for granted."""
    found = flow.past
    weeks = len(found.counts) if found else 0
    if found is None or weeks < forecast.FEWEST:
        return f"No forecast: {plural(weeks, 'whole week')} of history, and {forecast.FEWEST} are needed."
    if not found.enough:
        return f"No forecast: nothing was finished in the last {plural(weeks, 'week')}."
    hint = "So few say little: take it for a hint. " if sum(found.counts) < ENOUGH else ""
    return (
        f"Drawn {forecast.RUNS:,} times from the {weeks} whole weeks {found.first} to {found.last}, in which "
        f"{sum(found.counts)} {_verb(sum(found.counts), 'was', 'were')} finished (seed {forecast.SEED}). "
        f"{hint}It takes for granted that the weeks to come are like those, and that what is begun comes before what "
        "is new."
    )


def when(found: When, what: str) -> str:
    """When so many will be finished, by chance."""
    days = dict(found.days)
    half, sure = days[50], days[SURE]
    if half is None:
        return f"{what}: more than five years, as things go."
    told = f"by {day(sure)} with {SURE} %" if sure else f"with {SURE} % not within five years"
    return f"{what}: {told}, by {day(half)} with 50 %."


def how_many(found: HowMany) -> str:
    """How many will be finished by a day, by chance."""
    least = dict(found.least)
    return f"By {day(found.by)}: at least {least[SURE]} with {SURE} %, at least {least[50]} with 50 %."


def question(found: Question) -> str:
    """The answer to a question, with its figures."""
    if not found.whole:
        return _NOTHING[found.name]
    answer = {"yes": "Yes", "no": "No", "unknown": "Too few to say"}[found.answer]
    one = found.part == 1
    told = {
        "low-value": f"{found.part} of {plural(found.whole, 'open improvement')} with a score for value "
        f"{'has' if one else 'have'} 1 or 2",
        "stuck": f"{found.part} of {found.whole} that wait for work to begin {'waits' if one else 'wait'} longer "
        "than most did there",
        "wins": f"{found.part} of {plural(found.whole, 'success', 'successes')} of the last year "
        f"{'was' if one else 'were'} shared",
        "lessons": f"{found.part} of {found.whole} that fell short in the last year {'has' if one else 'have'} "
        "a lesson written down",
    }[found.name]
    beside = ""
    if found.name == "low-value" and found.beside:
        beside = f"; {len(found.beside)} more {_verb(len(found.beside), 'has', 'have')} no score yet"
    return f"{answer}: {told}{beside}."


def advice(found: Question) -> str:
    """What to do about it; nothing where all is well."""
    worrying = found.answer == ("yes" if found.name in ("low-value", "stuck") else "no")
    return _ADVICE[found.name] if worrying else ""


def tide(found: Tide, before: Tide) -> str:
    """What came beside what went."""
    dropped = f", {found.dropped} ended without a result" if found.dropped else ""
    moved = "as long as it was" if not found.left else f"{abs(found.left)} {'longer' if found.left > 0 else 'shorter'}"
    return (
        f"In the last {QUARTER} days {found.submitted} submitted, {found.completed} completed{dropped}: "
        f"the open list is {moved}. In the {QUARTER} days before: {before.submitted} submitted, "
        f"{before.completed} completed."
    )


def review(found: Bottlenecks) -> str:
    """What awaits its review."""
    if not found.review:
        return "Nothing awaits its review."
    ready = sum(each.ready for each in found.review)
    told = f"the readings of {ready} can tell by now" if ready else "no readings can tell yet"
    longest = plural(found.review[0].days, "day")
    return f"{plural(len(found.review), 'improvement')} in review, the longest for {longest}; {told}."


def unassigned(found: Bottlenecks) -> str:
    """What has no owner."""
    count, proposals = len(found.unassigned), len(found.proposals)
    if not count:
        return f"All of {plural(found.open, 'open improvement')} have an owner."
    what = _verb(proposals, "a proposal that waits for an answer", "proposals that wait for an answer")
    told = f", {proposals} of them {what}" if proposals else ""
    return f"{count} of {plural(found.open, 'open improvement')} {_verb(count, 'has', 'have')} no owner{told}."


def overdue(found: Bottlenecks) -> str:
    """What is overdue."""
    count = len(found.overdue)
    return f"{count} of {plural(found.open, 'open improvement')} {_verb(count, 'is', 'are')} overdue."


def calibration(found: Calibration, currency: str, *, money: bool = True) -> Iterator[str]:
    """Plans beside what came of them; amounts only where `money` may be shown."""
    if money:
        yield _beside("Cost", found.cost, f"planned {{planned}} {currency}, actual {{actual}} {currency}", "above plan")
        yield _beside(
            "Gain", found.gain, f"planned {{planned}} {currency}, realised {{actual}} {currency}", "above plan"
        )
    yield _beside(
        "Effort", found.effort, "planned {planned} days of work; {actual} working days passed from start to live", ""
    )
    if len(found.steps) >= ENOUGH:
        late = sum(each > 0 for each in found.steps)
        latest = plural(max(found.steps[-1], 0), "day")
        yield f"Steps: {late} of {len(found.steps)} finished ones were late, the latest by {latest}."
    else:
        yield f"Steps: {plural(len(found.steps), 'finished one')} with a day due: too few to say."
    yield _value(found, currency, money=money)


def _beside(name: str, found: Beside, told: str, over: str) -> str:
    if found.n < ENOUGH:
        return f"{name}: {found.n} of {found.of} have both a plan and what came of it: too few to say."
    figures = told.format(planned=figure(found.planned), actual=figure(found.actual))
    ratio = f" ({percent(found.ratio)} of the plan)" if found.ratio is not None and over else ""
    more = f"; {found.over} of {found.n} {over}" if over else ""
    return f"{name}: {figures}{ratio}, of the {found.n} of {found.of} that have both{more}."


def _value(found: Calibration, currency: str, *, money: bool) -> str:
    of = {each.value: each for each in found.by_value}
    parts = []
    for value in (HIGH, FAIR):
        each = of[value]
        text = f"{each.success.done} finished with value {value}"
        if each.success.final:
            text += f", {each.success.achieved} of {each.success.final} achieved"
        if money and each.typical is not None:
            text += f", typically {figure(each.typical)} {currency} a month"
        parts.append(text)
    answer = {
        True: f"Those scored {HIGH} delivered more than those scored {FAIR}",
        False: f"Those scored {HIGH} delivered no more than those scored {FAIR}",
        None: f"Whether those scored {HIGH} deliver more than those scored {FAIR}: too few to say",
    }[found.higher_delivered_more if money else found.higher_achieved_more]
    return f"Value: {answer} ({'; '.join(parts)})."


def since(first: date | None, today: date) -> str:
    """From which entries the figures come, and as of when."""
    span = f"{day(first)} to {day(today)}" if first else f"up to {day(today)}"
    return f"From the dated history entries of the improvements, {span}"


def few() -> str:
    """When percentiles are told."""
    return f"Percentiles are days that a real improvement took; from {ENOUGH} on the median, from {FIRM} on the 85th."
