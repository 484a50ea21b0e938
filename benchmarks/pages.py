"""What a built site says, as the Markdown pages that a person would otherwise write and mkdocs-material build."""

from __future__ import annotations

import posixpath
import re
from html.parser import HTMLParser
from pathlib import Path

_SETTINGS = (
    "site_name: Register\ntheme: {name: material, font: false}\nplugins: [search]\nuse_directory_urls: true\n"
    "nav: [index.md]\nnot_in_nav: '*/'\nmarkdown_extensions: [tables]\nvalidation: {links: {anchors: ignore}}\n"
)
_SKIPPED = frozenset(("svg", "script", "style", "form", "button", "select", "template"))
_BLOCKS = frozenset(("p", "dt", "dd", "li", "summary", "figcaption", "caption", "h1", "h2", "h3", "h4", "pre"))
_SPECIAL = re.compile(r"([\\`*_\[\]<>|#])")


def as_markdown(site: Path, folder: Path) -> Path:
    """The words, links, lists and tables of every page of a built `site`, in `folder` as a site by MkDocs alone.

    Every page, since ours builds them all. Pictures are left out; the first page is a heading.
    """
    docs = folder / "docs"
    names = {path.relative_to(site).with_suffix(".md").as_posix() for path in site.glob("*/**/index.html")}
    for name in sorted(names):
        html = (site / name).with_suffix(".html").read_text(encoding="utf-8")
        page = _Page(posixpath.dirname(name), names)
        page.feed(html[html.index("<article") : html.index("</article>")])
        (docs / name).parent.mkdir(parents=True, exist_ok=True)
        (docs / name).write_text("\n\n".join(page.blocks()) + "\n", encoding="utf-8")
    (docs / "index.md").write_text("# Register\n", encoding="utf-8")
    (folder / "mkdocs.yml").write_text(_SETTINGS, encoding="utf-8")
    return folder


class _Page(HTMLParser):
    """The blocks of one page's article, in order."""

    def __init__(self, folder: str, names: set[str]) -> None:
        super().__init__()
        self._folder, self._names = folder, names
        self._blocks: list[str] = []
        self._text: list[str] = []
        self._rows: list[list[str]] | None = None
        self._link = ""
        self._skipped = 0

    def blocks(self) -> list[str]:
        self._end("p")
        return self._blocks

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SKIPPED:
            self._skipped += 1
        elif self._skipped:
            return
        elif tag == "a":
            self._link = self._target(dict(attrs).get("href") or "")
            self._text.append("[" if self._link else "")
        elif tag == "table":
            self._rows = []
        elif tag == "tr" and self._rows is not None:
            self._rows.append([])
        elif tag in _BLOCKS and self._rows is None:
            self._end("p")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SKIPPED:
            self._skipped -= 1
        elif self._skipped:
            return
        elif tag == "a" and self._link:
            self._text.append(f"]({self._link})")
            self._link = ""
        elif tag in ("td", "th") and self._rows:
            self._rows[-1].append(self._said())
        elif tag == "table" and self._rows is not None:
            self._blocks.append(_table(self._rows))
            self._rows = None
        elif tag in _BLOCKS and self._rows is None:
            self._end(tag)

    def handle_data(self, data: str) -> None:
        if not self._skipped:
            self._text.append(_SPECIAL.sub(r"\\\1", data))

    def _said(self) -> str:
        said = " ".join("".join(self._text).split())
        self._text.clear()
        return said

    def _end(self, tag: str) -> None:
        said = self._said()
        if not said:
            return
        if tag.startswith("h"):
            said = "#" * int(tag[1]) + " " + said
        elif tag in ("li", "dd"):
            said = "- " + said
        elif tag == "dt":
            said = f"**{said}**"
        self._blocks.append(said)

    def _target(self, href: str) -> str:
        """Where a link leads from a Markdown page: another page's file, another site, or nowhere ("")."""
        if href.startswith(("http://", "https://", "mailto:")):
            return href
        path = href.partition("#")[0].partition("?")[0]
        name = posixpath.normpath(posixpath.join(self._folder, path, "index.md"))
        return posixpath.relpath(name, self._folder) if path and name in self._names else ""


def _table(rows: list[list[str]]) -> str:
    """A table with a row of headings, as the tables extension reads it."""
    head, *rest = [row for row in rows if row] or [[""]]
    lines = [head, ["---"] * len(head), *rest]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)
