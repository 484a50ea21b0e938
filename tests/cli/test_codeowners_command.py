"""`cireg codeowners` in a real repository."""

from __future__ import annotations

from pathlib import Path

from tests.repositories import Repository
from tests.running import call
from tests.small_register import fields, text
from tests.test_codeowners import CONFIG

DAY = ("--today", "2026-11-23")
ITEM = text(fields(practices=["service-desk"]))


def made(folder: Path, prefix: str = "") -> Repository:
    """A repository with a register in a folder of it."""
    repository = Repository(folder)
    repository.commit({f"{prefix}cireg.yaml": CONFIG, f"{prefix}improvements/CI-0001.yaml": ITEM})
    return repository


def drift(folder: Path) -> bool:
    """Whether check warns."""
    return "[codeowners-drift]" in call(folder, "check", *DAY).out


def test_it_writes_what_a_forge_reads_and_check_watches_it(tmp_path: Path) -> None:
    """Until an owner changes; then the same command mends it. Without a change nothing is written."""
    root = made(tmp_path).folder
    first = call(root, "codeowners")
    watched = [drift(root)]
    same = call(root, "codeowners", "--diff")
    (root / "cireg.yaml").write_text(CONFIG.replace("@desk", "@helpdesk"), encoding="utf-8")
    watched.append(drift(root))
    shown = call(root, "codeowners", "--diff")
    again = call(root, "codeowners")
    watched.append(drift(root))

    assert (0, ".github/CODEOWNERS\n") == (first.code, first.out)
    assert (0, ".github/CODEOWNERS says what the register says\n") == (same.code, same.err)
    assert (1, True) == (shown.code, "+/improvements/CI-0001.yaml @helpdesk" in shown.out)
    assert 0 == again.code
    assert [False, True, False] == watched


def test_a_file_that_is_there_is_kept_and_a_missing_mark_is_a_warning(tmp_path: Path) -> None:
    """Wherever forges look for it."""
    root = made(tmp_path).folder
    (root / "CODEOWNERS").write_text("* @all\n", encoding="utf-8")
    ran = call(root, "codeowners")
    content = (root / "CODEOWNERS").read_text(encoding="utf-8")
    (root / "CODEOWNERS").write_text(content.replace("# cireg: end", "# the end"), encoding="utf-8")

    assert (0, "CODEOWNERS\n", "* @all\n\n# cireg: begin") == (ran.code, ran.out, content[:22])
    assert drift(root)
    assert 2 == call(root, "codeowners").code


def test_a_register_in_a_folder_writes_at_the_top(tmp_path: Path) -> None:
    """With the way from there; called from a folder below."""
    repository = made(tmp_path, "it/register/")
    ran = call(repository.folder / "it/register/improvements", "codeowners", "--file", ".gitlab/CODEOWNERS")
    content = (repository.folder / ".gitlab/CODEOWNERS").read_text(encoding="utf-8")

    assert (0, "../../../.gitlab/CODEOWNERS\n") == (ran.code, ran.out)
    assert "/it/register/improvements/CI-0001.yaml @desk\n" in content


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    """It might lead anywhere."""
    root = made(tmp_path / "register").folder
    (tmp_path / "elsewhere").write_text("x", encoding="utf-8")
    (root / "CODEOWNERS").symlink_to(tmp_path / "elsewhere")
    ran = call(root, "codeowners")

    assert (2, "x") == (ran.code, (tmp_path / "elsewhere").read_text(encoding="utf-8"))
