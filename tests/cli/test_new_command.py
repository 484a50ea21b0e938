"""`cireg new` as it is called: in a repository, outside one, by a person and by a script."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cireg import clock
from cireg.cli import cli, new_command
from cireg.errors import CiregError

CONFIG = """\
version: 1
name: Test register
timezone: Pacific/Auckland
forge: {url: "https://forge.example/it/register", branch: trunk}
goals: [{id: g-happier-users, name: Happier users}]
people: [{id: service-desk-lead, name: Service desk lead, emails: [lead@it.example]}]
services: [{id: workplace, name: Workplace}]
"""
EXISTING = """\
id: CI-0007
title: Cut password-reset tickets
status: proposed
opportunity: Too many people ask for a new password.
history: [{on: 2026-01-10, status: proposed, by: anonymous}]
"""
TITLE = "Answer portal requests sooner"
SAID = ("--title", TITLE, "--opportunity", "They wait three days.")
MADE = "improvements/CI-0008-answer-portal-requests-sooner.yaml"


@pytest.fixture
def register(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A register outside git, as the current folder, late on a day that is the next one in its time zone."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "gitconfig"))
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    monkeypatch.setenv("CIREG_TODAY", "2020-01-01")
    monkeypatch.setattr(clock, "_now", lambda: datetime(2026, 11, 23, 20, tzinfo=UTC))
    (tmp_path / "gitconfig").write_text("[user]\nname = Somebody\nemail = lead@it.example\n", encoding="utf-8")
    root = tmp_path / "a register"
    (root / "improvements").mkdir(parents=True)
    (root / "cireg.yaml").write_text(CONFIG, encoding="utf-8")
    (root / "improvements" / "CI-0007.yaml").write_text(EXISTING, encoding="utf-8")
    monkeypatch.chdir(root)
    return root


@pytest.fixture
def repository(register: Path) -> Path:
    """The register in a repository of its own, with everything committed on trunk."""
    git("init", "-q", "-b", "trunk")
    git("add", ".")
    git("commit", "-q", "-m", "Start")
    return register


def git(*arguments: str) -> str:
    """What git answers in the current folder."""
    return subprocess.run(["git", *arguments], capture_output=True, check=True, text=True, timeout=60).stdout


def run(*arguments: str, answers: str = "") -> Result:
    """The command line; what cireg complains of is raised."""
    return CliRunner().invoke(cli, ["new", *arguments], input=answers, catch_exceptions=False)


def files(root: Path) -> list[str]:
    """The improvements that the register holds."""
    return sorted(path.name for path in (root / "improvements").iterdir())


def checked(root: Path) -> tuple[int, str]:
    """What check says of the register, which is told its day."""
    done = CliRunner().invoke(cli, ["check", "--today", "2026-11-24"])
    return done.exit_code, done.stdout


def test_two_answers_make_a_file_that_passes_the_check(register: Path) -> None:
    """Its path goes to stdout; it is dated by the clock in the register's time zone, and by nothing else."""
    done = run(*SAID)
    text = (register / MADE).read_text(encoding="utf-8")

    assert (0, f"{MADE}\n") == (done.exit_code, done.stdout)
    assert text.startswith("# yaml-language-server: $schema=../schema/improvement.schema.json\nid: CI-0008\n")
    assert text.endswith("history:\n  - {on: 2026-11-24, status: proposed, by: service-desk-lead}\n")
    assert 0 == checked(register)[0], checked(register)[1]


def test_outside_git_it_says_how_to_get_into_it(register: Path) -> None:
    """The file is made all the same."""
    said = run(*SAID).stderr

    assert "git init" in said
    assert "git switch" not in said


