"""The same register on the same day makes the same bytes: wherever, whenever and by whomever it is built."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.running import environment
from tests.site import built


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This register in another clone: its files written in another order, at another time, with other rights."""
    folder = tmp_path_factory.mktemp("elsewhere") / "a register with blanks in its path, \u00e4 and \u4e2d"
    if (built.ROOT / ".git").exists():  # pages show what git knows, which is the same for the same commit
        subprocess.run(["git", "clone", "-q", "--no-checkout", str(built.ROOT), str(folder)], check=True)
    sources = [built.ROOT / "cireg.yaml", built.ROOT / "mkdocs.yml"]
    sources += [path for name in ("improvements", "kpis", "docs") for path in (built.ROOT / name).rglob("*")]
    for n, source in enumerate(sorted((path for path in sources if path.is_file()), reverse=True)):
        target = folder / source.relative_to(built.ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
        target.chmod(0o600)
        os.utime(target, (86_400 * n, 86_400 * n))
    return folder


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site as it is built half a day behind Greenwich, with the C locale."""
    site = tmp_path_factory.mktemp("here") / "site"
    built.build(built.ROOT, site, CIREG_SITE_URL=built.SITE_URL, TZ="Etc/GMT+12", LC_ALL="C", PYTHONHASHSEED="1")
    return site


def test_another_place_makes_the_same_site(here: Path, elsewhere: Path, tmp_path: Path) -> None:
    """Another time zone, locale, hash seed, folder and another age of every file: not one byte differs."""
    others = {"TZ": "Pacific/Kiritimati", "LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "4711", "PYTHONUTF8": "1"}
    built.build(elsewhere, tmp_path / "site", CIREG_SITE_URL=built.SITE_URL, HOME=str(tmp_path), **others)
    first, second = built.files(here), built.files(tmp_path / "site")

    assert [] == sorted(path for path in first.keys() | second.keys() if first.get(path) != second.get(path))
    assert {} == {path: 1 for path, data in second.items() if str(elsewhere).encode() in data}


def test_building_again_writes_nothing(here: Path) -> None:
    """Every file stays as it was, to the nanosecond."""
    before = {path: (here / path).stat().st_mtime_ns for path in built.paths(here)}
    said = built.build(built.ROOT, here, CIREG_SITE_URL=built.SITE_URL, TZ="Asia/Tokyo", PYTHONHASHSEED="2")

    assert f": 0 files written, {len(before):,} as they were, 0 removed." in said.out
    assert before == {path: (here / path).stat().st_mtime_ns for path in built.paths(here)}


def test_mkdocs_alone_makes_the_same_site(here: Path, tmp_path: Path) -> None:
    """`mkdocs build --strict` is as good as `cireg build`, for whom that is a habit."""
    more = {"CIREG_SITE_URL": built.SITE_URL, "CIREG_TODAY": built.TODAY, "NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(tmp_path / "site")]
    subprocess.run(command, cwd=built.ROOT, env=environment(PYTHONPATH=str(built.ROOT), **more), check=True)
    first, second = built.files(here), built.files(tmp_path / "site")

    assert [] == sorted(path for path in first.keys() | second.keys() if first.get(path) != second.get(path))


def test_another_day_changes_what_speaks_of_the_day(here: Path, tmp_path: Path) -> None:
    """Else the three tests above would prove nothing about the clock."""
    built.build(built.ROOT, tmp_path / "site", "--today", "2026-11-24", CIREG_SITE_URL=built.SITE_URL)
    first, second = built.files(here), built.files(tmp_path / "site")

    assert first.keys() == second.keys()
    assert first["sitemap.xml"] != second["sitemap.xml"]
    assert first["index.html"] != second["index.html"]
    assert first["rules/overdue/index.html"] == second["rules/overdue/index.html"]
