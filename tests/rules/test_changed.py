"""The rules that compare two versions: what each holds against a change, and what it lets be."""

from __future__ import annotations

from typing import Any

import pytest

from cireg.findings import Finding
from cireg.git import Commit
from cireg.history import History, Life, Seen
from cireg.lint import compare
from cireg.versions import Versions
from tests import small_register

ONE, KPI, CSV = "improvements/CI-0001.yaml", "kpis/answer-hours.yaml", "kpis/answer-hours.csv"
COMMIT = Commit("a" * 40, "", "", "", "the first one")
LOG = [{"on": "2026-11-20", "note": "A month had been counted twice.", "by": "data-analyst"}]
MEASURE = {
    "kpi": "answer-hours", "role": "primary", "baseline": {"from": "2026-01", "to": "2026-06"},
    "target": {"value": 20, "tolerance": 2},
}  # fmt: skip
READINGS = "period,value,note\n2026-09,30,\n2026-10,28,\n"


def text(status: str = "proposed", identity: str = "CI-0001", **more: Any) -> str:
    """A file's text."""
    return small_register.text(small_register.fields(status, id=identity, **more))


def found(before: dict[str, str], after: dict[str, str], **more: Any) -> list[tuple[str, str]]:
    """The rule and the severity of each finding about a change."""
    return [(each.rule, each.severity) for each in findings(before, after, **more)]


def findings(before: dict[str, str], after: dict[str, str], **more: Any) -> list[Finding]:
    """What the change breaks."""
    return compare(Versions(small_register.register(before), small_register.register(after), **more))


def live(**more: Any) -> str:
    """An improvement that has taken effect, judged by a KPI."""
    return text("review", **({"measures": [MEASURE]} | more))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        # what a longer history says is the file's own rule's to judge
        ("assessed", "planned", []), ("proposed", "rejected", []), ("planned", "planned", []),
        # back without a way back, forth without a way forth
        ("closed", "review", ["skipped-step"]), ("closed", "planned", ["skipped-step"]),
        ("rejected", "proposed", ["skipped-step"]),
        # an entry is gone, and the way from the earlier status is one that there is
        ("on-hold", "withdrawn", ["history-rewritten"]), ("assessed", "rejected", ["history-rewritten"]),
    ],
)  # fmt: skip
def test_a_status_is_reached_from_the_one_before(before: str, after: str, expected: list[str]) -> None:
    """By moves that there are, whatever the later file says of the way."""
    assert expected == [rule for rule, _ in found({ONE: text(before)}, {ONE: text(after)})]


@pytest.mark.parametrize(
    "changed",
    [
        {"measures": [MEASURE | {"target": {"value": 25, "tolerance": 2}}]},
        {"measures": [MEASURE | {"target": {"value": 20, "tolerance": 9}}]},
        {"measures": [MEASURE | {"baseline": {"from": "2026-02", "to": "2026-06"}}]},
        {"measures": [MEASURE | {"role": "secondary"}]},
        {"measures": None},
        {"target": small_register.fields("planned")["target"] | {"due": "2027-06-01"}},
        {"target": small_register.fields("planned")["target"] | {"evidence": "Nothing."}},
    ],
)
def test_a_goal_stays_as_it_was_at_go_live(changed: dict[str, Any]) -> None:
    """An error without a dated log entry, a remark with one, and nothing before go-live."""
    files = {KPI: small_register.KPI}
    before = {**files, ONE: live()}
    assert [("moved-goalposts", "error")] == found(before, {**files, ONE: live(**changed)})
    assert [("moved-goalposts", "info")] == found(before, {**files, ONE: live(**changed, log=LOG)})
    early = {"action": None}
    assert [] == found({**files, ONE: live(**early)}, {**files, ONE: live(**changed, **early)})


def test_a_log_entry_that_was_there_before_explains_nothing() -> None:
    """Each change of the goal needs its own."""
    easier = {"measures": [MEASURE | {"target": {"value": 25}}], "log": LOG}
    files = {KPI: small_register.KPI}
    assert ("moved-goalposts", "error") in found({**files, ONE: live(log=LOG)}, {**files, ONE: live(**easier)})


def test_taking_go_live_out_of_the_file_does_not_help() -> None:
    """What counts is that it had taken effect before."""
    easier = {"measures": [MEASURE | {"target": {"value": 25, "tolerance": 2}}], "action": None}
    files = {KPI: small_register.KPI}
    assert [("moved-goalposts", "error")] == found({**files, ONE: live()}, {**files, ONE: live(**easier)})


def test_what_a_kpi_means_stays_while_somebody_is_judged_by_it() -> None:
    """A new rebase, or a log entry of each who is, makes it a remark."""
    turned = small_register.KPI.replace("better: lower", "better: higher")
    before = {ONE: live(), KPI: small_register.KPI}
    (finding,) = findings(before, {ONE: live(), KPI: turned})
    assert ("moved-goalposts", KPI, 6) == (finding.rule, finding.place.path, finding.place.line)
    assert "changed after CI-0001 took effect: better changed from lower to higher" == finding.message
    rebased = turned + "rebase: [{from: 2026-11, why: Two desks were merged.}]\n"
    assert [("moved-goalposts", "info")] == found(before, {ONE: live(), KPI: rebased})
    assert [("moved-goalposts", "info")] == found(before, {ONE: live(log=LOG), KPI: turned})
    assert [] == found({ONE: text(), KPI: small_register.KPI}, {ONE: text(), KPI: turned})


