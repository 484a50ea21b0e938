"""The site coming together: frames are filled, all is indexed, every link is followed, then it is published."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from cireg.errors import CiregError
from cireg.site import search
from cireg.site.links import BrokenLinks, Links, Scan, scan, scan_body
from cireg.site.output import Changes, Output
from cireg.site.page import SINGLES, Asset, Page
from cireg.site.shell import Shell
from cireg.site.sitemap import compressed, sitemap

_PAGE = re.compile(r"(?:[a-z0-9][a-z0-9_-]*/)*")
_ASSET = re.compile(r"(?:[A-Za-z0-9][A-Za-z0-9_-]*/)*[A-Za-z0-9][A-Za-z0-9_-]*(?:\.[A-Za-z0-9]+)*")


class Assembly:
    """A new site for `folder`; what is there stays as it is until `publish`.

    `base` is the site's path on its host. `texts_as_html` says that the theme's search puts the texts of its
    index into a page as they are.
    """

    def __init__(self, folder: Path, *, base: str = "/", texts_as_html: bool = True) -> None:
        self._output = Output(folder)
        self._links = Links(base)
        self._texts_as_html = texts_as_html
        self._frames: dict[str, tuple[Shell, Scan]] = {}
        self._empty: dict[str, str] = {}
        self._urls: set[str] = set()
        self._entries: list[dict[str, str]] = []
        self.folder, self.new = folder, self._output.new

    def add_frame(self, kind: str, url: str, html: str) -> None:
        """The empty page of a kind, which MkDocs puts at `url`."""
        frame = Shell(kind, html)
        self._frames[kind] = frame, scan(frame.frame)
        self._empty[kind] = url

    def add_page(self, url: str, html: str) -> None:
        """A whole page that MkDocs writes itself; one like 404.html goes by its name and is not listed."""
        self._links.add(url, scan(html))
        if not url.endswith(".html"):
            self._urls.add(url)

    def fill(self, pages: Iterable[Page]) -> None:
        """Write pages into their frames; a single one that docs/ holds another for is left out."""
        for page in pages:
            if page.kind in SINGLES and page.kind not in self._frames:
                continue
            if page.url in self._urls or not _PAGE.fullmatch(page.url):
                raise CiregError(f"there cannot be a page, or another one, at '{page.url}'")
            shell, frame = self._frames[page.kind]
            self._output.write(page.url + "index.html", shell.fill(page).encode())
            self._links.add(page.url, scan_body(page.body), frame)
            self._urls.add(page.url)
            if page.search:
                self._entries.append(search.entry(page, as_html=self._texts_as_html))

    def add_assets(self, assets: Iterable[Asset]) -> None:
        """Write files as they are."""
        for asset in assets:
            if not _ASSET.fullmatch(asset.url):
                raise CiregError(f"there cannot be a file at '{asset.url}'")
            self._output.write(asset.url, asset.data)

    def index(self, site_url: str, day: date) -> None:
        """Bring the search index and the sitemap, which MkDocs has made of the empty pages, up to date."""
        index = self.new / search.PATH
        if index.is_file():
            entries = sorted(self._entries, key=lambda entry: entry["location"])
            index.write_bytes(search.amend(index.read_bytes(), set(self._empty.values()), entries))
        listed = sitemap(site_url, self._urls, day)
        self._output.write("sitemap.xml", listed)
        self._output.write("sitemap.xml.gz", compressed(listed))

    def publish(self) -> Changes:
        """Put the new site in the place of the old one; `CiregError` where a page is missing, `BrokenLinks`."""
        missing = [kind for kind, url in self._empty.items() if kind in SINGLES and url not in self._urls]
        if missing:
            raise CiregError(f"there is no page for {', '.join(missing)}")
        empty = {f"{url}index.html" for kind, url in self._empty.items() if kind not in SINGLES}
        broken = self._links.broken(self._output.files() - empty)
        if broken:
            raise BrokenLinks(broken)
        return self._output.publish(without=empty)

    def discard(self) -> None:
        """Give the new site up."""
        self._output.discard()
