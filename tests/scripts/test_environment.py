"""Making .venv where something is missing: each time one plain line says what."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "environment.sh"

PYTHON = """\
#!/bin/sh
case "$*" in
*version_info*) exit {too_old} ;;
*ensurepip*) exit {without_venv} ;;
*"-m venv"*) /bin/mkdir -p .venv/bin && /bin/cp "$0" .venv/bin/python ;;
*--require-hashes*) echo "ERROR: no such host"; exit {offline} ;;
*--editable*) echo "ERROR: no such file"; exit {broken} ;;
esac
"""


class Checkout:
    """A folder with the script alone, and a PATH with the Pythons that a test puts there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.programs = folder / "programs"
        self.programs.mkdir()
        (folder / "scripts").mkdir()
        shutil.copy(SCRIPT, folder / "scripts")
        for tool in ("cat", "dirname", "touch"):
            (self.programs / tool).symlink_to(shutil.which(tool) or tool)

    def put(
        self,
        name: str = "python3",
        *,
        too_old: int = 0,
        without_venv: int = 0,
        offline: int = 0,
        broken: int = 0,
    ) -> None:
        """Add a Python that has the faults that are set to 1."""
        path = self.programs / name
        script = PYTHON.format(too_old=too_old, without_venv=without_venv, offline=offline, broken=broken)
        path.write_text(script, encoding="utf-8")
        path.chmod(0o755)

    def run(self, **environment: str) -> tuple[int, str]:
        """Run the script for the runtime requirements; return its exit code and what it said on stderr."""
        ran = subprocess.run(
            ["/bin/sh", "scripts/environment.sh", "runtime"],
            cwd=self.folder,
            env={"PATH": str(self.programs), **environment},
            capture_output=True,
            text=True,
            timeout=60,
        )
        return ran.returncode, ran.stderr


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    """A checkout on a machine without any Python."""
    return Checkout(tmp_path)


NONE = (
    "cireg: Python 3.11 or newer is needed and none was found; install it, or name it: make PYTHON=/path/to/python3\n"
)


def test_without_python_it_says_so(checkout: Checkout) -> None:
    """And what to do about it."""
    assert (1, NONE) == checkout.run()


def test_an_old_python_is_none(checkout: Checkout) -> None:
    """One that is too old, or a stand-in that does not start, is passed over."""
    checkout.put("python3", too_old=1)

    assert (1, NONE) == checkout.run()


def test_a_python_without_venv_is_named(checkout: Checkout) -> None:
    """Debian and Ubuntu ship it apart."""
    checkout.put("python3", without_venv=1)

    expected = "cireg: python3 has no venv module; on Debian and Ubuntu install python3-venv\n"
    assert (1, expected) == checkout.run()


def test_the_chosen_python_is_the_only_choice(checkout: Checkout) -> None:
    """A good one beside it does not stand in for it."""
    checkout.put("python3")
    checkout.put("mine", too_old=1)

    assert (1, "cireg: PYTHON=mine is no Python 3.11 or newer\n") == checkout.run(PYTHON="mine")


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("offline", "requirements/runtime.txt could not be installed, is the network there?"),
        ("broken", "cireg itself could not be installed"),
    ],
)
def test_a_failed_installation_is_one_line(checkout: Checkout, fault: str, said: str) -> None:
    """What pip said is in a file; nothing counts as done."""
    checkout.put("python3", **{fault: 1})

    assert (1, f"cireg: {said}; what pip said is in .venv/install.log\n") == checkout.run()
    assert "ERROR: no such" in (checkout.folder / ".venv/install.log").read_text(encoding="utf-8")
    assert not (checkout.folder / ".venv/.runtime").exists()


def test_under_ci_what_pip_said_is_shown(checkout: Checkout) -> None:
    """Nobody can look into a file there afterwards."""
    checkout.put("python3", offline=1)
    code, said = checkout.run(CI="true")

    assert 1 == code
    assert said.startswith("ERROR: no such host\ncireg: requirements/runtime.txt could not be installed")


def test_a_good_python_among_bad_ones_is_found(checkout: Checkout) -> None:
    """The newest that works makes .venv, and the stamp that make looks at is set."""
    checkout.put("python3.14", too_old=1)
    checkout.put("python3.13", without_venv=1)
    checkout.put("python3.11")

    assert (0, "") == checkout.run()
    assert (checkout.folder / ".venv/.runtime").exists()
