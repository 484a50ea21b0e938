"""The flow of a register as pictures: cumulative flow, age of work, lead times, forecasts, what comes and what goes."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from cireg.flow.forecast import FAR, When
from cireg.flow.spread import Spread, percentile
from cireg.site.views.plot import Label, Line, Marks, Picture, shape
from cireg.site.views.scale import Scale, place, scale

WIDTH, HEIGHT = 760, 320
LEFT, RIGHT, TOP, BOTTOM = 62, 130, 24, 34
POINTS = 72  # days at which the cumulative flow is drawn, at most
BARS = 30  # improvements whose age is drawn, the oldest
DOTS = 200  # finished improvements that are drawn, the latest
_ROW = 20  # the height of a bar with its room
_LINE = 13  # the least distance of two labels
_LETTER = 7.5  # the width of a letter of an id, at most
_DAYS = 5  # days named along the foot, at most
Days = Callable[[date], str]  # how a day is written along the foot
_DOT = "m-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0z"
_SHAPE = {"fresh": _DOT, "amber": shape("neutral"), "red": shape("concern")}


@dataclass(frozen=True, slots=True)
class Said:
    """The words of a picture: its title, and what it shows in a sentence."""

    title: str
    finding: str


@dataclass(frozen=True, slots=True)
class Bar:
    """Something in work: its name, its age in days, those of them on hold, and how old that is: fresh, amber or red."""

    name: str
    days: int
    held: int
    band: str | None
    told: str


def drawn_days(first: date, last: date) -> list[date]:
    """The days at which the cumulative flow is drawn: even steps of whole weeks back from the last one."""
    step = max(7, -(-((last - first).days + 1) // POINTS) // 7 * 7 + 7)
    days = [last]
    while days[-1] > first:
        days.append(days[-1] - timedelta(days=step))
    return days[::-1]


def cumulative(
    days: Sequence[date], counts: Sequence[Sequence[int]], names: Sequence[str], said: Said, day: Days
) -> Picture:
    """How many were at or beyond each status on each day; `names` are those of the statuses with their last counts.

    Each status is an area down to the ground, those further on drawn over those before.
    """
    across, down = _time(days[0], days[-1]), scale([0, max(1, *(row[0] for row in counts))], HEIGHT - BOTTOM, TOP)
    ground = place(down.at(0))
    lines = [_grid(down)]
    for status in range(len(names)):
        path = "".join(
            f"{'L' if n else 'M'}{place(across.at(on.toordinal()))} {place(down.at(row[status]))}"
            for n, (on, row) in enumerate(zip(days, counts, strict=True))
        )
        lines.append(Line(f"area-{status}", f"{path}V{ground}H{LEFT}z"))
    last = [*counts[-1], 0]
    heights = [(down.at(Fraction(last[n] + last[n + 1], 2)), name) for n, name in enumerate(names)]
    return _picture("cumulative", HEIGHT, said, lines, (), _beside(heights), _ticks(down), _feet(across, HEIGHT, day))


def ageing(bars: Sequence[Bar], times: Spread, said: Said, names: dict[int, str]) -> Picture:
    """The age of each as a bar, with the percentiles of finished cycle times as lines; `names` are theirs."""
    height = TOP + 16 + len(bars) * _ROW + BOTTOM
    marks = [(share, value) for share, value in ((50, times.p50), (85, times.p85)) if value is not None]
    left = max(LEFT, _LETTER * max(len(bar.name) for bar in bars) + 4)
    across = scale([0, *(bar.days for bar in bars), *(value for _, value in marks)], left + 6, WIDTH - RIGHT)
    top, foot = TOP + 12, height - BOTTOM
    lines = [Line("grid", "".join(f"M{place(across.at(tick))} {top}V{foot}" for tick in across.ticks))]
    rows = [(top + 10 + n * _ROW, bar) for n, bar in enumerate(bars)]
    start = place(across.at(0))
    for kind in ("fresh", "amber", "red"):
        path = "".join(f"M{start} {y}H{place(across.at(bar.days))}" for y, bar in rows if (bar.band or "fresh") == kind)
        lines += [Line(f"bar-{kind}", path)] if path else []
    held = "".join(f"M{start} {y}H{place(across.at(bar.held))}" for y, bar in rows if bar.held)
    lines += [Line("held", held)] if held else []
    lines += [Line("percentile", f"M{place(across.at(value))} {top}V{foot}") for _, value in marks]
    ends = []
    for kind, form in _SHAPE.items():
        own = [(y, bar.days) for y, bar in rows if (bar.band or "fresh") == kind]
        ends.append(Marks(f"age-{kind}", "".join(f"M{place(across.at(days))} {y}{form}" for y, days in own)))
    labels = [Label(place(across.at(bar.days) + 9), str(y + 4), bar.told) for y, bar in rows]
    ticks = [Label(str(left), str(y + 4), bar.name) for y, bar in rows]
    over = [Label(place(across.at(value)), str(top - 6), names[share]) for share, value in marks]
    feet = [Label(place(across.at(tick)), str(foot + 18), f"{tick:,.0f}") for tick in across.ticks]
    return _picture(
        "ageing", height, said, lines, [each for each in ends if each.path], labels, ticks, [*_apart(over), *feet]
    )


def scatter(points: Sequence[tuple[date, int]], times: Spread, said: Said, names: dict[int, str], day: Days) -> Picture:
    """The time of each finished one at the day on which it was finished, and percentile lines."""
    across = _time(min(on for on, _ in points), max(on for on, _ in points))
    known = ((50, times.p50), (70, times.p70), (85, times.p85), (95, times.p95))
    levels = [(share, value) for share, value in known if value is not None]
    down = scale([0, *(days for _, days in points), *(value for _, value in levels)], HEIGHT - BOTTOM, TOP)
    lines = [_grid(down)]
    lines += [Line("percentile", f"M{LEFT} {place(down.at(value))}H{WIDTH - RIGHT}") for _, value in levels]
    path = "".join(f"M{place(across.at(on.toordinal()))} {place(down.at(days))}{_DOT}" for on, days in points)
    labels = _beside([(down.at(value), names[share]) for share, value in levels])
    return _picture(
        "lead-times",
        HEIGHT,
        said,
        lines,
        [Marks("common-cause", path)],
        labels,
        _ticks(down),
        _feet(across, HEIGHT, day),
    )


def chances(found: Sequence[tuple[str, When]], today: date, said: Said, day: Days) -> Picture:
    """The chance that so many are finished by a day, as a rising line for each; `found` has a name for each."""
    until = min(max(percentile(each.weeks, 99) for _, each in found), FAR)
    across = _time(today, today + timedelta(weeks=until))
    down = Scale(0, 100, HEIGHT - BOTTOM, TOP, tuple(range(0, 101, 25)))
    lines = [_grid(down), Line("percentile", f"M{LEFT} {place(down.at(85))}H{WIDTH - RIGHT}")]
    labels = [Label(str(WIDTH - RIGHT + 6), place(down.at(85) + 4), "85 %")]
    for n, (name, each) in enumerate(found):
        path = f"M{LEFT} {place(down.at(0))}"
        for weeks in range(1, until + 1):
            x = across.at((today + timedelta(weeks=weeks)).toordinal())
            path += f"L{place(x)} {place(down.at(bisect_right(each.weeks, weeks) * 100 / len(each.weeks)))}"
        lines.append(Line(f"chance-{n}", path))
        half = percentile(each.weeks, 50)
        x = min(across.at((today + timedelta(weeks=half)).toordinal()) + 8, WIDTH - RIGHT + 6)
        labels.append(Label(place(x), place(down.at(50) + 4 + n * _LINE), name))
    ticks = [Label(tick.x, tick.y, f"{tick.text} %") for tick in _ticks(down)]
    return _picture("forecast", HEIGHT, said, lines, (), labels, ticks, _feet(across, HEIGHT, day))


def tides(months: Sequence[tuple[str, int, int]], said: Said, names: tuple[str, str]) -> Picture:
    """What was submitted and what was completed in each month, as two bars side by side; `names` are theirs."""
    height = 220
    down = scale([0, max(1, *(max(came, went) for _, came, went in months))], height - BOTTOM, TOP)
    room = (WIDTH - LEFT - RIGHT) / len(months)
    ground = place(down.at(0))
    came = went = ""
    feet = []
    for n, (month, submitted, completed) in enumerate(months):
        middle = LEFT + room * (n + 0.5)
        came += f"M{place(middle - 7)} {ground}V{place(down.at(submitted))}" if submitted else ""
        went += f"M{place(middle + 7)} {ground}V{place(down.at(completed))}" if completed else ""
        feet.append(Label(place(middle), str(height - BOTTOM + 18), month))
    lines = [_grid(down), Line("came", came), Line("went", went)]
    keys = [("came", 60, names[0]), ("went", 84, names[1])]
    lines += [Line(kind, f"M{WIDTH - RIGHT + 12} {y}h12") for kind, y, _ in keys]
    labels = [Label(str(WIDTH - RIGHT + 32), str(y + 4), name) for _, y, name in keys]
    return _picture("tide", height, said, [each for each in lines if each.path], (), labels, _ticks(down), feet)


def _picture(
    id_: str, height: int, said: Said, lines: Iterable[Line], marks: Iterable[Marks], labels: Iterable[Label],
    ticks: Iterable[Label], feet: Iterable[Label],
) -> Picture:  # fmt: skip
    return Picture(
        id_, WIDTH, height, said.title, said.finding, tuple(lines), tuple(marks), tuple(labels), tuple(ticks),
        tuple(feet), (),
    )  # fmt: skip


def _time(first: date, last: date) -> Scale:
    """From the first to the last day, a day at least."""
    low, high = first.toordinal(), max(last.toordinal(), first.toordinal() + 1)
    return Scale(low, high, LEFT, WIDTH - RIGHT, ())


def _grid(down: Scale) -> Line:
    return Line("grid", "".join(f"M{LEFT} {place(down.at(tick))}H{WIDTH - RIGHT}" for tick in down.ticks))


def _ticks(down: Scale) -> list[Label]:
    return [Label(str(LEFT - 8), place(down.at(tick) + 4), f"{tick:,g}") for tick in down.ticks]


def _feet(across: Scale, height: int, day: Days) -> Iterator[Label]:
    """Some days along the foot, at even distances."""
    first, last = int(across.low), int(across.high)
    count = min(_DAYS, last - first)
    for n in range(count + 1):
        on = first + (last - first) * n // count
        yield Label(place(across.at(on)), str(height - BOTTOM + 18), day(date.fromordinal(on)))


def _beside(labels: Iterable[tuple[float, str]]) -> list[Label]:
    """Labels at the right edge, moved apart where they would cover each other, and kept inside the picture."""
    ordered = sorted(labels, key=lambda each: each[0])
    lines: list[float] = []
    for height, _ in ordered:
        lines.append(max(height + 4, lines[-1] + _LINE if lines else 0))
    below = float(HEIGHT - BOTTOM + 4)
    for n in range(len(lines) - 1, -1, -1):
        lines[n] = min(lines[n], below)
        below = lines[n] - _LINE
    return [Label(str(WIDTH - RIGHT + 6), place(y), text) for y, (_, text) in zip(lines, ordered, strict=True)]


def _apart(labels: Sequence[Label]) -> list[Label]:
    """Labels in one row; the second is put above the first where the two would meet."""
    if len(labels) == 2 and abs(float(labels[1].x) - float(labels[0].x)) < 130:
        return [labels[0], Label(labels[1].x, place(float(labels[1].y) - _LINE), labels[1].text)]
    return list(labels)
