"""Strings that attack terminals, logs, commands and file systems: some always, all where the collection is there."""

from __future__ import annotations

import json
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "shared/hostile"

_OWN = [
    "\x1b]0;title\x07", "\x1b[2J", "\x9b31m", "a\rb", "a\x08b", "x\n::error::y", "x\r\n::error::y", "\u2028::error::y",
    "\u202egnp", "\ufeff::error::x", "::add-mask::x", " ::error::x", "##[group]x", "a,b:c%d", "a::b", "100%0A", "%25",
    "../pwn.yaml", "a:b.yaml", "new\nline.yaml", "--output=x.yaml", "$(id).yaml", "caf\u00e9.yaml", "<script>alert(1)",
]  # fmt: skip


def strings() -> list[str]:
    """Names of files and lines of logs, each once."""
    files = [FOLDER / "names" / name for name in ("filenames.json", "log-and-comment-injection.json")]
    more = [text for file in files if file.is_file() for text in json.loads(file.read_text(encoding="utf-8"))]
    return list(dict.fromkeys([*_OWN, *more]))
