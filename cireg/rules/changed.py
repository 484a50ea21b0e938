"""What one change may not do to an improvement or a KPI: each rule compares an earlier version with a later one.

Whatever a rule here holds against somebody can be done for a good reason. Where the improvement's log has a new
dated entry, what is found is told and is no error.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from cireg import lifecycle, wording
from cireg.approvals import INPUTS
from cireg.facts import definition_of, goal_of, shifts
from cireg.findings import Place
from cireg.measure.readings import Reading
from cireg.model import Entry, Improvement, Kpi
from cireg.rules.declare import Hit, Hits, rule
from cireg.source import Route
from cireg.verdict_words import figure
from cireg.versions import Pair, Versions, rows

_ONE = "improvements/CI-0001.yaml"
_RAISED = "history:\n  - {on: 2026-11-19, status: proposed, by: service-desk-lead}\n"
_REJECTED = _RAISED + "  - {on: 2026-11-20, status: rejected, by: improvement-manager, note: Too early.}\n"
_AGAIN = _REJECTED + "  - {on: 2026-11-21, status: assessed, by: improvement-manager, note: The portal stays.}\n"
_SAY_WHY = "take the change back, or say why in a new entry under log, with its day"
_SAID = "log: [{on: 2026-11-22, note: The survey of the baseline had counted a month twice.}]\n"


def _logged(pair: Pair) -> bool:
    """Whether the log has a new entry, with its day."""
    known = [entry for _, entry in pair.before.entries("log")]
    return any(entry not in known and entry.get("on") and entry.get("note") for _, entry in pair.after.entries("log"))


def _new_entries(pair: Pair) -> tuple[Entry, ...] | None:
    """The history's entries after those that both versions have; None where the earlier ones are all still there."""
    old, new = pair.before.history, pair.after.history
    same = next((n for n, (was, now) in enumerate(zip(old, new, strict=False)) if not _stands(was, now)), None)
    if same is None:
        same = min(len(old), len(new))
    return None if same == len(old) else new[same:]


def _stands(was: Entry, now: Entry) -> bool:
    """Whether an entry still says all that it said; what it left open may have been filled in."""
    pairs = ((was.by, now.by), (was.note, now.note), (was.until, now.until))
    return (was.on, was.status) == (now.on, now.status) and all(old in (None, new) for old, new in pairs)


def is_another(pair: Pair) -> bool:
    """Whether the two have nothing in common but their id: neither the title, nor the text, nor how they began."""
    parts: tuple[Route, ...] = (("title",), ("opportunity",), ("history", 0))
    return all(pair.before.get(*part) != pair.after.get(*part) for part in parts)


@rule(
    "CI810", scope="change",
    mend="go by the moves that there are, each with its history entry",
    bad={f"before/{_ONE}": "status: rejected\n" + _REJECTED, _ONE: "status: proposed\n" + _RAISED},
    good={
        f"before/{_ONE}": "status: rejected\n" + _REJECTED,
        _ONE: "status: assessed\nbaseline: {summary: Three days.}\n"
        "scores: {value: 4, effort: 2, risk: 1, urgency: 3, on: 2026-11-21, by: improvement-manager}\n" + _AGAIN,
    },
)  # fmt: skip
def skipped_step(versions: Versions) -> Hits:
    """An improvement gets from its earlier status to its present one by moves that the life cycle allows.

    A history that was written anew may look right in itself and still jump over a gate, or come back from where
    there is no way back. What led up to the earlier status is taken from the earlier version.
    """
    for pair in versions.kept:
        if is_another(pair):
            continue
        step = _no_way(pair)
        if step:
            message = f"there is no move from {step[0]} to {step[1]}, and it was {pair.before.status} before"
            yield Hit(pair.after.at("status"), message)


