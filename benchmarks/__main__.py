"""Prints each figure beside its peer's: `make bench`, or `python -m benchmarks --runs 5`."""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks import history
from benchmarks.measure import Contest, contest, cpu
from benchmarks.pages import as_markdown
from benchmarks.registers import EXAMPLE, make
from benchmarks.verdicts import SIZES, fooled
from benchmarks.verdicts import make as verdicts_register

VERDICT_SECONDS = 3.0  # of CPU, for 200 KPIs of 120 readings and 2,000 improvements of two measures


def main() -> None:
    options = argparse.ArgumentParser(description="What cireg costs beside its peers.")
    options.add_argument("--runs", type=int, default=3, help="counted runs of each command")
    options.add_argument("--size", type=int, default=1000, help="improvements in the register")
    given = options.parse_args()
    print(f"{'median CPU of ' + str(given.runs) + ' runs each, in turn':<44}{'cireg':>10}  {'peer':>10}   ratio")
    over = False
    with tempfile.TemporaryDirectory() as scratch:
        for each in contests(Path(scratch), given.size, given.runs):
            print(each, flush=True)
            over = over or each.ratio > each.limit
        over = not verdicts_hold(Path(scratch), given.runs) or over
        print(f"{'a past of 5,000 commits, 10,000 improvements':<44}")
        for one in history.measured(Path(scratch), given.runs):
            print(one, flush=True)
            over = over or one.seconds > one.limit
    sys.exit(1 if over else 0)


def verdicts_hold(scratch: Path, runs: int) -> bool:
    """Judge noise and a large register, print what comes of it; whether all of it is within its limits."""
    print(f"{'the verdict beside the last point against the target':<44}")
    held = True
    for before, after, allowed in SIZES:
        each = fooled(before, after, allowed)
        print(each, flush=True)
        held = held and each.ours <= each.limit
    register = verdicts_register(scratch / "load")
    command = [sys.executable, "-m", "cireg", "verdict", "--format", "json"]
    spent = statistics.median(cpu(command, register) for _ in range(runs))
    within = "within" if spent <= VERDICT_SECONDS else "OVER"
    print(f"{'verdict, 200 KPIs and 2,000 improvements':<44}{spent:8.3f} s  {within} {VERDICT_SECONDS:g} s CPU")
    return held and spent <= VERDICT_SECONDS


def contests(scratch: Path, size: int, runs: int) -> Iterator[Contest]:
    python = sys.executable
    tools = Path(python).parent
    yield contest(
        "cireg --help / import click",
        [python, "-m", "cireg", "--help"], [python, "-c", "import click"],
        limit=1.5, runs=max(runs, 15), folder=EXAMPLE,
    )  # fmt: skip
    register = make(scratch / "register", size)
    files = [str(path) for path in sorted((register / "improvements").iterdir())]
    schema = str(register / "schema" / "improvement.schema.json")
    yield contest(
        f"check {size:,} / check-jsonschema",
        [python, "-m", "cireg", "check"], [str(tools / "check-jsonschema"), "--schemafile", schema, *files],
        limit=0.1, runs=runs, folder=register,
    )  # fmt: skip
    build = [python, "-m", "cireg", "build", "--draft"]
    cpu(build, register)
    pages = as_markdown(register / "site", scratch / "pages")
    yield contest(
        f"build {size:,} / mkdocs-material, a page each",
        build, [python, "-m", "mkdocs", "build", "--strict"],
        limit=0.25, runs=runs, folder=register, peer_folder=pages,
    )  # fmt: skip


if __name__ == "__main__":
    main()
