"""Small registers and exactly what check says of each: a folder for a case, expected.txt for its output."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.running import call

CASES = Path(__file__).resolve().parent / "registers"


def cases() -> list[str]:
    """The names of the cases."""
    return sorted(path.name for path in CASES.iterdir() if path.is_dir())


def test_there_are_cases() -> None:
    """A folder that was moved would pass everything below."""
    assert len(cases()) >= 15
    assert {"clean", "empty"} <= set(cases())


@pytest.mark.parametrize("case", cases())
def test_check_says_exactly_this(case: str, tmp_path: Path) -> None:
    """Without expected.txt nothing is found; an empty one is a mistake of whoever wrote the case."""
    folder = tmp_path / case  # outside of this repository, so that paths begin at the register
    shutil.copytree(CASES / case, folder)
    expected = folder / "expected.txt"
    done = call(folder, "check", "--today", "2026-11-23")

    assert "as of 2026-11-23 (--today)\n" == done.err
    if not expected.exists():
        assert done.out.endswith(" checked: nothing found\n")
        assert (0, 1) == (done.code, done.out.count("\n"))
        return
    text = expected.read_text(encoding="utf-8")
    assert text.strip(), f"{case}/expected.txt is empty: remove it where nothing is to be found"
    assert text == done.out
    assert (1 if ": error CI" in text else 0) == done.code
