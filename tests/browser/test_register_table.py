"""The table of the register in a browser: sorted and filtered by keyboard, and whole without a script and in print."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page

from tests.browser.conftest import NewPage
from tests.browser.static_server import serving
from tests.browser.watched_page import WatchedPage
from tests.site.built import SITE_URL

Row = dict[str, Any]
_STATUSES = ("proposed", "assessed", "planned", "in-progress", "review", "closed", "on-hold", "rejected", "withdrawn")
_LIGHTS = ("green", "amber", "red")
_FACETS: dict[str, Callable[[Row], list[str | None]]] = {
    "status": lambda row: [row["status"]],
    "owner": lambda row: [row["owner"]],
    "practice": lambda row: row["practices"],
    "service": lambda row: row["services"],
    "goal": lambda row: [row["goal"]],
    "tag": lambda row: row["tags"],
    "light": lambda row: [row["light"]],
}  # fmt: skip
"""The values of a row that each facet filters by."""

_ORDERS: dict[str, Callable[[Row], Any]] = {
    "Rank": lambda row: row["rank"],
    "Id": lambda row: row["id"],
    "Title": lambda row: row["title"].lower(),
    "Status": lambda row: _STATUSES.index(row["status"]),
    "Light": lambda row: _LIGHTS.index(row["light"]) if row["light"] else None,
    "Due": lambda row: row["due"],
}  # fmt: skip
"""What each column that begins with the smallest is sorted by."""

_IS_HERE = """([selector, text]) => {
    const here = document.activeElement;
    return here.matches(selector) && here.textContent.includes(text);
}"""


@pytest.fixture
def rows(example_site: Path) -> list[Row]:
    """The register as data, in the order of the list."""
    found: list[Row] = json.loads((example_site / "register.json").read_text(encoding="utf-8"))["items"]
    return found


@pytest.fixture(scope="module")
def front(example_site: Path) -> Iterator[str]:
    """Where the site is served."""
    with serving(example_site, urlsplit(SITE_URL).path) as address:
        yield address


@pytest.fixture(scope="module")
def visitor(browser: Browser) -> Iterator[WatchedPage]:
    """Somebody who looks at one page after the other."""
    context = browser.new_context(viewport={"width": 1280, "height": 720}, reduced_motion="reduce")
    yield WatchedPage(context)
    context.close()


@pytest.fixture
def table(front: str, visitor: WatchedPage) -> Page:
    """The table, opened anew."""
    return opened(visitor.page, f"{front}register/")


def opened(page: Page, address: str) -> Page:
    """The page with the table at an address, once its script has run."""
    page.goto(address)
    page.wait_for_selector(".cireg-register form:not([hidden])")
    return page


def ids(table: Page) -> list[str]:
    """The ids of the rows that can be seen, from above."""
    found: list[str] = table.eval_on_selector_all(
        "[data-cireg-register] tbody tr",
        "rows => rows.filter(row => row.checkVisibility()).map(row => row.cells[1].textContent.trim())",
    )
    return found


def tab_to(table: Page, selector: str, text: str = "") -> None:
    """Press Tab until what is wanted, with this text, has the focus; it has to be within reach."""
    for _ in range(120):
        table.keyboard.press("Tab")
        if table.evaluate(_IS_HERE, [selector, text]):
            return
    raise AssertionError(f"Tab never comes to {selector} {text}")


def head_of(table: Page, column: str) -> Locator:
    """Go to the button in a column's head with the keyboard; gives the head."""
    tab_to(table, "th button", column)
    return table.locator("th", has=table.locator("button:focus"))


def choose(table: Page, name: str) -> str:
    """Choose the first value of a filter with the keyboard alone; gives the value."""
    tab_to(table, f"select[name={name}]")
    table.keyboard.press("ArrowDown")
    return str(table.evaluate("document.activeElement.value"))


def test_the_order_of_the_list_is_the_order_of_the_data(table: Page, rows: list[Row]) -> None:
    """Untouched, everything is there and nothing is called sorted."""
    assert [row["id"] for row in rows] == ids(table)
    assert 0 == table.locator("th[aria-sort]").count()
    assert f"{len(rows)} of {len(rows)}" in table.inner_text("output")


