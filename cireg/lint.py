"""Runs the rules over a register, puts code and severity to what they find, and obeys the waivers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cireg.findings import Finding, Found, Severity
from cireg.history import History, Life
from cireg.model import Improvement, Register
from cireg.rules import RULES, by_name, can_be_waived
from cireg.rules.declare import Hit, Rule
from cireg.versions import Versions


def check(register: Register) -> list[Finding]:
    """Every finding of a register, by path, line, column and code."""
    findings = [_found(each) for each in register.found]
    for rule in RULES:
        if rule.check is None:
            continue
        if rule.scope == "improvement":
            run = rule.check
            findings += [_stamp(rule, hit) for item in register.files for hit in run(item, register)]
        elif rule.scope == "kpi":
            run = rule.check
            findings += [_stamp(rule, hit) for kpi in register.kpi_files for hit in run(kpi, register)]
        elif rule.scope == "history":
            run = rule.check
            findings += [_stamp(rule, hit) for item, life in _lives(register) for hit in run(item, life, register)]
        elif rule.scope == "register":
            findings += [_stamp(rule, hit) for hit in rule.check(register)]
    findings = list(_waived(findings, register))
    return sorted(set(findings), key=lambda finding: (*finding.sort_key, finding.message))


def compare(versions: Versions) -> list[Finding]:
    """What the change from one version to another breaks, by path, line, column and code."""
    rules = [(rule, rule.check) for rule in RULES if rule.scope == "change" and rule.check is not None]
    findings = [_stamp(rule, hit) for rule, run in rules for hit in run(versions)]
    return sorted(set(findings), key=lambda finding: (*finding.sort_key, finding.message))


def _lives(register: Register) -> list[tuple[Improvement, Life]]:
    """The improvements of which git knows something, where it was asked and could tell."""
    if not isinstance(register.history, History):
        return []
    lives = register.history.lives
    return [(item, lives[item.id]) for item in register.improvements.values() if item.id in lives]


def of_improvement(item: Improvement, register: Register, found: Iterable[Found] = ()) -> list[Finding]:
    """What the rules about one improvement find in it; `found` is what reading its file found."""
    findings = [_found(each) for each in found]
    for rule in RULES:
        if rule.scope == "improvement" and rule.check is not None:
            findings += [_stamp(rule, hit) for hit in rule.check(item, register)]
    return sorted(set(findings), key=lambda finding: (*finding.sort_key, finding.message))


def _found(found: Found) -> Finding:
    rule = by_name(found.rule)
    severity = found.severity or rule.severity
    return Finding(found.place, rule.code, rule.name, severity, found.message, found.help or rule.mend)


def _stamp(rule: Rule, hit: Hit) -> Finding:
    return Finding(hit.place, rule.code, rule.name, hit.severity or rule.severity, hit.message, hit.help or rule.mend)


def _waived(findings: Iterable[Finding], register: Register) -> Iterator[Finding]:
    """What is left when the waivers of each file have had their say; an error is never waived."""
    waivers = {item.path: item for item in register.files if item.get("waivers")}
    used: set[tuple[str, str]] = set()
    for finding in findings:
        item = waivers.get(finding.place.path)
        if item is not None and finding.severity == "warning" and finding.rule in _in_force(item, register):
            used.add((item.path, finding.rule))
        else:
            yield finding
    unused = by_name("waiver-unused")
    for item in waivers.values():
        for index, rule in sorted((index, rule) for rule, index in _in_force(item, register).items()):
            if (item.path, rule) not in used:
                hit = Hit(item.at("waivers", index, "rule"), f"the waiver of {rule} has nothing to waive")
                yield _stamp(unused, hit)


def _in_force(item: Improvement, register: Register) -> dict[str, int]:
    """The rules that the file waives on that day and for a reason, with the waiver's place in the list."""
    rules: dict[str, int] = {}
    for index, waiver in item.entries("waivers"):
        until = item.date("waivers", index, "until")
        known = can_be_waived(waiver.get("rule", ""))
        if known and waiver.get("reason") and (until is None or until >= register.as_of):
            rules.setdefault(waiver["rule"], index)
    return rules


def counts(findings: Iterable[Finding]) -> dict[Severity, int]:
    """How many findings there are of each severity."""
    result: dict[Severity, int] = {"error": 0, "warning": 0, "info": 0}
    for finding in findings:
        result[finding.severity] += 1
    return result
