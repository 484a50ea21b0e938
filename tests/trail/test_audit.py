"""The trail of an improvement: what it tells, what is missing from it, and what git shows of each part."""

from __future__ import annotations

from typing import Any

import pytest

from cireg.git import Commit
from cireg.trail.audit import CLAUSES, TITLES, Section, trail
from cireg.trail.facts import SECTIONS
from cireg.trail.witness import Witness
from tests.small_register import CONFIG, fields, files, register

CONFIGURED = CONFIG.replace("Head of IT,", "Head of IT, emails: [head@it.example],") + (
    "policy: {approvals: [{status: planned, by: sponsor}]}\n"
)
YES = {"by": "head-of-it", "as": "sponsor", "decision": "approved", "on": "2026-11-12"}


def told(data: dict[str, Any], *others: dict[str, Any], seen: Witness | None = None) -> dict[str, Section]:
    """The parts of an improvement's trail, by name."""
    found = register({**files(data, *others), "cireg.yaml": CONFIGURED})
    return {each.name: each for each in trail(found.improvements[data["id"]], found, seen)}


def texts(section: Section) -> list[str]:
    """What a part of the trail says."""
    return [each.fact.words for each in section.facts]


def missing(data: dict[str, Any]) -> list[str]:
    """The parts of which something is missing."""
    return [name for name, section in told(data).items() if section.missing]


def commit(email: str, digit: str = "a") -> Commit:
    """A commit by whoever has this address."""
    return Commit(digit * 40, "1763900000", "somebody", email, "a change")


def test_every_part_has_a_title_and_a_clause() -> None:
    """In one order."""
    assert list(SECTIONS) == list(TITLES) == list(CLAUSES)


def test_a_proposal_has_only_what_set_it_off() -> None:
    """Nothing is missed before its time."""
    found = told(fields(source_ref="REP-88", on_behalf_of="finance users", cause="Hidden."))

    assert ["trigger", "evaluation"] == list(found)  # the goal is there
    assert [
        "raised", "Opportunity: It could be better.", "Source reference: REP-88", "On behalf of: finance users",
        "Cause: Hidden.",
    ] == texts(found["trigger"])  # fmt: skip
    assert [] == missing(fields())


def test_a_closed_one_is_told_to_the_end() -> None:
    """With days and people; what did not work goes on in another one."""
    data = fields("closed", plan={"steps": [{"do": "Start", "by": "data-analyst", "due": "2026-11-13"}],
                                  "approvals": [YES, YES | {"decision": "declined", "note": "No."}]})  # fmt: skip
    data["review"] |= {"verdict": "partly"}
    data["momentum"] = {"decision": "continue", "lessons": "Ask first.", "standardised": {"none": "Not yet."},
                        "shared": [{"on": "2026-11-16", "with": "service desk leads"}]}  # fmt: skip
    data["action"] = {"live": "2026-11-14", "changes": ["CHG0031234"]}
    found = told(data, fields(id="CI-0002", title="The next cycle", links={"follows": "CI-0001"}))

    assert list(SECTIONS) == list(found)
    assert "scored: value 4, effort 2, risk 1, urgency 3; together 73.8" in texts(found["evaluation"])
    assert ["moved to assessed", "moved to planned", "moved to in-progress", "moved to review", "moved to closed"] == (
        texts(found["decisions"])
    )
    assert ["approved as sponsor: what it covers was not recorded", "declined as sponsor: No."] == (
        texts(found["approvals"])
    )
    assert ["the approval of sponsor, who declined"] == list(found["approvals"].missing)
    assert ["Start: not done", "Changes: CHG0031234", "took effect"] == texts(found["changes"])
    assert ["reviewed: partly", "Evidence: REP-19"] == texts(found["measured"])
    assert ["Decided: continue", "goes on as CI-0002: The next cycle (proposed)"] == texts(found["miss"])
    assert ["nothing became standard: Not yet.", "Lessons: Ask first."] == texts(found["standard"])
    assert ["shared with: service desk leads"] == texts(found["told"])


def test_a_stale_approval_says_so() -> None:
    """An auditor reads what was approved, not what became of it."""
    data = fields("planned", plan={"approvals": [YES | {"covers": "sha256:0"}]})
    found = told(data)["approvals"]

    assert ["approved as sponsor: what it covers has changed since"] == texts(found)
    assert ("the approval of sponsor for what is planned now",) == found.missing


@pytest.mark.parametrize(
    ("data", "names"),
    [
        (fields("assessed", vision=None, baseline=None, scores=None), ["evaluation"]),
        (fields("planned", target=None), ["approvals", "targets"]),
        (fields("closed", action=None, plan=None), ["approvals", "changes", "told"]),
        (fields("closed", review=None), ["approvals", "measured", "miss", "told"]),
        (fields("closed", momentum=None), ["approvals", "standard", "told"]),
        (fields("on-hold"), []),
        (fields("rejected"), []),
    ],
)
def test_what_an_auditor_would_ask_for_is_named_as_missing(data: dict[str, Any], names: list[str]) -> None:
    """From the status on that asks for it."""
    assert names == missing(data)


def test_the_light_track_is_not_asked_for_what_it_need_not_have() -> None:
    """Before it is closed nothing; approvals never."""
    assert [] == missing(fields("proposed", track="light"))
    assert ["told"] == missing(fields("closed", track="light"))


def proofs(seen: Witness | None) -> tuple[str, str]:
    """What git shows of the approval, and of the target, in which nobody is named."""
    found = told(fields("planned", plan={"approvals": [YES]}), seen=seen)
    return found["approvals"].facts[0].proof, found["targets"].facts[0].proof


def test_who_is_named_is_proven_by_an_own_commit_or_an_own_merge() -> None:
    """Otherwise it is stated, not proven, whoever else committed it, and where git knows nothing."""
    data = {"plan": {"approvals": [YES]}}
    own = Witness(((commit("HEAD@it.example"), data),), ((commit("x@it.example", "b"), data),))
    merge = Witness(((commit("x@it.example"), data),), ((commit("head@it.example", "b"), data),))
    foreign = Witness(((commit("x@it.example"), data),), ())

    assert [("committed", ""), ("merged", ""), ("stated", ""), ("stated", ""), ("stated", "")] == [
        proofs(seen) for seen in (own, merge, foreign, Witness((), ()), None)
    ]
