"""The flow of the register: how long improvements take, what is in work, what is stuck, and when it will be done."""

from __future__ import annotations

from datetime import date

from cireg import flow_words as words
from cireg.derived import times
from cireg.figures import number, tenths
from cireg.flow.forecast import CHANCES
from cireg.flow.journey import Journey
from cireg.flow.spread import Spread, spread
from cireg.flowing import COURSE, Flow, flow_of
from cireg.measure.periods import holding
from cireg.site.page import SINGLES, Page
from cireg.site.views import flow_charts as charts
from cireg.site.views.blocks import Cell, Column, table
from cireg.site.views.flow_charts import Bar, Said
from cireg.site.views.links import Links
from cireg.site.views.sections import Section, SectionsView, headings, named
from cireg.site.views.shown import Shown

_TABLE_MONTHS = 24  # of the cumulative flow that are listed


def page(shown: Shown) -> Page:
    """The page of the flow."""
    made = view(shown, Links(shown, SINGLES["flow"]))
    title = shown.say("flow.title")
    return Page(
        kind="flow",
        url=SINGLES["flow"],
        title=title,
        description=made.summary,
        body=shown.site.templates.render("flow.html.j2", page=made),
        headings=headings(made.sections),
        search=f"{title} {made.summary}",
    )


def view(shown: Shown, links: Links) -> SectionsView:
    """What the page shows."""
    flow = flow_of(shown.register)
    sections = (
        _times(flow, shown),
        _cumulative(flow, shown),
        _ageing(flow, shown, links),
        _stuck(flow, shown, links),
        _scatter(flow, shown, links),
        _forecast(flow, shown),
        _throughput(flow, shown),
    )
    return SectionsView(words.headline(flow), basis(flow, shown), tuple(each for each in sections if each))


def basis(flow: Flow, shown: Shown) -> str:
    """From which entries, as of when, and what is counted apart."""
    told = [shown.say("flow.full", n=len(flow.full))]
    told += [shown.say("flow.light", n=len(flow.light))] if flow.light else []
    return f"{words.since(flow.first, flow.today)}: {' '.join(told)}"


def _times(flow: Flow, shown: Shown) -> Section:
    implemented = times(shown.register)[None]
    rows: list[tuple[str, Spread]] = [
        (shown.say("flow.time.lead"), flow.lead_times),
        (shown.say("flow.time.cycle"), flow.cycle_times),
        (shown.say("flow.time.live"), implemented.spread),
        (shown.say("flow.time.verdict"), spread(implemented.to_verdict.values())),
        (shown.say("flow.time.answer"), flow.answers),
    ]
    rows += [
        (shown.say("flow.time.status", status=shown.words.label("status", name)), found)
        for name, found in flow.stays.items()
        if found.n
    ]
    columns = [Column("flow.column.what"), *(Column(f"flow.column.{each}", "number") for each in ("n", *_CELLS))]
    made = table(shown, "flow.times", columns, [(Cell(name), *_cells(found)) for name, found in rows])
    return Section(
        "times", shown.say("flow.times"), (shown.say("flow.lead", times=words.times(flow.lead_times)),),
        " ".join((words.few(), shown.say("flow.rule.times"))), tables=(made,) if made else (),
    )  # fmt: skip


_CELLS = ("mean", "median", "p85", "longest")


def _cells(found: Spread) -> tuple[Cell, ...]:
    mean = "–" if found.mean is None else tenths(float(found.mean))
    told = [mean, *("–" if each is None else number(each) for each in (found.p50, found.p85))]
    longest = number(found.values[-1]) if found.n else "–"
    return tuple(Cell(each, "number") for each in (number(found.n), *told, longest))


