"""The workflow that comments on a pull request: its scripts and its shell, run as they stand, with hosts that lie."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt

from tests.running import ROOT
from tests.small_register import fields, text, write
from tests.test_workflows import GITHUB
from tests.workflow_steps import script, shell, step, with_node, workflow

BASE, HEAD = "a" * 40, "b" * 40
MARKER = "<!-- cireg: what this changes in the register -->\n"

# Finding the pull request

FIND = step("comment", "find", "Find")

RUN = {
    "workflow_run": {
        "head_sha": HEAD,
        "head_branch": "idea; $(id)",
        "head_repository": {"id": 7, "owner": {"login": "stranger"}},
    }
}


def pull(number: Any = 12, *, head: str = HEAD, repository: int | None = 7, base: str = BASE) -> dict[str, Any]:
    """A pull request as the host tells of it."""
    repo = None if repository is None else {"id": repository}
    return {"number": number, "base": {"sha": base}, "head": {"sha": head, "repo": repo}}


def found(tmp_path: Path, *pulls: dict[str, Any], run: dict[str, Any] = RUN) -> list[list[Any]]:
    """What the search for the pull request says, after its question."""
    return [each for each in script(FIND, tmp_path, run, {"pulls.list": list(pulls)}) if each[0] != "pulls.list"]


@with_node
def test_the_pull_request_is_the_open_one_whose_last_commit_ran(tmp_path: Path) -> None:
    """Asked of the host by owner and branch; the commits and the number are its own."""
    asked = script(FIND, tmp_path, RUN, {"pulls.list": [pull(3, head="c" * 40), pull()]})

    assert ["pulls.list", {"owner": "it", "repo": "register", "state": "open", "head": "stranger:idea; $(id)",
                           "per_page": 100}] == asked[0]  # fmt: skip
    assert [["number", 12], ["base", BASE], ["head", HEAD]] == [each[1] for each in asked[1:]]


@with_node
@pytest.mark.parametrize(
    "pulls",
    [
        [],
        [pull(head="c" * 40)],  # a newer push
        [pull(repository=8)],  # a branch of the same name in another fork
        [pull(repository=None)],  # a fork that is gone
        [pull(12), pull(13)],  # into two branches: which one is meant cannot be told
    ],
)
def test_where_it_cannot_be_told_there_is_no_comment(tmp_path: Path, pulls: list[dict[str, Any]]) -> None:
    """And that is no failure."""
    assert ["info"] == [each[0] for each in found(tmp_path, *pulls)]


@with_node
def test_a_run_without_a_repository_has_no_comment(tmp_path: Path) -> None:
    """The fork was deleted before its check had ended."""
    run = {"workflow_run": RUN["workflow_run"] | {"head_repository": None}}

    assert ["info"] == [each[0] for each in found(tmp_path, pull(), run=run)]


@with_node
@pytest.mark.parametrize("wrong", [pull("12\nhead=x"), pull(base="main; id"), pull(base="-x")])
def test_what_is_no_number_and_no_commit_is_refused(tmp_path: Path, wrong: dict[str, Any]) -> None:
    """Whoever answers: nothing of it becomes an output."""
    assert ["failed"] == [each[0] for each in found(tmp_path, wrong)]


# Reading the change


def commit(folder: Path, name: str) -> str:
    """Commit a file, and return the commit's id."""
    (folder / name).write_text("x", encoding="utf-8")
    for arguments in (["add", "."], ["-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "-qm", name]):
        subprocess.run(["git", *arguments], cwd=folder, check=True, timeout=60)
    told = subprocess.run(["git", "rev-parse", "HEAD"], cwd=folder, capture_output=True, text=True, check=True)
    return told.stdout.strip()


def put_cireg(folder: Path) -> None:
    """Put this cireg where a step finds it."""
    fake = folder / "bin/cireg"
    fake.parent.mkdir()
    fake.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m cireg "$@"\n', encoding="utf-8")
    fake.chmod(0o755)


@pytest.fixture
def host(tmp_path: Path) -> tuple[Path, str]:
    """A repository with a pull request, cloned as the workflow has it; the clone and the pull request's last commit."""
    origin = tmp_path / "origin"
    origin.mkdir()
    subprocess.run(["git", "init", "-q", "-b", "main"], cwd=origin, check=True)
    commit(origin, "first")
    subprocess.run(["git", "switch", "-q", "-c", "idea"], cwd=origin, check=True)
    head = commit(origin, "second")
    subprocess.run(["git", "update-ref", "refs/pull/12/head", head], cwd=origin, check=True)
    subprocess.run(["git", "switch", "-q", "main"], cwd=origin, check=True)
    subprocess.run(["git", "branch", "-qD", "idea"], cwd=origin, check=True)
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "-q", str(origin), str(clone)], check=True)
    return clone, head


