"""What git knows of an improvement, for its page: when each status came to the branch, and goals that moved later."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from cireg import wording
from cireg.history import History, Life, NoHistory, Seen, Shift
from cireg.people import person_with
from cireg.site.views.blocks import Entry
from cireg.site.views.forge import commit_at_forge
from cireg.site.views.subject import Subject

_SHORT = 10  # digits of a commit's id


@dataclass(frozen=True, slots=True)
class Committed:
    """`seen` are the statuses, the newest first; `moved` what was changed of a goal, the newest first.

    `unknown` says why git could tell nothing, where somebody can do something about it.
    """

    seen: tuple[Entry, ...]
    moved: tuple[Entry, ...]
    unknown: str


def committed(subject: Subject) -> Committed:
    """What git knows of the improvement; nothing of a register that is in no repository."""
    known = subject.shown.whole.history
    if isinstance(known, NoHistory):
        unknown = subject.say("committed.unknown", reason=known.reason, hint=known.hint) if known.cut_off else ""
        return Committed((), (), unknown)
    life = known.lives.get(subject.item.id) if isinstance(known, History) else None
    if life is None:
        return Committed((), (), "")
    return Committed(_seen(subject, life), _moved(subject, life), "")


def _seen(subject: Subject, life: Life) -> tuple[Entry, ...]:
    words = subject.words
    return tuple(
        Entry(words.day(seen.day), words.label("status", seen.status), _who(subject, seen), commit_link(subject, seen))
        for seen in reversed(life.statuses)
        if seen.day
    )


def _moved(subject: Subject, life: Life) -> tuple[Entry, ...]:
    return tuple(
        Entry(subject.words.day(shift.day), _what(subject, shift), _who(subject, shift), commit_link(subject, shift))
        for shift in reversed(life.shifts)
        if shift.day
    )


def _what(subject: Subject, shift: Shift) -> str:
    name = f"{shift.kpi}: {shift.what}" if shift.kpi else shift.what
    what = wording.changed(name.replace("_", " "), shift.before, shift.after)
    return subject.say("committed.logged" if shift.logged else "committed.not_logged", what=what)


def _who(subject: Subject, seen: Seen | Shift) -> str:
    """The person of cireg.yaml who made the commit; what git calls anybody else is nobody's business here."""
    return subject.someone(person_with(subject.shown.config, seen.commit.email))


def commit_link(subject: Subject, seen: Seen | Shift) -> Markup:
    """The commit by its first digits, as a link where the forge is known."""
    short = seen.commit.id[:_SHORT]
    address = commit_at_forge(subject.shown.config, seen.commit.id)
    if not address:
        return Markup("<code>{}</code>").format(short)
    return Markup('<a href="{}"><code>{}</code></a>').format(address, short)
