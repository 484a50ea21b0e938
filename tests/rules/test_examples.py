"""Every rule's own examples: the bad one is found inside its own lines and nowhere else, the good one is clean."""

from __future__ import annotations

import pytest

from cireg.findings import Finding
from cireg.lint import check
from cireg.register import load
from cireg.rules import RULES
from cireg.rules.declare import Files, Rule
from cireg.rules.examples import TODAY, build

EVERY_RULE = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)


def findings(example: Files) -> list[Finding]:
    return check(load(build(example).tree, lambda _: TODAY))


@EVERY_RULE
def test_the_bad_example_breaks_the_rule_and_no_other(rule: Rule) -> None:
    """One fault, one name: whoever reads the example sees nothing else that is wrong."""
    found = findings(rule.bad)
    assert {each.rule for each in found} == {rule.name}
    assert {each.code for each in found} == {rule.code}


@EVERY_RULE
def test_the_fault_stands_in_the_lines_that_the_example_shows(rule: Rule) -> None:
    """The place is the example's own, not the filling around it."""
    shown = build(rule.bad).shown
    for each in findings(rule.bad):
        assert each.place.line <= shown[each.place.path]
        assert each.place.column >= 1


@EVERY_RULE
def test_the_good_example_has_no_findings(rule: Rule) -> None:
    """What the rule asks for satisfies every other rule too."""
    assert findings(rule.good) == []


@EVERY_RULE
def test_the_severity_is_the_declared_one(rule: Rule) -> None:
    """A rule that errs in its example with another severity documents something else."""
    assert {each.severity for each in findings(rule.bad)} == {rule.severity}


@EVERY_RULE
def test_it_says_what_why_and_what_to_do(rule: Rule) -> None:
    """The sentence, the reason and the remedy are there, without a full stop where none belongs."""
    assert rule.title
    assert rule.why.endswith(".")
    assert rule.mend
    assert not rule.title.endswith(".")
    assert not rule.mend.endswith(".")
    assert all(each.help for each in findings(rule.bad))


def test_codes_ascend_and_names_are_unique() -> None:
    """The list is in the order of the codes, so that a new rule finds its place."""
    codes = [rule.code for rule in RULES]
    assert codes == sorted(set(codes))
    assert len({rule.name for rule in RULES}) == len(RULES)
