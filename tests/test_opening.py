"""Opening a register: its day, its zone, its place in the repository."""

from __future__ import annotations

import subprocess
from datetime import date
from pathlib import Path

import pytest

from cireg.opening import folder_in_repository, known_zone, open_at
from tests import small_register

DAY = "2026-03-31T23:30:00+00:00"


def git(folder: Path, *arguments: str) -> None:
    """Git with a fixed author and time, and nothing of the machine's configuration."""
    name = {"GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@x.example", "GIT_AUTHOR_DATE": DAY}
    committer = {name.replace("AUTHOR", "COMMITTER"): value for name, value in name.items()}
    environment = {**name, **committer, "GIT_CONFIG_GLOBAL": "/dev/null", "PATH": "/usr/bin:/bin:/usr/local/bin"}
    subprocess.run(["git", *arguments], cwd=folder, env=environment, check=True, capture_output=True)


@pytest.fixture
def register(tmp_path: Path) -> Path:
    """A register in a folder of a repository, all of it committed."""
    folder = small_register.write(
        tmp_path / "registers" / "it",
        {
            "cireg.yaml": small_register.CONFIG + "timezone: Europe/London\n",
            **small_register.files(small_register.fields()),
        },
    )
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-q", "-m", "register")
    return folder


def test_the_day_is_that_of_the_commit_while_nothing_differs_from_it(register: Path) -> None:
    """In the register's own zone, where it was the next day already; changes elsewhere do not count."""
    (register / "notes.txt").write_text("x", encoding="utf-8")
    opened = open_at(register, env={})

    assert (date(2026, 4, 1), "commit") == (opened.as_of.date, opened.as_of.source)
    assert opened.as_of.date == opened.register.as_of
    assert ["CI-0001"] == list(opened.register.improvements)


def test_the_day_is_the_clocks_as_soon_as_a_file_differs(register: Path) -> None:
    """A file of the register, that is."""
    path = register / "improvements" / "CI-0001.yaml"
    path.write_bytes(path.read_bytes() + b"\n")

    assert "clock" == open_at(register, env={}).as_of.source


def test_a_day_that_was_asked_for_stands_over_both(register: Path) -> None:
    """By the option, then by the environment."""
    env = {"CIREG_TODAY": "2026-02-02"}

    assert date(2026, 1, 1) == open_at(register, "2026-01-01", env=env).as_of.date
    assert date(2026, 2, 2) == open_at(register, env=env).as_of.date


def test_a_zone_that_is_none_counts_as_utc() -> None:
    """A rule reports it."""
    read = small_register.register({"cireg.yaml": small_register.CONFIG + "timezone: Europe/Lundon\n"})

    assert "UTC" == known_zone(read.config)


def test_a_registers_place_in_its_repository(register: Path, tmp_path: Path) -> None:
    """Nothing at the top of it, and nothing outside of one."""
    assert "registers/it/" == folder_in_repository(register)
    assert "" == folder_in_repository(tmp_path)
