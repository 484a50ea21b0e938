"""The workflows that take issues in and answer them: shell and scripts, run as they stand on real repositories."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt

from tests.issues.rendered import rendered
from tests.running import ROOT
from tests.small_register import KPI, fields, text, write
from tests.test_workflows import GITHUB
from tests.workflow_steps import script, shell, step, with_node, workflow

KPI_FILES = {"kpis/answer-hours.yaml": KPI, "kpis/answer-hours.csv": "period,value\n2026-09,4\n"}
CIREG = f'#!/bin/sh\nexec "{sys.executable}" -m cireg "$@"\n'
HOSTILE = '$(touch pwned)`touch pwned`"; touch pwned #\n\n```\n::error::x\n@everyone fixes #1'

# Notes what gh is asked for and keeps the words that it is handed; a list has nothing in it.
GH = """\
#!/bin/sh
printf '%s\\n' "$*" >> "$HERE/asked"
case "$*" in
  *"pr list"*) echo 0 ;;
  *"pr create"*) echo https://forge.example/it/register/pull/13 ;;
esac
while [ $# -gt 0 ]; do
  if [ "$1" = --body-file ]; then cat "$2" >> "$HERE/words"; echo ---- >> "$HERE/words"; fi
  shift
done
"""


def git(folder: Path, *arguments: str) -> str:
    """Run git in a folder and return what it says."""
    command = ["git", "-c", "user.name=x", "-c", "user.email=x@example.org", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True, timeout=60).stdout


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A register in a clone, as the workflows have it, with cireg and a gh of its own."""
    origin = write(tmp_path / "origin", {"improvements/CI-0001.yaml": text(fields("assessed")), **KPI_FILES})
    git(origin, "init", "-q", "-b", "main")
    git(origin, "add", ".")
    git(origin, "commit", "-qm", "first")
    git(tmp_path, "clone", "-q", str(origin), "clone")
    here = tmp_path / "clone"
    (tmp_path / "temp").mkdir()
    for name, program in (("cireg", CIREG), ("gh", GH)):
        path = tmp_path / "bin" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(program, encoding="utf-8")
        path.chmod(0o755)
    return here


def run(clone: Path, job: str, title: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a step of `accept` in the clone."""
    folder = clone.parent
    found = step("accept", job, title)
    assert "${{" not in found["run"]
    script_ = {**found, "run": f'PATH="{folder}/bin:$PATH"\n{found["run"]}'}
    return shell(
        script_, clone,
        RUNNER_TEMP=str(folder / "temp"), GITHUB_OUTPUT=str(folder / "output"), HERE=str(folder), GITHUB_ACTIONS="true",
        PYTHONPATH=str(ROOT), HOME=str(folder), NUMBER="12", BASE="main", GH_TOKEN="x", **more,
    )  # fmt: skip


def issue(body: str, title: str = "Lend laptops") -> dict[str, str]:
    """What the workflow hands over of an issue."""
    names = set(step("accept", "take", "Take")["env"])
    given = {
        "CIREG_ISSUE_TITLE": title,
        "CIREG_ISSUE_BODY": body,
        "CIREG_ISSUE_AUTHOR": "octocat",
        "CIREG_ISSUE_ADDRESS": "https://forge.example/it/register/issues/12",
    }
    assert names == set(given)
    return given


def take(clone: Path, body: str, title: str = "Lend laptops") -> str:
    """Run the first job; what it says of a change."""
    for name, more in (("Take", issue(body, title)), ("Keep", {})):
        ran = run(clone, "take", name, **more)
        assert 0 == ran.returncode, ran.stderr
        assert not [line for line in ran.stdout.splitlines() if line.lstrip().startswith("::")]
    return (clone.parent / "output").read_text(encoding="utf-8")


def propose(clone: Path) -> None:
    """Run the second job on a clone of its own."""
    git(clone.parent, "clone", "-q", str(clone.parent / "origin"), "second")
    for name in ("Write", "Commit", "Propose"):
        ran = run(clone.parent / "second", "propose", name)
        assert 0 == ran.returncode, ran.stderr


def said(clone: Path) -> list[str]:
    """The words that were handed to gh, one text after another."""
    return (clone.parent / "words").read_text(encoding="utf-8").split("----\n")[:-1]


PROPOSAL = rendered("proposal", opportunity="Repairs take four days.")


@pytest.mark.parametrize(
    ("body", "path"),
    [
        (PROPOSAL, "improvements/CI-0002-lend-laptops.yaml"),
        (rendered("progress", note="It went well.", id="CI-0001"), "improvements/CI-0001.yaml"),
        (rendered("reading", kpi="answer-hours", period="2026-10", value="3"), "kpis/answer-hours.csv"),
    ],
)
def test_an_accepted_issue_becomes_a_branch_and_a_pull_request(clone: Path, body: str, path: str) -> None:
    """With one file changed; the issue is told where it is."""
    assert "changed=true\n" == take(clone, body)
    propose(clone)
    origin = clone.parent / "origin"

    assert path == git(origin, "diff", "--name-only", "main", "issue-12").strip()
    asked = (clone.parent / "asked").read_text(encoding="utf-8")
    assert "pr create --head issue-12 --base main --title Take issue #12 in --body-file" in asked
    assert "issue comment 12 --body-file" in asked
    assert "Thank you. This is under review now: https://forge.example/it/register/pull/13\n" == said(clone)[1]


@pytest.mark.parametrize("words", [HOSTILE, "--body x", "-n\n", "\n\n    x\n\n# Head\n"], ids=repr)
def test_nothing_that_an_issue_says_is_a_command(clone: Path, words: str) -> None:
    """Not as its title, not in its text; and it ends no block of code."""
    take(clone, rendered("proposal", opportunity=words, services=words, by=words), " ".join(words.split()))
    propose(clone)

    assert [] == list(clone.parent.rglob("pwned"))
    kinds = [token.type for token in MarkdownIt().parse(said(clone)[0])]
    assert ["paragraph_open", "inline", "paragraph_close", "code_block"] == kinds


def test_what_cannot_be_taken_in_is_answered_too(clone: Path) -> None:
    """With the reason, so that no idea vanishes."""
    assert "changed=false\n" == take(clone, "They wait.", "")
    ran = run(clone, "propose", "Say why", GH_REPO="it/register")

    assert 0 == ran.returncode, ran.stderr
    assert "There is nothing to take in as it stands:\n\n    there is no title\n" in said(clone)[0]
    assert "pr create" not in (clone.parent / "asked").read_text(encoding="utf-8")


def test_a_change_elsewhere_is_never_committed(clone: Path) -> None:
    """Whatever the patch holds: only improvements and readings."""
    take(clone, PROPOSAL)
    patch = clone.parent / "temp/taken/patch"
    other = "diff --git a/{0} b/{0}\nnew file mode 100644\n--- /dev/null\n+++ b/{0}\n@@ -0,0 +1 @@\n+x\n"
    more = [
        ".github/workflows/x.yml",
        "cireg.yaml.yaml",
        "kpis/x.yaml",
        "improvements/x.sh",
        "docs/improvements/x.yaml",
    ]
    patch.write_text(patch.read_text(encoding="utf-8") + "".join(map(other.format, more)), encoding="utf-8")
    propose(clone)

    changed = git(clone.parent / "origin", "diff", "--name-only", "main", "issue-12").split()
    assert ["improvements/CI-0002-lend-laptops.yaml"] == changed


def test_only_the_label_that_says_so_accepts() -> None:
    """And the job with rights needs the one without."""
    jobs = workflow("accept")["jobs"]

    assert "${{ github.event.label.name == 'accepted' }}" == jobs["take"]["if"]
    assert "take" == jobs["propose"]["needs"]
    assert "on:\n  issues:\n    types: [labeled]\n" in (GITHUB / "workflows/accept.yml").read_text(encoding="utf-8")


# Answers


def decided(tmp_path: Path, items: Any, **answers: Any) -> list[list[Any]]:
    """What is asked of the host for these decisions."""
    (tmp_path / "decisions").mkdir(exist_ok=True)
    (tmp_path / "decisions/decisions.json").write_text(json.dumps({"items": items}), encoding="utf-8")
    told = {"issues.get": {"data": {"number": 12}}} | answers
    return script(step("answer", "tell", "Tell"), tmp_path, {}, told)


ONE = {"issue": 12, "id": "CI-0001", "text": "CI-0001 is **rejected**.\n"}


@with_node
def test_each_decision_is_told_in_its_issue(tmp_path: Path) -> None:
    """As it was written down."""
    where = {"owner": "it", "repo": "register", "issue_number": 12}

    assert [["issues.get", where], ["issues.createComment", where | {"body": ONE["text"]}]] == decided(tmp_path, [ONE])
    assert [] == decided(tmp_path, [])


@with_node
@pytest.mark.parametrize("answer", [{"data": {"pull_request": {}}}, "refused", {}])
def test_what_is_no_issue_or_gone_is_passed_over(tmp_path: Path, answer: Any) -> None:
    """A pull request has the same numbers."""
    assert ["issues.get"] == [each[0] for each in decided(tmp_path, [ONE], **{"issues.get": answer})]


@with_node
@pytest.mark.parametrize(
    "items",
    [
        [ONE | {"issue": "12"}],
        [ONE | {"issue": 1.5}],
        [ONE | {"text": ""}],
        [ONE | {"text": "x" * 65_537}],
        [ONE | {"text": ["x"]}],
        [ONE] * 51,
    ],
)
def test_what_no_register_would_say_is_refused(tmp_path: Path, items: list[Any]) -> None:
    """Before anything is written."""
    assert ["failed"] == [each[0] for each in decided(tmp_path, items)]


def test_what_was_decided_is_found_in_the_register(clone: Path) -> None:
    """From what was there before the push; the step is run as it stands."""
    take(clone, PROPOSAL)
    git(clone, "add", "improvements")
    git(clone, "commit", "-qm", "second")
    found = step("answer", "find", "Find what")
    ran = shell(
        {**found, "run": f'PATH="{clone.parent}/bin:$PATH"\n{found["run"]}'}, clone,
        PYTHONPATH=str(ROOT), HOME=str(clone.parent), BEFORE=git(clone, "rev-parse", "HEAD~1").strip(),
        CIREG_ISSUES="https://forge.example/it/register/issues/",
    )  # fmt: skip
    (item,) = json.loads((clone / "decisions.json").read_text(encoding="utf-8"))["items"]

    assert 0 == ran.returncode, ran.stderr
    assert (12, "CI-0002") == (item["issue"], item["id"])
    assert item["text"].startswith("CI-0002 is **proposed** since ")
