"""Which commit brought a part of an improvement's file, and whether it shows who it was.

Two walks are made: along every commit that touched the file, for whoever wrote a part, and along the main branch, for
whoever merged it. A commit's author is the name and address that the committer gave: it shows more than the file can
say of itself, and it is as good as the branch protection behind it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from cireg.canonical import same
from cireg.git import Commit, Git, Unread
from cireg.history import History, NoHistory
from cireg.model import Config, Improvement
from cireg.people import person_with
from cireg.source import FILE_LIMIT, Route, read

Version = tuple[Commit, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Brought:
    """What brought a part: the commit that wrote it, and the one that brought it to the branch, a merge or the same."""

    written: Commit | None = None
    merged: Commit | None = None


@dataclass(frozen=True, slots=True)
class Witness:
    """Every version of one improvement's file, the oldest first: as written anywhere, and as it stood on the branch."""

    written: tuple[Version, ...]
    merged: tuple[Version, ...]

    def brought(self, route: Route, value: Any) -> Brought:
        """The first commits whose version says this at `route`; an entry of a list may stand anywhere in it."""
        return Brought(_first(self.written, route, value), _first(self.merged, route, value))


def witness(git: Git, history: History | NoHistory, item: Improvement) -> Witness | None:
    """What git can tell of an improvement; None where it cannot, or has never seen it."""
    life = history.of(item.id) if isinstance(history, History) else None
    if life is None or not isinstance(history, History):
        return None
    paths = sorted({item.path, *(seen.path for seen in life.commits)})
    steps = [list(git.changes(history.commit, paths, every=every)) for every in (True, False)]
    blobs = {change.after for step in steps for _, changes in step for change in changes if change.after}
    known: dict[str, dict[str, Any]] = {}
    for blob, raw in git.blobs(sorted(blobs), FILE_LIMIT):
        data = None if isinstance(raw, Unread) else read(item.path, raw).data
        if data is not None and data.get("id") == item.id:
            known[blob] = data
    written, merged = (
        tuple(
            (commit, known[change.after])
            for commit, changes in reversed(step)
            for change in changes
            if change.after in known
        )
        for step in steps
    )
    return Witness(written, merged)


def _first(versions: Iterable[Version], route: Route, value: Any) -> Commit | None:
    return next((commit for commit, data in versions if _says(data, route, value)), None)


def _says(data: Any, route: Route, value: Any) -> bool:
    for place, step in enumerate(route):
        if isinstance(step, int):
            rest = route[place + 1 :]
            return isinstance(data, list) and any(_says(each, rest, value) for each in data)
        data = data.get(step) if isinstance(data, dict) else None
    return same(data, value)


def proof(by: str | None, brought: Brought, config: Config) -> tuple[str, Commit] | None:
    """How a commit shows that it was `by`: they committed it, or they merged it; None where neither shows it."""
    for kind, commit in (("committed", brought.written), ("merged", brought.merged)):
        if by is not None and commit is not None and person_with(config, commit.email) == by:
            return kind, commit
    return None
