"""`cireg rules`."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from cireg.rules import RULES
from cireg.rules.declare import Rule
from tests.running import call


def test_every_rule_is_listed_with_its_severity_and_its_sentence(tmp_path: Path) -> None:
    """In the order of the codes, in columns; no register is needed."""
    done = call(tmp_path, "rules")
    lines = done.out.splitlines()
    starts = {line.index(rule.title) for line, rule in zip(lines, RULES, strict=True)}

    assert (0, "") == (done.code, done.err)
    assert [f"{rule.code} {rule.name} {rule.severity} {rule.title}" for rule in RULES] == [
        " ".join(line.split()) for line in lines
    ]
    assert 1 == len(starts)


def test_json_is_as_the_contract_says(tmp_path: Path) -> None:
    """Code, rule, severity, title; with version and day."""
    found = json.loads(call(tmp_path, "rules", "--format", "json", CIREG_TODAY="2026-11-23").out)

    assert {
        "schema_version": 1,
        "as_of": "2026-11-23",
        "items": [
            {"code": rule.code, "rule": rule.name, "severity": rule.severity, "title": rule.title} for rule in RULES
        ],
    } == found


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_name_and_a_code_have_their_shapes(rule: Rule) -> None:
    """Names are what waivers and people use; codes sort."""
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.name)
    assert re.fullmatch(r"CI[0-9]{3}", rule.code)
    assert rule.severity in ("error", "warning")
