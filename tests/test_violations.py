"""What a file that breaks its schema is told: which rule, which part, in which words, and what to do."""

from __future__ import annotations

import json
from typing import Any

import pytest

from cireg.layout import schema_document
from cireg.rules import by_name
from cireg.violations import Violation, violations

GONE = object()
Told = tuple[str, str, str]  # rule, message, the beginning of the help

CASES: list[tuple[str, dict[str, Any], list[Told]]] = [
    # required fields
    ("improvement", {"title": GONE}, [("missing-field", "title is missing", "What would be better, in one line")]),
    (
        "improvement",
        {"plan": {"steps": [{"do": "x"}, {"by": "a"}]}},
        [("missing-field", "plan.steps[2].do is missing", "What is to be done. For example: Enrol everyone")],
    ),
    (
        "improvement",
        {"plan": {"approvals": [{"by": "a", "decision": "conditional", "on": "2026-01-01"}]}},
        [("missing-field", "plan.approvals[1].note is missing", "The condition or the reason.")],
    ),
    ("kpi", {"aggregation": GONE}, [("missing-field", "aggregation is missing", "How the single events")]),
    ("kpi", {"aggregation": GONE, "derived": "roi"}, []),
    # field names
    ("improvement", {"ownr": "x"}, [("unknown-field", "there is no field 'ownr' here", "did you mean owner?")]),
    ("improvement", {"vision": {"x": 1}}, [("unknown-field", "there is no field 'x' here", "one of: goal, benefit")]),
    (
        "improvement",
        {"\u00a0owner": "x"},
        [
            (
                "unknown-field",
                "there is no field 'owner' here, with the character U+00A0 (no-break space) in it",
                "did you mean owner?",
            )
        ],
    ),
    (
        "improvement",
        {"measures": [{"kpi": "a", "role": "primary", "rolle": "x"}]},
        [("unknown-field", "there is no field 'rolle' here", "did you mean role?")],
    ),
    (
        "config",
        {"scoring": {"anchors": {"value": {"6": "x"}}}},
        [("unknown-field", "there is no field '6' here", "What 1 to 5 mean for value.")],
    ),
    # kinds of value
    ("improvement", {"owner": None}, [("wrong-type", "owner is empty", "fill it in or remove the line. Who answers")]),
    ("improvement", {"owner": 12}, [("wrong-type", "owner must be text, not 12", "Who answers")]),
    ("improvement", {"owner": True}, [("wrong-type", "owner must be text, not true", "Who answers")]),
    ("improvement", {"owner": ["x"]}, [("wrong-type", "owner must be text, not a list", "Who answers")]),
    ("improvement", {"tags": "portal"}, [("wrong-type", "tags must be a list, not 'portal'", "Free words")]),
    ("improvement", {"vision": ["x"]}, [("wrong-type", "vision must be fields with values, not a list", "Step 1")]),
    (
        "improvement",
        {"publish": "no"},
        [("wrong-type", "publish must be true or false, not 'no'", "false keeps the improvement out")],
    ),
    (
        "improvement",
        {"scores": {"value": "4"}},
        [("wrong-type", "scores.value must be a whole number, not '4'", "How large")],
    ),
    (
        "improvement",
        {"scores": {"value": 2.5}},
        [("wrong-type", "scores.value must be a whole number, not 2.5", "How large")],
    ),
    ("improvement", {"scores": {"value": 4.0}}, []),
    ("improvement", {"links": {"part_of": None}, "imported": None}, []),
    ("improvement", {"links": {"part_of": 7}}, [("wrong-type", "links.part_of must be text, not 7", "The programme")]),
    ("kpi", {"bounds": [0, "x"]}, [("wrong-type", "bounds[2] must be a number, not 'x'", "")]),
    # choices
    (
        "improvement",
        {"track": "fast"},
        [("unknown-value", "track cannot be 'fast'", "one of: full, light")],
    ),
    ("improvement", {"source": "feedbak"}, [("unknown-value", "source cannot be 'feedbak'", "did you mean feedback?")]),
    ("improvement", {"kind": {}}, [("unknown-value", "kind cannot be fields with values", "one of: incremental")]),
    ("config", {"version": 2}, [("unknown-value", "version cannot be 2", "one of: 1")]),
    # shapes
    (
        "improvement",
        {"owner": "Service Desk Lead"},
        [
            (
                "wrong-shape",
                (
                    "owner must be a small letter, then small letters, digits and hyphens, 63 characters at most, "
                    "not 'Service Desk Lead'"
                ),
                (
                    "Who answers for the improvement: the id of a person or role in cireg.yaml. "
                    "For example: service-desk-lead"
                ),
            )
        ],
    ),
    (
        "improvement",
        {"id": "CI-1"},
        [
            (
                "wrong-shape",
                "id must be two to five capital letters, a hyphen and four to six digits, as in CI-0007, not 'CI-1'",
                "The improvement's own number",
            )
        ],
    ),
    ("improvement", {"title": "a\nb"}, [("wrong-shape", "title must be one line of text, not 'a b'", "What would")]),
    ("improvement", {"title": "  "}, [("wrong-shape", "title must be one line of text, not ''", "What would")]),
    (
        "improvement",
        {"links": {"depends_on": ["CI-0002", "ci-3"]}},
        [("wrong-shape", "links.depends_on[2] must be two to five capital letters, a hyphen and four to six", "")],
    ),
    (
        "config",
        {"forge": {"url": "javascript:alert(1)"}},
        [
            (
                "wrong-shape",
                "forge.url must be an address that begins with https://, not 'javascript:alert(1)'",
                "The repository's web address.",
            )
        ],
    ),
    # days
    (
        "improvement",
        {"target": {"due": "2027-02-30"}},
        [("wrong-date", "target.due must be a day that exists, not '2027-02-30'", "The day by which")],
    ),
    (
        "improvement",
        {"target": {"due": "30.02.2027"}},
        [("wrong-shape", "target.due must be a date as YYYY-MM-DD, not '30.02.2027'", "The day by which")],
    ),
    ("improvement", {"target": {"due": "0000-01-01"}}, [("wrong-shape", "target.due must be a date as", "The day")]),
    ("improvement", {"target": {"due": 2027}}, [("wrong-type", "target.due must be text, not 2027", "The day")]),
    # sizes
    (
        "improvement",
        {"scores": {"value": 7}},
        [("out-of-range", "scores.value must be at most 5, not 7", "How large")],
    ),
    (
        "improvement",
        {"scores": {"value": 0}},
        [("out-of-range", "scores.value must be at least 1, not 0", "How large")],
    ),
    (
        "improvement",
        {"plan": {"days": 0}},
        [("out-of-range", "plan.days must be more than 0, not 0", "Planned effort in working days. For example: 30")],
    ),
    (
        "improvement",
        {"money": {"costs": [{"what": "x", "planned": 10**13}]}},
        [("out-of-range", "money.costs[1].planned must be at most 1,000,000,000,000, not 10000000000000", "The")],
    ),
    ("improvement", {"title": "x" * 301}, [("wrong-length", "title must have at most 300 characters, not 301", "W")]),
    ("improvement", {"history": []}, [("wrong-length", "history must have at least 1 entry, not 0", "Every status")]),
    (
        "improvement",
        {"tags": [f"a{n}" for n in range(1_001)]},
        [("wrong-length", "tags must have at most 100 entries, not 1,001", "Free words")],
    ),
    ("improvement", {"tags": ["a", "b", "a"]}, [("repeated-value", "tags names something twice", "keep each")]),
    # one of several forms
    (
        "improvement",
        {"measures": [{"kpi": "a", "role": "guard", "target": {"change": -4, "value": 2}}]},
        [("wrong-form", "measures[1].target must be one of change, value, or min and max", "A change against")],
    ),
    (
        "improvement",
        {"measures": [{"kpi": "a", "role": "guard", "target": {}}]},
        [("wrong-form", "measures[1].target must be one of change, value, or min and max", "A change against")],
    ),
    (
        "improvement",
        {"measures": [{"kpi": "a", "role": "guard", "target": {"change": "lots"}}]},
        [("wrong-shape", "measures[1].target.change must be a percentage as -25%, or an amount as -40, not", "A perc")],
    ),
    (
        "improvement",
        {"measures": [{"kpi": "a", "role": "guard", "baseline": {"from": "2025-01"}}]},
        [("wrong-form", "measures[1].baseline must be either from and to, or figure", "The readings before")],
    ),
    (
        "improvement",
        {"momentum": {"standardised": "KB0012345"}},
        [("wrong-form", "momentum.standardised must be a list of documents, or {none: why}", "Where it became")],
    ),
    (
        "improvement",
        {"momentum": {"standardised": ["KB0012345", 3]}},
        [("wrong-type", "momentum.standardised[2] must be text, not 3", "")],
    ),
    (
        "improvement",
        {"momentum": {"standardised": {"none": " "}}},
        [("wrong-shape", "momentum.standardised.none must be one line of text, not ''", "")],
    ),
    # several at once
    (
        "improvement",
        {"title": 1, "owner": "X", "tags": ["a", "a"]},
        [
            ("wrong-shape", "owner must be a small letter", "Who answers"),
            ("wrong-type", "title must be text, not 1", "What would"),
            ("repeated-value", "tags names something twice", "keep each"),
        ],
    ),
]


