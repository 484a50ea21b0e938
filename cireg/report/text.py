"""Findings for a person at a terminal: the place, what is wrong, the line with a caret, what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from cireg.findings import Finding, Severity
from cireg.text import safe_text, width

Style = Callable[[str, str], str]  # text and what it is: "error", "warning", "info", "place", "dim"
Lines = Callable[[str], Sequence[str]]  # a path's lines, empty where it cannot be read

_LONGEST = 100  # columns of a source line that are shown


def findings(found: Sequence[Finding], lines: Lines, style: Style, prefix: str = "") -> Iterator[str]:
    """One block of lines for each finding."""
    for each in found:
        place = f"{safe_text(prefix + each.place.path)}:{each.place.line}:{each.place.column}"
        severity = style(each.severity, each.severity)
        rule = style(f"[{each.rule}]", "dim")
        yield f"{style(place, 'place')}: {severity} {each.code} {safe_text(each.message)} {rule}"
        yield from _source_line(each, lines, style)
        if each.help:
            yield f"    {style('do:', 'dim')} {safe_text(each.help)}"


def _source_line(finding: Finding, lines: Lines, style: Style) -> Iterator[str]:
    text = lines(finding.place.path)
    line, column = finding.place.line, finding.place.column
    if not 0 < line <= len(text):
        return
    source = text[line - 1]
    start = max(0, column - 1 - _LONGEST // 2) if column > _LONGEST else 0
    shown = safe_text(source[start : start + _LONGEST].rstrip("\r\n").expandtabs(1))
    if not shown.strip():
        return
    before = safe_text(source[start : column - 1].expandtabs(1))
    number = str(line)
    yield style(f"    {number} | ", "dim") + shown
    yield style(f"    {' ' * len(number)} | ", "dim") + " " * width(before) + style("^", finding.severity)


def summary(counts: Mapping[Severity, int], checked: int) -> str:
    """How it ended, in a sentence."""
    files = _count(checked, "file", "files")
    parts = [_count(counts[name], name, plural) for name, plural in _PLURALS if counts[name]]
    return f"{files} checked: " + (", ".join(parts) if parts else "nothing found")


_PLURALS: tuple[tuple[Severity, str], ...] = (("error", "errors"), ("warning", "warnings"), ("info", "remarks"))


def _count(number: int, one: str, many: str) -> str:
    word = one if number == 1 else many
    return f"{number:,} {'remark' if word == 'info' else word}"
