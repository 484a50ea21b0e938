"""The table of decisions on an improvement's page: what they cover, and the commit that brought them."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

from cireg.approvals import fingerprint
from cireg.facts import decision_key
from cireg.git import Commit
from cireg.history import History, Life, Seen
from cireg.site.views import plan
from cireg.site.views.subject import Subject
from tests.site.views.showing import subject
from tests.small_register import fields, item

YES = {"by": "head-of-it", "as": "sponsor", "decision": "approved", "on": "2026-11-12"}


def cells(one: Subject) -> list[list[str]]:
    """The last cells of each row, as text: after decision, by, as and on."""
    made = plan.approvals(one)
    assert made is not None
    return [[" ".join(re.sub(r"<[^>]+>", " ", str(cell.content)).split()) for cell in row[4:]] for row in made.rows]


def planned(*decisions: dict[str, Any]) -> dict[str, Any]:
    """An improvement with these decisions."""
    return fields("planned", plan={**fields("planned")["plan"], "approvals": [*decisions]})


def test_a_reader_sees_whether_a_decision_is_for_what_is_planned_now() -> None:
    """Nothing where it was not recorded, or was a no."""
    current = YES | {"covers": fingerprint(item(fields("planned")))}
    stale = YES | {"covers": "sha256:0"}
    no = stale | {"decision": "declined"}

    assert [["as it is planned now"], ["has changed since"], [""]] == cells(subject(planned(current, stale, no)))
    assert [[]] == cells(subject(planned(YES)))


def committed(one: Subject, email: str) -> Subject:
    """The same, with what git knows: the first decision came with the commit of this address."""
    commit = Commit("a" * 40, "1763900000", "somebody", email, "Approve")
    decision = one.item.get("plan", "approvals", 0)
    life = Life(
        "CI-0001", decisions={decision_key(decision): Seen(date(2026, 11, 12), commit, "planned", one.item.path)}
    )
    one.shown.whole.history = History("a" * 40, None, {"CI-0001": life}, {}, {}, frozenset())
    return replace(one)


def test_the_commit_is_named_and_whether_it_was_their_own() -> None:
    """Not where people are not shown, and not of a decision that git has not seen."""
    one = subject(planned(YES))
    one.shown.config.people["head-of-it"]["emails"] = ["head@it.example"]

    assert [["aaaaaaaaaa (their own)"]] == cells(committed(one, "HEAD@it.example"))
    assert [["aaaaaaaaaa"]] == cells(committed(one, "x@it.example"))
    hidden = subject(planned(YES), config="publish: {people: false}\n")
    made = plan.approvals(committed(hidden, "x@it.example"))
    assert made is not None
    assert "aaaaaaaaaa" not in str(made)
