"""The browser tests' own instruments: each catches what it is there to catch."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.browser.conftest import NewPage, Serve
from tests.browser.watched_page import WatchedPage

Show = Callable[[str], WatchedPage]

POLICY = "script-src 'self'"


def html(body: str) -> str:
    """A whole page around the content under test, with nothing at fault in itself."""
    head = '<meta charset="utf-8"><title>A page</title><link rel="icon" href="data:,">'
    return (
        f'<!doctype html><html lang="en"><head>{head}</head><body><main class="md-content">'
        f"<h1>A page</h1>{body}</main></body></html>"
    )


@pytest.fixture
def show(tmp_path: Path, serve: Serve, page: WatchedPage) -> Show:
    """Serve one page with this content and open it."""

    def open_with(body: str) -> WatchedPage:
        (tmp_path / "index.html").write_text(html(body), encoding="utf-8")
        page.page.goto(serve(tmp_path), wait_until="networkidle")
        return page

    return open_with


def test_a_plain_page_gives_no_trouble(show: Show) -> None:
    """What the site's tests ask for can be had."""
    page = show("<p>Nothing happens here.</p><img src='data:,' alt=''>")

    assert [] == page.troubles()
    assert [] == page.violations()


def test_an_alert_is_seen_and_does_not_hang_the_test(show: Show) -> None:
    """A dialog is the mark of a script that got through."""
    page = show("<svg onload=alert(77)></svg>")

    assert ["dialog: alert 77"] == page.troubles()


@pytest.mark.parametrize(
    "body",
    [
        "<img src='https://foreign.example/pixel.png' alt=''>",
        "<script>fetch('https://foreign.example/pixel.png').catch(() => 0)</script>",
        "<script>navigator.sendBeacon('https://foreign.example/pixel.png')</script>",
        "<iframe title='a frame' src='https://foreign.example/pixel.png'></iframe>",
    ],
)
def test_a_request_to_another_host_is_seen(show: Show, body: str) -> None:
    """By an image, a script, a beacon or a frame."""
    assert ["https://foreign.example/pixel.png"] == show(body).foreign_requests


def test_a_websocket_to_another_host_is_seen(show: Show) -> None:
    """A socket is no request to the browser, so it is watched apart."""
    page = show("<script>new WebSocket('wss://foreign.example/socket')</script>")

    assert ["wss://foreign.example/socket"] == page.foreign_requests


def test_a_request_by_a_second_window_is_seen(show: Show) -> None:
    """What a page opens counts as the page's doing."""
    page = show("<a href='https://foreign.example/' target=_blank>away</a>")
    with page.page.context.expect_page():
        page.page.click("a")

    assert ["https://foreign.example/"] == page.foreign_requests


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("<script>console.error('broken')</script>", "broken"),
        ("<script>throw new Error('thrown')</script>", "thrown"),
        ("<script>Promise.reject(new Error('rejected'))</script>", "rejected"),
        ("<img src='missing.png' alt=''>", "404"),
        (f"<meta http-equiv='Content-Security-Policy' content=\"{POLICY}\"><script>1</script>", POLICY),
    ],
)
def test_an_error_is_seen(show: Show, body: str, said: str) -> None:
    """Written, thrown, rejected, missing or refused by the content security policy."""
    errors = show(body).console_errors

    assert 1 == len(errors)
    assert said in errors[0]


@pytest.mark.parametrize(
    ("body", "rule", "selector"),
    [
        ("<img src='data:,'>", "image-alt", "img"),
        ("<p style='color:#999;background:#fff'>pale</p>", "color-contrast", "p"),
        ("<h4>far too deep</h4>", "heading-order", "h4"),
    ],
)
def test_axe_names_the_rule_and_the_element(show: Show, body: str, rule: str, selector: str) -> None:
    """A missing text, a pale one and a skipped heading level."""
    found = show(body).violations()

    assert 1 == len(found)
    assert found[0].startswith(f"{rule} at {selector}: ")


def test_axe_looks_at_the_content_alone(show: Show) -> None:
    """What stands outside the selector is the theme's."""
    page = show("<p>content</p></main><footer><img src='data:,'></footer><main hidden>")

    assert [] == page.violations()
    assert 1 == len(page.violations("footer"))


def test_a_site_is_served_below_its_base_path(tmp_path: Path, serve: Serve, page: WatchedPage) -> None:
    """Folders give their index, and what is missing or outside gives the site's own 404 page."""
    (tmp_path / "items").mkdir()
    (tmp_path / "items" / "index.html").write_text(html("<p>item</p>"), encoding="utf-8")
    (tmp_path / "404.html").write_text(html("<p>not here</p>"), encoding="utf-8")
    front = serve(tmp_path, "/register/")
    seen = []
    for address in (f"{front}items/", f"{front}items", f"{front}gone/", front.replace("register/", "items/")):
        response = page.page.goto(address)
        assert response is not None
        seen.append((response.status, page.page.inner_text("p")))

    assert [(200, "item"), (200, "item"), (404, "not here"), (404, "not here")] == seen


def test_a_page_can_be_opened_in_the_dark_without_javascript(tmp_path: Path, serve: Serve, new_page: NewPage) -> None:
    """The options of a browser context pass through."""
    dark = "<style>@media (prefers-color-scheme: dark) { b { display: none } }</style><b>light</b>"
    (tmp_path / "index.html").write_text(html(f"{dark}<noscript>plain</noscript>"), encoding="utf-8")
    page = new_page(color_scheme="dark", java_script_enabled=False)
    page.page.goto(serve(tmp_path))

    assert "A page\nplain" == page.page.inner_text("main").replace("\n\n", "\n")
