"""What the browser tests share: one headless Chromium, watched pages and a server for built sites."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from scripts.browser import find, missing
from tests.browser.static_server import serving
from tests.browser.watched_page import WatchedPage

NewPage = Callable[..., WatchedPage]
Serve = Callable[..., str]

FLAGS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    # No name but this machine's own is ever looked up: a foreign request is seen, and goes nowhere.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]


# A machine that does much else at once is slow, and a page that never comes right is still found.
expect.set_options(timeout=30_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test that asks for the browser, so that `-m 'not browser'` leaves exactly those out."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say at the end, once and in plain words, that the browser tests were skipped."""
    skipped = terminalreporter.getreports("skipped")
    if any(isinstance(report, pytest.TestReport) and "browser" in report.keywords for report in skipped):
        terminalreporter.write_line(missing())


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One headless Chromium for all tests; without one they are skipped, but under CI=true they fail."""
    path = find()
    if path is None:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(missing())
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def new_page(browser: Browser) -> Iterator[NewPage]:
    """Open a watched page in a context of its own, with the options of Browser.new_context, if any."""
    with ExitStack() as contexts:

        def open_page(**options: object) -> WatchedPage:
            context = browser.new_context(**options)  # type: ignore[arg-type]  # each caller's own options
            contexts.callback(context.close)
            return WatchedPage(context)

        yield open_page


@pytest.fixture
def page(new_page: NewPage) -> WatchedPage:
    """A watched page at 1280 x 720, light, with JavaScript."""
    return new_page()


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Serve a folder, `serve(folder, base="/register/")`, and get the URL of its front page."""
    with ExitStack() as servers:

        def start(folder: Path, base: str = "/") -> str:
            return servers.enter_context(serving(folder, base))

        yield start
