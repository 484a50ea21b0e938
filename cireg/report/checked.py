"""What a check found, as the formats for machines take it: worst first, known again when lines have moved."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from cireg.findings import Finding, Severity
from cireg.text import safe_text

Lines = Callable[[str], Sequence[str]]  # a path's lines, empty where it cannot be read

LONGEST = 1_000  # characters of a message or a remedy that are passed on

_ORDER: tuple[Severity, ...] = ("error", "warning", "info")
_NUMBER = re.compile(r"[0-9]+")


@dataclass(frozen=True, slots=True)
class Checked:
    """The findings of a check, the number of files it read, and its day.

    `prefix` is the way from the git top level to the register, "" or with "/" at its end. `strict` tells whether
    warnings fail the check.
    """

    found: Sequence[Finding]
    checked: int
    as_of: date
    prefix: str
    lines: Lines
    strict: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """The text of a report, and how many findings it leaves out because nobody would take that many."""

    text: str
    left_out: int = 0


def worst_first(found: Sequence[Finding]) -> list[Finding]:
    """Errors, then warnings, then remarks; each in the order in which they were found."""
    return sorted(found, key=lambda each: _ORDER.index(each.severity))


def fingerprints(given: Checked) -> dict[Finding, str]:
    """For each finding 64 hexadecimal digits that stay the same while only its line number or a count of days changes.

    They stand for the rule, the file, the text of the line and the message without its numbers. Findings that have
    all of these in common are counted, in the order of their places.
    """
    seen: Counter[str] = Counter()
    marks = {}
    for each in given.found:
        lines = given.lines(each.place.path)
        line = lines[each.place.line - 1].strip() if 0 < each.place.line <= len(lines) else ""
        message = _NUMBER.sub("0", each.message)
        key = "\0".join((each.code, given.prefix + each.place.path, line, message))
        marks[each] = hashlib.sha256(f"{key}\0{seen[key]}".encode("utf-8", "surrogatepass")).hexdigest()
        seen[key] += 1
    return marks


def said(text: str) -> str:
    """Contributed text in one line that acts on nothing, cut where it is too long for a forge."""
    shown = safe_text(text)
    return shown if len(shown) <= LONGEST else shown[: LONGEST - 1] + "…"


def sentence(finding: Finding) -> str:
    """What is wrong and what to do, in one line."""
    return f"{said(finding.message)}. Do: {said(finding.help)}" if finding.help else said(finding.message)
