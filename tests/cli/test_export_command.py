"""`cireg export` as it is called, and the way through a spreadsheet and back."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from cireg.cli import cli
from cireg.errors import CiregError
from cireg.sheets import read_table, write_csv, write_xlsx

ROOT = Path(__file__).resolve().parents[2]
OFFICE = shutil.which("soffice") or shutil.which("libreoffice")


@pytest.fixture
def register(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the example register in a folder `register`; the current folder is it."""
    folder = tmp_path / "register"
    folder.mkdir()
    shutil.copy(ROOT / "cireg.yaml", folder)
    for name in ("improvements", "kpis", "schema"):
        shutil.copytree(ROOT / name, folder / name)
    monkeypatch.chdir(folder)
    monkeypatch.setenv("CIREG_TODAY", "2026-11-23")
    return folder


def run(*arguments: str) -> Result:
    """The command's result."""
    return CliRunner().invoke(cli, arguments)


def files(register: Path) -> dict[str, bytes]:
    """The improvements' files."""
    return {path.name: path.read_bytes() for path in (register / "improvements").iterdir()}


def report(*arguments: str) -> dict[str, Any]:
    """The JSON report of an import."""
    result = run("import", *arguments, "--format", "json")
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_csv_goes_to_stdout_by_default(register: Path) -> None:
    """Without the mark of UTF-8, and with line feeds."""
    result = run("export")

    assert 0 == result.exit_code
    assert result.stdout_bytes.startswith(b"id,title,status,")
    assert b"\r" not in result.stdout_bytes
    assert len(files(register)) == len(read_table("x.csv", result.stdout_bytes).rows)


def test_the_options_of_list_choose(register: Path) -> None:
    """The same ones, with the same meaning."""
    chosen = ("--status", "open", "--where", "track=full")
    listed = json.loads(run("list", *chosen, "--format", "json").stdout)["items"]
    rows = read_table("x.csv", run("export", *chosen).stdout_bytes).rows

    assert 0 < len(rows) < len(files(register))
    assert [each["id"] for each in listed] == [row.cells[0] for row in rows]


def test_json_is_what_list_has(register: Path) -> None:
    """The same objects, with version and day."""
    exported = json.loads(run("export", "--format", "json").stdout)

    assert exported == json.loads(run("list", "--format", "json").stdout)
    assert (1, "2026-11-23") == (exported["schema_version"], exported["as_of"])


def test_ndjson_has_an_object_in_each_line(register: Path) -> None:
    """Every line stands alone, with version and day."""
    lines = run("export", "--format", "ndjson").stdout.splitlines()
    items = json.loads(run("export", "--format", "json").stdout)["items"]

    stamp = {"schema_version": 1, "as_of": "2026-11-23"}
    assert [{**item, **stamp} for item in items] == [json.loads(line) for line in lines]


@pytest.mark.parametrize(
    ("name", "start"), [("a.csv", b"\xef\xbb\xbfid,"), ("a.XLSX", b"PK"), ("a.json", b"{\n"), ("a.ndjson", b'{"')]
)
def test_a_files_ending_says_the_form(register: Path, tmp_path: Path, name: str, start: bytes) -> None:
    """An older file of that name is replaced; how many were written goes to stderr."""
    target = tmp_path / name
    target.write_bytes(b"old")
    result = run("export", "-o", str(target))

    assert (0, "") == (result.exit_code, result.stdout)
    assert target.read_bytes().startswith(start)
    assert f"{len(files(register))} of {len(files(register))} improvements written to" in result.stderr


def test_what_is_not_published_is_exported(register: Path) -> None:
    """It is for whoever keeps the register, and the help says so."""
    path = sorted((register / "improvements").iterdir())[0]
    path.write_bytes(path.read_bytes().replace(b"history:", b"publish: false\nhistory:"))

    assert path.name[:7] in run("export").stdout
    assert "publish: false are exported too" in " ".join(run("export", "--help").stdout.split())


@pytest.mark.parametrize(
    ("target", "message"),
    [
        ("x.txt", "'x.txt' does not say in which form"),
        ("nowhere/x.csv", "there is no folder nowhere"),
        ("kpis/first-answer-hours.csv", "it lies among the register's own files"),
        ("improvements/x.json", "it lies among the register's own files"),
    ],
)
def test_a_place_that_will_not_do_is_refused(register: Path, target: str, message: str) -> None:
    """Above all the readings, which are CSV files too."""
    result = run("export", "-o", target)

    assert isinstance(result.exception, CiregError)
    assert message in result.exception.message


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_an_exported_sheet_comes_back_unchanged(register: Path, tmp_path: Path, form: str) -> None:
    """Not a byte of the register changes."""
    before = files(register)
    run("export", "-o", str(tmp_path / f"sheet.{form}"))
    found = report(str(tmp_path / f"sheet.{form}"), "--update")

    assert before == files(register)
    assert (len(before), 0, 0) == tuple(found["counts"][name] for name in ("unchanged", "rejected", "left_out"))


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("form", ["csv", "xlsx", "ods"])
def test_a_sheet_saved_by_libreoffice_comes_back_unchanged(register: Path, tmp_path: Path, form: str) -> None:
    """Opened and saved in its own form, and by way of another one."""
    before = files(register)
    source = tmp_path / ("sheet.xlsx" if form == "ods" else f"sheet.{form}")
    run("export", "-o", str(source))
    saved = through_office(source, form, tmp_path)
    if form == "ods":
        saved = through_office(saved, "xlsx", tmp_path)
    found = report(str(saved), "--update")

    assert before == files(register), found["updated"]
    assert (len(before), 0, []) == (found["counts"]["unchanged"], found["counts"]["rejected"], found["left_out"])


def through_office(file: Path, form: str, tmp_path: Path) -> Path:
    """The file as LibreOffice saves it after opening it."""
    assert OFFICE is not None
    folder = tmp_path / f"saved-{form}"
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    filters = "44,34,76,1,,0,false,true,false"  # commas, quotes, UTF-8, which its window finds out by itself
    reading = [f"--infilter=CSV:{filters}"] if file.suffix == ".csv" else []
    how = f"csv:Text - txt - csv (StarCalc):{filters}" if form == "csv" else form
    command = [OFFICE, profile, "--headless", *reading, "--convert-to", how, "--outdir", str(folder), str(file)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return folder / f"{file.stem}.{form}"


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_an_edited_cell_changes_only_its_value(register: Path, tmp_path: Path, form: str) -> None:
    """Every other byte of every file stays, comments among them."""
    path = register / "improvements" / sorted(files(register))[0]
    path.write_bytes(path.read_bytes().replace(b"\nowner:", b"   # in one line\nowner:"))
    before = files(register)
    table = read_table("x.csv", run("export").stdout_bytes)
    rows = [list(row.cells) for row in table.rows]
    old = rows[0][table.header.index("title")]
    rows[0][table.header.index("title")] = "Another title"
    sheet = write_csv(table.header, rows) if form == "csv" else write_xlsx("x", table.header, rows)
    (tmp_path / f"sheet.{form}").write_bytes(sheet)
    found = report(str(tmp_path / f"sheet.{form}"), "--update")

    assert {**before, path.name: before[path.name].replace(old.encode(), b"Another title", 1)} == files(register)
    assert [{"field": "title", "column": "title", "file": old, "sheet": "Another title"}] == found["updated"][0][
        "fields"
    ]
