"""The search index of the built site: the empty pages are taken out of it, the filled ones put in."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from html import escape

from cireg.site.page import Page

PATH = "search/search_index.json"


def entry(page: Page, *, as_html: bool) -> dict[str, str]:
    """What the search knows of a page.

    `as_html` is for a theme that shows it as it is: escaped, and each line a paragraph of its own, so that a
    result shows those alone in which something was found.
    """
    title, text = page.title, page.search
    if as_html:
        title = escape(title, quote=False)
        text = "".join(f"<p>{escape(line, quote=False)}</p>" for line in text.splitlines() if line.strip())
    return {"location": page.url, "title": title, "text": text}


def amend(index: bytes, empty: Collection[str], entries: Iterable[dict[str, str]]) -> bytes:
    """The index without the pages at the urls `empty`, and with `entries`."""
    data = json.loads(index)
    docs = [doc for doc in data["docs"] if doc["location"].partition("#")[0] not in empty]
    data["docs"] = [*docs, *entries]
    data.pop("index", None)  # built beforehand for the pages that MkDocs knows; without it the browser builds one
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
