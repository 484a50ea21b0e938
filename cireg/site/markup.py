"""Contributed Markdown as safe HTML, and as plain text."""

from __future__ import annotations

from collections.abc import Callable

from markupsafe import Markup

Link = Callable[[str], "str | None"]


def render(markdown: str, link: Link | None = None) -> Markup:
    """HTML of a contributed text, safe as it stands: no headings, ids, classes, styles or images.

    `link` gives the address for an improvement's id in the text, None for one that has no page.
    """
    raise NotImplementedError


def plain(markdown: str) -> str:
    """The words of a contributed text in one line, for search and descriptions."""
    raise NotImplementedError
