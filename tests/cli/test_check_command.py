"""`cireg check` as it is called: formats, paths, exit codes, the day, colours, and what goes wrong around it."""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.hostile import strings
from tests.running import call, program
from tests.small_register import CONFIG, fields, text, write

DAY = ("--today", "2026-11-23")
GOOD = {"improvements/CI-0001-one.yaml": text(fields("assessed"))}
LATE = {"improvements/CI-0002-two.yaml": text(fields(id="CI-0002", target={"due": "2026-11-20"}))}
BAD = {"improvements/CI-0003-three.yaml": text(fields(id="CI-0003", ownr="x", owner="nobody"))}


def git(folder: Path, *arguments: str, **environment: str) -> None:
    """Run git in a folder."""
    command = ["git", "-c", "user.name=x", "-c", "user.email=x@example.org", *arguments]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, env={**os.environ, **environment})


def in_json(folder: Path, *arguments: str, **environment: str) -> dict[str, Any]:
    """What check prints as JSON."""
    found: dict[str, Any] = json.loads(call(folder, "check", "--format", "json", *DAY, *arguments, **environment).out)
    return found


# Text


def test_a_clean_register_is_said_in_a_line(tmp_path: Path) -> None:
    """The day goes to stderr, for it is no finding."""
    done = call(write(tmp_path, GOOD), "check", *DAY)

    assert (0, "2 files checked: nothing found\n", "as of 2026-11-23 (--today)\n") == (done.code, done.out, done.err)


def test_findings_are_printed_with_their_lines_and_counted(tmp_path: Path) -> None:
    """In the order of path, line and column; an error makes the exit code 1."""
    done = call(write(tmp_path, {**GOOD, **LATE, **BAD}), "check", *DAY)

    assert (
        """\
improvements/CI-0002-two.yaml:7:17: warning CI301 the target was due on 2026-11-20 [overdue]
    7 | target: {"due": "2026-11-20"}
      |                 ^
    do: do it, or agree on a new day and write it down
improvements/CI-0003-three.yaml:7:1: error CI031 there is no field 'ownr' here [unknown-field]
    7 | ownr: "x"
      | ^
    do: did you mean owner?
improvements/CI-0003-three.yaml:8:8: error CI113 there is no person nobody in cireg.yaml [unknown-person]
    8 | owner: "nobody"
      |        ^
    do: use an id of the people in cireg.yaml, or add the person there
4 files checked: 2 errors, 1 warning
"""
        == done.out
    )
    assert 1 == done.code


@pytest.mark.parametrize(
    ("files", "options", "code"),
    [
        (GOOD, [], 0),
        (GOOD, ["--strict"], 0),
        (LATE, [], 0),
        (LATE, ["--strict"], 1),
        (BAD, [], 1),
        (BAD, ["--strict"], 1),
        (LATE, ["--strict", "--format", "json"], 1),
        (BAD, ["--format", "github"], 1),
        # a remark never fails
        ({"improvements/CI-0001.yaml": text(fields(vision=None))}, ["--strict"], 0),
    ],
)
def test_an_error_is_1_and_a_warning_only_with_strict(
    tmp_path: Path, files: dict[str, str], options: list[str], code: int
) -> None:
    """In every format."""
    assert code == call(write(tmp_path, files), "check", *DAY, *options).code


# Paths


@pytest.mark.parametrize(
    ("paths", "expected"),
    [
        (["improvements/CI-0003-three.yaml"], {"improvements/CI-0003-three.yaml"}),
        (["improvements"], {"improvements/CI-0002-two.yaml", "improvements/CI-0003-three.yaml"}),
        (["improvements/"], {"improvements/CI-0002-two.yaml", "improvements/CI-0003-three.yaml"}),
        (["."], {"improvements/CI-0002-two.yaml", "improvements/CI-0003-three.yaml"}),
        (["cireg.yaml", "improvements/CI-0002-two.yaml"], {"improvements/CI-0002-two.yaml"}),
        (["improvements/../improvements/CI-0003-three.yaml"], {"improvements/CI-0003-three.yaml"}),
        (["cireg.yaml"], set()),
        (["improvements/CI-0001-one.yaml"], set()),
    ],
)
def test_only_what_was_found_in_the_given_files_and_folders_is_shown(
    tmp_path: Path, paths: list[str], expected: set[str]
) -> None:
    """The whole register is read all the same: what a file refers to is not unknown."""
    write(tmp_path, {**GOOD, **LATE, **BAD})
    found = in_json(tmp_path, *paths)

    assert expected == {each["path"] for each in found["findings"]}
    assert 4 == found["checked"]
    assert (1 if "improvements/CI-0003-three.yaml" in expected else 0) == call(tmp_path, "check", *DAY, *paths).code


