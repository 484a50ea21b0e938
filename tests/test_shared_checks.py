"""What registers elsewhere use of this repository: action, template for GitLab, hooks; each is run as it stands."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from markdown_it import MarkdownIt

from tests.running import environment
from tests.small_register import fields, text, write
from tests.test_workflows import SCHEMA, run

ROOT = Path(__file__).resolve().parents[1]
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
GOOD = {"improvements/CI-0001.yaml": text(fields("assessed"))}
WARNED = {"improvements/CI-0001.yaml": text(fields("assessed", target={"due": "2026-11-20"}))}
WRONG = {"improvements/CI-0001.yaml": text(fields("assessed", owner="::error::`x`"))}
CIREG = f'#!/bin/sh\nexec "{sys.executable}" -m cireg "$@"\n'


def put(path: Path, script: str) -> Path:
    """Write a program."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(script, encoding="utf-8")
    path.chmod(0o755)
    return path


def shell(script: str, folder: Path, *options: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a script in bash as a runner does."""
    return subprocess.run(
        ["bash", "-e", *options, "-c", script],
        cwd=folder,
        env=environment(PYTHONPATH=str(ROOT), **more),
        capture_output=True,
        text=True,
        timeout=120,
    )


# The action


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """The work space of a job in which the action has installed cireg."""
    put(tmp_path / "temp/cireg/bin/cireg", CIREG)
    return tmp_path


def action(workspace: Path, name: str, base: str = "", **inputs: str) -> subprocess.CompletedProcess[str]:
    """Run a step of the action, with these inputs; `base` is the commit that a pull request starts from."""
    (step,) = (each for each in ACTION["runs"]["steps"] if each["name"].startswith(name))
    given = {key: str(each["default"]) for key, each in ACTION["inputs"].items()} | inputs
    assert "${{" not in step["run"], "an input must reach the shell as a variable only"
    assert "bash" == step["shell"]
    values = {}
    for key, value in step.get("env", {}).items():
        source = re.fullmatch(r"\$\{\{ inputs\.(\w+) \}\}", value)
        values[key] = given[source[1]] if source else base
    return shell(
        step["run"], workspace, "-o", "pipefail",
        RUNNER_TEMP=str(workspace / "temp"), GITHUB_ACTIONS="true", GITHUB_WORKSPACE=str(workspace),
        GITHUB_STEP_SUMMARY=str(workspace / "summary.md"), GITHUB_ACTION_PATH=str(ROOT), **values,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("files", "inputs", "code"),
    [
        (GOOD, {}, 0),
        (WRONG, {}, 1),
        (WARNED, {}, 0),
        (WARNED, {"strict": "true"}, 1),
        (WARNED, {"strict": "false"}, 0),
        (GOOD, {"path": "nowhere"}, 1),
    ],
)
def test_the_action_fails_when_the_check_does(
    workspace: Path, files: dict[str, str], inputs: dict[str, str], code: int
) -> None:
    """And says so at the lines; an input is a word, whatever it holds."""
    write(workspace, files)

    assert code == action(workspace, "Check the register", **inputs).returncode


WHO = ["-c", "user.name=x", "-c", "user.email=x@x.example"]


def git(folder: Path, *arguments: str) -> None:
    """Run git in a folder."""
    subprocess.run(["git", *WHO, *arguments], cwd=folder, check=True, capture_output=True)


def history(folder: Path) -> None:
    """Two commits: a register with an error, and a change that adds nothing wrong."""
    write(folder, WRONG)
    git(folder, "init", "-q", "-b", "main")
    for track in (None, "full"):
        write(folder, {"improvements/CI-0002.yaml": text(fields("assessed", id="CI-0002", track=track))})
        git(folder, "add", "improvements", "cireg.yaml")
        git(folder, "commit", "-qm", "x")


@pytest.mark.parametrize(("base", "code"), [("", 1), ("HEAD~1", 0)])
def test_in_a_pull_request_only_what_it_brings_fails_it(workspace: Path, base: str, code: int) -> None:
    """An error that was there before is told in the summary, and fails nobody's change."""
    history(workspace)

    assert code == action(workspace, "Check the register", base).returncode


def test_the_base_of_a_merge_is_its_first_parent(workspace: Path) -> None:
    """As GitHub checks a pull request out; the base that its event names may be old by then."""
    history(workspace)
    git(workspace, "switch", "-qc", "idea", "HEAD~1")
    git(workspace, "commit", "-q", "--allow-empty", "-m", "idea")
    git(workspace, "switch", "-q", "main")
    git(workspace, "merge", "-q", "--no-ff", "-m", "merge", "idea")
    ran = action(workspace, "Check the register", "f" * 40)

    assert 0 == ran.returncode, ran.stdout + ran.stderr


@pytest.mark.parametrize("path", ["it/register", "a b", "-x", "$(touch pwned)", "a;touch pwned"])
def test_the_register_may_lie_in_any_folder(workspace: Path, path: str) -> None:
    """Its name is never a command."""
    write(workspace / path, WRONG)
    ran = action(workspace, "Check the register", path=path)

    assert 1 == ran.returncode
    assert "::error file=" in ran.stdout
    assert not list(workspace.rglob("pwned"))


def test_the_action_s_summary_is_a_block_of_code(workspace: Path) -> None:
    """Nothing in a finding ends it; the step itself does not fail."""
    write(workspace, WRONG)

    assert 0 == action(workspace, "Write what changes").returncode
    tokens = MarkdownIt().parse((workspace / "summary.md").read_text(encoding="utf-8"))
    assert ["heading_open", "inline", "heading_close", "code_block"] == [token.type for token in tokens]
    assert "1 error" in tokens[-1].content


def test_in_a_pull_request_the_summary_begins_with_what_it_changes(workspace: Path) -> None:
    """Where the base is known; the findings are there in any case."""
    write(workspace / "it", GOOD)
    for arguments in (["init", "-q"], ["add", "it"], ["commit", "-qm", "x"]):
        git(workspace, *arguments)
    for base, heading in (("HEAD", "## What this changes in the register\n"), ("f" * 40, "\n## The register")):
        (workspace / "summary.md").unlink(missing_ok=True)
        assert 0 == action(workspace, "Write what changes", base, path="it").returncode
        summary = (workspace / "summary.md").read_text(encoding="utf-8")
        assert summary.startswith(heading)
        assert "## The register after this change\n\n    2 files checked" in summary


@pytest.mark.parametrize(("files", "results"), [(GOOD, 0), (WRONG, 1)])
def test_the_action_writes_sarif_where_it_is_asked_to(workspace: Path, files: dict[str, str], results: int) -> None:
    """From the work space on; findings do not fail this step."""
    write(workspace / "it", files)
    ran = action(workspace, "Write the findings as SARIF", path="it", sarif="out.sarif")
    log = json.loads((workspace / "out.sarif").read_text(encoding="utf-8"))

    assert 0 == ran.returncode, ran.stderr
    assert results == len(log["runs"][0]["results"])


def test_the_action_fails_where_there_is_no_register(workspace: Path) -> None:
    """Everything but findings is a failure of the step."""
    assert 0 != action(workspace, "Write the findings as SARIF", sarif="out.sarif").returncode


def test_the_action_installs_what_is_locked(workspace: Path) -> None:
    """Into a place of its own, from the commit that the action is pinned to."""
    put(
        workspace / "bin/python",
        f'#!/bin/sh\necho "$@" >> {workspace}/called\n/bin/mkdir -p "$3/bin"\n/bin/cp "$0" "$3/bin/python"\n',
    )
    (step,) = (each for each in ACTION["runs"]["steps"] if each["name"].startswith("Install"))
    ran = shell(
        step["run"], workspace, "-o", "pipefail",
        RUNNER_TEMP=str(workspace / "temp"), GITHUB_ACTION_PATH=str(ROOT), PYTHON=str(workspace / "bin/python"),
    )  # fmt: skip
    called = (workspace / "called").read_text(encoding="utf-8").splitlines()

    assert 0 == ran.returncode, ran.stderr
    assert [
        f"-m venv {workspace}/temp/cireg",
        f"-m pip install --quiet --require-hashes --requirement {ROOT}/requirements/runtime.txt",
        f"-m pip install --quiet --no-deps --no-build-isolation {ROOT}",
    ] == called


# The template for GitLab


def template(**inputs: str) -> dict[str, Any]:
    """The template's jobs as GitLab makes them: the inputs put into the text, then read."""
    spec, jobs = (ROOT / "templates/register.yml").read_text(encoding="utf-8").split("\n---\n")
    known = yaml.safe_load(spec)["spec"]["inputs"]
    assert ["cireg"] == [name for name, each in known.items() if "default" not in each]
    values = {name: each.get("default") for name, each in known.items()} | inputs
    shown = {name: str(value).lower() if isinstance(value, bool) else str(value) for name, value in values.items()}
    made = re.sub(r"\$\[\[ inputs\.(\w+) \]\]", lambda match: shown[match[1]], jobs)
    return dict(yaml.safe_load(made))


def gitlab(job: str, folder: Path, base: str = "", **inputs: str) -> subprocess.CompletedProcess[str]:
    """Run a job as GitLab's runner does: its lines in one shell; `base` is where a merge request starts from."""
    made = template(cireg="cireg==1.2.3", **inputs)[job]
    put(folder / "bin/cireg", CIREG)
    put(folder / "bin/python", f'#!/bin/sh\nprintf "%s\\n" "$@" > {folder}/installed\n')
    path = f"{folder}/bin:{os.environ['PATH']}"
    return shell(
        "\n".join(made["script"]), folder, "-o", "pipefail",
        PATH=path, CI_PROJECT_DIR=str(folder), CI_MERGE_REQUEST_DIFF_BASE_SHA=base, **made["variables"],
    )  # fmt: skip


def test_the_template_is_what_gitlab_reads(tmp_path: Path) -> None:
    """By its own schema, with the inputs put in."""
    path = tmp_path / "made.yml"
    path.write_text(yaml.safe_dump(template(cireg="cireg==1.2.3")), encoding="utf-8")
    code, said = run([*SCHEMA, "vendor.gitlab-ci"], path)

    assert 0 == code, said


@pytest.mark.parametrize(
    ("files", "inputs", "code", "entries"),
    [
        (GOOD, {}, 0, 0),
        (WRONG, {}, 1, 1),
        (WARNED, {}, 0, 1),
        (WARNED, {"strict": "true"}, 1, 1),
    ],
)
def test_the_template_s_check_reports_and_fails_when_the_check_does(
    tmp_path: Path, files: dict[str, str], inputs: dict[str, str], code: int, entries: int
) -> None:
    """The report is there in any case."""
    write(tmp_path / "it", files)
    ran = gitlab("cireg-check", tmp_path, path="it", **inputs)
    report = json.loads((tmp_path / "gl-code-quality-report.json").read_text(encoding="utf-8"))

    assert code == ran.returncode, ran.stderr
    assert entries == len(report)
    assert ["-m", "pip", "install", "--quiet", "cireg==1.2.3"] == (tmp_path / "installed").read_text().splitlines()


@pytest.mark.parametrize(("base", "code"), [("", 1), ("HEAD~1", 0)])
def test_in_a_merge_request_only_what_it_brings_fails_it(tmp_path: Path, base: str, code: int) -> None:
    """And the log says first what it changes."""
    history(tmp_path)
    ran = gitlab("cireg-check", tmp_path, base)

    assert code == ran.returncode, ran.stdout
    assert bool(base) == ran.stdout.startswith("1 changed improvement")


def test_the_template_builds_the_site_where_pages_are_looked_for(tmp_path: Path) -> None:
    """In the folder public at the top, wherever the register lies."""
    put(tmp_path / "bin/cireg", "")
    made = template(cireg="x")["pages"]
    fake = put(tmp_path / "bin/cireg", f'#!/bin/sh\necho "$PWD $@" > {tmp_path}/built\n')
    put(tmp_path / "bin/python", "#!/bin/sh\n")
    (tmp_path / "it").mkdir()
    ran = shell(
        "\n".join(made["script"]), tmp_path, PATH=f"{fake.parent}:{os.environ['PATH']}",
        CI_PROJECT_DIR=str(tmp_path), **(made["variables"] | {"CIREG_PATH": "it"}),
    )  # fmt: skip

    assert 0 == ran.returncode
    assert f"{tmp_path}/it build --today now --site-dir {tmp_path}/public\n" == (tmp_path / "built").read_text()
    assert ["public"] == made["artifacts"]["paths"]


@pytest.mark.parametrize(("pages", "expected"), [("true", '"true" == "true"'), ("false", '"false" == "true"')])
def test_pages_can_be_left_out(pages: str, expected: str) -> None:
    """By an input."""
    (rule,) = template(cireg="x", pages=pages)["pages"]["rules"]

    assert rule["if"].startswith(expected)


# The hooks


def test_every_hook_says_what_it_is_and_looks_at_the_whole_register() -> None:
    """Files depend on each other, so a hook gets no names; it runs when one of the register's files is committed."""
    assert ["cireg-check", "cireg-fix"] == [hook["id"] for hook in HOOKS]
    for hook in HOOKS:
        assert {"id", "name", "description", "entry", "language", "minimum_pre_commit_version", "files",
                "pass_filenames", "require_serial"} == set(hook)  # fmt: skip
        assert ("python", False) == (hook["language"], hook["pass_filenames"])
        for path in ("cireg.yaml", "improvements/a/CI-0001.yaml", "kpis/x.csv", "schema/kpi.schema.json"):
            assert re.search(hook["files"], path)
        for path in ("README.md", "docs/improvements/x.md", "cireg/cli/session.py"):
            assert not re.search(hook["files"], path)


GUIDE = (ROOT / "docs/guides/maintain.md").read_text(encoding="utf-8")


def shown(path: str) -> str:
    """The example of this file in the maintainer's guide."""
    found = re.search(rf"```yaml\n# {re.escape(path)}\n(.*?)```", GUIDE, re.DOTALL)
    assert found
    return found[1]


def test_the_guide_shows_a_workflow_that_github_reads(tmp_path: Path) -> None:
    """With inputs that the action has, and the checkout that this repository itself pins."""
    path = tmp_path / "register.yml"
    path.write_text(shown(".github/workflows/register.yml"), encoding="utf-8")
    checkout, ours = yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"]["register"]["steps"]

    assert 0 == run([*SCHEMA, "vendor.github-workflows"], path)[0]
    assert checkout["uses"] in (ROOT / ".github/workflows/check.yml").read_text(encoding="utf-8")
    assert set(ours["with"]) <= set(ACTION["inputs"])


def test_the_guide_shows_hooks_and_inputs_that_exist() -> None:
    """Of pre-commit and of the template."""
    (repository,) = yaml.safe_load(shown(".pre-commit-config.yaml"))["repos"]
    (include,) = yaml.safe_load(shown(".gitlab-ci.yml"))["include"]

    assert {each["id"] for each in repository["hooks"]} <= {hook["id"] for hook in HOOKS}
    assert (ROOT / include["file"]).is_file()
    template(**include["inputs"])


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: hook["id"])
def test_a_hook_s_command_runs(hook: dict[str, Any], tmp_path: Path) -> None:
    """0 for a clean register, 1 for one with an error."""
    name, *arguments = hook["entry"].split()
    assert "cireg" == name
    for files, code in ((GOOD, 0), (WRONG, 1)):
        write(tmp_path, files)
        command = [sys.executable, "-m", "cireg", *arguments]
        ran = subprocess.run(command, cwd=tmp_path, env=environment(PYTHONPATH=str(ROOT)), capture_output=True)
        assert code == ran.returncode, ran.stderr
