"""Findings as GitHub's workflow commands: escaped, worst first, within what GitHub shows of one step."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cireg.findings import Finding
from cireg.text import github_message, github_property, inert_line, safe_text

PER_STEP = 10  # GitHub shows so many annotations of a level for one step, and drops the rest
LEVELS = {"error": "error", "warning": "warning", "info": "notice"}


def findings(found: Sequence[Finding], prefix: str = "") -> Iterator[str]:
    """The workflow commands, then what they leave out in a sentence of each level."""
    for severity, level in LEVELS.items():
        those = [each for each in found if each.severity == severity]
        for each in those[:PER_STEP]:
            place = each.place
            file = github_property(inert_line(safe_text(prefix + place.path)))
            title = github_property(f"{each.code} {each.rule}")
            message = github_message(inert_line(safe_text(f"{each.message}\n{each.help}", newlines=True)))
            yield f"::{level} file={file},line={place.line},col={place.column},title={title}::{message}"
        if len(those) > PER_STEP:
            yield f"{len(those) - PER_STEP} more of level {level} are in the log above"
