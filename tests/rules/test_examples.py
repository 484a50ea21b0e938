"""Every rule's own examples: the bad one is found inside its own lines and nowhere else, the good one is clean."""

from __future__ import annotations

import pytest

from cireg.findings import Finding
from cireg.git import Commit
from cireg.history import History, Life, Seen
from cireg.lint import check, compare
from cireg.model import Register
from cireg.register import load
from cireg.rules import RULES
from cireg.rules.declare import Files, Rule
from cireg.rules.examples import BEFORE, TODAY, build, earlier, files_of
from cireg.versions import Versions

EVERY_RULE = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)


def findings(rule: Rule, example: Files) -> list[Finding]:
    """What check finds in an example, against its earlier version where it has one."""
    register = load(build(example).tree, lambda _: TODAY)
    if rule.scope == "history":
        register.history = committed_today(register)
    before = earlier(example)
    if before is None:
        return check(register)
    again = reverts(example)
    return check(register) + compare(Versions(load(before.tree, lambda _: TODAY), register, again))


def reverts(example: Files) -> dict[str, Commit]:
    """The files of an example that are as they were before the version that was before."""
    files = files_of(example)
    first = {path.removeprefix(BEFORE * 2): text for path, text in files.items() if path.startswith(BEFORE * 2)}
    same = [path for path, text in first.items() if files.get(path) == text != files.get(BEFORE + path)]
    return {path: Commit("0" * 40, "", "", "", "the first version") for path in same}


def committed_today(register: Register) -> History:
    """What git would know, had it all been committed today."""
    commit = Commit("0" * 40, "", "", "", "")
    lives = {item.id: Life(item.id, [Seen(TODAY, commit, item.status, item.path)]) for item in register.files}
    return History("0" * 40, None, lives, {}, {}, frozenset())


@EVERY_RULE
def test_the_bad_example_breaks_the_rule_and_no_other(rule: Rule) -> None:
    """One fault, one name: whoever reads the example sees nothing else that is wrong."""
    found = findings(rule, rule.bad)
    assert {each.rule for each in found} == {rule.name}
    assert {each.code for each in found} == {rule.code}


@EVERY_RULE
def test_the_fault_stands_in_the_lines_that_the_example_shows(rule: Rule) -> None:
    """The place is the example's own, not the filling around it."""
    before = earlier(rule.bad)
    shown = {**(before.shown if before else {}), **build(rule.bad).shown}
    for each in findings(rule, rule.bad):
        assert each.place.line <= shown[each.place.path]
        assert each.place.column >= 1


@EVERY_RULE
def test_the_good_example_has_no_findings(rule: Rule) -> None:
    """What the rule asks for satisfies every other rule too."""
    assert findings(rule, rule.good) == []


@EVERY_RULE
def test_the_severity_is_the_declared_one(rule: Rule) -> None:
    """A rule that errs in its example with another severity documents something else."""
    assert {each.severity for each in findings(rule, rule.bad)} == {rule.severity}


@EVERY_RULE
def test_it_says_what_why_and_what_to_do(rule: Rule) -> None:
    """The sentence, the reason and the remedy are there, without a full stop where none belongs."""
    assert rule.title
    assert rule.why.endswith(".")
    assert rule.mend
    assert not rule.title.endswith(".")
    assert not rule.mend.endswith(".")
    assert all(each.help for each in findings(rule, rule.bad))


def test_codes_ascend_and_names_are_unique() -> None:
    """The list is in the order of the codes, so that a new rule finds its place."""
    codes = [rule.code for rule in RULES]
    assert codes == sorted(set(codes))
    assert len({rule.name for rule in RULES}) == len(RULES)