def _no_way(pair: Pair) -> tuple[str, str] | None:
    """The first move from the earlier version on that is not allowed; the file's own rule sees to a longer history."""
    new = _new_entries(pair)
    if new is None or not pair.before.history_is_whole or not pair.after.history_is_whole:
        return None
    if pair.before.status == pair.after.status:
        return None
    track = "light" if pair.after.light else "full"
    so_far = pair.before.history
    for status in [entry.status for entry in new] or [pair.after.status]:
        if status not in lifecycle.allowed(track, so_far):
            return so_far[-1].status, status
        so_far = (*so_far, *(entry for entry in new if entry.status == status))
    return None


@rule(
    "CI811", scope="change",
    mend=_SAY_WHY,
    bad={f"before/{_ONE}": "target: {due: 2027-03-01}\naction: {live: 2026-11-16}\n",
         _ONE: "target: {due: 2027-09-01}\naction: {live: 2026-11-16}\n"},
    good={f"before/{_ONE}": "target: {due: 2027-03-01}\naction: {live: 2026-11-16}\n",
          _ONE: "target: {due: 2027-03-01}\naction: {live: 2026-11-16}\n" + _SAID},
)  # fmt: skip
def moved_goalposts(versions: Versions) -> Hits:
    """What an improvement is judged by stays as it was when it took effect.

    Baseline, target, tolerance, due day, and the direction and meaning of the KPI: changed afterwards, any result
    can be made a success. With a dated log entry that says why, or a new `rebase` of the KPI, the change is told
    and is no error. The improvement's page shows it for ever.
    """
    for pair in versions.kept:
        if is_another(pair) or not pair.before.text("action", "live"):
            continue
        logged = _logged(pair)
        for kpi, part, was, now in shifts(goal_of(pair.before.data), goal_of(pair.after.data)):
            name = f"the {part} of {kpi}" if kpi and part != "measure" else kpi or f"the target's {part}"
            message = f"changed after it took effect: {wording.changed(name, was, now)}"
            yield Hit(pair.after.at(*_route(pair.after, kpi, part)), message, severity="info" if logged else None)
    for old, new in versions.kpis:
        yield from _redefined(old, new, versions)


def _route(item: Improvement, kpi: str | None, part: str) -> Route:
    if kpi is None:
        return ("target",) if part == "target" else ("target", part)
    index = next((n for n, measure in item.entries("measures") if measure.get("kpi") == kpi), None)
    return ("measures",) if index is None else ("measures", index, part)


def _redefined(old: Kpi, new: Kpi, versions: Versions) -> Hits:
    was, now = definition_of(old.data), definition_of(new.data)
    judged = [
        item.id
        for item in versions.before.improvements.values()
        if item.text("action", "live") and any(each.get("kpi") == old.id for _, each in item.entries("measures"))
    ]
    if was == now or not judged or new.path in versions.reverted:
        return
    pairs = {pair.after.id: pair for pair in versions.changed}
    told = new.get("rebase") != old.get("rebase") and len(new.entries("rebase")) > len(old.entries("rebase"))
    told = told or all(each in pairs and _logged(pairs[each]) for each in judged)
    for part in sorted(name for name in was.keys() | now.keys() if was.get(name) != now.get(name)):
        named = ", ".join(judged[:3]) + (f" and {len(judged) - 3} more" if len(judged) > 3 else "")
        message = f"changed after {named} took effect: {wording.changed(part, was.get(part), now.get(part))}"
        yield Hit(new.key_at(part), message, severity="info" if told else None)


_APPROVED = (
    "scores: {value: VALUE, effort: 2, risk: 1, urgency: 3, on: 2026-11-19, by: improvement-manager}\n"
    "plan:\n  approvals: [{by: head-of-it, as: sponsor, decision: approved, on: 2026-11-20}]\n"
)


@rule(
    "CI812", scope="change",
    mend="ask for the approval again, or take the change back",
    bad={f"before/{_ONE}": _APPROVED.replace("VALUE", "2"), _ONE: _APPROVED.replace("VALUE", "5")},
    good={f"before/{_ONE}": _APPROVED.replace("VALUE", "2"), _ONE: _APPROVED.replace("VALUE", "2") + _SAID},
)  # fmt: skip
def scores_after_approval(versions: Versions) -> Hits:
    """Scores stay as they were when it was approved.

    Somebody gave the approval for the place in the list that they saw. A new decision covers the new scores.
    """
    for pair in versions.kept:
        old, new = pair.before, pair.after
        decisions = old.get("plan", "approvals")
        approved = any(each.get("decision") != "declined" for _, each in old.entries("plan", "approvals"))
        if is_another(pair) or not approved or len(new.entries("plan", "approvals")) > len(decisions):
            continue
        for name in INPUTS:
            was, now = old.get("scores", name), new.get("scores", name)
            if was != now:
                yield Hit(new.at("scores", name), f"changed after it was approved: {wording.changed(name, was, now)}")


