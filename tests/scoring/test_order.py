"""The order of a list: competition ranks, ties, and the same order however the items come in."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cireg.scoring.grid import Lights, Weights, read, score
from cireg.scoring.order import Candidate, Ranked, order
from tests.scoring.published import cases


def ranks(*scores: float) -> list[int]:
    """The ranks of items with these scores, in their order."""
    return [each.rank for each in order(Candidate(f"CI-{n:04}", each) for n, each in enumerate(scores))]


@pytest.mark.parametrize("case", cases("default_grid"), ids=lambda case: case["name"])
def test_ranks_are_the_published_ones(case: dict[str, Any]) -> None:
    """Over the scores of the grid, ties included."""
    weights, lights = Weights(**case["weights"]), Lights(green=66.67, amber=33.33)
    inputs = {item["id"]: read(item) for item in case["items"]}
    found = {
        each.id: each.rank
        for each in order(
            Candidate(id_, score(one, weights, lights).total) for id_, one in inputs.items() if one is not None
        )
    }

    assert case["expected"]["rank_competition"] == [found[item["id"]] for item in case["items"]]


def test_equal_scores_share_a_rank_and_the_next_counts_them_all() -> None:
    """Competition ranking: 1, 2, 3, 3, 5."""
    assert ranks(50, 40, 30, 30, 20) == [1, 2, 3, 3, 5]
    assert ranks(7, 7, 7) == [1, 1, 1]
    assert ranks(1) == [1]
    assert ranks() == []


def test_ties_are_told_apart_from_the_ninth_place_on() -> None:
    """What differs only beyond it is the noise of the arithmetic; the score comes back rounded."""
    assert ranks(0.1 + 0.2, 0.3) == [1, 1]
    assert ranks(63.75, 63.75 + 4e-10) == [1, 1]
    assert ranks(63.75, 63.75 + 6e-10) == [1, 2]
    assert [each.score for each in order([Candidate("CI-0001", 0.1 + 0.2)])] == [0.3]


def test_a_tie_says_that_it_is_one() -> None:
    """Every item of it, and no other."""
    found = order([Candidate("CI-0001", 9), Candidate("CI-0002", 5), Candidate("CI-0003", 5)])

    assert found == (
        Ranked("CI-0001", 9, 1, tied=False),
        Ranked("CI-0002", 5, 2, tied=True),
        Ranked("CI-0003", 5, 2, tied=True),
    )


def test_inside_a_tie_the_older_comes_first_then_the_id() -> None:
    """An item whose day is not known comes last."""
    found = order(
        [
            Candidate("CI-0001", 5),
            Candidate("CI-0002", 5, date(2026, 3, 2)),
            Candidate("CI-0004", 5, date(2026, 3, 1)),
            Candidate("CI-0003", 5, date(2026, 3, 1)),
            Candidate("CI-0000", 5),
            Candidate("CI-0009", 6),
        ]
    )

    expected = ["CI-0009", "CI-0003", "CI-0004", "CI-0002", "CI-0000", "CI-0001"]
    assert expected == [each.id for each in found]


few = st.sampled_from([0.0, 12.5, 33.33, 33.33 + 1e-12, 63.75, 100.0]) | st.floats(0, 1e6)
days = st.none() | st.dates(date(2026, 1, 1), date(2026, 1, 3))


@given(st.lists(st.tuples(few, days), max_size=20), st.randoms())
def test_the_ranking_is_the_same_however_the_items_come_in(rows: list[tuple[float, date | None]], random: Any) -> None:
    """A permutation of the items changes nothing."""
    candidates = [Candidate(f"CI-{n:04}", score_, day) for n, (score_, day) in enumerate(rows)]
    shuffled = list(candidates)
    random.shuffle(shuffled)

    assert order(candidates) == order(shuffled)


@given(st.lists(few, max_size=20))
def test_a_rank_is_one_more_than_the_number_of_better_items(scores: list[float]) -> None:
    """The definition of competition ranking, and of a tie; nobody is lost."""
    rounded = [round(each, 9) for each in scores]
    found = order(Candidate(f"CI-{n:04}", each) for n, each in enumerate(scores))

    assert sorted(rounded, reverse=True) == [each.score for each in found]
    assert [1 + sum(other > each.score for other in rounded) for each in found] == [each.rank for each in found]
    assert [rounded.count(each.score) > 1 for each in found] == [each.tied for each in found]
