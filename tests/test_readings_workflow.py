"""The workflow that brings readings in: its shell is run as it stands, with a register, a remote and stand-ins."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests import measured_register as made
from tests.running import ROOT, environment
from tests.small_register import write

WORKFLOW = yaml.safe_load((ROOT / ".github" / "workflows" / "readings.yml").read_text(encoding="utf-8"))
OLD = "period,value\n2026-08,7\n"
FEED = "kpi,period,value\nanswer-hours,2026-08,7\nanswer-hours,2026-09,6.5\nfirst-try,2026-09,80\n"


def steps(job: str) -> Iterator[dict[str, Any]]:
    """The steps of a job that a shell runs and that install nothing."""
    return (each for each in WORKFLOW["jobs"][job]["steps"] if "run" in each and "pip install" not in each["run"])


def git(folder: Path, *arguments: str) -> str:
    """What git answers in a folder."""
    ran = subprocess.run(["git", *arguments], cwd=folder, capture_output=True, text=True, check=True, timeout=60)
    return ran.stdout


class Place:
    """A runner: a checkout of main, its remote, and what `curl` and `gh` would do."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.checkout, self.remote, self.temp = folder / "checkout", folder / "remote.git", folder / "temp"
        self.outputs, self.asked = folder / "outputs", folder / "asked"
        self.temp.mkdir()
        bin_ = folder / "bin"
        bin_.mkdir()
        self._tool(bin_ / "cireg", f'exec {sys.executable} -m cireg "$@"')
        self._tool(
            bin_ / "curl",
            f'printf "%s\\n" "$*" >> {self.asked}\n'
            'while [ $# -gt 0 ]; do [ "$1" = --output ] && { cp "$FEED" "$2"; exit $?; }; shift; done',
        )
        self._tool(
            bin_ / "gh",
            f'printf "%s|" "$@" >> {self.asked}; echo >> {self.asked}\n[ "$1 $2" = "pr list" ] && echo "$OPEN"; :',
        )
        self.path = f"{bin_}:{os.environ['PATH']}"
        register = write(self.checkout, {
            "kpis/answer-hours.yaml": made.kpi(), "kpis/answer-hours.csv": OLD,
            "kpis/nested/first-try.yaml": made.kpi("first-try", better="higher"),
        })  # fmt: skip
        git(folder, "init", "-q", "--bare", "-b", "main", str(self.remote))
        git(register, "init", "-q", "-b", "main")
        git(register, "remote", "add", "origin", str(self.remote))
        for name in ("name", "email"):
            git(register, "config", f"user.{name}", "x")
        git(register, "add", ".")
        git(register, "commit", "-q", "-m", "Start")
        git(register, "push", "-q", "origin", "main")

    @staticmethod
    def _tool(path: Path, body: str) -> None:
        path.write_text(f"#!/bin/bash\n{body}\n", encoding="utf-8")
        path.chmod(0o755)

    def run(self, job: str, feed: str = FEED, open_requests: int = 0) -> subprocess.CompletedProcess[str]:
        """The steps of a job one after the other, as the runner's shell does, up to the first that fails."""
        (self.folder / "feed").write_text(feed, encoding="utf-8")
        more = {
            "PATH": self.path, "PYTHONPATH": str(ROOT), "RUNNER_TEMP": str(self.temp),
            "FEED": str(self.folder / "feed"),
            "GITHUB_OUTPUT": str(self.outputs), "READINGS_URL": "https://bi.example/readings.csv?a=1&b=$(id)",
            "BASE": "main", "BODY": "Readings.", "GH_TOKEN": "none", "OPEN": str(open_requests),
            "GIT_CONFIG_GLOBAL": os.devnull,
        }  # fmt: skip
        for step in steps(job):
            done = subprocess.run(
                ["bash", "-e", "-c", step["run"]], cwd=self.checkout, env=environment(**more), capture_output=True,
                text=True, check=False, timeout=120,
            )  # fmt: skip
            if done.returncode:
                break
        return done

    def clean(self) -> None:
        """The checkout as the next job gets it."""
        git(self.checkout, "reset", "-q", "--hard", "origin/main")
        git(self.checkout, "clean", "-q", "-f", "-d")

    def branch(self) -> dict[str, str]:
        """What the branch of the pull request changes: path to text."""
        names = git(self.remote, "diff", "--name-only", "main", "readings").split()
        return {name: git(self.remote, "show", f"readings:{name}") for name in names}


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


