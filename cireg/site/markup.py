"""Contributed Markdown as safe HTML, and as plain text: the one door to markdown-it and nh3.

markdown-it reads the text and lets none of its HTML through; nh3 then lets through only the tags below,
whatever the first has made. In between, headings become strong paragraphs, images become links, links that
lead to no safe place become text, and ids of improvements become links.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from html import unescape

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup, escape

Link = Callable[[str], "str | None"]

TAGS = {
    *("p", "br", "hr", "blockquote", "pre", "ul", "ol", "li", "a", "strong", "em", "s", "code"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}
ATTRIBUTES = {"a": {"href", "rel"}, "ol": {"start"}}
SCHEMES = {"https", "mailto"}
LIMIT = 20_000
"""Characters; a longer text is shown as it is written."""

_BRACKETS = 500  # each "[" that opens no link is tried against the rest of its paragraph
_CELLS = 5_000  # missing cells of a table are filled in, so that few bytes make many
_REL = "nofollow noopener noreferrer ugc"
_ID = re.compile(r"(?<![\w-])[A-Z]{2,5}-[0-9]{4,6}(?![\w-])")
_TAG = re.compile(r"<[^>]*>")
_INLINE_TAG = re.compile(r"</?(?:a|strong|em|s|code)\b[^>]*>")

# What Markdown or HTML could take for more than words: then both are asked. Most texts are words alone.
_MEANT = re.compile(r"[\\`*_\[\]<>&~|\x00-\x09\x0b-\x1f\x7f-\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]")
_MEANT_IN_LINE = re.compile(r"^(?:[ #+=-]|[0-9]+[.)](?:\s|$))| $", re.MULTILINE)
_BLANK_LINES = re.compile(r"\n\n+")

# Deeper than 20 levels a text is cut: with the 100 of the preset hostile ones take five times as long.
_MARKDOWN = MarkdownIt("js-default", {"maxNesting": 20})
_CLEANER = nh3.Cleaner(tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel=None)


def render(markdown: str, link: Link | None = None) -> Markup:
    """HTML of a contributed text, safe as it stands: no headings, ids, classes, styles or images.

    `link` gives the address for an improvement's id in the text, None for one that has no page.
    """
    if _is_costly(markdown):
        return _as_written(markdown)
    if not (_MEANT.search(markdown) or _MEANT_IN_LINE.search(markdown)):
        return _as_words(markdown, link)
    tokens = [*_changed(_MARKDOWN.parse(markdown), link)]
    return Markup(_CLEANER.clean(_MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {})))  # noqa: S704  # cleaned


def plain(markdown: str) -> str:
    """The words of a contributed text in one line, for search and descriptions."""
    return text_of(render(markdown))


def text_of(html: str) -> str:
    """The words of finished HTML in one line; "<" stands in it only where a tag begins."""
    if "<" in html:
        html = _TAG.sub(" ", _INLINE_TAG.sub("", html))
    return " ".join(unescape(html).split())


def _is_costly(markdown: str) -> bool:
    """Whether a text is made to cost more than its length is worth."""
    if len(markdown) > LIMIT or markdown.count("[") > _BRACKETS:
        return True
    if markdown.count("|") < 100:
        return False
    lines = markdown.splitlines()
    return len(lines) * max(line.count("|") for line in lines) > _CELLS


def _as_words(text: str, link: Link | None) -> Markup:
    """The paragraphs of a text in which nothing is meant for Markdown or HTML: as these would make them."""
    blocks = _BLANK_LINES.split(text.strip("\n"))
    html = "".join(f"<p>{block}</p>\n" for block in blocks if block)
    if link is not None:
        html = _ID.sub(lambda match: _as_link(match.group(), link), html)
    return Markup(html)  # noqa: S704  # it holds no character that HTML would take for more than text


def _as_link(id_: str, link: Link) -> str:
    href = link(id_)
    return id_ if href is None else f'<a href="{escape(href)}">{id_}</a>'


def _as_written(markdown: str) -> Markup:
    blocks = [block.strip() for block in markdown.split("\n\n")]
    return Markup("").join(
        Markup("<p>{}</p>\n").format(Markup("<br>\n").join(escape(line) for line in block.split("\n")))
        for block in blocks
        if block
    )


def _changed(tokens: Iterable[Token], link: Link | None) -> Iterator[Token]:
    """The tokens of a text as they are shown."""
    strong = False
    for token in tokens:
        if token.children:
            token.children = [*_shown(token.children, link)]
            if strong:
                opened, closed = Token("strong_open", "strong", 1), Token("strong_close", "strong", -1)
                token.children = [opened, *token.children, closed]
        if token.type in ("heading_open", "heading_close"):
            strong = token.nesting == 1
            token.type, token.tag = token.type.replace("heading", "paragraph"), "p"
        yield token


def _shown(tokens: Iterable[Token], link: Link | None) -> Iterator[Token]:
    """The tokens of a line of text as they are shown."""
    href, inside, words = "", False, False
    for token in tokens:
        words = words or bool(token.content.strip())
        if token.type == "link_open":
            href = str(token.attrs["href"])
            inside, words = _is_safe(href), False
            if inside:
                token.attrs = {"href": href, "rel": _REL}
                yield token
        elif token.type == "link_close":
            if inside:
                yield from (token,) if words else (_text(href), token)
            elif href.startswith("http://"):
                yield _text(f" ({href})")
            inside = False
        elif token.type == "image":
            yield from _image(token, linked=inside)
        elif token.type == "text" and link is not None and not inside:
            yield from _with_ids(token, link)
        else:
            yield token


def _image(token: Token, *, linked: bool) -> Iterator[Token]:
    """An image as a link to it; within a link, or where it lies in no safe place, its words."""
    source = str(token.attrs["src"])
    words = _text(" ".join(token.content.split()) or source)
    if linked or not _is_safe(source):
        yield words
    else:
        yield from _link(source, words, rel=_REL)


def _with_ids(token: Token, link: Link) -> Iterator[Token]:
    """A text whose ids of improvements are links where there is a page to lead to."""
    start = 0
    for match in _ID.finditer(token.content):
        href = link(match.group())
        if href is not None:
            yield _text(token.content[start : match.start()])
            yield from _link(href, _text(match.group()))
            start = match.end()
    yield token if start == 0 else _text(token.content[start:])


def _link(href: str, words: Token, **attributes: str) -> Iterator[Token]:
    yield Token("link_open", "a", 1, attrs={"href": href, **attributes})
    yield words
    yield Token("link_close", "a", -1)


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)


def _is_safe(href: str) -> bool:
    return href.lower().startswith(("https://", "mailto:"))
