"""What a page of the site is, as plain data: content is handed over, then framed, written and indexed.

The two halves meet in these functions and nowhere else:

    cireg.site.content.pages(register, findings, site) -> Iterator[Page]
    cireg.site.content.assets(register, findings, site) -> Iterator[Asset]
    cireg.site.reference.pages(site) -> Iterator[Page]

`register` is a `cireg.model.Register`; `findings` is what `check` says of it, sorted, with errors only in a
draft; `site` is the `Site` below. They yield lazily: a page is written before the next is made. Together they
yield each of SINGLES once, but those that `left_out` names, and of FOLDERS as many as there are.

- A body has no h1: the frame writes it from `title`. It begins with text or an h2, and its ids are its own.
- Links in a body are relative, made by `relative(page.url, target)`; the target is a page or an asset,
  and may end in "#" and an id. Each is checked, and one that leads nowhere fails the build.
- What lies in site_templates/assets/ is published under `ASSETS`; every page has its style sheets,
  a script only where a body holds `<script src=... defer></script>`. A script within a body does not run.
- A rule's page is `rule_url(name)`, a field's place in the reference `field_url(kind, name)`.
"""

from __future__ import annotations

from dataclasses import dataclass
from posixpath import relpath

from cireg.site.templates import Templates

SINGLES = {
    "home": "",
    "register": "register/",
    "matrix": "matrix/",
    "archive": "archive/",
    "practices": "practices/",
    "services": "services/",
    "goals": "goals/",
    "people": "people/",
    "kpis": "kpis/",
    "flow": "flow/",
    "health": "health/",
    "benefits": "benefits/",
    "rules": "rules/",
    "fields-improvement": "reference/improvement/",
    "fields-kpi": "reference/kpi/",
    "fields-config": "reference/config/",
}
"""Kinds of one page, with its url. In the nav of mkdocs.yml they are index.md, register.md, matrix.md, ..."""

FOLDERS = {
    "improvement": "improvements/",
    "practice": "practices/",
    "service": "services/",
    "goal": "goals/",
    "person": "people/",
    "kpi": "kpis/",
    "rule": "rules/",
}
"""Kinds of many pages: the url of each is the folder, one name in lower case, and "/"."""

WIDE = {"register": ("navigation", "toc"), "matrix": ("toc",), "kpis": ("toc",), "benefits": ("toc",)}
"""Kinds of pages with a table that wants the room, and what may be left out beside it."""

ASSETS = "assets/cireg/"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a body: `text` is plain text, `level` is 2 or 3, `id` the id that the heading has."""

    id: str
    text: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Page:
    """One page.

    `kind` names the frame, one of SINGLES or FOLDERS; `url` is relative to the site's root, "" or ending in
    "/". `title` and `description` (a sentence) are plain text, contributed or not: the frame escapes them.
    `body` is finished HTML, safe as it stands. `search` is plain text for the search, a line for each thing
    that a result may show apart; "" for not indexed.
    """

    kind: str
    url: str
    title: str
    description: str
    body: str
    headings: tuple[Heading, ...] = ()
    search: str = ""


@dataclass(frozen=True, slots=True)
class Asset:
    """A file that is written as it is; `url` is relative to the site's root."""

    url: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Site:
    """What pages are made with: the templates and their strings, and what the build was asked for.

    `draft` shows findings on the pages. `folder` is the register's own folder in its repository, "" or ending
    in "/": it goes before a file's path in links to the forge.
    """

    templates: Templates
    draft: bool = False
    folder: str = ""


def relative(here: str, target: str) -> str:
    """The relative link from the page at `here` to `target`, both relative to the site's root."""
    path, mark, anchor = target.partition("#")
    if path == here and mark:
        return mark + anchor
    link = relpath("/" + path, "/" + here)
    return link + ("/" if path.endswith("/") or not path else "") + mark + anchor


def left_out(*, money: bool) -> frozenset[str]:
    """The kinds of SINGLES that there are none of; `money` tells whether amounts are published."""
    return frozenset() if money else frozenset({"benefits"})


def rule_url(name: str) -> str:
    """Where the page of a rule stands."""
    return f"rules/{name}/"


def field_url(kind: str, name: str) -> str:
    """Where a field is explained: `kind` as in `cireg.schema`, `name` dotted, such as plan.steps[].by."""
    return f"reference/{kind}/#{field_id(name)}"


def field_id(name: str) -> str:
    """The id of a field's entry in the reference."""
    return "field-" + name.replace("[]", "").replace(".", "-").replace("_", "-")