def test_new_readings_become_a_pull_request(place: Place) -> None:
    """In both KPIs' files, and nothing else; the address is asked for as it is."""
    done = place.run("collect")
    assert 0 == done.returncode, done.stdout + done.stderr
    assert "changed=true\n" == place.outputs.read_text("utf-8")
    assert "--url https://bi.example/readings.csv?a=1&b=$(id)" in place.asked.read_text("utf-8")
    place.clean()
    done = place.run("propose")
    assert 0 == done.returncode, done.stdout + done.stderr
    assert {
        "kpis/answer-hours.csv": OLD + "2026-09,6.5\n", "kpis/nested/first-try.csv": "period,value\n2026-09,80\n",
    } == place.branch()  # fmt: skip
    assert "pr|create|--head|readings|--base|main|--title|Add readings|--body|Readings.|" in place.asked.read_text(
        "utf-8"
    )
    assert "github-actions[bot]" == git(place.remote, "log", "-1", "--format=%an", "readings").strip()


def test_nothing_new_changes_nothing(place: Place) -> None:
    """What is there already is passed over, and the second job does not run."""
    done = place.run("collect", "kpi,period,value\nanswer-hours,2026-08,7\n")
    assert (0, "changed=false\n") == (done.returncode, place.outputs.read_text("utf-8"))


@pytest.mark.parametrize(
    "feed",
    ["kpi,period,value\nanswer-hours,2026-08,9\n", "kpi,period,value\nnobody,2026-08,9\n", "<html>Sign in</html>", ""],
)
def test_a_feed_that_is_wrong_ends_the_job(place: Place, feed: str) -> None:
    """A reading that differs, a KPI that is not there, no feed at all: nothing is handed over."""
    done = place.run("collect", feed)
    assert 0 != done.returncode
    assert not place.outputs.exists()


def test_a_feed_that_does_not_come_ends_the_job(place: Place) -> None:
    """Nothing is measured."""
    (place.folder / "bin" / "curl").write_text("#!/bin/sh\nexit 22\n", encoding="utf-8")
    assert 22 == place.run("collect").returncode
    assert not place.outputs.exists()


def test_a_second_delivery_uses_the_branch_that_is_there(place: Place) -> None:
    """The same readings push nothing, later ones replace it; one pull request stays one."""
    for feed, new in ((FEED, True), (FEED, False), (FEED + "answer-hours,2026-10,6\n", True)):
        before = git(place.remote, "for-each-ref", "refs/heads/readings")
        place.clean()
        place.run("collect", feed)
        place.clean()
        assert 0 == place.run("propose", open_requests=1).returncode
        assert new is (before != git(place.remote, "for-each-ref", "refs/heads/readings"))
    assert place.branch()["kpis/answer-hours.csv"].endswith("2026-10,6\n")
    assert "pr|create" not in place.asked.read_text("utf-8")


def test_only_readings_are_taken_over(place: Place) -> None:
    """Whatever else a change that is handed over holds is left out."""
    for name in ("kpis/answer-hours.csv", "kpis/answer-hours.yaml", "cireg.yaml", ".github/workflows/x.yml", "x.csv"):
        path = place.checkout / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as file:
            file.write("# more\n")
    git(place.checkout, "add", "--all")
    (place.temp / "readings.patch").write_text(git(place.checkout, "diff", "--cached"), encoding="utf-8")
    place.clean()
    assert 0 == place.run("propose").returncode
    assert ["kpis/answer-hours.csv"] == list(place.branch())


def test_a_change_without_readings_ends_the_job(place: Place) -> None:
    """Nothing is pushed and nothing proposed."""
    (place.checkout / "cireg.yaml").write_text("version: 2\n", encoding="utf-8")
    (place.temp / "readings.patch").write_text(git(place.checkout, "diff"), encoding="utf-8")
    place.clean()
    assert 0 != place.run("propose").returncode
    assert "" == git(place.remote, "for-each-ref", "refs/heads/readings")
