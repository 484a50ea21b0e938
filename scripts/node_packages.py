"""Find the packages for Node that tests drive or read, install them where that is asked for, and print their folder.

It only looks; with `--install` it goes on to npm, which takes exactly what requirements/package-lock.json locks and
runs nothing of what it installs. Where they are not to be had it says so in one line on stderr and exits with 1.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCKED = ("package.json", "package-lock.json")
HOME = ROOT / ".venv" / "node"
CHOSEN = "CIREG_NODE_MODULES"
INSTALL = ("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier")


def find() -> Path | None:
    """Return the folder of the installed packages, or None; CIREG_NODE_MODULES, where set, is the only choice."""
    chosen = os.environ.get(CHOSEN)
    if chosen:
        return Path(chosen) if Path(chosen).is_dir() else None
    up_to_date = all(
        (HOME / name).is_file() and (HOME / name).read_bytes() == (ROOT / "requirements" / name).read_bytes()
        for name in LOCKED
    )
    folder = HOME / "node_modules"
    return folder if up_to_date and folder.is_dir() else None


def node() -> str | None:
    """Return the path of Node, the one of the development requirements before the machine's own; None without."""
    beside = Path(sys.executable).parent / ("node.exe" if os.name == "nt" else "node")
    return str(beside) if beside.is_file() else shutil.which("node")


def missing(reason: str = "") -> str:
    """Say in one line what is not run, why, and what would change that."""
    chosen = os.environ.get(CHOSEN)
    if chosen:
        return f"tests with packages for Node not run: {CHOSEN} names {chosen}, which is no folder"
    why = f"; {reason}" if reason else ""
    return f"tests with packages for Node not run: python scripts/node_packages.py --install gets them{why}"


def main(arguments: list[str] | None = None) -> int:
    """Print the folder and return 0, or say what is missing and return 1."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--install", action="store_true", help="install what is locked where it is not there")
    install = parser.parse_args(arguments).install
    folder, reason = find(), ""
    if folder is None and install and not os.environ.get(CHOSEN):
        reason = _failure()
        folder = find()
    print(folder or missing(reason), file=sys.stdout if folder else sys.stderr)
    return 0 if folder else 1


def _failure() -> str:
    """Install what is locked; return what npm said last, or nothing when all went well."""
    npm = shutil.which("npm", path=os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")]))
    if npm is None:
        return "there is no npm"
    print("installing packages for Node, for the tests of editors", file=sys.stderr)
    HOME.mkdir(parents=True, exist_ok=True)
    for name in LOCKED:
        shutil.copyfile(ROOT / "requirements" / name, HOME / name)
    try:
        ran = subprocess.run(
            [npm, *INSTALL],
            cwd=HOME,
            capture_output=True,
            stdin=subprocess.DEVNULL,
            text=True,
            timeout=900,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"npm: {error}"
    if not ran.returncode:
        return ""
    (HOME / LOCKED[0]).unlink()  # what is half there is not there
    said = (ran.stderr.strip() or ran.stdout.strip() or f"exit code {ran.returncode}").splitlines()
    return f"npm: {said[-1].strip()}"


if __name__ == "__main__":
    sys.exit(main())
