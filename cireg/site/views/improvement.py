"""The page of one improvement: what it is, how far it has come, its seven steps, and what it hangs together with."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

from cireg import lifecycle
from cireg.figures import number
from cireg.model import Improvement
from cireg.site.markup import text_of
from cireg.site.page import Heading, Page
from cireg.site.views.blocks import Entry, Field, Group, comma, fields
from cireg.site.views.committed import Committed, committed
from cireg.site.views.drafts import FindingLine, finding_lines
from cireg.site.views.forge import FileAtForge, file_at_forge
from cireg.site.views.links import Links, page_url
from cireg.site.views.money import MoneyView
from cireg.site.views.money import section as money
from cireg.site.views.points import Segment, in_words, segments
from cireg.site.views.progress import NextGate, how_far, next_gate, progress
from cireg.site.views.relations import Programme, programme, records, relations
from cireg.site.views.shown import Shown
from cireg.site.views.steps import Step, steps
from cireg.site.views.subject import Subject
from cireg.site.views.trail import Part, parts
from cireg.site.views.words import sentence

_NEXT = Markup("\x01")  # between two lines; no text of a register holds it
_BLOCK_END = re.compile(r"</(?:p|li|h[1-6]|tr|dd|pre|blockquote)>")
_DESCRIPTION = 160  # characters that a search engine shows


@dataclass(frozen=True, slots=True)
class ScoreCard:
    """The score at a glance; `missing` says instead what it lacks."""

    score: str
    light: str
    rank: str
    quadrant: str
    segments: tuple[Segment, ...]
    parts: str
    missing: str


@dataclass(frozen=True, slots=True)
class Waiver:
    """A rule that the file asks to be passed over, where the rule is explained, why, and until when."""

    rule: str
    address: str
    reason: str
    until: str


@dataclass(frozen=True, slots=True)
class ImprovementView:
    """Everything on the page of an improvement. What it does not have is empty."""

    id: str
    status: str
    note: tuple[Entry, ...]
    as_of: str
    facts: tuple[Field, ...]
    scored: bool
    card: ScoreCard
    how_far: str
    progress: str
    next: NextGate | None
    findings: tuple[FindingLine, ...]
    programme: Programme | None
    opportunity: str
    cause: str
    steps: tuple[Step, ...]
    money: MoneyView | None
    linked: bool
    relations: tuple[Group, ...]
    records: tuple[Field, ...]
    waivers: tuple[Waiver, ...]
    custom: tuple[Field, ...]
    history: tuple[Entry, ...]
    committed: Committed
    trail: tuple[Part, ...]
    path: str
    forge: FileAtForge | None
    imported: str


def page(item: Improvement, shown: Shown, links: Links) -> Page:
    """The page of one improvement; `links` are those of the pages of improvements."""
    subject = Subject(item, shown, links, shown.standings[item.id])
    made = view(subject)
    return Page(
        kind="improvement",
        url=page_url("improvement", item.id),
        title=shown.say("improvement.title", id=item.id, title=item.title),
        description=_description(subject, made),
        body=shown.site.templates.render("improvement.html.j2", page=made),
        headings=_headings(shown, made),
        search=_search(subject, made),
    )


def view(subject: Subject) -> ImprovementView:
    """What the page shows."""
    item, shown = subject.item, subject.shown
    path = shown.site.folder + item.path
    groups, others = relations(subject), records(subject)
    card = _card(subject)
    return ImprovementView(
        id=item.id,
        status=shown.status(item),
        note=_note(subject),
        as_of=shown.words.day(shown.as_of).text,
        facts=_facts(subject),
        scored=bool(card.score or card.missing),
        card=card,
        how_far=how_far(item, shown),
        progress=shown.fragments.progress(progress(item, shown)),
        next=next_gate(item, shown, subject.links.root),
        findings=_findings(subject),
        programme=programme(subject),
        opportunity=subject.prose("opportunity"),
        cause=subject.prose("cause"),
        steps=steps(subject),
        money=money(subject),
        linked=bool(groups or others),
        relations=groups,
        records=others,
        waivers=_waivers(subject),
        custom=_custom(subject),
        history=_history(subject),
        committed=committed(subject),
        trail=parts(subject),
        path=path,
        forge=file_at_forge(shown.config, path),
        imported=_imported(subject),
    )


def _facts(subject: Subject) -> tuple[Field, ...]:
    """What one wants to know first, in a fixed order."""
    item, links, say = subject.item, subject.links, subject.say
    source = subject.label("source", "source")
    reference = item.text("source_ref")
    proposer = subject.someone(item.proposer)
    raised = subject.words.day(item.raised).text if item.raised else ""
    return fields(
        Field(say("fact.owner"), subject.person("owner")),
        Field(say("fact.sponsor"), subject.person("sponsor")),
        Field(say("fact.team"), comma(links.team(item.texts("team")))),
        Field(say("fact.goal"), comma(links.goal(item.get("vision", "goal")))),
        Field(say("fact.practices"), comma(links.practices(item.texts("practices")))),
        Field(say("fact.services"), comma(links.services(item.texts("services")))),
        Field(say("fact.due"), subject.day_text("target", "due")),
        Field(say("fact.kind"), subject.label("kind", "kind")),
        Field(say("fact.track"), subject.label("track", "track")),
        Field(say("fact.change_type"), subject.labels("change_type", item.texts("change_type"))),
        Field(say("fact.source"), comma([source, links.record(reference)]) if source and reference else source),
        Field(say("fact.on_behalf_of"), item.text("on_behalf_of") if subject.shown.people else ""),
        Field(say("fact.proposer"), proposer),
        Field(say("fact.raised"), raised),
        Field(say("fact.tags"), comma(links.tags(item.texts("tags")))),
    )


def _card(subject: Subject) -> ScoreCard:
    standing, shown, say = subject.standing, subject.shown, subject.say
    listed = len(shown.ranking.rows)
    rank = ""
    if standing.rank is not None:
        rank = say("score.shared_rank" if standing.tied else "score.rank", rank=standing.rank, listed=listed)
    missing = ""
    if standing.score is None and lifecycle.is_open(subject.item.status):
        names = ", ".join(shown.criterion(name) for name in standing.missing)
        missing = say("score.missing", names=names) if names else say("score.none")
    return ScoreCard(
        score="" if standing.score is None else number(standing.score),
        light=shown.fragments.light(standing.light),
        rank=rank,
        quadrant=shown.words.label("quadrant", standing.quadrant) if standing.quadrant else "",
        segments=segments(standing),
        parts=in_words(standing, shown),
        missing=missing,
    )


def _note(subject: Subject) -> tuple[Entry, ...]:
    """Why it was parked, rejected or withdrawn, where it was."""
    item = subject.item
    if item.status in lifecycle.line() or not item.history:
        return ()
    return (_entry(subject, len(item.history) - 1),)


def _history(subject: Subject) -> tuple[Entry, ...]:
    """Every move, the newest first."""
    return tuple(_entry(subject, n) for n in reversed(range(len(subject.item.history))))


def _entry(subject: Subject, n: int) -> Entry:
    entry = subject.item.history[n]
    what = subject.words.label("status", entry.status)
    if entry.until:
        what = subject.say("history.until", status=what, day=subject.words.day(entry.until).text)
    note = subject.links.prose(entry.note or "")
    return Entry(subject.words.day(entry.on), what, subject.someone(entry.by), note)


def _findings(subject: Subject) -> tuple[FindingLine, ...]:
    shown = subject.shown
    if not shown.site.draft:
        return ()
    found = shown.findings_by_path.get(subject.item.path, ())
    return finding_lines(found, shown, subject.links.root, with_path=False)


def _waivers(subject: Subject) -> tuple[Waiver, ...]:
    return tuple(
        Waiver(
            entry["rule"],
            subject.links.rule(entry["rule"]),
            sentence(entry.get("reason", "")) or subject.say("waivers.no_reason"),
            subject.day_text("waivers", n, "until"),
        )
        for n, entry in subject.item.entries("waivers")
        if "rule" in entry
    )


def _custom(subject: Subject) -> tuple[Field, ...]:
    """The organisation's own fields; what is not one value is shown as it is kept."""
    custom: dict[str, Any] = subject.item.get("custom") or {}
    return fields(*(Field(str(name), _plain(value)) for name, value in custom.items()))


