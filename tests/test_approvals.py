"""Approvals: whose are wanted, which decision counts, and what a decision covers."""

from __future__ import annotations

from typing import Any

import pytest

from cireg.approvals import Wanted, deciders, fingerprint, wanted
from cireg.lint import check
from tests.small_register import CONFIG, fields, files, item, register

POLICY = (
    CONFIG
    + """\
policy:
  approvals:
    - {status: planned, by: sponsor}
    - {status: planned, by: data-analyst, when: {risk: 4}}
    - {status: planned, by: sponsor, when: {risk: 1}}
"""
)
PLANNED = fields(
    "planned",
    measures=[{"kpi": "answer-hours", "role": "primary", "target": {"value": 8}}, {"kpi": "b", "role": "guard"}],
    money={"costs": [{"what": "Licences", "planned": 1400, "per": "year"}, {"what": "Time", "planned": 10}]},
)


def with_decisions(*decisions: dict[str, Any], **more: Any) -> list[Wanted]:
    """What is wanted before planned of an improvement about which this was decided."""
    data = PLANNED | more
    data["plan"] = {**PLANNED["plan"], "approvals": [{"on": "2026-11-12", **each} for each in decisions]}
    return wanted(item(data), register({"cireg.yaml": POLICY}).config, "planned")


YES = {"by": "head-of-it", "decision": "approved"}
COVERING = YES | {"covers": fingerprint(item(PLANNED))}


@pytest.mark.parametrize(
    ("decisions", "state"),
    [
        ([], "missing"),
        ([YES], "approved"),
        ([YES | {"as": "sponsor"}], "approved"),
        ([YES | {"as": "process-owner"}], "missing"),  # in another role
        ([YES | {"by": "data-analyst", "as": "sponsor"}], "missing"),  # in a role that the person does not have
        ([YES, YES | {"decision": "declined"}], "declined"),
        ([YES | {"decision": "declined"}, YES], "approved"),
        ([YES | {"decision": "conditional", "note": "Not before May."}], "conditional"),
        ([COVERING], "approved"),
        ([YES | {"covers": "sha256:3f2a9c41"}], "stale"),
        ([YES | {"covers": "sha256:3f2a9c41", "decision": "declined"}], "declined"),
    ],
)
def test_the_latest_decision_of_those_who_may_decide_counts(decisions: list[dict[str, Any]], state: str) -> None:
    """One that covers something else than what is planned now is stale."""
    (found,) = with_decisions(*decisions)

    assert ("sponsor", state) == (found.by, found.state)


def test_the_policy_asks_each_once_and_only_where_it_applies() -> None:
    """A role that two policies name is asked for once; from a risk of 4 on somebody else is asked too."""
    assert ["sponsor"] == [each.by for each in with_decisions()]
    risky = PLANNED["scores"] | {"risk": 4}
    assert ["sponsor", "data-analyst"] == [each.by for each in with_decisions(scores=risky)]


def test_the_improvements_own_sponsor_decides_as_sponsor() -> None:
    """Whatever roles cireg.yaml gives; and is the one who is asked."""
    (found,) = with_decisions(YES | {"by": "service-desk-lead"}, sponsor="service-desk-lead")
    config = register({"cireg.yaml": POLICY}).config

    assert "approved" == found.state
    assert ["service-desk-lead"] == deciders("sponsor", item(PLANNED | {"sponsor": "service-desk-lead"}), config)
    assert ["head-of-it"] == deciders("sponsor", item(PLANNED), config)
    assert ["data-analyst"] == deciders("data-analyst", item(PLANNED), config)


def changed(**more: Any) -> bool:
    """Whether an approval of PLANNED would be stale with these fields."""
    return fingerprint(item(PLANNED)) != fingerprint(item(PLANNED | more))


COVERED = {
    "the target": {"target": PLANNED["target"] | {"statement": "Two days by March."}},
    "its evidence": {"target": PLANNED["target"] | {"evidence": "A letter."}},
    "its day": {"target": PLANNED["target"] | {"due": "2027-03-02"}},
    "a measure's target": {
        "measures": [PLANNED["measures"][0] | {"target": {"value": 9}}, PLANNED["measures"][1]],
    },
    "a measure less": {"measures": PLANNED["measures"][:1]},
    "a planned cost": {"money": {"costs": [PLANNED["money"]["costs"][0] | {"planned": 1401}]}},
    "how often it is paid": {"money": {"costs": [PLANNED["money"]["costs"][0] | {"per": "month"}]}},
    "a planned gain": {"money": {**PLANNED["money"], "gains": [{"what": "x", "kind": "cash", "planned": 1}]}},
    "a score": {"scores": PLANNED["scores"] | {"value": 5}},
}
NOT_COVERED = {
    "why it is achievable": {"target": PLANNED["target"] | {"achievable": "Because."}},
    "how a text is broken into lines": {"target": PLANNED["target"] | {"statement": "One day\nby  March.\n"}},
    "the order of measures": {"measures": PLANNED["measures"][::-1]},
    "how a number is written": {
        "money": {"costs": [PLANNED["money"]["costs"][1], PLANNED["money"]["costs"][0] | {"planned": 1400.0}]}
    },
    "what was really spent": {"money": {"costs": [each | {"actual": 1} for each in PLANNED["money"]["costs"]]}},
    "who scored and when": {"scores": PLANNED["scores"] | {"on": "2026-11-20", "by": "data-analyst", "why": "x"}},
    "a step": {"plan": {"steps": []}},
    "the log": {"log": [{"on": "2026-11-20", "note": "x"}]},
    "the title": {"title": "Another title"},
}


@pytest.mark.parametrize("name", COVERED)
def test_an_approval_covers(name: str) -> None:
    """What the decision was about."""
    assert changed(**COVERED[name])


@pytest.mark.parametrize("name", NOT_COVERED)
def test_an_approval_does_not_cover(name: str) -> None:
    """What may change while the work is done."""
    assert not changed(**NOT_COVERED[name])


def test_an_owner_who_approves_is_told_unless_the_policy_names_that_very_person() -> None:
    """A policy for a role can be met by somebody else; one for a person cannot."""

    def warned(by: str) -> bool:
        plan = {**PLANNED["plan"], "approvals": [YES | {"by": "service-desk-lead", "on": "2026-11-12"}]}
        config = CONFIG + f"policy: {{approvals: [{{status: planned, by: {by}}}]}}\n"
        found = check(register({**files(PLANNED | {"plan": plan}), "cireg.yaml": config}))
        return "own-approval" in {each.rule for each in found}

    assert [False, True] == [warned("service-desk-lead"), warned("process-owner")]
