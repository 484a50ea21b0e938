"""Waivers: a warning may be accepted for a reason and for a time."""

from __future__ import annotations

from cireg.model import Improvement, Register
from cireg.rules.declare import Hit, Hits, found_by_reader, rule

_DUE = (
    "history: [{on: 2026-11-12, status: proposed, by: service-desk-lead}]\ntarget: {due: 2026-11-16}\n"
)  # fmt: skip


@rule(
    "CI501", severity="warning",
    mend="give the reason, or remove the waiver",
    bad="waivers: [{rule: overdue}]\n",
    good=_DUE + "waivers: [{rule: overdue, reason: The vendor moved the date., until: 2026-12-31}]\n",
)  # fmt: skip
def waiver_without_reason(item: Improvement, register: Register) -> Hits:
    """A waiver says why.

    Without a reason it waives nothing, because nobody can tell later whether it still holds.
    """
    for n, waiver in item.entries("waivers"):
        if not waiver.get("reason"):
            yield Hit(item.at("waivers", n), f"the waiver of {waiver.get('rule', 'nothing')} has no reason")


@rule(
    "CI502", severity="warning",
    mend="mend what was waived, or agree on a new day",
    bad="waivers: [{rule: overdue, reason: The vendor moved the date., until: 2026-11-01}]\n",
    good=_DUE + "waivers: [{rule: overdue, reason: The vendor moved the date., until: 2026-12-31}]\n",
)  # fmt: skip
def waiver_expired(item: Improvement, register: Register) -> Hits:
    """A waiver has not expired.

    It was agreed on until a day, and what it hid shows again.
    """
    for n, _ in item.entries("waivers"):
        until = item.date("waivers", n, "until")
        if until and until < register.as_of:
            yield Hit(
                item.at("waivers", n, "until"),
                f"the waiver of {item.get('waivers', n, 'rule')} ended on {until}",
            )


@rule(
    "CI503", severity="warning",
    mend="use a rule's name as `cireg rules` lists it; only warnings can be waived",
    bad="waivers: [{rule: late, reason: The vendor moved the date.}]\n",
    good=_DUE + "waivers: [{rule: overdue, reason: The vendor moved the date., until: 2026-12-31}]\n",
)  # fmt: skip
def waiver_unknown(item: Improvement, register: Register) -> Hits:
    """A waiver names a rule whose findings can be waived.

    An error is a fault in the file, and no reason makes it right.
    """
    from cireg.rules import can_be_waived  # the list of rules holds this one

    for n, waiver in item.entries("waivers"):
        name = waiver.get("rule")
        if name and not can_be_waived(name):
            yield Hit(item.at("waivers", n, "rule"), f"there is no warning {name} to waive")


RULES = (
    waiver_without_reason,
    waiver_expired,
    waiver_unknown,
    found_by_reader(
        "CI504", "waiver-unused", "A waiver waives something",
        "What it was for is mended, or was never there; it would hide the next one.",
        mend="remove the waiver",
        bad="waivers: [{rule: overdue, reason: The vendor moved the date., until: 2026-12-31}]\n",
        good=_DUE + "waivers: [{rule: overdue, reason: The vendor moved the date., until: 2026-12-31}]\n",
        severity="warning",
    ),
)  # fmt: skip
