"""KPIs that ask for an improvement: they got worse, or cannot meet their standing target, and nobody is at it."""

from __future__ import annotations

from dataclasses import dataclass

from cireg import lifecycle
from cireg.measure.behaviour import Behaviour, Reading
from cireg.measuring import behaviour_of
from cireg.model import Kpi, Register

AIMING = ("primary", "secondary")  # a guard must not get worse; nobody aims at it

CONCERN, MISSED = "concern", "cannot-meet-target"


@dataclass(frozen=True, slots=True)
class Signal:
    """A KPI that asks for an improvement; `reasons` are `concern`, `cannot-meet-target`, or both."""

    kpi: Kpi
    found: Behaviour
    reasons: tuple[str, ...]

    @property
    def last(self) -> Reading:
        """The last reading."""
        return next(each for each in reversed(self.found.points) if each.value is not None)


def signals(register: Register) -> list[Signal]:
    """The KPIs without an open improvement that aims at them, those with more reasons first, then by id."""
    aimed_at = {
        entry["kpi"]
        for item in register.improvements.values()
        if lifecycle.is_open(item.status)
        for _, entry in item.entries("measures")
        if "kpi" in entry and entry.get("role") in AIMING
    }
    found = []
    for kpi in register.kpis.values():
        if kpi.derived or kpi.id in aimed_at:
            continue
        chart = behaviour_of(kpi)
        reasons = []
        if (chart.variation or "").startswith("concern"):
            reasons.append(CONCERN)
        if chart.assurance == "consistent-fail":
            reasons.append(MISSED)
        if reasons:
            found.append(Signal(kpi, chart, tuple(reasons)))
    return sorted(found, key=lambda each: (-len(each.reasons), each.kpi.id))
