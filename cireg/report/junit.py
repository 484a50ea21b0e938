"""Findings as JUnit's XML, which nearly every CI server shows as test results."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import groupby

from cireg.findings import Finding
from cireg.report.checked import Checked, Document, said, sentence, worst_first
from cireg.text import safe_text

MOST = 10_000  # findings: GitLab takes files of at most 30 MB, and each may be some 2,500 characters long


def document(given: Checked) -> Document:
    """One suite for each file with findings and one for the rest.

    An error is a failure, with `strict` a warning too; what does not fail the check is skipped, so that it is seen.
    Names are unique within a file. A register without findings is one test that has passed: some servers take a
    report without any for a fault.
    """
    kept = worst_first(given.found)[:MOST]
    kept.sort(key=lambda each: each.sort_key)
    failing = {"error", "warning"} if given.strict else {"error"}
    failures = sum(each.severity in failing for each in kept)
    lines = ['<?xml version="1.0" encoding="UTF-8"?>']
    lines.append(f'<testsuites name="cireg" tests="{len(kept) + 1}" failures="{failures}" errors="0">')
    lines.append('  <testsuite name="cireg" tests="1" failures="0" errors="0" skipped="0">')
    lines.append(f'    <testcase name="{given.checked} files checked as of {given.as_of}" classname="cireg"/>')
    lines.append("  </testsuite>")
    for path, group in groupby(kept, key=lambda each: each.place.path):
        lines += _suite(safe_text(given.prefix + path), list(group), failing)
    lines.append("</testsuites>")
    return Document("\n".join(lines), len(given.found) - len(kept))


def _suite(path: str, found: list[Finding], failing: set[str]) -> Iterator[str]:
    failures = sum(each.severity in failing for each in found)
    name = _quoted(path)
    skipped = len(found) - failures
    yield f'  <testsuite name={name} tests="{len(found)}" failures="{failures}" errors="0" skipped="{skipped}">'
    used: set[str] = set()
    for each in found:
        title = _unique(f"{each.code} {each.rule}: {said(each.message)}", used)
        line = each.place.line
        yield f'    <testcase name={_quoted(title)} classname={name} file={name} line="{line}">'
        where = f"{path}:{line}:{each.place.column}: {each.severity} {each.code} {sentence(each)}"
        if each.severity in failing:
            head = f"message={_quoted(said(each.message))} type={_quoted(each.severity)}"
            yield f"      <failure {head}>{_text(where)}</failure>"
        else:
            yield f"      <skipped message={_quoted(f'{each.severity}: {sentence(each)}')}/>"
        yield "    </testcase>"
    yield "  </testsuite>"


def _unique(title: str, used: set[str]) -> str:
    """The title, with a number where an earlier test has it: of two alike, servers show one."""
    number, name = 1, title
    while name in used:
        number += 1
        name = f"{title} ({number})"
    used.add(name)
    return name


def _text(text: str) -> str:
    """Safe text has no character that XML forbids; what is left is its own marks."""
    return escape(text, quote=False)


def _quoted(text: str) -> str:
    return f'"{escape(text)}"'