def test_paths_are_those_of_the_current_folder(tmp_path: Path) -> None:
    """The register is found upwards, and findings keep their paths from its root."""
    write(tmp_path, {**GOOD, **BAD})
    found = in_json(tmp_path / "improvements", "CI-0003-three.yaml")

    assert {"improvements/CI-0003-three.yaml"} == {each["path"] for each in found["findings"]}


def test_a_path_may_lead_through_a_link_to_the_register(tmp_path: Path) -> None:
    """As where the home of the machine is a link."""
    write(tmp_path / "real", {**GOOD, **BAD})
    (tmp_path / "way").symlink_to(tmp_path / "real")
    found = in_json(tmp_path / "real", str(tmp_path / "way" / "improvements"))

    assert {"improvements/CI-0003-three.yaml"} == {each["path"] for each in found["findings"]}


def test_a_link_in_the_register_is_a_path_like_any_other(tmp_path: Path) -> None:
    """It is named, not what it leads to."""
    write(tmp_path, GOOD)
    (tmp_path / "improvements/CI-0009.yaml").symlink_to("/etc/passwd")
    found = in_json(tmp_path, "improvements/CI-0009.yaml")

    assert [("symlink", "improvements/CI-0009.yaml")] == [(each["rule"], each["path"]) for each in found["findings"]]


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("improvements/CI-0404.yaml", "cireg: there is no improvements/CI-0404.yaml\n"),
        ("..", "cireg: .. is not in the register "),
        ("/etc/passwd", "cireg: /etc/passwd is not in the register "),
        ("a\x1b[31mb", "cireg: there is no a\\x1b[31mb\n"),
    ],
)
def test_a_path_that_is_not_there_or_not_in_the_register_is_a_mistake_of_the_caller(
    tmp_path: Path, path: str, message: str
) -> None:
    """Exit code 2, and nothing on stdout."""
    done = call(write(tmp_path / "register", GOOD), "check", *DAY, path)

    assert (2, "") == (done.code, done.out)
    assert done.err.startswith(message)


# Mending


def spoilt(folder: Path) -> Path:
    """A register with a file that has another name than its id and whose last line does not end."""
    return write(folder, {"improvements/CI-0002-one.yaml": GOOD["improvements/CI-0001-one.yaml"].rstrip("\n")})


def test_fix_mends_and_then_checks(tmp_path: Path) -> None:
    """What was done goes to stderr; what is left is found as ever."""
    done = call(spoilt(tmp_path), "check", "--fix", *DAY)

    assert (0, "2 files checked: nothing found\n") == (done.code, done.out)
    assert (
        "improvements/CI-0002-one.yaml: its last line ends\n"
        "improvements/CI-0002-one.yaml: it is called CI-0001-one.yaml, as its id says\n"
        "as of 2026-11-23 (--today)\n"
    ) == done.err
    assert ["CI-0001-one.yaml"] == [path.name for path in (tmp_path / "improvements").iterdir()]
    assert GOOD["improvements/CI-0001-one.yaml"] == (tmp_path / "improvements/CI-0001-one.yaml").read_text()


def test_what_is_left_is_said(tmp_path: Path) -> None:
    """And the check fails for it."""
    write(tmp_path, {**GOOD, "improvements/CI-0002.yaml": GOOD["improvements/CI-0001-one.yaml"]})
    done = call(tmp_path, "check", "--fix", *DAY)

    assert 1 == done.code
    assert done.err.startswith("improvements/CI-0002.yaml: not mended, CI-0001 is the id of several files")


