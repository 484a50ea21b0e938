"""Whether every link of the built site leads somewhere: to a page or file that is there, and an id on it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from posixpath import normpath
from urllib.parse import unquote

from cireg.errors import CiregError

_LISTED = 10
_SILENT = re.compile(r"<!--.*?-->|(<(script|style)\b[^>]*>).*?</\2\s*>", re.DOTALL | re.IGNORECASE)
_ATTRIBUTE = re.compile(r"\s(href|src|id|name)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.IGNORECASE)
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
# The same for HTML as our templates make it, found eight times as fast: small letters, double quotes, no comments.
_OUR_LINK = re.compile(r"<(?:a|use|img|link|script|source)\s(?:[^<>]*?\s)?(?:href|src)=\"([^\"]*)\"")
_OUR_ID = re.compile(r" id=\"([^\"]*)\"")
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Scan:
    """What a piece of HTML links to, as written, and the ids that it has."""

    links: frozenset[str]
    ids: frozenset[str]


@dataclass(frozen=True, slots=True, order=True)
class Broken:
    """A link on the page at `page` that leads nowhere."""

    page: str
    link: str
    why: str


class BrokenLinks(CiregError):
    """Some links of the site lead nowhere."""

    def __init__(self, broken: Sequence[Broken]) -> None:
        lines = [f"{each.page or 'the first page'}: {each.link} ({each.why})" for each in broken[:_LISTED]]
        lines += [f"and {len(broken) - _LISTED} more"] if len(broken) > _LISTED else []
        super().__init__("\n  ".join(["links of the site lead nowhere:", *lines]))


def scan(html: str) -> Scan:
    """The links and ids of finished HTML; what stands in scripts, styles and comments is nothing of these."""
    html = _SILENT.sub(r"\1", html)
    links: set[str] = set()
    ids: set[str] = set()
    for found in _ATTRIBUTE.finditer(html):
        end = found.start()
        start = html.rfind("<", 0, end)
        if start >= 0 and (html.find(">", start, end) < 0 or ">" not in _QUOTED.sub("", html[start:end])):
            (links if found[1].lower() in ("href", "src") else ids).add(found[found.lastindex or 1])
    return Scan(frozenset(links), frozenset(ids))


def scan_body(html: str) -> Scan:
    """The same for a body as our templates make it; a text that looks like an id counts as one."""
    if "='" in html or "<!--" in html or "<style" in html:
        return scan(html)
    return Scan(frozenset(_OUR_LINK.findall(html)), frozenset(_OUR_ID.findall(html)))


class Links:
    """Gathers what pages link to, and then says what is broken."""

    def __init__(self, base: str = "/") -> None:
        """`base` is the path of the site on its host: absolute links below it are links of the site."""
        self._base = base
        self._ids: dict[str, tuple[frozenset[str], frozenset[str]]] = {}
        self._links: list[tuple[str, frozenset[str]]] = []
        self._frames: set[Scan] = set()

    def add(self, page: str, piece: Scan, frame: Scan | None = None) -> None:
        """What a page links to, and its ids; `page` is its url, or its file's name where that has no url.

        `frame` is what surrounds the piece. A frame's links lead to the same places from all its pages, which
        stand equally deep: they are looked at once.
        """
        self._ids[_file(page)] = (piece.ids, frame.ids if frame else frozenset())
        self._links.append((page, piece.links))
        if frame and frame not in self._frames:
            self._frames.add(frame)
            self._links.append((page, frame.links))

    def broken(self, files: Collection[str]) -> list[Broken]:
        """Every link that leads nowhere, sorted; `files` is what the site consists of, from its root."""
        return sorted(self._broken(files))

    def _broken(self, files: Collection[str]) -> Iterator[Broken]:
        for page, links in self._links:
            folder = page.rpartition("/")[0]
            for link in links:
                path, _, anchor = (unescape(link) if "&" in link else link).partition("#")
                target = self._target(folder, path) if path else _file(page)
                if target is None:
                    continue
                if target not in files:
                    yield Broken(page, link, "there is no such page or file")
                elif anchor and target in self._ids and not self._has(target, unquote(anchor)):
                    yield Broken(page, link, "that page has no such place")

    def _target(self, folder: str, link: str) -> str | None:
        """The file that a link without an anchor leads to; None outside the site."""
        if _ELSEWHERE.match(link):
            return None
        path = unquote(link.partition("?")[0])
        if path.startswith("/"):
            if not path.startswith(self._base):
                return None
            path, folder = path.removeprefix(self._base), ""
        target = normpath(f"{folder}/{path}" if folder else path or ".")
        is_folder = path.endswith(("/", "/.", "/..")) or path in ("", ".", "..")
        return _file("" if target == "." else target + "/" * is_folder)

    def _has(self, target: str, anchor: str) -> bool:
        return anchor == "top" or any(anchor in ids for ids in self._ids[target])


def _file(url: str) -> str:
    """The file behind a url."""
    return url + "index.html" if url.endswith("/") or not url else url
