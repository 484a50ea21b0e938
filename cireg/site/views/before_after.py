"""Before and after: an improvement's readings as a picture, beside the limits that were frozen before it went live."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from cireg.measure import xmr
from cireg.measure.behaviour import COMMON, Kind, Reading, Standing, kind_of
from cireg.measure.periods import Period
from cireg.measure.readings import exact
from cireg.measuring import Measure, outcome
from cireg.model import Kpi
from cireg.site.views import plot
from cireg.site.views.chart import MOST
from cireg.site.views.plot import BOTTOM, HEIGHT, LEFT, RIGHT, TOP, WIDTH, Label, Line, Picture
from cireg.site.views.scale import Scale, place, scale
from cireg.site.views.subject import Subject
from cireg.targets import sign
from cireg.verdict_words import figure

_HEAD = TOP - 10  # the height of the words above the picture
_NARROW = 60  # units within which two words above the picture would meet


@dataclass(frozen=True, slots=True)
class Key:
    """A kind of mark that a picture shows, for its key."""

    kind: str
    path: str
    label: str


@dataclass(frozen=True, slots=True)
class BeforeAfter:
    """One measure's picture with its label and its key, the KPI as a link, and what its lines are and come from."""

    pictures: tuple[Picture, ...]
    label: str
    keys: tuple[Key, ...]
    kpi: str
    source: str


@dataclass(frozen=True, slots=True)
class _Drawn:
    """What a picture shows: readings from the first one before to the last one after, and the levels among them."""

    kpi: Kpi
    measure: Measure
    points: Sequence[Reading]
    window: tuple[Period, Period]
    first: Period
    limits: tuple[Fraction, ...]  # none where distances from a range are judged: theirs are in no picture
    trial: bool
    before: Fraction | None
    after: Fraction | None
    target: tuple[Fraction, ...]


def pictures(subject: Subject) -> tuple[BeforeAfter, ...]:
    """A picture for each primary measure that is live and has readings from before."""
    if not subject.item.get("measures"):
        return ()
    found = outcome(subject.item, subject.shown.whole)
    drawn = [_drawn(each) for each in found.primaries]
    return tuple(_shown(subject, n, each) for n, each in enumerate((one for one in drawn if one), 1))


def _drawn(measure: Measure) -> _Drawn | None:
    kpi, judgement, window, first = measure.kpi, measure.judgement, measure.window, measure.first
    if kpi is None or judgement is None or window is None or first is None or judgement.reason == "not-live":
        return None
    series = kpi.readings.series
    latest = kpi.readings.latest
    if not judgement.n_before or latest is None:
        return None
    start = series[0][0].number
    last = max(latest, window[1]).number
    shown = series[max(0, window[0].number - start, last - start + 1 - MOST) : last - start + 1]
    signals = _signals(kpi, measure, first)
    points = [Reading(period, value, None, signals.get(period.number, COMMON)) for period, value in shown]
    before, after = kpi.readings.timeline.window(*window), kpi.readings.timeline.since(first)
    wanted = measure.target
    levels = (wanted.low, wanted.high) if isinstance(wanted, Standing) else (wanted,)
    limits = None if kpi.text("better") == "within" else xmr.limits(before)
    return _Drawn(
        kpi, measure, points, window, first, _within_bounds(limits, kpi), limits is not None and limits.trial,
        before.mean, after.mean, tuple(each for each in levels if each is not None),
    )  # fmt: skip


def _signals(kpi: Kpi, measure: Measure, first: Period) -> dict[int, Kind]:
    """The readings after that are signals beside the frozen limits, by the number of their period."""
    line, wanted = kpi.readings.timeline, measure.target
    if isinstance(wanted, Standing):
        line = line.beyond(wanted.low, wanted.high)
    frozen = measure.judgement.limits if measure.judgement else None
    if frozen is None:
        return {}
    begins = next(
        (period.number for period, value in kpi.readings.series if value is not None and period.number >= first.number),
        0,
    )
    found: dict[int, Kind] = {}
    for n, mark in enumerate(xmr.mark(line.since(first), frozen)):
        if mark.rule:
            found[begins + n] = kind_of(mark, "higher" if sign(kpi) > 0 else "lower")
    return found


def _within_bounds(limits: xmr.Limits | None, kpi: Kpi) -> tuple[Fraction, ...]:
    """The lower and the upper limit, drawn no further than figures can go."""
    if limits is None or limits.lower is None or limits.upper is None:
        return ()
    low, high = exact(kpi.get("bounds", 0)), exact(kpi.get("bounds", 1))
    return (
        limits.lower if low is None else max(limits.lower, low),
        limits.upper if high is None else min(limits.upper, high),
    )


