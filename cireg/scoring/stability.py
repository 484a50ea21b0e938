"""How far the order of a list depends on its weights: the list ranked again under thousands of others."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from cireg.scoring.grid import PLACES, Inputs, Weights

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Integers = NDArray[np.int64]

Word = Literal["stable", "shaky", "depends-on-weights"]

SEED = 20260301
"""Where the draws start unless told otherwise: the same seed gives the same figures."""

CONCENTRATION = 40
"""How closely drawn weights keep to ours: the weight of 0.40 then has a standard deviation of about 0.077."""

CELLS = 2**18
"""How many scores are held at a time; the ranks that come out take 4 bytes for each item and draw."""


@dataclass(frozen=True, slots=True)
class Band:
    """Where one item comes under drawn weights.

    `top_k` is the share of draws, 0 to 1, that rank it k or better. `rank_low` and `rank_high` are the
    smallest ranks that at least 5 % and at least 95 % of the draws do not exceed.
    """

    top_k: float
    rank_low: int
    rank_high: int


@dataclass(frozen=True, slots=True)
class ItemStability:
    """One item under weights near ours, and under any weights at all."""

    ours: Band
    any_weights: Band


@dataclass(frozen=True, slots=True)
class Stability:
    """The whole list. `ours` and `any_weights` are the mean `top_k` of the items that are now the first k.

    They and `word` are None for a list without items; a list of k items or fewer is stable, since all of them
    are always in the first k. `items` come in the order of the list.
    """

    k: int
    draws: int
    seed: int
    ours: float | None
    any_weights: float | None
    word: Word | None
    items: tuple[ItemStability, ...]


def draws_for(items: int) -> int:
    """10,000 draws up to 200 items; beyond, 2,000,000 divided by the items, but at least 1,000."""
    return 10_000 if items <= 200 else max(1_000, 2_000_000 // items)


def word(ours: float) -> Word:
    """The share in words: stable from 0.8, shaky from 0.6, below that the order depends on the weights."""
    if ours >= 0.8:
        return "stable"
    return "shaky" if ours >= 0.6 else "depends-on-weights"


def stability(
    in_order: Sequence[Inputs], weights: Weights, k: int, *, draws: int | None = None, seed: int = SEED
) -> Stability:
    """Rank the list, given in its present order, again under drawn weights.

    The method is SMAA-2 (Lahdelma and Salminen 2001). `ours` draws from Dirichlet(40 w); a criterion of
    weight 0 stays at 0. `any_weights` draws uniformly over all four criteria, as if nobody agreed. Both start
    from `seed`. ValueError for k or draws below 1.
    """
    draws = draws_for(len(in_order)) if draws is None else draws
    if k < 1 or draws < 1:
        raise ValueError(f"k and draws must be 1 or more, not {k} and {draws}")
    if not in_order:
        return Stability(k, draws, seed, None, None, None, ())
    near = _bands(in_order, _draw([CONCENTRATION * w for w in weights.shares()], draws, seed), k)
    anywhere = _bands(in_order, _draw([1.0] * 4, draws, seed), k)
    ours = _mean_top_k(near[:k])
    items = tuple(ItemStability(*pair) for pair in zip(near, anywhere, strict=True))
    return Stability(k, draws, seed, ours, _mean_top_k(anywhere[:k]), word(ours), items)


def _mean_top_k(bands: list[Band]) -> float:
    return round(math.fsum(band.top_k for band in bands) / len(bands), PLACES)


def _draw(alphas: list[float], draws: int, seed: int) -> Floats:
    """Weights (draws, 4), each row summing to 1. RandomState is the generator whose stream is frozen."""
    import numpy as np

    counted = [column for column, alpha in enumerate(alphas) if alpha > 0]
    drawn = np.zeros((draws, len(alphas)))
    drawn[:, counted] = np.random.RandomState(seed).dirichlet([alphas[column] for column in counted], draws)
    return drawn


def _bands(items: Sequence[Inputs], drawn: Floats, k: int) -> list[Band]:
    """The band of each item. Items with the same inputs always tie, so each set of inputs is ranked once."""
    import numpy as np

    column = {inputs: number for number, inputs in enumerate(dict.fromkeys(items))}
    places = [column[inputs] for inputs in items]
    utilities = np.array([inputs.utilities() for inputs in column])
    holders = np.bincount(np.array(places))
    draws, kinds = len(drawn), len(column)

    ranks = np.empty((kinds, draws), dtype=np.int32)
    rows = max(1, CELLS // kinds)
    for start in range(0, draws, rows):
        ranks[:, start : start + rows] = _ranks(drawn[start : start + rows], utilities, holders).T

    shares = ((ranks <= k).sum(axis=1) / draws).tolist()
    reach = [(5 * draws - 1) // 100, (95 * draws - 1) // 100]  # of the sorted ranks, from 0
    ranks.partition(reach, axis=1)
    bands = [Band(share, *ends) for share, ends in zip(shares, ranks[:, reach].tolist(), strict=True)]
    return [bands[place] for place in places]


def _ranks(drawn: Floats, utilities: Floats, holders: Integers) -> Integers:
    """Competition ranks of shape (draws, kinds) for weights (draws, 4) and utilities (kinds, 4).

    `holders` says how many items share each kind. Scores are summed criterion by criterion, since a matrix
    product may round differently on another machine, and become whole numbers of the ninth place. Each
    carries its kind's number in its lowest bits, so that one plain sort orders both.
    """
    import numpy as np

    scores = drawn[:, :1] * utilities[:, 0]
    for criterion in range(1, utilities.shape[1]):
        scores += drawn[:, criterion : criterion + 1] * utilities[:, criterion]
    bits = len(utilities).bit_length()
    ninth_places = np.rint(scores * (100 * 10**PLACES)).astype(np.int64)  # below 2^37, so the bits have room
    keys = (-ninth_places << bits) | np.arange(len(utilities))
    keys.sort(axis=1)

    kinds, values = keys & ((1 << bits) - 1), keys >> bits
    sizes = holders[kinds]
    ahead = np.cumsum(sizes, axis=1) - sizes
    ahead[:, 1:][values[:, 1:] == values[:, :-1]] = 0  # those who tie take the place of the first of them
    ranks: Integers = np.empty_like(kinds)
    np.put_along_axis(ranks, kinds, np.maximum.accumulate(ahead, axis=1) + 1, axis=1)
    return ranks
