"""What a register is made of: derived from this repository's own files, and right in a register."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
import yaml

from cireg import kit, lint
from cireg.cli import COMMANDS
from cireg.files import MemoryTree
from cireg.layout import schema_document
from cireg.register import load
from tests.test_workflows import ACTIONLINT, SCHEMA, ZIZMOR, run

ROOT = Path(__file__).resolve().parents[1]
TODAY = date(2026, 3, 1)
NAMES = ["Improvement register", 'Say "yes": {it} # works\\1', "改善 🎉", "no", "a: b"]


def everything(name: str = NAMES[0], requirement: str = "cireg==1.2.3") -> dict[str, bytes]:
    """All files of a new register, by path."""
    return dict([*kit.kept(name, requirement), *kit.begun(name), *kit.examples(name, TODAY)])


def text(path: str, **given: str) -> str:
    """One of the files."""
    return everything(**given)[path].decode()


@pytest.mark.parametrize("name", NAMES)
def test_a_new_register_passes_the_check_without_a_remark(name: str) -> None:
    """Whatever it is called."""
    register = load(MemoryTree(everything(name)), lambda _: TODAY)

    assert [] == lint.check(register)
    assert 0 == register.unread
    assert name == register.config.get("name")
    assert (1, 1) == (len(register.improvements), len(register.kpis))


def test_it_has_the_people_that_improvement_needs() -> None:
    """As roles."""
    register = load(MemoryTree(everything()), lambda _: TODAY)

    assert {"improvement-manager", "data-analyst", "service-desk-lead"} == set(register.config.people)


def test_the_examples_are_labelled_as_such() -> None:
    """In the file, in the title and beside each reading."""
    files = everything()
    made = [path for path in files if path.startswith(("improvements/", "kpis/"))]

    assert [
        "improvements/CI-0001-example-answer-portal-requests-within-a.yaml",
        "kpis/first-answer-hours.csv",
        "kpis/first-answer-hours.yaml",
    ] == sorted(made)
    assert text(made[0]).splitlines()[1] == "# EXAMPLE: all of this is invented. Make it your own, or delete it."
    assert 'title: "Example: answer' in text(made[0])
    assert "# EXAMPLE:" in text("kpis/first-answer-hours.yaml")
    assert "EXAMPLE" in text("cireg.yaml")


def test_the_readings_are_of_the_last_months_that_are_over() -> None:
    """Over the turn of a year too."""
    header, *rows = text("kpis/first-answer-hours.csv").splitlines()

    assert "period,value,note" == header
    assert ["2025-09", "2025-10", "2025-11", "2025-12", "2026-01", "2026-02"] == [row.split(",")[0] for row in rows]
    assert {"example"} == {row.split(",")[2] for row in rows}


def test_schemas_and_guides_are_copies() -> None:
    """Byte for byte."""
    files = everything()

    for folder in ("schema", "docs"):
        copies = {path: data for path, data in files.items() if path.startswith(f"{folder}/")}
        originals = {
            path.relative_to(ROOT).as_posix(): path.read_bytes()
            for path in (ROOT / folder).rglob("*")
            if path.is_file()
        }
        assert originals == copies
        assert len(copies) > 3


@pytest.mark.parametrize("name", NAMES)
def test_the_site_is_this_one_under_another_name(name: str) -> None:
    """Nothing else differs from the settings that are tested here."""
    ours = (ROOT / "mkdocs.yml").read_text(encoding="utf-8").splitlines()
    made = text("mkdocs.yml", name=name).splitlines()
    (changed,) = [new for old, new in zip(ours, made, strict=True) if old != new]

    assert {"site_name": name} == yaml.safe_load(changed)


def test_the_workflows_are_these_ones_with_cireg_installed() -> None:
    """The same pins, the same steps; what tests cireg's own code is gone."""
    for name in ("check.yml", "comment.yml", "publish.yml", "readings.yml"):
        ours = (ROOT / ".github" / "workflows" / name).read_text(encoding="utf-8")
        made = text(f".github/workflows/{name}", requirement="cireg==1.2.3")

        assert set(made.splitlines()) - set(ours.splitlines()) == {"        run: python -m pip install cireg==1.2.3"}
        assert "requirements/" not in made
        assert "editable" not in made
        assert "--today now" in made
    assert ["register"] == list(yaml.safe_load(text(".github/workflows/check.yml"))["jobs"])
    assert ["find", "render", "comment"] == list(yaml.safe_load(text(".github/workflows/comment.yml"))["jobs"])
    assert ["build", "deploy"] == list(yaml.safe_load(text(".github/workflows/publish.yml"))["jobs"])
    assert ["collect", "propose"] == list(yaml.safe_load(text(".github/workflows/readings.yml"))["jobs"])


