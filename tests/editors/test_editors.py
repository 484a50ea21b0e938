"""What an editor shows: our descriptions, our choices and our errors, by the settings that a register brings along."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cireg.layout import KINDS
from cireg.scaffold import scaffold
from cireg.schema import choices, fields
from scripts.node_packages import find, missing, node
from tests.editors.language_server import LanguageServer
from tests.small_register import TODAY, findings, text
from tests.small_register import fields as improvement

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = json.loads((ROOT / ".vscode/settings.json").read_text(encoding="utf-8"))
NODE, PACKAGES = node(), find()
EXAMPLES = {
    "improvement": "improvements/CI-0007-cut-password-resets.yaml",
    "kpi": "kpis/password-reset-tickets.yaml",
    "config": "cireg.yaml",
}

with_server = pytest.mark.skipif(NODE is None or PACKAGES is None, reason=missing("" if NODE else "there is no Node"))


@pytest.fixture(scope="module")
def server() -> Iterator[LanguageServer]:
    """The language server with this repository open, as the recommended extension runs it."""
    assert NODE
    assert PACKAGES
    started = LanguageServer(NODE, PACKAGES, ROOT, SETTINGS)
    yield started
    started.close()


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """A new register."""
    scaffold(tmp_path, TODAY)
    return tmp_path


def place(source: str, needle: str) -> tuple[int, int]:
    """The line and the character after a text that stands there once, from 0."""
    assert 1 == source.count(needle), needle
    before = source[: source.index(needle) + len(needle)]
    return before.count("\n"), len(before) - before.rfind("\n") - 1


def words(markdown: str) -> str:
    """The words of a Markdown text, without its escapes, code marks and line breaks."""
    return " ".join(re.sub(r"\\(.)|`|&nbsp;", r"\1", markdown).split())


def wrong_schema(of: list[dict[str, Any]]) -> list[int]:
    """The lines, from 1, in which the server finds what a schema refuses."""
    return sorted({each["range"]["start"]["line"] + 1 for each in of})


def test_the_settings_name_every_schema_and_the_extension_that_reads_them() -> None:
    """A kind of file without an entry would have help only where its first line says so."""
    schemas = SETTINGS["yaml.schemas"]
    recommended = json.loads((ROOT / ".vscode/extensions.json").read_text(encoding="utf-8"))

    assert {f"schema/{kind}.schema.json" for kind in KINDS} == set(schemas)
    assert ["redhat.vscode-yaml"] == recommended["recommendations"]
    assert SETTINGS["files.insertFinalNewline"]
    assert not SETTINGS["yaml.format.enable"]  # what people wrote stays as they wrote it


def test_a_new_register_has_the_same(made: Path) -> None:
    """Byte for byte."""
    for name in ("settings.json", "extensions.json"):
        assert (ROOT / ".vscode" / name).read_bytes() == (made / ".vscode" / name).read_bytes()


@with_server
@pytest.mark.parametrize("kind", KINDS)
def test_the_field_s_description_appears_over_its_name(server: LanguageServer, kind: str) -> None:
    """Of every field at the top of a file that has it, with its title."""
    path = ROOT / EXAMPLES[kind]
    lines = path.read_text(encoding="utf-8").splitlines()
    server.open(path)
    seen = 0
    for each in fields(kind):
        row = next((n for n, line in enumerate(lines) if line.startswith(f"{each.name}:")), None)
        if len(each.route) == 1 and row is not None:
            shown = words(server.at("hover", path, row, 1)["contents"]["value"])
            assert words(each.title) in shown
            assert words(each.description) in shown
            seen += 1
    server.close_file(path)

    assert seen >= 10


@with_server
@pytest.mark.parametrize(
    ("kind", "before", "field"),
    [
        ("improvement", "status: ", "status"),
        ("improvement", "source: ", "source"),
        ("improvement", "track: ", "track"),
        ("improvement", "kind: ", "kind"),
        ("improvement", "review:\n  verdict: ", "review.verdict"),
        ("kpi", "category: ", "category"),
        ("kpi", "better: ", "better"),
        ("kpi", "cadence: ", "cadence"),
        ("kpi", "aggregation: ", "aggregation"),
    ],
)
def test_the_choices_of_a_field_are_offered(server: LanguageServer, kind: str, before: str, field: str) -> None:
    """All of them and nothing else, each with its meaning."""
    path = ROOT / ("improvements/CI-0999.yaml" if kind == "improvement" else "kpis/new.yaml")
    server.open(path, before)
    offered = server.at("completion", path, *place(before, before))["items"]
    server.close_file(path)

    assert set(choices(kind, field)) == {each["label"] for each in offered}
    assert all(each["documentation"]["value"] for each in offered)


WRONG: dict[str, dict[str, Any]] = {
    "a value that is none of the choices": {"source": "hearsay"},
    "a field that does not exist": {"ownr": "service-desk-lead"},
    "a number beyond its range": {"scores": {"value": 7, "effort": 2, "risk": 1, "urgency": 3}},
    "a text where a list belongs": {"tags": "portal"},
    "an id that is not shaped like one": {"owner": "Service Desk Lead"},
    "a list that names something twice": {"tags": ["portal", "portal"]},
}


@with_server
@pytest.mark.parametrize("wrong", WRONG, ids=lambda name: name)
def test_what_check_refuses_by_the_schema_the_editor_marks(server: LanguageServer, wrong: str) -> None:
    """In the same line, and nothing else."""
    path = ROOT / "improvements/CI-0001.yaml"
    source = text(improvement("assessed") | WRONG[wrong])
    expected = sorted({each.place.line for each in findings({"improvements/CI-0001.yaml": source})})
    found = server.open(path, source)
    server.close_file(path)

    assert [each["source"] for each in found]
    assert 1 == len(expected)
    assert expected == wrong_schema(found)


@with_server
def test_a_missing_field_is_marked(server: LanguageServer) -> None:
    """Where the file begins."""
    path = ROOT / "improvements/CI-0001.yaml"
    found = server.open(path, text(improvement(opportunity=None)))
    server.close_file(path)

    assert ['Missing property "opportunity".'] == [each["message"] for each in found]


@with_server
def test_the_example_register_has_no_marks(server: LanguageServer) -> None:
    """The schemas mean the same to the editor as to check."""
    paths = [
        ROOT / "cireg.yaml",
        *sorted((ROOT / "improvements").glob("*.yaml")),
        *sorted((ROOT / "kpis").glob("*.yaml")),
    ]
    marked = {}
    for path in paths:
        marked[path.name] = server.open(path)
        server.close_file(path)

    assert len(paths) > 30
    assert {} == {name: found for name, found in marked.items() if found}


@with_server
def test_a_new_register_has_help_with_and_without_the_settings(made: Path) -> None:
    """By the first line of each file, and by the settings where that line is missing."""
    assert NODE
    assert PACKAGES
    item = next((made / "improvements").glob("*.yaml"))
    source = item.read_text(encoding="utf-8")
    for settings, content in (({}, source), (SETTINGS, source.partition("\n")[2])):
        server = LanguageServer(NODE, PACKAGES, made, settings)
        try:
            assert [] == server.open(item, content)
            assert "could be better" in server.at("hover", item, *place(content, "\nopp"))["contents"]["value"]
        finally:
            server.close()
