"""Every kind of page of this repository's site in a browser: quiet, accessible, and as narrow as a telephone."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser

from tests.browser.static_server import serving
from tests.browser.watched_page import COLOUR_RULES, WatchedPage
from tests.site.built import SITE_URL

STATUSES = ("proposed", "assessed", "planned", "in-progress", "review", "closed", "on-hold", "rejected", "withdrawn")
PAGES = {
    "home": "",
    "register": "register/",
    "matrix": "matrix/",
    "archive": "archive/",
    "a programme": "improvements/ci-0006/",
    "practices": "practices/",
    "a practice": "practices/service-desk/",
    "services": "services/",
    "a service": "services/workplace/",
    "goals": "goals/",
    "a goal": "goals/g-happier-users/",
    "people": "people/",
    "a person": "people/service-desk-lead/",
    "KPIs": "kpis/",
    "a KPI": "kpis/password-reset-tickets/",
    "a computed KPI": "kpis/improvements-implemented/",
    "flow": "flow/",
    "health": "health/",
    "rules": "rules/",
    "a rule": "rules/overdue/",
    "fields": "reference/kpi/",
    "commands": "reference/commands/",
    "a guide": "guides/propose/",
    "missing": "404.html",
}
"""A page of every kind."""
EVERY = [*PAGES, *STATUSES]
"""And an improvement of every status."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a browser saw of one page."""

    title: str
    troubles: list[str]
    light: list[str]
    dark: list[str]
    headings: list[int]
    too_wide: dict[int, list[str]]


_TOO_WIDE = """() => {
    const edge = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= edge) return [];
    const out = [...document.querySelectorAll('body *')].filter(each => each.getBoundingClientRect().right > edge + 1
        && each.checkVisibility());
    return [`${document.documentElement.scrollWidth} px`, ...out.slice(0, 5).map(each =>
        `${each.tagName.toLowerCase()}.${each.getAttribute('class')} to ${each.getBoundingClientRect().right} px`)];
}"""
_HEADINGS = "() => [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')]"
_LEVELS = f"{_HEADINGS}.filter(each => each.closest('.md-content')).map(each => Number(each.tagName[1]))"


@pytest.fixture(scope="module")
def look(browser: Browser, example_site: Path) -> Iterator[Callable[[str], Seen]]:
    """Open one of the pages, once, and tell what was seen of it."""
    with ExitStack() as opened:
        front = opened.enter_context(serving(example_site, urlsplit(SITE_URL).path))
        rows = json.loads((example_site / "register.json").read_text(encoding="utf-8"))["items"]
        pages = {row["status"]: row["page"] for row in reversed(rows)} | PAGES

        @cache
        def look_at(name: str) -> Seen:
            context = browser.new_context(viewport={"width": 1280, "height": 720}, reduced_motion="reduce")
            with ExitStack() as closing:
                closing.callback(context.close)
                page = WatchedPage(context)
                page.page.goto(front + pages[name])
                light = page.violations()
                page.page.emulate_media(color_scheme="dark")
                assert "slate" == page.page.get_attribute("body", "data-md-color-scheme")
                dark = page.violations(rules=COLOUR_RULES)
                too_wide = {}
                for width in (360, 320):
                    page.page.set_viewport_size({"width": width, "height": 640})
                    too_wide[width] = page.page.evaluate(_TOO_WIDE)
                levels = page.page.evaluate(_LEVELS)
                return Seen(page.page.title(), page.troubles(), light, dark, levels, too_wide)

        yield look_at


@pytest.mark.parametrize("name", EVERY)
def test_a_page_is_quiet(look: Callable[[str], Seen], name: str) -> None:
    """No dialog, no error, no request to another host."""
    assert [] == look(name).troubles


@pytest.mark.parametrize("name", EVERY)
def test_a_page_is_accessible(look: Callable[[str], Seen], name: str) -> None:
    """In light colours."""
    assert [] == look(name).light


@pytest.mark.parametrize("name", EVERY)
def test_a_page_is_accessible_in_the_dark(look: Callable[[str], Seen], name: str) -> None:
    """In dark colours."""
    assert [] == look(name).dark


@pytest.mark.parametrize("name", EVERY)
def test_headings_follow_each_other(look: Callable[[str], Seen], name: str) -> None:
    """One of the first level, first, and no level is passed over on the way down."""
    levels = look(name).headings

    assert 1 == levels[0]
    assert 1 == levels.count(1)
    assert [] == [n for n in range(1, len(levels)) if levels[n] > levels[n - 1] + 1]


@pytest.mark.parametrize("name", EVERY)
def test_a_page_fits_a_telephone(look: Callable[[str], Seen], name: str) -> None:
    """Nothing is wider than 360 or 320 pixels but what scrolls by itself."""
    assert {360: [], 320: []} == look(name).too_wide


def test_every_page_has_a_title_of_its_own(look: Callable[[str], Seen]) -> None:
    """As it stands on a browser's tab."""
    titles = [look(name).title for name in EVERY if name not in {"missing", "a programme"}]  # it has a status too

    assert [] == sorted({title for title in titles if titles.count(title) > 1 or not title.strip()})
