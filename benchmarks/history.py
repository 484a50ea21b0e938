"""A register with a past: 10,000 improvements in 5,000 commits; its history, and what a branch of it changes."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measure import cpu
from benchmarks.registers import make

SIZE, COMMITS, REVISIONS = 10_000, 5_000, 23_000
CACHED, COLD = 1.5, 1.0  # times git's own work; cold, one pass of our reader is added to it
SINCE_SECONDS, DIFF_SECONDS = 0.6, 2.5  # of CPU, on a branch that changes one file
_OURS = (
    "import sys; from pathlib import Path; from cireg.git import Git; from cireg.files import Cache; "
    "from cireg.history import read_history; g = Git('.'); folder = Path(sys.argv[1]); "
    "h = read_history(g, g.resolve('main'), cache=Cache(folder, 'blobs'), log=Cache(folder, 'log')); "
    "print(len(h.lives))"
)
_READER = (
    "import sys; from cireg.git import Git; from cireg.facts import facts; "
    "blobs = sys.stdin.read().split(); g = Git('.'); "
    "[facts('improvements/x.yaml', raw) for _, raw in g.blobs(blobs, 1 << 18)]"
)


@dataclass(frozen=True, slots=True)
class Timed:
    """What was measured, in seconds, and the most that it may be."""

    name: str
    seconds: float
    limit: float

    def __str__(self) -> str:
        word = "within" if self.seconds <= self.limit else "OVER"
        return f"{self.name:<44}{self.seconds:8.3f} s  {word} {self.limit:.3f} s"


def build(folder: Path) -> Path:
    """The register as a repository: everything in the first commit, then a few files that change in each."""
    register = make(folder, SIZE)
    files = sorted((register / "improvements").iterdir())
    texts = {path.name: path.read_bytes() for path in files}
    _git(register, "init", "-q", "-b", "main")
    _git(register, "fast-import", "--quiet", input_=b"".join(_stream(register, texts)))
    _git(register, "reset", "-q", "--hard", "main")
    return register


def _stream(register: Path, texts: dict[str, bytes]) -> Iterator[bytes]:
    config = (register / "cireg.yaml").read_bytes()
    yield _head(0) + b"M 644 inline cireg.yaml\n" + _data(config)
    for name, text in texts.items():
        yield b"M 644 inline improvements/" + name.encode() + b"\n" + _data(text)
    names = list(texts)
    each, at = (REVISIONS - SIZE) / (COMMITS - 1), 0.0
    done = 0
    for number in range(1, COMMITS):
        yield _head(number)
        at += each
        while done < at:
            name = names[(done * 7919) % len(names)]
            texts[name] += f"# revision {done}\n".encode()
            yield b"M 644 inline improvements/" + name.encode() + b"\n" + _data(texts[name])
            done += 1


def _head(number: int) -> bytes:
    when = 1_700_000_000 + number * 3600
    return f"commit refs/heads/main\ncommitter a <a@example.org> {when} +0000\ndata 8\na change\n".encode()


def _data(content: bytes) -> bytes:
    return b"data %d\n%s\n" % (len(content), content)


def measured(folder: Path, runs: int) -> Iterator[Timed]:
    """History cold and cached, then what a branch of one file costs; each the median of the runs after the first."""
    register = build(folder / "history")
    log = ["git", "log", "--first-parent", "--raw", "--no-abbrev", "-z", "--format=%H%ct", "--", "improvements"]
    told = subprocess.run([*log[:5], "--format=", "--", "improvements"], cwd=register, capture_output=True, check=True)
    blobs = b"".join(each + b"\n" for each in sorted({line.split()[3] for line in told.stdout.splitlines()}))
    git = _median(lambda: (_run(log, register), _run(["git", "cat-file", "--batch"], register, blobs)), runs)
    reader = _median(lambda: _run([sys.executable, "-c", _READER], register, blobs), runs)
    cache = folder / "cache"
    ours = [sys.executable, "-c", _OURS, str(cache)]

    def cold() -> None:
        for each in cache.glob("*"):
            each.unlink()
        _run(ours, register)

    yield Timed("history, cold", _median(cold, runs), COLD * git + reader)
    yield Timed("history, cached", _median(lambda: _run(ours, register), runs), CACHED * git)
    _git(register, "switch", "-q", "-c", "branch")
    first = sorted((register / "improvements").iterdir())[0]
    first.write_bytes(first.read_bytes() + b"# one change\n")
    _git(register, "-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-q", "-a", "-m", "change")
    for name, arguments, limit in (
        ("check --since, one file changed", ["check", "--since", "main"], SINCE_SECONDS),
        ("diff, one file changed", ["diff", "main"], DIFF_SECONDS),
    ):
        command = [sys.executable, "-m", "cireg", *arguments]
        cpu(command, register)  # fills the cache
        yield Timed(name, statistics.median(cpu(command, register) for _ in range(runs)), limit)


def _median(work: Callable[[], object], runs: int) -> float:
    spent = []
    for run in range(runs + 1):
        start = time.perf_counter()
        work()
        if run:
            spent.append(time.perf_counter() - start)
    return statistics.median(spent)


def _run(command: list[str], folder: Path, input_: bytes = b"") -> None:
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
    subprocess.run(command, cwd=folder, input=input_, env=environment, stdout=subprocess.DEVNULL, check=True)


def _git(folder: Path, *arguments: str, input_: bytes = b"") -> None:
    subprocess.run(["git", *arguments], cwd=folder, input=input_, check=True, capture_output=True)


if __name__ == "__main__":
    import tempfile

    with tempfile.TemporaryDirectory() as scratch:
        for one in measured(Path(scratch), 2):
            print(one, flush=True)
