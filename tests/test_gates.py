"""What an improvement still lacks, part by part."""

from __future__ import annotations

from typing import Any

import pytest

from cireg.gates import Lack, gates_to_pass, lacking, lacking_by_now
from tests.small_register import CONFIG, LINE, fields, files, register

MEASURE = {
    "kpi": "answer-hours",
    "role": "primary",
    "baseline": {"figure": 3, "evidence": "REP-1"},
    "target": {"value": 1},
}


def lacks(data: dict[str, Any], status: str | None = None, *, config: str = "", **others: dict[str, Any]) -> list[Lack]:
    """What an improvement lacks for a status, or by now; `config` is added to cireg.yaml, `others` are more files."""
    found = register({"cireg.yaml": CONFIG + config, **files(data, *others.values())})
    item = found.improvements[data["id"]]
    return lacking(item, found, status) if status else lacking_by_now(item, found)


def titles(*arguments: Any, **more: Any) -> list[str]:
    """The same in words."""
    return [lack.title for lack in lacks(*arguments, **more)]


@pytest.mark.parametrize("status", [*LINE, "on-hold", "rejected", "withdrawn"])
def test_a_complete_improvement_lacks_nothing(status: str) -> None:
    """At every status."""
    assert [] == titles(fields(status))


PARTS = {
    "assessed": [
        "source", "vision.goal", "baseline.summary", "scores.value", "scores.effort", "scores.risk", "scores.urgency",
    ],
    "planned": ["owner", "target.statement", "target.due", "plan.steps"],
    "review": ["action.live"],
    "closed": ["review.on", "review.by", "review.verdict"],
}  # fmt: skip


@pytest.mark.parametrize(("status", "part"), [(status, part) for status, parts in PARTS.items() for part in parts])
@pytest.mark.parametrize("whole", [True, False], ids=["the section too", "the field"])
def test_each_part_that_is_missing_is_named_once(status: str, part: str, whole: bool) -> None:
    """Whether the field is missing or the whole section; and by all later statuses too."""
    section, _, name = part.partition(".")
    data = fields("closed", momentum={"lessons": "x", "standardised": ["y"]})
    if whole or not name:
        del data[section]
    else:
        data[section] = {key: value for key, value in data[section].items() if key != name}
    found = [lack for lack in lacks(data) if lack.title == part]

    assert [("gate", tuple(part.split(".")), True)] == [(lack.rule, lack.route, bool(lack.help)) for lack in found]
    assert part in titles(data, status)
    assert [] == [each for each in LINE if each != status and part in titles(data, each)]


def test_gates_add_up_along_the_line() -> None:
    """Nothing is asked for earlier than its status needs it."""
    sections = ("source", "vision", "baseline", "scores", "owner", "target", "plan", "action", "review", "momentum")
    bare: dict[str, Any] = dict.fromkeys(sections)
    counts = [len(titles(fields(status, **bare))) for status in LINE]

    assert [0, 7, 12, 12, 13, 16] == counts


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("proposed", ("proposed",)),
        ("review", LINE[:5]),
        ("closed", LINE),
        ("on-hold", ("proposed",)),
        ("rejected", ()),
        ("withdrawn", ()),
    ],
)
def test_the_gates_to_pass_are_those_of_the_way_so_far(status: str, expected: tuple[str, ...]) -> None:
    """None for what was ended with a no."""
    found = register(files(fields(status)))

    assert expected == gates_to_pass(found.improvements["CI-0001"])


STATED = {"statement": "One day.", "due": "2027-03-01"}


