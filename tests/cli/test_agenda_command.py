"""`cireg agenda` as it is called."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.running import call
from tests.small_register import fields, files, write

DAY = ("--today", "2026-11-23")


def test_a_meeting_sees_it_at_eighty_columns(tmp_path: Path) -> None:
    """Section by section."""
    root = write(
        tmp_path, files(fields(title="A short and " + "and a long title " * 6), fields("planned", id="CI-0002"))
    )
    ran = call(root, "agenda", *DAY)
    lines = ran.out.splitlines()

    assert (0, "2 points, as of 2026-11-23 (--today)") == (ran.code, ran.err.splitlines()[-1])
    assert ["Proposals to answer", "Ready for the next status"] == [line for line in lines if line[:1].isalpha()]
    assert max(map(len, lines)) <= 80


def test_the_minutes_have_a_line_for_each_decision(tmp_path: Path) -> None:
    """Nothing that somebody wrote is markup in them."""
    root = write(tmp_path, files(fields(title="# <b>x</b> [y](z) @all #12 | *a*")))
    ran = call(root, "agenda", "--format", "markdown", *DAY)

    assert "# Agenda, 2026-11-23\n\n## Proposals to answer\n\n- **CI-0001** " == ran.out[:60]
    assert r"\# &lt;b&gt;x&lt;/b&gt; \[y\](z) @&#8203;all #&#8203;12 \| \*a\*" in ran.out
    assert 1 == ran.out.count("  - Decision:\n")


def test_as_json_it_has_every_point(tmp_path: Path) -> None:
    """Only the sections that were asked for."""
    root = write(tmp_path, files(fields(), fields("planned", id="CI-0002")))
    ran = call(root, "agenda", "--format", "json", "--section", "ready", *DAY)

    assert {
        "schema_version": 1,
        "as_of": "2026-11-23",
        "items": [
            {
                "section": "ready", "id": "CI-0002", "title": fields("planned", id="CI-0002")["title"],
                "status": "planned", "owner": "service-desk-lead", "asked": ["service-desk-lead"],
                "since": "2026-11-12", "days": 11, "rank": 1, "text": "it has all that in-progress asks for",
            }
        ],
    } == json.loads(ran.out)  # fmt: skip


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_no_title_is_a_command_to_a_runner(tmp_path: Path, form: str) -> None:
    """Not even where a line of it begins after a break."""
    root = write(tmp_path, files(fields(title="a " * 33 + "::add-mask::x ##[group]y")))
    ran = call(root, "agenda", "--format", form, *DAY)

    assert not [line for line in ran.out.splitlines() if line.strip().startswith("::") or "##[" in line]
