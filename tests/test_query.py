"""Conditions on the fields of improvements, and an improvement whole."""

from __future__ import annotations

from typing import Any

import pytest

from cireg import query
from cireg.errors import CiregError
from cireg.model import Register
from cireg.query import Condition
from cireg.register import load
from cireg.rules.examples import TODAY, build
from cireg.schema import fields

CLOSED = "status: closed\ntarget: {due: 2026-10-31, statement: x}\nlog: []\n"
FILES: dict[str, Any] = {
    "improvements/CI-0001-a.yaml": "id: CI-0001\ntitle: Größere Fenster\ntags: [windows, light]\ncustom: {room: 12}\n",
    "improvements/CI-0002-b.yaml": (
        "id: CI-0002\ntitle: Answer sooner\nowner: service-desk-lead\nservices: [workplace]\n"
        "scores: {value: 5, effort: 1, risk: 1, urgency: 5}\npublish: false\n"
        "target: {due: 2027-03-15, statement: x}\n"
        "plan: {steps: [{do: a, by: data-analyst, due: 2027-01-10}, {do: b, by: service-desk-lead}]}\n"
    ),
    "improvements/CI-0003-c.yaml": (
        "id: CI-0003\ntitle: Close sooner\nlinks: {part_of: CI-0001, follows: CI-0002}\n" + CLOSED
    ),
}


def register(files: dict[str, Any] = FILES) -> Register:
    """The register of the files, as of the examples' day."""
    return load(build(files).tree, lambda _: TODAY)


def ids(*conditions: str) -> list[str]:
    """What fits the conditions, by id."""
    return [item.id for item in query.select(register(), [query.parse(each) for each in conditions])]


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("owner=service-desk-lead", ["CI-0002", "CI-0003"]),
        ("owner = service-desk-lead", ["CI-0002", "CI-0003"]),
        ("owner==service-desk-lead", ["CI-0002", "CI-0003"]),
        ("owner!=service-desk-lead", ["CI-0001"]),
        ("title~GRÖSSERE", ["CI-0001"]),
        ("title~sooner", ["CI-0002", "CI-0003"]),
        ("tags=light", ["CI-0001"]),
        ("tags!=light", ["CI-0002", "CI-0003"]),
        ("scores.value>=4", ["CI-0002", "CI-0003"]),
        ("scores.value>4", ["CI-0002"]),
        ("scores.value=4.0", ["CI-0003"]),
        ("score>99.5", ["CI-0002"]),
        ("path~0003-c", ["CI-0003"]),
        ("target.due<2027-01-01", ["CI-0003"]),
        ("target.due<=2027", ["CI-0002", "CI-0003"]),
        ("target.due>2026", ["CI-0002"]),
        ("target.due=2027-03", ["CI-0002"]),
        ("target.due<today", ["CI-0003"]),
        ("plan.steps.by=data-analyst", ["CI-0002"]),
        ("plan.steps[].due<2027-02", ["CI-0002", "CI-0003"]),
        ("custom.room>9", ["CI-0001"]),
        ("custom.room=12", ["CI-0001"]),
        ("custom.floor=12", []),
        ("publish=false", ["CI-0002"]),
        ("links.part_of=CI-0001", ["CI-0003"]),
        ("id<CI-0003", ["CI-0001", "CI-0002"]),
        ("review.verdict=", ["CI-0001", "CI-0002"]),
        ("review.verdict!=", ["CI-0003"]),
        ("log=", ["CI-0001", "CI-0002", "CI-0003"]),
        ("scores!=", ["CI-0002", "CI-0003"]),
    ],
)  # fmt: skip
def test_a_condition_finds(condition: str, expected: list[str]) -> None:
    """Texts, numbers, days, choices, lists and what is missing, each compared as what it is."""
    assert expected == ids(condition)


def test_several_conditions_must_all_hold_and_one_with_several_values_any() -> None:
    """Conditions narrow a list, values widen it."""
    either = Condition("id", "=", ("CI-0001", "CI-0003"))

    assert ["CI-0003"] == ids("title~sooner", "status=closed")
    assert ["CI-0001", "CI-0003"] == [item.id for item in query.select(register(), [either])]


