"""The theme's search over the built site: it finds what improvements say, opens them, and runs nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.static_server import serving
from tests.browser.watched_page import WatchedPage
from tests.site.built import SITE_URL
from tests.site.hostile_register import PAYLOADS, SECRET

_QUERY = "[data-md-component=search-query]"
_RESULT = "[data-md-component=search-result]"


class Visitor:
    """Somebody who looks for something on one site."""

    def __init__(self, browser: Browser, front: str) -> None:
        self.front = front
        self.watched = WatchedPage(browser.new_context(viewport={"width": 1280, "height": 720}))
        self.page = self.watched.page

    def search(self, words: str) -> list[str]:
        """Where the results lead, best first, relative to the site's root; each page once."""
        self.page.goto(self.front)
        self.page.focus(_QUERY)
        self.page.keyboard.insert_text(words)
        expect(self.page.locator(f"{_RESULT} .md-search-result__meta")).to_contain_text("matching document")
        links = self.page.eval_on_selector_all(f"{_RESULT} a", "all => all.map(each => each.href)")
        return list(dict.fromkeys(link.partition("?")[0].partition("#")[0].removeprefix(self.front) for link in links))


@pytest.fixture(scope="module")
def example(browser: Browser, example_site: Path) -> Iterator[Visitor]:
    """A visitor of this repository's site."""
    with serving(example_site, urlsplit(SITE_URL).path) as front:
        visitor = Visitor(browser, front)
        yield visitor
        visitor.page.context.close()


@pytest.fixture(scope="module")
def hostile(browser: Browser, hostile_site: Path) -> Iterator[Visitor]:
    """A visitor of the site of a register that is nothing but attacks."""
    with serving(hostile_site, urlsplit(SITE_URL).path) as front:
        visitor = Visitor(browser, front)
        yield visitor
        visitor.page.context.close()


@pytest.mark.parametrize("words", ["enrolment voluntary hidden intranet", "CI-0007", "cut password reset tickets"])
def test_an_improvement_is_found_by_its_words(example: Visitor, words: str) -> None:
    """By what its text says, by its id and by its title; the first result opens it."""
    found = example.search(words)
    example.page.locator(f"{_RESULT} a").first.click()
    example.page.wait_for_url("**/improvements/ci-0007/**")

    assert "improvements/ci-0007/" == found[0]
    assert "Cut password-reset tickets" in example.page.inner_text("h1")
    assert [] == example.watched.troubles()


def test_a_result_shows_the_place_that_was_found(example: Visitor) -> None:
    """The paragraph with the words, and not the whole page."""
    assert "improvements/ci-0007/" == example.search("voluntary hidden intranet")[0]
    shown = example.page.locator(f"{_RESULT} article").first.inner_text()

    assert "Enrolment was voluntary and hidden in the intranet" in shown
    assert not any(other in shown for other in ("One ticket in five", "CHG0031234", "Scored by"))


def test_what_is_not_published_is_not_found(hostile: Visitor) -> None:
    """Though others name it."""
    assert [] == hostile.search(SECRET)
    assert "No matching documents" in hostile.page.inner_text(f"{_RESULT} .md-search-result__meta")


@pytest.mark.parametrize(
    "words",
    ["img src onerror alert", "script alert", "javascript", "iframe srcdoc", "base refresh", "src=//foreign.example"],
)
def test_results_out_of_attacks_are_nothing_but_text(hostile: Visitor, words: str) -> None:
    """The theme puts texts of the index into the page: none of them becomes an element, and none runs."""
    found = hostile.search(words)
    brought = hostile.page.locator(
        f"{_RESULT} :is(img, script, iframe, svg[onload], form, input, object, a[href^=java])"
    )

    assert found
    assert 0 == brought.count()
    assert [] == hostile.watched.troubles()


@pytest.mark.parametrize("name", ["raw HTML", "end of title", "end of attribute", "template", "clobbering"])
def test_an_attack_may_be_searched_for(hostile: Visitor, name: str) -> None:
    """Typed into the search, or as a link into it that somebody sends."""
    hostile.page.goto(f"{hostile.front}?q={quote(PAYLOADS[name])}&h={quote(PAYLOADS[name])}#{quote(PAYLOADS[name])}")
    hostile.page.focus(_QUERY)
    hostile.page.keyboard.insert_text(PAYLOADS[name])
    hostile.page.keyboard.press("Space")
    hostile.page.wait_for_timeout(300)

    assert [] == hostile.watched.troubles()
    assert 0 == hostile.page.locator("img[src=x], #__config a, b[onmouseover]").count()
