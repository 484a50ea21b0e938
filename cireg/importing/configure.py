"""People, practices and services that an import names and cireg.yaml does not know yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from cireg.importing.plan import Plan
from cireg.model import Improvement, Register
from cireg.rules.references import people_of
from cireg.source import Source

ADDED = ("people", "practices", "services")  # what may be added; goals are agreed on, not imported
_LONGEST_NAME = 300


def unknown(plan: Plan, register: Register) -> dict[str, dict[str, int]]:
    """What the imported rows name and the register does not have: {people, practices, …: {id: in how many rows}}."""
    counts: dict[str, Counter[str]] = {}
    for item in _items(plan):
        for group, names in _named(item).items():
            counts.setdefault(group, Counter()).update(set(names))
    for item in register.select(plan.unchanged):  # what was edited into their files is not the sheet's to add
        for group, names in _named(item).items():
            counts.setdefault(group, Counter()).update(set(names) & plan.names.get(group, {}).keys())
    known: Mapping[str, Iterable[str]] = {
        "people": register.config.people, "practices": register.config.practices,
        "services": register.config.services, "goals": register.config.goals, "kpis": register.kpis,
    }  # fmt: skip
    found = {
        group: {name: counts[group][name] for name in sorted(counts[group].keys() - set(known[group]))}
        for group in known
        if group in counts
    }
    return {group: names for group, names in found.items() if names}


def _items(plan: Plan) -> Iterator[Improvement]:
    for new in plan.new:
        yield Improvement(Source(new.path, new.data))
    for different in plan.different:
        yield Improvement(Source(different.item.path, different.data))


def _named(item: Improvement) -> dict[str, list[str]]:
    goal = item.get("vision", "goal")
    return {
        "people": [name for _, name in people_of(item)],
        "practices": item.texts("practices"),
        "services": item.texts("services"),
        "goals": [goal] if isinstance(goal, str) else [],
        "kpis": [measure["kpi"] for _, measure in item.entries("measures") if "kpi" in measure],
    }


def additions(plan: Plan, missing: Mapping[str, Mapping[str, int]]) -> dict[str, list[dict[str, Any]]]:
    """The entries to add to each list of cireg.yaml, by id; the name is the sheet's own spelling of the id."""
    found: dict[str, list[dict[str, Any]]] = {}
    for group in ADDED:
        spelt = plan.names.get(group, {})
        entries = [{"id": name, "name": _name(spelt.get(name, name), name)} for name in missing.get(group, {})]
        if entries:
            found[group] = entries
    return found


def _name(spelt: str, identity: str) -> str:
    return spelt if "\n" not in spelt and len(spelt) <= _LONGEST_NAME else identity
