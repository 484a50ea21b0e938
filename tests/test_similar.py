"""Titles that look alike are found, each with its share, in the same order every time."""

from __future__ import annotations

import math
import os
import re
import subprocess
import sys
import unicodedata
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cireg.similar import NUMBERS_DIFFER, Lookalikes

ROOT = Path(__file__).parents[1]
TITLES = {
    "CI-0001": "Cut password-reset tickets by 25 %",
    "CI-0002": "Tidy the ticket categories",
    "CI-0003": "cut Password reset tickets by 30%!",
    "CI-0004": "Replace the old mail gateway",
    "CI-0005": "Tickets by 25 %: cut password reset",
    "CI-0006": "Tidy ticket categories",
    "CI-0007": "Automate the hand-out of laptops",
}
WORDS = ["cut", "cuts", "reset", "resets", "ticket", "tickets", "by", "25", "30", "desk", "dusk", "a"]
titles = st.lists(st.sampled_from(WORDS), max_size=5)


def _vector(text: str) -> tuple[set[str], list[str]]:
    """The trigrams and the numbers of a text, read the plain way."""
    words = re.findall(r"[0-9]+|[^\W\d_]+", unicodedata.normalize("NFKC", text).casefold())
    numbers = sorted(word for word in words if word.isdigit())
    padded = [" 0 " if word.isdigit() else f" {word} " for word in words]
    return {word[start : start + 3] for word in padded for start in range(len(word) - 2)}, numbers


def _shares(texts: dict[str, str]) -> dict[tuple[str, str], float]:
    """Every pair with its share, by the formula and by comparing all."""
    vectors = {id_: _vector(text) for id_, text in texts.items()}
    weight = {
        trigram: (math.log((1 + len(texts)) / (1 + sum(trigram in other for other, _ in vectors.values()))) + 1) ** 2
        for vector, _ in vectors.values()
        for trigram in vector
    }
    shares = {}
    for one, other in combinations(texts, 2):
        (first, numbers), (second, others) = vectors[one], vectors[other]
        if first and second:
            sizes = [sum(weight[trigram] for trigram in vector) for vector in (first, second)]
            cosine = sum(weight[trigram] for trigram in first & second) / math.sqrt(sizes[0] * sizes[1])
            shares[one, other] = cosine * (1 if numbers == others else NUMBERS_DIFFER)
    return shares


def test_titles_that_say_the_same_are_pairs_best_first() -> None:
    """Case, punctuation and word order make no difference, another number a small one."""
    expected = [("CI-0001", "CI-0005", 1.0), ("CI-0001", "CI-0003", 0.98), ("CI-0003", "CI-0005", 0.98)]
    found = Lookalikes(TITLES).pairs(0.8)
    assert expected == found[:3]
    assert [("CI-0002", "CI-0006")] == [(one, other) for one, other, _ in found[3:]]


@pytest.mark.parametrize(
    ("one", "other", "share"),
    [
        ("Café hours", "CAFE\u0301 HOURS", 1.0),
        ("\uff23\uff55\uff54 tickets", "cut tickets", 1.0),
        ("Move to version 4", "Move to version 3", 0.98),
        ("2026", "2027", 0.98),
        ("チケットを減らす", "チケットを減らす。", 1.0),
        ("टिकट कम करें", "टिकट कम करें!", 1.0),
    ],
)
def test_the_same_title_written_differently_is_the_same(one: str, other: str, share: float) -> None:
    """In other scripts too."""
    texts = {"a": one, "b": other, "c": "something else altogether"}
    assert [("a", "b", share)] == Lookalikes(texts).pairs(0.9)


@pytest.mark.parametrize("text", ["", "???", " - ", "\u200b"])
def test_a_title_without_letters_or_digits_is_like_nothing(text: str) -> None:
    """Not even like itself."""
    lookalikes = Lookalikes({"a": text, "b": text, "c": "Cut tickets"})
    assert ([], []) == (lookalikes.pairs(0.1), lookalikes.nearest(text, 3, 0.0))


def test_different_titles_are_no_pair() -> None:
    """Sharing a common word is not enough."""
    texts = {"a": "Improve the network", "b": "Improve the onboarding of new starters", "c": "Improve the backups"}
    assert [] == Lookalikes(texts).pairs(0.8)


