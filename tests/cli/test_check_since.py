"""`cireg check --since`: a branch answers for what it did, and for nothing that was there before."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests import small_register
from tests.repositories import Repository
from tests.running import Ran, call

ONE, TWO = "improvements/CI-0001.yaml", "improvements/CI-0002.yaml"


def text(status: str = "proposed", identity: str = "CI-0001", **more: object) -> str:
    """A file's text."""
    return small_register.text(small_register.fields(status, id=identity, **more))


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """A register with an old error and an old warning on main, and a branch."""
    made = Repository(tmp_path / "register")
    late = text("assessed", "CI-0002", owner="nobody-known", target={"due": "2026-11-01"})
    made.commit({"cireg.yaml": small_register.CONFIG, ONE: text("assessed"), TWO: late})
    made.git("switch", "-q", "-c", "branch")
    return made


def check(repository: Repository, *arguments: str) -> Ran:
    """Check what the branch did."""
    return call(repository.folder, "check", "--since", "main", *arguments, CIREG_TODAY="2026-11-23")


def rules(repository: Repository, *arguments: str) -> list[tuple[str, str]]:
    """The rule and the severity of each finding."""
    ran = check(repository, "--format", "json", *arguments)
    return [(each["rule"], each["severity"]) for each in json.loads(ran.out)["findings"]]


def test_old_debt_fails_nobody_and_is_counted_in_one_line(repository: Repository) -> None:
    """Without --since it is an error for everybody."""
    repository.commit({ONE: text("assessed", title="Answer within a day")})
    ran = check(repository)
    assert (0, "3 files checked: nothing found\n") == (ran.code, ran.out)
    assert "findings are older than this change: cireg check shows them" in ran.err
    assert 1 == call(repository.folder, "check", CIREG_TODAY="2026-11-23").code


def test_a_finding_that_only_changed_its_line_is_old(repository: Repository) -> None:
    """Nor is it new where the file was renamed."""
    whole = (repository.folder / TWO).read_text(encoding="utf-8")
    repository.commit({TWO: "# a comment\n" + whole})
    assert [] == rules(repository)
    repository.commit({TWO: None, "improvements/desk/CI-0002-words.yaml": whole})
    assert [] == rules(repository)


def test_a_new_fault_is_an_error_wherever_it_appears(repository: Repository) -> None:
    """Also in a file that the branch did not touch."""
    repository.commit({ONE: text("assessed", owner="who-else")})
    assert [("unknown-person", "error")] == rules(repository)
    assert 1 == check(repository).code
    config = small_register.CONFIG.replace("services: [{id: workplace, name: Workplace}]\n", "")
    repository.git("switch", "-q", "main")
    repository.commit({ONE: text("assessed", services=["workplace"])})
    repository.git("switch", "-q", "-C", "branch")
    repository.commit({"cireg.yaml": config})
    assert [("unknown-service", "error")] == rules(repository)


def test_what_only_two_versions_show_is_found(repository: Repository) -> None:
    """A history written anew, and an improvement that is gone."""
    history = [{"on": "2026-11-12", "status": "proposed", "by": "improvement-manager"}]
    history += [{"on": "2026-11-14", "status": "assessed", "by": "improvement-manager"}]
    repository.commit({ONE: text("assessed", history=history), TWO: None})
    assert [("history-rewritten", "error"), ("deleted", "error")] == rules(repository)
    assert 1 == check(repository).code
    assert [("deleted", "error")] == rules(repository, ".")[1:]


def test_what_lies_here_counts_and_a_commit_can_be_asked_for(repository: Repository) -> None:
    """Before it is committed, as an editor or a hook would ask; and for another branch."""
    repository.write({ONE: text("assessed", owner="who-else")})
    assert [("unknown-person", "error")] == rules(repository)
    assert [] == rules(repository, "--at", "branch")


def test_formats_for_machines_have_the_new_findings_alone(repository: Repository) -> None:
    """So that a forge marks the lines of the change."""
    repository.commit({ONE: text("assessed", owner="who-else")})
    found = json.loads(check(repository, "--format", "sarif").out)["runs"][0]["results"]
    assert 1 == len(found)


def test_a_merge_of_main_brings_nothing_of_its_own(repository: Repository) -> None:
    """What others did on main is theirs."""
    repository.commit({ONE: text("assessed", title="Answer within a day")})
    repository.git("switch", "-q", "main")
    repository.commit({"improvements/CI-0003.yaml": text("assessed", "CI-0003", owner="who-else")})
    repository.git("switch", "-q", "branch")
    repository.git("merge", "-q", "-m", "merge", "main")
    assert [] == rules(repository)


def test_the_cache_changes_nothing_but_the_time(repository: Repository, tmp_path: Path) -> None:
    """Cold, warm, on another branch, and after more commits than are worth keeping."""
    cache = str(tmp_path / "cache")
    for number in range(3):
        repository.commit({ONE: text("assessed", title=f"Answer within {number} days", owner="who-else")})
        plain = check(repository).out
        for _ in range(2):
            ran = call(repository.folder, "check", "--since", "main", CIREG_TODAY="2026-11-23", XDG_CACHE_HOME=cache)
            assert plain == ran.out
    assert ["blobs", "log"] == sorted(each.name.partition("-")[0] for each in (tmp_path / "cache/cireg").iterdir())


@pytest.mark.parametrize("rev", ["--output=pwned", "nowhere", ""])
def test_a_base_that_is_none_is_refused(repository: Repository, rev: str) -> None:
    """Exit code 2, and nothing is written."""
    ran = call(repository.folder, "check", f"--since={rev}")
    assert 2 == ran.code
    assert "there is no commit" in ran.err
    assert not (repository.folder / "pwned").exists()


def test_a_shallow_clone_says_what_it_needs(repository: Repository, tmp_path: Path) -> None:
    """The base that a workflow has not fetched."""
    repository.commit({ONE: text("assessed", owner="who-else")})
    clone = repository.clone(tmp_path / "shallow", "--depth=1", "--no-single-branch")
    ran = call(clone.folder, "check", "--since", "origin/main")
    assert (2, True) == (ran.code, "fetch-depth: 0" in ran.err)
