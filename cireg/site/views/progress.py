"""How far an improvement has come through the seven steps of the model, and what its next status asks for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal, NamedTuple

from cireg import gates, lifecycle
from cireg.model import Improvement
from cireg.rules import by_name
from cireg.schema import fields as schema_fields
from cireg.site.page import field_url
from cireg.site.views.shown import Shown
from cireg.site.views.words import Choice, sentence

State = Literal["done", "current", "ahead", "dropped"]


class ProgressStep(NamedTuple):
    """A step of the model: its number, its question, its state in words, and whether it is the one at hand."""

    number: int
    id: str
    title: str
    state: Choice
    current: bool


class Lacking(NamedTuple):
    """One thing that the next status asks for: what to do, the field's name, and where the field is explained."""

    help: str
    field: str
    address: str


@dataclass(frozen=True, slots=True)
class NextGate:
    """The next status, and what it still asks for; nothing when it can be taken."""

    title: str
    intro: str
    lacking: tuple[Lacking, ...]


def step_id(number: int) -> str:
    """The id of a step's section."""
    return f"step-{number}"


def states(item: Improvement) -> dict[int, State]:
    """The state of each step of the model.

    The steps that the status stands for are current, those before it done. An improvement that has ended on the
    way keeps what it has done; what it never came to is dropped.
    """
    here = lifecycle.came_from(item.history) if item.status not in lifecycle.line() else item.status
    current = lifecycle.statuses()[here].steps if here else ()
    last = here == lifecycle.line()[-1]
    ended = not lifecycle.is_open(item.status)
    found: dict[int, State] = {}
    for number in lifecycle.step_titles():
        if last or (current and number < current[0]):
            found[number] = "done"
        elif number in current:
            found[number] = "done" if ended else "current"
        else:
            found[number] = "dropped" if ended else "ahead"
    return found


def progress(item: Improvement, shown: Shown) -> tuple[ProgressStep, ...]:
    """The seven steps with their states."""
    found = states(item)
    words = shown.words
    return tuple(
        ProgressStep(
            number,
            step_id(number),
            words.label("step", str(number)),
            words.choice("state", found[number]),
            found[number] == "current",
        )
        for number in lifecycle.step_titles()
    )


def how_far(item: Improvement, shown: Shown) -> str:
    """How far it has come, in a sentence."""
    current = [number for number, state in states(item).items() if state == "current"]
    total = len(lifecycle.step_titles())
    if not current:
        return shown.say(f"progress.{item.status}")
    key = "progress.parked" if item.status == "on-hold" else "progress.at"
    title = shown.words.label("step", str(current[0]))
    return shown.say(key, step=current[0], total=total, title=title)


def asked_at(step: int) -> str:
    """The status whose gate asks for what a step of the model holds."""
    return next(name for name, status in lifecycle.statuses().items() if step in status.steps)


def next_gate(item: Improvement, shown: Shown, root: str) -> NextGate | None:
    """What the next status asks for, None for what has ended. `root` leads to the site's root."""
    status = lifecycle.next_status(item)
    if status is None:
        return None
    found = tuple(_lacking(lack, shown, root) for lack in gates.lacking(item, shown.whole, status))
    label = shown.words.label("status", status)
    intro = shown.say("next.lacks", status=label, n=len(found)) if found else shown.say("next.ready", status=label)
    return NextGate(shown.say("next.title", status=label), intro, found)


def _lacking(lack: gates.Lack, shown: Shown, root: str) -> Lacking:
    if lack.rule in gates.APPROVALS and not shown.people:
        return Lacking(shown.say("next.approval"), "plan.approvals", root + field_url("improvement", "plan.approvals"))
    if lack.rule in gates.AMOUNTS and not shown.money:
        return Lacking(f"{by_name(lack.rule).title}.", "", "")
    if lack.rule != "gate":
        return Lacking(sentence(f"{lack.title}: {lack.help}"), "", "")
    name = ".".join("[]" if isinstance(step, int) else step for step in lack.route).replace(".[]", "[]")
    address = root + field_url("improvement", name) if name in _field_names() else ""
    return Lacking(sentence(lack.help), lack.title, address)


@cache
def _field_names() -> frozenset[str]:
    return frozenset(field.name for field in schema_fields("improvement"))
