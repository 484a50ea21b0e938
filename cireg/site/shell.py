"""The frame of a page: what MkDocs and its theme made of an empty one, cut into slots and filled for each page.

The empty page holds a mark where each part of a real one goes. Marks are looked for in finished HTML alone, and
each must stand where escaped text is harmless: so nothing that a theme does can undo the escaping.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from cireg.errors import CiregError
from cireg.site.page import Heading, Page

TITLE, DESCRIPTION, BODY = "CIREG0TITLE0", "CIREG0DESCRIPTION0", "CIREG0BODY0"
NAME = "cireg0name0"
"""The name of the empty page, where its kind has a name for each page: improvements/<name>/."""
ALONE, SECTION, PART = "CIREG0ALONE0", "CIREG0SECTION0", "CIREG0PART0"
"""The headings of the empty page: one without parts, and one with a part; TEXT or ID goes behind."""
TEXT, ID = "TEXT", "ID"
TOP = "page-title"
"""The id of every page's h1."""

EMPTY_BODY = f'<h1 id="{TOP}">{TITLE}</h1>\n{BODY}'

_ENTRIES = "CIREG0ENTRIES0"  # stands for a list of headings that has been cut out
_MARK = re.compile(f"(CIREG0[A-Z]+0(?:{TEXT}|{ID})?|{NAME})")
_RAW = re.compile(r"<(script|style)\b.*?</\1\s*>|<!--.*?-->", re.DOTALL | re.IGNORECASE)
_LIST_ITEM = re.compile(r"<li\b|</li\s*>", re.IGNORECASE)
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_OPEN_VALUE = re.compile(r"\s([\w:.-]+)\s*=\s*[\"'][^\"'<>]*\Z")
_FOR_TEXT = re.compile(r"title|content|alt|value|label|placeholder|(?:aria|data)-[\w-]+")
_FOR_IDS = re.compile(r"href|id|for|content|(?:aria|data)-[\w-]+")


class UnfitFrame(CiregError):
    """The theme puts a part of a page where it cannot be filled in, or not safely."""

    def __init__(self, kind: str, why: str) -> None:
        super().__init__(f"the theme's page for '{kind}' cannot be filled: {why}", "choose another theme")


@dataclass(frozen=True, slots=True)
class _Entries:
    """How the theme lists headings: one without parts; what stands around the parts of another; a part."""

    alone: str
    start: str
    part: str
    end: str

    def fill(self, headings: tuple[Heading, ...]) -> str:
        """The entries of the list; where the theme lists no parts, they are left out."""
        sections: list[tuple[Heading, list[Heading]]] = []
        for heading in headings:
            if heading.level == 2 or not sections:
                sections.append((heading, []))
            elif self.part:
                sections[-1][1].append(heading)
        made = []
        for heading, parts in sections:
            if parts:
                made.append(_entry(self.start, SECTION, heading))
                made += [_entry(self.part, PART, part) for part in parts]
                made.append(_entry(self.end, SECTION, heading))
            else:
                made.append(_entry(self.alone, ALONE, heading))
        return "".join(made)


class Shell:
    """A frame for the pages of one kind: `html` is the empty page as the theme made it; raises `UnfitFrame`."""

    def __init__(self, kind: str, html: str) -> None:
        self.kind = kind
        _prove(kind, html)
        self._entries: list[_Entries] = []
        self._parts = _MARK.split("".join(self._without_entries(html)))

    def fill(self, page: Page) -> str:
        """The whole page; of its own text only the body is not escaped."""
        headings = page.headings or (Heading(TOP, page.title),)
        entries = iter(self._entries)
        slots = {
            TITLE: escape(page.title),
            DESCRIPTION: escape(page.description),
            BODY: page.body,
            NAME: escape(page.url.rstrip("/").rpartition("/")[2]),
        }
        return "".join(
            part if n % 2 == 0 else next(entries).fill(headings) if part == _ENTRIES else slots[part]
            for n, part in enumerate(self._parts)
        )

    @property
    def frame(self) -> str:
        """The page without anything of its own: what all pages of the kind have in common."""
        return "".join(self._parts[::2])

    def _without_entries(self, html: str) -> Iterator[str]:
        """The page with a mark in the place of each list of headings; how they are listed is kept."""
        items = _list_items(html)
        position = 0
        for match in re.finditer(f"#{ALONE}{ID}", html):
            if match.start() < position:
                continue
            alone = _around(items, match.start())
            section = _around(items, html.find(f"#{SECTION}{ID}", match.end()))
            if alone is None or section is None or section[0] < alone[1]:
                raise UnfitFrame(self.kind, "its table of contents is not a list")
            part = _around(items, html.find(f"#{PART}{ID}", section[0], section[1])) or (section[1], section[1])
            yield html[position : alone[0]]
            yield _ENTRIES
            position = section[1]
            cuts = html[slice(*alone)], html[section[0] : part[0]], html[slice(*part)], html[part[1] : position]
            self._entries.append(_Entries(*cuts))
        yield html[position:]


def _entry(listed: str, mark: str, heading: Heading) -> str:
    return listed.replace(mark + ID, escape(heading.id)).replace(mark + TEXT, escape(heading.text))


def _list_items(html: str) -> list[tuple[int, int]]:
    """Where each list item begins and ends, inner ones before outer ones."""
    items, open_items = [], []
    for tag in _LIST_ITEM.finditer(html):
        if tag.group()[1] != "/":
            open_items.append(tag.start())
        elif open_items:
            items.append((open_items.pop(), tag.end()))
    return items


def _around(items: list[tuple[int, int]], position: int) -> tuple[int, int] | None:
    """The innermost list item around a position."""
    return next((item for item in items if item[0] < position < item[1]), None)


def _prove(kind: str, html: str) -> None:
    """Raise `UnfitFrame` unless every mark stands where escaped text is nothing but text."""
    if html.count(BODY) != 1:
        raise UnfitFrame(kind, f"its content stands in it {html.count(BODY)} times")
    for raw in _RAW.finditer(html):
        if _MARK.search(raw.group()):
            raise UnfitFrame(kind, "a part of it stands in a script, a style or a comment")
    for mark in _MARK.finditer(html):
        start = max(html.rfind("<", 0, mark.start()), html.rfind(">", 0, mark.start()))
        if html[start] == ">":
            continue
        attribute = _OPEN_VALUE.search(_QUOTED.sub("", html[start : mark.start()]))
        known = _FOR_IDS if mark.group().endswith(ID) or mark.group() == NAME else _FOR_TEXT
        if mark.group() == BODY or attribute is None or not known.fullmatch(attribute.group(1).lower()):
            raise UnfitFrame(kind, "a part of it stands within a tag")
