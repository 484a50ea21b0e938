"""A process behaviour chart as a picture: readings, limits, signals by shape, where improvements went live."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from cireg.figures import number
from cireg.measure.behaviour import Behaviour, Segment, Standing
from cireg.measure.periods import Period
from cireg.site.views import plot
from cireg.site.views.plot import BOTTOM, HEIGHT, LEFT, RIGHT, TOP, WIDTH, Event, Label, Line, Picture
from cireg.site.views.scale import Scale, place, scale

RANGE_HEIGHT, RANGE_TOP, RANGE_BOTTOM = 130, 12, 24
SPARK = 36  # periods in a small line
MOST = 108  # periods that a picture can show apart


@dataclass(frozen=True, slots=True)
class Live:
    """An improvement that aims at the KPI, and the first period after it went live."""

    id: str
    title: str
    first: Period
    address: str


@dataclass(frozen=True, slots=True)
class Names:
    """The words in the picture."""

    title: str
    finding: str
    upper: str
    centre: str
    lower: str
    target: str
    range_title: str
    range_limit: str


def picture(found: Behaviour, target: Standing | None, lives: Sequence[Live], names: Names) -> Picture:
    """The chart of the readings."""
    across = plot.across(found.points)
    down = scale(_figures(found, target), HEIGHT - BOTTOM, TOP)
    lines = [Line("grid", plot.grid(down))]
    for segment in found.segments:
        lines += _limits(segment, across, down)
    lines += [
        Line("rebase", f"M{place(across.at(each.first.number - 0.5))} {TOP}V{HEIGHT - BOTTOM}")
        for each in found.segments[1:]
    ]
    wanted = [each for each in (target.low, target.high) if each is not None] if target else []
    lines += [Line("target", f"M{LEFT} {place(down.at(each))}H{WIDTH - RIGHT}") for each in wanted]
    places = plot.spots(found.points, across, down)
    lines.append(Line("values", plot.path(places)))
    return Picture(
        "chart", WIDTH, HEIGHT, names.title, names.finding, tuple(lines), tuple(plot.marks(found.points, places)),
        tuple(plot.spread(_labels(found, wanted, down, names))), tuple(plot.ticks(down)),
        tuple(plot.periods(found.points, across, HEIGHT)), tuple(_events(lives, across, found)),
    )  # fmt: skip


def ranges(found: Behaviour, names: Names) -> Picture | None:
    """The chart of the moving ranges below it; None where there is none."""
    moves = list(_moves(found))
    limits = [each.limits for each in found.segments if each.limits and each.limits.range_limit is not None]
    if not moves or not limits:
        return None
    across = plot.across(found.points)
    down = scale(
        [Fraction(0), *(move for _, move in moves), *(each.range_limit or Fraction(0) for each in limits)],
        RANGE_HEIGHT - RANGE_BOTTOM, RANGE_TOP, ticks=3,
    )  # fmt: skip
    lines = [Line("grid", plot.grid(down))]
    lines += [
        Line("limit", _level(segment, segment.limits.range_limit, across, down))
        for segment in found.segments
        if segment.limits and segment.limits.range_limit is not None
    ]
    path = " ".join(
        f"M{place(across.at(period.number))} {place(down.at(0))}V{place(down.at(move))}" for period, move in moves
    )
    lines.append(Line("values", path))
    last = limits[-1].range_limit or Fraction(0)
    label = Label(str(WIDTH - RIGHT + 6), place(down.at(last) + 4), f"{names.range_limit} {number(float(last))}")
    return Picture(
        "ranges", WIDTH, RANGE_HEIGHT, names.range_title, names.range_title, tuple(lines), (), (label,),
        tuple(plot.ticks(down)), (), (),
    )  # fmt: skip


def spark(found: Behaviour) -> str:
    """The readings as one small line, 100 units wide and 24 high."""
    down = scale((each.value for each in found.points if each.value is not None), 22, 2)
    first, last = found.points[0].period.number, found.points[-1].period.number
    return plot.path(plot.spots(found.points, Scale(first, max(last, first + 1), 1, 99, ()), down))


def recent(found: Behaviour, most: int = MOST) -> Behaviour:
    """The same chart with its last `most` periods alone; the limits stay those of all readings."""
    points = found.points[-most:]
    first = points[0].period if points else None
    if first is None:
        return found
    kept = tuple(replace(each, first=max(each.first, first)) for each in found.segments if each.last >= first)
    return replace(found, points=points, segments=kept)


def _figures(found: Behaviour, target: Standing | None) -> Iterator[Fraction]:
    """Everything that the picture has to hold."""
    yield from (each.value for each in found.points if each.value is not None)
    for segment in found.segments:
        if segment.limits:
            yield from (each for each in (segment.limits.lower, segment.limits.upper) if each is not None)
    if target:
        yield from (each for each in (target.low, target.high) if each is not None)


def _level(segment: Segment, value: Fraction, across: Scale, down: Scale) -> str:
    left, right = across.at(segment.first.number - 0.5), across.at(segment.last.number + 0.5)
    return f"M{place(left)} {place(down.at(value))}H{place(right)}"


def _limits(segment: Segment, across: Scale, down: Scale) -> Iterator[Line]:
    limits = segment.limits
    if limits is None:
        return
    yield Line("centre", _level(segment, limits.centre, across, down))
    for value in (limits.lower, limits.upper):
        if value is not None:
            yield Line("trial" if limits.trial else "limit", _level(segment, value, across, down))


def _labels(found: Behaviour, wanted: Sequence[Fraction], down: Scale, names: Names) -> Iterator[tuple[float, str]]:
    """The words beside the lines of the last segment, each at the height of its line."""
    limits = found.segments[-1].limits
    if limits:
        for value, name in ((limits.upper, names.upper), (limits.centre, names.centre), (limits.lower, names.lower)):
            if value is not None:
                yield down.at(value), f"{name} {number(float(value))}"
    for value in wanted:
        yield down.at(value), f"{names.target} {number(float(value))}"


def _events(lives: Sequence[Live], across: Scale, found: Behaviour) -> Iterator[Event]:
    """The improvements that went live inside the picture, their names in two rows."""
    first, last = found.points[0].period, found.points[-1].period
    inside = sorted(
        (each for each in lives if first <= each.first <= last.next()), key=lambda each: (each.first, each.id)
    )
    for index, live in enumerate(inside):
        x = min(across.at(live.first.number - 0.5), WIDTH - RIGHT)
        yield Event(place(x), str(12 + index % 2 * 12), live.id, live.title, live.address)


def _moves(found: Behaviour) -> Iterator[tuple[Period, Fraction]]:
    """The moving ranges inside each segment, at the later period."""
    starts = {segment.first for segment in found.segments}
    before: Fraction | None = None
    for point in found.points:
        if point.value is not None and before is not None and point.period not in starts:
            yield point.period, abs(point.value - before)
        before = point.value