def _cumulative(flow: Flow, shown: Shown) -> Section | None:
    if flow.first is None:
        return None
    days = charts.drawn_days(flow.first, flow.today)
    counts = flow.cumulative(days)
    now = counts[-1]
    here = [count - after for count, after in zip(now, (*now[1:], 0), strict=True)]
    labels = [shown.words.label("status", name) for name in COURSE.line]
    names = [f"{label} {number(count)}" for label, count in zip(labels, here, strict=True)]
    finding = shown.say(
        "flow.cumulative.finding", first=shown.words.day(flow.first).text, closed=now[-1],
        work=sum(here[len(COURSE.waiting) : -1]), waiting=sum(here[: len(COURSE.waiting)]),
    )  # fmt: skip
    month = holding(flow.today, "month")
    first = max(holding(flow.first, "month"), month.next(1 - _TABLE_MONTHS))
    ends = [min(first.next(n).last_day, flow.today) for n in range(month.number - first.number + 1)][::-1]
    rows = [
        (Cell(shown.words.day(on).text), *(Cell(number(count), "number") for count in row))
        for on, row in zip(ends, flow.cumulative(ends[::-1])[::-1], strict=True)
    ]
    columns = [Column("flow.column.day"), *(Column(f"status.{name}", "number") for name in COURSE.line)]
    made = table(shown, "flow.cumulative.table", columns, rows)
    little = flow.little
    law = ""
    if little is not None and little.stable and little.expected is not None:
        law = shown.say(
            "flow.little", first=shown.words.day(little.first).text, wip=tenths(float(little.wip)),
            expected=tenths(float(little.expected)),
        )  # fmt: skip
    said = Said(shown.say("flow.cumulative"), finding)
    return Section(
        "cumulative-flow", said.title, (finding, law) if law else (finding,), shown.say("flow.rule.cumulative"),
        pictures=(charts.cumulative(days, counts, names, said, _short(shown)),), tables=(made,) if made else (),
        more=shown.say("flow.figures"),
    )  # fmt: skip


def _ageing(flow: Flow, shown: Shown, links: Links) -> Section:
    heading, rule = shown.say("flow.ageing"), shown.say("flow.rule.ageing")
    work = flow.in_work
    if not work:
        return Section("ageing", heading, (shown.say("flow.ageing.none"),), rule)
    bands = [flow.band(each) for each in work]
    finding = shown.say("flow.ageing.finding", n=len(work), id=work[0].id, days=words.plural(work[0].age or 0, "day"))
    if all(bands):
        red, amber = bands.count("red"), bands.count("amber")
        finding += " " + shown.say("flow.ageing.bands", red=red, amber=amber)
    else:
        finding += " " + shown.say("flow.ageing.few", n=flow.cycle_times.n)
    bars = [
        Bar(each.id, each.age or 0, each.held_at_work, band, words.plural(each.age or 0, "day"))
        for each, band in zip(work[: charts.BARS], bands, strict=False)
    ]
    picture = charts.ageing(bars, flow.cycle_times, Said(heading, finding), _percentiles(flow.cycle_times, shown))
    rows = [
        (
            Cell(links.improvement(each.id)),
            Cell(shown.register.improvements[each.id].title, "title"),
            Cell(shown.words.label("status", each.status)),
            Cell(shown.words.short_day(each.started).text if each.started else ""),
            Cell(number(each.age or 0), "number"),
            Cell(number(each.held_at_work) if each.held_at_work else "", "number"),
            Cell(shown.say(f"flow.band.{band}") if band else ""),
        )
        for each, band in zip(work[: charts.DOTS], bands, strict=False)
    ]
    made = table(shown, "flow.ageing.table", _AGES, rows)
    return Section(
        "ageing", heading, (finding,), rule, pictures=(picture,), tables=(made,) if made else (),
        rest=_rest(len(work), len(rows), shown),
    )  # fmt: skip


_AGES = (
    Column("column.id"), Column("column.title", "title"), Column("column.status"), Column("flow.column.started"),
    Column("flow.column.age", "number"), Column("flow.column.held", "number"), Column("flow.column.beside"),
)  # fmt: skip


def _stuck(flow: Flow, shown: Shown, links: Links) -> Section:
    notes = [
        (
            each.journey.id,
            shown.say("flow.stuck.note", days=words.plural(each.journey.in_status, "day"), limit=each.limit),
        )
        for each in flow.stuck
    ]
    groups, rest = named(notes, shown, links)
    sentences = [shown.say("flow.stuck.finding", n=len(notes)) if notes else shown.say("flow.stuck.none")]
    if flow.sent_back:
        ids = ", ".join(f"{each.id} ({each.back})" for each in flow.sent_back[:10])
        sentences.append(shown.say("flow.back", n=len(flow.sent_back), ids=ids))
    return Section(
        "stuck", shown.say("flow.stuck"), tuple(sentences), shown.say("flow.rule.stuck"), groups=groups, rest=rest
    )


