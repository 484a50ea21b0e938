"""The history of an improvement: in order, by legal moves, ending where it stands."""

from __future__ import annotations

from cireg import lifecycle
from cireg.model import Entry, Improvement, Register
from cireg.rules.declare import Hit, Hits, rule

_RAISED = "history:\n  - {on: 2026-11-02, status: proposed, by: service-desk-lead}\n"
_FRESH = _RAISED.replace("11-02", "11-12")
_REJECTED = "status: rejected\n" + _RAISED


@rule(
    "CI130",
    mend="put the entries in the order in which they happened, oldest first",
    bad="status: withdrawn\nhistory:\n  - {on: 2026-11-09, status: proposed, by: service-desk-lead}\n"
    "  - {on: 2026-11-02, status: withdrawn, by: service-desk-lead, note: The portal is replaced.}\n",
    good="status: withdrawn\nhistory:\n  - {on: 2026-11-02, status: proposed, by: service-desk-lead}\n"
    "  - {on: 2026-11-09, status: withdrawn, by: service-desk-lead, note: The portal is replaced.}\n",
)
def history_order(item: Improvement, register: Register) -> Hits:
    """History runs from the oldest entry to the newest.

    Every duration is computed from it. Several entries may have the same day.
    """
    for before, entry in zip(item.history, item.history[1:], strict=False):
        if entry.on < before.on:
            yield Hit(item.at("history", entry.index, "on"), f"{entry.on} comes after {before.on} in the list")


@rule(
    "CI131",
    mend="add the entry for the present status, or correct the status",
    bad="status: rejected\n" + _FRESH, good="status: proposed\n" + _FRESH,
)  # fmt: skip
def history_end(item: Improvement, register: Register) -> Hits:
    """The last history entry equals the status.

    Otherwise nobody can tell since when it has had that status, and who decided it.
    """
    if item.history_is_whole and item.history[-1].status != item.status:
        last = item.history[-1].status
        yield Hit(item.at("status"), f"the status is {item.status}, and the last history entry says {last}")


@rule(
    "CI132",
    mend="add the day on which the idea was raised, with status: proposed",
    bad="status: rejected\nhistory:\n"
    "  - {on: 2026-11-09, status: rejected, by: improvement-manager, note: The portal is replaced.}\n",
    good=_REJECTED + "  - {on: 2026-11-09, status: rejected, by: improvement-manager, note: The portal is replaced.}\n",
)
def history_start(item: Improvement, register: Register) -> Hits:
    """The first history entry is the day the idea was raised.

    The time to an answer and the time to implement count from there. An imported file may begin later.
    """
    first = lifecycle.line()[0]
    if item.history_is_whole and item.history[0].status != first and item.get("imported") is None:
        status = item.history[0].status
        yield Hit(item.at("history", 0, "status"), f"the first entry is {status}, and it must be {first}")


@rule(
    "CI133",
    mend="add the entries that are missing between the two, or correct the status",
    bad="status: withdrawn\n"
    + _RAISED
    + "  - {on: 2026-11-09, status: rejected, by: improvement-manager, note: Too early.}\n"
    "  - {on: 2026-11-16, status: withdrawn, by: service-desk-lead, note: No longer wanted.}\n",
    good=_REJECTED + "  - {on: 2026-11-09, status: rejected, by: improvement-manager, note: Too early.}\n",
)
def illegal_move(item: Improvement, register: Register) -> Hits:
    """Each move is one that the life cycle allows.

    One step forward, or one back with a note; parked, rejected or withdrawn from any open status; out of the
    parking place only to where it came from. Closed is the end: the next cycle is an improvement that follows.
    What happened before an import is not judged.
    """
    if not item.history_is_whole:
        return
    imported = item.date("imported", "on")
    for number in range(1, len(item.history)):
        entry = item.history[number]
        if imported is not None and entry.on <= imported:
            continue
        yield from _judge(item, item.history[:number], entry)


def _judge(item: Improvement, before: tuple[Entry, ...], entry: Entry) -> Hits:
    track = "light" if item.light else "full"
    moves = lifecycle.allowed(track, before)
    here = before[-1].status
    move = moves.get(entry.status)
    if move is None:
        ways = ", ".join(moves) or "nothing: it is the end"
        message = f"there is no move from {here} to {entry.status}"
        yield Hit(item.at("history", entry.index, "status"), message, f"from {here} it goes to: {ways}")
    elif move.note and not entry.note:
        message = f"the move back from {here} to {entry.status} needs a note"
        yield Hit(item.at("history", entry.index), message, "add a note that says why")


@rule(
    "CI134",
    mend="add what is missing to the history entry",
    bad=_REJECTED + "  - {on: 2026-11-09, status: rejected, by: improvement-manager}\n",
    good=_REJECTED + "  - {on: 2026-11-09, status: rejected, by: improvement-manager, note: Too early.}\n",
)
def history_entry(item: Improvement, register: Register) -> Hits:
    """A history entry says what its status asks for.

    Whoever had the idea deserves the reason for a no, and what is parked needs the day on which it comes back.
    """
    for entry in item.history:
        wanted = lifecycle.statuses()[entry.status].entry
        for name in wanted:
            if not getattr(entry, name) and not item.lost("history", entry.index, name):
                lenient = item.still_as_imported
                yield Hit(
                    item.at("history", entry.index),
                    f"the entry {entry.status} of {entry.on} needs {name}",
                    _ENTRY_HELP[name],
                    "warning" if lenient else None,
                )


_ENTRY_HELP = {
    "note": "add note: with the reason",
    "until": "add until: with the day on which it comes back",
    "by": "add by: with who decided it",
}

RULES = (history_order, history_end, history_start, illegal_move, history_entry)
