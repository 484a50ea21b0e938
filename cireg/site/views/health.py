"""The health of the process: where improvements get lost, its questions to itself, and plans beside results."""

from __future__ import annotations

from cireg import flow_words as words
from cireg.calibration import calibration
from cireg.figures import number
from cireg.flow.spread import ENOUGH
from cireg.flowing import flow_of
from cireg.health import Bottlenecks, Question, bottlenecks, questions
from cireg.measure.periods import Period
from cireg.site.page import SINGLES, Page
from cireg.site.views import flow_charts as charts
from cireg.site.views.blocks import Cell, Column, table
from cireg.site.views.flow import basis
from cireg.site.views.flow_charts import Said
from cireg.site.views.links import Links
from cireg.site.views.sections import Section, SectionsView, headings, named
from cireg.site.views.shown import Shown
from cireg.site.views.words import sentence

_BESIDE = {"low-value": "ids", "stuck": "ids", "wins": "beside", "lessons": "beside"}
"""Which improvements of a question somebody should look at."""

_TIDE = ("submitted", "completed", "dropped")


def page(shown: Shown) -> Page:
    """The page of the health."""
    made = view(shown, Links(shown, SINGLES["health"]))
    title = shown.say("health.title")
    return Page(
        kind="health",
        url=SINGLES["health"],
        title=title,
        description=made.summary,
        body=shown.site.templates.render("health.html.j2", page=made),
        headings=headings(made.sections),
        search=f"{title} {made.summary} {' '.join(words.ASKED.values())}",
    )


def view(shown: Shown, links: Links) -> SectionsView:
    """What the page shows."""
    found = bottlenecks(shown.register)
    asked = questions(shown.register)
    worries = sum(bool(words.advice(each)) for each in asked)
    summary = shown.say(
        "health.summary", unassigned=len(found.unassigned), overdue=len(found.overdue), review=len(found.review),
        worries=worries, asked=len(asked),
    )  # fmt: skip
    sections = (
        _section(shown, links, "unassigned", words.unassigned(found), [(id_, "") for id_ in found.unassigned]),
        _section(
            shown,
            links,
            "overdue",
            words.overdue(found),
            [(each.id, sentence("; ".join(each.what))) for each in found.overdue],
        ),
        _section(
            shown,
            links,
            "review",
            words.review(found),
            [(each.id, _wait(each.days, each.ready, shown)) for each in found.review],
        ),
        _tide(found, shown),
        *(_question(each, shown, links) for each in asked),
        _calibration(shown),
    )
    return SectionsView(summary, basis(flow_of(shown.register), shown), sections)


def _section(shown: Shown, links: Links, name: str, told: str, items: list[tuple[str, str]]) -> Section:
    groups, rest = named(items, shown, links)
    return Section(
        name, shown.say(f"health.{name}"), (told,), shown.say(f"health.rule.{name}"),
        todo=shown.say(f"health.todo.{name}") if items else "", groups=groups, rest=rest,
    )  # fmt: skip


def _wait(days: int, ready: bool, shown: Shown) -> str:
    told = shown.say("health.review.since", days=words.plural(days, "day"))
    return " ".join((told, shown.say("health.review.ready"))) if ready else told


def _tide(found: Bottlenecks, shown: Shown) -> Section:
    told = words.tide(found.tide, found.before)
    heading, rule = shown.say("health.tide"), shown.say("health.rule.tide")
    growing = found.tide.left > 0 and found.tide.completed < found.tide.submitted
    todo = shown.say("health.todo.tide") if growing else ""
    if not found.months:
        return Section("tide", heading, (told,), rule, todo=todo)
    names = (shown.say("health.submitted"), shown.say("health.completed"))
    bars = [(_month(month, shown), each.submitted, each.completed) for month, each in found.months]
    columns = (Column("flow.column.month"), *(Column(f"health.{each}", "number") for each in _TIDE))
    rows = [
        (Cell(shown.words.period(str(month))), *(Cell(number(getattr(each, name)), "number") for name in _TIDE))
        for month, each in reversed(found.months)
    ]
    made = table(shown, "health.tide.table", columns, rows)
    return Section(
        "tide", heading, (told,), rule, pictures=(charts.tides(bars, Said(heading, told), names),),
        tables=(made,) if made else (), more=shown.say("flow.figures"), todo=todo,
    )  # fmt: skip


def _month(month: Period, shown: Shown) -> str:
    """A month as it stands along the foot: January with its year."""
    name = shown.words.label("month.short", str(month.first_day.month))
    return f"{name} {month.first_day.year}" if month.first_day.month == 1 else name


def _question(found: Question, shown: Shown, links: Links) -> Section:
    ids = found.ids if _BESIDE[found.name] == "ids" else found.beside
    groups, rest = named([(id_, "") for id_ in ids], shown, links)
    return Section(
        f"question-{found.name}", words.ASKED[found.name], (words.question(found),),
        shown.say(f"health.rule.{found.name}"), todo=words.advice(found), groups=groups, rest=rest,
    )  # fmt: skip


def _calibration(shown: Shown) -> Section:
    found = calibration(shown.register)
    sentences = tuple(words.calibration(found, shown.words.currency, money=shown.money))
    rows = []
    for each in found.by_value:
        result = each.success
        likely = result.likely if result.final >= ENOUGH else None
        cells = [
            Cell(str(each.value)),
            Cell(number(result.done), "number"),
            Cell(f"{result.achieved} / {result.final}" if result.final else "–", "number"),
            Cell(f"{words.percent(likely[0])} – {words.percent(likely[1])}" if likely else "–", "number"),
        ]
        if shown.money:
            typical = "–" if each.typical is None else shown.words.money(float(each.typical))
            cells.append(Cell(typical, "number"))
        rows.append(tuple(cells))
    columns = [
        Column("health.value"),
        *(Column(f"health.value.{each}", "number") for each in ("done", "achieved", "likely")),
    ]
    columns += [Column("health.value.gain", "number")] if shown.money else []
    made = table(shown, "health.value.table", columns, rows)
    return Section(
        "calibration", shown.say("health.calibration"), sentences, shown.say("health.rule.calibration"),
        tables=(made,) if made else (),
    )  # fmt: skip
