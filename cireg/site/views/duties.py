"""What waits for whom: ownership, steps, reviews, decisions and answers, gathered once for everybody."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cireg import approvals, lifecycle, waiting
from cireg.model import Improvement
from cireg.site.views.attention import notes
from cireg.site.views.shown import Shown

GROUPS = ("answers", "approvals", "steps", "reviews", "again", "owns")
"""What may wait for a person, what others wait for first."""


@dataclass(frozen=True, slots=True)
class Duty:
    """Something that waits for a person: its group, the improvement, and what is to be done in words."""

    group: str
    item: Improvement
    note: str


def duties(shown: Shown) -> dict[str, list[Duty]]:
    """What waits for each person, by id; each list in the order of groups, then of improvements."""
    pressing: dict[str, list[str]] = {}
    again: dict[str, str] = {}
    for note in notes(shown):
        if note.group == "again":
            again[note.item.id] = note.text
        else:
            pressing.setdefault(note.item.id, []).append(note.text)
    found: dict[str, list[Duty]] = {}
    for item in shown.items:
        for person, duty in _duties(item, shown, " ".join(pressing.get(item.id, ())), again.get(item.id, "")):
            found.setdefault(person, []).append(duty)
    for own in found.values():
        own.sort(key=lambda duty: GROUPS.index(duty.group))
    return found


def _duties(item: Improvement, shown: Shown, pressing: str, again: str) -> Iterator[tuple[str, Duty]]:
    if again and item.owner:
        yield item.owner, Duty("again", item, again)
    if not lifecycle.is_open(item.status):
        return
    if item.owner:
        yield item.owner, Duty("owns", item, pressing)
    manager = shown.config.text("owner")
    if item.status == "proposed" and manager and manager != item.owner:
        yield manager, Duty("answers", item, pressing)
    if item.status == "on-hold":
        return
    for n, step in item.entries("plan", "steps"):
        if step.get("by") and "done" not in step:
            yield step["by"], Duty("steps", item, _step(item, n, step.get("do", ""), shown))
    reviewer = item.get("review", "by")
    if item.status == "review" and reviewer and reviewer != item.owner:
        yield reviewer, Duty("reviews", item, "")
    for wanted in waiting.approvals_wanted(item, shown.whole):
        for person in approvals.deciders(wanted.by, item, shown.config):
            yield person, Duty("approvals", item, "")


def _step(item: Improvement, n: int, what: str, shown: Shown) -> str:
    due = item.date("plan", "steps", n, "due")
    if due is None:
        return what
    key = "duty.step_late" if due < shown.as_of else "duty.step"
    return shown.say(key, what=what, day=shown.words.day(due).text)
