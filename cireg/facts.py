"""What history needs of a file's content: whose it is, where it stands, what it will be judged by, who decided."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from cireg.layout import IMPROVEMENTS
from cireg.source import read

_DEFINITION = ("unit", "better", "bounds", "cadence", "aggregation", "method", "derived")
_TARGET = ("due", "evidence")

Facts = dict[str, Any]


def facts(path: str, raw: bytes) -> Facts | None:
    """What history needs of a file's content: the id, and of an improvement the status and the goal.

    None where it is no such file or cannot be read.
    """
    data = read(path, raw).data
    if not isinstance(data, dict) or not isinstance(data.get("id"), str):
        return None
    if not path.startswith(IMPROVEMENTS + "/"):
        return {"id": data["id"], "means": definition_of(data)}
    if not isinstance(data.get("status"), str):
        return None
    found: Facts = {"id": data["id"], "status": data["status"]}
    action, log = data.get("action"), data.get("log")
    if isinstance(action, dict) and isinstance(action.get("live"), str):
        found["live"] = action["live"]
    if goal := goal_of(data):
        found["goal"] = goal
    if isinstance(log, list) and log:
        found["logged"] = len(log)
    if decided := _decided(data):
        found["decided"] = decided
    return found


def _decided(data: dict[str, Any]) -> list[str]:
    """Every decision on the plan, each as `decision_key` has it."""
    plan = data.get("plan")
    made = plan.get("approvals") if isinstance(plan, dict) else None
    return [decision_key(each) for each in made if isinstance(each, dict)] if isinstance(made, list) else []


def decision_key(decision: dict[str, Any]) -> str:
    """A decision as one text: two are the same when they say the same, in whatever order."""
    return json.dumps(decision, sort_keys=True, ensure_ascii=False)


def definition_of(data: dict[str, Any]) -> dict[str, Any]:
    """What the readings of a KPI mean, from the data of its file: each part by its name."""
    return {name: data[name] for name in _DEFINITION if name in data}


def goal_of(data: dict[str, Any]) -> dict[str, Any]:
    """What the result of an improvement is judged by: baseline, target and role for each KPI; under "" the target."""
    goal: dict[str, Any] = {}
    measures, target = data.get("measures"), data.get("target")
    for measure in measures if isinstance(measures, list) else ():
        if isinstance(measure, dict) and isinstance(measure.get("kpi"), str):
            goal[measure["kpi"]] = {name: measure[name] for name in ("role", "baseline", "target") if name in measure}
    if isinstance(target, dict):
        promised = {name: target[name] for name in _TARGET if name in target}
        if promised:
            goal[""] = promised
    return goal


def shifts(old: dict[str, Any], new: dict[str, Any]) -> Iterator[tuple[str | None, str, Any, Any]]:
    """What differs between two goals: the KPI, None for the target's own promises; the part; before; after."""
    for kpi in sorted(old.keys() | new.keys()):
        was, now = old.get(kpi), new.get(kpi)
        if was is None or now is None:
            yield kpi or None, "measure" if kpi else "target", was, now
            continue
        for part in sorted(was.keys() | now.keys()):
            if was.get(part) != now.get(part):
                yield kpi or None, part, was.get(part), now.get(part)