def test_scores_stay_as_they_were_approved() -> None:
    """Until there is another decision; a refusal covers nothing."""
    approved = {"approvals": [{"by": "head-of-it", "as": "sponsor", "decision": "approved", "on": "2026-11-12"}]}
    again = {"approvals": [*approved["approvals"], {**approved["approvals"][0], "on": "2026-11-20"}]}
    refused = {"approvals": [{**approved["approvals"][0], "decision": "declined"}]}
    scores = small_register.fields("assessed")["scores"]
    higher = scores | {"value": 5}
    before = {ONE: text("assessed", plan=approved)}
    (finding,) = findings(before, {ONE: text("assessed", plan=approved, scores=higher)})
    assert "changed after it was approved: value raised from 4 to 5" == finding.message
    assert [] == found(before, {ONE: text("assessed", plan=again, scores=higher)})
    assert [] == found(before, {ONE: text("assessed", plan=approved, scores=scores | {"why": "New words."})})
    declined = {ONE: text("assessed", plan=refused)}
    assert [] == found(declined, {ONE: text("assessed", plan=refused, scores=higher)})


def test_history_may_be_filled_in_and_added_to_and_not_changed() -> None:
    """A correction says so in the log."""
    entries: list[dict[str, str]] = small_register.fields("assessed")["history"]
    bare = [{name: value for name, value in each.items() if name != "by"} for each in entries]
    named = [entries[0] | {"note": "By mail."}, entries[1]]
    other = [entries[0], entries[1] | {"by": "head-of-it"}]
    moved = [entries[0] | {"on": "2026-11-09"}, entries[1]]

    def of(history: list[dict[str, str]], **more: Any) -> dict[str, str]:
        return {ONE: text("assessed", history=history, **more)}

    assert [] == found(of(bare), of(entries))
    assert [] == found(of(entries), of(named))
    for changed in (bare, other, moved):
        assert [("history-rewritten", "error")] == found(of(entries), of(changed))
        assert [("history-rewritten", "info")] == found(of(entries), of(changed, log=LOG))


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("2026-09,31,\n", "the reading of 2026-09 was 30 and is 31, and no note says why"),
        ("2026-09,,\n", "the reading of 2026-09 was 30 and is empty, and no note says why"),
        ("", "the reading of 2026-09 is gone"),
        ("2026-09,31,was 30: counted twice\n", ""),
        ("2026-09,30.0,\n", ""),
        ("2026-08,1,\n2026-09,30,\n", ""),
    ],
)
def test_a_reading_does_not_change_in_silence(row: str, expected: str) -> None:
    """A note, an added reading, and another way of writing the same figure are fine."""
    after = {KPI: small_register.KPI, CSV: READINGS.replace("2026-09,30,\n", row)}
    said = [each.message for each in findings({KPI: small_register.KPI, CSV: READINGS}, after)]
    assert ([expected] if expected else []) == said


def test_an_id_is_neither_changed_nor_taken() -> None:
    """In the same file, by another improvement, or by one that comes after it."""
    other: dict[str, Any] = {"title": "Order laptops", "opportunity": "Six mails.", "history": [
        {"on": "2026-11-20", "status": "proposed", "by": "improvement-manager"}]}  # fmt: skip
    assert [("id-taken", "error")] == found({ONE: text()}, {ONE: text(identity="CI-0009")})
    assert [("id-taken", "error")] == found({ONE: text()}, {ONE: text(**other)})
    life = Life("CI-0002", [Seen(small_register.TODAY, COMMIT, "proposed", "improvements/CI-0002.yaml")])
    past = History("b" * 40, None, {"CI-0002": life}, {}, {}, frozenset())
    new = {ONE: text(), "improvements/CI-0002.yaml": text(identity="CI-0002")}
    assert [("id-taken", "error")] == found({ONE: text()}, new, past=past)
    assert [] == found({ONE: text()}, new)


def test_nothing_is_deleted_that_somebody_may_look_for() -> None:
    """An improvement in any status, a KPI with readings; what only cannot be read is not gone."""
    before = {ONE: text("closed"), KPI: small_register.KPI, CSV: READINGS}
    said = [each.message for each in findings(before, {})]
    expected = f"CI-0001 is deleted, and was closed: {small_register.title('CI-0001')}"
    assert [expected, "the KPI answer-hours is deleted with its 2 readings"] == said
    assert [] == found({KPI: small_register.KPI}, {})
    assert [] == found({ONE: text()}, {ONE: "id: ["})


def test_a_revert_breaks_no_rule_but_is_told() -> None:
    """However far it goes back."""
    (finding,) = findings({ONE: text("closed")}, {ONE: text("planned")}, reverted={ONE: COMMIT})
    assert ("reverted", "warning") == (finding.rule, finding.severity)
    assert f"it is again as it was in commit {'a' * 12}: the first one" == finding.message
    readings = {KPI: small_register.KPI, CSV: READINGS}
    assert [("reverted", "warning")] == found(
        readings, readings | {CSV: READINGS.replace("30", "31")}, reverted={CSV: COMMIT}
    )
