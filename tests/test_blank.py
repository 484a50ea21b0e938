"""The file of a new improvement: what is known, and the rest ready to fill in."""

from __future__ import annotations

import re
from typing import Any

import pytest

from cireg import lifecycle
from cireg.blank import blank
from cireg.model import Config
from cireg.schema import field, fields
from cireg.source import Source, read
from cireg.violations import violations

PATH = "improvements/CI-0042-answer.yaml"
DATA: dict[str, Any] = {
    "id": "CI-0042",
    "title": "Answer portal requests within a working day",
    "status": "proposed",
    "opportunity": "Requests wait three days.\n",
    "history": [{"on": "2026-11-23", "status": "proposed", "by": "service-desk-lead"}],
}
MORE: dict[str, Any] = {
    **DATA,
    "source": "feedback",
    "owner": "service-desk-lead",
    "services": ["workplace", "identity"],
    "vision": {"goal": "g-happier-users"},
    "links": {"follows": "CI-0007"},
}
CONFIG: dict[str, Any] = {
    "goals": [{"id": "g-happier-users", "name": "Happier users"}],
    "services": [{"id": f"service-{number}", "name": "One of many"} for number in range(20)],
    "scoring": {"anchors": {"value": {"5": "Every user notices", "1": "Nobody would notice"}}},
}


def config(**changed: Any) -> Config:
    """A configuration with goals, too many services to list, and anchors for one criterion."""
    return Config(Source("cireg.yaml", {**CONFIG, **changed}))


def lines(data: dict[str, Any], **changed: Any) -> list[str]:
    """The lines of the file."""
    return blank(PATH, data, config(**changed)).splitlines()


def filled_in(text: str) -> str:
    """The text as somebody leaves it who takes one # away from every line that starts with one."""
    first, *rest = text.splitlines()
    return "\n".join([first, *(re.sub(r"^( *)# ?", r"\1", line) for line in rest)])


@pytest.mark.parametrize("data", [DATA, MORE], ids=["least", "more"])
def test_the_file_holds_what_is_known_and_nothing_else(data: dict[str, Any]) -> None:
    """Everything that guides is a comment."""
    source = read(PATH, blank(PATH, data, config()).encode())

    assert ([], data) == (source.problems, source.data)


@pytest.mark.parametrize("data", [DATA, MORE, {**DATA, "track": "light"}], ids=["least", "more", "light"])
def test_taking_away_every_sign_leaves_fields_that_only_wait_for_values(data: dict[str, Any]) -> None:
    """A line that is uncommented stands where the schema wants it, and guidance stays a comment."""
    source = read(PATH, filled_in(blank(PATH, data, config())).encode())

    assert [] == source.problems
    assert source.data is not None
    assert set(DATA) < set(source.data)
    assert [] == [
        each.message
        for each in violations("improvement", source.data)
        if not each.message.endswith((" is empty", " cannot be None"))
    ]


def test_every_field_of_the_seven_steps_is_offered_once() -> None:
    """The inputs of another priority model than the register's are not."""
    found = read(PATH, filled_in(blank(PATH, MORE, config())).encode()).data or {}
    sections = {name: each for name, each in found.items() if isinstance(each, dict)}
    offered = set(found) | {f"{name}.{part}" for name, each in sections.items() for part in each}
    steps = {each.name for each in fields("improvement") if each.step is not None}
    wanted = {each.name for each in fields("improvement") if each.route[0] in steps and len(each.route) == 2}

    assert wanted - {"scores.wsjf", "scores.rice"} == offered & (wanted | {"scores.wsjf", "scores.rice"})
    assert steps <= offered


def test_another_model_s_inputs_are_offered_where_it_is_used() -> None:
    """With an example, because they are several numbers."""
    found = lines(DATA, scoring={"model": "wsjf"})
    place = next(number for number, line in enumerate(found) if line.startswith("#   wsjf:"))

    assert (
        "#     # {business_value: 8, time_criticality: 5, risk_opportunity: 3, job_size: 5}" in found[place : place + 4]
    )
    assert not [line for line in found if line.startswith("#   rice:")]


def test_the_first_line_leads_an_editor_to_the_schema() -> None:
    """Relative to the file."""
    assert "# yaml-language-server: $schema=../schema/improvement.schema.json" == lines(DATA)[0]


def test_the_seven_questions_stand_over_their_sections() -> None:
    """In the words of the schema."""
    found = [line[3:].partition(" (")[0] for line in lines(DATA) if re.match(r"## \d ", line)]

    assert [f"{number} {title}" for number, title in lifecycle.step_titles().items()] == found


def test_guidance_is_the_schema_s_and_the_configuration_s() -> None:
    """Descriptions, choices, goals and what each number means here; a long list of services is left out."""
    text = " ".join(line.lstrip("# ") for line in lines(DATA))

    assert field("improvement", "target.achievable").description in text
    assert "achieved | partly | not-achieved | worse | not-measured" in text
    assert "g-happier-users: Happier users" in text
    assert "1: Nobody would notice 5: Every user notices" in " ".join(text.split("# ")).replace("  ", " ")
    assert "One of many" not in text


def test_a_section_says_for_which_status_its_parts_are_needed() -> None:
    """What is there already is not named; the light track asks for less."""
    assert "## Needed for assessed: vision.goal." in lines(DATA)
    assert "## Needed for assessed: vision.goal." not in lines(MORE)
    assert "## Needed for review: action.live." in lines(DATA)
    assert "## Needed for closed: action.live." in lines({**DATA, "track": "light"})


def test_nothing_is_too_wide_to_read() -> None:
    """Not with long words in the configuration either."""
    goals = [{"id": "g-long", "name": "many words " * 25}]

    assert 112 >= max(map(len, lines(DATA, goals=goals)))


@pytest.mark.parametrize(
    "value",
    [
        "plain", "two words", "25 % less", "no", "on", "null", "~", "true", "010", "1e3", "12:30",
        "2026-11-23", "1_000", "0x1F", "a: b", "a # b", "#a", "- a", "? a", "! a", "&a", "*a", "[a]", "{a}",
        "a, b", "'a'", '"a"',
        "a 'b' \"c\"", "a\\b", "`a`", "@a", "%a", "|", ">", "...", "---", "<<", "=", "a:", ":a", "tab\tbed",
        "Grüße", "改善", "🎉 done", "e\u0301", "x" * 300, "a\u00a0b", "\u00a0a", "soft\u00adhyphen", "</script>",
        "{{ x }}", "$(id)", "${x}",
    ],
)  # fmt: skip
def test_any_text_comes_back_as_it_is(value: str) -> None:
    """In a field, in a list, in a section and in the history, and no reader would take it for something else."""
    data = {
        **DATA, "title": value, "tags": [value, "b"], "vision": {"goal": value},
        "opportunity": f"{value}\n  {value}\n\n- {value}\n",
        "history": [{"on": "2026-11-23", "status": "proposed", "by": value}],
    }  # fmt: skip
    data["opportunity"] = data["opportunity"].lstrip()
    source = read(PATH, blank(PATH, data, config()).encode())

    assert ([], data) == (source.problems, source.data)
