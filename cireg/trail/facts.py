"""What a trail tells: each part of an improvement's file as a fact, with its day, its person and its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import NamedTuple

from cireg import approvals, holding, lifecycle, query
from cireg.figures import tenths
from cireg.history import History
from cireg.measuring import outcome
from cireg.model import Improvement, Register
from cireg.source import Route
from cireg.verdict_words import sentence
from cireg.wording import changed, label, value


class Fact(NamedTuple):
    """One thing that is written down, or computed where `route` is empty; `by` is who is said to have done it."""

    name: str
    text: str = ""
    route: Route = ()
    on: date | None = None
    by: str | None = None

    @property
    def words(self) -> str:
        """What it is, and what it says."""
        return f"{self.name}: {self.text}" if self.text else self.name


Facts = Iterator[Fact]
STEPS = ("plan", "steps")


def _said(item: Improvement, route: Route, name: str = "") -> Facts:
    """A field as it stands in the file, nothing where it is missing."""
    found = item.get(*route)
    if found is not None and found not in ("", [], {}):
        words = name or label("improvement", tuple(step for step in route if isinstance(step, str)))
        yield Fact(words, value(found), route)


def _trigger(item: Improvement, register: Register) -> Facts:
    if item.raised:
        yield Fact("raised", "", ("history", 0), item.raised, item.proposer)
    yield from _said(item, ("opportunity",))
    yield from _said(item, ("source",))
    yield from _said(item, ("source_ref",))
    yield from _said(item, ("on_behalf_of",))
    yield from _said(item, ("links", "follows"))
    yield from _said(item, ("links", "external"))
    yield from _said(item, ("cause",))


def _evaluation(item: Improvement, register: Register) -> Facts:
    goal = item.text("vision", "goal")
    if goal:
        named = register.config.goals.get(goal, {}).get("name")
        yield Fact("Goal", f"{goal}, {named}" if named else goal, ("vision", "goal"))
    yield from _said(item, ("vision", "benefit"))
    yield from _said(item, ("baseline", "summary"), "Where it started")
    scores = item.get("scores") or {}
    given = [f"{name} {scores[name]}" for name in ("value", "effort", "risk", "urgency") if name in scores]
    given += [f"{name}: {value(scores[name])}" for name in ("wsjf", "rice") if name in scores]
    if given:
        total = query.score(item, register)
        words = ", ".join(given) + (f"; together {tenths(total)}" if total is not None else "")
        yield Fact("scored", words, ("scores",), item.date("scores", "on"), item.text("scores", "by") or None)
    yield from _said(item, ("scores", "why"), "Why these scores")


def _decisions(item: Improvement, register: Register) -> Facts:
    for entry in item.history[1:]:
        until = f" until {entry.until}" if entry.until else ""
        yield Fact(f"moved to {entry.status}{until}", entry.note or "", ("history", entry.index), entry.on, entry.by)


def _approvals(item: Improvement, register: Register) -> Facts:
    for n, each in item.entries("plan", "approvals"):
        name = str(each.get("decision", "decided")) + (f" as {each['as']}" if "as" in each else "")
        said = [value(each["note"])] if "note" in each else []
        if each.get("decision") != "declined" and "covers" not in each:
            said.append("what it covers was not recorded")
        elif each.get("decision") != "declined" and approvals.is_stale(each, item):
            said.append("what it covers has changed since")
        route: Route = ("plan", "approvals", n)
        yield Fact(name, "; ".join(said), route, item.date(*route, "on"), each.get("by"))


def _targets(item: Improvement, register: Register) -> Facts:
    yield from _said(item, ("target", "statement"), "Target")
    yield from _said(item, ("target", "due"), "By")
    yield from _said(item, ("target", "evidence"))
    for n, measure in item.entries("measures"):
        wanted = [f"{name} {value(measure[name])}" for name in ("baseline", "target") if name in measure]
        words = "; ".join([str(measure.get("role")), *wanted])
        yield Fact(f"measured by {measure.get('kpi')}", words, ("measures", n))
    life = register.history.of(item.id) if isinstance(register.history, History) else None
    for shift in life.shifts if life else ():
        name = f"{shift.kpi}: {shift.what}" if shift.kpi else shift.what
        logged = "the log says so" if shift.logged else "the log says nothing of it"
        words = f"{changed(name, shift.before, shift.after)}; {logged}"
        yield Fact("changed after it had taken effect", words, (), shift.day)


def _done(item: Improvement, register: Register) -> Facts:
    for n, step in item.entries(*STEPS):
        done = item.date(*STEPS, n, "done")
        route: Route = (*STEPS, n)
        day = done or item.date(*route, "due")
        yield Fact(str(step.get("do", "")), "done" if done else "not done", route, day, step.get("by"))
    yield from _said(item, ("plan", "complies_with"))
    yield from _said(item, ("action", "changes"))
    live = item.date("action", "live")
    if live:
        yield Fact("took effect", "", ("action", "live"), live)


def _measured(item: Improvement, register: Register) -> Facts:
    if item.get("measures") and lifecycle.reached(item) in ("review", "closed"):
        yield Fact("by the readings", sentence(outcome(item, register)))
    verdict = item.text("review", "verdict")
    if verdict:
        by = item.text("review", "by") or None
        yield Fact("reviewed", verdict, ("review", "verdict"), item.date("review", "on"), by)
    yield from _said(item, ("review", "evidence"))
    yield from _said(item, ("review", "side_effects"))


def _miss(item: Improvement, register: Register) -> Facts:
    yield from _said(item, ("momentum", "decision"), "Decided")
    if item.text("review", "verdict") != "achieved":
        yield from _followers(item, register)


def _followers(item: Improvement, register: Register) -> Facts:
    for follower in register.followers.get(item.id, ()):
        yield Fact(f"goes on as {follower.id}", f"{follower.title} ({follower.status})")


def _standard(item: Improvement, register: Register) -> Facts:
    reason = item.text("momentum", "standardised", "none")
    if reason:
        yield Fact("nothing became standard", value(reason), ("momentum", "standardised"))
    else:
        yield from _said(item, ("momentum", "standardised"), "Standard in")
    yield from _said(item, ("momentum", "trained"))
    yield from _said(item, ("momentum", "lessons"))
    if item.text("review", "verdict") == "achieved":
        yield from _followers(item, register)
    again = holding.holding(item, register)
    if again:
        yield Fact("does it still hold", holding.sentence(again))


def _told(item: Improvement, register: Register) -> Facts:
    yield from _said(item, ("plan", "communication"))
    for n, each in item.entries("momentum", "shared"):
        route: Route = ("momentum", "shared", n)
        yield Fact("shared with", value(each.get("with")), route, item.date(*route, "on"))


Tell = Callable[[Improvement, Register], Facts]

SECTIONS: dict[str, Tell] = {
    "trigger": _trigger,
    "evaluation": _evaluation,
    "decisions": _decisions,
    "approvals": _approvals,
    "targets": _targets,
    "changes": _done,
    "measured": _measured,
    "miss": _miss,
    "standard": _standard,
    "told": _told,
}
"""What is told, in the order in which it happens."""
