"""What `check` says, as a draft of the site shows it on its pages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from cireg.findings import Finding
from cireg.site.page import rule_url
from cireg.site.views.shown import Shown
from cireg.site.views.words import Choice, sentence


@dataclass(frozen=True, slots=True)
class FindingLine:
    """A finding: how bad it is, where it is, what was found, what to do, and the rule with its page."""

    severity: Choice
    place: str
    message: str
    help: str
    rule: str
    address: str


def finding_lines(findings: Iterable[Finding], shown: Shown, root: str, *, with_path: bool) -> tuple[FindingLine, ...]:
    """The findings in their order; `root` leads to the site's root."""
    return tuple(
        FindingLine(
            shown.words.choice("severity", finding.severity),
            _place(finding, with_path),
            sentence(finding.message),
            sentence(finding.help),
            finding.rule,
            root + rule_url(finding.rule),
        )
        for finding in findings
    )


def _place(finding: Finding, with_path: bool) -> str:
    place = f"{finding.place.line}:{finding.place.column}"
    return f"{finding.place.path}:{place}" if with_path else place
