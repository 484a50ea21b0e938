"""`cireg audit` as it is called."""

from __future__ import annotations

import json
from pathlib import Path

from tests.repositories import Repository
from tests.running import call
from tests.small_register import CONFIG, fields, text, write

DAY = ("--today", "2026-11-23")
CONFIGURED = CONFIG.replace("Head of IT,", "Head of IT, emails: [head@example.org],")
PATH = "improvements/CI-0001.yaml"
DECISIONS = [
    {"by": "head-of-it", "as": "sponsor", "decision": "approved", "on": "2026-11-20"},
    {"by": "data-analyst", "decision": "approved", "on": "2026-11-20"},
]


def audited(folder: Path) -> Repository:
    """An improvement on which two people decided; one of them committed it."""
    made = Repository(folder)
    made.commit({"cireg.yaml": CONFIGURED, PATH: text(fields("planned", title="A long title " * 8))})
    plan = fields("planned")["plan"]
    data = fields("planned", title="A long title " * 8, plan={**plan, "approvals": DECISIONS})
    made.commit({PATH: text(data)}, who="head", at="2026-11-20T12:00:00Z", subject="Approve \x1b[2J CI-0001")
    return made


def test_the_trail_is_told_with_its_commits(tmp_path: Path) -> None:
    """At eighty columns; the commits that are named stand at the end."""
    made = audited(tmp_path)
    ran = call(made.folder, "audit", "CI-0001", *DAY)
    tip = made.git("rev-parse", "HEAD")[:10]

    assert 0 == ran.code, ran.err
    assert f"committed by head-of-it,\n    {tip}]" in ran.out or f"committed by head-of-it, {tip}]" in ran.out
    assert "(data-analyst) [stated, not proven" in " ".join(ran.out.split())
    assert f"  {tip} 2026-11-20 head: Approve " in ran.out
    assert "\x1b" not in ran.out
    assert max(map(len, ran.out.splitlines())) <= 80


def test_as_json_every_fact_has_its_field_its_commit_and_its_proof(tmp_path: Path) -> None:
    """And every part its clause."""
    made = audited(tmp_path)
    found = json.loads(call(made.folder, "audit", "CI-0001", "--format", "json", *DAY).out)
    (approvals,) = [each for each in found["sections"] if each["name"] == "approvals"]
    commit = {"id": made.git("rev-parse", "HEAD"), "day": "2026-11-20", "author": "head", "person": "head-of-it"}

    assert ("CI-0001", "planned", None) == (found["id"], found["status"], found["git"])
    assert "ISO/IEC 20000-1:2018, 10.2" == approvals["clause"]
    assert {
        "text": "approved as sponsor: what it covers was not recorded", "field": "plan.approvals[1]",
        "on": "2026-11-20", "by": "head-of-it", "commit": commit, "merged_by": commit, "proof": "committed",
    } == approvals["facts"][0]  # fmt: skip
    assert ("stated", commit) == (approvals["facts"][1]["proof"], approvals["facts"][1]["commit"])


def test_without_git_it_says_how_to_have_more(tmp_path: Path) -> None:
    """Everything that is named is stated, not proven; a part that is missing is named."""
    root = write(tmp_path, {PATH: text(fields("closed", review=None))})
    ran = call(root, "audit", "CI-0001", *DAY, GIT_CEILING_DIRECTORIES=str(tmp_path.parent))
    found = json.loads(
        call(root, "audit", "ci-0001", "--format", "json", *DAY, GIT_CEILING_DIRECTORIES=str(tmp_path.parent)).out
    )

    assert "Git shows nothing: this is not a git repository." in ran.out
    assert "  ! missing: nothing is written down\n" in ran.out
    assert "git init, then commit the register" == found["git"]["hint"]
    assert {"stated", None} == {fact["proof"] for section in found["sections"] for fact in section["facts"]}
