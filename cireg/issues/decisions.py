"""What was decided about improvements that came from issues, in words for those who wrote them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cireg.model import Entry, Improvement, Register
from cireg.schema import field
from cireg.text import safe_text

_NUMBER = re.compile(r"([1-9][0-9]{0,8})(?![0-9A-Za-z])")
_LONGEST = 60_000  # characters of a comment that forges take


@dataclass(frozen=True, slots=True)
class Decision:
    """What is to be said in an issue: its number, the improvement, and a text in Markdown in which nothing acts."""

    issue: int
    id: str
    text: str


def decisions(before: Register, after: Register, issues: str) -> Iterator[Decision]:
    """What the histories say since `before`, one text for each improvement that came from an issue.

    `issues` is what the addresses of issues begin with, as https://forge.example/it/register/issues/.
    """
    for item in after.improvements.values():
        number = issue_of(item, issues)
        known = before.improvements.get(item.id)
        new = item.history[len(known.history) if known else 0 :]
        if number is not None and new:
            yield Decision(number, item.id, "\n\n".join(_words(item, each) for each in new)[:_LONGEST] + "\n")


def issue_of(item: Improvement, issues: str) -> int | None:
    """The number of the issue that an improvement came from, None where it came from none of these."""
    for text in (item.text("source_ref"), *item.text("opportunity").split()):
        if text.startswith(issues):
            found = _NUMBER.match(text.removeprefix(issues))
            if found:
                return int(found[1])
    return None


def _words(item: Improvement, entry: Entry) -> str:
    """One entry as a sentence; a note is a block of code, in which nothing is a mention or a reference."""
    meaning = dict(field("improvement", "status").choices)[entry.status].rstrip(".")
    until = f", until {entry.until}" if entry.until else ""
    sentence = f"{item.id} is **{entry.status}** since {entry.on}{until}. {meaning}."
    if not entry.note:
        return sentence
    lines = safe_text(entry.note, newlines=True).strip("\n").split("\n")
    return sentence + "\n\n" + "\n".join(f"    {line}" for line in lines)
