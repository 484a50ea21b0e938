"""Every file in git: readable anywhere, tied to no machine, and none that the ignore list would lose."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
BINARY = {".gz", ".ico", ".png", ".xlsx"}
OUTSIDE = re.compile(r"\.\./shared")
MAY_LOOK_OUTSIDE = ("tests/", ".ci/", "Makefile")

FORBIDDEN = {
    "the host of a package registry": re.compile(
        r"(pypi|pythonhosted|npmjs|yarnpkg|rubygems)\.(org|com)|deb\.debian\.org|crates\.io"
    ),
    "a path of one machine": re.compile(r"(?<![\w./-])/(work|farm|root)/|/tmp/[s]tudio"),
}


def tracked(*options: str) -> list[str]:
    """The paths of git's files, relative to the root; those deleted since are left out."""
    command = ["git", "-C", str(ROOT), "ls-files", "-z", *options]
    listed = subprocess.run(command, capture_output=True, check=True, timeout=60).stdout.decode()
    return [path for path in listed.split("\0") if path and (ROOT / path).is_file()]


def texts() -> dict[str, str]:
    """The content of every file that is not of a binary kind; raises where one is not UTF-8."""
    paths = [path for path in tracked() if Path(path).suffix not in BINARY]
    return {path: (ROOT / path).read_bytes().decode("utf-8") for path in paths}


def test_there_are_files_to_look_at() -> None:
    """An empty list would pass everything below."""
    assert {"pyproject.toml", "Makefile", ".ci/run"} <= set(tracked())


def test_every_text_is_utf_8_and_ends_its_last_line() -> None:
    """Decoding is the first half of the test; an empty file has no line to end."""
    made = "tests/golden/"  # what cireg wrote, to the byte
    kept = {path: text for path, text in texts().items() if not path.startswith(made)}
    assert [] == [path for path, text in kept.items() if text and not text.endswith("\n")]


@pytest.mark.parametrize("kind", FORBIDDEN)
def test_nothing_names(kind: str) -> None:
    """What belongs to one place would be wrong in every other."""
    assert [] == [path for path, text in texts().items() if FORBIDDEN[kind].search(text)]


def test_only_tests_look_outside_the_repository() -> None:
    """A clone is whole: what stands beside it may be missing."""
    found = [path for path, text in texts().items() if OUTSIDE.search(text)]

    assert [] == [path for path in found if not path.startswith(MAY_LOOK_OUTSIDE)]


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("the host of a package registry", "index-url = https://" + "pypi" + ".org/simple"),
        ("the host of a package registry", '"resolved": "https://registry.' + "npmjs" + '.org/axe-core"'),
        ("a path of one machine", "open('/" + "work/main/cireg.yaml')"),
        ("a path of one machine", "cd /" + "root/cireg"),
    ],
)
def test_what_must_not_be_named_would_be_found(kind: str, text: str) -> None:
    """Each pattern finds what it is there for, and not an address that looks alike."""
    assert FORBIDDEN[kind].search(text)
    assert not FORBIDDEN[kind].search("https://forge.example/it/work/register and docs/work/plan.md")


def test_nothing_tracked_is_ignored() -> None:
    """An ignored file is left out of the packages, and its changes go unseen."""
    assert [] == tracked("--cached", "--ignored", "--exclude-standard")


def test_a_script_is_executable_and_nothing_else_is() -> None:
    """The bit in git and the first two bytes say the same."""
    listed = subprocess.run(
        ["git", "-C", str(ROOT), "ls-files", "-s", "-z"], capture_output=True, check=True, timeout=60
    ).stdout.decode()
    executable = {entry.split("\t", 1)[1] for entry in listed.split("\0") if entry.startswith("100755")} & set(
        tracked()
    )

    assert {path for path, text in texts().items() if text.startswith("#!")} == executable
