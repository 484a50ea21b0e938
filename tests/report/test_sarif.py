"""Findings as a SARIF log, held to what the specification says of its parts."""

from __future__ import annotations

import gzip
import json
import re
from typing import Any
from urllib.parse import unquote_to_bytes

import jsonschema
import pytest

from cireg import __version__
from cireg.report import sarif
from cireg.report.checked import Checked
from cireg.rules import RULES
from scripts.node_packages import find, missing
from tests.hostile import strings
from tests.report.found import checked, one

PACKAGES = find()
OFFICIAL = PACKAGES / "@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json" if PACKAGES else None

TEXT = {"type": "object", "additionalProperties": False, "required": ["text"], "properties": {"text": {"minLength": 1}}}
LEVEL = {"enum": ["none", "note", "warning", "error"]}


def closed(required: str, **properties: Any) -> dict[str, Any]:
    """The schema of an object with these properties and no other."""
    return {"type": "object", "additionalProperties": False, "required": required.split(), "properties": properties}


# The part of SARIF 2.1.0 that is used here, as sections 3.13 to 3.58 of the specification describe it.
REGION = closed("startLine", startLine={"type": "integer", "minimum": 1}, startColumn={"type": "integer", "minimum": 1})
ARTIFACT = closed("uri", uri={"type": "string"}, uriBaseId={"const": "%SRCROOT%"})
PHYSICAL = closed("artifactLocation", artifactLocation=ARTIFACT, region=REGION)
RULE = closed(
    "id",
    id={"type": "string", "pattern": "^CI[0-9]{3}$"},
    name={"type": "string"},
    shortDescription=TEXT,
    fullDescription=TEXT,
    help=TEXT,
    defaultConfiguration=closed("level", level=LEVEL),
    properties={"type": "object"},
)
RESULT = closed(
    "ruleId message",
    ruleId={"type": "string"},
    ruleIndex={"type": "integer", "minimum": 0},
    level=LEVEL,
    message=TEXT,
    locations={"type": "array", "minItems": 1, "items": closed("physicalLocation", physicalLocation=PHYSICAL)},
    partialFingerprints={"type": "object", "additionalProperties": {"type": "string"}},
)
DRIVER = closed(
    "name",
    name={"type": "string"},
    semanticVersion={"type": "string"},
    rules={"type": "array", "uniqueItems": True, "items": RULE},
)
NOTIFICATION = closed("message", message=TEXT, level=LEVEL)
RUN = closed(
    "tool columnKind",
    tool=closed("driver", driver=DRIVER),
    automationDetails=closed("id", id={"type": "string"}),
    columnKind={"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
    originalUriBaseIds={"type": "object", "additionalProperties": closed("", description=TEXT)},
    invocations={
        "type": "array",
        "items": closed(
            "executionSuccessful",
            executionSuccessful={"type": "boolean"},
            toolExecutionNotifications={"type": "array", "items": NOTIFICATION},
        ),
    },
    properties={"type": "object"},
    results={"type": "array", "items": RESULT},
)
LOG = closed(
    "version runs",
    **{"$schema": {"type": "string"}, "version": {"const": "2.1.0"}, "runs": {"type": "array", "items": RUN}},
)


def run(given: Checked) -> dict[str, Any]:
    """The one run of the log, which is held to the specification first."""
    log = json.loads(sarif.document(given).text)
    jsonschema.validate(log, LOG)
    (only,) = log["runs"]
    rules = only["tool"]["driver"]["rules"]
    assert all(rules[each["ruleIndex"]]["id"] == each["ruleId"] for each in only["results"])
    return dict(only)


def test_a_result_has_its_rule_level_message_and_place() -> None:
    """The path is from the top of the repository, the column in the unit that the log names."""
    found = run(checked(one(7), prefix="it/register/"))
    (result,) = found["results"]

    assert "unicodeCodePoints" == found["columnKind"]
    assert ("CI031", "error") == (result["ruleId"], result["level"])
    assert {"text": "there is no field 'ownr' here. Do: mend it"} == result["message"]
    assert [
        {
            "physicalLocation": {
                "artifactLocation": {"uri": "it/register/improvements/CI-0001.yaml", "uriBaseId": "%SRCROOT%"},
                "region": {"startLine": 7, "startColumn": 3},
            }
        }
    ] == result["locations"]


def test_every_rule_is_there_with_what_its_declaration_says() -> None:
    """In the order of the codes, whatever was found."""
    driver = run(checked())["tool"]["driver"]

    assert ("cireg", __version__) == (driver["name"], driver["semanticVersion"])
    assert [(rule.code, rule.name) for rule in RULES] == [(each["id"], each["name"]) for each in driver["rules"]]
    assert all(rule.title in each["fullDescription"]["text"] for rule, each in zip(RULES, driver["rules"], strict=True))
    assert all(len(each[part]["text"]) <= 1024 for each in driver["rules"] for part in ("shortDescription", "help"))


def test_severities_are_levels_and_the_worst_come_first() -> None:
    """GitHub shows the first 5,000."""
    found = run(checked(one(1, "info"), one(2, "warning"), one(3, "error")))

    assert ["error", "warning", "note"] == [each["level"] for each in found["results"]]


def test_an_alert_is_known_again_when_lines_have_moved() -> None:
    """By the name that GitHub looks for, and by our own."""
    before, after = (
        run(checked(one(line), lines=["# x"] * (line - 1) + ["ownr: x"]))["results"][0]["partialFingerprints"]
        for line in (2, 9)
    )

    assert before == after
    assert {"primaryLocationLineHash", "ciregFinding/v1"} == set(before)


def test_two_registers_of_a_repository_are_two_analyses() -> None:
    """Otherwise the second would end the alerts of the first."""
    ids = [run(checked(prefix=prefix))["automationDetails"]["id"] for prefix in ("", "it/register/", "b c/")]

    assert ["cireg/", "cireg/it/register/", "cireg/b%20c/"] == ids


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("improvements/CI-0001.yaml", "improvements/CI-0001.yaml"),
        ("improvements/a b.yaml", "improvements/a%20b.yaml"),
        ("improvements/café #1?.yaml", "improvements/caf%C3%A9%20%231%3F.yaml"),
        ("improvements/a:b%.yaml", "improvements/a%3Ab%25.yaml"),
        ("improvements/caf\udce9.yaml", "improvements/caf%E9.yaml"),
    ],
)
def test_an_address_is_percent_encoded(path: str, address: str) -> None:
    """Nothing in a name is taken for a scheme, a query or a fragment; it decodes to the same bytes."""
    (result,) = run(checked(one(path=path)))["results"]
    uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]

    assert address == uri
    assert path.encode("utf-8", "surrogateescape") == unquote_to_bytes(uri)


