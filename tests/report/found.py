"""Findings for the tests of reports."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from cireg.findings import Finding, Place, Severity
from cireg.report.checked import Checked
from cireg.rules import find

TODAY = date(2026, 11, 23)


def one(number: int = 1, severity: Severity = "error", *, rule: str = "unknown-field", **more: str) -> Finding:
    """A finding of a rule in the line of that number, column 3."""
    place = Place(more.get("path", "improvements/CI-0001.yaml"), number, 3)
    declared = find(rule)
    assert declared
    message, help_ = more.get("message", "there is no field 'ownr' here"), more.get("help", "mend it")
    return Finding(place, declared.code, rule, severity, message, help_)


def checked(*found: Finding, lines: Sequence[str] = (), prefix: str = "", strict: bool = False) -> Checked:
    """A check that found these in files with these lines."""
    return Checked(found, 7, TODAY, prefix, lambda _: lines, strict)
