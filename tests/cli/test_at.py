"""--at: what each reading command shows of a commit, and which repositories it says what of."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import small_register
from tests.repositories import Repository, register
from tests.running import Ran, call, environment

READING = ("list", "show CI-0001", "rank", "kpi", "verdict", "export", "check")
ATTACKS = ("--output=pwned", "-x", "$(id)", "HEAD..--output=x", "", "a\nb", ":/x", "@{-1}", "ext::sh -c id", "f" * 40)


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """One proposal, tagged; then it changed, another came, and the work tree is in the middle of an edit."""
    made = register(tmp_path / "register")
    made.git("tag", "first")
    item = small_register.fields("assessed", title="Answer within a day")
    made.commit(small_register.files(item, small_register.fields(id="CI-0002")), at="2026-11-30T23:30:00Z")
    made.write({"improvements/CI-0001.yaml": "broken: ["})
    return made


def ids(ran: Ran) -> list[str]:
    """The ids of a list."""
    return [each["id"] for each in json.loads(ran.out)["items"]]


def test_a_list_is_that_of_the_commit_on_its_day(repository: Repository) -> None:
    """Whatever lies in the work tree; a day that was asked for stands over it."""
    ran = call(repository.folder, "list", "--format", "json", "--at", "first")
    assert (["CI-0001"], "2026-11-23") == (ids(ran), json.loads(ran.out)["as_of"])
    ran = call(repository.folder, "list", "--format", "json", "--at", "main", "--today", "2026-05-05")
    assert (["CI-0001", "CI-0002"], "2026-05-05") == (ids(ran), json.loads(ran.out)["as_of"])


@pytest.mark.parametrize("command", READING)
def test_every_reading_command_reads_a_commit(repository: Repository, command: str) -> None:
    """None of them meets the broken file that lies in the work tree."""
    ran = call(repository.folder, *command.split(), "--at", "HEAD")
    assert "could not be used" not in ran.err
    assert (0, "") == (ran.code, "" if ran.out or command in ("kpi", "verdict") else "nothing was printed")


@pytest.mark.parametrize("rev", ATTACKS)
def test_a_revision_that_names_nothing_is_refused_and_does_nothing(repository: Repository, rev: str) -> None:
    """Exit code 2, and no file comes about."""
    before = sorted(repository.folder.rglob("*"))
    ran = call(repository.folder, "list", "--at", rev)
    assert 2 == ran.code
    assert "there is no commit" in ran.err
    assert before == sorted(repository.folder.rglob("*"))


@pytest.mark.parametrize("branch", ["-x", "$(id)", '";echo${IFS}x;"', "--upload-pack=id"])
def test_a_branch_with_a_hostile_name_is_read_like_another(repository: Repository, branch: str) -> None:
    """Such names are legal, and anybody may push one."""
    repository.git("update-ref", f"refs/heads/{branch}", "first")
    assert ["CI-0001"] == ids(call(repository.folder, "list", "--format", "json", f"--at=refs/heads/{branch}"))


def test_check_quotes_the_lines_of_the_commit(repository: Repository) -> None:
    """And takes paths that only the commit has."""
    repository.commit(small_register.files(small_register.fields(status="assessed")))
    bad = repository.git("rev-parse", "HEAD")
    repository.commit({"improvements/CI-0001.yaml": None})
    ran = call(repository.folder, "check", "--at", bad, "improvements/CI-0001.yaml")
    assert 0 == ran.code, ran.out
    repository.write({"improvements/CI-0003.yaml": "title: Three\n"})
    repository.commit({})
    repository.write({"improvements/CI-0003.yaml": None})
    ran = call(repository.folder, "check", "--at", "HEAD", "improvements/CI-0003.yaml")
    assert 1 == ran.code
    assert "1 | title: Three" in ran.out


def test_a_commit_s_files_are_not_mended(repository: Repository) -> None:
    """What is committed stays as it is."""
    assert 2 == call(repository.folder, "check", "--fix", "--at", "HEAD").code


def test_a_commit_before_the_register_says_so(tmp_path: Path) -> None:
    """A register that came later to its repository, in a folder of it."""
    made = Repository(tmp_path / "all")
    made.commit({"README.md": "x"})
    made.commit({"it/cireg.yaml": small_register.CONFIG})
    ran = call(made.folder / "it", "list", "--at", "HEAD~1")
    assert 2 == ran.code
    assert "has no it/cireg.yaml, so there was no register here yet" in ran.err


def test_outside_a_repository_and_without_git_there_is_no_commit(tmp_path: Path) -> None:
    """The register can be read as it lies there."""
    folder = small_register.write(tmp_path / "plain", small_register.files(small_register.fields()))
    with_ceiling = environment(GIT_CEILING_DIRECTORIES=str(tmp_path))
    for env in (with_ceiling, with_ceiling | {"PATH": str(tmp_path)}):
        command = [sys.executable, "-m", "cireg", "list"]
        ran = subprocess.run(
            [*command, "--at", "HEAD"], cwd=folder, env=env, capture_output=True, text=True, check=False
        )
        assert (2, True) == (ran.returncode, "is not in a git repository" in ran.stderr)
        assert 0 == subprocess.run(command, cwd=folder, env=env, capture_output=True, check=False).returncode


def test_a_shallow_clone_says_how_to_get_an_older_commit(repository: Repository, tmp_path: Path) -> None:
    """As a workflow has it by default."""
    clone = repository.clone(tmp_path / "shallow", "--depth=1")
    ran = call(clone.folder, "list", "--at", "HEAD~1")
    assert 2 == ran.code
    assert "git fetch --unshallow" in ran.err
    assert ["CI-0001", "CI-0002"] == ids(call(clone.folder, "list", "--format", "json", "--at", "HEAD"))


def test_a_linked_work_tree_and_a_detached_head_are_like_any_other(repository: Repository, tmp_path: Path) -> None:
    """Nothing depends on where git keeps its files, or on a branch."""
    repository.git("worktree", "add", "-q", "--detach", str(tmp_path / "linked"), "first")
    for at, expected in (("HEAD", ["CI-0001"]), ("main", ["CI-0001", "CI-0002"])):
        assert expected == ids(call(tmp_path / "linked", "list", "--format", "json", "--at", at))


def test_a_register_that_is_a_submodule_is_read_at_its_own_commits(repository: Repository, tmp_path: Path) -> None:
    """Not at those of the repository around it."""
    around = Repository(tmp_path / "around")
    around.git("submodule", "add", "-q", f"file://{repository.folder}", "it")
    around.commit({})
    assert ["CI-0001"] == ids(call(around.folder / "it", "list", "--format", "json", "--at", "HEAD~1"))


def test_a_sparse_checkout_is_refused_and_its_commit_is_read_whole(repository: Repository, tmp_path: Path) -> None:
    """A figure of a part of the register would be wrong; what is in the commit is whole."""
    clone = repository.clone(tmp_path / "sparse")
    clone.git("sparse-checkout", "set", "--no-cone", "/cireg.yaml", "/improvements/CI-0002.yaml")
    ran = call(clone.folder, "list")
    assert 2 == ran.code
    assert "2 of 3 files of the register are here: this is a sparse checkout" in ran.err
    assert "git sparse-checkout disable" in ran.err
    assert ["CI-0001", "CI-0002"] == ids(call(clone.folder, "list", "--format", "json", "--at", "HEAD"))


def test_a_site_can_be_built_of_a_commit(repository: Repository, tmp_path: Path) -> None:
    """Its data are the commit's; what can run programs is what lies here."""
    os.mkdir(repository.folder / "docs")
    repository.write({"mkdocs.yml": "site_name: Test\nplugins: [cireg]\ntheme: mkdocs\n"})
    ran = call(repository.folder, "build", "--at", "first", "--site-dir", str(tmp_path / "site"))
    assert 0 == ran.code, ran.err
    assert (tmp_path / "site/improvements/ci-0001/index.html").exists()
    assert not (tmp_path / "site/improvements/ci-0002").exists()
    assert "as of 2026-11-23 (commit)" in ran.err