def test_a_message_has_no_placeholder_and_no_link() -> None:
    """Braces around a number are doubled, a link's brackets kept apart."""
    (result,) = run(checked(one(message="{0} and {x} and [here](https://evil.example)", help="")))["results"]

    assert "{{0}} and {x} and [here] (https://evil.example)" == result["message"]["text"]


def test_more_than_github_takes_are_left_out_and_the_log_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file beyond the limit would be refused as a whole."""
    monkeypatch.setattr(sarif, "MOST", 2)
    given = checked(one(1, "info"), one(2, "warning"), one(3, "error"))
    found = run(given)
    (notification,) = found["invocations"][0]["toolExecutionNotifications"]

    assert (["error", "warning"], 1) == ([each["level"] for each in found["results"]], sarif.document(given).left_out)
    assert "1 more findings are not in this log: it holds the worst 2." == notification["message"]["text"]


def test_the_largest_log_is_within_what_github_takes() -> None:
    """Ten megabytes, compressed; the limits of the count and of a message's length see to it."""
    found = [one(line, message=f"line {line}") for line in range(1, sarif.MOST + 2)]

    assert len(gzip.compress(sarif.document(checked(*found)).text.encode())) < 10_000_000


def test_whatever_strangers_wrote_it_is_text() -> None:
    """Nothing acts on a terminal, and an address has only what an address may have."""
    found = run(checked(*(one(path=f"improvements/{text}", message=text, help=text) for text in strings())))

    assert len(strings()) == len(found["results"])
    for result in found["results"]:
        assert result["message"]["text"].isprintable()
        assert "](" not in result["message"]["text"]
        uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        assert re.fullmatch(r"(?:[A-Za-z0-9_.~/-]|%[0-9A-F]{2})+", uri)


@pytest.mark.skipif(OFFICIAL is None or not OFFICIAL.is_file(), reason=missing())
def test_the_published_schema_finds_nothing_either() -> None:
    """With every part that a log of ours can have."""
    assert OFFICIAL
    schema = json.loads(OFFICIAL.read_text(encoding="utf-8"))
    log = json.loads(sarif.document(checked(one(7), one(8, "warning"), one(9, "info"), prefix="it/")).text)
    validator = jsonschema.validators.validator_for(schema)

    assert [] == [error.message for error in validator(schema).iter_errors(log)]
    log["runs"][0]["columnKind"] = "bytes"
    assert [] != list(validator(schema).iter_errors(log))
