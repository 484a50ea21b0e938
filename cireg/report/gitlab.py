"""Findings as a Code Quality report, which GitLab shows in a merge request and beside its lines."""

from __future__ import annotations

from cireg.report.checked import Checked, Document, fingerprints, sentence, worst_first
from cireg.report.json import dumps
from cireg.text import safe_text

MOST = 10_000  # findings: a merge request with more shows nothing at all for a while, and nobody reads them
SEVERITIES = {"error": "major", "warning": "minor", "info": "info"}


def document(given: Checked) -> Document:
    """One list with an entry for each finding, worst first; GitLab knows it again by its fingerprint."""
    ordered = worst_first(given.found)
    marks = fingerprints(given)
    entries = [
        {
            "description": f"{each.code} {sentence(each)}",
            "check_name": each.rule,
            "fingerprint": marks[each],
            "severity": SEVERITIES[each.severity],
            "location": {"path": safe_text(given.prefix + each.place.path), "lines": {"begin": each.place.line}},
        }
        for each in ordered[:MOST]
    ]
    return Document(dumps(entries, indent=2), max(0, len(ordered) - MOST))
