"""What an improvement must have by the status that it has reached: the gates of the schema, and SMART."""

from __future__ import annotations

from cireg import lifecycle
from cireg.findings import Severity
from cireg.gates import DEPENDENT, Lack, lacking_by_now
from cireg.model import Improvement, Register
from cireg.rules.declare import Hit, Hits, rule

_ONE, _TWO = "improvements/CI-0001.yaml", "improvements/CI-0002.yaml"
_ASSESSED = (
    "status: assessed\nhistory:\n  - {on: 2026-11-02, status: proposed, by: service-desk-lead}\n"
    "  - {on: 2026-11-09, status: assessed, by: improvement-manager}\nbaseline: {summary: Three days.}\n"
)
_SCORES = "scores: {value: 4, effort: 2, risk: 1, urgency: 3, on: 2026-11-09, by: improvement-manager}\n"
_PLANNED = (
    "status: planned\nhistory:\n  - {on: 2026-11-02, status: proposed, by: service-desk-lead}\n"
    "  - {on: 2026-11-09, status: assessed, by: improvement-manager}\n"
    "  - {on: 2026-11-16, status: planned, by: improvement-manager}\nbaseline: {summary: Three days.}\n"
    + _SCORES
    + "owner: service-desk-lead\nplan: {steps: [{do: Start a morning queue, by: service-desk-lead, due: 2026-12-15}]}\n"
)
_TARGET = (
    "target:\n  statement: First answer within a day by March.\n  due: 2027-03-01\n"
    "  evidence: The portal's report.\n  achievable: Two analysts are free.\n"
)
_IN_PROGRESS = _PLANNED.replace("status: planned\nhistory", "status: in-progress\nhistory").replace(
    "baseline", "  - {on: 2026-11-20, status: in-progress, by: service-desk-lead}\nbaseline", 1
)
_LIGHT = (
    "status: closed\ntrack: light\nhistory:\n  - {on: 2026-11-02, status: proposed, by: service-desk-lead}\n"
    "  - {on: 2026-11-16, status: closed, by: service-desk-lead}\naction: {live: 2026-11-09}\n"
    "target: {statement: Fewer clicks.}\nmomentum: {lessons: Ask the desk first.}\n"
    "review: {on: 2026-11-16, by: service-desk-lead, verdict: not-measured}\n"
)


def _lacks(item: Improvement, register: Register) -> list[Lack]:
    """Worked out once for all the rules of this module; what could not be used is not called missing as well."""
    known = register.memory.get(item.path)
    if known is None:
        lacks = lacking_by_now(item, register)
        known = register.memory[item.path] = [lack for lack in lacks if not item.lost(*lack.route)]
    return list(known)


def _severity(item: Improvement) -> Severity:
    return "warning" if item.still_as_imported else "error"


def _is_smart(item: Improvement, lack: Lack) -> bool:
    """Whether the lack is a letter of SMART that is judged by now: it is reported as that, once."""
    return lack.smart is not None and "planned" in _line_up_to(item)


def _line_up_to(item: Improvement) -> tuple[str, ...]:
    here = lifecycle.reached(item)
    line = lifecycle.line()
    return line[: line.index(here) + 1] if here in line else ()


@rule(
    "CI120",
    mend="add the part, or set the status back to the one that it has really reached",
    bad=_ASSESSED, good=_ASSESSED + _SCORES,
)  # fmt: skip
def gate(item: Improvement, register: Register) -> Hits:
    """An improvement has what its status asks for.

    A status is a promise: planned means that somebody answers for it, with a target and steps. Nothing is asked
    for earlier than its status needs it. In an imported file it is a warning until the file moves on.
    """
    for lack in _lacks(item, register):
        if lack.rule == "gate" and not _is_smart(item, lack):
            message = f"{item.status} asks for {lack.title}"
            yield Hit(item.at(*lack.route), message, lack.help, _severity(item))


