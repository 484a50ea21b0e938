"""Reading a register: every file, every fault, and none that hides another."""

from __future__ import annotations

from datetime import date

import pytest

from cireg.files import MemoryTree, Special, Symlink
from cireg.layout import schema_text
from cireg.model import Config, Register
from cireg.register import load
from tests.small_register import CONFIG, KPI, TODAY, Files, fields, files, register, text

GOOD = text(fields())


def found(content: Files) -> list[tuple[str, str, int, int]]:
    """Rule and place of what reading finds."""
    return sorted((each.rule, each.place.path, each.place.line, each.place.column) for each in register(content).found)


def test_improvements_and_kpis_are_found_in_any_folder_with_either_ending() -> None:
    """Each under its id, in the order of ids."""
    content = {
        "improvements/2026/q1/CI-0002-two.yml": text(fields(id="CI-0002")),
        "improvements/CI-0010.yaml": text(fields(id="CI-0010")),
        "improvements/b/CI-0001-one.yaml": GOOD,
        "kpis/desk/answer-hours.yml": KPI,
        "kpis/desk/answer-hours.csv": "period,value\n2026-01,3\n",
    }
    read = register(content)

    assert ["CI-0001", "CI-0002", "CI-0010"] == list(read.improvements)
    assert ["answer-hours"] == list(read.kpis)
    assert () == read.found
    assert set(content) == read.names
    assert (6, 0) == (read.checked, read.unread)


def test_what_does_not_belong_is_not_read() -> None:
    """Hidden files and other folders are nobody's business; a README may say what a folder holds."""
    content = {
        "improvements/README.md": "What is here.\n",
        "improvements/.CI-0003.yaml.swp": "x",
        "improvements/.hidden/CI-0004.yaml": "a: [\n",
        "kpis/README.md": "What is here.\n",
        "docs/CI-0005.yaml": "a: [\n",
        "CI-0006.yaml": "a: [\n",
    }
    read = register(content)

    assert ((), {}, 1) == (read.found, dict(read.improvements), read.checked)


def test_a_stray_file_is_told_for_an_idea_in_it_would_be_lost() -> None:
    """Readings belong to KPIs alone."""
    assert [
        ("orphan-readings", "kpis/alone.csv", 1, 1),
        ("stray-file", "improvements/CI-0001.txt", 1, 1),
        ("stray-file", "improvements/CI-0002.YAML", 1, 1),
        ("stray-file", "improvements/readings.csv", 1, 1),
        ("stray-file", "kpis/answers.xlsx", 1, 1),
    ] == found(
        {
            "improvements/CI-0001.txt": "x",
            "improvements/CI-0002.YAML": GOOD,
            "improvements/readings.csv": "x",
            "kpis/answers.xlsx": "x",
            "kpis/alone.csv": "period,value\n",
        }
    )


def test_readings_belong_to_the_kpi_beside_them() -> None:
    """Not to one of the same name in another folder."""
    assert [("orphan-readings", "kpis/a/answer-hours.csv", 1, 1)] == found(
        {"kpis/answer-hours.yaml": KPI, "kpis/a/answer-hours.csv": "period,value\n"}
    )


def test_files_that_are_no_files_are_refused_by_their_kind() -> None:
    """Each counts as one that could not be used."""
    content: Files = {
        "improvements/CI-0001.yaml": Symlink("/etc/passwd"),
        "improvements/folder": Symlink(".."),
        "improvements/CI-0003.yaml": Special("special"),
        "improvements/CI-0004.yaml": Special("unreadable"),
        "kpis/a.csv": Symlink("b"),
    }

    assert [
        ("special-file", "improvements/CI-0003.yaml", 1, 1),
        ("symlink", "improvements/CI-0001.yaml", 1, 1),
        ("symlink", "improvements/folder", 1, 1),
        ("symlink", "kpis/a.csv", 1, 1),
        ("unreadable", "improvements/CI-0004.yaml", 1, 1),
    ] == found(content)
    assert 5 == register(content).unread


def test_a_bad_file_hides_no_other() -> None:
    """What can be read is, and what cannot is counted."""
    read = register(
        {
            **files(fields(), fields(id="CI-0002")),
            "improvements/CI-0003.yaml": "a: &x 1\n",
            "improvements/CI-0004.yaml": b"\xff\xfe",
            "improvements/CI-0005.yaml": "a" * 300_000,
            "improvements/CI-0006.yaml": text(fields(id="CI-6")),
            "improvements/CI-0007.yaml": text(fields(id="CI-0007", status="begun")),
            "kpis/a.yaml": "a: [\n",
            "kpis/b.yaml": KPI.replace("id: answer-hours", "id: B"),
        }
    )

    assert ["CI-0001", "CI-0002"] == list(read.improvements)
    assert (10, 7) == (read.checked, read.unread)
    assert {"anchor", "encoding", "file-too-large", "wrong-shape", "unknown-value", "syntax"} == {
        each.rule for each in read.found
    }