@given(st.lists(titles.map(" ".join), max_size=12), st.sampled_from([0.2, 0.5, 0.8, 0.95]))
def test_pairs_are_those_of_the_formula(texts: list[str], threshold: float) -> None:
    """No pair is lost or invented by what makes it fast."""
    named = {f"CI-{number:04}": text for number, text in enumerate(texts)}
    expected = {pair: share for pair, share in _shares(named).items() if share >= threshold + 1e-3}
    found = Lookalikes(named).pairs(threshold)
    actual = {(one, other): share for one, other, share in found}
    assert len(found) == len(actual)
    assert expected.keys() <= actual.keys()
    assert all(share >= threshold for share in actual.values())
    for pair, share in actual.items():
        assert math.isclose(_shares(named)[pair], share, abs_tol=1e-3)


@given(st.lists(titles.map(" ".join), max_size=12), st.integers(1, 3))
def test_each_takes_the_best_of_those_before(texts: list[str], each: int) -> None:
    """The same pairs, only so many for the later text of each."""
    named = {f"CI-{number:04}": text for number, text in enumerate(texts)}
    lookalikes = Lookalikes(named)
    everything = lookalikes.pairs(0.5)
    expected = []
    for id_ in named:
        before = sorted((pair for pair in everything if pair[1] == id_), key=lambda pair: (-pair[2], pair[0]))
        expected += before[:each]
    assert sorted(expected) == sorted(lookalikes.pairs(0.5, each))


def test_a_thousand_titles_that_differ_in_their_number_are_a_pair_each() -> None:
    """With `each`, the list grows with the titles and not with their square."""
    texts = {f"CI-{number:04}": f"Improvement {number}" for number in range(1000)}
    found = Lookalikes(texts).pairs(0.8, each=1)
    assert 999 == len(found)
    assert {("CI-0000", 0.98)} == {(one, share) for one, _, share in found}


@pytest.mark.parametrize("threshold", [0, -0.5, 1.01])
def test_a_threshold_that_means_nothing_is_refused(threshold: float) -> None:
    """At 0 everything is like everything."""
    with pytest.raises(ValueError, match="threshold"):
        Lookalikes(TITLES).pairs(threshold)


def test_the_nearest_titles_come_best_first() -> None:
    """At most so many, none below the floor; equal ones in their order."""
    lookalikes = Lookalikes(TITLES)
    found = lookalikes.nearest("Cut password-reset tickets by 25 %", 5, 0.3)
    assert [("CI-0001", 1.0), ("CI-0005", 1.0), ("CI-0003", 0.98)] == found
    assert found[:2] == lookalikes.nearest("Cut password-reset tickets by 25 %", 2, 0.3)
    assert [] == lookalikes.nearest("Cut password-reset tickets by 25 %", 0, 0.3)


def test_words_that_no_title_knows_make_a_text_less_alike() -> None:
    """A long text is not like a short title that it happens to contain."""
    lookalikes = Lookalikes(TITLES)
    ((near, alone),) = lookalikes.nearest("Replace the mail gateway", 1, 0.0)
    ((same, among_others),) = lookalikes.nearest("Replace the mail gateway before the audit of suppliers", 1, 0.0)
    assert near == same == "CI-0004"
    assert among_others < 0.8 < alone


@given(titles.map(" ".join), st.lists(titles.map(" ".join), max_size=8))
def test_the_nearest_of_a_title_that_is_there_agree_with_the_pairs(text: str, texts: list[str]) -> None:
    """Asking for one title and asking for all pairs give the same shares."""
    named = {str(number): other for number, other in enumerate([text, *texts])}
    lookalikes = Lookalikes(named)
    expected = {(other, share) for one, other, share in lookalikes.pairs(0.5) if one == "0"}
    assert expected == {pair for pair in lookalikes.nearest(text, 99, 0.5) if pair[0] != "0"}


def test_the_answers_do_not_depend_on_the_run() -> None:
    """Sets of strings are walked in another order in each process."""
    code = f"from cireg.similar import Lookalikes; t = Lookalikes({TITLES!r}); "
    code += "print(t.pairs(0.1), t.nearest('tidy tickets', 9, 0.0))"
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=ROOT,
            check=True,
            capture_output=True,
        ).stdout
        for seed in ("0", "1", "2", "3")
    }
    assert 1 == len(outputs)