REQUIREMENTS = [
    "cireg==1.2.3",
    "cireg @ git+https://forge.example/cireg@0123456789abcdef",
    "./wheels/it's here/cireg-1.2.3-py3-none-any.whl",
    "cireg; echo $(id) \\1 `x` # no comment: \"quoted\"",
]  # fmt: skip


@pytest.mark.parametrize("requirement", REQUIREMENTS)
def test_the_linters_find_nothing_in_the_workflows(tmp_path: Path, requirement: str) -> None:
    """Whatever is to be installed is one word for the shell."""
    for path, data in everything(requirement=requirement).items():
        if path.startswith(".github/"):
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_bytes(data)
    workflows = sorted((tmp_path / ".github" / "workflows").iterdir())
    code, said = run(ZIZMOR, tmp_path / ".github")

    assert (0, True) == (code, "No findings to report" in said), said
    assert (0, "") == run(ACTIONLINT, *workflows)
    assert 0 == run([*SCHEMA, "vendor.github-workflows"], *workflows)[0]
    assert 0 == run([*SCHEMA, "vendor.dependabot"], tmp_path / ".github" / "dependabot.yml")[0]


@pytest.mark.parametrize("requirement", REQUIREMENTS)
def test_pip_gets_the_requirement_as_it_was_given(requirement: str, tmp_path: Path) -> None:
    """The step is run as it stands, with a python that says what it was called with."""
    steps = yaml.safe_load(text(".github/workflows/check.yml", requirement=requirement))["jobs"]["register"]["steps"]
    (step,) = [step for step in steps if step["name"] == "Install cireg"]
    fake = tmp_path / "python"
    fake.write_text('#!/bin/sh\nprintf "%s\\n" "$@"\n', encoding="utf-8")
    fake.chmod(0o755)
    code, said = run(["env", f"PATH={tmp_path}:/usr/bin:/bin", "bash", "-e", "-c", step["run"]])

    assert (0, ["-m", "pip", "install", requirement]) == (code, said.splitlines())


def test_the_template_of_pull_requests_says_nothing_of_cireg_s_code() -> None:
    """The rest is as it is here."""
    ours = (ROOT / ".github" / "pull_request_template.md").read_text(encoding="utf-8")
    made = text(".github/pull_request_template.md")

    assert ours.startswith(made)
    assert "## For the reviewer" in made
    assert "make test" not in made


def test_updates_are_proposed_for_actions_alone() -> None:
    """A register has no Python packages of its own."""
    updates = yaml.safe_load(text(".github/dependabot.yml"))["updates"]

    assert ["github-actions"] == [each["package-ecosystem"] for each in updates]


def test_what_is_derived_from_must_be_there() -> None:
    """A step that was renamed is noticed, not left out in silence."""
    with pytest.raises(ValueError, match="0 places match"):
        kit._workflow("jobs:\n", "cireg")


def test_the_first_configuration_explains_itself_without_promising_fields() -> None:
    """Every field that a comment offers is one of the schema."""
    known = set(schema_document("config")["properties"])
    offered = set(re.findall(r"^# ([a-z_]+):(?: |$)", text("cireg.yaml"), flags=re.MULTILINE))

    assert {"forge", "links", "publish"} <= offered <= known
    assert "approvals" in schema_document("config")["properties"]["policy"]["properties"]


def test_the_readme_leads_only_to_what_is_there() -> None:
    """Its links, and the commands that it shows."""
    files = everything()
    links = re.findall(r"\]\(([^)#]+)\)", text("README.md"))
    commands = re.findall(r"^\$ cireg (\w+)", text("README.md"), flags=re.MULTILINE)

    assert len(links) > 3
    assert set(links) <= set(files)
    assert len(commands) > 3
    assert set(commands) <= set(COMMANDS)