@pytest.mark.parametrize("options", [["--diff"], ["--fix", "--diff"]])
def test_diff_shows_what_would_be_mended_and_writes_nothing(tmp_path: Path, options: list[str]) -> None:
    """Exit code 1 where there is something to mend, 0 where not."""
    spoilt(tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    done = call(tmp_path, "check", *options, *DAY)

    assert 1 == done.code
    assert done.out.startswith(
        "rename from improvements/CI-0002-one.yaml\n"
        "rename to improvements/CI-0001-one.yaml\n"
        "--- a/improvements/CI-0002-one.yaml\n"
        "+++ b/improvements/CI-0001-one.yaml\n"
    )
    assert before == {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    call(tmp_path, "check", "--fix", *DAY)
    again = call(tmp_path, "check", *options, *DAY)
    assert (0, "", "nothing to mend\n") == (again.code, again.out, again.err)


def test_only_the_given_files_are_mended_and_their_findings_shown(tmp_path: Path) -> None:
    """Under their new names too."""
    wrong = GOOD["improvements/CI-0001-one.yaml"].replace("feedback", "hearsay")
    other = BAD["improvements/CI-0003-three.yaml"].rstrip("\n")
    write(tmp_path, {"improvements/CI-0002.yaml": wrong, "improvements/CI-0003.yaml": other})
    done = call(tmp_path, "check", "--fix", "improvements/CI-0002.yaml", *DAY)

    assert 1 == done.code
    assert done.out.startswith("improvements/CI-0001.yaml:6:9: error CI033")
    assert "CI-0003" not in done.out
    assert not (tmp_path / "improvements/CI-0003.yaml").read_text().endswith("\n")


def test_a_file_that_cannot_be_written_stops_all_of_it(tmp_path: Path) -> None:
    """A file with a second name is not replaced; nothing else is either."""
    spoilt(tmp_path)
    os.link(tmp_path / "improvements/CI-0002-one.yaml", tmp_path / "elsewhere")
    done = call(tmp_path, "check", "--fix", *DAY)

    assert (2, "") == (done.code, done.out)
    assert "it has a second name (a hard link)" in done.err
    assert ["CI-0002-one.yaml"] == [path.name for path in (tmp_path / "improvements").iterdir()]


# JSON


def test_json_is_as_the_contract_says(tmp_path: Path) -> None:
    """One object with version, day and count; each finding with eight parts; nothing else on stdout or stderr."""
    done = call(write(tmp_path, {**GOOD, **LATE, **BAD}), "check", "--format", "json", *DAY)
    found = json.loads(done.out)

    assert ({"schema_version", "as_of", "checked", "findings"}, "2026-11-23", 4, "") == (
        set(found), found["as_of"], found["checked"], done.err,
    )  # fmt: skip
    assert {
        "path": "improvements/CI-0003-three.yaml",
        "line": 7,
        "column": 1,
        "code": "CI031",
        "rule": "unknown-field",
        "severity": "error",
        "message": "there is no field 'ownr' here",
        "help": "did you mean owner?",
    } == found["findings"][1]
    order = [(each["path"], each["line"], each["column"], each["code"]) for each in found["findings"]]
    assert sorted(order) == order


@pytest.mark.parametrize("form", ["gitlab", "junit", "rdjson", "sarif"])
def test_a_format_for_machines_is_all_that_is_printed(tmp_path: Path, form: str) -> None:
    """With the path from the top of the repository; nothing else on stdout or stderr."""
    git(tmp_path, "init", "-q")
    done = call(write(tmp_path / "it/register", BAD), "check", "--format", form, *DAY)

    assert (1, "") == (done.code, done.err)
    assert "it/register/improvements/CI-0003-three.yaml" in done.out
    assert done.out.startswith("<?xml" if form == "junit" else "[" if form == "gitlab" else "{")


def test_what_a_format_leaves_out_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On stderr: the report itself is for a machine."""
    monkeypatch.setattr("cireg.report.gitlab.MOST", 1)
    done = call(write(tmp_path, BAD), "check", "--format", "gitlab", *DAY)

    assert "1 more findings are left out: more than that no reader of this format takes\n" == done.err
    assert 1 == len(json.loads(done.out))


def test_the_path_is_from_the_top_of_the_repository(tmp_path: Path) -> None:
    """Where the register is a folder in it; text and GitHub's commands too."""
    git(tmp_path, "init", "-q")
    root = write(tmp_path / "it/register", BAD)

    assert {"it/register/improvements/CI-0003-three.yaml"} == {each["path"] for each in in_json(root)["findings"]}
    assert call(root, "check", *DAY).out.startswith("it/register/improvements/CI-0003-three.yaml:7:1: error")
    assert "file=it/register/improvements/CI-0003-three.yaml," in call(root, "check", *DAY, "--format", "github").out
    assert "    7 | ownr" in call(root, "check", *DAY).out


def test_the_path_is_from_the_register_where_it_is_the_repository_or_there_is_none(tmp_path: Path) -> None:
    """No prefix is made up."""
    write(tmp_path, BAD)
    before = in_json(tmp_path)
    git(tmp_path, "init", "-q")

    assert {"improvements/CI-0003-three.yaml"} == {each["path"] for each in before["findings"]}
    assert before == in_json(tmp_path)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
def test_json_stays_json_whatever_a_file_is_called(tmp_path: Path) -> None:
    """Line feeds, escape sequences, and bytes that are no text."""
    write(tmp_path, GOOD)
    names = [f"improvements/{name}".encode() for name in strings() if "/" not in name and "\x00" not in name]
    for name in [*names, b"improvements/caf\xe9.yaml"]:
        if len(name) < 200:
            (Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name))).write_bytes(b"a: &x 1\n")
    done = program(tmp_path, "check", "--format", "json", *DAY)
    found = json.loads(done.out)

    assert 1 == done.code
    assert "improvements/caf\udce9.yaml" in {each["path"] for each in found["findings"]}
    assert len({each["path"] for each in found["findings"]}) >= 20


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
@pytest.mark.parametrize("form", ["text", "github"])
def test_names_and_content_of_strangers_never_act_on_the_log(tmp_path: Path, form: str) -> None:
    """No line but our own commands is one that a runner obeys, and no character moves the cursor."""
    write(tmp_path, GOOD)
    for number, name in enumerate(strings()):
        if "/" not in name and "\x00" not in name and len(name) < 60:
            (tmp_path / "improvements" / name).write_bytes(b"a: b: c\n")
        (tmp_path / f"improvements/CI-1{number:03}.yaml").write_text(
            text(fields(id=f"CI-1{number:03}", title="x ##[group]y " + json.dumps(name)[1:-1], zz=name)),
            encoding="utf-8",
        )
    done = call(tmp_path, "check", "--format", form, *DAY, GITHUB_ACTIONS="true")
    commands = [line for line in done.out.split("\n") if re.match(r"\s*::", line)]

    assert all(
        re.match(r"::(error|warning|notice) file=[^:,]+,line=[0-9]+,col=[0-9]+,title=", line) for line in commands
    )
    assert (0 if form == "text" else 20) >= len(commands)
    assert not re.search(r"##\[", done.out)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u202e\ufeff]", done.out)


