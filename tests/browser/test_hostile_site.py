"""The site of a register that is nothing but attacks, as Chromium reads it: every page, and some of them live."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser

from tests.browser.static_server import serving
from tests.browser.watched_page import WatchedPage
from tests.site import built
from tests.site.built import SITE_URL
from tests.site.hostile_register import PAYLOADS, accepted

_AT_ONCE = 50

# A page that is parsed so is never shown, and runs nothing.
_PARSE = """async addresses => {
    const count = (counts, name) => { counts[name] = (counts[name] ?? 0) + 1; };
    const read = async address => {
        const page = new DOMParser().parseFromString(await (await fetch(address)).text(), 'text/html');
        const names = {}, attributes = {};
        for (const each of page.querySelectorAll('*')) {
            count(names, each.localName.toLowerCase());
            for (const {name} of each.attributes) count(attributes, `${each.localName} ${name}`.toLowerCase());
        }
        return [names, attributes];
    };
    return Promise.all(addresses.map(read));
}"""


@pytest.fixture(scope="module")
def front(hostile_site: Path) -> Iterator[str]:
    """Where the site is served."""
    with serving(hostile_site, urlsplit(SITE_URL).path) as address:
        yield address


@pytest.fixture(scope="module")
def visitor(browser: Browser) -> Iterator[WatchedPage]:
    """Somebody who looks at one page after the other."""
    context = browser.new_context(viewport={"width": 1280, "height": 720})
    yield WatchedPage(context)
    context.close()


def test_chromium_reads_every_page_as_it_was_written(hostile_site: Path, front: str, visitor: WatchedPage) -> None:
    """The same elements with the same attributes, as many of each: none forged, none swallowed, none mended."""
    pages = built.pages(hostile_site)
    paths = list(pages)
    visitor.page.goto(f"{front}404.html")
    read = []
    for start in range(0, len(paths), _AT_ONCE):
        read += visitor.page.evaluate(_PARSE, [front + path for path in paths[start : start + _AT_ONCE]])
    different = []
    for path, (names, attributes) in zip(paths, read, strict=True):
        tags = pages[path].tags
        own = (
            Counter(tag.name for tag in tags),
            Counter(f"{tag.name} {name}" for tag in tags for name, _ in tag.attributes),
        )
        different += [
            (path, theirs, ours) for theirs, ours in zip((names, attributes), own, strict=True) if theirs != ours
        ]

    assert 500 < len(paths)
    assert (
        []
        == [
            (
                path,
                {
                    name: (theirs.get(name), ours.get(name))
                    for name in theirs.keys() | ours.keys()
                    if theirs.get(name) != ours.get(name)
                },
            )
            for path, theirs, ours in different
        ][:5]
    )


@pytest.mark.parametrize("path", ["", "register/", "matrix/", "archive/", "goals/", "people/", "kpis/", "404.html"])
def test_a_list_of_attacks_is_quiet(front: str, visitor: WatchedPage, path: str) -> None:
    """No dialog, no error, no request to another host."""
    visitor.page.goto(front + path, wait_until="networkidle")

    assert [] == visitor.troubles()


@pytest.mark.parametrize("name", [name for name, payload in PAYLOADS.items() if payload in accepted()][::4])
def test_a_page_full_of_attacks_is_quiet(front: str, visitor: WatchedPage, name: str) -> None:
    """Nor does anything happen when a visitor goes over it and follows what leads to another part of it."""
    visitor.page.goto(f"{front}improvements/ci-{1 + list(PAYLOADS).index(name):04}/")
    for each in visitor.page.locator(".cireg :is(b, strong, em, code, summary)").all()[:12]:
        each.dispatch_event("mouseover")
        each.dispatch_event("click")
    visitor.page.wait_for_timeout(50)

    assert [] == visitor.troubles()


def test_the_table_of_attacks_sorts_and_filters(front: str, visitor: WatchedPage) -> None:
    """What stands in cells and in choices stays text when a script moves it about."""
    visitor.page.goto(f"{front}register/")
    visitor.page.click("[data-cireg-register] th button:text-is('Title')")
    visitor.page.fill("[data-cireg-register] input[name=text]", "<img src=x onerror=alert(1)>")
    found = visitor.page.locator("[data-cireg-register] tbody tr:visible")

    assert 0 < found.count()
    assert 0 == visitor.page.locator("[data-cireg-register] :is(img, script:not([src]), iframe)").count()
    assert [] == visitor.troubles()


def test_a_page_of_long_words_fits_a_telephone(front: str, visitor: WatchedPage) -> None:
    """A word without an end is broken, not the page."""
    names = list(PAYLOADS)
    visitor.page.set_viewport_size({"width": 320, "height": 640})
    wide = {}
    for path in ("", "archive/", f"improvements/ci-{1 + names.index('long word'):04}/", "people/"):
        visitor.page.goto(front + path)
        wide[path] = visitor.page.evaluate("document.documentElement.scrollWidth")
    visitor.page.set_viewport_size({"width": 1280, "height": 720})

    assert {320} == set(wide.values()), wide