def _shown(subject: Subject, n: int, drawn: _Drawn) -> BeforeAfter:
    say, picture = subject.say, _picture(subject, n, drawn)
    keys = tuple(
        Key(mark.kind, f"M8 8{plot.shape(mark.kind)}", say(f"chart.kind.{mark.kind}")) for mark in picture.marks
    )
    periods = [subject.words.period(str(each.period)) for each in (drawn.points[0], drawn.points[-1])]
    explained = say("compare.explained" if drawn.limits else "compare.explained_range")
    source = say("compare.source", first=periods[0], last=periods[1], day=subject.words.day(subject.shown.as_of).text)
    return BeforeAfter((picture,), picture.title, keys, subject.links.kpi(drawn.kpi.id), f"{source} {explained}")


def _picture(subject: Subject, n: int, drawn: _Drawn) -> Picture:
    across = plot.across(drawn.points)
    down = scale(_figures(drawn), HEIGHT - BOTTOM, TOP)
    places = plot.spots(drawn.points, across, down)
    return Picture(
        f"before-after-{n}", WIDTH, HEIGHT, subject.say("compare.title", kpi=drawn.kpi.name), _finding(subject, drawn),
        (*_lines(drawn, across, down), Line("values", plot.path(places))), tuple(plot.marks(drawn.points, places)),
        tuple(plot.spread(_labels(subject, drawn, down))), tuple(plot.ticks(down)),
        (*_heads(subject, drawn, across), *plot.periods(drawn.points, across, HEIGHT)), (),
    )  # fmt: skip


def _figures(drawn: _Drawn) -> Iterator[Fraction]:
    """Everything that the picture has to hold."""
    yield from (each.value for each in drawn.points if each.value is not None)
    yield from drawn.limits
    yield from drawn.target


def _edges(drawn: _Drawn, across: Scale) -> tuple[float, float, float, float]:
    """Where before begins and ends, and where after begins and ends, within the picture."""
    begins, ends = drawn.points[0].period.number, drawn.points[-1].period.number
    places = (max(drawn.window[0].number, begins), drawn.window[1].number + 1, drawn.first.number, ends + 1)
    start, stop, live, last = (across.at(min(max(each, begins), ends + 1) - 0.5) for each in places)
    return start, stop, live, last


def _lines(drawn: _Drawn, across: Scale, down: Scale) -> Iterator[Line]:
    start, stop, live, last = (place(each) for each in _edges(drawn, across))
    yield Line("window", f"M{start} {TOP}H{stop}V{HEIGHT - BOTTOM}H{start}z")
    yield Line("grid", plot.grid(down))
    for value in drawn.limits:
        yield Line("trial" if drawn.trial else "limit", f"M{start} {place(down.at(value))}H{last}")
    for value in drawn.target:
        yield Line("target", f"M{LEFT} {place(down.at(value))}H{WIDTH - RIGHT}")
    if drawn.before is not None:
        yield Line("centre", f"M{start} {place(down.at(drawn.before))}H{stop}")
    if drawn.after is not None:
        yield Line("after", f"M{live} {place(down.at(drawn.after))}H{last}")
    yield Line("live", f"M{live} {TOP - 4}V{HEIGHT - BOTTOM}")


def _labels(subject: Subject, drawn: _Drawn, down: Scale) -> Iterator[tuple[float, str]]:
    """The words beside the lines, each at the height of its line."""
    named = [("compare.mean_before", drawn.before), ("compare.mean_after", drawn.after)]
    named += [("compare.limit", each) for each in drawn.limits]
    named += [("compare.target", each) for each in drawn.target]
    for key, value in named:
        if value is not None:
            yield down.at(value), subject.say(key, value=figure(value))


def _heads(subject: Subject, drawn: _Drawn, across: Scale) -> Iterator[Label]:
    """Before and after above their stretches, where there is room."""
    start, stop, live, last = _edges(drawn, across)
    for left, right, key in ((start, stop, "compare.before"), (live, last, "compare.after")):
        if right - left > _NARROW:
            yield Label(place((left + right) / 2), str(_HEAD), subject.say(key))


def _finding(subject: Subject, drawn: _Drawn) -> str:
    """What the picture shows, for those who cannot see it."""
    measure, judgement = drawn.measure, drawn.measure.judgement
    said = [
        subject.say(
            "compare.says.before", n=judgement.n_before if judgement else 0, mean=figure(drawn.before),
            unit=drawn.kpi.text("unit"),
        )
    ]  # fmt: skip
    if drawn.limits:
        low, high = map(figure, drawn.limits)
        said.append(subject.say("compare.says.limits", low=low, high=high))
    said.append(
        subject.say(
            "compare.says.after", n=measure.n_after, mean=figure(drawn.after), unit=drawn.kpi.text("unit"),
            signals=sum(each.kind != COMMON for each in drawn.points),
        )
    )  # fmt: skip
    if drawn.target:
        values = " – ".join(figure(each) for each in drawn.target)
        said.append(subject.say("compare.says.target", value=values))
    if judgement:
        said.append(subject.say("compare.says.verdict", verdict=subject.words.label("result", judgement.verdict)))
    return " ".join(said)
