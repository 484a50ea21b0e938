"""Real improvement proposals with the faults that real data has: imported whole, named one by one, none mended."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from cireg import lint
from cireg.cli import cli
from cireg.files import WorkTree
from cireg.register import load
from cireg.sheets import read_table, write_xlsx
from tests.importing.maps import TODAY

MAP = Path(__file__).parent / "keps-map.yaml"
CORPUS = Path(__file__).parents[3] / "shared/corpora/keps.csv"
CONFIG = """\
version: 1
name: Proposals
goals: [{id: g-one, name: One}]
people:     # whoever may be named
  - {id: improvement-manager, name: Improvement manager, roles: [improvement-manager]}
"""

# The same columns and the same kinds of faults in a few rows.
HEADER = (
    "kep-number,title,owning-sig,participating-sigs,authors,status,stage,creation-date,last-updated,reviewers,"
    "approvers,latest-milestone,see-also,replaces,superseded-by,path,summary,motivation"
)
SMALL = f"""\
{HEADER}
19,Fewer steps,sig-apps,sig-docs; SIG Ui,@One; @two,implementable,beta,2025-10-9,v1.27,,TBD,1.25,,n/a,,keps/19,What,Why
2133,Twice,sig-apps,,@one,implemented,,2025-01-02,2025-02-03,,,,,,,keps/a,What,Why
2133,Twice again,sig-apps,,@one,implemented,,2025-01-02,2025-02-03,,,,,,,keps/b,What,Why
30,A slip,sig-apps,,@one,imlpemented,,2025-01-02,2025-02-03,,,,,,,keps/c,What,Why
31,No day,sig-apps,,@one,implemented,,2023-14-05,2025-02-03,,,,,,,keps/d,What,Why
32,Nothing,sig-apps,,@one,implemented,,2025-01-02,2025-02-03,,,,,,,keps/e,n/a,
33,Done,sig-node,,@2fast; help of @one,implemented,,2025-01-02,2024-02-03,,@three,,,/keps/a/19-x; /keps/b/999-y,,f,A,"B

- c"
34,Gone on,sig-node,,“@one”,replaced,,2025-01-02,2025-02-03,,,,,,KEP-100,keps/g,What,Why
"""


def run(folder: Path, *arguments: str) -> Result:
    """The command in the register."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("CIREG_TODAY", TODAY.isoformat())
        return CliRunner().invoke(cli, arguments)


def imported(folder: Path, file: Path, *options: str) -> dict[str, Any]:
    """The report of an import that rejects some rows."""
    result = run(folder, "import", str(file), "--map", str(MAP), "--format", "json", *options)
    assert 1 == result.exit_code, result.output
    report: dict[str, Any] = json.loads(result.stdout)
    return report


def register(folder: Path) -> Path:
    """A new register in that folder."""
    folder.mkdir()
    (folder / "cireg.yaml").write_text(CONFIG, encoding="utf-8")
    return folder


def texts(folder: Path) -> dict[str, bytes]:
    """Every file of a register."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def as_xlsx(csv: bytes) -> bytes:
    """The same sheet as a workbook, its cells as they are."""
    table = read_table("keps.csv", csv)
    return write_xlsx("keps", table.header, [row.cells for row in table.rows])


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A few rows as a file."""
    file = tmp_path / "keps.csv"
    file.write_text(SMALL, encoding="utf-8")
    return file


def reasons(found: list[dict[str, Any]]) -> list[tuple[int, str, str]]:
    """Row, column and value of each fault."""
    return [(each["row"], each["column"], each["value"]) for each in found]


def test_a_few_proposals_with_every_kind_of_fault(tmp_path: Path, small: Path) -> None:
    """What cannot be filled is rejected, any other bad value is left out, both by row and column."""
    report = imported(register(tmp_path / "register"), small, "--update-config")

    assert {
        "rows": 8, "written": 3, "updated": 0, "differing": 0, "unchanged": 0, "rejected": 5, "left_out": 5,
    } == report["counts"]  # fmt: skip
    assert [
        (3, "kep-number", "KEP-2133"),
        (4, "kep-number", "KEP-2133"),
        (5, "status", "imlpemented"),
        (6, "creation-date", "2023-14-05"),
        (7, "summary, motivation", ""),
    ] == reasons(report["rejected"])
    assert [
        (2, "last-updated", "v1.27"),
        (8, "authors", "@2fast"),
        (8, "authors", "help of @one"),
        (8, "last-updated", "2024-02-03"),
        (8, "replaces", "KEP-0999"),
    ] == sorted(reasons(report["left_out"]))
    assert {"people": ["one", "three", "two"], "practices": ["sig-apps", "sig-node"]} == report["added"]


def test_a_proposal_becomes_an_improvement(tmp_path: Path, small: Path) -> None:
    """Every byte of one of them."""
    folder = register(tmp_path / "register")
    imported(folder, small, "--update-config")

    assert (folder / "improvements/KEP-0019-fewer-steps.yaml").read_text(encoding="utf-8") == FEWER_STEPS
    assert (
        (folder / "improvements/KEP-0034-gone-on.yaml")
        .read_text(encoding="utf-8")
        .endswith("  - {on: 2025-02-03, status: withdrawn, note: Replaced by KEP-100}\n")
    )
    config = (folder / "cireg.yaml").read_text(encoding="utf-8")
    assert set(CONFIG.splitlines()) <= set(config.splitlines())
    assert '  - {id: one, name: "@One"}\n' in config


