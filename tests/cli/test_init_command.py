"""`cireg init` as it is called."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cireg.cli import cli


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder outside any repository, as the current one."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str) -> Result:
    """The command line."""
    return CliRunner().invoke(cli, list(arguments), catch_exceptions=False)


def test_a_new_register_is_checked_and_takes_a_proposal(elsewhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything that was made is named, and what to do next."""
    made = run("init", "my register", "--name", "Ours")
    monkeypatch.chdir(elsewhere / "my register")

    assert 0 == made.exit_code
    assert "new            my register/cireg.yaml\n" in made.stdout
    assert "  cd 'my register'\n  cireg check\n  cireg build\n  git init -b main\n" in made.stderr
    checked = run("check", "--strict")
    assert (0, True) == (checked.exit_code, "nothing found" in checked.stdout), checked.stdout
    assert (
        "improvements/CI-0002-tell-sooner.yaml\n"
        == run("new", "--title", "Tell sooner", "--opportunity", "Nobody knows.").stdout
    )
    assert 0 == run("check").exit_code


def test_again_it_says_what_it_left_and_no_more(elsewhere: Path) -> None:
    """Nothing to do next where nothing is new."""
    run("init", "register")
    (elsewhere / "register" / "README.md").write_text("Ours.\n", encoding="utf-8")
    again = run("init", "register")

    assert "left as it is  register/README.md\n" == again.stdout
    assert "had nothing to change." in again.stderr
    assert "Next:" not in again.stderr


def test_in_the_current_folder_and_in_git_there_is_less_to_do(elsewhere: Path) -> None:
    """No folder to go to, no repository to begin."""
    subprocess.run(["git", "init", "-q"], check=True, timeout=60)
    made = run("init")

    assert "new            cireg.yaml\n" in made.stdout
    assert "  cd " not in made.stderr
    assert "git init" not in made.stderr
    assert "git add ." in made.stderr


def test_in_a_part_of_a_repository_it_tells_where_the_workflows_belong(elsewhere: Path) -> None:
    """The forge looks for them at the top and nowhere else."""
    subprocess.run(["git", "init", "-q", "whole"], check=True, timeout=60)

    assert f"move .github to {elsewhere / 'whole'}\n" in run("init", "whole/part").stderr
    assert "move .github" not in run("init", "whole").stderr


def test_what_it_makes_is_complete_for_git(elsewhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The steps that it names are run; nothing is ignored, and the register is clean afterwards."""
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(elsewhere / "gitconfig"))
    (elsewhere / "gitconfig").write_text("[user]\nname = Somebody\nemail = x@it.example\n", encoding="utf-8")
    steps = [line.strip() for line in run("init", "register").stderr.splitlines() if line.startswith("  ")]
    typed = " && ".join(step for step in steps if step.startswith(("cd ", "git ")))
    done = subprocess.run(["sh", "-c", typed], check=True, capture_output=True, text=True, timeout=60)
    monkeypatch.chdir(elsewhere / "register")
    listed = subprocess.run(["git", "ls-files"], capture_output=True, text=True, check=True, timeout=60).stdout

    assert "Start the improvement register" in done.stdout
    assert {".cireg-init.json", ".gitignore", "cireg.yaml", "mkdocs.yml"} < set(listed.splitlines())
    assert {path.relative_to(elsewhere / "register").as_posix() for path in Path.cwd().rglob("*")
            if path.is_file() and ".git" not in path.parts} == set(listed.splitlines())  # fmt: skip
    assert "as of" in run("check").stderr


def test_what_the_workflows_install_can_be_chosen(elsewhere: Path) -> None:
    """As pip takes it."""
    run("init", "register", "--cireg-from", "cireg @ https://forge.example/cireg.whl")
    workflow = (elsewhere / "register" / ".github" / "workflows" / "check.yml").read_text(encoding="utf-8")

    assert "python -m pip install 'cireg @ https://forge.example/cireg.whl'" in workflow


def test_a_process_refuses_a_link_with_2(elsewhere: Path) -> None:
    """And writes nothing behind it."""
    (elsewhere / "outside").mkdir()
    (elsewhere / "register").symlink_to(elsewhere / "outside")
    done = subprocess.run(
        [sys.executable, "-m", "cireg", "init", "register"], capture_output=True, text=True, timeout=60
    )

    assert (2, "") == (done.returncode, done.stdout)
    assert "register is a symbolic link" in done.stderr
    assert [] == list((elsewhere / "outside").iterdir())


def test_help_starts_with_examples() -> None:
    """Before any option is listed."""
    said = run("init", "--help").stdout

    assert "\n    cireg init my-register\n" in said[: said.index("Options:")]
