"""A status that the sheet gives an improvement which the register has already: a move by the rules, or none."""

from __future__ import annotations

from datetime import date
from typing import Any

from cireg import lifecycle
from cireg.model import Improvement


def entry_for(item: Improvement, status: str, known: dict[str, Any], today: date) -> dict[str, Any] | str:
    """The history entry that takes `item` to `status`, or the reason why there is none.

    `known` is what the sheet says of the entry: on, by, note, until. Where it has no day that fits, the day of the
    import stands.
    """
    if not item.history_is_whole:
        return "its history has faults, which have to be mended first"
    last = item.history[-1]
    moves = lifecycle.allowed("light" if item.light else "full", item.history)
    move = moves.get(status)
    if move is None:
        ways = ", ".join(moves) or "nothing: it is the end"
        return f"there is no move from {last.status} to {status}; from {last.status} it goes to: {ways}"
    needed = {*lifecycle.statuses()[status].entry, *(("note",) if move.note else ())}
    missing = [name for name in ("note", "until", "by") if name in needed and not known.get(name)]
    if missing:
        return f"the move from {last.status} to {status} needs {' and '.join(missing)}"
    on = known.get("on")
    if on is None or on < last.on.isoformat():
        on = today.isoformat()
    if on < last.on.isoformat():
        return f"its last move lies in the future, on {last.on}"
    entry = {"on": on, "status": status}
    return entry | {name: known[name] for name in ("by", "note", "until") if known.get(name)}