def document(kind: str, changes: dict[str, Any]) -> dict[str, Any]:
    """The schema's own example with some fields changed."""
    data: dict[str, Any] = json.loads(json.dumps(schema_document(kind)["examples"][0])) | changes
    return {name: value for name, value in data.items() if value is not GONE}


@pytest.mark.parametrize(("kind", "changes", "expected"), CASES)
def test_a_violation_is_said_in_plain_words(kind: str, changes: dict[str, Any], expected: list[Told]) -> None:
    """The field, its value, what it may be; and help that says what belongs there."""
    found = violations(kind, document(kind, changes))

    assert sorted(each[0] for each in expected) == sorted(each.rule for each in found)
    for told in expected:
        assert [each for each in found if each.rule == told[0] and each.message.startswith(told[1])], told
        assert [each for each in found if each.rule == told[0] and each.help.startswith(told[2])], told


@pytest.mark.parametrize(("kind", "changes"), [case[:2] for case in CASES])
def test_a_violation_names_a_rule_and_ends_without_a_full_stop(kind: str, changes: dict[str, Any]) -> None:
    """Every name is one of the list of rules; a message is a line."""
    for each in violations(kind, document(kind, changes)):
        assert each.rule == by_name(each.rule).name
        assert "\n" not in each.message
        assert not each.message.endswith(".")


