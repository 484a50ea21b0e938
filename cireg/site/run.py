"""What a build of the site is asked for, and what became of it: `cireg build` on one side, the plugin on the other."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from cireg.findings import Finding
from cireg.opening import Opened
from cireg.site.output import Changes


@dataclass
class Run:
    """One build: `today` and `draft` are asked for, the rest is told; `refused` says that errors were in the way."""

    today: str | None = None
    draft: bool = False
    opened: Opened | None = None
    findings: list[Finding] = field(default_factory=list)
    refused: bool = False
    changes: Changes | None = None


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
