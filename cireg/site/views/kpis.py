"""Pages by KPI: what it means, where its figures come from, and which improvements aim at it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cireg.model import Improvement, Kpi
from cireg.schema import choices
from cireg.site.page import SINGLES, Heading, Page
from cireg.site.views.blocks import Field, Group, comma, fields
from cireg.site.views.charting import ChartView, Glance, chart_view, glance
from cireg.site.views.drafts import FindingLine, finding_lines
from cireg.site.views.forge import FileAtForge, file_at_forge
from cireg.site.views.links import Links, anchor, page_url
from cireg.site.views.mentions import mention
from cireg.site.views.plan import between
from cireg.site.views.shown import Shown


@dataclass(frozen=True, slots=True)
class KpiView:
    """Everything on the page of a KPI."""

    question: str
    findings: tuple[FindingLine, ...]
    chart: ChartView | None
    no_chart: str
    fields: tuple[Field, ...]
    improvements: tuple[Group, ...]
    nobody: str
    path: str
    forge: FileAtForge | None
    as_of: str


@dataclass(frozen=True, slots=True)
class KpiLine:
    """A KPI in the index."""

    link: str
    question: str
    owner: str
    glance: Glance | None
    improvements: str


@dataclass(frozen=True, slots=True)
class KpiGroup:
    """The KPIs of a category."""

    id: str
    label: str
    kpis: tuple[KpiLine, ...]


@dataclass(frozen=True, slots=True)
class KpisView:
    """The index of KPIs."""

    intro: str
    people: bool
    groups: tuple[KpiGroup, ...]
    as_of: str


def pages(shown: Shown, links: Links) -> Iterator[Page]:
    """The index of KPIs, then a page for each, with `links` for these."""
    aiming = _aiming(shown)
    yield _index(shown, aiming)
    for kpi in shown.register.kpis.values():
        made = view(shown, links, kpi, aiming.get(kpi.id, []))
        yield Page(
            kind="kpi",
            url=page_url("kpi", kpi.id),
            title=kpi.name,
            description=made.question,
            body=shown.site.templates.render("kpi.html.j2", page=made),
            headings=(
                *((Heading("chart", shown.say("chart.heading")),) if made.chart else ()),
                Heading("improvements", shown.say("kpi.improvements")),
                Heading("record", shown.say("kpi.record")),
            ),
            search=f"{kpi.name} {made.question} {kpi.text('method')}",
        )


def view(shown: Shown, links: Links, kpi: Kpi, items: list[Improvement]) -> KpiView:
    """What the page of one KPI shows."""
    path = shown.site.folder + kpi.path
    found = shown.findings_by_path.get(kpi.path, ()) if shown.site.draft else ()
    aiming = tuple(mention(item, links, _role(item, kpi, shown)) for item in items)
    return KpiView(
        question=kpi.text("question"),
        findings=finding_lines(found, shown, links.root, with_path=False),
        chart=chart_view(kpi, items, shown, links),
        no_chart="" if kpi.readings.series else shown.say("chart.derived" if kpi.derived else "chart.none"),
        fields=_fields(shown, links, kpi),
        improvements=(Group("", aiming),) if aiming else (),
        nobody="" if items else shown.say("kpi.nobody"),
        path=path,
        forge=file_at_forge(shown.config, path),
        as_of=shown.words.day(shown.as_of).text,
    )


def _fields(shown: Shown, links: Links, kpi: Kpi) -> tuple[Field, ...]:
    """The definition."""
    say, words = shown.say, shown.words
    labels = {
        name: words.label(name, kpi.text(name)) if kpi.text(name) else ""
        for name in ("category", "better", "cadence", "aggregation", "derived")
    }
    source = ", ".join(text for text in (kpi.text("source", "system"), kpi.text("source", "report")) if text)
    method, response = (kpi.text(name) for name in ("method", "response"))
    return fields(
        Field(say("kpi.category"), labels["category"]),
        Field(say("kpi.unit"), kpi.text("unit")),
        Field(say("kpi.better"), labels["better"]),
        Field(say("kpi.cadence"), labels["cadence"]),
        Field(say("kpi.aggregation"), labels["aggregation"]),
        Field(say("kpi.derived"), labels["derived"]),
        Field(say("kpi.method"), links.prose(method), wide=True),
        Field(say("kpi.source"), source),
        Field(say("kpi.target"), between(say, kpi.get("target") or {})),
        Field(say("kpi.response"), links.prose(response), wide=True),
        Field(say("fact.owner"), comma(links.person(kpi.get("owner")))),
        Field(say("fact.goal"), comma(links.goal(kpi.get("goal")))),
        Field(say("fact.practices"), comma(links.practices(kpi.texts("practices")))),
        Field(say("fact.services"), comma(links.services(kpi.texts("services")))),
    )


def _role(item: Improvement, kpi: Kpi, shown: Shown) -> str:
    """What the KPI is to an improvement."""
    roles = [entry["role"] for _, entry in item.entries("measures") if entry.get("kpi") == kpi.id and "role" in entry]
    return ", ".join(shown.words.label("role", role) for role in dict.fromkeys(roles))


def _aiming(shown: Shown) -> dict[str, list[Improvement]]:
    """The published improvements that measure themselves by each KPI."""
    found: dict[str, list[Improvement]] = {}
    for item in shown.items:
        for name in dict.fromkeys(entry.get("kpi") for _, entry in item.entries("measures")):
            if name:
                found.setdefault(name, []).append(item)
    return found


def _index(shown: Shown, aiming: dict[str, list[Improvement]]) -> Page:
    links = Links(shown, SINGLES["kpis"])
    groups = []
    for category in choices("kpi", "category"):
        own = [kpi for kpi in shown.register.kpis.values() if (kpi.get("category") or "other") == category]
        if own:
            lines = tuple(_line(links, kpi, len(aiming.get(kpi.id, ()))) for kpi in own)
            groups.append(KpiGroup(category, shown.words.label("category", category), lines))
    made = KpisView(
        intro=shown.say("kpis.intro", n=len(shown.register.kpis)),
        people=shown.people,
        groups=tuple(groups),
        as_of=shown.words.day(shown.as_of).text,
    )
    title = shown.say("kpis.title")
    return Page(
        kind="kpis",
        url=SINGLES["kpis"],
        title=title,
        description=made.intro,
        body=shown.site.templates.render("kpis.html.j2", page=made),
        headings=tuple(Heading(group.id, group.label) for group in groups),
        search=f"{title} {made.intro}",
    )


def _line(links: Links, kpi: Kpi, improvements: int) -> KpiLine:
    return KpiLine(
        anchor(kpi.name, links.address("kpi", kpi.id)),
        kpi.text("question"),
        comma(links.person(kpi.get("owner"))),
        glance(kpi, links.shown),
        str(improvements),
    )
