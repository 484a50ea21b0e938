"""Mending: what has one right answer is mended in just the bytes that are wrong, and everything else is left."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from cireg.files import MemoryTree
from cireg.layout import KINDS, schema_text
from cireg.lint import check
from cireg.mending import Mending, plan
from cireg.register import load
from tests.small_register import CONFIG, KPI, TODAY, fields, text

HERE = "# yaml-language-server: $schema="
LINE = HERE + "../schema/improvement.schema.json\n"
ONE = text(fields("assessed"))
SCHEMAS = {f"schema/{kind}.schema.json": schema_text(kind) for kind in KINDS}
RIGHT = {"cireg.yaml": f"{HERE}schema/config.schema.json\n{CONFIG}", **SCHEMAS}

Files = Mapping[str, str | bytes]


def planned(files: Files) -> Mending:
    """What would be done to the register of these files."""
    tree = MemoryTree({"cireg.yaml": CONFIG, **files})
    return plan(tree, load(tree, lambda _: TODAY))


def mended(files: Files) -> dict[str, str]:
    """The files that would change, by the paths that they would have."""
    return {each.change.path: each.change.after for each in planned(files).mended}


def left(files: Files) -> list[tuple[str, str]]:
    """What would be left, and why."""
    return [(each.path, each.reason) for each in planned(files).left]


def after(files: Files) -> dict[str, str | bytes]:
    """All the files when the plan has been carried out."""
    whole = {"cireg.yaml": CONFIG, **files}
    for each in planned(files).mended:
        whole.pop(each.change.moved_from or "", None)
        whole[each.change.path] = each.change.after
    return whole


def test_a_register_that_is_right_is_left_as_it_is() -> None:
    """Nothing is mended for its own sake."""
    files = {**RIGHT, "improvements/CI-0001-answer-sooner.yaml": LINE + ONE}

    assert ({}, []) == (mended(files), left(files))


# The modeline


def test_a_missing_line_is_put_first() -> None:
    """Every other byte stays, a comment before the first field too."""
    files = {**RIGHT, "improvements/CI-0001.yaml": "# Ours.\n" + ONE, "kpis/desk/answer-hours.yaml": KPI}

    assert {
        "improvements/CI-0001.yaml": LINE + "# Ours.\n" + ONE,
        "kpis/desk/answer-hours.yaml": f"{HERE}../../schema/kpi.schema.json\n{KPI}",
    } == mended(files)


def test_a_wrong_way_is_put_right_where_it_stands() -> None:
    """With whatever else its line says."""
    line = "# yaml-language-server: $schema={} # for editors\n"
    files = {**RIGHT, "improvements/CI-0001.yaml": "# é\n" + line.format("improvement.schema.json") + ONE}

    assert {"improvements/CI-0001.yaml": "# é\n" + line.format("../schema/improvement.schema.json") + ONE} == mended(
        files
    )


def test_a_line_is_put_in_only_where_the_register_has_the_schema() -> None:
    """It would lead to nothing."""
    assert {} == mended({"improvements/CI-0001.yaml": ONE})


def test_several_lines_are_left() -> None:
    """Somebody has to say which of them goes."""
    files = {**RIGHT, "improvements/CI-0001.yaml": f"{HERE}a\n{HERE}b\n{ONE}"}

    assert ({}, [("improvements/CI-0001.yaml", "it names several schemas: keep one of these lines")]) == (
        mended(files), left(files),
    )  # fmt: skip


def test_an_address_is_left() -> None:
    """Whoever wrote it wants another schema."""
    files = {**RIGHT, "improvements/CI-0001.yaml": f"{HERE}https://forge.example/schema.json\n{ONE}"}

    assert ({}, []) == (mended(files), left(files))


def test_what_only_looks_like_such_a_line_is_left() -> None:
    """A text may hold one: another way in it would be another text."""
    title = f'title: "One\n{HERE}x"\n'
    files = {**RIGHT, "improvements/CI-0001.yaml": title + text(fields("assessed", title=None))}

    assert {} == mended(files)
    assert [("improvements/CI-0001.yaml", "the same lines with the mended one would say something else")] == left(files)


# The last line


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        (ONE.rstrip("\n"), ONE),
        (ONE.replace("\n", "\r\n").rstrip("\r\n"), ONE.replace("\n", "\r\n")),
        (ONE + "custom:\n  a: |\n    text", ONE + "custom:\n  a: |\n    text\n"),
        (ONE + "# the end", ONE + "# the end\n"),
    ],
)
def test_the_last_line_gets_the_line_end_of_the_file(before: str, expected: str) -> None:
    """And nothing else changes, also where it is a text's last line."""
    assert {"improvements/CI-0001.yaml": expected} == mended({"improvements/CI-0001.yaml": before})


def test_readings_get_it_too() -> None:
    """A line of theirs is a reading."""
    files = {"kpis/answer-hours.yaml": KPI, "kpis/answer-hours.csv": "period,value\n2026-10,3"}

    assert {"kpis/answer-hours.csv": "period,value\n2026-10,3\n"} == mended(files)


