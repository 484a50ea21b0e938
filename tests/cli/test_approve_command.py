"""`cireg approve` as it is called: what it writes down, whose decision it takes, and what makes it stale."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.running import Ran, call
from tests.small_register import CONFIG, fields, files, text, write

POLICY = CONFIG.replace("Head of IT,", "Head of IT, emails: [head@it.example],") + (
    "policy: {approvals: [{status: planned, by: sponsor}, {status: planned, by: data-analyst}]}\n"
)
PLAN = fields("planned")["plan"]
PATH = "improvements/CI-0001.yaml"
ASSESSED = text(fields("planned") | {"status": "assessed", "history": fields("planned")["history"][:2]})


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A register of an improvement that is about to be planned, used by its head of IT."""
    (tmp_path / "gitconfig").write_text("[user]\nemail = HEAD@it.example\n", encoding="utf-8")
    return write(tmp_path / "register", {"cireg.yaml": POLICY, PATH: "# a note\n" + ASSESSED})


def approve(root: Path, *arguments: str) -> Ran:
    """The command, called by the git user of the fixture."""
    config = str(root.parent / "gitconfig")
    more = {"GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": config, "GIT_CEILING_DIRECTORIES": str(root.parent)}
    return call(root, "approve", *arguments, **more)


def content(root: Path) -> str:
    """The improvement's file."""
    return (root / PATH).read_text(encoding="utf-8")


def rules(root: Path) -> list[str]:
    """The rules that check finds broken in it."""
    found = call(root, "check", "--today", "now").out
    return [line.rpartition("[")[2].rstrip("]") for line in found.splitlines() if line.startswith(PATH)]


def test_a_decision_is_written_with_what_it_covers(root: Path) -> None:
    """Beside everything that is there; who else is waited for is told."""
    ran = approve(root, "CI-0001", "--as", "sponsor")
    line = next(each for each in content(root).splitlines() if each.startswith("plan:"))

    assert (0, f"CI-0001  approved by head-of-it as sponsor  {PATH}\n") == (ran.code, ran.out)
    assert "# a note\n" == content(root)[:9]
    assert "{by: head-of-it, as: sponsor, decision: approved, on: " in line
    assert ', covers: "sha256:' in line or ", covers: sha256:" in line
    assert "It covers the target, its day and the scores as they are now.\n" in ran.err
    assert "The next status still waits for data-analyst.\n" in ran.err
    assert "not proven" not in ran.err


def test_an_approval_opens_the_gate_until_the_plan_changes(root: Path) -> None:
    """The gate asks again when the day is moved, and is content when it is approved again."""
    approve(root, "CI-0001", "--as", "sponsor")
    approve(root, "CI-0001", "--as", "data-analyst", "--by", "data-analyst")
    moved = call(root, "move", "CI-0001", "planned", "--by", "head-of-it")
    before = rules(root)
    (root / PATH).write_text(content(root).replace("2027-03-01", "2027-06-01"), encoding="utf-8")
    stale = rules(root)
    approve(root, "CI-0001", "--as", "sponsor")
    approve(root, "CI-0001", "--as", "data-analyst", "--by", "data-analyst")

    assert 0 == moved.code, moved.err
    assert ([], ["stale-approval", "stale-approval"], []) == (before, stale, rules(root))


def test_a_no_and_a_condition_are_decisions_too(root: Path) -> None:
    """The gate stays shut after a no."""
    approve(root, "CI-0001", "--as", "sponsor", "--decline", "--note", "Too early.")
    declined = content(root)
    ran = approve(root, "CI-0001", "--as", "sponsor", "--conditional", "--note", "Not before May.")

    assert "decision: declined, on: " in declined
    assert ", note: Too early.}" in declined
    assert 0 == ran.code
    assert ", note: Not before May.}" in content(root)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            "CI-0001 --as sponsor --by data-analyst",
            "data-analyst does not have the role sponsor\n  this is for head-of-it",
        ),
        ("CI-0001 --as sponsor --by head-of-hr", "there is no person head-of-hr in cireg.yaml"),
        ("CI-0001 --as sponsor --conditional", "a condition has to be said"),
        ("CI-0001 --as sponsor --conditional --decline", "Either --decline or --conditional"),
        ("CI-0001", "Missing option '--as'"),
        ("CI-0009 --as sponsor", "there is no improvement CI-0009"),
        ("CI-0002 --as sponsor", "CI-0002 is closed: there is nothing left to decide"),
    ],
)
def test_what_is_no_decision_is_refused(root: Path, arguments: str, said: str) -> None:
    """The file is as it was."""
    (root / "improvements" / "CI-0002.yaml").write_text(text(fields("closed", id="CI-0002")), encoding="utf-8")
    ran = approve(root, *arguments.split(" "))

    assert (2, "# a note\n" + ASSESSED) == (ran.code, content(root))
    assert said in ran.err


def test_the_same_decision_is_not_written_twice(root: Path) -> None:
    """Unless what it covers has changed."""
    approve(root, "CI-0001", "--as", "sponsor")
    once = content(root)
    again = approve(root, "CI-0001", "--as", "sponsor")

    assert (2, once) == (again.code, content(root))
    assert "decided exactly this" in again.err


def test_whom_git_does_not_know_has_to_be_named(root: Path) -> None:
    """And the decision counts as stated, not proven."""
    (root / "cireg.yaml").write_text(CONFIG, encoding="utf-8")
    refused = approve(root, "CI-0001", "--as", "sponsor")
    ran = approve(root, "CI-0001", "--as", "sponsor", "--by", "head-of-it")

    assert (2, True) == (refused.code, "say who decided with --by" in refused.err)
    assert (0, True) == (ran.code, "stated, not proven" in ran.err)


def test_a_dry_run_writes_nothing_and_a_proposal_gets_a_plan_section(root: Path) -> None:
    """The list of approvals is made where there is none."""
    (root / PATH).write_text(files(fields())[PATH], encoding="utf-8")
    shown = approve(root, "CI-0001", "--as", "sponsor", "--dry-run")
    untouched = content(root)
    ran = approve(root, "CI-0001", "--as", "sponsor")

    assert (0, files(fields())[PATH]) == (shown.code, untouched)
    assert "+plan:\n+  approvals:\n" in shown.out
    assert "It covers nothing: no target, plan or score is there." in ran.err