@pytest.mark.parametrize(
    ("measures", "evidence", "lacks_it"),
    [
        # a primary measure, whole
        ([MEASURE], None, False),
        ([{**MEASURE, "role": "secondary"}, MEASURE], None, False),
        # or something to be seen
        (None, "The portal's report.", False),
        ([{**MEASURE, "baseline": None}], "The portal's report.", False),
        # a part of it is missing
        (None, None, True),
        ([], None, True),
        ([{**MEASURE, "role": "secondary"}], None, True),
        ([{**MEASURE, "role": "guard"}], None, True),
        ([{**MEASURE, "baseline": None}], None, True),
        ([{**MEASURE, "target": None}], None, True),
        # one half each is none
        ([{**MEASURE, "target": None}, {**MEASURE, "baseline": None}], None, True),
    ],
)
def test_measurable_is_a_whole_primary_measure_or_evidence_to_be_seen(
    measures: list[dict[str, Any]] | None, evidence: str | None, lacks_it: bool
) -> None:
    """The letter M."""
    if measures is not None:
        measures = [{key: value for key, value in each.items() if value is not None} for each in measures]
    target = STATED | ({"evidence": evidence} if evidence else {})
    found = lacks(fields("planned", target=target, measures=measures))

    assert ([("measures",)] if lacks_it else []) == [lack.route for lack in found]
    assert (["M"] if lacks_it else []) == [lack.smart for lack in found]


def test_each_step_that_is_incomplete_is_named_by_its_part() -> None:
    """Who and when, of each; counted from 1 for people."""
    steps = [{"do": "a"}, {"do": "b", "by": "data-analyst", "due": "2027-01-01"}, {"do": "c", "by": "data-analyst"}]
    found = lacks(fields("planned", plan={"steps": steps}))

    assert ["plan.steps[1].by", "plan.steps[1].due", "plan.steps[3].due"] == [lack.title for lack in found]
    assert [("plan", "steps", 0, "by"), ("plan", "steps", 0, "due"), ("plan", "steps", 2, "due")] == [
        lack.route for lack in found
    ]
    assert ["plan.steps"] == titles(fields("planned", plan={"steps": []}))


REVIEW = {"on": "2026-11-15", "by": "data-analyst"}


@pytest.mark.parametrize(
    ("verdict", "momentum", "expected"),
    [
        ("achieved", {"standardised": ["KB1"]}, []),
        ("achieved", {"standardised": {"none": "It is gone."}}, []),
        ("achieved", {"lessons": "x", "decision": "accept"}, ["momentum.standardised"]),
        ("achieved", None, ["momentum.standardised"]),
        ("partly", {"lessons": "x", "decision": "accept"}, []),
        ("partly", {"standardised": ["KB1"]}, ["momentum.lessons", "momentum.decision"]),
        ("not-achieved", {"lessons": "x"}, ["momentum.decision"]),
        ("worse", {"decision": "reverse"}, ["momentum.lessons"]),
        ("not-measured", None, ["momentum.lessons", "momentum.decision"]),
        # without a verdict only that is missing
        (None, None, ["review.verdict"]),
    ],
)
def test_the_verdict_says_what_the_end_asks_for(
    verdict: str | None, momentum: dict[str, Any] | None, expected: list[str]
) -> None:
    """A success becomes the normal way of working; a failure leaves a lesson and a decision."""
    review = REVIEW | ({"verdict": verdict} if verdict else {})

    assert expected == titles(fields("closed", review=review, momentum=momentum))


def test_a_failure_that_continues_needs_a_follower() -> None:
    """Another improvement that follows this one; whatever it has come to."""
    failed = fields("closed", review={**REVIEW, "verdict": "worse"}, momentum={"lessons": "x", "decision": "continue"})
    follower = fields(id="CI-0002", links={"follows": "CI-0001"})

    assert ["the improvement that continues it"] == titles(failed)
    assert [] == titles(failed, other=follower)
    assert ["follower-missing"] == [lack.rule for lack in lacks(failed, other=fields(id="CI-0003"))]
    achieved = failed | {
        "review": {**REVIEW, "verdict": "achieved"},
        "momentum": {"standardised": ["x"], "decision": "continue"},
    }
    assert [] == titles(achieved)


# Approvals


