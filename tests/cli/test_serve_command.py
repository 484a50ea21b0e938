"""`cireg serve` as a program: it shows the site, follows every change, and ends when told to."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests import small_register
from tests.running import environment, program
from tests.site.conftest import GUIDE, MKDOCS

WAIT = 120  # seconds, after which something is wrong


@pytest.fixture
def register(tmp_path: Path) -> Path:
    """A small register in MkDocs' own theme."""
    files = {"mkdocs.yml": MKDOCS.format(theme="mkdocs"), "docs/guide.md": GUIDE.replace("#why", "")}
    items = small_register.files(small_register.fields("assessed", title="First title"))
    return small_register.write(tmp_path / "register", files | items)


@dataclass(frozen=True)
class Served:
    """A server on its way: its address, its process, and where what it says is written."""

    url: str
    process: subprocess.Popen[bytes]
    said: Path

    def page(self, path: str) -> str:
        """The page at a path; nothing while there is none."""
        try:
            with urllib.request.urlopen(self.url + path, timeout=WAIT) as answer:
                return str(answer.read().decode())
        except OSError:
            return ""

    def wait(self, until: Callable[[], bool]) -> None:
        """Wait for what is to come; fail with what was said when it does not, or the server ends."""
        end = time.monotonic() + WAIT
        while not until():
            assert self.process.poll() is None, self.said.read_text(encoding="utf-8")
            assert time.monotonic() < end, self.said.read_text(encoding="utf-8")
            time.sleep(0.1)


@pytest.fixture
def served(register: Path, tmp_path: Path) -> Iterator[Served]:
    """The register, shown by a process of its own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{probe.getsockname()[1]}"
    command = [sys.executable, "-m", "cireg", "serve", "--address", address, "--today", "2026-11-23"]
    said = tmp_path / "said.txt"
    root = str(Path(__file__).resolve().parents[2])
    with said.open("wb") as output:
        before = signal.signal(signal.SIGINT, signal.default_int_handler)  # a job in the background ignores it
        process = subprocess.Popen(
            command, cwd=register, env=environment(PYTHONPATH=root), stdout=output, stderr=output
        )
        signal.signal(signal.SIGINT, before)
        try:
            yield Served(f"http://{address}/base/", process, said)
        finally:
            process.kill()
            process.wait()


def retitle(register: Path, title: str, **more: Any) -> None:
    """Change the improvement."""
    data = small_register.fields("assessed", title=title, **more)
    small_register.write(register, small_register.files(data))


def test_the_site_follows_the_register_and_outlives_its_errors(register: Path, served: Served) -> None:
    """A change is shown; an error is told, the last good site stays, and the next good one is shown again."""
    served.wait(lambda: "First title" in served.page("improvements/ci-0001/"))
    retitle(register, "Second title")
    served.wait(lambda: "Second title" in served.page("improvements/ci-0001/"))
    retitle(register, "Third title", vision=None)
    served.wait(lambda: "the register has 1 error" in served.said.read_text(encoding="utf-8"))
    assert "Second title" in served.page("improvements/ci-0001/")
    retitle(register, "Fourth title")
    served.wait(lambda: "Fourth title" in served.page("improvements/ci-0001/"))
    small_register.write(register, {"docs/guide.md": GUIDE.replace("#why", "") + "More words.\n"})
    served.wait(lambda: "More words." in served.page("guide/"))

    served.process.send_signal(signal.SIGINT)
    assert 0 == served.process.wait(WAIT)
    assert "Traceback" not in served.said.read_text(encoding="utf-8")
    assert not (register / "site").exists()


def test_a_register_with_errors_is_not_shown(register: Path) -> None:
    """It says so, and how to see it all the same."""
    retitle(register, "x", vision=None)
    ran = program(register, "serve", "--today", "2026-11-23")

    assert 1 == ran.code
    assert (
        "the register has 1 error; `cireg build --draft` builds it all the same\n  improvements/CI-0001.yaml:"
        in ran.err
    )
    assert "Traceback" not in ran.err


def test_an_address_that_is_taken_is_named(register: Path) -> None:
    """In one line."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        ran = program(register, "serve", "--address", f"127.0.0.1:{taken.getsockname()[1]}", "--today", "2026-11-23")

    assert 2 == ran.code
    assert "cireg: the site cannot be shown: Address already in use\n" in ran.err
