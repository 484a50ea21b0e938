"""Statuses, moves and gates as the schema states them, held to the life cycle in words."""

from __future__ import annotations

from datetime import date

import pytest

from cireg import lifecycle
from cireg.lifecycle import allowed, came_from, gate, is_open, line, next_status, reached, smart_letters, statuses
from cireg.model import Entry
from tests.small_register import LINE, fields, item

OPEN = ("proposed", "assessed", "planned", "in-progress", "review")
ENDINGS = ("on-hold", "rejected", "withdrawn")


def history(*names: str) -> tuple[Entry, ...]:
    """A history of these statuses, one a day."""
    return tuple(Entry(n, date(2026, 11, 1 + n), name, "x", None, None) for n, name in enumerate(names))


def test_the_line_leads_from_the_proposal_to_the_end() -> None:
    """Six statuses over the seven steps; three beside it."""
    assert LINE == line()
    assert (*LINE, *ENDINGS) == tuple(statuses())
    assert [1, 2, 3, 4, 5, 6, 7] == [step for name in line() for step in statuses()[name].steps]


def test_what_is_open_is_to_be_answered_or_worked_on() -> None:
    """What is parked comes back, so it is open too."""
    assert [*OPEN, "on-hold"] == [name for name in statuses() if is_open(name)]


@pytest.mark.parametrize("status", OPEN)
def test_from_an_open_status_one_step_forward_or_one_back_with_a_note(status: str) -> None:
    """Or out of the line; nothing else."""
    place = LINE.index(status)
    moves = allowed("full", history(*LINE[: place + 1]))

    assert {LINE[place + 1], *LINE[max(0, place - 1) : place], *ENDINGS} == set(moves)
    assert set(LINE[max(0, place - 1) : place]) == {name for name, move in moves.items() if move.note}


@pytest.mark.parametrize("status", OPEN)
def test_from_the_parking_place_only_to_where_it_came_from_or_to_an_end(status: str) -> None:
    """Or to the parking place again, with a new day."""
    before = [*LINE[: LINE.index(status) + 1], "on-hold"]

    assert {status, *ENDINGS} == set(allowed("full", history(*before)))
    assert {status, *ENDINGS} == set(allowed("full", history(*before, "on-hold")))


@pytest.mark.parametrize("status", ["rejected", "withdrawn"])
def test_from_a_no_back_to_assessed_with_a_note(status: str) -> None:
    """A good idea may be looked at again."""
    moves = allowed("full", history("proposed", status))

    assert ["assessed"] == list(moves)
    assert moves["assessed"].note


def test_closed_is_the_end() -> None:
    """The next cycle is an improvement that follows."""
    assert {} == allowed("full", history(*LINE))
    assert {} == allowed("light", history("proposed", "closed"))


def test_the_light_track_may_close_a_proposal_at_once() -> None:
    """Only that move is its own."""
    assert {"assessed", "closed", *ENDINGS} == set(allowed("light", history("proposed")))
    assert {"assessed", *ENDINGS} == set(allowed("full", history("proposed")))
    for end in range(2, 6):
        assert allowed("full", history(*LINE[:end])) == allowed("light", history(*LINE[:end]))


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (("proposed",), "proposed"),
        (("proposed", "assessed", "on-hold"), "assessed"),
        (("proposed", "on-hold", "on-hold"), "proposed"),
        (("proposed", "assessed", "on-hold", "assessed", "planned", "on-hold"), "planned"),
        (("proposed", "rejected", "assessed", "on-hold"), "assessed"),
        (("on-hold",), None),
        ((), None),
    ],
)
def test_where_it_was_parked_from_is_in_its_history(names: tuple[str, ...], expected: str | None) -> None:
    """The last status on the line."""
    assert expected == came_from(history(*names))


