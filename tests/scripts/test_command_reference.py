"""The page of commands is written from their help, and its check notices any other text."""

from __future__ import annotations

from pathlib import Path

import pytest

from cireg.cli import COMMANDS
from scripts import command_reference


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A page of its own, in a folder that is not there yet; on a terminal that is not wide at all."""
    path = tmp_path / "reference" / "commands.md"
    monkeypatch.setattr(command_reference, "ROOT", tmp_path)
    monkeypatch.setattr(command_reference, "PAGE", path)
    monkeypatch.setenv("COLUMNS", "40")
    return path


def call(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> None:
    monkeypatch.setattr("sys.argv", ["command_reference.py", *arguments])
    command_reference.main()


def test_what_is_written_passes_the_check(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every command has its section, with the usage that its help begins with."""
    call(monkeypatch)
    call(monkeypatch, "--check")

    written = page.read_text(encoding="utf-8")
    assert [f"## {name}" for name in COMMANDS] == [
        line for line in written.splitlines() if line.startswith("## ") and line[3:] in COMMANDS
    ]
    assert all(f"Usage: cireg {name} " in written for name in COMMANDS)


@pytest.mark.parametrize("change", [None, "--strict", "\n"])
def test_a_page_that_is_missing_or_was_changed_fails_the_check(
    page: Path, monkeypatch: pytest.MonkeyPatch, change: str | None
) -> None:
    """It says which page, and what writes it anew; the page stays as it is."""
    if change is not None:
        call(monkeypatch)
        page.write_text(page.read_text(encoding="utf-8").replace(change, "", 1), encoding="utf-8")
        before = page.read_bytes()

    with pytest.raises(
        SystemExit, match=r"reference/commands\.md is out of date; python scripts/command_reference\.py"
    ):
        call(monkeypatch, "--check")
    assert change is None or before == page.read_bytes()
