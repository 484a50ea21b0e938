"""What the page of a KPI says of its readings: the picture, what it means in words, and every figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from cireg import derived
from cireg.figures import number
from cireg.measure import periods
from cireg.measure.behaviour import COMMON, Behaviour, Reading
from cireg.measure.readings import COLUMNS
from cireg.measuring import behaviour_of, chart_of, is_stale
from cireg.model import Improvement, Kpi
from cireg.sheets import write_csv
from cireg.site.page import relative
from cireg.site.views import chart, plot
from cireg.site.views.chart import Live, Names
from cireg.site.views.links import Links, page_url
from cireg.site.views.plot import Picture
from cireg.site.views.shown import Shown


@dataclass(frozen=True, slots=True)
class KindLabel:
    """A kind of point that the picture shows, for its key."""

    kind: str
    path: str
    label: str


@dataclass(frozen=True, slots=True)
class ReadingRow:
    """A reading in the table: its value, what it is where it is marked, and the note beside it."""

    period: str
    value: str
    mark: str
    note: str


@dataclass(frozen=True, slots=True)
class SegmentRow:
    """The figures of a stretch of the chart."""

    span: str
    n: str
    mean: str
    moving_range: str
    limits: str


@dataclass(frozen=True, slots=True)
class ChartView:
    """The section with the chart: pictures, sentences, key and tables."""

    pictures: tuple[Picture, ...]
    sentences: tuple[str, ...]
    kinds: tuple[KindLabel, ...]
    segments: tuple[SegmentRow, ...]
    readings: tuple[ReadingRow, ...]
    csv: str
    label: str
    derived: bool


@dataclass(frozen=True, slots=True)
class Glance:
    """A KPI at a glance: its latest readings as a small line, the last one, and what it is in a shape and words."""

    path: str
    last: str
    kind: str
    shape: str
    label: str
    target: str


def glance(kpi: Kpi, shown: Shown) -> Glance | None:
    """What the index of KPIs says of one; None where it has no reading."""
    found = behaviour_of(kpi)
    known = [each for each in found.points if each.value is not None]
    if not known:
        return None
    last = known[-1]
    kind = (last.kind or COMMON).removesuffix("-high").removesuffix("-low")
    value, period = number(float(last.value or 0)), shown.words.period(str(last.period))
    return Glance(
        path=chart.spark(chart.recent(found, chart.SPARK)),
        last=shown.say("chart.last", value=value, unit=kpi.text("unit"), period=period),
        kind=kind,
        shape=f"M8 8{plot.shape(kind)}",
        label=shown.say(f"chart.kind.{kind}"),
        target=shown.say(f"chart.glance.{found.assurance}") if found.assurance else "",
    )


def csv_url(kpi: Kpi) -> str:
    """Where the readings of a KPI are published as CSV."""
    return f"{page_url('kpi', kpi.id)}readings.csv"


def csv_of(kpi: Kpi) -> bytes:
    """The readings of a KPI as CSV, safe from formulas."""
    rows = [
        (str(each.period), *map(_decimal, (each.value, each.numerator, each.denominator)), each.n, each.note)
        for each in kpi.readings.readings
    ]
    return write_csv(COLUMNS, rows)


def _decimal(value: Fraction | None) -> Decimal | None:
    """A figure as a decimal, to nine places where it has no end."""
    if value is None:
        return None
    return round(Decimal(value.numerator) / Decimal(value.denominator), 9).normalize()


def chart_view(kpi: Kpi, items: Sequence[Improvement], shown: Shown, links: Links) -> ChartView | None:
    """The chart of a KPI; None where it has no reading."""
    whole = behaviour_of(kpi)
    if not whole.n:
        return None
    found = chart.recent(whole)
    sentences = _sentences(kpi, whole, shown)
    if len(found.points) < len(whole.points):
        sentences = (*sentences, shown.say("chart.recent", shown=len(found.points), all=len(whole.points)))
    names = _names(kpi, " ".join(sentences), shown)
    ranges = chart.ranges(found, names)
    main = chart.picture(found, chart_of(kpi).target, _lives(kpi, items, links), names)
    kinds = {mark.kind for mark in main.marks}
    return ChartView(
        pictures=(main, ranges) if ranges else (main,),
        sentences=sentences,
        kinds=tuple(
            KindLabel(kind, f"M8 8{plot.shape(kind)}", shown.say(f"chart.kind.{kind}"))
            for kind in plot.KINDS
            if kind in kinds
        ),
        segments=tuple(_segments(whole, shown)),
        readings=tuple(_rows(kpi, whole, shown)),
        csv=relative(page_url("kpi", kpi.id), csv_url(kpi)),
        label=names.title,
        derived=kpi.derived is not None,
    )


def _lives(kpi: Kpi, items: Sequence[Improvement], links: Links) -> list[Live]:
    found = []
    for item in items:
        day = item.date("action", "live")
        if day is not None:
            first = periods.first_from(day, kpi.text("cadence"))
            found.append(Live(item.id, item.title, first, links.address("improvement", item.id.lower())))
    return found


def _names(kpi: Kpi, finding: str, shown: Shown) -> Names:
    say = shown.say
    return Names(
        title=say("chart.title", kpi=kpi.name),
        finding=finding,
        upper=say("chart.upper"),
        centre=say("chart.centre"),
        lower=say("chart.lower"),
        target=say("chart.target"),
        range_title=say("chart.ranges", kpi=kpi.name),
        range_limit=say("chart.upper"),
    )


def _sentences(kpi: Kpi, found: Behaviour, shown: Shown) -> tuple[str, ...]:
    """What the chart says, in words."""
    last = [each for each in found.points if each.value is not None][-1]
    period, value = shown.words.period(str(last.period)), number(float(last.value or 0))
    kind = (last.kind or COMMON).removesuffix("-high").removesuffix("-low")
    said = [shown.say(f"chart.says.{kind}", period=period, value=value, unit=kpi.text("unit"))]
    if found.assurance:
        said.append(shown.say(f"chart.assurance.{found.assurance}"))
    if found.provisional:
        said.append(shown.say("chart.provisional"))
    if is_stale(kpi, shown.as_of):
        said.append(shown.say("chart.stale"))
    return (*said, *derived.said(kpi, shown.register))


def _segments(found: Behaviour, shown: Shown) -> list[SegmentRow]:
    rows = []
    for each in found.segments:
        limits = each.limits
        if limits is None:
            continue
        first, last = (shown.words.period(str(period)) for period in (each.first, each.last))
        span = shown.say("chart.span", first=first, last=last)
        band = ""
        if limits.lower is not None and limits.upper is not None:
            band = shown.say("chart.band", low=number(float(limits.lower)), high=number(float(limits.upper)))
        moving = "" if limits.moving_range is None else number(float(limits.moving_range))
        rows.append(SegmentRow(span, str(limits.n), number(float(limits.centre)), moving, band))
    return rows


def _rows(kpi: Kpi, found: Behaviour, shown: Shown) -> list[ReadingRow]:
    """Every period, the newest first."""
    notes = {reading.period: reading.note for reading in kpi.readings.readings}
    return [_row(point, notes.get(point.period, ""), shown) for point in reversed(found.points)]


def _row(point: Reading, note: str, shown: Shown) -> ReadingRow:
    mark = ""
    if point.rule:
        kind = shown.say(f"chart.type.{point.kind}")
        mark = shown.say("chart.mark", rule=shown.say(f"chart.rule.{point.rule}"), kind=kind)
    value = shown.say("chart.gap") if point.value is None else number(float(point.value))
    return ReadingRow(shown.words.period(str(point.period)), value, mark, note)