@pytest.mark.parametrize(
    ("status", "expected"),
    [*((name, name) for name in LINE), ("on-hold", "proposed"), ("rejected", None), ("withdrawn", None)],
)
def test_the_gates_to_satisfy_are_those_up_to_the_status_that_is_reached(status: str, expected: str | None) -> None:
    """What is parked keeps the gates of where it came from; what has ended without a result has none."""
    assert expected == reached(item(fields(status)))


@pytest.mark.parametrize(
    ("status", "track", "expected"),
    [
        *((LINE[n], "full", LINE[n + 1]) for n in range(5)),
        ("closed", "full", None),
        ("on-hold", "full", "assessed"),
        ("rejected", "full", None),
        ("withdrawn", "full", None),
        ("proposed", "light", "closed"),
        ("on-hold", "light", "closed"),
        ("assessed", "light", "planned"),
        ("review", "light", "closed"),
        ("closed", "light", None),
    ],
)
def test_the_next_status_is_one_that_it_may_move_to(status: str, track: str, expected: str | None) -> None:
    """A promise of a move that check then refuses would be worse than none."""
    found = item(fields(status, track=track))

    assert expected == next_status(found)
    if expected is not None and status != "on-hold":
        assert expected in allowed(track, found.history)


def titles(status: str, *, light: bool = False) -> list[str]:
    """What a gate asks for, in words."""
    asked = gate(status, light=light)
    return [*(part.title for part in asked.parts), *asked.rules]


def test_each_gate_asks_for_what_the_life_cycle_says() -> None:
    """Word for word; nothing is asked for twice."""
    assert [] == titles("proposed")
    assert [
        "source", "vision.goal", "baseline.summary", "scores.value", "scores.effort", "scores.risk", "scores.urgency",
        "approval-missing",
    ] == titles("assessed")  # fmt: skip
    assert [
        "owner", "target.statement", "target.due", "a primary measure with baseline and target, or target.evidence",
        "plan.steps", "by and due of every step", "approval-missing",
    ] == titles("planned")  # fmt: skip
    assert ["approval-missing", "changes-missing"] == titles("in-progress")
    assert ["action.live", "approval-missing"] == titles("review")
    assert [
        "review.on", "review.by", "review.verdict", "momentum.standardised", "momentum.lessons", "momentum.decision",
        "approval-missing", "follower-missing",
    ] == titles("closed")  # fmt: skip
    assert [[], [], []] == [titles(name) for name in ENDINGS]


def test_the_light_track_is_asked_for_little_and_only_at_its_end() -> None:
    """In place of everything else."""
    assert [
        "owner", "vision.goal", "scores.effort", "scores.risk", "action.live", "review.on", "review.verdict",
        "light-limits",
    ] == titles("closed", light=True)  # fmt: skip
    assert [[]] * 8 == [titles(name, light=True) for name in statuses() if name != "closed"]


@pytest.mark.parametrize(
    ("status", "entry"), [("on-hold", ("note", "until")), ("rejected", ("note", "by")), ("withdrawn", ("note", "by"))]
)
def test_an_entry_beside_the_line_says_why(status: str, entry: tuple[str, ...]) -> None:
    """And when it comes back, or who decided; one on the line needs only its day."""
    assert entry == statuses()[status].entry
    assert [()] * 6 == [statuses()[name].entry for name in line()]


def test_smart_names_its_letters_their_fields_and_what_would_supply_them() -> None:
    """One letter each, in order."""
    assert [
        ("S", "specific", "target.statement"),
        ("M", "measurable", "measures"),
        ("A", "achievable", "target.achievable"),
        ("R", "relevant", "vision.goal"),
        ("T", "time-bound", "target.due"),
    ] == [(each.letter, each.word, ".".join(each.route)) for each in smart_letters()]
    assert all(each.supply for each in smart_letters())


def test_the_steps_have_the_models_seven_questions() -> None:
    """Titles of the sections."""
    assert {
        1: "What is the vision?",
        2: "Where are we now?",
        3: "Where do we want to be?",
        4: "How do we get there?",
        5: "Take action",
        6: "Did we get there?",
        7: "How do we keep the momentum going?",
    } == lifecycle.step_titles()