def test_what_breaks_the_schema_is_left_out_and_everything_else_stays() -> None:
    """At its line and column; the entries behind it keep their places."""
    read = register(
        {
            "improvements/CI-0001.yaml": "id: CI-0001\nstatus: proposed\ntitle: T\nopportunity: O\nownr: x\n"
            "owner: 12\ntags: [ok, Not OK, fine, 3]\nscores: {value: 9, effort: 2}\n"
            "plan:\n  steps:\n    - {by: A, do: x}\n    - 7\n    - {do: z, due: 2026-02-30, done: 2026-02-03}\n"
            "history: [{on: 2026-11-20, status: proposed}]\n"
        }
    )
    item = read.improvements["CI-0001"]

    assert [
        ("out-of-range", 8, 17),
        ("unknown-field", 5, 1),
        ("wrong-date", 13, 20),
        ("wrong-shape", 7, 12),
        ("wrong-shape", 11, 12),
        ("wrong-type", 6, 8),
        ("wrong-type", 7, 26),
        ("wrong-type", 12, 7),
    ] == sorted((each.rule, each.place.line, each.place.column) for each in read.found)
    assert (None, None, ["ok", "fine"], {"effort": 2}) == (
        item.get("ownr"), item.get("owner"), item.get("tags"), item.get("scores"),
    )  # fmt: skip
    assert [{"do": "x"}, {"do": "z", "done": "2026-02-03"}] == item.get("plan", "steps")
    assert [(7, 8), (7, 20), (13, 38)] == [
        (place.line, place.column)
        for place in (item.at("tags", 0), item.at("tags", 1), item.at("plan", "steps", 1, "done"))
    ]


def test_of_ten_and_more_strays_in_a_list_the_right_ones_are_left_out() -> None:
    """Entries are counted as numbers, not as words."""
    tags = [f"t{n}" if n % 3 else "BAD" for n in range(40)]
    item = register(files(fields(tags=tags))).improvements["CI-0001"]

    assert [each for each in tags if each != "BAD"] == item.get("tags")


def test_a_part_of_what_is_left_out_is_left_out_with_it() -> None:
    """A section of the wrong kind takes its faults along; two faults in one entry are both told."""
    read = register(files(fields(measures=[{"kpi": "X Y", "role": "best", "target": {"change": 1, "value": "x"}}])))

    assert {"wrong-shape", "unknown-value", "wrong-form"} <= {each.rule for each in read.found}
    assert [{}] == read.improvements["CI-0001"].get("measures")


@pytest.mark.parametrize(
    "broken",
    ["a: [\n", "", "- a\n", b"\xff\xfe", "name: &a x\n", "x" * 300_000, Symlink("/etc/passwd"), Special("special")],
    ids=["syntax", "empty", "list", "encoding", "anchor", "size", "link", "pipe"],
)
def test_a_configuration_that_cannot_be_used_leaves_the_defaults(broken: str | bytes | Symlink | Special) -> None:
    """It is one finding, and the rest is read."""
    read = register({"cireg.yaml": broken, **files(fields())})

    assert ["cireg.yaml"] == [each.place.path for each in read.found]
    assert (False, "UTC", {}) == (read.config.usable, read.config.get("timezone"), read.config.people)
    assert ["CI-0001"] == list(read.improvements)
    assert (2, 1) == (read.checked, read.unread)


def test_without_a_configuration_that_is_said_too() -> None:
    """As of a commit before it was added."""
    read = load(MemoryTree(files(fields())), lambda _: TODAY)

    assert [("unreadable", "cireg.yaml")] == [(each.rule, each.place.path) for each in read.found]
    assert ["CI-0001"] == list(read.improvements)


def test_of_two_files_with_one_id_the_first_by_path_stands_and_both_are_kept() -> None:
    """Rules see both; nobody sees one of them twice."""
    read = register({"improvements/b.yaml": text(fields(title="B")), "improvements/a.yaml": text(fields(title="A"))})

    assert "A" == read.improvements["CI-0001"].title
    assert ["improvements/a.yaml", "improvements/b.yaml"] == [each.path for each in read.files]


def test_the_day_is_asked_for_once_the_configuration_is_known() -> None:
    """Its time zone may decide which day it is."""
    asked: list[Config] = []

    def today(config: Config) -> date:
        asked.append(config)
        return date(2025, 1, 2)

    read: Register = load(MemoryTree({"cireg.yaml": CONFIG + "timezone: Europe/London\n"}), today)

    assert date(2025, 1, 2) == read.as_of
    assert ["Europe/London"] == [config.get("timezone") for config in asked]


@pytest.mark.parametrize(
    ("path", "content", "drifts"),
    [
        ("schema/kpi.schema.json", schema_text("kpi"), False),
        ("schema/kpi.schema.json", schema_text("kpi") + "\n", True),
        ("schema/improvement.schema.json", "{}", True),
        ("schema/config.schema.json", b"\xff\xfe", True),
        ("schema/our-own.schema.json", "{}", False),
        ("schema/old/kpi.schema.json", "{}", False),
    ],
)
def test_a_copy_of_a_schema_that_is_not_the_installed_one_is_told(
    path: str, content: str | bytes, drifts: bool
) -> None:
    """The editor would say other things than the check."""
    assert ([("schema-drift", path, 1, 1)] if drifts else []) == found({path: content})


def test_reading_twice_gives_the_same() -> None:
    """Nothing is left over from another register."""
    content = {**files(fields(ownr="x")), "improvements/CI-0002.yaml": "a: b: c\n"}

    assert register(content).found == register(content).found
