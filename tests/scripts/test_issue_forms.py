"""The issue forms that are committed: what the script would write, and what GitHub reads."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from cireg import kit
from cireg.issues.forms import Form, forms
from scripts import issue_forms
from tests.test_workflows import SCHEMA, run

ROOT = Path(__file__).resolve().parents[2]


def test_the_forms_are_what_the_schema_says() -> None:
    """A new source, or another word for one, is in the form too."""
    ran = subprocess.run(
        [sys.executable, str(ROOT / "scripts/issue_forms.py"), "--check"],
        env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, timeout=60,
    )  # fmt: skip

    assert (0, "") == (ran.returncode, ran.stderr)


def test_a_form_that_differs_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """So is one that is missing, and one that nobody knows."""
    monkeypatch.setattr(issue_forms, "FOLDER", tmp_path)
    monkeypatch.setattr(sys, "argv", ["issue_forms.py"])
    issue_forms.main()
    (tmp_path / "progress.yml").write_text("x", encoding="utf-8")
    (tmp_path / "reading.yml").unlink()
    (tmp_path / "stray.yml").write_text("x", encoding="utf-8")
    monkeypatch.setattr(sys, "argv", ["issue_forms.py", "--check"])

    with pytest.raises(SystemExit, match=r"progress\.yml, reading\.yml, stray\.yml: out of date"):
        issue_forms.main()


def test_github_reads_them() -> None:
    """By its own schemas."""
    paths = [issue_forms.FOLDER / f"{form.name}.yml" for form in forms()]
    for schema, given in {
        "vendor.github-issue-forms": paths,
        "vendor.github-issue-config": [issue_forms.FOLDER / "config.yml"],
    }.items():
        code, said = run([*SCHEMA, schema], *given)
        assert 0 == code, said


@pytest.mark.parametrize("form", forms(), ids=lambda form: form.name)
def test_a_form_asks_every_question_and_its_answers_come_back_by_the_labels(form: Form) -> None:
    """In the order in which they are read."""
    body = yaml.safe_load(issue_forms.texts()[f"{form.name}.yml"])["body"]
    asked = [each for each in body if each["type"] != "markdown"]

    assert list(form.labels()) == [each["attributes"]["label"] for each in asked]
    assert [each.required for each in form.questions] == [
        each.get("validations", {}).get("required", False) for each in asked
    ]
    assert all(len(each["attributes"].get("options", "x")) for each in asked)


def test_a_new_register_has_the_same_forms() -> None:
    """Byte for byte."""
    made = dict(kit.kept("Register", "cireg==1.2.3"))

    for name, text in issue_forms.texts().items():
        assert text.encode() == made[f".github/ISSUE_TEMPLATE/{name}"]