def approved(by: str, decision: str = "approved") -> dict[str, Any]:
    """A plan with one decision."""
    plan: dict[str, Any] = dict(fields("planned")["plan"])
    return plan | {"approvals": [{"by": by, "decision": decision, "on": "2026-11-20", "note": "x"}]}


@pytest.mark.parametrize(
    ("by", "plan", "missing"),
    [
        # a role, by whoever has it
        ("sponsor", approved("head-of-it"), False),
        ("sponsor", approved("data-analyst"), True),
        ("process-owner", approved("service-desk-lead"), False),
        # a person
        ("data-analyst", approved("data-analyst"), False),
        ("data-analyst", approved("head-of-it"), True),
        # the decision
        ("sponsor", approved("head-of-it", "conditional"), False),
        ("sponsor", approved("head-of-it", "declined"), True),
        ("sponsor", fields("planned")["plan"], True),
    ],
)
def test_the_approval_of_a_role_or_of_a_person(by: str, plan: dict[str, Any], missing: bool) -> None:
    """The last decision counts; a conditional one is a yes."""
    found = titles(fields("planned", plan=plan), config=f"policy: {{approvals: [{{status: planned, by: {by}}}]}}\n")

    assert missing == (len(found) == 1)
    assert all(each.startswith(f"the approval of {by}") for each in found)


def test_the_sponsor_of_the_improvement_is_a_sponsor() -> None:
    """Whatever roles the person has in cireg.yaml."""
    config = "policy: {approvals: [{status: planned, by: sponsor}]}\n"
    plan = approved("data-analyst")

    assert [] == titles(fields("planned", plan=plan, sponsor="data-analyst"), config=config)
    assert 1 == len(titles(fields("planned", plan=plan, sponsor="head-of-it"), config=config))


def test_a_later_yes_stands_over_an_earlier_no() -> None:
    """And a later no over an earlier yes."""
    config = "policy: {approvals: [{status: planned, by: sponsor}]}\n"
    no, yes = ({"by": "head-of-it", "decision": each, "on": "2026-11-20"} for each in ("declined", "approved"))
    plan: dict[str, Any] = fields("planned")["plan"]

    assert [] == titles(fields("planned", plan={**plan, "approvals": [no, yes]}), config=config)
    assert ["the approval of sponsor, who declined"] == titles(
        fields("planned", plan={**plan, "approvals": [yes, no]}), config=config
    )


def cost(planned: int | None) -> dict[str, Any]:
    """Money with one cost."""
    return {"costs": [{"what": "x", "planned": planned} if planned is not None else {"what": "x", "actual": 9}]}


@pytest.mark.parametrize(
    ("when", "more", "asked"),
    [
        ("", {}, True),
        ("cost: 5000", {"money": cost(5000)}, True),
        ("cost: 5000", {"money": cost(4999)}, False),
        # what nobody knows needs the consent too
        ("cost: 5000", {"money": cost(None)}, True),
        ("cost: 5000", {}, True),
        ("risk: 2", {}, False),
        ("risk: 1", {}, True),
        ("kind: breakthrough", {"kind": "breakthrough"}, True),
        ("kind: breakthrough", {"kind": "incremental"}, False),
        ("kind: breakthrough", {}, False),
        ("practices: [service-desk, other]", {"practices": ["service-desk"]}, True),
        ("practices: [service-desk]", {}, False),
        ("services: [workplace]", {"services": ["workplace"]}, True),
        ("services: [workplace]", {"services": ["payroll"]}, False),
        # all of it
        ("cost: 5000, kind: breakthrough", {"money": cost(9000), "kind": "incremental"}, False),
        ("cost: 5000, kind: breakthrough", {"money": cost(9000), "kind": "breakthrough"}, True),
    ],
)
def test_a_policy_asks_when_all_of_its_conditions_hold(when: str, more: dict[str, Any], asked: bool) -> None:
    """Without conditions, always."""
    config = f"policy: {{approvals: [{{status: planned, by: sponsor, when: {{{when}}}}}]}}\n"

    assert asked == bool(titles(fields("planned", **more), config=config))


