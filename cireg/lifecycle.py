"""Statuses, moves and gates, as the schema states them: nothing about the life cycle is said a second time in code."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from cireg.layout import schema_document
from cireg.model import Entry, Improvement
from cireg.schema import PartsChecker

PREVIOUS = "@previous"  # in the schema's moves: back to the status that it was parked from


@dataclass(frozen=True, slots=True)
class Move:
    """A move that is allowed: `note` asks the new entry for a reason, `track` limits it to that track."""

    to: str
    note: bool
    track: str | None


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a gate that the file itself shows."""

    title: str
    help: str
    route: tuple[str, ...]
    smart: str | None
    each: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gate:
    """What a status asks for: parts of the file, and rules that need the configuration or other files.

    `checker` counts the parts as `parts` does.
    """

    parts: tuple[Part, ...]
    rules: tuple[str, ...]
    checker: PartsChecker


@dataclass(frozen=True, slots=True)
class Status:
    """A status: `steps` are the steps of the model that it stands for, `entry` what its history entry must say."""

    name: str
    title: str
    steps: tuple[int, ...]
    open: bool
    moves: tuple[Move, ...]
    entry: tuple[str, ...]
    gate: Gate


@dataclass(frozen=True, slots=True)
class SmartLetter:
    """A letter of SMART, the part of the file that answers it, and what would supply it."""

    letter: str
    word: str
    route: tuple[str, ...]
    supply: str


def _gate(stated: dict[str, Any]) -> Gate:
    parts = tuple(
        Part(
            title=part["title"],
            help=part["description"],
            route=tuple(part["x-path"].split(".")),
            smart=part.get("x-smart"),
            each=tuple(part.get("x-each", ())),
        )
        for part in stated["schema"].get("allOf", ())
    )
    return Gate(parts, tuple(stated["rules"]), PartsChecker(stated["schema"].get("allOf", ())))


@cache
def statuses() -> dict[str, Status]:
    """Every status by name, in the order of the life cycle."""
    stated = schema_document("improvement")["$defs"]["status"]["x-statuses"]
    return {
        each["status"]: Status(
            name=each["status"],
            title=each["title"],
            steps=tuple(each["steps"]),
            open=each["open"],
            moves=tuple(Move(move["to"], move.get("note", False), move.get("track")) for move in each["moves"]),
            entry=tuple(each.get("entry", ())),
            gate=_gate(each["gate"]),
        )
        for each in stated
    }


@cache
def line() -> tuple[str, ...]:
    """The statuses that lead from the idea to the end, in their order."""
    return tuple(name for name, status in statuses().items() if status.steps)


@cache
def light_gate() -> Gate:
    """What the light track asks for when it is closed, in place of everything else."""
    return _gate(schema_document("improvement")["$defs"]["status"]["x-light"])


@cache
def nothing() -> Gate:
    """The gate that asks for nothing: the light track's, before it is closed."""
    return _gate({"schema": {}, "rules": []})


def gate(status: str, *, light: bool) -> Gate:
    """What `status` asks for on its track."""
    if light:
        return light_gate() if status == "closed" else nothing()
    return statuses()[status].gate


@cache
def smart_letters() -> tuple[SmartLetter, ...]:
    """The five letters of SMART."""
    return tuple(
        SmartLetter(each["letter"], each["word"], tuple(each["path"].split(".")), each["supply"])
        for each in schema_document("improvement")["x-smart"]
    )


@cache
def step_titles() -> dict[int, str]:
    """The seven questions of the model, by step."""
    titles: dict[int, str] = {}
    for schema in schema_document("improvement")["properties"].values():
        if ("x-step" in schema and schema["title"].endswith("?")) or schema.get("title") == "Take action":
            titles[schema["x-step"]] = schema["title"]
    return dict(sorted(titles.items()))


def is_open(status: str) -> bool:
    """Whether an improvement with this status is still to be answered or worked on."""
    return statuses()[status].open


def came_from(history: tuple[Entry, ...]) -> str | None:
    """The status on the line that the last entry of `history` stands at or was parked from."""
    for entry in reversed(history):
        if entry.status in line():
            return entry.status
    return None


def reached(item: Improvement) -> str | None:
    """The status whose gates an improvement has to satisfy: its own, or the one that it was parked from.

    None for rejected and withdrawn ones: only their history entry is asked for something.
    """
    if item.status in line():
        return item.status
    if not is_open(item.status):
        return None
    return came_from(item.history)


def next_status(item: Improvement) -> str | None:
    """The next status on its way, None when there is none."""
    here = reached(item)
    if here is None or not is_open(item.status):
        return None
    end = line()[-1]
    if item.light and any(move.to == end and move.track in (None, "light") for move in statuses()[here].moves):
        return end
    place = line().index(here) + 1
    return line()[place] if place < len(line()) else None


def allowed(track: str, history: tuple[Entry, ...]) -> dict[str, Move]:
    """The moves that are allowed after `history`, by the status that they lead to."""
    moves: dict[str, Move] = {}
    for move in statuses()[history[-1].status].moves:
        target = came_from(history) if move.to == PREVIOUS else move.to
        if target is not None and move.track in (None, track):
            moves[target] = Move(target, move.note, move.track)
    return moves
