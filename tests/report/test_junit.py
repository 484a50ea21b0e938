"""Findings as JUnit's XML."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from cireg.report import junit
from cireg.report.checked import Checked
from tests.hostile import strings
from tests.report.found import checked, one

# What servers know of the format: attributes of each element, those that must be there, and what may stand in it.
FORM = {
    "testsuites": ({"name", "tests", "failures", "errors"}, set(), {"testsuite"}),
    "testsuite": ({"name", "tests", "failures", "errors", "skipped"}, {"name", "tests", "failures"}, {"testcase"}),
    "testcase": ({"name", "classname", "file", "line"}, {"name", "classname"}, {"failure", "skipped"}),
    "failure": ({"message", "type"}, {"message", "type"}, set()),
    "skipped": ({"message"}, set(), set()),
}


def parsed(given: Checked) -> ElementTree.Element:
    """The report as a server parses it, held to the form."""
    root = ElementTree.fromstring(junit.document(given).text.encode())  # noqa: S314 (our own)
    for element in root.iter():
        attributes, required, children = FORM[element.tag]
        assert required <= set(element.attrib) <= attributes, element.tag
        assert {child.tag for child in element} <= children
    for suite in root.iter("testsuite"):
        assert int(suite.attrib["tests"]) == len(suite.findall("testcase"))
        assert int(suite.attrib["failures"]) == len(suite.findall("testcase/failure"))
        assert int(suite.attrib["skipped"]) == len(suite.findall("testcase/skipped"))
    assert int(root.attrib["tests"]) == len(list(root.iter("testcase")))
    assert int(root.attrib["failures"]) == len(list(root.iter("failure")))
    return root


def test_an_error_is_a_failure_in_its_file_s_suite() -> None:
    """With the place, the rule and the remedy."""
    suites = parsed(checked(one(7), prefix="it/")).findall("testsuite")
    (case,) = suites[1]

    assert ["cireg", "it/improvements/CI-0001.yaml"] == [suite.attrib["name"] for suite in suites]
    assert {
        "name": "CI031 unknown-field: there is no field 'ownr' here",
        "classname": "it/improvements/CI-0001.yaml",
        "file": "it/improvements/CI-0001.yaml",
        "line": "7",
    } == case.attrib
    assert "it/improvements/CI-0001.yaml:7:3: error CI031 there is no field 'ownr' here. Do: mend it" == case[0].text


@pytest.mark.parametrize(
    ("strict", "expected"),
    [(False, {"failure": 1, "skipped": 2}), (True, {"failure": 2, "skipped": 1})],
)
def test_what_fails_the_check_fails_and_what_does_not_is_skipped(strict: bool, expected: dict[str, int]) -> None:
    """The report and the exit code say the same."""
    root = parsed(checked(one(1, "info"), one(2, "warning"), one(3, "error"), strict=strict))

    assert expected == {tag: len(list(root.iter(tag))) for tag in expected}


def test_a_clean_register_is_a_test_that_has_passed() -> None:
    """An empty report is a fault to some servers."""
    (case,) = parsed(checked()).iter("testcase")

    assert ("7 files checked as of 2026-11-23", 0) == (case.attrib["name"], len(case))


def test_names_are_unique_within_a_file() -> None:
    """Of two tests that are called alike, servers show one."""
    names = [case.attrib["name"] for case in parsed(checked(one(1), one(2), one(3))).iter("testcase")][1:]

    assert ["", " (2)", " (3)"] == [name.removeprefix(names[0]) for name in names]


def test_files_are_in_their_order_and_the_mildest_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever file they are in."""
    monkeypatch.setattr(junit, "MOST", 2)
    given = checked(one(1, "error", path="b"), one(1, "info", path="a"), one(2, "warning", path="a"))

    assert ["cireg", "a", "b"] == [suite.attrib["name"] for suite in parsed(given).findall("testsuite")]
    assert 1 == junit.document(given).left_out


@pytest.mark.parametrize("text", [*strings(), "]]>", "<!--", "&amp;", "\ufffe"], ids=repr)
def test_whatever_a_stranger_wrote_the_xml_is_whole(text: str) -> None:
    """It ends no attribute and no element."""
    root = parsed(checked(one(path=f"improvements/{text}", message=text, help=text), one(2, "warning", message=text)))

    assert 3 == len(list(root.iter("testcase")))
    assert all(part.isprintable() for case in root.iter("testcase") for part in case.attrib.values())