@rule(
    "CI121",
    mend="supply the letter that is missing, or set the status back to assessed",
    bad=_PLANNED + "target: {statement: Answer sooner., achievable: Two analysts are free.}\n",
    good=_PLANNED + _TARGET,
)
def smart(item: Improvement, register: Register) -> Hits:
    """A target is SMART from planned on.

    Specific, measurable, achievable, relevant, time-bound: each letter that is missing is a way for the result
    to be argued about later. What the gates ask for too is an error; achievable is a warning.
    """
    if item.light or "planned" not in _line_up_to(item):
        return
    lacks = {lack.smart: lack for lack in _lacks(item, register) if lack.smart}
    for letter in lifecycle.smart_letters():
        message = f"the target is not {letter.word} (the {letter.letter} of SMART)"
        if letter.letter in lacks:
            yield Hit(item.at(*letter.route), message, letter.supply, _severity(item))
        elif letter.letter == "A" and not item.get(*letter.route) and not item.lost(*letter.route):
            yield Hit(item.at(*letter.route), message, letter.supply, "warning")


def _depends(item: Improvement, register: Register, name: str) -> Hits:
    for lack in _lacks(item, register):
        if lack.rule == name:
            yield Hit(item.at(*lack.route), f"{item.status} asks for {lack.title}", lack.help, _severity(item))


_POLICY = "policy: {approvals: [{status: planned, by: sponsor}]}\n"
_SMART_PLANNED = _PLANNED + _TARGET


@rule(
    "CI122",
    mend="ask for the approval, and add the decision to plan.approvals",
    bad={_ONE: _SMART_PLANNED, "cireg.yaml": _POLICY},
    good={
        _ONE: _SMART_PLANNED.replace(
            "plan: {",
            "plan: {approvals: [{by: head-of-it, as: sponsor, decision: approved, on: 2026-11-13}], ",
        ),
        "cireg.yaml": _POLICY,
    },
)
def approval_missing(item: Improvement, register: Register) -> Hits:
    """What the policy wants approved is approved.

    policy.approvals in cireg.yaml says whose consent is needed, and for what. A cost that nobody knows needs
    the consent too.
    """
    yield from _depends(item, register, "approval-missing")


_CHANGES = "policy: {changes_required: true}\n"
_SMART_RUNNING = _IN_PROGRESS + _TARGET


@rule(
    "CI123",
    mend="name the change record in action.changes",
    bad={_ONE: _SMART_RUNNING, "cireg.yaml": _CHANGES},
    good={_ONE: _SMART_RUNNING + "action: {changes: [CHG0031234]}\n", "cireg.yaml": _CHANGES},
)
def changes_missing(item: Improvement, register: Register) -> Hits:
    """Work starts with its change record, where the policy asks for one.

    Every improvement makes changes, and change enablement has to see them coming.
    """
    yield from _depends(item, register, "changes-missing")


_FAILED = (
    "status: closed\nreview: {on: 2026-11-09, by: data-analyst, verdict: not-achieved}\n"
    "momentum: {lessons: The rota was never kept., decision: continue}\n"
)


@rule(
    "CI124",
    mend="add the improvement that continues it, or decide to accept or reverse",
    bad=_FAILED,
    good={_ONE: _FAILED, _TWO: "links: {follows: CI-0001}\n"},
)
def follower_missing(item: Improvement, register: Register) -> Hits:
    """A failure that is to be continued has a follower.

    'We will try again' is only true when the next attempt is in the register.
    """
    yield from _depends(item, register, "follower-missing")


@rule(
    "CI125",
    mend="put it on the full track, or cut it down to what policy.light allows",
    bad=_LIGHT
    + "owner: service-desk-lead\nscores: {effort: 4, risk: 1}\nmoney: {costs: [{what: Time, planned: 100}]}\n",
    good=_LIGHT
    + "owner: service-desk-lead\nscores: {effort: 1, risk: 1}\nmoney: {costs: [{what: Time, planned: 100}]}\n",
)
def light_limits(item: Improvement, register: Register) -> Hits:
    """The light track is for what is small and safe.

    It goes without plan and approval, so its effort, its risk and its planned cost stay within policy.light. A
    cost that nobody knows does not.
    """
    yield from _depends(item, register, "light-limits")
    if item.light and lifecycle.is_open(item.status):
        # Said as soon as it is known, not only when it is closed; what is not known yet is asked for then.
        for lack in DEPENDENT["light-limits"](item, register, "closed"):
            if item.get(*lack.route) is not None:
                yield Hit(item.at(*lack.route), f"the light track asks for {lack.title}", lack.help, "warning")


RULES = (gate, smart, approval_missing, changes_missing, follower_missing, light_limits)
