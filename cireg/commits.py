"""What each commit of a branch did to the register's files, with what is known already not asked for again."""

from __future__ import annotations

from typing import Any

from cireg.files import Cache
from cireg.git import Change, Commit, Git
from cireg.layout import CONFIG, IMPROVEMENTS, KPIS

Step = tuple[Commit, list[Change]]

PATHS = (CONFIG, IMPROVEMENTS, KPIS)
LOG = "log-1"  # another number where what is kept has another form
_FEW = 100  # steps that are asked for again each time, before what is kept moves on


def steps_of(git: Git, commit: str, cache: Cache) -> list[Step]:
    """What happened up to `commit`, a full id, the oldest first, on the way of first parents.

    What is kept belongs to one commit, so that it can be wrong only if git is: it is used where that commit lies on
    the way, and what came after it is asked for.
    """
    kept = cache.load()
    tip, old = kept.get("tip"), kept.get("steps")
    if isinstance(tip, str) and isinstance(old, list) and (tip == commit or git.is_on_the_way(tip, commit)):
        known = _read(old)
        if known is not None:
            new = [] if tip == commit else list(git.changes(commit, PATHS, since=tip))
            found = [*known, *reversed(new)]
            if len(new) > _FEW:
                cache.keep({"tip": commit, "steps": _written(found)})
            return found
    found = list(git.changes(commit, PATHS))
    found.reverse()
    cache.keep({"tip": commit, "steps": _written(found)})
    return found


def _written(steps: list[Step]) -> list[Any]:
    return [
        [
            [commit.id, commit.when, commit.author, commit.email, commit.subject],
            [[change.path, change.before, change.after, change.mode] for change in changes],
        ]
        for commit, changes in steps
    ]


def _read(kept: list[Any]) -> list[Step] | None:
    """The steps that were kept; None where they have another form."""
    try:
        return [(Commit(*commit), [Change(*change) for change in changes]) for commit, changes in kept]
    except (TypeError, ValueError):
        return None
