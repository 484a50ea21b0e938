"""What a KPI that is derived from the register counts, as plain data: altogether and period by period."""

from __future__ import annotations

from typing import Any

from cireg.derived import IMPLEMENTED, ROI, RULES, TIME, Implemented, Times, implemented, times
from cireg.flow.spread import Spread, spread
from cireg.model import Kpi, Register
from cireg.money.returns import roi_by_period


def derived_data(kpi: Kpi, register: Register) -> dict[str, Any] | None:
    """The rule, the whole and the periods; None of a KPI with readings of its own."""
    cadence = kpi.text("cadence")
    head = {"kind": kpi.derived, "rule": RULES.get(kpi.derived or "")}
    if kpi.derived == IMPLEMENTED:
        counted = [
            {"period": str(period), **_implemented(found)} for period, found in implemented(register, cadence).items()
        ]
        return {**head, "total": _implemented(implemented(register)[None]), "periods": counted}
    if kpi.derived == TIME:
        took = [{"period": str(period), **_times(found)} for period, found in times(register, cadence).items()]
        return {**head, "total": _times(times(register)[None]), "periods": took}
    if kpi.derived == ROI:
        returned = [
            {
                "period": str(found.period), "gain": found.gain, "cost": found.cost, "roi": found.roi,
                "counted": list(found.ids), "closed": found.closed,
            }
            for found in roi_by_period(register, cadence)
        ]  # fmt: skip
        return {**head, "total": returned[-1] if returned else None, "periods": returned}
    return None


def _implemented(found: Implemented) -> dict[str, Any]:
    return {
        "closed": found.closed,
        **{name.replace("-", "_"): list(ids) for name, ids in found.verdicts.items()},
        "claimed_not_measured": list(found.claimed),
        "no_verdict": list(found.unknown),
        "light": list(found.light),
        "light_achieved": list(found.light_achieved),
    }


def _times(found: Times) -> dict[str, Any]:
    return {
        **spread_data(found.spread),
        "days": dict(found.days),
        "light": {**spread_data(spread(found.light.values())), "days": dict(found.light)},
        "live_to_verdict": {**spread_data(spread(found.to_verdict.values())), "days": dict(found.to_verdict)},
    }


def spread_data(found: Spread) -> dict[str, Any]:
    """How some times spread: percentiles are null where there are too few to say."""
    return {"n": found.n, "mean": found.mean, "p50": found.p50, "p70": found.p70, "p85": found.p85, "p95": found.p95}
