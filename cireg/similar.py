"""Texts that look alike: titles that say the same in almost the same words."""

from __future__ import annotations

import math
import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cached_property
from heapq import nsmallest
from itertools import chain

from cireg.allpairs import all_pairs

# What is left of the likeness of two texts whose numbers differ.
NUMBERS_DIFFER = 0.98

# Runs of digits, or of anything but spaces, digits and punctuation: ASCII, Latin-1, general, CJK.
_WORD = re.compile(r"\d+|[^\s\d!-/:-@\[-`{-~\xa1-\xa9\xab-\xb1\xb4\xb6-\xb8\xbb\xbf\u2000-\u206f\u3000-\u303f]+")
_NUMBER = "0"  # stands for every number among the words
_SCALE = 1024  # weights are whole numbers, so that their sum does not depend on the order
_DIGITS = 6

_Words = frozenset[str]
_Numbers = tuple[str, ...]


class Lookalikes:
    """A collection of texts, {id: text}, that is asked which of them are alike.

    A text is the set of the character trigrams of its words (NFKC, case-folded, without punctuation; every
    number is the same word), each weighted by its inverse document frequency, ln((1 + n) / (1 + df)) + 1.
    Likeness is the cosine of two such vectors, 0 to 1, times `NUMBERS_DIFFER` where the numbers differ; word
    order makes no difference. Texts without a letter or a digit are like nothing. Shares are rounded to 6 digits.

    Two things keep it fast before pairs are looked for: texts of the same words are one, and so are trigrams that
    occur in the same words. Then see `all_pairs`.
    """

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._ids = tuple(texts)
        kinds: dict[_Words, list[tuple[int, _Numbers]]] = {}
        for place, text in enumerate(texts.values()):
            words, numbers = _read(text)
            if words:
                kinds.setdefault(words, []).append((place, numbers))
        self._members = list(kinds.values())  # the texts of each set of words, in their order

        words_with: dict[str, list[str]] = {}
        for word in sorted(frozenset(chain.from_iterable(kinds))):
            for trigram in _trigrams(word):
                words_with.setdefault(trigram, []).append(word)
        # Trigrams of exactly the same words are always in a text together and count as one, a stem.
        stems: dict[tuple[str, ...], list[str]] = {}
        for trigram, holders in words_with.items():
            stems.setdefault(tuple(holders), []).append(trigram)
        stems_of: dict[str, list[int]] = {}
        for stem, words_of_it in enumerate(stems):
            for word in words_of_it:
                stems_of.setdefault(word, []).append(stem)
        self._sets = [frozenset(chain.from_iterable(map(stems_of.__getitem__, words))) for words in kinds]

        held = Counter(chain.from_iterable(self._sets))
        for stems_held, members in zip(self._sets, self._members, strict=True):
            if len(members) > 1:
                held.update(dict.fromkeys(stems_held, len(members) - 1))
        self._weights = [len(found) * self._weight(held[stem]) for stem, found in enumerate(stems.values())]
        self._sizes = [sum(map(self._weights.__getitem__, stems_held)) for stems_held in self._sets]
        self._trigrams = {
            trigram: (stem, self._weight(held[stem])) for stem, found in enumerate(stems.values()) for trigram in found
        }

    def nearest(self, text: str, limit: int, floor: float) -> list[tuple[str, float]]:
        """The at most `limit` texts most like this one, (id, share), best first, none below `floor`."""
        words, numbers = _read(text)
        trigrams = frozenset(chain.from_iterable(map(_trigrams, words)))
        known = [self._trigrams[trigram] for trigram in trigrams if trigram in self._trigrams]
        size = sum(weight for _, weight in known) + (len(trigrams) - len(known)) * self._weight(0)
        common: Counter[int] = Counter()
        for stem, weight in known:
            for kind in self._kinds_with[stem]:
                common[kind] += weight
        found = (
            (-share, place)
            for kind, weight in common.items()
            for place, others in self._members[kind]
            if (share := _share(weight, size, self._sizes[kind], numbers == others)) >= floor
        )
        return [(self._ids[place], -share) for share, place in nsmallest(limit, found)]

    def pairs(self, threshold: float, each: int | None = None) -> list[tuple[str, str, float]]:
        """All pairs at or above the threshold, (earlier id, later id, share), the most alike first.

        A thousand texts that differ only in their numbers are half a million pairs; `each` takes for each text
        only so many of those before it, the most alike. `threshold` is above 0 and at most 1.
        """
        if not 0 < threshold <= 1:
            raise ValueError("the threshold is above 0 and at most 1")
        alike = [[(kind, size)] for kind, size in enumerate(self._sizes)]
        # A share may be rounded up to the threshold.
        for kind, other, common in all_pairs(self._sets, self._weights, threshold - 10**-_DIGITS):
            alike[kind].append((other, common))
            alike[other].append((kind, common))
        found: list[tuple[float, int, int]] = []
        for kind, members in enumerate(self._members):
            for later, numbers in members:
                before = (
                    (-_share(common, self._sizes[kind], self._sizes[other], numbers == others), earlier, later)
                    for other, common in alike[kind]
                    for earlier, others in self._before(other, later, numbers, each)
                )
                enough = (pair for pair in before if -pair[0] >= threshold)
                found += enough if each is None else nsmallest(each, enough)
        return [(self._ids[earlier], self._ids[later], -share) for share, earlier, later in sorted(found)]

    def _before(self, kind: int, later: int, numbers: _Numbers, each: int | None) -> Iterable[tuple[int, _Numbers]]:
        """The texts of a kind that come before `later`: all, or enough to hold the `each` most alike."""
        members = self._members[kind]
        if each is None or len(members) <= each:
            return members[: bisect_left(members, (later,))]
        same = [(place, numbers) for place in self._by_numbers[kind].get(numbers, ())[:each]]
        others = [member for member in members[:each] if member[1] != numbers]
        return [member for member in same + others if member[0] < later]

    @cached_property
    def _by_numbers(self) -> list[dict[_Numbers, list[int]]]:
        """For each kind its texts by their numbers."""
        found: list[dict[_Numbers, list[int]]] = []
        for members in self._members:
            found.append({})
            for place, numbers in members:
                found[-1].setdefault(numbers, []).append(place)
        return found

    @cached_property
    def _kinds_with(self) -> list[list[int]]:
        """For each stem the kinds that hold it."""
        found: list[list[int]] = [[] for _ in self._weights]
        for kind, stems in enumerate(self._sets):
            for stem in stems:
                found[stem].append(kind)
        return found

    def _weight(self, held: int) -> int:
        """The square of the inverse document frequency of a trigram that so many texts hold."""
        return round(_SCALE * (math.log((1 + len(self._ids)) / (1 + held)) + 1) ** 2)


def _read(text: str) -> tuple[_Words, _Numbers]:
    """The words of a text, and its numbers, sorted, for which one word stands."""
    found = _WORD.findall(unicodedata.normalize("NFKC", text).casefold())
    numbers = sorted(word for word in found if word.isdecimal())
    if not numbers:
        return frozenset(found), ()
    return frozenset(_NUMBER if word.isdecimal() else word for word in found), tuple(numbers)


def _trigrams(word: str) -> frozenset[str]:
    padded = f" {word} "
    return frozenset(padded[start : start + 3] for start in range(len(word)))


def _share(common: int, size: int, other: int, same_numbers: bool) -> float:
    return round(common / math.sqrt(size * other) * (1 if same_numbers else NUMBERS_DIFFER), _DIGITS)
