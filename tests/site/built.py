"""Looks at the files of a built site as strictly as they can be looked at: every "<" has to begin a whole tag."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

from tests.running import Ran, program

ROOT = Path(__file__).resolve().parents[2]
TODAY = "2026-11-23"
SITE_URL = "https://register.example/it/"

_VALUE = r"\"[^\"<>]*\"|'[^'<>]*'|[^\s\"'=<>`]+"
_TAG = re.compile(rf"<(?:/[a-zA-Z][a-zA-Z0-9]*\s*|[a-zA-Z][a-zA-Z0-9]*(?:\s+[^\s\"'<>/=]+(?:={_VALUE})?)*\s*/?)>")
_RAW = re.compile(r"(<(script|style)\b[^<>]*>)(.*?)</\2>", re.DOTALL)
_NO_TAG = re.compile(r"<!doctype html>|<!--[^<>]*-->", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Tag:
    """A start tag, with its attributes as a browser reads them: no name twice, "" where there is no value."""

    name: str
    attributes: tuple[tuple[str, str], ...]

    def get(self, name: str) -> str | None:
        """The value of an attribute."""
        return dict(self.attributes).get(name)

    def classes(self) -> list[str]:
        """The classes of the element."""
        return (self.get("class") or "").split()


@dataclass(frozen=True, slots=True)
class Page:
    """A built page: its start tags in order, the content of its scripts and styles, and what is no whole tag."""

    tags: tuple[Tag, ...]
    raw: tuple[tuple[Tag, str], ...]
    broken: tuple[str, ...]

    def ids(self) -> list[str]:
        """Every id, in order."""
        return [value for tag in self.tags for name, value in tag.attributes if name == "id"]


def build(register: Path, site: Path, *options: str, **environment: str) -> Ran:
    """Build a site with the command line as a user would, in a process of its own; it has to succeed."""
    said = program(register, "build", "--site-dir", str(site), "--today", TODAY, *options, **environment)
    assert 0 == said.code, said.err
    return said


def files(site: Path) -> dict[str, bytes]:
    """Every file of a site, by its path with "/"."""
    return {path: (site / path).read_bytes() for path in paths(site)}


def paths(site: Path) -> list[str]:
    """The path of every file of a site, sorted."""
    return sorted(
        os.path.relpath(os.path.join(folder, name), site).replace(os.sep, "/")
        for folder, _, names in os.walk(site)
        for name in names
    )


@cache
def pages(site: Path) -> dict[str, Page]:
    """Every page of a site, by the path of its file."""
    return {path: read(site / path) for path in paths(site) if path.endswith(".html")}


def read(path: Path) -> Page:
    """One built page."""
    return parse(path.read_text(encoding="utf-8"))


def parse(html: str) -> Page:
    """A page from its text."""
    raw = tuple((_tag(match[1]), match[3]) for match in _RAW.finditer(html))
    html = _NO_TAG.sub("", _RAW.sub(r"\1", html))
    tags = tuple(_tag(each) for each in _TAG.findall(html) if each[1] != "/")
    broken = tuple(html[at : at + 80] for at in _positions("<", _TAG.sub(lambda tag: "\0" * len(tag[0]), html)))
    return Page(tags, raw, broken)


def text_of(site: Path, path: str) -> str:
    """The text of a page as one reads it."""
    html = _RAW.sub("", (site / path).read_text(encoding="utf-8"))
    return " ".join(unescape(_TAG.sub(" ", _NO_TAG.sub("", html))).split())


def _positions(needle: str, text: str) -> Iterator[int]:
    at = text.find(needle)
    while at >= 0:
        yield at
        at = text.find(needle, at + 1)


class _OneTag(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Tag] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        first: dict[str, str] = {}
        for name, value in attrs:
            first.setdefault(name, value or "")
        self.found.append(Tag(sys.intern(tag), tuple(first.items())))


@cache
def _tag(text: str) -> Tag:
    parser = _OneTag()
    parser.feed(text)
    parser.close()
    (found,) = parser.found
    return found