@rule(
    "CI813", scope="change",
    mend=_SAY_WHY,
    bad={f"before/{_ONE}": _RAISED, _ONE: _RAISED.replace("11-19", "11-21")},
    good={f"before/{_ONE}": _RAISED, _ONE: "status: rejected\n" + _REJECTED},
)  # fmt: skip
def history_rewritten(versions: Versions) -> Hits:
    """History is added to, and what it says is left as it is.

    Lead times, and who decided what, are read from it. A wrong day is corrected with a dated log entry that says
    so; an entry that left out its note or its name may be given one.
    """
    for pair in versions.kept:
        if is_another(pair) or _new_entries(pair) is None or _no_way(pair):
            continue
        old, new = pair.before.history, pair.after.history
        place = next((n for n, was in enumerate(old) if n >= len(new) or not _stands(was, new[n])), 0)
        route: Route = ("history", new[place].index) if place < len(new) else ("history",)
        was = old[place]
        message = f"the entry {was.status} of {was.on} was {'changed' if place < len(new) else 'removed'}"
        yield Hit(pair.after.at(*route), message, severity="info" if _logged(pair) else None)


_KPI = "kpis/answer-hours.yaml"
_CSV = "kpis/answer-hours.csv"
_READINGS = b"period,value,note\n2026-09,30,\n2026-10,28,\n"
_HOURS = "unit: hours\nbetter: lower\ncadence: month\naggregation: median\nbounds: [0, null]\n"


@rule(
    "CI814", scope="change",
    mend="say what it was and why it changed in the row's note: cireg measure --correct does",
    bad={f"before/{_KPI}": _HOURS, f"before/{_CSV}": _READINGS, _KPI: _HOURS, _CSV: _READINGS.replace(b"30,", b"22,")},
    good={f"before/{_KPI}": _HOURS, f"before/{_CSV}": _READINGS, _KPI: _HOURS,
          _CSV: _READINGS.replace(b"30,", b"22,was 30: counted twice")},
)  # fmt: skip
def silent_correction(versions: Versions) -> Hits:
    """A reading that changes says so in its note.

    Verdicts rest on readings. Whoever saw the old figure must be able to find out why there is another one.
    """
    for old, new in versions.kpis:
        path = old.path.rpartition(".")[0] + ".csv"
        if new.readings.path in versions.reverted:
            continue
        lines = {str(each.period): each.line for each in new.readings.readings}
        yield from _silent(rows(old), rows(new), lines, new.readings.path or path)


def _silent(old: dict[str, Reading], new: dict[str, Reading], lines: dict[str, int], path: str) -> Iterator[Hit]:
    for period, was in old.items():
        now = new.get(period)
        if now is None:
            yield Hit(Place(path), f"the reading of {period} is gone", "leave the row, with an empty value and a note")
        elif figures(now) != figures(was) and (not now.note or now.note == was.note):
            yield Hit(
                Place(path, lines[period]), f"the reading of {period} {change_of(was, now)}, and no note says why"
            )


def figures(reading: Reading) -> tuple[Fraction | None, ...]:
    """What a reading says."""
    return (reading.value, reading.numerator, reading.denominator)


def change_of(was: Reading, now: Reading) -> str:
    """What became of a reading, in words."""
    return f"was {_figure(was)} and is {_figure(now)}"


def _figure(reading: Reading) -> str:
    return "empty" if reading.value is None else figure(reading.value)


RULES = (skipped_step, moved_goalposts, scores_after_approval, history_rewritten, silent_correction)