@pytest.mark.parametrize(
    ("condition", "message", "hint"),
    [
        ("overdue", "'overdue' is no condition", "write a field, one of"),
        ("target.deu<2027-01-01", "an improvement has no field 'target.deu'", "did you mean target.due"),
        ("due<2027-01-01", "an improvement has no field 'due'", "did you mean target.due or plan.steps.due?"),
        ("zzz=1", "an improvement has no field 'zzz'", "its fields are those of its file"),
        ("status=plannned", "status is never 'plannned'", "did you mean planned?"),
        ("status<closed", "the values of status have no order", "use = or !="),
        ("change_type=toool", "change_type is never 'toool'", "did you mean tool?"),
        ("scores.value>high", "scores.value is a number, and 'high' is none", None),
        ("target.due<soon", "target.due is a day, and 'soon' is none", "write 2027-01-31"),
        ("target.due<", "'target.due<' has no value", "target.due= finds what has no target.due"),
        ("publish=yes", "publish is true or false, not 'yes'", None),
        ("vision=growth", "vision has parts", "for example vision.goal"),
        ("owner=service-desk-leed", "there is no person service-desk-leed", "did you mean service-desk-lead?"),
        ("vision.goal=g-happy-users", "there is no goal g-happy-users", "did you mean g-happier-users?"),
    ],
)  # fmt: skip
def test_a_wrong_condition_is_refused_and_the_field_named(condition: str, message: str, hint: str | None) -> None:
    """A slip would otherwise be an empty list, which looks like good news."""
    with pytest.raises(CiregError) as caught:
        ids(condition)

    assert message in caught.value.message
    assert (hint or "") in (caught.value.hint or "")


def test_a_name_that_only_a_file_has_can_be_asked_for() -> None:
    """A reading command works on a register with errors."""
    files = {"improvements/CI-0001.yaml": "owner: nobody-known\n"}

    assert 1 == len(query.select(register(files), [query.parse("owner=nobody-known")]))


def test_an_improvement_is_found_by_its_id_in_any_case() -> None:
    """People type ids as they say them."""
    assert "CI-0002" == query.find(register(), " ci-0002").id


@pytest.mark.parametrize(
    ("identity", "hint"), [("CI-0022", "did you mean CI-0002"), ("reset", "cireg list --where title~WORD")]
)
def test_an_unknown_id_is_refused_with_those_that_are_near(identity: str, hint: str) -> None:
    """The next step is in the message."""
    with pytest.raises(CiregError, match=f"there is no improvement {identity}") as caught:
        query.find(register(), identity)

    assert hint in (caught.value.hint or "")


def test_an_improvement_whole_is_its_file_and_what_follows_from_it() -> None:
    """Everything that is in the file, the score, the next gate and the links to it."""
    known = register()
    found = query.as_data(known.improvements["CI-0002"], known)

    assert {**known.improvements["CI-0002"].data, **found} == found
    assert "improvements/CI-0002-b.yaml" == found["path"]
    assert 100 == found["score"]
    assert "assessed" == found["next_status"]
    assert ["CI-0003"] == found["followers"]
    assert ["CI-0003"] == query.as_data(known.improvements["CI-0001"], known)["parts"]
    assert {"field": "baseline.summary", "title": "baseline.summary", "help": "say how things stand today, with a "
            "figure if there is one"} in found["lacking"]  # fmt: skip


def test_what_has_no_score_and_no_next_status_says_so() -> None:
    """Unknown is None, never 0."""
    known = register()

    assert query.as_data(known.improvements["CI-0001"], known)["score"] is None
    assert query.as_data(known.improvements["CI-0003"], known)["next_status"] is None
    assert [] == query.as_data(known.improvements["CI-0003"], known)["lacking"]


def test_what_is_added_hides_no_field_of_the_file() -> None:
    """A field of that name would be lost in the JSON."""
    added = set(query.as_data(register().improvements["CI-0001"], register())) - set(
        register().improvements["CI-0001"].data
    )

    assert {"path", "score", "next_status", "lacking", "parts", "followers"} == added
    assert set() == added & {field.name for field in fields("improvement")}


@pytest.mark.parametrize(
    ("model", "scores", "expected"),
    [
        ("wsjf", "{wsjf: {business_value: 8, time_criticality: 5, risk_opportunity: 3, job_size: 4}}", 4.0),
        ("rice", "{rice: {reach: 100, impact: 2, confidence: 0.5, effort: 4}}", 25.0),
        ("wsjf", "{value: 1}", None),
        ("rice", "{value: 1}", None),
    ],
)  # fmt: skip
def test_the_score_is_that_of_the_register_s_model(model: str, scores: str, expected: float | None) -> None:
    """The list agrees with the order of the list."""
    known = register(
        {"cireg.yaml": f"scoring: {{model: {model}}}\n", "improvements/CI-0001.yaml": f"scores: {scores}\n"}
    )

    assert expected == query.score(known.improvements["CI-0001"], known)


def test_every_field_of_the_schema_can_be_asked_for() -> None:
    """Each has a kind of value, and asking whether it is there works for all."""
    known = register()

    for field in fields("improvement"):
        condition = query.parse(f"{field.name}!=")
        assert isinstance(query.select(known, [condition]), list)