# GitHub


def test_in_a_workflow_the_findings_are_annotations_too(tmp_path: Path) -> None:
    """The log first, then the commands, worst first, then the sentence."""
    write(tmp_path, {**GOOD, **LATE, **BAD})
    done = call(tmp_path, "check", *DAY, GITHUB_ACTIONS="true")
    lines = done.out.splitlines()

    assert done == call(tmp_path, "check", *DAY, "--format", "github")
    assert (
        "::error file=improvements/CI-0003-three.yaml,line=7,col=1,title=CI031 unknown-field::"
        "there is no field 'ownr' here%0Adid you mean owner?"
    ) == lines[12]
    assert ["::error", "::error", "::warning"] == [line.split(" ")[0] for line in lines[12:15]]
    assert "4 files checked: 2 errors, 1 warning" == lines[15]


def test_a_workflow_may_still_ask_for_another_format(tmp_path: Path) -> None:
    """What is asked for stands over what is guessed."""
    write(tmp_path, BAD)

    assert "::error" not in call(tmp_path, "check", *DAY, "--format", "text", GITHUB_ACTIONS="true").out
    assert in_json(tmp_path) == in_json(tmp_path, GITHUB_ACTIONS="true")


# The day


@pytest.mark.parametrize(
    ("options", "environment", "expected"),
    [
        (["--today", "2026-03-31"], {}, "2026-03-31 (--today)"),
        (["--today", "2026-03-31"], {"CIREG_TODAY": "2025-01-01", "SOURCE_DATE_EPOCH": "0"}, "2026-03-31 (--today)"),
        ([], {"CIREG_TODAY": "2025-01-01", "SOURCE_DATE_EPOCH": "0"}, "2025-01-01 (CIREG_TODAY)"),
        ([], {"SOURCE_DATE_EPOCH": "1767225600"}, "2026-01-01 (SOURCE_DATE_EPOCH)"),
    ],
)
def test_the_day_is_the_first_of_these_that_is_given(
    tmp_path: Path, options: list[str], environment: dict[str, str], expected: str
) -> None:
    """It is printed, and is as_of in JSON."""
    write(tmp_path, GOOD)

    assert f"as of {expected}\n" == call(tmp_path, "check", *options, **environment).err
    assert (
        expected[:10] == json.loads(call(tmp_path, "check", "--format", "json", *options, **environment).out)["as_of"]
    )


