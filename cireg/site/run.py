"""What a build of the site is asked for, and what became of it: between the commands and the plugin."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path

from cireg.errors import CiregError
from cireg.findings import Finding
from cireg.opening import Opened
from cireg.site.output import Changes


@dataclass
class Run:
    """One build: `today`, `draft` and `at`, a commit, are asked for, everything else is told.

    `refused` says that errors of the register were in the way, `failure` what else was; `changes` what has
    happened to the files in `folder`.
    """

    today: str | None = None
    draft: bool = False
    at: str | None = None
    opened: Opened | None = None
    findings: list[Finding] = field(default_factory=list)
    refused: bool = False
    failure: CiregError | None = None
    folder: Path | None = None
    changes: Changes | None = None

    @property
    def errors(self) -> list[Finding]:
        """What a register is not published with."""
        return [finding for finding in self.findings if finding.severity == "error"]


_CURRENT: ContextVar[Run | None] = ContextVar("run", default=None)


@contextmanager
def running(run: Run) -> Iterator[None]:
    """Let every build within be this one."""
    token = _CURRENT.set(run)
    try:
        yield
    finally:
        _CURRENT.reset(token)


def current() -> Run:
    """The build that was asked for; MkDocs on its own asks for nothing special."""
    return _CURRENT.get() or Run()