# The file's name


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("CI-0002-answer-sooner.yaml", "CI-0001-answer-sooner.yaml"),
        ("CI-0002.yml", "CI-0001.yml"),
        ("ci-0002-answer-sooner.yaml", "CI-0001-answer-sooner.yaml"),
        ("answer-sooner.yaml", "CI-0001.yaml"),
        ("CI-0001_answer.yaml", "CI-0001.yaml"),
        ("CI-0001-" + "x" * 100 + ".yaml", "CI-0001.yaml"),
        ("desk/CI-0002-answer.yaml", "desk/CI-0001-answer.yaml"),
    ],
)
def test_a_file_is_named_by_its_id_and_keeps_its_words(name: str, expected: str) -> None:
    """The id inside is what everything else refers to; the content stays as it is."""
    assert {f"improvements/{expected}": ONE} == mended({f"improvements/{name}": ONE})


def test_a_kpi_takes_its_readings_along() -> None:
    """They are found by its name."""
    files = {"kpis/hours.yaml": KPI, "kpis/hours.csv": "period,value\n2026-10,3\n"}

    assert ["kpis/answer-hours.csv", "kpis/answer-hours.yaml"] == sorted(mended(files))
    assert "kpis/hours.csv" not in after(files)


def test_check_finds_nothing_in_what_was_mended() -> None:
    """All at once, in one file too; and there is nothing more to mend."""
    files: dict[str, str | bytes] = {
        "improvements/CI-0002-two.yaml": f"{HERE}x\n{ONE}".rstrip("\n"),
        "kpis/hours.yaml": KPI.rstrip("\n"),
        "kpis/hours.csv": "period,value\n2026-10,3",
        **SCHEMAS,
        "schema/kpi.schema.json": "{}",
    }
    there = after(files)
    tree = MemoryTree(there)
    register = load(tree, lambda _: TODAY)

    assert [] == check(register)
    assert Mending() == plan(tree, register)
    assert {"improvements/CI-0001-two.yaml", "kpis/answer-hours.yaml", "kpis/answer-hours.csv"} < set(there)


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        # the id of two files
        (
            {"improvements/CI-0001-one.yaml": ONE, "improvements/CI-0002.yaml": ONE},
            ("improvements/CI-0002.yaml", "CI-0001 is the id of several files: say which one keeps it"),
        ),
        # a file of that name, with another fault
        (
            {"improvements/CI-0001.yaml": "- not fields\n", "improvements/CI-0002.yaml": ONE},
            ("improvements/CI-0002.yaml", "it is to be called improvements/CI-0001.yaml, and there is such a file"),
        ),
        # the same in small letters, which some file systems take for the same
        (
            {"improvements/ci-0001.yaml": ONE},
            ("improvements/ci-0001.yaml", "it is to be called improvements/CI-0001.yaml, and there is such a file"),
        ),
        # readings that belong to nobody
        (
            {"kpis/hours.yaml": KPI, "kpis/hours.csv": "period,value\n", "kpis/answer-hours.csv": "period,value\n"},
            ("kpis/hours.yaml", "it is to be called kpis/answer-hours.yaml, and there is such a file"),
        ),
    ],
)
def test_where_the_answer_is_not_the_only_one_the_file_is_left(
    files: dict[str, str], expected: tuple[str, str]
) -> None:
    """With the reason."""
    assert ({}, [expected]) == (mended(files), left(files))


# The schemas


def test_a_copy_of_a_schema_is_brought_up_to_date() -> None:
    """One that the register does not have is not made."""
    assert {"schema/kpi.schema.json": schema_text("kpi")} == mended({"schema/kpi.schema.json": "{}\n"})


def test_a_newer_copy_is_left() -> None:
    """An older cireg would take away what the newer one knows."""
    newer = schema_text("kpi").replace('"x-version": "', '"x-version": "9')

    assert [("schema/kpi.schema.json", "it is of a newer version than this cireg: bring cireg up to date")] == left(
        {"schema/kpi.schema.json": newer}
    )
    assert {} == mended({"schema/kpi.schema.json": newer})


@pytest.mark.parametrize("content", ["[" * 100_000, "[]", '{"x-version": null}', "", "{"])
def test_a_copy_may_hold_anything(content: str) -> None:
    """It is replaced, not read."""
    assert {"schema/kpi.schema.json"} == set(mended({"schema/kpi.schema.json": content}))


def test_a_copy_that_is_no_text_is_left() -> None:
    """It is named, for check names it too."""
    assert [("schema/kpi.schema.json", "it is not UTF-8")] == left({"schema/kpi.schema.json": b"\xff"})


def test_what_cannot_be_read_is_left_alone() -> None:
    """Check says what is wrong with it; only its author can know what it was to say."""
    wrong: Files = {"improvements/CI-0001.yaml": "title: a: b", "improvements/CI-0002.yaml": b"title: caf\xe9"}
    files: Files = {**RIGHT, **wrong}

    assert ({}, []) == (mended(files), left(files))
