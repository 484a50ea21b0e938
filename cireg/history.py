"""What git knows of every improvement: when it was first seen, when each status came, who brought it, by which commit.

One walk along the first parents of a commit: what counts is what stood on the branch, and when it came there; a
merge brings everything that it merges. An improvement is followed by the id inside its file, so that it may be
renamed, swapped or moved. What a file says is worked out once for each of its contents and kept (`files.Cache`).

Whoever commits sets the clock and the name of a commit: git is a second witness, and no proof of who somebody was.
A clone without the whole history gives `NoHistory`, never a part of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, tzinfo
from typing import Any

from cireg.commits import LOG, steps_of
from cireg.facts import Facts, facts, shifts
from cireg.files import Cache
from cireg.git import Change, Commit, Git, Unread
from cireg.layout import CONFIG, IMPROVEMENTS, KPIS
from cireg.source import FILE_LIMIT

_YAML = (".yaml", ".yml")
CACHE = "blobs-2"  # another number where `facts` gives something else


@dataclass(frozen=True, slots=True)
class Seen:
    """Something came to the branch: on `day`, by the committer's clock, in `commit`. `status` is the file's then."""

    day: date | None
    commit: Commit
    status: str
    path: str


@dataclass(frozen=True, slots=True)
class Shift:
    """A goal changed after the improvement had taken effect: `what` it was, before and after, as JSON has it.

    `kpi` is set where it belongs to that KPI: to the measure's own target, or to what the KPI means.
    """

    day: date | None
    commit: Commit
    kpi: str | None
    what: str
    before: Any
    after: Any
    logged: bool


@dataclass(slots=True)
class Life:
    """One improvement on the branch.

    `statuses` has an entry for each change of its status, the oldest first; the first one is when it came.
    `commits` are all that touched it, `removed` is set where it is gone. `shifts` are the goals that moved,
    `decisions` tells what brought each decision on the plan, by its `decision_key`.
    """

    id: str
    statuses: list[Seen] = field(default_factory=list)
    commits: list[Seen] = field(default_factory=list)
    shifts: list[Shift] = field(default_factory=list)
    decisions: dict[str, Seen] = field(default_factory=dict)
    removed: Seen | None = None

    @property
    def first_seen(self) -> Seen:
        return self.statuses[0]

    def first(self, status: str) -> Seen | None:
        """When it first had that status on the branch."""
        return next((each for each in self.statuses if each.status == status), None)


@dataclass(frozen=True, slots=True)
class History:
    """Every improvement that the branch has or had, by id, as of `commit`.

    `began` is the commit that brought the register itself: what came with it is older than its git. `kpis` has what
    touched the definition of each KPI, `brought` the last commit that brought each content, by the blob's id, and
    `now` the contents that are still there.
    """

    commit: str
    began: str | None
    lives: dict[str, Life]
    kpis: dict[str, list[Seen]]
    brought: dict[str, Commit]
    now: frozenset[str]

    def of(self, identity: str) -> Life | None:
        """What became of an improvement, None where the branch never had it."""
        return self.lives.get(identity)


@dataclass(frozen=True, slots=True)
class NoHistory:
    """Why there are no figures from git, and what to do to have them.

    `cut_off` where the clone is to blame, `refused` where git does not answer here.
    """

    reason: str
    hint: str
    cut_off: bool = False
    refused: bool = False


def read_history(
    git: Git, commit: str | None, zone: tzinfo = UTC, cache: Cache | None = None, log: Cache | None = None
) -> History | NoHistory:
    """The history of the register in git's folder up to `commit`, a full id; None stands for no commit yet.

    Days are those of the committers' clocks in `zone`. It takes one `git log`, of what is not kept in `log`; contents
    that `cache` does not know are read with one `git cat-file`. Raises `CiregError` as git does.
    """
    if git.toplevel() is None:
        return NoHistory("this is not a git repository", "git init, then commit the register")
    if commit is None:
        return NoHistory("nothing is committed yet", "commit the register")
    if git.is_shallow():
        hint = "git fetch --unshallow; in a workflow, check out with fetch-depth: 0"
        return NoHistory("this is a shallow clone, which has only a part of the history", hint, cut_off=True)
    if git.is_partial():
        hint = "git fetch --refetch --no-filter; in a workflow, check out without filter"
        return NoHistory("this is a partial clone, which leaves out contents of the history", hint, cut_off=True)
    steps = steps_of(git, commit, log or Cache(None, LOG))
    known = _facts_of(git, _blobs(steps), cache or Cache(None, CACHE))
    walk = _Walk(known, zone)
    for step, changes in steps:
        walk.step(step, changes)
    return History(
        commit,
        walk.began,
        dict(sorted(walk.lives.items())),
        dict(sorted(walk.kpis.items())),
        walk.brought,
        frozenset(walk.now.values()),
    )


def _blobs(steps: list[tuple[Commit, list[Change]]]) -> dict[str, str]:
    """The contents that matter, each with a path that it had."""
    found: dict[str, str] = {}
    for _, changes in steps:
        for change in changes:
            if change.after and change.path.endswith(_YAML) and change.mode.startswith("100") and change.path != CONFIG:
                found.setdefault(_key(change.path, change.after), change.after)
    return found


def _key(path: str, blob: str) -> str:
    """A content is told by its blob and by the folder it lies in, which says what kind of file it is."""
    return f"{path[:1]}{blob}"


def _facts_of(git: Git, wanted: dict[str, str], cache: Cache) -> dict[str, Facts | None]:
    known = cache.load()
    missing = {key: blob for key, blob in wanted.items() if key not in known}
    if missing:
        folders = {"i": IMPROVEMENTS, "k": KPIS}
        keys: dict[str, list[str]] = {}
        for key, blob in missing.items():
            keys.setdefault(blob, []).append(key)
        for blob, raw in git.blobs(keys, FILE_LIMIT):
            for key in keys[blob]:
                path = f"{folders[key[0]]}/x.yaml"
                known[key] = None if isinstance(raw, Unread) else facts(path, raw)
        cache.keep(known)
    return known


class _Walk:
    """From the oldest commit to the newest: which id each path has, and what happens to it."""

    def __init__(self, known: dict[str, Facts | None], zone: tzinfo) -> None:
        self.known = known
        self.zone = zone
        self.began: str | None = None
        self.brought: dict[str, Commit] = {}
        self.now: dict[str, str] = {}
        self.lives: dict[str, Life] = {}
        self.kpis: dict[str, list[Seen]] = {}
        self._at: dict[str, Facts] = {}  # what each path holds now
        self._paths: dict[str, set[str]] = {}  # where each improvement lies now
        self._latest: dict[str, Facts] = {}
        self._means: dict[str, Any] = {}
        self._live_by_kpi: dict[str, set[str]] = {}

    def step(self, commit: Commit, changes: Iterable[Change]) -> None:
        """Take in one commit: everything that it took away first, then what it brought."""
        day = commit.day(self.zone)
        brought: list[tuple[str, Facts]] = []
        gone: set[str] = set()
        for change in changes:
            self.now.pop(change.path, None)
            if change.after:
                self.brought[change.after] = commit
                self.now[change.path] = change.after
            if change.path == CONFIG and self.began is None:
                self.began = commit.id
            if change.path == CONFIG or not change.path.endswith(_YAML):
                continue
            old = self._at.pop(change.path, None)
            if old and "status" in old:
                self._paths[old["id"]].discard(change.path)
                gone.add(old["id"])
            found = self.known.get(_key(change.path, change.after)) if change.after else None
            if found:
                brought.append((change.path, found))
        for path, found in sorted(brought, key=lambda each: each[0]):
            self._at[path] = found
            seen = Seen(day, commit, found.get("status", ""), path)
            if "status" not in found:
                self._kpi(found, seen)
                continue
            self._paths.setdefault(found["id"], set()).add(path)
            self._improvement(found, seen)
        for identity in sorted(gone):
            if not self._paths[identity]:
                life = self.lives[identity]
                life.removed = Seen(day, commit, life.statuses[-1].status, life.commits[-1].path)

    def _improvement(self, found: Facts, seen: Seen) -> None:
        identity = found["id"]
        life = self.lives.setdefault(identity, Life(identity))
        if life.commits and life.commits[-1].commit is seen.commit:
            return  # two files with one id: the first one stands
        life.removed = None
        life.commits.append(seen)
        if not life.statuses or life.statuses[-1].status != seen.status:
            life.statuses.append(seen)
        for decision in found.get("decided", ()):
            life.decisions.setdefault(decision, seen)
        before = self._latest.get(identity)
        if before is not None and "live" in before:
            logged = found.get("logged", 0) > before.get("logged", 0)
            for kpi, what, was, now in shifts(before.get("goal", {}), found.get("goal", {})):
                life.shifts.append(Shift(seen.day, seen.commit, kpi, what, was, now, logged))
        self._latest[identity] = found
        for kpi in found.get("goal", {}) if "live" in found else ():
            self._live_by_kpi.setdefault(kpi, set()).add(identity)

    def _kpi(self, found: Facts, seen: Seen) -> None:
        self.kpis.setdefault(found["id"], []).append(seen)
        old, new = self._means.get(found["id"]), found["means"]
        self._means[found["id"]] = new
        if old is None or old == new:
            return
        for identity in sorted(self._live_by_kpi.get(found["id"], ())):
            if found["id"] in self._latest[identity].get("goal", {}) and "live" in self._latest[identity]:
                for part in sorted(name for name in old.keys() | new.keys() if old.get(name) != new.get(name)):
                    shift = Shift(seen.day, seen.commit, found["id"], part, old.get(part), new.get(part), False)
                    self.lives[identity].shifts.append(shift)
