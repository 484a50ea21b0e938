"""`cireg build` as it is called: what it says, how it ends, and that it is what MkDocs would build."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests import small_register
from tests.running import call, environment, program
from tests.site.conftest import GUIDE, MKDOCS, tree


@pytest.fixture
def register(tmp_path: Path) -> Path:
    """A small register, outside any repository, in MkDocs' own theme."""
    files = {"mkdocs.yml": MKDOCS.format(theme="mkdocs"), "docs/guide.md": GUIDE.replace("#why", "")}
    items = small_register.files(small_register.fields("assessed"), small_register.fields(id="CI-0002"))
    return small_register.write(tmp_path / "register", files | items)


def broken(register: Path) -> None:
    """Plant an error."""
    data = small_register.fields("assessed", vision=None)
    small_register.write(register, small_register.files(data))


def test_it_says_where_the_site_is_and_what_has_changed(register: Path) -> None:
    """Once, and as of which day."""
    first = call(register, "build", "--today", "2026-11-23")
    second = call(register, "build", "--today", "2026-11-23")

    assert 0 == first.code, first.err
    assert first.out.startswith("The site is in site/: ")
    assert "as of 2026-11-23 (--today)\n" == first.err
    assert " 0 files written, " in second.out
    assert (register / "site" / "improvements" / "ci-0001" / "index.html").is_file()


def test_another_folder_can_be_chosen(register: Path, tmp_path: Path) -> None:
    """From where the command is called, which may be within the register."""
    ran = call(register / "improvements", "build", "--site-dir", "../public", "--today", "2026-11-23")

    assert 0 == ran.code, ran.err
    assert (register / "public" / "index.html").is_file()
    assert not (register / "site").exists()


def test_a_register_with_errors_is_refused(register: Path) -> None:
    """With the errors, what to do, and the way round; the site that is there stays."""
    call(register, "build", "--today", "2026-11-23")
    before = tree(register / "site")
    broken(register)
    ran = call(register, "build", "--today", "2026-11-23")

    assert 1 == ran.code
    assert "improvements/CI-0001.yaml:" in ran.err
    assert "The register has 1 error. Mend them, or build it all the same: cireg build --draft\n" in ran.err
    assert "the site was not built" in ran.err
    assert before == tree(register / "site")


def test_a_draft_is_built_with_its_errors_on_the_pages(register: Path) -> None:
    """And is said to be one."""
    broken(register)
    ran = call(register, "build", "--draft", "--today", "2026-11-23")

    assert 0 == ran.code, ran.err
    assert "a draft: its pages show what is wrong (1 error)\n" in ran.err
    assert "vision.goal" in (register / "site" / "improvements" / "ci-0001" / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[x](../gone/)", "cireg: links of the site lead nowhere:\n  guide/: ../gone/"),
        ("[x](gone.md)", "warning: Doc file 'guide.md' contains a link 'gone.md'"),
    ],
)
def test_a_link_that_leads_nowhere_fails_the_build(register: Path, text: str, said: str) -> None:
    """Whoever finds it."""
    (register / "docs" / "guide.md").write_text(f"# A guide\n\n{text}\n", encoding="utf-8")
    ran = call(register, "build", "--today", "2026-11-23")

    assert 1 == ran.code
    assert said in ran.err
    assert "the site was not built" in ran.err


@pytest.mark.parametrize(
    ("arguments", "change", "said"),
    [
        (("--today", "someday"), None, "--today is 'someday'"),
        ((), ("mkdocs.yml", None), "there is no mkdocs.yml"),
        ((), ("mkdocs.yml", "site_name: x\n"), "mkdocs.yml does not use cireg"),
        ((), ("mkdocs.yml", "site_name: [x"), "mkdocs.yml cannot be used"),
        ((), ("site_templates/improvement.html.j2", "{{ 1 + 1 }}"), "improvement.html.j2:1 cannot be used"),
    ],
)
def test_what_is_no_fault_of_the_register_ends_with_two(
    register: Path, arguments: tuple[str, ...], change: tuple[str, str | None] | None, said: str
) -> None:
    """Usage and environment, in one line that names what to look at."""
    if change is not None and change[1] is None:
        (register / change[0]).unlink()
    elif change is not None:
        small_register.write(register, {change[0]: str(change[1])})
    ran = call(register, "build", *arguments)

    assert 2 == ran.code
    assert said in ran.err
    assert "Traceback" not in ran.err


def test_mkdocs_builds_the_same_bytes_elsewhere_in_another_zone_locale_and_hash_seed(
    register: Path, tmp_path: Path
) -> None:
    """Nothing of the machine or the hour is in the site."""
    ran = program(register, "build", TZ="Pacific/Kiritimati", LC_ALL="C", PYTHONHASHSEED="1", CIREG_TODAY="2026-11-23")
    assert 0 == ran.code, ran.err
    elsewhere = tmp_path / "else" / "where"
    shutil.copytree(register, elsewhere, ignore=shutil.ignore_patterns("site"))
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict"],
        cwd=elsewhere,
        env=environment(TZ="America/Adak", LC_ALL="C.UTF-8", PYTHONHASHSEED="2", CIREG_TODAY="2026-11-23")
        | {"PYTHONPATH": os.fspath(Path(__file__).resolve().parents[2])},
        capture_output=True,
        check=False,
    )

    assert 0 == done.returncode, done.stderr.decode()
    assert tree(register / "site") == tree(elsewhere / "site")
    assert 50 < len(tree(elsewhere / "site"))
