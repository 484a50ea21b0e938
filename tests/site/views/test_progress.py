"""How far an improvement has come, and what its next status asks for."""

from __future__ import annotations

import pytest

from cireg.site.views.progress import how_far, next_gate, states
from tests.site.views.showing import showing, subject
from tests.small_register import fields


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("proposed", "current ahead ahead ahead ahead ahead ahead"),
        ("assessed", "done current ahead ahead ahead ahead ahead"),
        ("planned", "done done current current ahead ahead ahead"),
        ("in-progress", "done done done done current ahead ahead"),
        ("review", "done done done done done current ahead"),
        ("closed", "done done done done done done done"),
        ("on-hold", "current ahead ahead ahead ahead ahead ahead"),
        ("rejected", "done dropped dropped dropped dropped dropped dropped"),
    ],
)
def test_each_status_stands_for_steps(status: str, expected: str) -> None:
    """Steps before the status are done; what an ended one never came to is dropped."""
    item = subject(fields(status)).item
    assert expected.split() == list(states(item).values())


def test_the_step_is_said_in_a_sentence() -> None:
    """Of a parked one, where it was parked."""
    parked, working = subject(fields("on-hold")), subject(fields("review"))
    assert "Parked at step 1 of 7: What is the vision?" == how_far(parked.item, parked.shown)
    assert "Step 6 of 7: Did we get there?" == how_far(working.item, working.shown)


def test_the_next_gate_names_each_thing_that_it_lacks() -> None:
    """As something to do, with the field and where it is explained."""
    one = subject(fields(vision=None))
    gate = next_gate(one.item, one.shown, "../../")
    assert gate is not None
    assert "Next: Assessed" == gate.title
    assert "To become Assessed it lacks 7 things:" == gate.intro
    lack = next(each for each in gate.lacking if each.field == "vision.goal")
    assert "../../reference/improvement/#field-vision-goal" == lack.address
    assert lack.help.endswith(".")


def test_an_improvement_that_has_everything_can_move() -> None:
    """Nothing is lacking, and that is said."""
    one = subject(fields("review", **{name: fields("closed")[name] for name in ("review", "momentum")}))
    gate = next_gate(one.item, one.shown, "")
    assert gate is not None
    assert ("Everything is there for it to become Closed.", ()) == (gate.intro, gate.lacking)


def test_what_has_ended_has_no_next_gate() -> None:
    """Neither closed nor rejected ones."""
    shown = showing(fields("closed"), fields("rejected", id="CI-0002"))
    assert [None, None] == [next_gate(item, shown, "") for item in shown.items]


def test_the_approver_is_not_named_where_people_are_not_shown() -> None:
    """The lack of an approval would name a person otherwise."""
    policy = "policy: {approvals: [{status: planned, by: head-of-it}]}\n"
    one = subject(fields("assessed"), config=policy + "publish: {people: false}\n")
    gate = next_gate(one.item, one.shown, "")
    assert gate is not None
    assert "Add the decision that is asked for." in [lack.help for lack in gate.lacking]
    assert not any("head-of-it" in lack.help for lack in gate.lacking)
