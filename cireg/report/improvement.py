"""One improvement for a person at a terminal: the seven steps of the model, and what the next gate still lacks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from cireg import gates, lifecycle
from cireg.figures import tenths
from cireg.model import Entry, Improvement, Register
from cireg.report.text import Style
from cireg.schema import Field, fields
from cireg.text import safe_text, width, wrap

_HEAD = frozenset({"id", "title", "status", "track"})  # in the first lines
_LAST = frozenset({"links", "publish", "waivers", "imported", "custom"})  # after the seven steps
_LABEL = 18  # columns of a label
_INDENT = "  "
_OWN_LINE = re.compile(r" {4}|\s*($|[-*+>|#]|[0-9]+[.)] )")  # blank, code, or a block of Markdown of its own


def improvement(
    item: Improvement, register: Register, score: float | None, style: Style, columns: int
) -> Iterator[str]:
    """The lines that show an improvement whole; contributed text in them is safe."""
    sheet = _Sheet(columns, style)
    yield from sheet.head(item, score)
    yield from sheet.fields(
        item.data, (each for each in _top() if each.step is None and each.name not in _HEAD | _LAST)
    )
    now = _steps_now(item)
    for number, title in lifecycle.step_titles().items():
        yield ""
        yield style(f"{number} {title}", "heading") + (style("  (now)", "now") if number in now else "")
        lines = list(sheet.step(item.data, number))
        yield from lines or [style(f"{_INDENT}nothing yet", "dim")]
    yield from sheet.related(item, register)
    yield from sheet.more(item.data)
    yield ""
    yield style(_title("history"), "heading")
    for entry in item.history:
        yield from sheet.wrapped(_move(entry), _INDENT)
    yield from sheet.ahead(item, register)


class _Sheet:
    """What is printed onto: so many columns, in a style."""

    def __init__(self, columns: int, style: Style) -> None:
        self.columns = columns
        self.style = style

    def head(self, item: Improvement, score: float | None) -> Iterator[str]:
        indent = " " * (width(item.id) + 2)
        title = list(self.wrapped(safe_text(item.title), indent))
        yield self.style(f"{item.id}  {title[0].strip() if title else ''}", "heading")
        yield from (self.style(line, "heading") for line in title[1:])
        since = item.in_status_since
        known = [f"{item.status} since {since}" if since else item.status]
        if item.light:
            known.append("light track")
        if score is not None:
            known.append(f"score {tenths(score)}")
        yield indent + ", ".join(known)
        yield indent + self.style(safe_text(item.path), "dim")
        yield ""

    def step(self, data: dict[str, Any], number: int) -> Iterator[str]:
        """The fields of a step of the model that are filled."""
        for top in _top():
            value = data.get(top.name)
            if top.step != number or value is None:
                continue
            if isinstance(value, dict):
                yield from self.fields(value, _parts(top))
            else:
                yield from self.field(top, value)

    def fields(self, data: dict[str, Any], asked: Iterable[Field]) -> Iterator[str]:
        """The filled ones of the fields asked for, each with its title."""
        for field in asked:
            value = data.get(field.route[-1])
            if value is not None:
                yield from self.field(field, value)

    def field(self, field: Field, value: Any) -> Iterator[str]:
        """One field: short values beside its title, entries and paragraphs below it."""
        label = self.style(field.title, "label")
        if isinstance(value, list) and any(isinstance(each, dict) for each in value):
            yield f"{_INDENT}{label}"
            for each in value:
                text = _dated(each) if "note" in each else _entry(each)
                yield from self.wrapped(text, _INDENT * 2 + "- ", _INDENT * 3)
            return
        paragraphs = list(_paragraphs(_flat(value)))
        room = self.columns - len(_INDENT) - _LABEL
        if len(paragraphs) == 1:
            beside = _INDENT + label + " " * max(1, _LABEL - width(field.title))
            for place, line in enumerate(wrap(paragraphs[0], room)):
                yield (" " * (len(_INDENT) + _LABEL) if place else beside) + line
        elif paragraphs:
            yield f"{_INDENT}{label}"
            for paragraph in paragraphs:
                yield from self.wrapped(paragraph, _INDENT * 2) if paragraph else ("",)

    def related(self, item: Improvement, register: Register) -> Iterator[str]:
        """What the improvement is linked to, and what is linked to it."""
        named = {field.route[-1]: field for field in _parts(_field("links"))}
        groups: list[tuple[str, list[str]]] = []
        for name, field in named.items():
            value = item.get("links", name)
            ids = [value] if isinstance(value, str) else item.texts("links", name)
            groups.append((field.title, [_named(each, register) for each in ids]))
        for title, found in (
            ("Its parts", register.parts), ("Followed by", register.followers), ("Duplicates", register.duplicates),
        ):  # fmt: skip
            groups.append((title, [_named(each.id, register) for each in found.get(item.id, ())]))
        if any(lines for _, lines in groups):
            yield ""
            yield self.style(_title("links"), "heading")
        for title, lines in groups:
            for place, line in enumerate(lines):
                label = self.style(title, "label") + " " * max(1, _LABEL - len(title)) if not place else " " * _LABEL
                first, *rest = wrap(line, self.columns - len(_INDENT) - _LABEL)
                yield _INDENT + label + first
                yield from (" " * (len(_INDENT) + _LABEL) + each for each in rest)

    def more(self, data: dict[str, Any]) -> Iterator[str]:
        """What is said about the file itself."""
        lines = [line for name in sorted(_LAST - {"links"}) for line in self.fields(data, [_field(name)])]
        if lines:
            yield ""
            yield from lines

    def ahead(self, item: Improvement, register: Register) -> Iterator[str]:
        """What is missing for its status, and for the next."""
        behind = gates.lacking_by_now(item, register)
        if behind:
            yield ""
            yield self.style(f"Missing for {item.status}:", "warning")
            yield from self._lacks(behind)
        status = lifecycle.next_status(item)
        if status is None:
            return
        lacks = gates.lacking(item, register, status)
        yield ""
        if not lacks:
            yield self.style(f"Ready for {status}: it has all that is asked for.", "heading")
            return
        yield self.style(f"Still needed for {status}:", "heading")
        yield from self._lacks(lacks)

    def _lacks(self, lacks: list[gates.Lack]) -> Iterator[str]:
        for lack in lacks:
            yield from self.wrapped(safe_text(f"{lack.title}: {lack.help}"), _INDENT + "- ", _INDENT * 2)

    def wrapped(self, text: str, first: str, rest: str | None = None) -> Iterator[str]:
        """The text in lines that fit, the first and the others with something in front."""
        rest = first if rest is None else rest
        for place, line in enumerate(wrap(text, self.columns - width(rest))):
            yield (rest if place else first) + line


def _top() -> tuple[Field, ...]:
    return tuple(each for each in fields("improvement") if len(each.route) == 1 and each.name != "history")


def _field(name: str) -> Field:
    return next(each for each in fields("improvement") if each.name == name)


def _title(name: str) -> str:
    return _field(name).title


def _parts(top: Field) -> tuple[Field, ...]:
    return tuple(each for each in fields("improvement") if each.route[:-1] == top.route)


def _steps_now(item: Improvement) -> tuple[int, ...]:
    """The steps of the model that the improvement stands at, none when it has ended."""
    here = lifecycle.reached(item)
    return lifecycle.statuses()[here].steps if here and lifecycle.is_open(item.status) else ()


def _named(identity: str, register: Register) -> str:
    """An improvement by id, title and status; anything else as it is."""
    item = register.improvements.get(identity)
    return safe_text(f"{item.id} {item.title} ({item.status})" if item else identity)


def _move(entry: Entry) -> str:
    until = f" until {entry.until}" if entry.until else ""
    by = f" by {entry.by}" if entry.by else ""
    note = f": {entry.note.strip()}" if entry.note else ""
    return safe_text(f"{entry.on} {entry.status}{until}{by}{note}", newlines=True)


def _dated(entry: dict[str, Any]) -> str:
    """An entry with a note: the day and the person, then what was said."""
    others = " ".join(_flat(value) for name, value in entry.items() if name != "note")
    return f"{others}: {_flat(entry['note']).strip()}"


def _entry(entry: Any) -> str:
    """An entry of a list in a line: what it is about, then the rest in brackets."""
    if not isinstance(entry, dict):
        return _flat(entry)
    (_, about), *rest = entry.items()
    more = ", ".join(f"{safe_text(name.replace('_', ' '))} {_flat(value)}" for name, value in rest)
    return _flat(about) + (f" ({more})" if more else "")


def _paragraphs(text: str) -> Iterator[str]:
    """The text with the lines of a paragraph joined, as Markdown means them; lists, tables and code keep theirs."""
    paragraph = ""
    fenced = False
    for line in text.strip().split("\n"):
        fence = line.lstrip().startswith(("```", "~~~"))
        if paragraph and (fenced or fence or _OWN_LINE.match(line)):
            yield paragraph
            paragraph = ""
        if not line.strip():
            yield ""
        else:
            paragraph = f"{paragraph} {line.strip()}".strip()
        fenced ^= fence
    if paragraph:
        yield paragraph


def _flat(value: Any) -> str:
    """Any value of a file as safe text; only texts keep their lines."""
    if isinstance(value, str):
        return safe_text(value, newlines=True)
    if isinstance(value, dict):
        return " ".join(f"{safe_text(str(name).replace('_', ' '))} {_flat(each)}" for name, each in value.items())
    if isinstance(value, list):
        return ", ".join(_flat(each) for each in value)
    if isinstance(value, bool) or value is None:
        return {True: "yes", False: "no", None: "none"}[value]
    return str(value)