@pytest.mark.parametrize("status", LINE[1:])
def test_a_policy_is_obeyed_at_every_status_that_it_may_name(status: str) -> None:
    """From that status on, and not before."""
    config = f"policy: {{approvals: [{{status: {status}, by: sponsor}}]}}\n"
    asked = [each for each in LINE if "the approval of sponsor" in titles(fields(each), config=config)]

    assert list(LINE[LINE.index(status) :]) == asked


@pytest.mark.parametrize("config", ["[{status: planned}]", "[{by: sponsor}]", "[{status: planned, by: 3}]", "3", "[x]"])
def test_a_policy_that_cannot_be_used_asks_nothing(config: str) -> None:
    """Its own fault is reported where it stands."""
    assert [] == titles(fields("planned"), config=f"policy: {{approvals: {config}}}\n")


def test_a_policy_may_ask_for_a_change_record_before_the_work_starts() -> None:
    """Of what is in progress and later."""
    config = "policy: {changes_required: true}\n"

    assert [[], [], [], ["action.changes"]] == [titles(fields(status), config=config) for status in LINE[:4]]
    assert [] == titles(fields("in-progress", action={"changes": ["CHG0031234"]}), config=config)
    assert [] == titles(fields("in-progress"), config="policy: {changes_required: false}\n")


# The light track


def light(**more: Any) -> dict[str, Any]:
    """A light improvement that has been closed and lacks nothing."""
    data = {
        "track": "light", "owner": "service-desk-lead", "scores": {"effort": 1, "risk": 2}, "money": cost(0),
        "action": {"live": "2026-11-14"}, "review": {"on": "2026-11-15", "verdict": "not-measured"},
        "source": None, "baseline": None, "target": None, "plan": None, "momentum": None,
    }  # fmt: skip
    return fields("closed", **(data | more))


def test_the_light_track_asks_for_little_at_its_end_and_for_nothing_before() -> None:
    """No target, no plan, no reviewer, no lesson."""
    assert [] == titles(light())
    assert [] == titles(fields(track="light"), "proposed")
    assert [
        "owner", "vision.goal", "scores.effort", "scores.risk", "action.live", "review.on", "review.verdict",
        "a planned cost",
    ] == titles(light(owner=None, vision=None, scores=None, action=None, review=None, money=None))  # fmt: skip


@pytest.mark.parametrize(
    ("more", "limits", "expected"),
    [
        ({"scores": {"effort": 3, "risk": 2}}, "", ["effort of at most 2; it is 3"]),
        ({"scores": {"effort": 2, "risk": 5}}, "", ["risk of at most 2; it is 5"]),
        ({"money": cost(1000)}, "", []),
        ({"money": cost(1001)}, "", ["a planned cost of at most 1,000; it is 1,001"]),
        ({"money": cost(None)}, "", ["a planned cost"]),
        (
            {"money": {"costs": [{"what": "x", "planned": 50, "per": "month"}]}}, "",
            ["a planned cost of at most 1,000; it is 1,800"],
        ),
        ({"money": cost(1001), "scores": {"effort": 3, "risk": 3}}, "{cost: 2000, effort: 3, risk: 3}", []),
        ({"scores": {"effort": 2, "risk": 2}}, "{effort: 1}", ["effort of at most 1; it is 2"]),
    ],
)  # fmt: skip
def test_the_light_track_keeps_to_its_limits(more: dict[str, Any], limits: str, expected: list[str]) -> None:
    """Those of policy.light; a cost that nobody knows never fits."""
    found = lacks(light(**more), config=f"policy: {{light: {limits}}}\n" if limits else "")

    assert expected == [lack.title for lack in found]
    assert {"light-limits"} >= {lack.rule for lack in found}
