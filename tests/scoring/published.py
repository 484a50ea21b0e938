"""The figures that scoring must equal: kept here, and read from the shared vectors too where they exist."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

# Made for cireg: (value, effort, risk, urgency) from 1 to 5, effort and risk counting the other way round.
_GRID = {
    "CIR-001": (5, 2, 2, 4),
    "CIR-002": (4, 1, 1, 2),
    "CIR-003": (3, 3, 2, 5),
    "CIR-004": (5, 5, 4, 5),
    "CIR-005": (2, 1, 1, 1),
    "CIR-006": (4, 3, 3, 3),
    "CIR-007": (3, 2, 1, 2),
    "CIR-008": (1, 4, 3, 1),
    "CIR-009": (4, 4, 2, 4),
    "CIR-010": (2, 2, 5, 5),
}

_KEPT: dict[str, Any] = {
    "default_grid": [
        {
            "name": "cireg_default_grid_10",
            "weights": {"value": 0.40, "urgency": 0.20, "effort": 0.25, "risk": 0.15},
            "items": [
                {"id": id_, "value": value, "effort": effort, "risk": risk, "urgency": urgency}
                for id_, (value, effort, risk, urgency) in _GRID.items()
            ],
            "expected": {
                "score": [85.0, 75.0, 63.75, 63.75, 50.0, 60.0, 58.75, 13.75, 62.5, 48.75],
                "rank_competition": [1, 2, 3, 3, 8, 6, 7, 10, 5, 9],
                "light": ["green"] * 2 + ["amber"] * 5 + ["red"] + ["amber"] * 2,
                "quadrant": [
                    "quick-win",
                    "quick-win",
                    "middle",
                    "major-project",
                    "fill-in",
                    "middle",
                    "middle",
                    "reconsider",
                    "major-project",
                    "fill-in",
                ],
                "wsjf_like": [4.5, 6.0, 2.6667, 2.0, 3.0, 2.3333, 2.5, 0.5, 2.0, 3.5],
                "dominated_by": [
                    [],
                    [],
                    [],
                    [],
                    ["CIR-002"],
                    ["CIR-001"],
                    ["CIR-002"],
                    ["CIR-001", "CIR-002", "CIR-003", "CIR-005", "CIR-006", "CIR-007", "CIR-009"],
                    ["CIR-001"],
                    [],
                ],
                "pareto_front": ["CIR-001", "CIR-002", "CIR-003", "CIR-004", "CIR-010"],
                "smaa_uniform_dirichlet": {
                    "tolerance": 0.025,
                    "p_top3": [0.872, 0.693, 0.407, 0.286, 0.243, 0.012, 0.224, 0.0, 0.135, 0.128],
                    "first": [0.444, 0.356, 0.125, 0.05, 0.0, 0.0, 0.0, 0.0, 0.0, 0.026],
                    "rank_p05": [1, 1, 1, 2, 2, 4, 3, 9, 3, 2],
                    "rank_p95": [4, 7, 7, 10, 9, 8, 8, 10, 8, 10],
                    "base_top3": ["CIR-001", "CIR-002", "CIR-003"],
                    "top3_expected_overlap": 0.657,
                },
                "smaa_dirichlet_40w": {
                    "tolerance": 0.025,
                    "p_top3": [1.0, 0.946, 0.377, 0.47, 0.007, 0.016, 0.131, 0.0, 0.053, 0.001],
                    "first": [0.982, 0.018, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0],
                    "rank_p05": [1, 2, 3, 2, 5, 4, 3, 10, 3, 6],
                    "rank_p95": [1, 4, 7, 8, 9, 7, 8, 10, 7, 9],
                    "base_top3": ["CIR-001", "CIR-002", "CIR-003"],
                    "top3_expected_overlap": 0.774,
                },
            },
        }
    ],
    "wsjf": [
        {
            "name": "two tasks, larger scale",
            "items": [
                {
                    "id": "A",
                    "business_value": 100,
                    "time_criticality": 50,
                    "risk_opportunity": 20,
                    "job_size": 10,
                },
                {
                    "id": "B",
                    "business_value": 80,
                    "time_criticality": 30,
                    "risk_opportunity": 10,
                    "job_size": 5,
                },
            ],
            "published": {"cost_of_delay": [170, 120], "wsjf": [17, 24], "order": ["B", "A"]},
        },
        {
            "name": "one task, SAFe's scale",
            "items": [{"id": "T", "business_value": 13, "time_criticality": 8, "risk_opportunity": 5, "job_size": 8}],
            "published": {"wsjf": [3.25]},
        },
        {
            "name": "cost of delay alone",
            "items": [{"id": "x", "business_value": 1, "time_criticality": 3, "risk_opportunity": 5}],
            "published": {"cost_of_delay": [9]},
        },
    ],
    "rice": [
        {
            "name": "two features",
            "items": [
                {"id": "search", "reach": 2000, "impact": 2, "confidence": 0.8, "effort": 3},
                {"id": "dark mode", "reach": 5000, "impact": 0.5, "confidence": 1, "effort": 1},
            ],
            "published": {"rice": [1067, 2500], "order": ["dark mode", "search"]},
            "computed": [1066.6667, 2500.0],
        },
        {
            "name": "three features",
            "items": [
                {"id": "onboarding", "reach": 5000, "impact": 2, "confidence": 0.8, "effort": 2},
                {"id": "enterprise", "reach": 10, "impact": 3, "confidence": 1, "effort": 6},
                {"id": "bug", "reach": 10000, "impact": 3, "confidence": 1, "effort": 0.5},
            ],
            "published": {"rice": [4000, 5, 60000]},
        },
        {
            "name": "one feature",
            "items": [{"id": "n", "reach": 1000, "impact": 2, "confidence": 0.8, "effort": 1}],
            "published": {"rice": [1600]},
        },
    ],
}

_SHARED = Path(__file__).parents[3] / "shared" / "vectors" / "priority.json"


def cases(family: str) -> list[dict[str, Any]]:
    """The cases of `default_grid`, `wsjf` or `rice`: those kept here, then the shared ones if they exist."""
    shared = json.loads(_SHARED.read_text(encoding="utf-8"))[family] if _SHARED.exists() else []
    return [*_KEPT[family], *({**case, "name": f"shared {case['name']}"} for case in shared)]
