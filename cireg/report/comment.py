"""A difference as a comment at a forge: safe whatever contributors wrote, and never longer than the forge takes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cireg.report.difference import Row, Section
from cireg.text import markdown_text

MOST = 65_536  # bytes: what GitHub takes of a comment, and the least of the forges
_NOTICE = 300  # bytes that are kept free for saying what is left out
_LINE = 500  # characters of one line, however long the text in it is
_LINES = 30  # lines below one row: nobody fills the comment alone, so that other rows are left out

# What a forge would still make a link or a reference of: addresses, and the signs of GitLab's references.
_REFERENCE = re.compile(
    r"(:(?=//)|\bwww(?=\.)|\bGH(?=-[0-9])|\\?[~$!^](?=[\w\"'])|%(?=[\w\"'])|&amp;(?=[\w\"']))", re.IGNORECASE
)


def comment(title: str, summary: str, sections: Sequence[Section], note: str = "", most: int = MOST) -> str:
    """The comment, in Markdown; a row that does not fit into `most` bytes any more is left out whole, and counted."""
    parts = [f"## {text(title)}\n\n{text(summary)}\n"]
    ending = f"\n{text(note)}\n" if note else ""
    room = most - _NOTICE - _size(parts[0]) - _size(ending)
    left_out = 0
    for section in sections:
        head = f"\n### {text(section.title)} ({len(section.rows):,})\n\n"
        for row in section.rows:
            made = head + _row(row)
            if _size(made) > room:
                left_out += 1
                continue
            parts.append(made)
            room -= _size(made)
            head = ""
    if left_out:
        parts.append(f"\n{left_out:,} more rows are left out: a comment takes no more. `cireg diff` shows them all.\n")
    return "".join(parts) + ending


def text(contributed: str) -> str:
    """A text in a line of the comment: no markup, and nothing that calls anybody or refers to anything."""
    cut = contributed if len(contributed) <= _LINE else contributed[: _LINE - 1] + "…"
    return _REFERENCE.sub(lambda match: f"{match[0]}&#8203;", markdown_text(cut))


def _row(row: Row) -> str:
    head = f"**{text(row.id)}** {text(row.head)}" if row.id else text(row.head)
    lines = [*row.lines[:_LINES]]
    if len(row.lines) > _LINES:
        lines.append(f"and {len(row.lines) - _LINES:,} more")
    return f"- {head}\n" + "".join(f"  - {text(line)}\n" for line in lines)


def _size(made: str) -> int:
    return len(made.encode())
