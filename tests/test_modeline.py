"""The comment that names a file's schema: what it says, and where it does not lead to the right one."""

from __future__ import annotations

import pytest

from cireg.layout import schema_text
from cireg.modeline import modeline, stated, wrong
from tests.small_register import fields, findings, places, text

PATH = "improvements/CI-0001.yaml"
COPY = {"schema/improvement.schema.json": schema_text("improvement")}


def test_the_way_is_relative_to_the_file() -> None:
    """From any depth."""
    assert "# yaml-language-server: $schema=schema/config.schema.json" == modeline("cireg.yaml", "config")
    assert "# yaml-language-server: $schema=../../schema/kpi.schema.json" == modeline("kpis/desk/a.yaml", "kpi")


@pytest.mark.parametrize(
    ("line", "way"),
    [
        # right
        ("# yaml-language-server: $schema=../schema/improvement.schema.json", None),
        ("# yaml-language-server : $schema=../schema/improvement.schema.json", None),
        ("#  yaml-language-server: $schema=./../schema/improvement.schema.json", None),
        ("# $schema: ../schema/improvement.schema.json", None),
        ("# yaml-language-server: $schema=https://forge.example/improvement.schema.json", None),
        ("# a comment", None),
        # wrong
        ("# yaml-language-server: $schema=schema/improvement.schema.json", "schema/improvement.schema.json"),
        ("# yaml-language-server: $schema=../schema/improvement.schema.jsonx", "../schema/improvement.schema.jsonx"),
        ("# yaml-language-server: $schema=../schema/kpi.schema.json", "../schema/kpi.schema.json"),
        (
            "# yaml-language-server: $schema=../../schema/improvement.schema.json",
            "../../schema/improvement.schema.json",
        ),
        ("# yaml-language-server: $schema=/schema/improvement.schema.json", "/schema/improvement.schema.json"),
        ("# $schema: kpi.schema.json", "kpi.schema.json"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_way_that_leads_elsewhere_is_wrong(line: str, way: str | None, end: str) -> None:
    """An address with a scheme is a choice, and a missing line no fault."""
    found = wrong(PATH, "improvement", f"{line}{end}id: CI-0001{end}".encode())

    assert way == (found.way if found else None)


def test_the_place_is_that_of_the_way() -> None:
    """In code points; the first of several counts."""
    raw = "# é\n# yaml-language-server: $schema=a # é $schema=b\n# $schema: c\n".encode()
    first, second = stated(raw)

    assert ("a", 2, 33) == (first.way, first.line, first.column)
    assert b"a" == raw[first.start : first.end]
    assert ("c", 3, 12) == (second.way, second.line, second.column)


def test_check_names_the_way_only_where_there_is_something_to_lead_to() -> None:
    """Without a copy of the schema no line can be right."""
    line = "# yaml-language-server: $schema=schema/improvement.schema.json\n"
    files = {PATH: line + text(fields())}

    assert [("modeline", PATH, 1, 33)] == places(findings({**files, **COPY}))
    assert [] == findings(files)
    assert [] == findings({PATH: text(fields()), **COPY})
