"""What check reports, as plain data: a place in a file and what was found there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A spot in a file: `path` from the register's root with "/"; line and column from 1, in code points."""

    path: str
    line: int = 1
    column: int = 1


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found at one place: `message` says what, `help` how to mend it."""

    place: Place
    code: str
    rule: str
    severity: Severity
    message: str
    help: str

    @property
    def sort_key(self) -> tuple[str, int, int, str]:
        """Findings are listed by path, line, column and code."""
        return (self.place.path, self.place.line, self.place.column, self.code)


@dataclass(frozen=True, slots=True)
class Found:
    """What a reader or a rule came upon, before the rule's code and severity are put to it.

    `help` and `severity` stand over the rule's own where they are given.
    """

    rule: str
    place: Place
    message: str
    help: str = ""
    severity: Severity | None = None
