"""What git knows, held against what the files say of themselves."""

from __future__ import annotations

from datetime import timedelta

from cireg.history import History, Life, Seen
from cireg.model import Entry, Improvement, Register
from cireg.rules.declare import Hit, Hits, rule

_APART = timedelta(days=7)


@rule(
    "CI801", severity="warning", scope="history",
    mend="correct the day, or say in the entry's note why it was written down on another day",
    bad="history: [{on: 2026-11-12, status: proposed, by: service-desk-lead}]\n",
    good="history: [{on: 2026-11-18, status: proposed, by: service-desk-lead}]\n",
)  # fmt: skip
def git_dates(item: Improvement, life: Life, register: Register) -> Hits:
    """The days in a file's history are those on which git saw it, within a week.

    Lead times are computed from these days, and a day that was written much later, or ahead, makes them wrong. An
    entry with a note is taken at its word; so is what was imported, or came with the register's first commit. The
    day of a commit is the committer's clock: it is a second witness, and no proof.
    """
    imported = item.date("imported", "on")
    history = register.history
    began = history.began if isinstance(history, History) else None
    apart = [
        (entry, seen)
        for entry, seen in _paired(item.history, life)
        if seen.day and abs(entry.on - seen.day) > _APART and not entry.note
        if not (imported and entry.on <= imported) and seen.commit.id != began
    ]
    if apart:
        entry, seen = apart[0]
        more = f", and so do {len(apart) - 1} more" if len(apart) > 1 else ""
        message = f"the entry {entry.status} says {entry.on}, and git first saw it on {seen.day}{more}"
        help_ = f"it came with commit {seen.commit.id[:12]}: correct the day, or add a note that says why they differ"
        yield Hit(item.at("history", entry.index, "on"), message, help_)


def _paired(entries: tuple[Entry, ...], life: Life) -> list[tuple[Entry, Seen]]:
    """Each entry with the first time that git saw its status reached; one that git has not seen is left out."""
    found: list[tuple[Entry, Seen]] = []
    at = 0
    for seen in life.statuses:
        there = next((n for n in range(at, len(entries)) if entries[n].status == seen.status), None)
        if there is not None:
            found += [(entry, seen) for entry in entries[at : there + 1]]
            at = there + 1
    return found


RULES = (git_dates,)
