"""The forms in which somebody without git proposes, reports progress or hands in a reading: their questions.

Labels and words come from the schema; a form's answers come back under its labels, so both are read from here.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

from cireg.layout import schema_document
from cireg.schema import Field, fields

Shape = Literal["line", "text", "choice"]

ACCEPTED = "accepted"  # the label with which a maintainer accepts what a form says


@dataclass(frozen=True, slots=True)
class Question:
    """One question; `name` is the field that its answer fills, `choices` are (value, meaning)."""

    name: str
    label: str
    words: str
    shape: Shape = "line"
    required: bool = False
    choices: tuple[tuple[str, str], ...] = ()

    def options(self) -> dict[str, str]:
        """What is shown to choose from, with the value that each stands for."""
        return {f"{value}: {meaning.rstrip('.')}": value for value, meaning in self.choices}


@dataclass(frozen=True, slots=True)
class Form:
    """One form; `name` names its file and its label."""

    name: str
    title: str
    words: str
    questions: tuple[Question, ...]

    def labels(self) -> tuple[str, ...]:
        """The labels of its questions, in their order."""
        return tuple(each.label for each in self.questions)


@cache
def forms() -> tuple[Form, ...]:
    """The three forms. The last question of each is a line: nothing written into a text can be taken for its answer."""
    return (
        Form(
            "proposal",
            "Propose an improvement",
            "Say what could be better and how you know. The title of the issue is the title of the improvement.",
            (
                _asked("opportunity", shape="text", required=True),
                _asked("source", shape="choice"),
                _asked("source_ref"),
                _asked("services"),
                _asked("on_behalf_of"),
                Question("by", "Proposed by", "Who is to be credited. Empty: the account that you write with."),
            ),
        ),
        Form(
            "progress",
            "Report progress",
            "Say what happened to an improvement.",
            (
                _asked("log.[].note", shape="text", required=True),
                Question("id", schema_document("improvement")["title"], "Its id, as CI-0007.", required=True),
            ),
        ),
        Form(
            "reading",
            "Hand in a reading",
            "Give a KPI's value for a period: a value, or a numerator and a denominator.",
            (
                Question("kpi", schema_document("kpi")["title"], "Its id, as password-reset-tickets.", required=True),
                Question("period", "Period", "In the KPI's cadence, as 2026-10, 2026-W43 or 2026-Q3.", required=True),
                Question("value", "Value", "A number in the KPI's unit, with a point: 286 or 93.5."),
                Question("numerator", "Numerator", "The upper part of a ratio."),
                Question("denominator", "Denominator", "The lower part of a ratio."),
                Question("n", "n", "How many answers or events it rests on."),
                Question("note", "Remark", "Anything that explains the reading."),
            ),
        ),
    )


def _asked(name: str, *, shape: Shape = "line", required: bool = False) -> Question:
    """The question for a field of an improvement, in the schema's words."""
    field = _field(name)
    words = field.ask or field.description
    last = field.route[-1]
    return Question(last, field.title, words, shape, required, field.choices if shape == "choice" else ())


def _field(name: str) -> Field:
    route = tuple(name.split("."))
    return next(each for each in fields("improvement") if each.route == route)
