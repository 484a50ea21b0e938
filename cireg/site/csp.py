"""The second wall: a content security policy on every page that lets run what the theme brought, nothing else."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode

_HEAD = re.compile(r"<head\b[^>]*>", re.IGNORECASE)
_SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script\s*>", re.DOTALL | re.IGNORECASE)
_SOURCE = re.compile(r"\ssrc\s*=", re.IGNORECASE)
_TYPE = re.compile(r"\stype\s*=\s*[\"']?([^\"'\s>]*)", re.IGNORECASE)
_RUNS = {"", "module", "text/javascript", "application/javascript", "importmap"}


def protect(html: str) -> str:
    """The page with a policy as the first element of its head; a page without a head stays as it is.

    Its inline scripts are allowed by their hash, so this comes before anything contributed is put into it.
    """
    head = _HEAD.search(html)
    if head is None:
        return html
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy(html)}">'
    return html[: head.end()] + meta + html[head.end() :]


def policy(html: str) -> str:
    """What this page may load and run: the site's own files and the page's own inline scripts."""
    scripts = ["'self'", *dict.fromkeys(_hash(text) for text in _inline_scripts(html))]
    return (
        f"default-src 'self'; script-src {' '.join(scripts)}; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data:; base-uri 'self'; form-action 'none'; object-src 'none'; frame-src 'none'"
    )


def _inline_scripts(html: str) -> list[str]:
    found = []
    for script in _SCRIPT.finditer(html):
        attributes, text = script.groups()
        kind = _TYPE.search(attributes)
        if not _SOURCE.search(attributes) and (kind.group(1).lower() if kind else "") in _RUNS:
            found.append(text)
    return found


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
