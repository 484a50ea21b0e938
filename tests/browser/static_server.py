"""Serve a folder over HTTP on this machine, below a base path, as a forge's pages would."""

from __future__ import annotations

import functools
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit


class _Handler(SimpleHTTPRequestHandler):
    """Serves files below the base path; anything else, and any missing file, gets the folder's 404.html."""

    def __init__(self, *args: object, base: str, **options: object) -> None:
        self.base = base
        super().__init__(*args, **options)  # type: ignore[arg-type]  # both pass through untouched

    def translate_path(self, path: str) -> str:
        """Map a URL's path to a file of the folder; outside the base path there is none."""
        route = urlsplit(path).path
        if not route.startswith(self.base):
            return str(Path(self.directory) / "outside-the-base-path")
        return super().translate_path("/" + route.removeprefix(self.base))

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer 404 with the site's own page, where it has one."""
        page = Path(self.directory) / "404.html"
        if code != 404 or not page.is_file():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base class names it so
        """Keep quiet: what a test needs to know, it asks the browser."""


@contextmanager
def serving(folder: Path, base: str = "/") -> Iterator[str]:
    """Serve the folder at a free port of 127.0.0.1; give its front page's URL. `base` ends in a slash."""
    handler = functools.partial(_Handler, directory=str(folder), base=base)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}{base}"
        finally:
            server.shutdown()
            thread.join()
