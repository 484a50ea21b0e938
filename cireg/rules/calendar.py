"""What only the passing of time brings about: all of these are reminders, so all of these are warnings."""

from __future__ import annotations

from datetime import date, timedelta

from cireg import lifecycle
from cireg.model import Improvement, Register
from cireg.rules.declare import Hit, Hits, rule

_RAISED = "history: [{on: 2026-11-12, status: proposed, by: service-desk-lead}]\n"
_LONG_AGO = (
    "status: assessed\nbaseline: {summary: Three days.}\nhistory:\n"
    "  - {on: 2026-04-02, status: proposed, by: service-desk-lead}\n"
    "  - {on: 2026-04-09, status: assessed, by: improvement-manager}\n"
)


def _scored(on: str) -> str:
    return f"scores: {{value: 4, effort: 2, risk: 1, urgency: 3, on: {on}, by: improvement-manager}}\n"


@rule(
    "CI301", severity="warning",
    mend="do it, or agree on a new day and write it down",
    bad=_RAISED + "target: {due: 2026-11-16}\n", good=_RAISED + "target: {due: 2027-03-01}\n",
)  # fmt: skip
def overdue(item: Improvement, register: Register) -> Hits:
    """What is due has been done.

    The target's day, a step's day, a review, the day on which a parked improvement comes back and the day on
    which a success is looked at again: each was a promise to somebody.
    """
    today = register.as_of
    if lifecycle.is_open(item.status):
        yield from _open_overdue(item, today)
    again = item.date("momentum", "check_again")
    if again and again < today and item.status == "closed":
        yield Hit(
            item.at("momentum", "check_again"), f"it was to be looked at again on {again}",
            "look whether it still holds, write it into the log, and set the next day",
        )  # fmt: skip


def _open_overdue(item: Improvement, today: date) -> Hits:
    due = item.date("target", "due")
    parked = item.status == "on-hold"
    if due and due < today and not parked:
        if item.status == "review":
            help_ = "review it: fill in review and close it"
            yield Hit(item.at("target", "due"), f"the review is due: the target's day was {due}", help_)
        else:
            yield Hit(item.at("target", "due"), f"the target was due on {due}")
    for n, step in item.entries("plan", "steps"):
        day = item.date("plan", "steps", n, "due")
        if day and day < today and "done" not in step and not parked:
            help_ = "do it and give the day in done, or agree on a new day"
            yield Hit(item.at("plan", "steps", n, "due"), f"step {n + 1} was due on {day}", help_)
    last = item.history[-1] if item.history else None
    if parked and last and last.until and last.until < today:
        help_ = "take it up again, park it again with a new day, or end it"
        yield Hit(item.at("history", last.index, "until"), f"it was parked until {last.until}", help_)


@rule(
    "CI302", severity="warning",
    mend="say in the log how it stands, park it, or end it",
    bad=_LONG_AGO + _scored("2026-11-09"),
    good=_LONG_AGO + _scored("2026-11-09") + "log: [{on: 2026-11-02, note: Waiting for the new portal.}]\n",
)  # fmt: skip
def no_movement(item: Improvement, register: Register) -> Hits:
    """An open improvement moves.

    A log entry, a step that is done or a move counts. limits.no_movement_days in cireg.yaml says how long
    nothing may happen.
    """
    if not lifecycle.is_open(item.status) or item.status in {"proposed", "on-hold"}:
        return  # a proposal waits for an answer, a parked one for its day: both have rules of their own
    days = [entry.on for entry in item.history]
    days += [day for n, _ in item.entries("log") if (day := item.date("log", n, "on"))]
    days += [day for n, _ in item.entries("plan", "steps") if (day := item.date("plan", "steps", n, "done"))]
    limit = register.config.get("limits", "no_movement_days")
    if days and register.as_of - max(days) > timedelta(days=limit):
        yield Hit(item.at("status"), f"nothing has moved since {max(days)}, for more than {limit} days")


@rule(
    "CI303", severity="warning",
    mend="assess it, park it, or reject it with a note",
    bad="status: proposed\nhistory: [{on: 2026-10-05, status: proposed, by: service-desk-lead}]\n", good=_RAISED,
)  # fmt: skip
def no_answer(item: Improvement, register: Register) -> Hits:
    """A proposal gets an answer in time.

    Nothing ends a culture of improvement as surely as ideas that vanish. limits.answer_days in cireg.yaml says
    how long an answer may take.
    """
    limit = register.config.get("limits", "answer_days")
    since = item.in_status_since
    if item.status == "proposed" and since and register.as_of - since > timedelta(days=limit):
        yield Hit(item.at("status"), f"it has waited for an answer since {since}, for more than {limit} days")


@rule(
    "CI304", severity="warning",
    mend="look at the scores again, and set scores.on to the day",
    bad=_LONG_AGO + _scored("2026-04-09") + "log: [{on: 2026-11-02, note: Waiting for the new portal.}]\n",
    good=_LONG_AGO + _scored("2026-11-02") + "log: [{on: 2026-11-02, note: Waiting for the new portal.}]\n",
)  # fmt: skip
def stale_scores(item: Improvement, register: Register) -> Hits:
    """The scores of an improvement that waits to be started are of recent date.

    What was urgent last year may not matter any more, and yet it stands before everything new.
    limits.scores_stale_days in cireg.yaml says how long scores hold.
    """
    limit = register.config.get("limits", "scores_stale_days")
    on = item.date("scores", "on")
    waits = lifecycle.reached(item) in {"proposed", "assessed", "planned"} and lifecycle.is_open(item.status)
    if waits and on and register.as_of - on > timedelta(days=limit):
        yield Hit(item.at("scores", "on"), f"the scores are of {on}, more than {limit} days old")


RULES = (overdue, no_movement, no_answer, stale_scores)
