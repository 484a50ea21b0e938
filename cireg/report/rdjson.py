"""Findings in reviewdog's diagnostic format, for comments on the lines of a change at any forge it knows."""

from __future__ import annotations

from typing import Any

from cireg.findings import Finding
from cireg.report.checked import Checked, Document, sentence, worst_first
from cireg.report.json import dumps
from cireg.text import safe_text

SEVERITIES = {"error": "ERROR", "warning": "WARNING", "info": "INFO"}


def document(given: Checked) -> Document:
    """One result with every finding, worst first. Columns count bytes of UTF-8, as the format asks."""
    diagnostics = [_diagnostic(each, given) for each in worst_first(given.found)]
    return Document(dumps({"source": {"name": "cireg"}, "diagnostics": diagnostics}, indent=2))


def _diagnostic(finding: Finding, given: Checked) -> dict[str, Any]:
    place = finding.place
    lines = given.lines(place.path)
    before = lines[place.line - 1][: place.column - 1] if 0 < place.line <= len(lines) else ""
    missing = place.column - 1 - len(before)  # of a line that cannot be read
    column = len(before.encode("utf-8", "replace")) + missing + 1
    return {
        "message": sentence(finding),
        "location": {
            "path": safe_text(given.prefix + place.path),
            "range": {"start": {"line": place.line, "column": column}},
        },
        "severity": SEVERITIES[finding.severity],
        "code": {"value": f"{finding.code} {finding.rule}"},
    }
