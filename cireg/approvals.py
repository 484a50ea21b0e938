"""Whose approval the policy wants for a status, what has been decided, and what a decision covers."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from cireg.model import Config, Improvement
from cireg.money import amount, planned_cost

SPONSOR = "sponsor"  # the improvement's own sponsor has this role for it, whatever roles cireg.yaml gives
_PLANNED = ("what", "kind", "per", "from", "planned")
INPUTS = ("value", "effort", "risk", "urgency", "wsjf", "rice")


@dataclass(frozen=True, slots=True)
class Wanted:
    """An approval that the policy wants: of a role, or of a person; `index` counts the latest decision from 0.

    `state` is missing, declined, stale (what was approved has changed since), conditional or approved.
    """

    by: str
    state: str
    index: int | None = None

    @property
    def given(self) -> bool:
        """Whether the gate has what it asks for; a condition is for people to see to."""
        return self.state in {"approved", "conditional"}


def wanted(item: Improvement, config: Config, status: str) -> list[Wanted]:
    """The approvals that the policy wants of an improvement before `status`, in the policy's order, each once."""
    names = [
        policy["by"]
        for _, policy in config.entries("policy", "approvals")
        if "by" in policy and policy.get("status") == status and _applies(policy.get("when", {}), item, config)
    ]
    return [_decided(name, item, config) for name in dict.fromkeys(names)]


def _applies(when: dict[str, Any], item: Improvement, config: Config) -> bool:
    def costs(limit: Any) -> bool:
        cost = planned_cost(item, config)
        return cost is None or cost >= amount(limit)

    checks: dict[str, Callable[[Any], bool]] = {
        "cost": costs,
        "risk": lambda limit: (item.get("scores", "risk") or 0) >= limit,
        "kind": lambda kind: bool(item.get("kind") == kind),
        "practices": lambda names: not set(names).isdisjoint(item.texts("practices")),
        "services": lambda names: not set(names).isdisjoint(item.texts("services")),
    }
    return all(checks[name](value) for name, value in when.items())


def _decided(by: str, item: Improvement, config: Config) -> Wanted:
    """What the latest decision says of those who may decide as `by`."""
    for n, each in reversed(item.entries("plan", "approvals")):
        if counts_as(by, each, item, config):
            decision = each.get("decision", "approved")
            return Wanted(by, "stale" if decision != "declined" and is_stale(each, item) else decision, n)
    return Wanted(by, "missing")


def counts_as(by: str, decision: dict[str, Any], item: Improvement, config: Config) -> bool:
    """Whether a decision is one of the role or person `by`; one that was taken in another role is not."""
    person = decision.get("by")
    if person == by:
        return True
    return person is not None and decision.get("as", by) == by and by in roles_for(person, item, config)


def roles_for(person: str, item: Improvement, config: Config) -> tuple[str, ...]:
    """The roles that a person has for an improvement: those of cireg.yaml, and sponsor where it names them so."""
    own = (SPONSOR,) if person == item.get("sponsor") else ()
    return tuple(dict.fromkeys((*config.roles(person), *own)))


def deciders(by: str, item: Improvement, config: Config) -> list[str]:
    """Who can decide as the role or person `by`; the improvement's own sponsor before any other."""
    sponsor = item.get("sponsor")
    if by == SPONSOR and sponsor:
        return [sponsor]
    if by in config.people:
        return [by]
    return [person for person in config.people if by in config.roles(person)]


def covered(item: Improvement) -> dict[str, Any]:
    """What an approval is about: target, day, measures, planned money and scores; what is not there is left out."""
    found: dict[str, Any] = {
        "target": _some(item.get("target"), ("statement", "evidence")),
        "due": item.get("target", "due"),
        "measures": [each for _, each in item.entries("measures")],
        "costs": [_some(each, _PLANNED) for _, each in item.entries("money", "costs")],
        "gains": [_some(each, _PLANNED) for _, each in item.entries("money", "gains")],
        "scores": _some(item.get("scores"), INPUTS),
    }
    return {name: value for name, value in found.items() if value}


def _some(section: Any, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: section[name] for name in names if name in section} if isinstance(section, dict) else {}


def fingerprint(item: Improvement) -> str:
    """sha256: and 64 digits for what an approval of the improvement as it is now covers.

    The order of keys, measures and amounts makes no difference, nor does how a text is broken into lines or a
    number is written.
    """
    text = json.dumps(_canonical(covered(item)), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def _canonical(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _canonical(each) for name, each in value.items()}
    if isinstance(value, list):
        return sorted((_canonical(each) for each in value), key=lambda each: json.dumps(each, sort_keys=True))
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"{amount(value).normalize():f}"
    return value


def is_stale(decision: dict[str, Any], item: Improvement) -> bool:
    """Whether what was decided on has changed since; unknown, and so not stale, without a fingerprint."""
    covers = decision.get("covers")
    return covers is not None and covers != fingerprint(item)


def latest(item: Improvement) -> Iterator[tuple[int, dict[str, Any]]]:
    """The latest decision of each person in each role, with its place in plan.approvals."""
    last = {(each.get("by"), each.get("as")): n for n, each in item.entries("plan", "approvals")}
    return ((n, each) for n, each in item.entries("plan", "approvals") if n in last.values())
