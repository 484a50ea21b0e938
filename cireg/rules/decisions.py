"""Approvals: whether they still cover what is planned, and whether they were theirs to give."""

from __future__ import annotations

from cireg import approvals
from cireg.gates import gates_to_pass
from cireg.model import Improvement, Register
from cireg.rules.declare import Hit, Hits, rule
from cireg.schema import choices

_ONE = "improvements/CI-0001.yaml"
_BEFORE = (
    "status: planned\nhistory:\n  - {on: 2026-11-02, status: proposed, by: service-desk-lead}\n"
    "  - {on: 2026-11-09, status: assessed, by: improvement-manager}\n"
    "  - {on: 2026-11-16, status: planned, by: improvement-manager}\nbaseline: {summary: Three days.}\n"
    "scores: {value: 4, effort: 2, risk: 1, urgency: 3, on: 2026-11-09, by: improvement-manager}\n"
    "owner: service-desk-lead\ntarget:\n  statement: First answer within a day by March.\n  due: DUE\n"
    "  evidence: The portal's report.\n  achievable: Two analysts are free.\n"
    "plan:\n  steps: [{do: Start a morning queue, by: service-desk-lead, due: 2026-12-15}]\n  approvals:\n"
)
_COVERED = "sha256:e8b1e7ac03ee01858be3b2de5a300955472b0a78b35ef3bf4e795683f33f1129"
_POLICY = "policy: {approvals: [{status: planned, by: sponsor}]}\n"


def _decided(decision: str, due: str = "2027-03-01") -> str:
    return _BEFORE.replace("DUE", due) + f"    - {{{decision}, decision: approved, on: 2026-11-13}}\n"


_COVERS = f"by: head-of-it, as: sponsor, covers: {_COVERED}"


@rule(
    "CI126",
    mend="ask for the approval again, or take the change back",
    bad={_ONE: _decided(_COVERS, due="2027-06-01"), "cireg.yaml": _POLICY},
    good={_ONE: _decided(_COVERS), "cireg.yaml": _POLICY},
)
def stale_approval(item: Improvement, register: Register) -> Hits:
    """What was approved is what is planned.

    An approval covers the target and its day, the measures, the planned money and the scores, as they were when it
    was given; its fingerprint, which cireg approve writes, tells when one of them has changed. Steps, risks, readings
    and what was really spent may change freely. Where the policy does not ask for the approval it is a warning.
    """
    passed = gates_to_pass(item)
    for n, decision in approvals.latest(item):
        if passed and decision.get("decision") != "declined" and approvals.is_stale(decision, item):
            message = f"{decision.get('by')} approved on {decision.get('on')} what has changed since"
            role = decision.get("as")
            help_ = f"ask again: cireg approve {item.id}{f' --as {role}' if role else ''}; or take the change back"
            asked = not item.light and any(
                wanted.index == n for status in passed for wanted in approvals.wanted(item, register.config, status)
            )
            yield Hit(item.at("plan", "approvals", n, "covers"), message, help_, None if asked else "warning")


@rule(
    "CI127", severity="warning",
    mend="give the person that role in cireg.yaml, or let somebody decide who has it",
    bad=_decided("by: data-analyst, as: sponsor"),
    good=_decided("by: head-of-it, as: sponsor"),
)  # fmt: skip
def approval_role(item: Improvement, register: Register) -> Hits:
    """Whoever decides in a role has that role.

    Otherwise anybody could consent to anything. The improvement's own sponsor is a sponsor for it. Where the policy
    asks for the role, such a decision does not count.
    """
    people = register.config.listed("people")
    for n, decision in item.entries("plan", "approvals"):
        person, role = decision.get("by"), decision.get("as")
        if people is None or person not in people or role is None or role == person:
            continue
        roles = choices("config", "people[].roles")
        if role not in roles:
            yield Hit(item.at("plan", "approvals", n, "as"), f"there is no role {role}", f"one of: {', '.join(roles)}")
        elif role not in approvals.roles_for(person, item, register.config):
            yield Hit(item.at("plan", "approvals", n, "as"), f"{person} does not have the role {role} in cireg.yaml")


@rule(
    "CI128", severity="warning",
    mend="let somebody else decide: the sponsor, or the improvement manager",
    bad=_decided("by: service-desk-lead"),
    good=_decided("by: head-of-it"),
)  # fmt: skip
def own_approval(item: Improvement, register: Register) -> Hits:
    """Nobody approves the own plan.

    Consent means that a second pair of eyes has looked at it. Where the policy asks for that very person, it is the
    policy's own doing.
    """
    named = {policy.get("by") for _, policy in register.config.entries("policy", "approvals")}
    for n, decision in item.entries("plan", "approvals"):
        if (
            item.owner
            and item.owner not in named
            and decision.get("by") == item.owner
            and decision.get("decision") != "declined"
        ):
            yield Hit(item.at("plan", "approvals", n, "by"), f"{item.owner} owns the improvement and approved it")


RULES = (stale_approval, approval_role, own_approval)