@pytest.mark.parametrize("column", _ORDERS)
def test_a_column_sorts_by_keyboard(table: Page, rows: list[Row], column: str) -> None:
    """Tab to its head and press Enter: upwards, then downwards, then as before; rows without a value stay last."""
    by_id = {row["id"]: _ORDERS[column](row) for row in rows}
    head = head_of(table, column)
    table.keyboard.press("Enter")
    up = [by_id[each] for each in ids(table)]
    sorted_up = head.get_attribute("aria-sort")
    table.keyboard.press("Enter")
    down = [by_id[each] for each in ids(table)]
    sorted_down = head.get_attribute("aria-sort")
    known = sorted(value for value in by_id.values() if value is not None)
    nothing = [None] * (len(rows) - len(known))
    table.keyboard.press("Enter")

    assert "ascending" == sorted_up
    assert known + nothing == up
    assert "descending" == sorted_down
    assert known[::-1] + nothing == down
    assert [row["id"] for row in rows] == ids(table)
    assert 0 == table.locator("th[aria-sort]").count()


def test_scores_sort_as_numbers_the_best_first(table: Page, rows: list[Row]) -> None:
    """Ten comes after nine, and the first press of Space shows what one wants to see first."""
    by_id = {row["id"]: row["score"] for row in rows}
    known = sorted((score for score in by_id.values() if score is not None), reverse=True)
    head_of(table, "Score")
    table.keyboard.press("Space")

    assert known == [by_id[each] for each in ids(table)][: len(known)]
    assert ["descending"] == table.eval_on_selector_all("th[aria-sort]", "all => all.map(each => each.ariaSort)")


@pytest.mark.parametrize("facet", _FACETS)
def test_a_facet_filters_by_keyboard(table: Page, rows: list[Row], facet: str) -> None:
    """What is left has the value, what is gone has not, and how many are left is announced."""
    value = choose(table, facet)
    expected = [row["id"] for row in rows if value in _FACETS[facet](row)]

    assert 0 < len(expected) < len(rows)
    assert expected == ids(table)
    assert f"{len(expected)} of {len(rows)}" in table.inner_text("output")
    assert {facet: [value]} == parse_qs(urlsplit(table.url).query)


def test_every_value_of_every_facet_finds_something(table: Page, rows: list[Row]) -> None:
    """No choice is offered that leads nowhere, and none is missing."""
    for facet, values in _FACETS.items():
        offered = table.eval_on_selector_all(
            f"select[name={facet}] option", "all => all.map(each => each.value).filter(Boolean)"
        )
        assert {value for row in rows for value in values(row) if value} == set(offered), facet


def test_text_filters_by_every_word(table: Page, rows: list[Row]) -> None:
    """In any order and any case, in whatever the row shows."""
    tab_to(table, "input[name=text]")
    table.keyboard.type("TICKETS cut")
    expected = [row["id"] for row in rows if all(word in row["title"].lower() for word in ("tickets", "cut"))]

    assert expected
    assert expected == ids(table)
    assert f"{len(expected)} of {len(rows)}" in table.inner_text("output")


def test_filters_work_together(table: Page, rows: list[Row]) -> None:
    """Each takes away from what the others leave; nothing left is said too."""
    status = choose(table, "status")
    owner = choose(table, "owner")
    both = [row["id"] for row in rows if status == row["status"] and owner == row["owner"]]
    left = ids(table)
    table.fill("input[name=text]", "no row holds these words")

    assert both == left
    assert [] == ids(table)
    assert f"0 of {len(rows)}" in table.inner_text("output")


def test_the_number_of_rows_is_announced(table: Page) -> None:
    """A screen reader is told without being asked."""
    assert 1 == table.get_by_role("status").count()
    assert table.get_by_role("status").is_visible()


def test_the_state_survives_a_reload_and_the_way_back(table: Page) -> None:
    """It is in the address, so that a view can be kept and sent to somebody."""
    status = choose(table, "status")
    table.fill("input[name=text]", "e")
    head_of(table, "Title")
    table.keyboard.press("Enter")
    before, address = ids(table), table.url
    table.reload()
    reloaded = ids(table)
    table.click(f"tbody th a:text-is('{before[0]}')")
    table.wait_for_url("**/improvements/**")
    table.go_back()
    table.wait_for_selector("th[aria-sort]")

    assert {"status": [status], "text": ["e"], "sort": ["title"]} == parse_qs(urlsplit(address).query)
    assert 0 < len(before)
    assert before == reloaded == ids(table)
    assert address == table.url
    assert (status, "e") == (table.input_value("select[name=status]"), table.input_value("input[name=text]"))


