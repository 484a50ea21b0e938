"""Days that cannot be: in the future, or in the wrong order."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from cireg import lifecycle
from cireg.model import Improvement, Register
from cireg.rules.declare import Hit, Hits, rule
from cireg.source import Route

_REVIEWED = (
    "status: closed\naction: {live: 2026-09-14}\nreview: {by: data-analyst, verdict: achieved, evidence: [REP-19], "
)
_LISTS: tuple[tuple[Route, str], ...] = (
    (("history",), "on"),
    (("log",), "on"),
    (("plan", "steps"), "done"),
    (("plan", "approvals"), "on"),
    (("momentum", "shared"), "on"),
)


def _past_days(item: Improvement) -> Iterator[tuple[Route, date]]:
    """Every day on which something has happened; plans and dues are none of these."""
    single: list[Route] = [("scores", "on"), ("review", "on"), ("imported", "on")]
    if lifecycle.reached(item) in {"review", "closed"}:
        single.append(("action", "live"))  # before that it may be planned
    for route in single:
        day = item.date(*route)
        if day is not None:
            yield route, day
    for route, name in _LISTS:
        for n, entry in item.entries(*route):
            if name in entry:
                day = item.date(*route, n, name)
                if day is not None:
                    yield (*route, n, name), day


@rule(
    "CI140",
    mend="correct the day",
    bad="log: [{on: 2027-11-02, note: Pilot went well.}]\n", good="log: [{on: 2026-11-02, note: Pilot went well.}]\n",
)  # fmt: skip
def future_date(item: Improvement, register: Register) -> Hits:
    """What has happened has not happened in the future.

    A slip in the year makes durations negative and puts an entry at the top of every list. Only plans and dues
    lie ahead.
    """
    for route, day in _past_days(item):
        if day - register.as_of > timedelta(days=1):  # it may already be tomorrow where the writer is
            yield Hit(item.at(*route), f"{day} is in the future")


def _contradictions(item: Improvement) -> Iterator[tuple[Route, str]]:
    raised, live = item.raised, item.date("action", "live")
    due, review = item.date("target", "due"), item.date("review", "on")
    again = item.date("momentum", "check_again")
    if raised and live and live < raised:
        yield ("action", "live"), f"it took effect on {live}, before it was raised on {raised}"
    if raised and due and due < raised:
        yield ("target", "due"), f"the target was due on {due}, before the idea was raised on {raised}"
    if live and review and review < live:
        yield ("review", "on"), f"it was reviewed on {review}, before it took effect on {live}"
    if review and again and again <= review:
        yield (
            ("momentum", "check_again"),
            f"it is to be checked again on {again}, not after its review on {review}",
        )
    started = next((entry.on for entry in item.history if entry.status == "in-progress"), None)
    if started and live and live < started and not item.light:
        yield ("action", "live"), f"it took effect on {live}, before the work started on {started}"
    closed = next((entry for entry in item.history if entry.status == "closed"), None)
    if closed and review and review > closed.on:
        yield ("review", "on"), f"it was reviewed on {review}, after it was closed on {closed.on}"
    for entry in item.history:
        if entry.until and entry.until < entry.on:
            yield (
                ("history", entry.index, "until"),
                f"it is parked until {entry.until}, before it was on {entry.on}",
            )
    for n, _ in item.entries("measures"):
        first, last = (str(item.get("measures", n, "baseline", name) or "") for name in ("from", "to"))
        if len(first) == len(last) and last < first:
            yield (
                ("measures", n, "baseline", "to"),
                f"the baseline ends with {last}, before it begins with {first}",
            )


@rule(
    "CI141",
    mend="correct the day that is wrong",
    bad=_REVIEWED + "on: 2026-09-01}\n",
    good=_REVIEWED + "on: 2026-11-09}\n",
)
def contradicting_dates(item: Improvement, register: Register) -> Hits:
    """Days do not contradict each other.

    Nothing is reviewed before it is live, due before it is raised, or live before the work has begun.
    """
    for route, message in _contradictions(item):
        yield Hit(item.at(*route), message)


RULES = (future_date, contradicting_dates)