def test_without_a_day_it_is_that_of_the_last_commit_while_the_register_is_as_committed(tmp_path: Path) -> None:
    """In the register's time zone; else the clock's, for work in progress is today's."""
    write(tmp_path, {**GOOD, "cireg.yaml": CONFIG + "timezone: Pacific/Kiritimati\n"})
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-q", "-m", "x", GIT_COMMITTER_DATE="2026-02-28T12:00:00Z")

    assert "as of 2026-03-01 (commit)\n" == call(tmp_path, "check").err
    (tmp_path / "notes.txt").write_text("not the register's\n")
    assert "as of 2026-03-01 (commit)\n" == call(tmp_path, "check").err
    assert "(clock)" in call(tmp_path, "check", "--today", "now").err
    (tmp_path / "improvements/CI-0009.yaml").write_text(text(fields(id="CI-0009")))
    assert "(clock)" in call(tmp_path, "check").err


@pytest.mark.parametrize(
    "day", ["yesterday", "2026-02-30", "2026-2-3", "20260323", "2026-03-31T12:00", "\u0662026-01-01"]
)
def test_a_day_that_is_none_is_refused(tmp_path: Path, day: str) -> None:
    """Exit code 2, with what to give instead."""
    done = call(write(tmp_path, GOOD), "check", "--today", day)

    assert (2, "") == (done.code, done.out)
    assert f"cireg: --today is '{day}'\n  give a date such as 2026-03-31, or now\n" == done.err


# Colours


def test_colours_are_for_terminals_and_for_those_who_ask(tmp_path: Path) -> None:
    """NO_COLOR stands over FORCE_COLOR; neither changes the words."""
    write(tmp_path, {**LATE, **BAD})
    plain = call(tmp_path, "check", *DAY)
    coloured = call(tmp_path, "check", *DAY, FORCE_COLOR="1")

    assert "\x1b[31m" in coloured.out
    assert "\x1b[33m" in coloured.out
    assert plain.out == re.sub(r"\x1b\[[0-9;]*m", "", coloured.out)
    assert plain == call(tmp_path, "check", *DAY, FORCE_COLOR="1", NO_COLOR="1")
    assert plain == call(tmp_path, "check", *DAY, FORCE_COLOR="0")
    assert "\x1b" not in call(tmp_path, "check", *DAY, "--format", "json", FORCE_COLOR="1").out


# What goes wrong around it


