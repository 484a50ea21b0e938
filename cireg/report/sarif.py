"""Findings as a SARIF 2.1.0 log, within what GitHub's code scanning takes of one run."""

from __future__ import annotations

import os
import re
from typing import Any
from urllib.parse import quote

from cireg import __version__
from cireg.findings import Finding
from cireg.report.checked import Checked, Document, fingerprints, said, sentence, worst_first
from cireg.report.json import dumps
from cireg.rules import RULES
from cireg.rules.declare import Rule

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
MOST = 25_000  # results of one run that GitHub takes; it shows the worst 5,000
LEVELS = {"error": "error", "warning": "warning", "info": "note"}

_ROOT = "%SRCROOT%"
_PLACEHOLDER = re.compile(r"\{([0-9]+)\}")
_PLACES = {rule.code: place for place, rule in enumerate(RULES)}


def document(given: Checked) -> Document:
    """One log with one run: every rule, and the findings worst first.

    Columns are counted in code points, and the log says so. Addresses are relative to the top of the repository.
    """
    ordered = worst_first(given.found)
    marks = fingerprints(given)
    left_out = max(0, len(ordered) - MOST)
    run = {
        "tool": {
            "driver": {
                "name": "cireg",
                "semanticVersion": __version__,
                "rules": [_rule(rule) for rule in RULES],
            }
        },
        "automationDetails": {
            "id": f"cireg/{address(given.prefix)}"
        },  # so that two registers do not replace each other
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The top of the git repository."}}},
        "invocations": [_invocation(left_out)],
        "properties": {"as_of": given.as_of, "checked": given.checked},
        "results": [_result(each, given.prefix, marks[each]) for each in ordered[:MOST]],
    }
    return Document(dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2), left_out)


def address(path: str) -> str:
    """A path as a relative URI reference (RFC 3986): every byte that is not unreserved is percent-encoded."""
    return quote(os.fsencode(path), safe="/")


def message(text: str) -> str:
    """The text as a message that has no placeholder (SARIF 3.11.5) and no link (3.11.6) in it."""
    return _PLACEHOLDER.sub(r"{{\1}}", text).replace("](", "] (")


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": message(rule.title)},
        "fullDescription": {"text": message(f"{rule.title}. {rule.why}")},
        "help": {"text": message(f"{rule.why} What to do: {rule.mend}. More: cireg explain {rule.name}")},
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
        "properties": {"problem.severity": "recommendation" if rule.severity == "info" else rule.severity},
    }


def _result(finding: Finding, prefix: str, mark: str) -> dict[str, Any]:
    place = finding.place
    return {
        "ruleId": finding.code,
        "ruleIndex": _PLACES[finding.code],
        "level": LEVELS[finding.severity],
        "message": {"text": message(sentence(finding))},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": address(prefix + place.path), "uriBaseId": _ROOT},
                    "region": {"startLine": place.line, "startColumn": place.column},
                }
            }
        ],
        # GitHub knows an alert again by the first of these only, and works it out from the lines where it is missing.
        "partialFingerprints": {"primaryLocationLineHash": mark, "ciregFinding/v1": mark},
    }


def _invocation(left_out: int) -> dict[str, Any]:
    """How the run went: findings are no failure of the tool."""
    invocation: dict[str, Any] = {"executionSuccessful": True}
    if left_out:
        text = said(f"{left_out} more findings are not in this log: it holds the worst {MOST}.")
        invocation["toolExecutionNotifications"] = [{"level": "note", "message": {"text": text}}]
    return invocation