def test_a_right_file_has_none() -> None:
    """For every kind."""
    assert [[]] * 3 == [violations(kind, document(kind, {})) for kind in ("improvement", "kpi", "config")]


def only(changes: dict[str, Any]) -> Violation:
    """The one violation of an improvement with these changes."""
    (found,) = violations("improvement", document("improvement", changes))
    return found


@pytest.mark.parametrize(
    ("changes", "route", "at_key", "stray"),
    [
        ({"ownr": "x"}, ("ownr",), True, True),
        ({"vision": {"x": 1}}, ("vision", "x"), True, True),
        ({"title": GONE}, ("title",), False, False),
        ({"owner": 1}, ("owner",), False, True),
        ({"target": {"due": "2027-02-30"}}, ("target", "due"), False, True),
        ({"plan": {"steps": [{"do": "x", "by": "A"}]}}, ("plan", "steps", 0, "by"), False, True),
        ({"tags": ["a", "a"]}, ("tags",), False, False),
        ({"history": []}, ("history",), False, False),
    ],
)
def test_a_violation_says_which_part_it_is_about_and_whether_to_leave_it_out(
    changes: dict[str, Any], route: tuple[str | int, ...], at_key: bool, stray: bool
) -> None:
    """A name is wrong at the name, a value at the value; what nobody can use is left out of the data."""
    found = only(changes)

    assert (route, at_key, stray) == (found.route, found.at_key, found.stray)


def test_a_long_value_is_shortened_and_a_long_list_of_choices_is_not() -> None:
    """A message is a line, but nobody can choose from half a list."""
    message = only({"owner": "Z" * 70_000}).message
    help_ = only({"source": "zzz"}).help

    assert message.endswith("not '" + "Z" * 59 + "…'")
    assert 13 == help_.count(",") + 1
