"""What a branch is to blame for: the findings that the earlier version did not have, and those of the change itself."""

from __future__ import annotations

from cireg import lint
from cireg.difference import Findings, moved
from cireg.findings import Finding
from cireg.versions import Versions


def new_findings(versions: Versions, everything: list[Finding]) -> tuple[list[Finding], int]:
    """The findings that the change brought, of all those of the later version, and how many are older than it.

    A finding is the same where its rule and its words are, in the same file or in the one that this was renamed
    from, whatever line it stands in. What the change breaks by itself is new.
    """
    known = Findings.told_apart(lint.check(versions.before), everything, moved(versions))
    found = [*known.appeared, *lint.compare(versions)]
    return sorted(set(found), key=lambda each: (*each.sort_key, each.message)), known.kept
