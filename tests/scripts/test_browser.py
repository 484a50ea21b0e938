"""The finder of a browser, among programs that only play the part."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from scripts import browser

STARTS = "#!/bin/sh\necho Chromium 1.0\n"
STOPS = "#!/bin/sh\nexit 1\n"


class Machine:
    """A PATH that holds nothing but what a test puts there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.put("sudo", '#!/bin/sh\nshift\n"$@"\n')
        self.put("env", '#!/bin/sh\nshift\nexec "$@"\n')

    def put(self, name: str, script: str) -> str:
        """Add a program and return its path."""
        path = self.folder / name
        path.write_text(script, encoding="utf-8")
        path.chmod(0o755)
        return str(path)


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    """A machine without any browser, whose Playwright cannot download one."""
    made = Machine(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path / "none"))
    monkeypatch.delenv("CIREG_BROWSER", raising=False)
    monkeypatch.setattr(browser, "MAC_APPLICATIONS", ())
    monkeypatch.setattr(sys, "executable", made.put("python", "#!/bin/sh\necho no download >&2\nexit 1\n"))
    return made


def test_a_browser_that_does_not_start_is_passed_over(machine: Machine) -> None:
    """A program that only says how to install the real one is none."""
    machine.put("chromium", STOPS)
    real = machine.put("google-chrome", STARTS)

    assert real == browser.find()


def test_the_chosen_browser_is_the_only_choice(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    """CIREG_BROWSER stands over what the machine has, even where it does not start."""
    machine.put("chromium", STARTS)
    chosen = machine.put("mine", STARTS)
    monkeypatch.setenv("CIREG_BROWSER", chosen)
    assert chosen == browser.find()

    machine.put("mine", STOPS)
    assert browser.find() is None


def test_without_a_browser_one_line_says_what_is_not_run(machine: Machine, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is installed unless that was asked for."""
    machine.put("apt-get", STARTS)

    assert 1 == browser.main([])
    assert (
        "",
        "browser tests not run: no Chromium or Chrome found (install it or set CIREG_BROWSER)\n",
    ) == capsys.readouterr()


def test_a_failed_installation_is_named_in_the_same_line(machine: Machine, capsys: pytest.CaptureFixture[str]) -> None:
    """Each way that was tried gives the last line of what it said."""
    machine.put("apt-get", "#!/bin/sh\necho Reading lists\necho E: No network >&2\nexit 100\n")

    assert 1 == browser.main(["--install"])
    out, err = capsys.readouterr()
    assert "" == out
    notice, failure = err.splitlines()
    assert "no Chromium or Chrome found, installing Chromium for the browser tests" == notice
    assert f"{browser.missing()}; apt-get: E: No network; playwright: no download" == failure


@pytest.mark.parametrize("user", [0, 1000])
def test_an_installed_browser_is_printed(
    machine: Machine, user: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Lists first, then the package, by root or by a sudo that asks no password; its path is the answer."""
    monkeypatch.setattr(os, "geteuid", lambda: user)
    target = machine.folder / "chromium"
    calls = machine.folder / "calls"
    machine.put("made", STARTS)
    machine.put(
        "apt-get",
        f'#!/bin/sh\necho "$@" >> {calls}\ncase "$*" in *install*) /bin/cp {machine.folder}/made {target};; esac\n',
    )

    assert 0 == browser.main(["--install"])
    assert f"{target}\n" == capsys.readouterr().out
    assert ["update", "install"] == [line.split()[3] for line in calls.read_text("utf-8").splitlines()]