def test_the_next_steps_can_be_typed_as_they_stand(repository: Path) -> None:
    """Every line is run, in a folder whose name has a blank; then nothing is left to commit."""
    (repository / "improvements" / "deeper").mkdir()
    os.chdir(repository / "improvements" / "deeper")
    said = run(*SAID).stderr
    steps = [line for line in said.splitlines() if line.startswith("  git ")]
    for step in steps[:-1]:
        subprocess.run(step, shell=True, check=True, capture_output=True, timeout=60)  # noqa: S602 (the test's point)

    assert "propose/ci-0008-answer-portal-requests-sooner" == git("branch", "--show-current").strip()
    assert "Propose CI-0008" == git("log", "-1", "--format=%s").strip()
    assert "" == git("status", "--porcelain")
    assert "  git push -u origin propose/ci-0008-answer-portal-requests-sooner" == steps[-1]
    assert "open a pull request into trunk: https://forge.example/it/register" in said


def test_nothing_is_pushed_where_there_is_nowhere_to_push_to(repository: Path) -> None:
    """Without a remote and without a forge the way ends with the commit."""
    (repository / "cireg.yaml").write_text(CONFIG.replace("forge:", "# forge:"), encoding="utf-8")
    said = run(*SAID).stderr

    assert "git commit" in said
    assert "git push" not in said


def test_an_id_is_free_on_every_branch_local_and_remote(repository: Path) -> None:
    """Two people who propose on the same day do not take the same number, if one has fetched."""
    git("switch", "-q", "-c", "elsewhere")
    (repository / "improvements" / "CI-0011-local.yaml").write_text("x: 1\n", encoding="utf-8")
    git("add", ".")
    git("commit", "-q", "-m", "Local")
    git("mv", "improvements/CI-0011-local.yaml", "improvements/CI-0015-remote.yaml")
    git("commit", "-q", "-m", "Remote")
    git("update-ref", "refs/remotes/upstream/other", "HEAD")
    git("reset", "-q", "--hard", "HEAD~1")
    git("switch", "-q", "trunk")
    done = run(*SAID)

    assert "improvements/CI-0016-answer-portal-requests-sooner.yaml\n" == done.stdout
    assert "  git push -u upstream propose/" in done.stderr


def test_what_it_resembles_is_shown_first(register: Path) -> None:
    """To a script too, which is asked nothing."""
    done = run("--title", "Cut password-reset tickets by half", "--opportunity", "Many.")

    assert done.stderr.startswith("It resembles:\n  CI-0007  ")
    assert ["CI-0007.yaml", "CI-0008-cut-password-reset-tickets-by-half.yaml"] == files(register)


def test_a_script_that_says_too_little_is_told_all_that_is_missing(register: Path) -> None:
    """And nothing is written."""
    runner = CliRunner()
    done = runner.invoke(cli, ["new", "--no-input"])

    assert isinstance(done.exception, CiregError)
    assert "title is missing\n" in done.stderr
    assert "opportunity is missing\n" in done.stderr
    assert ["CI-0007.yaml"] == files(register)


