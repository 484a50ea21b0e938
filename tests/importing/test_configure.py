"""What an import names and the register does not have."""

from __future__ import annotations

from cireg.importing.configure import additions, unknown
from tests.importing.maps import MAP, planned, register

TEXT = MAP.replace("  tags: Tags\n", "  practices: {column: Tags, slug: true}\n  vision.goal: Needs\n").replace(
    "  links.depends_on: Needs\n", ""
)
ROWS = (
    "7,A,Idea,Why,Ada Lovelace,service-desk; Wi-Fi,g-one,,,2026-01-05,,\n"
    "8,B,Idea,Why,ada lovelace,Wi-Fi,g-two,,,2026-01-05,,\n"
    "9,C,x,Why,Nobody,Nowhere,g-three,,,2026-01-05,,\n"
)


def test_what_is_unknown_is_counted_by_improvements() -> None:
    """Rejected rows name nothing; what the register has is not unknown."""
    into = register()

    assert {"people": {"ada-lovelace": 2}, "practices": {"wi-fi": 2}, "goals": {"g-two": 1}} == unknown(
        planned(ROWS, TEXT, into), into
    )


def test_additions_keep_the_sheets_spelling() -> None:
    """The first one; goals are agreed on, not imported."""
    into = register()
    made = planned(ROWS, TEXT, into)

    assert {
        "people": [{"id": "ada-lovelace", "name": "Ada Lovelace"}],
        "practices": [{"id": "wi-fi", "name": "Wi-Fi"}],
    } == additions(made, unknown(made, into))


def test_a_name_that_is_no_line_is_left_to_the_id() -> None:
    """A cell of several lines has no place in cireg.yaml."""
    into = register()
    made = planned('7,A,Idea,Why,"Ada\nLovelace",,,,,2026-01-05,,\n', TEXT, into)

    assert {"people": [{"id": "ada-lovelace", "name": "ada-lovelace"}]} == additions(made, unknown(made, into))


def test_names_of_files_that_are_there_already_are_unknown_too() -> None:
    """An import without --update-config may be followed by one with it."""
    first = planned(ROWS, TEXT)
    into = register({new.path: new.text.replace("owner: ada-lovelace", "owner: somebody", 1) for new in first.new})
    second = planned(ROWS, TEXT, into)

    assert ([], ["CI-0007", "CI-0008"]) == (second.unchanged, [each.item.id for each in second.different])
    into = register({new.path: new.text + "log: [{on: 2026-02-01, note: x, by: own-idea}]\n" for new in first.new})
    found = unknown(planned(ROWS, TEXT, into), into)
    assert {"ada-lovelace": 2} == found["people"]
