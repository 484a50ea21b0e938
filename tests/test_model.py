"""A register's files as objects: values, places and what can be told from them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from cireg.findings import Place
from cireg.model import Config
from cireg.record import Record
from cireg.source import read
from tests.small_register import CONFIG, KPI, fields, files, item, kpi, register

RECORD = Record(
    read("a.yaml", b"title: T\nplan:\n  steps: [{do: x, due: 2026-03-31}, text]\n  days: 3\ntags: [a, 1, b]\n")
)


@pytest.mark.parametrize(
    ("route", "expected"),
    [
        (("title",), "T"),
        (("plan", "days"), 3),
        (("plan", "steps", 0, "do"), "x"),
        (("plan", "steps", 1), "text"),
        # what is not there
        (("owner",), None),
        (("plan", "steps", 2), None),
        (("plan", "steps", "do"), None),
        (("plan", "steps", 1, "do"), None),
        (("title", "x"), None),
        (("plan", 0), None),
    ],
)
def test_a_value_is_found_by_its_route(route: tuple[str | int, ...], expected: object) -> None:
    """None where there is none, whatever stands in its way."""
    assert expected == RECORD.get(*route)


def test_values_are_asked_for_by_their_kind() -> None:
    """Text, day, entries, texts; what is of another kind is not there."""
    assert ("T", "", "") == (RECORD.text("title"), RECORD.text("owner"), RECORD.text("plan", "days"))
    assert (date(2026, 3, 31), None, None) == (
        RECORD.date("plan", "steps", 0, "due"), RECORD.date("title"), RECORD.date("plan", "days"),
    )  # fmt: skip
    assert [(0, {"do": "x", "due": "2026-03-31"})] == RECORD.entries("plan", "steps")
    assert [[], []] == [RECORD.entries(name) for name in ("title", "owner")]
    assert (["a", "b"], []) == (RECORD.texts("tags"), RECORD.texts("title"))


def test_a_record_knows_its_places() -> None:
    """Of values, of fields' names, and of the nearest part to what is missing."""
    assert Place("a.yaml", 3, 24) == RECORD.at("plan", "steps", 0, "due")
    assert (Place("a.yaml", 4, 9), Place("a.yaml", 4, 3)) == (RECORD.at("plan", "days"), RECORD.key_at("plan", "days"))
    assert Place("a.yaml", 2, 1) == RECORD.at("plan", "risks")


def test_what_could_not_be_used_is_lost_with_what_is_above_and_below_it() -> None:
    """What is missing there was reported already."""
    found = item(fields("assessed", scores={"value": 7, "effort": 2}, owner=3))

    assert found.lost("scores", "value")
    assert found.lost("scores")
    assert found.lost("owner", "anything")
    assert not found.lost("scores", "effort")
    assert not found.lost("vision")


# Improvements


def entry(on: str, status: str, **more: Any) -> dict[str, Any]:
    """A history entry."""
    return {"on": on, "status": status, **more}


def test_the_history_is_read_in_the_files_order() -> None:
    """With the day, the status and what else it says."""
    history = [
        entry("2026-11-02", "proposed", by="anonymous"),
        entry("2026-11-03", "on-hold", note="n", until="2027-01-01"),
    ]
    found = item(fields("on-hold", history=history))

    assert [
        (0, date(2026, 11, 2), "proposed", "anonymous", None, None),
        (1, date(2026, 11, 3), "on-hold", None, "n", date(2027, 1, 1)),
    ] == [(each.index, each.on, each.status, each.by, each.note, each.until) for each in found.history]
    assert (date(2026, 11, 2), "anonymous", True) == (found.raised, found.proposer, found.history_is_whole)


@pytest.mark.parametrize(
    "history",
    [
        None,
        [],
        "x",
        [{"on": "2026-11-02"}],
        [{"status": "proposed"}],
        [entry("2026-11-31", "proposed")],
        [entry("2026-11-02", "begun")],
        [entry("2026-11-02", "proposed"), "x"],
        [entry("2026-11-02", "proposed"), {"on": "2026-11-03", "status": 7}],
    ],
)
def test_a_history_that_cannot_be_followed_is_not_whole(history: object) -> None:
    """Rules that follow it are silent then, for the fault has been told."""
    assert not item(fields(history=history)).history_is_whole


@pytest.mark.parametrize(
    ("names", "since"),
    [
        (["proposed"], 1),
        (["proposed", "assessed"], 2),
        (["proposed", "assessed", "assessed"], 2),
        (["proposed", "assessed", "proposed"], 3),
        (["proposed", "assessed", "planned", "assessed"], 4),
    ],
)
def test_it_has_its_status_since_the_first_entry_of_the_last_run(names: list[str], since: int) -> None:
    """Having had it before does not count."""
    history = [entry(f"2026-11-{n:02}", name) for n, name in enumerate(names, 1)]

    assert date(2026, 11, since) == item(fields(names[-1], history=history)).in_status_since


def test_without_an_entry_for_its_status_nobody_knows_since_when() -> None:
    """None, not the day it was raised."""
    assert None is item(fields("planned", history=[entry("2026-11-02", "proposed")])).in_status_since


IMPORTED = {"from": "ideas.csv", "on": "2026-11-12", "status": "assessed"}


