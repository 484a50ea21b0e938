"""A register with readings: improvements that aim at KPIs whose months are given as lists."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from cireg.measure import periods
from cireg.measuring import Outcome, outcome
from tests import small_register
from tests.small_register import Files

STEADY = [40, 42, 39, 41, 40, 41, 39, 42, 40, 41, 40, 42]  # January to December 2025
LOWER = [28, 29, 30, 27, 28, 29, 28, 29]  # from February 2026 on
WINDOW = {"from": "2025-01", "to": "2025-12"}
LIVE = "2026-02-01"
DUE = "2026-06-30"
TODAY = date(2026, 10, 2)


def csv(*stretches: tuple[str, Sequence[float | str | None]], cadence: str = "month") -> str:
    """Readings from the first period of each stretch on; None is an empty cell."""
    lines = ["period,value"]
    for first, values in stretches:
        start = periods.parse(first, cadence)
        assert start is not None
        lines += [f"{start.next(n)},{'' if value is None else value}" for n, value in enumerate(values)]
    return "\n".join(lines) + "\n"


def kpi(name: str = "answer-hours", **fields: Any) -> str:
    """The KPI file of small_register with this id; `fields` stand over its own."""
    lines = [line for line in small_register.KPI.splitlines() if line.partition(":")[0] not in {"id", *fields}]
    return small_register.text({"id": name, **fields}) + "\n".join(lines) + "\n"


def measure(name: str = "answer-hours", role: str = "primary", **fields: Any) -> dict[str, Any]:
    """One entry of `measures`: twelve months before and a target of 30, a guard none; None takes a field away."""
    entry: dict[str, Any] = {"kpi": name, "role": role, "baseline": WINDOW}
    entry |= {} if role == "guard" else {"target": {"value": 30}}
    return {key: value for key, value in (entry | fields).items() if value is not None}


def improvement(*measures: dict[str, Any], live: str | None = LIVE, due: str | None = DUE, **more: Any) -> str:
    """An improvement in review with these measures, or the one above."""
    target = {"statement": "Thirty.", "due": due} if due else {"statement": "Thirty."}
    given: dict[str, Any] = {"measures": list(measures) or [measure()], "target": target}
    given["action"] = {"live": live} if live else None
    status = more.pop("status", "review")
    return small_register.text(small_register.fields(status, **(given | more)))


def files(
    before: Sequence[float | None] = STEADY, after: Sequence[float | None] = LOWER, *measures: dict[str, Any],
    kpi_fields: dict[str, Any] | None = None, others: Files | None = None, **more: Any,
) -> dict[str, Any]:  # fmt: skip
    """One improvement and its KPI with these readings before and after it went live."""
    return {
        "improvements/CI-0001.yaml": improvement(*measures, **more),
        "kpis/answer-hours.yaml": kpi(**(kpi_fields or {})),
        "kpis/answer-hours.csv": csv(("2025-01", before), ("2026-02", after)),
        **(others or {}),
    }


def judged(given: Files, today: date = TODAY) -> Outcome:
    """What the readings say of CI-0001."""
    register = small_register.register(given, today)
    return outcome(register.improvements["CI-0001"], register)
