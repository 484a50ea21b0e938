"""Findings as workflow commands: escaped, worst first, ten of a level."""

from __future__ import annotations

import re

import pytest

from cireg.findings import Finding, Place, Severity
from cireg.report.github import findings
from tests.hostile import strings

COMMAND = re.compile(r"::(error|warning|notice) file=([^:,]*),line=([0-9]+),col=([0-9]+),title=([^:,]*)::([^\r\n]*)")


def one(number: int = 1, severity: Severity = "error", **more: str) -> Finding:
    """A finding in the line of that number."""
    place = Place(more.get("path", "improvements/CI-0001.yaml"), number, 3)
    message, help_ = more.get("message", f"wrong {number}"), more.get("help", "mend it")
    return Finding(place, "CI999", "a-rule", severity, message, help_)


def test_a_finding_is_a_command_with_its_place_its_rule_and_its_remedy() -> None:
    """The message has two lines, so its line end is an escape."""
    assert [
        "::error file=it/register/improvements/CI-0001.yaml,line=7,col=3,title=CI999 a-rule::wrong 7%0Amend it"
    ] == list(findings([one(7)], "it/register/"))


def test_each_severity_has_its_level() -> None:
    """GitHub calls what is only told a notice."""
    found = [one(1, "info"), one(2, "warning"), one(3, "error")]

    assert ["error", "warning", "notice"] == [line.split()[0].strip(":") for line in findings(found)]


def test_the_worst_come_first_and_ten_of_each_level() -> None:
    """GitHub drops what goes beyond; the rest is counted and stays in the log."""
    found = [one(n, severity) for n in range(1, 13) for severity in ("warning", "error")]
    lines = list(findings(found))

    assert [f"line={n}," for n in range(1, 11)] == [re.findall(r"line=[0-9]+,", line)[0] for line in lines[:10]]
    assert ["error"] * 10 == [line[2:7] for line in lines[:10]]
    assert "2 more of level error are in the log above" == lines[10]
    assert ["warning"] * 10 == [line[2:9] for line in lines[11:21]]
    assert ["2 more of level warning are in the log above"] == lines[21:]


def test_ten_are_ten() -> None:
    """Nothing is said of a rest where there is none."""
    assert 10 == len(list(findings([one(n) for n in range(10)])))
    assert [] == list(findings([]))


@pytest.mark.parametrize("text", strings(), ids=repr)
def test_whatever_a_stranger_wrote_it_is_one_command_with_its_properties(text: str) -> None:
    """From a file's name, a message and a remedy alike; nothing is left that acts on a terminal."""
    (line,) = findings([one(path=f"improvements/{text}", message=text, help=text)])
    found = COMMAND.fullmatch(line)

    assert found
    assert ("error", "1", "3", "CI999 a-rule") == (found[1], found[3], found[4], found[5])
    assert not re.search(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202e\ufeff]", line)


def test_escapes_decode_to_what_was_written() -> None:
    """As a runner decodes them: property and message."""
    (line,) = findings([one(path="improvements/a,b:c%d", message="50 %, 3:1")])
    found = COMMAND.fullmatch(line)

    assert found
    assert "improvements/a,b:c%d" == found[2].replace("%3A", ":").replace("%2C", ",").replace("%25", "%")
    assert "50 %, 3:1\nmend it" == found[6].replace("%0A", "\n").replace("%25", "%")
