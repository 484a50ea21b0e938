"""Small content for tests of the mechanism: one page for each single kind, one for each improvement."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from cireg.findings import Finding
from cireg.model import Register
from cireg.site import markup
from cireg.site.page import SINGLES, Asset, Heading, Page, Site, relative

_BODY = Markup('<h2 id="why">{}</h2>\n{}\n<h3 id="more">{}</h3>\n<p><a href="{}">The list</a></p>')


def pages(register: Register, findings: list[Finding], site: Site) -> Iterator[Page]:
    """What `cireg.site.content.pages` yields, in small."""
    items = [item for item in register.improvements.values() if item.published]
    links = Markup("").join(
        Markup('<p><a href="{}">{}</a></p>').format(f"../improvements/{item.id.lower()}/", item.title) for item in items
    )
    for kind, url in SINGLES.items():
        if kind == "rules" or kind.startswith("fields-"):
            continue
        body = Markup("<p>{}</p>").format(f"{len(findings)} findings") + (links if kind == "register" else "")
        yield Page(kind, url, kind.capitalize(), f"All {kind}", body, (), kind)
    for item in items:
        url = f"improvements/{item.id.lower()}/"
        text = markup.render(item.text("opportunity"))
        yield Page(
            kind="improvement",
            url=url,
            title=f"{item.id} {item.title}",
            description=item.title,
            body=_BODY.format(item.title, text, item.title, relative(url, "register/")),
            headings=(Heading("why", item.title), Heading("more", item.title, 3)),
            search=f"{item.title} {markup.plain(item.text('opportunity'))}",
        )


def assets(register: Register, findings: list[Finding], site: Site) -> Iterator[Asset]:
    """What `cireg.site.content.assets` yields, in small."""
    yield Asset("register.json", b"{}\n")
