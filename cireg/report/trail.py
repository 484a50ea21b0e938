"""The trail of an improvement for a terminal of 80 columns, and as data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, tzinfo
from typing import Any

from cireg.git import Commit
from cireg.history import NoHistory
from cireg.model import Config, Improvement
from cireg.people import person_with
from cireg.report.text import Style
from cireg.schema import dotted
from cireg.text import safe_text, wrap
from cireg.trail.audit import CLAUSES, TITLES, Section, Told

_COLUMNS = 80
_SHORT = 10  # digits of a commit's id


def data(
    item: Improvement, sections: Sequence[Section], config: Config, unknown: NoHistory | None, zone: tzinfo = UTC
) -> dict[str, Any]:
    """The whole trail; `unknown` says why git could tell nothing."""
    return {
        "id": item.id,
        "title": item.title,
        "status": item.status,
        "path": item.path,
        "git": {"reason": unknown.reason, "hint": unknown.hint} if unknown else None,
        "sections": [
            {
                "name": section.name,
                "title": TITLES[section.name],
                "clause": f"ISO/IEC 20000-1:2018, {CLAUSES[section.name]}",
                "missing": list(section.missing),
                "facts": [
                    {
                        "text": told.fact.words,
                        "field": dotted(told.fact.route) or None,
                        "on": told.fact.on,
                        "by": told.fact.by,
                        "commit": _commit(told.brought.written, config, zone),
                        "merged_by": _commit(told.brought.merged, config, zone),
                        "proof": told.proof or None,
                    }
                    for told in section.facts
                ],
            }
            for section in sections
        ],
    }


def _commit(commit: Commit | None, config: Config, zone: tzinfo) -> dict[str, Any] | None:
    if commit is None:
        return None
    person = person_with(config, commit.email)
    return {"id": commit.id, "day": commit.day(zone), "author": commit.author, "person": person}


def text(
    item: Improvement, sections: Sequence[Section], unknown: NoHistory | None, style: Style, zone: tzinfo = UTC
) -> Iterator[str]:
    """Each part of the trail under its title, each fact with what git shows of it, and the commits at the end."""
    yield from (style(line, "heading") for line in wrap(safe_text(f"{item.id} {item.title}"), _COLUMNS))
    for section in sections:
        yield ""
        yield f"{style(TITLES[section.name], 'heading')}  {style(CLAUSES[section.name], 'dim')}"
        for told in section.facts:
            yield from _item(f"- {_line(told)}")
        for each in section.missing:
            yield from _item(f"! missing: {each}")
    yield ""
    if unknown:
        yield from wrap(safe_text(f"Git shows nothing: {unknown.reason}. To have it: {unknown.hint}."), _COLUMNS)
        return
    yield style("Commits", "heading")
    facts = [told for section in sections for told in section.facts]
    shown = {commit.id: commit for told in facts for commit in _commits(told)}
    for commit in sorted(shown.values(), key=lambda each: (each.when.rjust(20), each.id)):
        yield from _item(f"{commit.id[:_SHORT]}  {commit.day(zone)} {commit.author}: {commit.subject}")
    yield from wrap(
        "A commit has the name and the address that git was given. What it shows is worth as much as what guards the "
        "branch: reviews that are asked for, and signed commits.", _COLUMNS,
    )  # fmt: skip


def _item(line: str) -> Iterator[str]:
    first, *more = wrap(safe_text(line), _COLUMNS - 4) or [""]
    yield f"  {first}"
    yield from (f"    {each}" for each in more)


def _line(told: Told) -> str:
    fact = told.fact
    day = f"{fact.on} " if fact.on else ""
    who = f" ({fact.by})" if fact.by else ""
    shown = _shown(told)
    return f"{day}{fact.words}{who}" + (f" [{shown}]" if shown else "")


def _commits(told: Told) -> list[Commit]:
    """The commit that is named for a fact, none where git has none."""
    commit = told.shown_by or told.brought.written or told.brought.merged
    return [commit] if commit else []


def _shown(told: Told) -> str:
    """What git shows of a fact: who committed or merged it, or only by which commit it came."""
    came = [commit.id[:_SHORT] for commit in _commits(told)]
    if told.proof in {"committed", "merged"}:
        return f"{told.proof} by {told.fact.by}, {came[0]}"
    if told.proof == "stated":
        came.insert(0, "stated, not proven")
    return ", ".join(came)
