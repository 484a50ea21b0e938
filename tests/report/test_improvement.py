"""One improvement as it is shown at a terminal."""

from __future__ import annotations

from typing import Any

import pytest

from cireg import query
from cireg.register import load
from cireg.report.improvement import improvement
from cireg.rules.examples import TODAY, build
from cireg.text import width

FILES: dict[str, Any] = {
    "improvements/CI-0001.yaml": (
        "title: Answer portal requests within a working day, every day of the week and in the holidays too\n"
        'opportunity: "First line\\nof one paragraph.\\n\\n- a list\\n- of two\\n\\n```\\ncode\\n  stays\\n```\\n"\n'
        "status: planned\nowner: service-desk-lead\n"
        "plan: {days: 4, steps: [{do: Try it, by: data-analyst, due: 2026-12-01}]}\n"
        "log: [{on: 2026-11-20, note: Tried with one team., by: data-analyst}]\n"
        "links: {follows: CI-0002, external: [INC0000001]}\npublish: false\n"
        "history:\n  - {on: 2026-10-01, status: proposed, by: anonymous}\n"
        "  - {on: 2026-11-01, status: planned, note: Why not.}\n"
    ),
    "improvements/CI-0002.yaml": "id: CI-0002\ntitle: Count them\nstatus: closed\n",
    "improvements/CI-0003.yaml": "id: CI-0003\ntitle: One team\nlinks: {part_of: CI-0001, duplicate_of: CI-0001}\n",
}


def shown(files: dict[str, Any] = FILES, columns: int = 80) -> list[str]:
    """The lines of CI-0001, marks instead of colours."""
    register = load(build(files).tree, lambda _: TODAY)
    item = register.improvements["CI-0001"]
    return list(improvement(item, register, query.score(item, register), lambda text, _: text, columns))


def after(lines: list[str], heading: str) -> list[str]:
    """The lines below a heading, up to the next empty one."""
    start = lines.index(heading) + 1
    return lines[start : lines.index("", start) if "" in lines[start:] else None]


def test_the_first_lines_say_what_it_is_and_where() -> None:
    """Title, status with its day, and the file."""
    assert [
        "CI-0001  Answer portal requests within a working day, every day of the week and",
        "         in the holidays too",
        "         planned since 2026-11-01",
        "         improvements/CI-0001.yaml",
        "",
    ] == shown()[:5]


def test_the_seven_steps_are_there_in_order_and_the_present_ones_marked() -> None:
    """Steps 3 and 4 are those of planned."""
    headings = [line for line in shown() if line[:1].isdigit()]

    assert [
        "1 What is the vision?",
        "2 Where are we now?",
        "3 Where do we want to be?  (now)",
        "4 How do we get there?  (now)",
        "5 Take action",
        "6 Did we get there?",
        "7 How do we keep the momentum going?",
    ] == headings


def test_a_step_shows_its_fields_and_an_empty_one_says_so() -> None:
    """Short values beside their title, entries below it."""
    lines = shown()

    assert ["  Effort in days    4", "  Steps", "    - Try it (by data-analyst, due 2026-12-01)"] == after(
        lines, "4 How do we get there?  (now)"
    )
    assert ["  Log", "    - 2026-11-20 data-analyst: Tried with one team."] == after(lines, "5 Take action")
    assert ["  nothing yet"] == after(lines, "6 Did we get there?")


def test_paragraphs_are_joined_and_lists_and_code_kept() -> None:
    """Markdown reads as it is meant, without being rendered."""
    lines = shown()
    start = lines.index("  Opportunity") + 1

    assert [
        "    First line of one paragraph.", "", "    - a list", "    - of two", "",
        "    ```", "    code", "    stays", "    ```",
    ] == lines[start : start + 9]  # fmt: skip


def test_links_are_named_with_their_titles() -> None:
    """What it follows, what is part of it and what says the same."""
    assert [
        "  Follows           CI-0002 Count them (closed)",
        "  External records  INC0000001",
        "  Its parts         CI-0003 One team (proposed)",
        "  Duplicates        CI-0003 One team (proposed)",
    ] == after(shown(), "Links")


def test_history_and_what_is_needed_next_come_last() -> None:
    """What its own status lacks is told apart from what the next one asks for."""
    lines = shown()

    assert ["  2026-10-01 proposed by anonymous", "  2026-11-01 planned: Why not."] == after(lines, "History")
    missing = after(lines, "Missing for planned:")
    assert "  - target.statement: write the target in one sentence" in missing
    assert "Ready for in-progress: it has all that is asked for." == lines[-1]
    assert ["  Publish           no"] == lines[lines.index("History") - 2 : lines.index("History") - 1]


def test_a_proposal_is_told_what_the_next_gate_lacks() -> None:
    """Every part of it by field, with what would supply it."""
    lines = shown({"improvements/CI-0001.yaml": "title: Answer sooner\n"})

    assert "  - baseline.summary: say how things stand today, with a figure if there is one" in after(
        lines, "Still needed for assessed:"
    )


def test_what_has_ended_is_asked_for_nothing() -> None:
    """A closed improvement that has everything has no last section."""
    lines = shown({"improvements/CI-0001.yaml": "status: closed\n"})

    assert "  2026-11-09 closed by improvement-manager" == lines[-1]
    assert not [line for line in lines if "(now)" in line]


def test_the_score_stands_where_it_can_be_computed() -> None:
    """And the light track is named."""
    lines = shown({"improvements/CI-0001.yaml": "track: light\nscores: {value: 5, effort: 1, risk: 1, urgency: 5}\n"})

    assert "         proposed since 2026-11-12, light track, score 100.0" == lines[1]


@pytest.mark.parametrize("columns", [60, 80, 100])
def test_no_line_is_longer_than_asked_for(columns: int) -> None:
    """Not with wide letters, and not with many words."""
    files = {"improvements/CI-0001.yaml": f"title: {'事 業 ' * 40}\nopportunity: {'many words ' * 300}\n"}

    assert columns >= max(map(width, shown(files, columns)))
    assert columns >= max(map(width, shown(FILES, columns)))


def test_nothing_that_acts_on_a_terminal_comes_through() -> None:
    """Escapes are refused by the reader; what it lets through, a soft hyphen, is shown as an escape."""
    hidden = "soft\u00adhyphen"
    text = (
        f"title: {hidden}\nopportunity: {hidden}\nsource_ref: {hidden}\ncustom: {{{hidden}: {hidden}}}\n"
        f"plan: {{steps: [{{do: {hidden}}}]}}\nlog: [{{on: 2026-11-20, note: {hidden}}}]\n"
        f"history: [{{on: 2026-11-12, status: proposed, by: {hidden}, note: {hidden}}}]\n"
    )
    lines = shown({"improvements/CI-0001.yaml": text})

    assert "\u00ad" not in "".join(lines)
    assert 9 == "".join(lines).count("soft\\xadhyphen")
