"""Published series and cases with their figures; those of ../shared/vectors too, where that folder is."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

_SHARED = Path(__file__).resolve().parents[3] / "shared" / "vectors" / "spc.json"

# Wheeler, Making Sense of Data (2003), p. 382, the data set to verify software with; unscreened.
WHEELER = [5045, 4350, 4350, 3975, 4290, 4430, 4485, 4285, 3980, 3925, 3645, 3760, 3300, 3685, 3463, 5200]
WHEELER_MEAN, WHEELER_MOVING_RANGE = 4135.5, 355.93
WHEELER_LIMITS = (3188.72, 5082.28)

# Hollander and Wolfe (1973), p. 69, as in R's wilcox.test.
PERMEABILITY_AFTER = ["0.8", "0.83", "1.89", "1.04", "1.45", "1.38", "1.91", "1.64", "0.73", "1.46"]
PERMEABILITY_BEFORE = ["1.15", "0.88", "0.9", "0.74", "1.21"]


def shared() -> dict[str, Any]:
    """Every vector there is; empty lists where the folder is not there."""
    if not _SHARED.is_file():
        return {"vectors": [], "verdict_cases": [], "two_sample": [], "rule_units": None}
    found: dict[str, Any] = json.loads(_SHARED.read_text(encoding="utf-8"))
    return found


_ABSENT = pytest.mark.skip(reason="there are no shared vectors here")


def cases() -> list[Any]:
    """Every verdict case as one of pytest's parameters."""
    found = [pytest.param(case, id=case["name"]) for case in shared()["verdict_cases"]]
    return found or [pytest.param({}, id="none", marks=_ABSENT)]


def charts() -> list[Any]:
    """Every series, screened and not, as pytest's parameters: whether it is screened, the series, its figures."""
    found = []
    for vector in shared()["vectors"]:
        for key in ("expected", "expected_screened", "expected_unscreened"):
            if key in vector:
                screened = vector[key]["screen_outlier_moving_ranges"]
                name = f"{vector['name']}-{'screened' if screened else 'plain'}"
                found.append(pytest.param(screened, vector, vector[key], id=name))
    return found or [pytest.param(True, {}, {}, id="none", marks=_ABSENT)]


def fractions(values: list[Any]) -> list[Fraction]:
    """The numbers as the decimals that were written."""
    return [Fraction(str(each)) for each in values]