def test_without_a_register_the_hint_says_how_to_get_one(tmp_path: Path) -> None:
    """Exit code 2: nothing was checked."""
    done = call(tmp_path, "check", *DAY)

    assert (2, "") == (done.code, done.out)
    assert done.err.startswith(f"cireg: no register here: neither {tmp_path} nor a folder above it has a cireg.yaml\n")
    assert done.err.endswith("cireg init\n")


BROKEN = {
    "a syntax error": "name: Test: register\npeople: [\n",
    "an anchor": "name: &a x\n",
    "an empty file": "",
    "bytes that are no text": b"name: caf\xe9\n",
    "a list": "- name\n",
    "people of another kind": "version: 1\nname: x\npeople: nobody\ngoals: {a: 1}\npractices: 3\nservices: true\n",
}


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN)
def test_a_broken_configuration_hides_nothing_and_floods_nothing(tmp_path: Path, broken: str | bytes) -> None:
    """What the configuration would know is not called unknown; faults elsewhere are found."""
    files = {**GOOD, "cireg.yaml": broken, "improvements/CI-0003.yaml": text(fields("planned", id="CI-0003", ownr="x"))}
    found = in_json(write(tmp_path, files))["findings"]

    assert "cireg.yaml" in {each["path"] for each in found}
    assert [("unknown-field", "improvements/CI-0003.yaml")] == [
        (each["rule"], each["path"]) for each in found if each["path"] != "cireg.yaml"
    ]


def test_a_configuration_that_is_a_link_is_not_followed(tmp_path: Path) -> None:
    """Its target may lie anywhere."""
    write(tmp_path / "elsewhere", {})
    write(tmp_path / "register", GOOD)
    (tmp_path / "register/cireg.yaml").unlink()
    (tmp_path / "register/cireg.yaml").symlink_to(tmp_path / "elsewhere/cireg.yaml")

    assert [("symlink", "cireg.yaml")] == [
        (each["rule"], each["path"]) for each in in_json(tmp_path / "register")["findings"]
    ]


def test_one_file_that_cannot_be_read_hides_no_other(tmp_path: Path) -> None:
    """Every kind of refusal at once, and the two that are right are right."""
    write(
        tmp_path,
        {
            **GOOD,
            "improvements/CI-1001.yaml": "a: &x 1\n",
            "improvements/CI-1002.yaml": b"\xff\xfe",
            "improvements/CI-1003.yaml": "x" * 300_000,
            "improvements/CI-1004.yaml": "a: " + "[" * 25_391,
            "improvements/CI-1005.yaml": "",
            "improvements/CI-1006.yaml/CI-1007.yaml": text(fields(id="CI-1007")),
            "kpis/a.yaml": "a: [\n",
        },
    )
    (tmp_path / "improvements/CI-1008.yaml").symlink_to("CI-0001-one.yaml")
    (tmp_path / "improvements/loop").symlink_to(".")
    os.mkfifo(tmp_path / "improvements/CI-1009.yaml")
    found = in_json(tmp_path)

    assert [
        ("anchor", "improvements/CI-1001.yaml", 1, 4),
        ("encoding", "improvements/CI-1002.yaml", 1, 1),
        ("file-too-large", "improvements/CI-1003.yaml", 1, 1),
        ("too-deep", "improvements/CI-1004.yaml", 1, 19),
        ("empty-file", "improvements/CI-1005.yaml", 1, 1),
        ("symlink", "improvements/CI-1008.yaml", 1, 1),
        ("special-file", "improvements/CI-1009.yaml", 1, 1),
        ("symlink", "improvements/loop", 1, 1),
        ("syntax", "kpis/a.yaml", 2, 1),
    ] == [(each["rule"], each["path"], each["line"], each["column"]) for each in found["findings"]]


def test_it_writes_nothing(tmp_path: Path) -> None:
    """Not a file, not a time of change."""
    write(tmp_path, {**GOOD, **LATE, **BAD})
    before = {path: path.stat().st_mtime_ns for path in sorted(tmp_path.rglob("*"))}
    call(tmp_path, "check", *DAY)

    assert before == {path: path.stat().st_mtime_ns for path in sorted(tmp_path.rglob("*"))}