ENVIRONMENT = {"NUMBER": "12", "TOKEN": "secret", "GITHUB_SERVER_URL": "https://forge.example"}


def test_the_change_comes_as_objects_and_not_as_files(host: tuple[Path, str]) -> None:
    """It can be read by its commit; the work tree is still that of main, and the token stays nowhere."""
    clone, head = host
    ran = shell(step("comment", "render", "Get the change"), clone, HEAD=head, **ENVIRONMENT)
    config = (clone / ".git/config").read_text(encoding="utf-8")

    assert (0, "") == (ran.returncode, ran.stdout + ran.stderr)
    assert ["first"] == [path.name for path in clone.iterdir() if path.name != ".git"]
    shown = subprocess.run(["git", "show", f"{head}:second"], cwd=clone, capture_output=True, text=True, check=True)
    assert "x" == shown.stdout
    assert "extraheader" not in config


def test_a_newer_push_stops_it(host: tuple[Path, str]) -> None:
    """What would be rendered is not what was checked."""
    assert 0 != shell(step("comment", "render", "Get the change"), host[0], HEAD="c" * 40, **ENVIRONMENT).returncode


def test_the_comment_is_what_diff_says_of_a_change_that_is_not_here(tmp_path: Path) -> None:
    """Of two commits, with whatever a stranger wrote; the work tree stays as it is."""
    root = write(tmp_path / "register", {"improvements/CI-0001.yaml": text(fields("assessed"))})
    subprocess.run(["git", "init", "-q", "-b", "main"], cwd=root, check=True)
    base = commit(root, "first")
    hostile = "@everyone <img src=x onerror=alert(1)> [x](javascript:x) ``` fixes #1"
    (root / "improvements/CI-0002.yaml").write_text(text(fields(id="CI-0002", title=hostile)), encoding="utf-8")
    head = commit(root, "second")
    subprocess.run(["git", "reset", "-q", "--hard", base], cwd=root, check=True)
    put_cireg(root)
    ran = shell(step("comment", "render", "Render"), root, BASE=base, HEAD=head, PYTHONPATH=str(ROOT), HOME=str(root))
    comment = (root / "comment.md").read_text(encoding="utf-8")

    assert 0 == ran.returncode, ran.stderr
    assert "CI-0002" in comment
    assert not re.search(r"<(?:a|img|code|pre)\b", MarkdownIt().render(comment))
    assert not re.search(r"@everyone|(?<!&)#1", comment)
    assert len(MARKER + comment) <= 65_536
    assert not (root / "improvements/CI-0002.yaml").exists()


def test_the_check_keeps_the_change_and_the_findings_as_data(tmp_path: Path) -> None:
    """Also where there are errors: they failed an earlier step."""
    root = write(tmp_path / "register", {"improvements/CI-0001.yaml": text(fields("assessed"))})
    subprocess.run(["git", "init", "-q", "-b", "main"], cwd=root, check=True)
    commit(root, "first")
    (root / "improvements/CI-0002.yaml").write_text("id: CI-0002\nownr: x\n", encoding="utf-8")
    commit(root, "second")
    put_cireg(root)
    (tmp_path / "temp").mkdir()
    ran = shell(
        step("check", "register", "Write the change"), root,
        RUNNER_TEMP=str(tmp_path / "temp"), PYTHONPATH=str(ROOT), HOME=str(root),
    )  # fmt: skip
    change, findings = (
        json.loads((tmp_path / f"temp/change/{name}.json").read_text()) for name in ("diff", "findings")
    )

    assert 0 == ran.returncode, ran.stderr
    assert "as_of" in change
    assert {"unknown-field", "missing-field"} == {each["rule"] for each in findings["findings"]}


