"""Every rule, in the order of the codes: what a schema cannot say, and a name for each way of breaking one."""

from __future__ import annotations

from functools import cache

from cireg.rules import (
    calendar,
    changed,
    claims,
    committed,
    days,
    decisions,
    file,
    gains,
    history,
    identity,
    judgement,
    kept,
    links,
    readings,
    references,
    setup,
    shape,
    stages,
    waivers,
)
from cireg.rules.declare import Rule

RULES: tuple[Rule, ...] = tuple(
    rule
    for family in (
        file, shape, identity, references, stages, decisions, history, days, links, calendar, judgement, waivers, setup,
        readings, claims, gains, committed, changed, kept,
    )
    for rule in family.RULES
)  # fmt: skip

# Errors whose milder cases are warnings, and those may be waived.
_PARTLY_WARNINGS = frozenset({"smart", "own-result", "own-gain", "gate"})


@cache
def _by_name() -> dict[str, Rule]:
    return {rule.name: rule for rule in RULES}


def by_name(name: str) -> Rule:
    """The rule of that name; raises KeyError where there is none."""
    return _by_name()[name]


def find(name_or_code: str) -> Rule | None:
    """The rule of that name or code, None where there is none."""
    wanted = name_or_code.casefold()
    return next((rule for rule in RULES if wanted in (rule.name, rule.code.casefold())), None)


def can_be_waived(name: str) -> bool:
    """Whether findings of that rule can be waived: the warnings that a rule, not the reader, gives."""
    rule = _by_name().get(name)
    return rule is not None and (rule.waivable or name in _PARTLY_WARNINGS)
