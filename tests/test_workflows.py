"""The workflows: what the linters say of them, what they pin, what hostile text does to their summary."""

from __future__ import annotations

import re
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from markdown_it import MarkdownIt

ROOT = Path(__file__).resolve().parents[1]
GITHUB = ROOT / ".github"
WORKFLOWS = sorted(GITHUB.glob("workflows/*.yml"))
PINS = ROOT.parent / "shared" / "corpora" / "action-pins.tsv"
SCRIPTS = Path(sysconfig.get_path("scripts"))

ZIZMOR = [
    str(SCRIPTS / "zizmor"),
    "--offline",
    "--strict-collection",
    "--persona",
    "auditor",
    "--no-progress",
]
ACTIONLINT = [str(SCRIPTS / "actionlint"), "-no-color", "-shellcheck=", "-pyflakes="]
# What a job that may write does not run: anything that is in this repository, or was installed from it.
OURS = re.compile(r"\b(cireg|python|pip|make|scripts)\b|\./")
SCHEMA = [sys.executable, "-m", "check_jsonschema", "--builtin-schema"]

BAD_WORKFLOW = """\
on: pull_request_target
jobs:
  greet:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v7
      - run: echo "${{ github.event.pull_request.title }}"
"""
WRONG_WORKFLOW = """\
on: push
jobs:
  greet:
    runs-on: ubuntu-24.04
    stages: []
"""
EAGER_DEPENDABOT = """\
version: 2
updates:
  - package-ecosystem: pip
    directory: /
    schedule:
      interval: daily
"""


def run(command: list[str], *paths: Path) -> tuple[int, str]:
    """Run a linter on the paths; return its exit code and everything it printed."""
    ran = subprocess.run([*command, *map(str, paths)], capture_output=True, text=True, timeout=120)
    return ran.returncode, ran.stdout + ran.stderr


def jobs(path: Path) -> dict[str, dict[str, Any]]:
    """The jobs of a workflow by name."""
    workflow = yaml.safe_load(path.read_text(encoding="utf-8"))
    return dict(workflow["jobs"])


def steps() -> Iterator[dict[str, Any]]:
    """Every step of every workflow."""
    for path in WORKFLOWS:
        for job in jobs(path).values():
            yield from job["steps"]


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository of its own whose .github a test may fill."""
    (tmp_path / ".github" / "workflows").mkdir(parents=True)
    return tmp_path


def put(repository: Path, name: str, text: str) -> Path:
    """Write a file below .github and return its path."""
    path = repository / ".github" / name
    path.write_text(text, encoding="utf-8")
    return path


def test_there_are_workflows_to_look_at() -> None:
    """An empty list would pass everything below."""
    assert ["accept.yml", "answer.yml", "check.yml", "comment.yml", "publish.yml", "readings.yml"] == [
        path.name for path in WORKFLOWS
    ]


def test_zizmor_finds_nothing() -> None:
    """Not even as an auditor, and no file was skipped."""
    code, said = run(ZIZMOR, ROOT)

    assert 0 == code, said
    assert "No findings to report" in said


def test_actionlint_finds_nothing() -> None:
    """Expressions, contexts and the shell's own words are right."""
    assert (0, "") == run(ACTIONLINT, *WORKFLOWS)


def test_the_schemas_of_the_forge_are_met() -> None:
    """Both kinds of file are what the forge reads."""
    for schema, paths in {
        "vendor.github-workflows": WORKFLOWS,
        "vendor.github-actions": [ROOT / "action.yml"],
        "vendor.dependabot": [GITHUB / "dependabot.yml"],
    }.items():
        code, said = run([*SCHEMA, schema], *paths)
        assert 0 == code, said


def test_zizmor_would_find_something(repository: Path) -> None:
    """A title in a shell, a tag instead of a commit, too many rights and no time to mature are all named."""
    put(repository, "workflows/bad.yml", BAD_WORKFLOW)
    put(repository, "dependabot.yml", EAGER_DEPENDABOT)
    code, said = run(ZIZMOR, repository / ".github")

    assert 14 == code
    for audit in (
        "artipacked",
        "dangerous-triggers",
        "dependabot-cooldown",
        "excessive-permissions",
        "template-injection",
        "unpinned-uses",
    ):
        assert f"[{audit}]" in said


def test_zizmor_would_not_skip_a_file_in_silence(repository: Path) -> None:
    """A workflow it cannot read stops it: otherwise that one would count as clean."""
    put(repository, "workflows/wrong.yml", WRONG_WORKFLOW)

    assert 0 != run(ZIZMOR, repository / ".github")[0]


def test_actionlint_would_find_something(repository: Path) -> None:
    """Contributed text in a shell is named."""
    code, said = run(ACTIONLINT, put(repository, "workflows/bad.yml", BAD_WORKFLOW))

    assert 1 == code
    assert "is potentially untrusted" in said


