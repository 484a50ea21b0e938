"""The packages that are built, and the locked requirements that they are built and tested with."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from dataclasses import dataclass
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

import cireg

ROOT = Path(__file__).resolve().parents[1]
PYPROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCKS = {name: ROOT / "requirements" / f"{name}.txt" for name in ("runtime", "dev")}


@dataclass(frozen=True)
class Packages:
    """What one build made: the wheel, the source archive and the wheel made from that archive."""

    wheel: Path
    sdist: Path
    wheel_of_sdist: Path


def build(source: Path, target: str, into: Path) -> Path:
    """Build `wheel` or `sdist` from a source tree and return the file."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", target, "-d", str(into)]
    ran = subprocess.run(command, cwd=source, capture_output=True, text=True, timeout=120)
    assert 0 == ran.returncode, ran.stderr
    (made,) = into.iterdir()
    return made


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Packages:
    """Build everything once."""
    folder = tmp_path_factory.mktemp("packages")
    sdist = build(ROOT, "sdist", folder / "sdist")
    with tarfile.open(sdist) as archive:
        archive.extractall(folder / "source", filter="data")
    (source,) = (folder / "source").iterdir()
    return Packages(
        wheel=build(ROOT, "wheel", folder / "wheel"),
        sdist=sdist,
        wheel_of_sdist=build(source, "wheel", folder / "again"),
    )


def files_below(folder: str) -> set[str]:
    """The paths of a folder's files relative to it, without what Python and editors leave behind."""
    paths = (path for path in (ROOT / folder).rglob("*") if path.is_file())
    return {path.relative_to(ROOT / folder).as_posix() for path in paths if path.suffix != ".pyc"}