def test_wrong_options_are_named_before_anything_is_asked(register: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody answers five questions to be refused for a goal."""
    monkeypatch.setattr(new_command, "_is_interactive", lambda: True)
    done = CliRunner().invoke(cli, ["new", "--goal", "g-happy-users", "--service", "work", "--follows", "CI-0070"])

    assert isinstance(done.exception, CiregError)
    assert "there is no goal g-happy-users in cireg.yaml\n  did you mean g-happier-users?\n" in done.stderr
    assert "there is no service work in cireg.yaml\n  did you mean workplace?\n" in done.stderr
    assert "there is no improvement CI-0070\n  did you mean CI-0007?\n" in done.stderr
    assert "What should be better" not in done.stderr
    assert ["CI-0007.yaml"] == files(register)


def test_questions_are_the_schema_s_and_each_answer_is_judged_at_once(
    register: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A wrong answer is asked for again; choices are shown; what an option said is not asked."""
    monkeypatch.setattr(new_command, "_is_interactive", lambda: True)
    answers = ["x" * 301, TITLE, "They wait.", "gossip", "feedback", "work", "workplace", "", ""]
    done = run("--tag", "portal", answers="\n".join(answers))
    text = (register / MADE).read_text(encoding="utf-8")

    assert 0 == done.exit_code
    for said in (
        "What should be better? One line.: ", "title must have at most 300 characters, not 301",
        "  feedback              Users or customers said so.", "source cannot be 'gossip'",
        "  workplace  Workplace", "did you mean workplace?", "Who proposes it? [service-desk-lead]: ",
    ):  # fmt: skip
        assert said in done.stderr
    assert f"{MADE}\n" == done.stdout
    assert "source: feedback\nservices: [workplace]\ntags: [portal]\nopportunity: |\n  They wait.\n" in text


@pytest.mark.parametrize(("answer", "made"), [("y", 1), ("n", 2)])
def test_a_person_may_find_that_the_idea_is_there_already(
    register: Path, monkeypatch: pytest.MonkeyPatch, answer: str, made: int
) -> None:
    """Then nothing is written; else the questions go on."""
    monkeypatch.setattr(new_command, "_is_interactive", lambda: True)
    done = run(answers=f"Cut password-reset tickets by half\nMany.\n{answer}\n\n\n\n")

    assert 0 == done.exit_code
    assert "Is it this one? [y/N]: " in done.stderr
    assert ("Nothing was written." in done.stderr) == (made == 1)
    assert made == len(files(register))


def test_yes_skips_that_question(register: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The lookalikes are shown all the same."""
    monkeypatch.setattr(new_command, "_is_interactive", lambda: True)
    done = run("--yes", answers="Cut password-reset tickets by half\nMany.\n\n\n\n")

    assert "CI-0007" in done.stderr
    assert "[y/N]" not in done.stderr
    assert 2 == len(files(register))


def test_a_link_in_the_way_is_not_followed(register: Path, tmp_path: Path) -> None:
    """The folder of improvements may have been put there by a stranger."""
    (register / "improvements" / "CI-0007.yaml").unlink()
    (register / "improvements").rmdir()
    (tmp_path / "outside").mkdir()
    (register / "improvements").symlink_to(tmp_path / "outside")
    with pytest.raises(CiregError, match="outside the register"):
        run(*SAID)

    assert [] == list((tmp_path / "outside").iterdir())


def test_contributed_text_is_harmless_at_the_terminal(register: Path) -> None:
    """A lookalike's title with something that hides is shown with an escape."""
    text = EXISTING.replace("Cut password", "Cut\u00ad password")
    (register / "improvements" / "CI-0007.yaml").write_text(text, encoding="utf-8")
    said = run("--title", "Cut password-reset tickets", "--opportunity", "Many.").stderr

    assert "\u00ad" not in said
    assert "Cut\\xad password-reset" in said


def test_at_a_terminal_it_asks(register: Path) -> None:
    """A real process at a real terminal."""
    parent, child = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "cireg", "new", "--opportunity", "They wait."],
        stdin=child, stdout=subprocess.PIPE, stderr=child,
    )  # fmt: skip
    os.close(child)
    os.write(parent, f"{TITLE}\n\n\nSomebody else\n".encode())
    made, _ = process.communicate(timeout=60)
    os.close(parent)

    assert (0, f"{MADE}\n") == (process.returncode, made.decode())
    assert "by: Somebody else}\n" in (register / MADE).read_text(encoding="utf-8")


def test_a_process_without_a_terminal_exits_2_when_it_would_have_to_ask(register: Path) -> None:
    """Nothing hangs in a pipeline."""
    done = subprocess.run(
        [sys.executable, "-m", "cireg", "new"], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60
    )

    assert (2, "") == (done.returncode, done.stdout)
    assert "title is missing" in done.stderr


def test_help_starts_with_examples() -> None:
    """Before any option is listed."""
    said = run("--help").stdout

    assert "\n    cireg new --title " in said[: said.index("Options:")]