def _plain(value: Any) -> str:
    if isinstance(value, list) and not any(isinstance(each, list | dict) for each in value):
        return ", ".join(_plain(each) for each in value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _imported(subject: Subject) -> str:
    item = subject.item
    source, row, day = item.text("imported", "from"), item.get("imported", "row"), item.date("imported", "on")
    if not source or day is None:
        return ""
    on = subject.words.day(day).text
    if row is None:
        return subject.say("record.imported", source=source, day=on)
    return subject.say("record.imported_row", source=source, row=row, day=on)


def _description(subject: Subject, made: ImprovementView) -> str:
    about = text_of(made.opportunity)
    if len(about) > _DESCRIPTION:
        about = about[:_DESCRIPTION].rsplit(" ", 1)[0] + "…"
    return subject.say("improvement.description", status=subject.label("status", "status"), about=about).strip()


def _headings(shown: Shown, made: ImprovementView) -> tuple[Heading, ...]:
    """The headings that the template prints, in its order."""
    say = shown.say
    present = [("parts", made.programme), ("opportunity", made.opportunity)]
    before = [Heading(id_, say(f"improvement.{id_}")) for id_, content in present if content]
    middle = [Heading(step.id, say("step.heading", number=step.number, title=step.title)) for step in made.steps]
    rest = [
        ("money", made.money),
        ("links", made.linked),
        ("waivers", made.waivers),
        ("custom", made.custom),
        ("goalposts", made.committed.moved),
        ("history", made.history),
        ("trail", made.trail),
        ("record", True),
    ]
    after = [Heading(id_, say(f"improvement.{id_}")) for id_, content in rest if content]
    first = [Heading("findings", say("findings.title"))] if made.findings else []
    if made.next:
        first.append(Heading("next", made.next.title))
    return (*first, *before, *middle, *after)


def _search(subject: Subject, made: ImprovementView) -> str:
    """The words of the page that one may look for: a line for each field, of a longer text for each paragraph.

    Its title, with the id, is indexed as the title.
    """
    written = [subject.label("status", "status"), made.opportunity, made.cause]
    written += [field.content for step in made.steps for field in step.said]
    named = (*(field for step in made.steps for field in step.fields), *made.facts)
    written += [Markup(f"{escape(field.label)}: {escape(field.content)}") for field in named]  # noqa: S704  # escaped
    text = text_of(_BLOCK_END.sub(_NEXT, _NEXT.join(written)))
    return "\n".join(dict.fromkeys(line for each in text.split(_NEXT) if (line := each.strip())))
