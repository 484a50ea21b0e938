"""`cireg check --merged-with` and `--heads`: branches that are right by themselves and wrong together."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.repositories import Repository, register
from tests.running import Ran, call
from tests.small_register import fields, text

DAY = ("--today", "2026-11-23")
ELDER = "improvements/CI-0002-elder.yaml"
YOUNGER = "improvements/CI-0002-younger.yaml"


def raised(on: str, title: str) -> str:
    """A proposal of that day with the number that two have taken."""
    return text(fields(id="CI-0002", title=title, history=[{"on": on, "status": "proposed"}]))


@pytest.fixture
def branch(tmp_path: Path) -> Repository:
    """A branch with a younger proposal; main has given its number to an elder one meanwhile."""
    made = register(tmp_path / "register")
    made.git("switch", "-q", "-c", "mine")
    made.commit({YOUNGER: raised("2026-11-20", "Lend laptops from a locker")})
    made.git("switch", "-q", "main")
    made.commit({ELDER: raised("2026-11-18", "Answer the portal sooner")})
    made.git("switch", "-q", "mine")
    return made


def check(made: Repository, *options: str) -> Ran:
    """The command, without anybody's configuration of git."""
    return call(made.folder, "check", *DAY, *options, GIT_CONFIG_NOSYSTEM="1", GIT_CONFIG_GLOBAL="/dev/null")


def errors(ran: Ran) -> list[str]:
    """The first lines of the errors that were found."""
    return [line for line in ran.out.splitlines() if ": error CI" in line]


def test_what_is_wrong_only_together_is_found_before_the_merge(branch: Repository) -> None:
    """By git's own merge, which touches neither branch nor file."""
    before = (branch.git("rev-parse", "HEAD", "main"), branch.git("status", "--porcelain"))
    alone, together = check(branch), check(branch, "--merged-with", "main")

    assert 0 == alone.code
    assert 1 == together.code
    assert [f"{YOUNGER}:1:5: error CI103 CI-0002 is already the id in {ELDER}, line 1 [duplicate-id]"] == errors(
        together
    )
    assert f"cireg renumber {YOUNGER}" in together.out
    assert before == (branch.git("rev-parse", "HEAD", "main"), branch.git("status", "--porcelain"))


def test_a_file_that_main_has_taken_away_is_missed(tmp_path: Path) -> None:
    """As a link to it is an error after the merge."""
    made = register(tmp_path)
    made.commit({"improvements/CI-0002.yaml": text(fields(id="CI-0002"))})
    made.git("switch", "-q", "-c", "mine")
    made.commit({"improvements/CI-0003.yaml": text(fields(id="CI-0003", links={"relates_to": ["CI-0002"]}))})
    made.git("switch", "-q", "main")
    made.commit({"improvements/CI-0002.yaml": None})
    made.git("switch", "-q", "mine")

    assert 0 == check(made).code
    assert 1 == len(errors(check(made, "--merged-with", "main")))


def test_what_conflicts_and_what_is_not_committed_is_said(branch: Repository) -> None:
    """A file that git cannot merge is one that nobody can read."""
    for name, title in (("mine", "One title"), ("main", "Another title")):
        branch.git("switch", "-q", name)
        branch.commit({"improvements/CI-0001.yaml": text(fields(title=title))})
    branch.git("switch", "-q", "mine")
    branch.write({"improvements/CI-0009.yaml": "not: committed\n"})
    ran = check(branch, "--merged-with", "main")

    assert "a merge with main conflicts in improvements/CI-0001.yaml\n" in ran.err
    assert "what is not committed yet is left out\n" in ran.err
    assert any("improvements/CI-0001.yaml" in line and "merge conflict" in line for line in errors(ran)), ran.out
    assert "CI-0009" not in ran.out


def test_no_attribute_of_a_branch_names_a_program(branch: Repository, tmp_path: Path) -> None:
    """Not even one that the user has set up for something else."""
    branch.commit({".gitattributes": "* merge=own\n", "improvements/CI-0001.yaml": text(fields(tags=["a"]))})
    branch.git("config", "merge.own.driver", f"touch {tmp_path / 'ran'}")
    branch.git("switch", "-q", "main")
    branch.commit({".gitattributes": "* merge=own\n", "improvements/CI-0001.yaml": text(fields(title="Another"))})
    branch.git("switch", "-q", "mine")
    check(branch, "--merged-with", "main")

    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize("rev", ["no-such-branch", "--output=x", "", "HEAD:improvements"])
def test_what_names_no_commit_is_refused(branch: Repository, rev: str) -> None:
    """Whatever text it is."""
    ran = check(branch, f"--merged-with={rev}")

    assert (2, "") == (ran.code, ran.out)
    assert not (branch.folder / "x").exists()


def test_nothing_is_mended_in_a_merge(branch: Repository) -> None:
    """There is no file to write to."""
    assert 2 == check(branch, "--merged-with", "main", "--fix").code


def heads(made: Repository) -> list[tuple[str, str, str]]:
    """Severity, path and message of what is found with --heads."""
    found = json.loads(check(made, "--heads", "--format", "json").out)["findings"]
    return [(each["severity"], each["path"], each["message"]) for each in found if each["rule"] == "duplicate-id"]


def test_two_open_branches_learn_that_they_took_one_number(branch: Repository) -> None:
    """An error for the younger, a warning for the elder: one of them can be merged as it is."""
    younger = heads(branch)
    branch.git("switch", "-q", "-c", "theirs", "main")
    elder = heads(branch)

    assert [("error", YOUNGER, f"CI-0002 is also the id in {ELDER} on the branch main")] == younger
    assert [("warning", ELDER, f"CI-0002 is also the id in {YOUNGER} on the branch mine")] == elder
    assert [] == heads_without(branch)


def heads_without(made: Repository) -> list[str]:
    """What is found of ids without --heads."""
    return [line for line in check(made).out.splitlines() if "duplicate-id" in line]


def test_a_branch_that_is_merged_or_ones_own_takes_nothing_away(branch: Repository, tmp_path: Path) -> None:
    """Neither its counterpart at the forge, however old; a file that both have is one."""
    clone = branch.clone(tmp_path / "clone", "--branch", "mine")
    clone.git("switch", "-q", "mine")
    clone.git("mv", YOUNGER, "improvements/CI-0002-renamed.yaml")
    clone.git("commit", "-q", "--amend", "--no-edit")
    remotes = heads(clone)
    branch.git("merge", "-q", "--no-edit", "main")

    assert [("error", "improvements/CI-0002-renamed.yaml")] == [each[:2] for each in remotes]
    assert "on the branch origin/main" in remotes[0][2]
    assert [] == [each for each in heads(branch) if "on the branch" in each[2]]


def test_outside_git_there_are_no_heads(tmp_path: Path) -> None:
    """The check is the same."""
    (tmp_path / "cireg.yaml").write_text("version: 1\nname: x\n", encoding="utf-8")

    assert 0 == call(tmp_path, "check", "--heads", *DAY, GIT_CEILING_DIRECTORIES=str(tmp_path.parent)).code


def test_a_clone_that_knows_too_little_says_how_to_know_more(branch: Repository, tmp_path: Path) -> None:
    """A merge that rests on half of the history would be a wrong one."""
    clone = branch.clone(tmp_path / "clone", "--depth", "1", "--no-single-branch")
    clone.git("switch", "-q", "mine")
    ran = check(clone, "--merged-with", "origin/main")

    assert (2, True) == (ran.code, "git fetch --unshallow" in ran.err)