@pytest.mark.parametrize(
    ("schema", "text"),
    [
        ("vendor.github-workflows", WRONG_WORKFLOW),
        ("vendor.github-actions", "name: x\nruns: {using: composite}\n"),
        ("vendor.dependabot", EAGER_DEPENDABOT.replace("daily", "hourly")),
    ],
)
def test_the_schemas_would_find_something(repository: Path, schema: str, text: str) -> None:
    """A key and a value that the forge does not know."""
    code, said = run([*SCHEMA, schema], put(repository, "wrong.yml", text))

    assert 1 == code
    assert "wrong.yml" in said


@pytest.mark.parametrize("path", [*WORKFLOWS, ROOT / "action.yml"], ids=lambda path: path.name)
def test_every_action_is_pinned_to_a_commit_and_says_its_version(path: Path) -> None:
    """Forty hexadecimal digits and a comment with the version; one action has one pin."""
    uses = re.findall(r"uses:(.*)", path.read_text(encoding="utf-8"))

    assert uses
    for use in uses:
        assert re.fullmatch(r" [\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", use)


@pytest.mark.skipif(not PINS.exists(), reason="the list of pins is not beside this checkout")
def test_every_pin_is_the_commit_of_its_version() -> None:
    """As respected repositories pin the same actions."""
    known = {tuple(line.split("\t")[:3]) for line in PINS.read_text(encoding="utf-8").splitlines()}
    text = "".join(path.read_text(encoding="utf-8") for path in [*WORKFLOWS, ROOT / "action.yml"])
    pinned = set(re.findall(r"uses: (\S+)@(\S+) # (\S+)", text))

    assert pinned
    assert pinned <= known


def test_only_the_job_that_runs_nothing_of_ours_may_write() -> None:
    """All others may read the contents and no more, and each has a time limit."""
    rights = {}
    for path in WORKFLOWS:
        for name, job in jobs(path).items():
            assert job["timeout-minutes"] <= 60
            rights[f"{path.stem} {name}"] = job["permissions"]
            if "write" in job["permissions"].values():
                assert [] == [step["run"] for step in job["steps"] if OURS.search(step.get("run", ""))]

    reads = {"contents": "read"}
    assert {
        "accept take": reads,
        "accept propose": {"contents": "write", "pull-requests": "write", "issues": "write"},
        "answer find": reads,
        "answer tell": {"issues": "write"},
        "check register": reads,
        "check tests": reads,
        "comment find": {"pull-requests": "read"},
        "comment render": reads,
        "comment comment": {"pull-requests": "write"},
        "publish build": reads | {"pages": "read"},
        "publish deploy": {"pages": "write", "id-token": "write"},
        "readings collect": reads,
        "readings propose": {"contents": "write", "pull-requests": "write"},
    } == rights


def test_every_checkout_brings_the_history_and_leaves_no_key() -> None:
    """A shallow history gives every file the same date."""
    checkouts = [step["with"] for step in steps() if step.get("uses", "").startswith("actions/checkout@")]

    assert [{"fetch-depth": 0, "persist-credentials": False}] * 9 == checkouts


def test_no_secret_is_named_and_no_expression_reaches_a_shell() -> None:
    """What strangers wrote is data of cireg alone."""
    assert all("${{" not in step.get("run", "") for step in steps())
    assert all("secrets" not in path.read_text(encoding="utf-8") for path in WORKFLOWS)


HOSTILE = """\
improvements/CI-0001.yaml:2:8: error CI104 ``` ~~~ ````````
</code></pre><img src=x onerror=alert(1)>
\tset in by a tab

# not a heading
::error::not a command\r# not a heading either\r\n- not a list
"""


@pytest.mark.parametrize("text", [HOSTILE, HOSTILE * 20_000, ""], ids=["hostile", "too long", "none"])
def test_nothing_in_a_finding_leaves_the_summary_s_block_of_code(tmp_path: Path, text: str) -> None:
    """The step is run as it stands, with a cireg that prints what it likes and finds errors."""
    (step,) = (step for step in steps() if "GITHUB_STEP_SUMMARY" in step.get("run", ""))
    (tmp_path / "findings").write_text(text, encoding="utf-8", newline="")
    fake = tmp_path / "cireg"
    fake.write_text(
        f'#!/bin/sh\n[ "$1" = diff ] && echo "$@" && exit 2\ncat {tmp_path}/findings\nexit 1\n', encoding="utf-8"
    )
    fake.chmod(0o755)
    summary = tmp_path / "summary.md"
    ran = subprocess.run(
        ["bash", "-e", "-c", step["run"]],
        env={"PATH": f"{tmp_path}:/usr/bin:/bin", "GITHUB_STEP_SUMMARY": str(summary)},
        timeout=60,
    )

    assert 0 == ran.returncode
    assert summary.stat().st_size < 1024 * 1024
    blocks = [token.type for token in MarkdownIt().parse(summary.read_text(encoding="utf-8"))]
    assert summary.read_text(encoding="utf-8").startswith("diff HEAD^1 HEAD --format markdown --today now\n\n## The")
    assert ["paragraph_open", "inline", "paragraph_close", "heading_open", "inline", "heading_close"] == blocks[:6]
    assert (["code_block"] if text else []) == blocks[6:]