def test_the_first_pull_request_brings_all_that_is_there(tmp_path: Path) -> None:
    """There was no register before it, and that is no failure."""
    subprocess.run(["git", "init", "-q", "-b", "main", str(tmp_path / "new")], check=True)
    root = tmp_path / "new"
    commit(root, "README.md")
    write(root, {"improvements/CI-0001.yaml": text(fields("assessed"))})
    commit(root, "second")
    put_cireg(root)
    (tmp_path / "temp").mkdir()
    ran = shell(
        step("check", "register", "Write the change"), root,
        RUNNER_TEMP=str(tmp_path / "temp"), PYTHONPATH=str(ROOT), HOME=str(root),
    )  # fmt: skip

    assert 0 == ran.returncode, ran.stderr
    assert "CI-0001" in (tmp_path / "temp/change/diff.json").read_text(encoding="utf-8")


# Writing the comment


def written(tmp_path: Path, text: str, *comments: tuple[str, str]) -> list[list[Any]]:
    """What the last job asks of the host, where there are these comments, each of an account and with a body."""
    (tmp_path / "comment").mkdir()
    (tmp_path / "comment/comment.md").write_text(text, encoding="utf-8")
    there = [{"id": n, "user": {"login": login}, "body": body} for n, (login, body) in enumerate(comments)]
    asked = script(step("comment", "comment", "Write"), tmp_path, {}, {"issues.listComments": there}, NUMBER="12")
    return [each for each in asked if each[0] != "issues.listComments"]


@with_node
def test_the_first_time_a_comment_is_made(tmp_path: Path) -> None:
    """With a marker that nobody sees; others' comments are others'."""
    asked = written(tmp_path, "text\n", ("stranger", MARKER + "mine"), ("github-actions[bot]", "of another workflow"))

    assert [
        ["issues.createComment", {"owner": "it", "repo": "register", "issue_number": 12, "body": MARKER + "text\n"}]
    ] == asked


@with_node
def test_later_it_is_brought_up_to_date(tmp_path: Path) -> None:
    """The one with the marker, of this account."""
    asked = written(tmp_path, "new\n", ("stranger", MARKER + "x"), ("github-actions[bot]", MARKER + "old"))

    assert [
        ["issues.updateComment", {"owner": "it", "repo": "register", "comment_id": 1, "body": MARKER + "new\n"}]
    ] == asked


@with_node
def test_the_same_comment_is_left(tmp_path: Path) -> None:
    """Nobody is told again what has not changed."""
    assert [] == written(tmp_path, "same\n", ("github-actions[bot]", MARKER + "same\n"))


@with_node
@pytest.mark.parametrize("text", ["", " \n", "x" * 65_536])
def test_an_empty_comment_and_one_that_is_too_long_are_refused(tmp_path: Path, text: str) -> None:
    """The host would refuse them less clearly."""
    assert [["failed", "the comment is empty or too long"]] == written(tmp_path, text)


def test_it_follows_the_check_once_that_has_checked() -> None:
    """By the name that the check has; a run that nobody allowed yet is followed by nothing."""
    text = (GITHUB / "workflows/comment.yml").read_text(encoding="utf-8")
    condition = " ".join(workflow("comment")["jobs"]["find"]["if"].split())

    assert f"workflows: [{workflow('check')['name']}]\n" in text
    assert (
        "${{ github.event.workflow_run.event == 'pull_request' && "
        'contains(fromJSON(\'["success", "failure"]\'), github.event.workflow_run.conclusion) }}'
    ) == condition


def test_the_job_with_rights_uses_nothing_but_the_rendered_comment() -> None:
    """No checkout, no shell, no code of this repository; and nothing is taken from the run before."""
    actions = [each["uses"].partition("@")[0] for each in workflow("comment")["jobs"]["comment"]["steps"]]
    text = (GITHUB / "workflows/comment.yml").read_text(encoding="utf-8")

    assert ["actions/download-artifact", "actions/github-script"] == actions
    assert {"name": "comment", "path": "comment"} == step("comment", "comment", "Take")["with"]
    assert "run-id" not in text
    assert "ref:" not in text
