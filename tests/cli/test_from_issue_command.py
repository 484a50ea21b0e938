"""`cireg from-issue` as it is called: from a file, the environment and a table, and what was decided since."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from cireg.cli.from_issue_command import command
from tests.issues.rendered import rendered
from tests.running import ROOT, call, environment
from tests.small_register import CONFIG, fields, text, write

DAY = {"CIREG_TODAY": "2026-11-23"}
ONE = {"improvements/CI-0001.yaml": text(fields("assessed"))}
ISSUE = rendered("proposal", opportunity="Repairs take four days.")
FROM = {
    "CIREG_ISSUE_TITLE": "Lend laptops",
    "CIREG_ISSUE_BODY": ISSUE,
    "CIREG_ISSUE_AUTHOR": "octocat",
    "CIREG_ISSUE_ADDRESS": "https://forge.example/it/register/issues/12",
}


def names(folder: Path) -> list[str]:
    """The files of improvements."""
    return sorted(path.name for path in (folder / "improvements").iterdir())


def test_an_issue_comes_from_the_environment(tmp_path: Path) -> None:
    """Its path goes to stdout, everything else to stderr; the second time there is nothing to do."""
    done = call(write(tmp_path, ONE), "from-issue", **FROM, **DAY)

    assert (0, "CI-0002  improvements/CI-0002-lend-laptops.yaml\n") == (done.code, done.out)
    assert ["CI-0001.yaml", "CI-0002-lend-laptops.yaml"] == names(tmp_path)
    again = call(tmp_path, "from-issue", **FROM, **DAY)
    assert (0, "", "CI-0002 is that already\n") == (again.code, again.out, again.err)
    assert 0 == call(tmp_path, "check", **DAY).code


def test_an_issue_comes_from_a_file_with_options(tmp_path: Path) -> None:
    """They stand over the environment."""
    (tmp_path / "issue.md").write_text("They wait.", encoding="utf-8")
    done = call(write(tmp_path, ONE), "from-issue", "issue.md", "--title", "Answer sooner", **FROM, **DAY)

    assert "CI-0002  improvements/CI-0002-answer-sooner.yaml\n" == done.out


def test_an_issue_comes_from_standard_input(tmp_path: Path) -> None:
    """As a pipe has it."""
    done = subprocess.run(
        [sys.executable, "-m", "cireg", "from-issue", "-", "--title", "Answer sooner"],
        cwd=write(tmp_path, ONE), input=b"They wait.", env=environment(PYTHONPATH=str(ROOT), **DAY),
        capture_output=True,
    )  # fmt: skip

    assert (0, b"CI-0002  improvements/CI-0002-answer-sooner.yaml\n") == (done.returncode, done.stdout)


def test_a_dry_run_shows_and_writes_nothing(tmp_path: Path) -> None:
    """What would be written, and what it resembles."""
    done = call(write(tmp_path, ONE), "from-issue", "--dry-run", **FROM, **DAY)

    assert 0 == done.code
    assert "+title: Lend laptops" in done.out.splitlines()
    assert ["CI-0001.yaml"] == names(tmp_path)


def test_rows_become_proposals_and_a_rejected_one_does_not_stop_the_others(tmp_path: Path) -> None:
    """It is named by its row; a row that says the same as an earlier one is passed over."""
    rows = "Subject,Body,Colour\nLend laptops,Repairs take long.,red\n,no title,\nMore plugs,There are two.,\n"
    (tmp_path / "ideas.csv").write_text(rows + "More plugs,There are two.,\n", encoding="utf-8")
    done = call(write(tmp_path, ONE), "from-issue", "ideas.csv", **DAY)

    assert 1 == done.code
    assert ["CI-0001.yaml", "CI-0002-lend-laptops.yaml", "CI-0003-more-plugs.yaml"] == names(tmp_path)
    assert "the column 'Colour' left out\n" in done.err
    assert "row 3: there is no title\n" in done.err
    assert "row 5: an earlier row says the same\n" in done.err


@pytest.mark.parametrize(
    ("arguments", "more", "message"),
    [
        ([], {}, "Name a FILE, or put the text into CIREG_ISSUE_BODY."),
        (["nothing.md"], {}, "cireg: 'nothing.md' cannot be read"),
        ([], {"CIREG_ISSUE_BODY": "They wait."}, "nothing was written"),
        (["--address", "javascript:alert(1)"], {"CIREG_ISSUE_BODY": "x"}, "--address is the issue's address"),
        (["--address", "https://x.example/a\nb"], {"CIREG_ISSUE_BODY": "x"}, "--address is the issue's address"),
        (["--decided-since", "HEAD", "--dry-run"], {}, "--decided-since reads the register alone."),
        (["--decided-since", "HEAD"], {}, "nobody knows where the issues are"),
    ],
)
def test_what_cannot_be_done_is_said(tmp_path: Path, arguments: list[str], more: dict[str, str], message: str) -> None:
    """Exit code 2, nothing on stdout, nothing written."""
    done = call(write(tmp_path, ONE), "from-issue", *arguments, **more, **DAY)

    assert (2, "") == (done.code, done.out)
    assert message in done.err
    assert ["CI-0001.yaml"] == names(tmp_path)


def test_no_line_is_a_command_to_a_runner(tmp_path: Path) -> None:
    """Whatever was written into the issue."""
    body = rendered("proposal", opportunity="x", services="::error::x", source="##[group]x")
    done = call(write(tmp_path, ONE), "from-issue", **FROM | {"CIREG_ISSUE_BODY": body}, GITHUB_ACTIONS="true", **DAY)

    assert 0 == done.code
    assert not [line for line in (done.out + done.err).splitlines() if line.lstrip().startswith("::") or "##[" in line]


# What was decided


def git(folder: Path, *arguments: str) -> None:
    """Run git in a folder."""
    command_line = ["git", "-c", "user.name=x", "-c", "user.email=x@example.org", *arguments]
    subprocess.run(command_line, cwd=folder, check=True, capture_output=True)


def test_decisions_since_a_commit_are_told_by_issue(tmp_path: Path) -> None:
    """As JSON, for a workflow to write into the issues."""
    write(tmp_path, {"cireg.yaml": CONFIG + "forge: {url: https://forge.example/it/register}\n"})
    git(tmp_path, "init", "-q")
    call(tmp_path, "from-issue", **FROM, **DAY)
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "one")
    move = call(tmp_path, "move", "CI-0001", "rejected", "--note", "No money.", "--by", "head-of-it", **DAY)
    assert 0 == move.code, move.err
    found = json.loads(call(tmp_path, "from-issue", "--decided-since", "HEAD", **DAY).out)

    assert [(12, "CI-0001")] == [(each["issue"], each["id"]) for each in found["items"]]
    assert "    No money.\n" in found["items"][0]["text"]
    none = call(tmp_path, "from-issue", "--decided-since", "HEAD", "--issues", "https://other.example/issues", **DAY)
    assert [] == json.loads(none.out)["items"]


def test_a_commit_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    """Whatever it is called."""
    write(tmp_path, ONE)
    git(tmp_path, "init", "-q")
    done = call(tmp_path, "from-issue", "--decided-since=--output=x", "--issues", "https://x.example/issues/", **DAY)

    assert (2, "") == (done.code, done.out)
    assert not (tmp_path / "x").exists()


def test_help_begins_with_examples() -> None:
    """Each is a call of this command."""
    assert "cireg from-issue ideas.csv --dry-run" in (command.help or "")