@pytest.mark.parametrize(
    ("imported", "status", "last", "expected"),
    [
        (IMPORTED, "assessed", "2026-11-12", True),
        (IMPORTED, "assessed", "2026-11-01", True),
        # it has moved since
        (IMPORTED, "assessed", "2026-11-13", False),
        (IMPORTED, "planned", "2026-11-12", False),
        ({**IMPORTED, "status": "proposed"}, "assessed", "2026-11-12", False),
        (None, "assessed", "2026-11-12", False),
        ({"from": "x", "status": "assessed"}, "assessed", "2026-11-12", False),
    ],
)
def test_an_imported_file_is_as_imported_until_it_moves(
    imported: dict[str, Any] | None, status: str, last: str, expected: bool
) -> None:
    """What its gates lack are warnings so long."""
    history = [entry("2026-10-01", "proposed"), entry(last, status)]

    assert expected == item(fields(status, imported=imported, history=history)).still_as_imported


def test_an_improvement_tells_what_others_ask_for() -> None:
    """Title, owner, track, and whether it is published; the id where there is no title."""
    plain = item(fields("planned"))
    other = item(fields(title=None, track="light", publish=False))

    assert (True, "service-desk-lead", False) == (plain.title.startswith("Mend "), plain.owner, plain.light)
    assert ("CI-0001", None, True) == (other.title, other.owner, other.light)
    assert (True, False) == (plain.published, other.published)


def test_its_links_come_with_their_routes() -> None:
    """Single ones first, then lists; external records are no links to improvements."""
    links = {
        "relates_to": ["CI-0004", "CI-0005"], "depends_on": ["CI-0003"], "part_of": "CI-0002", "follows": None,
        "external": ["INC0045678"], "supersedes": ["CI-0006"], "duplicate_of": "CI-0007",
    }  # fmt: skip

    assert [
        (("links", "part_of"), "CI-0002"),
        (("links", "duplicate_of"), "CI-0007"),
        (("links", "depends_on", 0), "CI-0003"),
        (("links", "relates_to", 0), "CI-0004"),
        (("links", "relates_to", 1), "CI-0005"),
        (("links", "supersedes", 0), "CI-0006"),
    ] == item(fields(links=links)).linked()


# KPIs and the configuration


def test_a_kpi_has_a_name() -> None:
    """Its id where it has none."""
    assert ("Hours to the first answer", "answer-hours") == (kpi().name, kpi(name=3).name)
    assert (None, "roi") == (kpi().derived, kpi(derived="roi").derived)


def config(text: str) -> Config:
    """The configuration above with these lines."""
    return register({"cireg.yaml": CONFIG + text}).config


def test_what_the_configuration_leaves_out_is_what_the_schema_gives() -> None:
    """Also inside what it does give, and where the whole file cannot be used."""
    found = config("limits: {answer_days: 3}\n")
    broken = register({"cireg.yaml": "a: [\n"}).config

    assert (3, 90, 0.8) == tuple(
        found.get("limits", name) for name in ("answer_days", "no_movement_days", "similar_title")
    )
    assert ("UTC", "EUR", 14, False) == (
        broken.get("timezone"), broken.get("currency"), broken.get("limits", "answer_days"), broken.usable,
    )  # fmt: skip


def test_the_lists_of_the_configuration_are_by_id() -> None:
    """The first where an id is given twice; an entry without one is passed over."""
    text = "version: 1\nname: x\npeople: [{id: a, name: First}, {id: a, name: Second}, {name: None}]\n"
    found = register({"cireg.yaml": text}).config

    assert {"a": {"id": "a", "name": "First"}} == found.people
    assert ({}, {}, {}) == (found.goals, found.practices, found.services)


def test_a_list_that_cannot_be_used_is_not_an_empty_one() -> None:
    """Nobody is unknown then."""
    found = register({"cireg.yaml": "version: 1\nname: x\npeople: nobody\n"}).config

    assert (None, {}) == (found.listed("people"), found.listed("goals"))
    assert None is register({"cireg.yaml": ""}).config.listed("goals")


def test_roles_are_those_of_the_person() -> None:
    """None for somebody unknown or without a role."""
    found = config("")

    assert [("sponsor",), ()] == [found.roles(name) for name in ("head-of-it", "nobody")]


# The register


def test_parts_followers_and_duplicates_are_by_what_they_link_to() -> None:
    """In the order of ids."""
    linked = {
        "CI-0001": {}, "CI-0002": {"part_of": "CI-0001"}, "CI-0003": {"part_of": "CI-0001"},
        "CI-0004": {"follows": "CI-0001"}, "CI-0005": {"duplicate_of": "CI-0002"},
    }  # fmt: skip
    found = register(files(*(fields(id=id_, links=links) for id_, links in linked.items())))

    assert {"CI-0001": ["CI-0002", "CI-0003"]} == {
        key: [each.id for each in value] for key, value in found.parts.items()
    }
    assert {"CI-0001": ["CI-0004"]} == {key: [each.id for each in value] for key, value in found.followers.items()}
    assert {"CI-0002": ["CI-0005"]} == {key: [each.id for each in value] for key, value in found.duplicates.items()}
    assert ["CI-0004", "CI-0001"] == [each.id for each in found.select(["CI-0004", "CI-0404", "CI-0001"])]


def test_what_is_there_and_could_not_be_used_is_known_by_its_name() -> None:
    """A link to it is not a link to nothing."""
    found = register(
        {
            **files(fields()),
            "improvements/CI-0002-two.yaml": "a: [\n",
            "improvements/sub/CI-0003.yml": "title: x\n",
            "kpis/answer-hours.yaml": KPI.replace("id: answer-hours", "id: 3"),
        }
    )

    assert {"CI-0002", "CI-0003", "answer-hours"} <= found.unusable
    assert "CI-0001" not in found.unusable
