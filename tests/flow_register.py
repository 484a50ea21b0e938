"""A register whose improvements have the histories that are given, counted by hand in the tests."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from cireg.model import Register
from tests import measured_register as made
from tests import small_register
from tests.small_register import text

TODAY = date(2026, 10, 2)
READINGS = {
    "kpis/answer-hours.yaml": made.kpi(),
    "kpis/answer-hours.csv": made.csv(("2025-01", made.STEADY), ("2026-02", made.LOWER)),
}


def item(id_: str, *moves: str, **more: Any) -> dict[str, str]:
    """An improvement with these moves, such as "2026-03-02 proposed"; `more` stands over its fields."""
    history = [dict(zip(("on", "status"), move.split(), strict=True), by="data-analyst") for move in moves]
    data = small_register.fields("closed", id=id_, **{"history": history, **more})
    data["status"] = history[-1]["status"]
    return {f"improvements/{id_}.yaml": text({name: value for name, value in data.items() if value is not None})}


def worked(id_: str, live: str, closed: str, **more: Any) -> dict[str, str]:
    """One that its readings call achieved, raised on 5 January 2026 and started on the 12th."""
    more = {"measures": [made.measure()], "target": {"statement": "Thirty.", "due": made.DUE}, **more}
    moves = ("2026-01-05 proposed", "2026-01-12 in-progress", f"{closed} closed")
    return item(id_, *moves, **{"action": {"live": live}, **more})


def register(*files: Mapping[str, str], today: date = TODAY) -> Register:
    """The register of all these files."""
    return small_register.register({name: body for each in files for name, body in each.items()}, today)
