"""Findings as GitLab's Code Quality report."""

from __future__ import annotations

import json
from typing import Any

import pytest

from cireg.report import gitlab
from cireg.report.checked import Checked
from tests.hostile import strings
from tests.report.found import checked, one


def entries(given: Checked) -> list[dict[str, Any]]:
    """The report as GitLab parses it."""
    parsed: list[dict[str, Any]] = json.loads(gitlab.document(given).text)
    return parsed


def test_an_entry_has_what_gitlab_asks_for() -> None:
    """Description, check_name, fingerprint, severity, and a path from the top of the repository with its line."""
    (entry,) = entries(checked(one(7), prefix="it/register/"))

    assert 64 == len(entry.pop("fingerprint"))
    assert {
        "description": "CI031 there is no field 'ownr' here. Do: mend it",
        "check_name": "unknown-field",
        "severity": "major",
        "location": {"path": "it/register/improvements/CI-0001.yaml", "lines": {"begin": 7}},
    } == entry


def test_severities_are_three_of_gitlab_s_and_the_worst_come_first() -> None:
    """There is nothing critical in a register."""
    found = checked(one(1, "info"), one(2, "warning"), one(3, "error"))

    assert ["major", "minor", "info"] == [each["severity"] for each in entries(found)]


def test_no_findings_are_an_empty_list() -> None:
    """GitLab then shows what was mended."""
    assert ("[]", 0) == (gitlab.document(checked()).text, gitlab.document(checked()).left_out)


def test_fingerprints_are_unique() -> None:
    """Of two that are alike GitLab shows one."""
    found = entries(checked(*(one(line) for line in range(1, 20)), lines=["ownr: x"] * 20))

    assert 19 == len({each["fingerprint"] for each in found})


def test_there_are_never_more_than_so_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """The mildest are left out, and counted."""
    monkeypatch.setattr(gitlab, "MOST", 2)
    document = gitlab.document(checked(one(1, "info"), one(2, "warning"), one(3, "error")))

    assert (["major", "minor"], 1) == ([each["severity"] for each in json.loads(document.text)], document.left_out)


@pytest.mark.parametrize("text", strings(), ids=repr)
def test_whatever_a_stranger_wrote_it_is_text(text: str) -> None:
    """Nothing in it acts on a page or a terminal, and the report is UTF-8."""
    document = gitlab.document(checked(one(path=f"improvements/{text}", message=text, help=text)))
    (entry,) = json.loads(document.text)

    assert document.text.encode()
    assert (entry["description"] + entry["location"]["path"]).isprintable()
