"""A status from a sheet as a move by the rules."""

from __future__ import annotations

from typing import Any

import pytest

from cireg.model import Improvement
from cireg.moving import NoMove, entry_for
from cireg.source import Source
from tests.importing.maps import TODAY


def item(*statuses: str, **more: Any) -> Improvement:
    """An improvement that has had these statuses, one a day from 2 November 2026 on."""
    history = [{"on": f"2026-11-{day:02}", "status": status} for day, status in enumerate(statuses, start=2)]
    return Improvement(
        Source("improvements/CI-0001.yaml", {"id": "CI-0001", "status": statuses[-1], "history": history, **more})
    )


def test_a_step_forward_is_dated_by_the_sheet() -> None:
    """With everything that the sheet says of it."""
    known = {"on": "2026-11-20", "by": "data-analyst", "note": "Agreed."}

    assert {"on": "2026-11-20", "status": "assessed", "by": "data-analyst", "note": "Agreed."} == entry_for(
        item("proposed"), "assessed", known, TODAY
    )


@pytest.mark.parametrize("known", [{}, {"on": "2026-11-01"}])
def test_without_a_day_that_fits_it_is_dated_to_the_import(known: dict[str, str]) -> None:
    """A day before the last move is none that fits."""
    assert {"on": "2026-11-23", "status": "assessed"} == entry_for(item("proposed"), "assessed", known, TODAY)


@pytest.mark.parametrize(
    ("statuses", "to", "known", "reason"),
    [
        (["proposed"], "planned", {}, "there is no move from proposed to planned; from proposed it goes to: assessed"),
        (["proposed", "assessed"], "proposed", {}, "the move from assessed to proposed needs note"),
        (["proposed"], "rejected", {"by": "data-analyst"}, "the move from proposed to rejected needs note"),
        (["proposed"], "on-hold", {}, "the move from proposed to on-hold needs note and until"),
        (["closed"], "proposed", {}, "there is no move from closed to proposed; from closed it goes to: nothing"),
    ],
)
def test_a_move_that_the_life_cycle_does_not_allow_says_why(
    statuses: list[str], to: str, known: dict[str, str], reason: str
) -> None:
    """Neither steps nor reasons are invented."""
    found = entry_for(item(*statuses), to, known, TODAY)

    assert isinstance(found, NoMove)
    assert found.reason.startswith(reason)


def test_the_light_track_has_its_own_moves() -> None:
    """From proposed to closed at once."""
    assert {"on": "2026-11-23", "status": "closed"} == entry_for(item("proposed", track="light"), "closed", {}, TODAY)


def test_a_parked_one_goes_back_to_where_it_came_from() -> None:
    """And nowhere else on the line."""
    parked = item("proposed", "assessed", "on-hold")

    assert {"on": "2026-11-23", "status": "assessed"} == entry_for(parked, "assessed", {}, TODAY)
    assert isinstance(entry_for(parked, "planned", {}, TODAY), NoMove)


def test_a_history_with_faults_is_not_gone_on_with() -> None:
    """What an entry cannot be read of might have been a move."""
    broken = item("proposed")
    broken.data["history"].append({"status": "assessed"})

    assert NoMove("its history has faults, which have to be mended first") == entry_for(broken, "assessed", {}, TODAY)