def test_everything_is_cleared_at_once(table: Page, front: str, rows: list[Row]) -> None:
    """By a button that the keyboard reaches; the address is as it was."""
    choose(table, "status")
    table.fill("input[name=text]", "a")
    table.locator("th button").first.press("Enter")
    table.locator("th button").last.press("Enter")
    table.locator("[data-cireg-register] button[type=reset]").press("Enter")
    table.wait_for_url(f"{front}register/")

    assert [row["id"] for row in rows] == ids(table)
    assert f"{len(rows)} of {len(rows)}" in table.inner_text("output")
    assert 0 == table.locator("th[aria-sort]").count()


@pytest.mark.parametrize(
    "query",
    [
        "?status=no-such-status&sort=no-such-column&owner=%22%5D%2C*&light=%00",
        "?text=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E&status=%22%3E%3Csvg%20onload%3Dalert(2)%3E",
        "?__proto__=x&constructor=y&sort=__proto__-&text=%",
    ],
)
def test_an_address_made_up_by_a_stranger_does_no_harm(front: str, visitor: WatchedPage, query: str) -> None:
    """What is no choice is passed over, and nothing of it runs."""
    table = opened(visitor.page, f"{front}register/{query}")

    assert [] == visitor.troubles()
    assert 0 == table.locator("th[aria-sort]").count()
    assert "" == table.input_value("select[name=status]")


def test_the_focus_can_be_seen_and_stays(table: Page) -> None:
    """Whoever sorts by keyboard keeps the place."""
    head_of(table, "Due")
    outline = table.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    table.keyboard.press("Enter")

    assert "none" != outline
    assert "Due" == table.evaluate("document.activeElement.textContent.trim()")


def test_the_table_is_whole_without_javascript(front: str, rows: list[Row], new_page: NewPage) -> None:
    """Every row and every cell can be read; what needs a script is not shown."""
    page = new_page(java_script_enabled=False).page
    page.goto(f"{front}register/")
    shown = page.locator("[data-cireg-register] tbody tr")
    cells = [shown.nth(n).locator("td, th").nth(1).inner_text() for n in range(shown.count())]

    assert [row["id"] for row in rows] == cells
    assert all(shown.nth(n).is_visible() for n in range(shown.count()))
    assert not page.locator("[data-cireg-register] form").is_visible()
    assert 0 == page.locator("[data-cireg-register] button:visible, [data-cireg-register] input:visible").count()


def test_the_table_prints_whole(front: str, rows: list[Row], page: WatchedPage) -> None:
    """All rows, whatever is filtered, no controls, and nothing cut off at the side."""
    table = opened(page.page, f"{front}register/")
    choose(table, "status")
    filtered = len(ids(table))
    table.emulate_media(media="print")
    table.set_viewport_size({"width": 1040, "height": 720})  # A4 across, at 96 dots an inch

    assert filtered < len(rows) == len(ids(table))
    assert not table.locator("[data-cireg-register] form").is_visible()
    assert ["visible"] == table.eval_on_selector_all(
        "[data-cireg-register] .cireg-scroll", "all => all.map(each => getComputedStyle(each).overflowX)"
    )
    assert table.evaluate("document.querySelector('[data-cireg-register] table').getBoundingClientRect().right") <= 1040


@pytest.mark.parametrize("path", ["", "matrix/", "archive/", "improvements/ci-0007/", "people/", "kpis/"])
def test_a_page_says_the_same_without_javascript(
    front: str, visitor: WatchedPage, new_page: NewPage, path: str
) -> None:
    """No part of a page waits for a script to come into sight."""
    without = new_page(java_script_enabled=False).page
    for page in (visitor.page, without):
        page.goto(front + path)

    assert visitor.page.inner_text(".cireg") == without.inner_text(".cireg")
    assert 200 < len(without.inner_text(".cireg"))


def test_nothing_of_all_this_made_trouble(visitor: WatchedPage) -> None:
    """No error, no dialog, no request to another host in any test above."""
    assert [] == visitor.troubles()
