"""Find a Chromium or Chrome for the browser tests, install one where that is asked for, and print its path.

It only looks; with `--install` it goes on to apt-get, where that needs no password, and then to the download
that Playwright offers. Where there is none it says so in one line on stderr and exits with 1.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC_APPLICATIONS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
APT = ("env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-o", "DPkg::Lock::Timeout=300")
PACKAGES = ("chromium", "fonts-liberation")
ASK_PLAYWRIGHT = """
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    print(playwright.chromium.executable_path)
"""


def find() -> str | None:
    """Return the path of a browser that starts, or None; CIREG_BROWSER, where set, is the only choice."""
    chosen = os.environ.get("CIREG_BROWSER")
    return next(filter(_starts, [chosen] if chosen else _candidates()), None)


def missing(reasons: tuple[str, ...] = ()) -> str:
    """Say in one line that the browser tests do not run, why, and what would change that."""
    chosen = os.environ.get("CIREG_BROWSER")
    if chosen:
        return f"browser tests not run: CIREG_BROWSER names {chosen}, which does not start"
    why = "".join(f"; {reason}" for reason in reasons)
    return f"browser tests not run: no Chromium or Chrome found (install it or set CIREG_BROWSER){why}"


def main(arguments: list[str] | None = None) -> int:
    """Print the browser's path and return 0, or say what is missing and return 1."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--install", action="store_true", help="install Chromium where none is found")
    install = parser.parse_args(arguments).install
    path, reasons = find(), []
    if path is None and install and not os.environ.get("CIREG_BROWSER"):
        print("no Chromium or Chrome found, installing Chromium for the browser tests", file=sys.stderr)
        for commands in _ways_to_install():
            reasons += _failure(commands)
            path = find()
            if path:
                break
    print(path or missing(tuple(reasons)), file=sys.stdout if path else sys.stderr)
    return 0 if path else 1


def _candidates() -> Iterator[str]:
    """Yield paths where a browser may be, the machine's own first."""
    yield from filter(None, map(shutil.which, NAMES))
    yield from filter(os.path.exists, MAC_APPLICATIONS)
    # In a process of its own: Playwright cannot start a second time where a test has it running.
    ran = subprocess.run([sys.executable, "-c", ASK_PLAYWRIGHT], capture_output=True, text=True, check=False)
    if ran.returncode == 0:
        yield ran.stdout.strip()


def _starts(path: str) -> bool:
    """Tell whether the program starts: one that only says how to install the real one does not."""
    try:
        command = [path, "--version"]
        ran = subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return ran.returncode == 0


def _ways_to_install() -> Iterator[list[list[str]]]:
    """Yield the commands of each way to get Chromium that may work here."""
    if shutil.which("apt-get"):
        apt = [[*APT, "update"], [*APT, "install", "-y", "--no-install-recommends", *PACKAGES]]
        if os.geteuid() == 0:
            yield apt
        elif shutil.which("sudo") and not _failure([["sudo", "-n", "true"]]):
            yield [["sudo", "-n", *command] for command in apt]
    yield [[sys.executable, "-m", "playwright", "install", "chromium"]]


def _failure(commands: list[list[str]]) -> list[str]:
    """Run the commands until one fails; return what that one said last, or nothing when all went well."""
    for command in commands:
        name = next((word for word in ("apt-get", "playwright") if word in command), command[0])
        try:
            ran = subprocess.run(
                command, capture_output=True, stdin=subprocess.DEVNULL, text=True, timeout=900, check=False
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            return [f"{name}: {error}"]
        if ran.returncode:
            said = (ran.stderr.strip() or ran.stdout.strip() or f"exit code {ran.returncode}").splitlines()
            return [f"{name}: {said[-1].strip()}"]
    return []


if __name__ == "__main__":
    sys.exit(main())
