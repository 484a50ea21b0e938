"""The finder of packages for Node, with an npm that only plays the part."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from scripts import node_packages

NPM = """\
#!/bin/sh
echo "$@" > arguments
/bin/mkdir -p node_modules
"""


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with nothing installed, and a PATH of its own."""
    (tmp_path / "requirements").mkdir()
    for name in node_packages.LOCKED:
        (tmp_path / "requirements" / name).write_text("{}\n", encoding="utf-8")
    monkeypatch.setattr(node_packages, "ROOT", tmp_path)
    monkeypatch.setattr(node_packages, "HOME", tmp_path / "home")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(sys, "executable", str(tmp_path / "bin/python"))
    monkeypatch.delenv(node_packages.CHOSEN, raising=False)
    return tmp_path


def put(machine: Path, name: str, script: str) -> None:
    """Add a program."""
    path = machine / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(script, encoding="utf-8")
    path.chmod(0o755)


def test_what_is_locked_has_its_hash_and_names_no_registry() -> None:
    """Wherever it is fetched from, it is the same."""
    lock = json.loads((Path(__file__).resolve().parents[2] / "requirements/package-lock.json").read_text("utf-8"))
    packages = {name: each for name, each in lock["packages"].items() if name}

    assert len(packages) > 30
    assert [] == [name for name, each in packages.items() if not each["integrity"].startswith("sha512-")]
    assert [] == [name for name, each in packages.items() if "resolved" in each]


def test_without_npm_it_says_what_is_not_run(machine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In one line, with what would change that."""
    assert 1 == node_packages.main(["--install"])
    said = capsys.readouterr()

    assert "" == said.out
    assert 1 == said.err.count("\n")
    assert "tests with packages for Node not run: python scripts/node_packages.py --install gets them" in said.err
    assert "there is no npm" in said.err


def test_it_installs_what_is_locked_and_runs_nothing_of_it(machine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Once: the second time everything is there."""
    put(machine, "npm", NPM)
    assert None is node_packages.find()
    assert 0 == node_packages.main(["--install"])

    assert str(machine / "home/node_modules") == capsys.readouterr().out.strip()
    assert "ci --ignore-scripts" in (machine / "home/arguments").read_text(encoding="utf-8")
    (machine / "npm").unlink()
    assert 0 == node_packages.main(["--install"])


def test_another_lock_is_installed_anew(machine: Path) -> None:
    """What was installed by an older one is not what the tests are to run with."""
    put(machine, "npm", NPM)
    node_packages.main(["--install"])
    (machine / "requirements/package-lock.json").write_text('{"new": 1}\n', encoding="utf-8")

    assert None is node_packages.find()


def test_what_could_not_be_installed_is_not_there(machine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With what npm said last."""
    put(machine, "npm", "#!/bin/sh\n/bin/mkdir node_modules\necho one >&2\necho no network >&2\nexit 1\n")

    assert 1 == node_packages.main(["--install"])
    assert "npm: no network" in capsys.readouterr().err
    assert None is node_packages.find()


def test_the_chosen_folder_is_the_only_choice(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Even where it is not there."""
    monkeypatch.setenv(node_packages.CHOSEN, str(machine / "mine"))
    assert None is node_packages.find()
    assert f"names {machine / 'mine'}, which is no folder" in node_packages.missing()

    (machine / "mine").mkdir()
    assert machine / "mine" == node_packages.find()


def test_node_is_the_one_beside_python_before_the_machine_s(machine: Path) -> None:
    """The development requirements bring one of the right age along."""
    assert None is node_packages.node()
    put(machine, "node", "")
    assert str(machine / "node") == node_packages.node()

    put(machine, "bin/node", "")
    assert str(machine / "bin/node") == node_packages.node()