FEWER_STEPS = """\
# yaml-language-server: $schema=../schema/improvement.schema.json
id: KEP-0019
title: Fewer steps
status: planned
source: other
source_ref: keps/19
owner: one
team: [two]
practices: [sig-apps]
tags: [sig-docs, sig-ui]
opportunity: |
  ## Summary

  What

  ## Motivation

  Why

imported:
  from: keps.csv
  row: 2
  on: 2026-11-23
  status: planned

custom:
  stage: beta
  latest_milestone: "1.25"

history:
  - {on: 2025-10-09, status: proposed, by: one}
  - {on: 2025-10-09, status: planned}
"""


@pytest.mark.parametrize("corpus", [False, True], ids=["few", "all"])
def test_a_workbook_gives_the_same_register(tmp_path: Path, small: Path, corpus: bool) -> None:
    """Byte for byte, apart from the name of the file."""
    file = the_corpus() if corpus else small
    workbook = tmp_path / "keps.xlsx"
    workbook.write_bytes(as_xlsx(file.read_bytes()))
    one, other = register(tmp_path / "one"), register(tmp_path / "other")
    first = imported(one, file, "--update-config")
    second = imported(other, workbook, "--update-config")

    assert texts(one) == {
        path: raw.replace(b"from: keps.xlsx", b"from: keps.csv") for path, raw in texts(other).items()
    }
    assert {**first, "file": ""} == {**second, "file": ""}


@pytest.mark.parametrize("corpus", [False, True], ids=["few", "all"])
def test_the_second_import_changes_nothing(tmp_path: Path, small: Path, corpus: bool) -> None:
    """Not even with every option that changes files."""
    file = the_corpus() if corpus else small
    folder = register(tmp_path / "register")
    first = imported(folder, file, "--update-config")
    before = texts(folder)
    second = imported(folder, file, "--update-config", "--update")

    assert before == texts(folder)
    assert (first["rejected"], first["left_out"]) == (second["rejected"], second["left_out"])
    assert first["counts"]["written"] == second["counts"]["unchanged"]
    assert (0, 0) == (second["counts"]["written"], second["counts"]["updated"])


@pytest.mark.parametrize("corpus", [False, True], ids=["few", "all"])
def test_check_finds_only_what_is_missing(tmp_path: Path, small: Path, corpus: bool) -> None:
    """Warnings, each at its line and column: an imported file may lack what its gates ask for."""
    file = the_corpus() if corpus else small
    folder = register(tmp_path / "register")
    imported(folder, file, "--update-config")
    found = lint.check(load(WorkTree(folder), lambda _: TODAY))

    assert [] == [each for each in found if each.severity == "error"]
    assert {"gate", "smart"} <= {each.rule for each in found if each.severity == "warning"}
    assert 0 == run(folder, "check").exit_code
    assert "missing: value, effort, urgency, risk" in run(folder, "rank").stdout


def the_corpus() -> Path:
    """The file with all proposals; the test is skipped where it is not there."""
    if not CORPUS.is_file():
        pytest.skip("the collection is not there")
    return CORPUS


def test_all_proposals_are_written_or_rejected_by_name(tmp_path: Path) -> None:
    """655 rows: the numbers used twice, the statuses outside the list, the impossible days, none silently mended."""
    report = imported(register(tmp_path / "register"), the_corpus(), "--update-config")
    by_column: dict[str, set[tuple[int, str]]] = {}
    for row, column, value in reasons(report["rejected"]):
        by_column.setdefault(column, set()).add((row, value))

    assert (655, 630, 25) == tuple(report["counts"][name] for name in ("rows", "written", "rejected"))
    assert {
        *((row, "KEP-0000") for row in (122, 239, 272, 493)), (221, "KEP-2133"), (389, "KEP-2133"),
    } == by_column["kep-number"]  # fmt: skip
    assert {
        (55, "superseded"), (286, "implemented (alpha)"), (401, "imlpemented"), (405, "removed"),
        (67, "provisional|implementable|implemented|deferred|rejected|withdrawn|replaced"),
    } == by_column["status"]  # fmt: skip
    assert {
        (59, "2023-14-05"), (536, "2025-30-01"), (239, "yyyy-mm-dd"), (276, "yyyy-mm-dd"), (277, "yyyy-mm-dd"),
        (315, ""), (327, ""), (607, ""),
    } == by_column["creation-date"]  # fmt: skip
    assert {36, 48, 77, 159, 168, 271, 493, 597} == {row for row, _ in by_column["summary, motivation"]}
    assert {"kep-number", "status", "creation-date", "summary, motivation"} == set(by_column)
    assert {(54, "v1.27"), (64, "v1.34"), (206, "v1.29"), (339, "v1.30")} <= {
        (row, value) for row, column, value in reasons(report["left_out"]) if column == "last-updated"
    }
    assert (540, 22) == (len(report["added"]["people"]), len(report["added"]["practices"]))
