"""How a rule is declared: one object that is check, documentation, example and test at once."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from cireg.findings import Place, Severity

Scope = Literal["file", "improvement", "kpi", "register", "history", "change"]


@dataclass(frozen=True, slots=True)
class Hit:
    """What a rule came upon; `help` and `severity` stand over the rule's own where they are given."""

    place: Place
    message: str
    help: str = ""
    severity: Severity | None = None


Hits: TypeAlias = Iterator[Hit]
Files: TypeAlias = str | dict[str, Any]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule.

    `title` is the rule as a sentence, `why` says why it matters, `mend` what to do. `bad` and `good` are
    examples (see `cireg.rules.examples`). `scope` says what `check` is called with: an improvement or a KPI and
    the register, or the register alone; of scope "history" with an improvement, what git knows of it, and the
    register; of scope "change" with an earlier version of the register and the later one. A rule of scope "file"
    is found by the reader and has no check.
    `waivable` tells whether a file may waive it.
    """

    code: str
    name: str
    title: str
    why: str
    severity: Severity
    mend: str
    bad: Files
    good: Files
    scope: Scope
    check: Callable[..., Hits] | None

    @property
    def waivable(self) -> bool:
        return self.severity == "warning" and self.scope != "file"


def rule(
    code: str,
    *,
    mend: str,
    bad: Files,
    good: Files,
    severity: Severity = "error",
    scope: Scope = "improvement",
) -> Callable[[Callable[..., Hits]], Rule]:
    """Declare the function below as a rule: its name is the rule's, its docstring the sentence and the reason."""

    def declare(check: Callable[..., Hits]) -> Rule:
        title, _, why = inspect.getdoc(check).partition("\n\n")  # type: ignore[union-attr]  # a rule without docstring must fail
        name = check.__name__.replace("_", "-")
        return Rule(code, name, title.rstrip("."), " ".join(why.split()), severity, mend, bad, good, scope, check)

    return declare


def found_by_reader(
    code: str,
    name: str,
    title: str,
    why: str,
    *,
    mend: str,
    bad: Files,
    good: Files,
    severity: Severity = "error",
) -> Rule:
    """Declare a rule that the reader itself finds."""
    return Rule(code, name, title, why, severity, mend, bad, good, "file", None)