def pins(lock: Path) -> dict[str, Version]:
    """The version of each package in a lock file."""
    found = re.findall(r"^([\w.-]+)==([^\s;]+)", lock.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {canonicalize_name(name): Version(version) for name, version in found}


def imported(node: ast.AST) -> list[str]:
    """The names of the modules that a statement imports; relative ones are the package's own."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.module and not node.level:
        return [node.module]
    return []


def test_the_wheel_carries_the_package_the_schemas_and_the_templates(packages: Packages) -> None:
    """Every file of the folders that a register needs, byte for byte, and nothing of the repository around them."""
    with zipfile.ZipFile(packages.wheel) as archive:
        carried = {name: archive.read(name) for name in archive.namelist() if ".dist-info/" not in name}

    homes = {"cireg": "cireg"} | {
        name: f"cireg/_data/{name}" for name in (".github", ".vscode", "docs", "schema", "site_templates")
    }
    expected = {
        f"{home}/{path}": (ROOT / folder / path).read_bytes()
        for folder, home in homes.items()
        for path in files_below(folder)
    } | {"cireg/_data/mkdocs.yml": (ROOT / "mkdocs.yml").read_bytes()}
    assert {"cireg/py.typed", "cireg/_data/schema/improvement.schema.json"} <= set(expected)
    assert sorted(expected) == sorted(carried)
    assert [] == [name for name in expected if expected[name] != carried[name]]


def test_the_source_archive_makes_the_same_wheel(packages: Packages) -> None:
    """Whoever builds from the archive gets what everyone gets."""
    assert packages.wheel.name == packages.wheel_of_sdist.name
    assert packages.wheel.read_bytes() == packages.wheel_of_sdist.read_bytes()


def test_the_wheel_says_what_it_is(packages: Packages) -> None:
    """Version, licence, command and plugin."""
    with zipfile.ZipFile(packages.wheel) as archive:
        info = f"cireg-{cireg.__version__}.dist-info"
        metadata = archive.read(f"{info}/METADATA").decode()
        points = archive.read(f"{info}/entry_points.txt").decode()
        assert b"the cireg authors" in archive.read(f"{info}/licenses/LICENSE")

    assert f"Version: {cireg.__version__}\n" in metadata
    assert "Requires-Python: >=3.11\n" in metadata
    assert "[console_scripts]\ncireg = cireg.__main__:main\n" in points
    assert "[mkdocs.plugins]\ncireg = cireg.site.plugin:CiregPlugin\n" in points


@pytest.fixture(scope="module")
def installed(packages: Packages, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which the wheel was installed, without what it depends on."""
    folder = tmp_path_factory.mktemp("installed").resolve()
    install = ["-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", str(folder)]
    subprocess.run([sys.executable, *install, str(packages.wheel)], check=True, timeout=120)
    return folder


def python(installed: Path, folder: Path, *arguments: str) -> str:
    """What Python prints that runs in `folder` with the installed wheel; it must succeed."""
    environment = {**os.environ, "PYTHONPATH": str(installed), "GIT_CEILING_DIRECTORIES": str(folder.parent)}
    ran = subprocess.run(
        [sys.executable, *arguments], cwd=folder, env=environment, capture_output=True, text=True, timeout=300
    )
    assert 0 == ran.returncode, ran.stdout + ran.stderr
    return ran.stdout


def test_an_installed_wheel_brings_its_own_schemas(installed: Path, tmp_path: Path) -> None:
    """Away from the repository, what is used is what was installed."""
    code = "from cireg.layout import packaged as p; print(p('schema'), p('mkdocs.yml'))"

    data = installed / "cireg" / "_data"
    assert f"{data / 'schema'} {data / 'mkdocs.yml'}\n" == python(installed, tmp_path, "-c", code)


def test_an_installed_wheel_makes_a_register_that_is_checked_and_built(installed: Path, tmp_path: Path) -> None:
    """Nothing of the repository is needed from the first file to the finished site."""
    python(installed, tmp_path, "-m", "cireg", "init", "register")
    root = tmp_path / "register"

    assert "nothing found" in python(installed, root, "-m", "cireg", "check", "--strict")
    assert "The site is in site/" in python(installed, root, "-m", "cireg", "build")
    assert (root / "site" / "improvements" / "ci-0001" / "index.html").is_file()
    assert (root / "schema" / "kpi.schema.json").read_bytes() == (ROOT / "schema" / "kpi.schema.json").read_bytes()


@pytest.mark.parametrize("name", LOCKS)
def test_every_locked_requirement_has_its_hash_and_no_address(name: str) -> None:
    """A name, a version, hashes and what it is there for; the index is each user's own."""
    text = LOCKS[name].read_text(encoding="utf-8")
    entries = re.split(r"\n(?=\w)", "\n".join(line for line in text.splitlines() if not line.startswith("#")))

    assert len(entries) > 20
    for entry in entries:
        assert re.match(r"[\w.-]+==[^\s;]+( ; [^\n]+?)? \\\n    --hash=sha256:[0-9a-f]{64}", entry.strip())
    assert not re.search(r"https?:|file:|^ *--(?!hash)", text, flags=re.MULTILINE)


@pytest.mark.parametrize(("name", "group"), [("runtime", "build"), ("dev", "dev")])
def test_the_locks_fit_what_the_project_asks_for(name: str, group: str) -> None:
    """A changed dependency without `make lock` shows here."""
    groups = PYPROJECT["dependency-groups"]
    asked = [*PYPROJECT["project"]["dependencies"], *groups["build"], *groups[group]]
    locked = pins(LOCKS[name])

    for requirement in (Requirement(text) for text in asked if isinstance(text, str)):
        assert locked[canonicalize_name(requirement.name)] in requirement.specifier


def test_the_package_imports_what_it_depends_on_and_nothing_else() -> None:
    """An import without a dependency fails at a user's; a dependency without an import is dead weight."""
    modules = {
        name.split(".")[0]
        for path in (ROOT / "cireg").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_bytes()))
        for name in imported(node)
    }
    owners = packages_distributions()
    outside = modules - sys.stdlib_module_names - {"cireg"}
    declared = {canonicalize_name(Requirement(text).name) for text in PYPROJECT["project"]["dependencies"]} - {
        "mkdocs-material"
    }  # the theme that mkdocs.yml names; no code of it is imported

    assert declared == {canonicalize_name(owners[module][0]) for module in outside}


def test_users_get_the_versions_that_are_tested() -> None:
    """All that the runtime locks, the tests run with."""
    assert pins(LOCKS["runtime"]).items() <= pins(LOCKS["dev"]).items()
