"""The sitemap: every page at its address, the same bytes each time."""

from __future__ import annotations

import gzip
from datetime import date
from xml.etree.ElementTree import Element, fromstring

from cireg.site.sitemap import compressed, sitemap

DAY = date(2026, 11, 23)
SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def parsed(site_url: str, pages: list[str]) -> Element:
    """A sitemap as others read it."""
    return fromstring(sitemap(site_url, pages, DAY))  # noqa: S314  # made here


def test_every_page_is_listed_once_with_the_day() -> None:
    """Sorted, below the site's own address."""
    root = parsed("https://x.example/a&b", ["b/", "", "a/", "b/"])

    assert [f"https://x.example/a&b/{url}" for url in ("", "a/", "b/")] == [e.text for e in root.iter(f"{SPACE}loc")]
    assert ["2026-11-23"] * 3 == [each.text for each in root.iter(f"{SPACE}lastmod")]


def test_a_site_without_an_address_lists_nothing() -> None:
    """A sitemap holds whole addresses only."""
    assert [] == list(parsed("", ["a/"]))


def test_it_is_compressed_to_the_same_bytes() -> None:
    """Without the time of day."""
    data = sitemap("https://x.example/", [""], DAY)

    assert data == gzip.decompress(compressed(data))
    assert b"\0\0\0\0" == compressed(data)[4:8]
