"""The sitemap for search engines: every page of the site, dated by our clock."""

from __future__ import annotations

import gzip
from collections.abc import Iterable
from datetime import date
from html import escape


def sitemap(site_url: str, pages: Iterable[str], day: date) -> bytes:
    """The sitemap of `pages`, urls relative to the site's root; empty where nobody said what `site_url` is."""
    urls = sorted(set(pages)) if site_url else []
    root = site_url.rstrip("/") + "/"
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
        *(f"  <url><loc>{escape(root + url)}</loc><lastmod>{day}</lastmod></url>" for url in urls),
        "</urlset>\n",
    ]
    return "\n".join(lines).encode()


def compressed(data: bytes) -> bytes:
    """The same, compressed to the same bytes each time."""
    return gzip.compress(data, mtime=0)