def _scatter(flow: Flow, shown: Shown, links: Links) -> Section | None:
    done = sorted(
        (each for each in flow.full if each.finished), key=lambda each: (each.finished or each.raised, each.id)
    )
    if not done:
        return None
    latest = done[-charts.DOTS :]
    points = [(each.finished, each.lead_time) for each in latest if each.finished and each.lead_time]
    finding = shown.say("flow.lead", times=words.times(flow.lead_times))
    said = Said(shown.say("flow.scatter"), finding)
    names = _percentiles(flow.lead_times, shown)
    made = table(shown, "flow.scatter.table", _LEADS, [_done(each, shown, links) for each in reversed(latest)])
    return Section(
        "lead-times", said.title, (finding,), shown.say("flow.rule.scatter"),
        pictures=(charts.scatter(points, flow.lead_times, said, names, _short(shown)),),
        tables=(made,) if made else (), more=shown.say("flow.figures"), rest=_rest(len(done), len(latest), shown),
    )  # fmt: skip


_LEADS = (
    Column("column.id"), Column("column.title", "title"), Column("flow.column.finished"),
    Column("flow.column.lead", "number"), Column("flow.column.cycle", "number"),
)  # fmt: skip


def _done(each: Journey, shown: Shown, links: Links) -> tuple[Cell, ...]:
    return (
        Cell(links.improvement(each.id)),
        Cell(shown.register.improvements[each.id].title, "title"),
        Cell(shown.words.short_day(each.finished or each.raised).text),
        Cell(number(each.lead_time or 0), "number"),
        Cell("" if each.cycle_time is None else number(each.cycle_time), "number"),
    )


def _rest(every: int, told: int, shown: Shown) -> str:
    return shown.say("flow.more", n=every - told) if every > told else ""


def _percentiles(found: Spread, shown: Shown) -> dict[int, str]:
    """What each percentile line is called."""
    known = ((50, found.p50), (70, found.p70), (85, found.p85), (95, found.p95))
    return {
        share: shown.say(f"flow.percentile.{share}", days=number(days)) for share, days in known if days is not None
    }


def _forecast(flow: Flow, shown: Shown) -> Section:
    work, planned = len(flow.in_work), len(flow.planned)
    asked = [(shown.say("flow.forecast.work", n=work), work)]
    asked += [(shown.say("flow.forecast.planned", n=planned), work + planned)] if planned else []
    found = [(name, made) for name, count in asked if (made := flow.when(count))]
    heading, rule = shown.say("flow.forecast"), words.past(flow)
    if not found:
        return Section("forecast", heading, (shown.say("flow.forecast.none"),), rule)
    sentences = [words.when(made, name) for name, made in found]
    many = flow.how_many(flow.ahead)
    sentences += [words.how_many(many)] if many else []
    picture = charts.chances(found, flow.today, Said(heading, " ".join(sentences)), _short(shown))
    rows = [
        (Cell(name), *(Cell(shown.words.day(on).text if on else shown.say("flow.forecast.far")) for _, on in made.days))
        for name, made in found
    ]
    if many:
        by = shown.say("flow.forecast.by", day=shown.words.day(many.by).text)
        rows.append((Cell(by), *(Cell(shown.say("flow.forecast.least", n=least)) for _, least in many.least)))
    columns = [Column("flow.column.what"), *(Column(f"flow.chance.{chance}") for chance in CHANCES)]
    made_table = table(shown, "flow.forecast.table", columns, rows)
    return Section(
        "forecast", heading, tuple(sentences), rule, pictures=(picture,), tables=(made_table,) if made_table else ()
    )


def _throughput(flow: Flow, shown: Shown) -> Section | None:
    if not flow.throughput:
        return None
    rows = [
        (Cell(shown.words.period(str(period))), Cell(number(count), "number"))
        for period, count in reversed(flow.throughput)
    ]
    made = table(shown, "flow.throughput", (Column("flow.column.month"), Column("flow.column.done", "number")), rows)
    sentences = [words.success(flow.success)]
    if flow.light:
        sentences.append(shown.say("flow.light.success", success=words.success(flow.success_of(flow.light))))
    return Section(
        "throughput", shown.say("flow.throughput"), tuple(sentences), shown.say("flow.rule.success"),
        tables=(made,) if made else (), more=shown.say("flow.figures"),
    )  # fmt: skip


def _short(shown: Shown) -> charts.Days:
    """A day as it is written along the foot of a picture."""

    def written(on: date) -> str:
        return shown.words.short_day(on).text

    return written
