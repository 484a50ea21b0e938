"""A browser page that remembers what no page of the site may do, and what axe-core finds in it."""

from __future__ import annotations

import importlib.resources
from typing import cast
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Dialog, Page, Request, WebError, WebSocket

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
"""The tags of axe-core's rules that a page is held to: WCAG 2.2 AA and good practice."""

COLOUR_RULES = ["color-contrast", "link-in-text-block"]
"""Axe-core's rules about colours: the ones whose answer changes with the colours of a page."""

_AXE = importlib.resources.files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
_RUN_AXE = """async ([selector, tags]) => {
    const {violations} = await axe.run(selector, {preload: false, resultTypes: ['violations'], runOnly: tags});
    return violations.flatMap(({id, nodes}) => nodes.map(({target, failureSummary}) =>
        `${id} at ${target.join(' ')}: ${failureSummary.split('\\n').slice(1).join('; ')}`));
}"""


class WatchedPage:
    """A page of its own browser context. `page` is Playwright's; the lists below grow as things happen."""

    def __init__(self, context: BrowserContext) -> None:
        self.console_errors: list[str] = []
        self.dialogs: list[str] = []
        self.foreign_requests: list[str] = []
        context.on("console", self._on_console)
        context.on("weberror", self._on_error)
        context.on("dialog", self._on_dialog)
        context.on("request", self._on_request)
        context.on("page", self._on_page)
        self.page: Page = context.new_page()

    def troubles(self) -> list[str]:
        """Everything seen so far that no page of the site may do, each in one line."""
        return [
            *(f"console: {text}" for text in self.console_errors),
            *(f"dialog: {text}" for text in self.dialogs),
            *(f"request: {url}" for url in self.foreign_requests),
        ]

    def violations(self, selector: str = ".md-content", rules: list[str] = RULES) -> list[str]:
        """Run axe-core on what `selector` finds, which must be something; one line per element at fault.

        `rules` are tags or names of rules.
        """
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(_AXE)
        return cast("list[str]", self.page.evaluate(_RUN_AXE, [selector, rules]))

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.console_errors.append(message.text)

    def _on_error(self, error: WebError) -> None:
        self.console_errors.append(str(error.error))

    def _on_dialog(self, dialog: Dialog) -> None:
        self.dialogs.append(f"{dialog.type} {dialog.message}")
        dialog.dismiss()

    def _on_request(self, request: Request) -> None:
        self._note_request(request.url)

    def _on_page(self, page: Page) -> None:
        page.on("websocket", self._on_websocket)

    def _on_websocket(self, socket: WebSocket) -> None:
        self._note_request(socket.url)

    def _note_request(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in {"data", "blob", "about"} and parts.hostname != "127.0.0.1":
            self.foreign_requests.append(url)
