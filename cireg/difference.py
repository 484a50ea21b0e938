"""What changes from one version of a register to another: what a reviewer wants to know, as plain data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from cireg import gates, lifecycle, lint, query, wording
from cireg.create import lookalikes
from cireg.field_changes import FieldChange, changes
from cireg.findings import Finding
from cireg.measure.readings import Reading
from cireg.measuring import outcome
from cireg.model import Improvement, Kpi, Register
from cireg.ranking import rank
from cireg.rules.changed import figures
from cireg.verdict_words import figure
from cireg.versions import Versions, rows

_TOLD_OTHERWISE = ("id", "status", "history")


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an improvement stands: its score, and its rank in the list of what to do next."""

    score: float | None
    rank: int | None


@dataclass(frozen=True, slots=True)
class ItemChange:
    """One improvement. `kind` is new, changed or removed; `before` and `after` are None where it is not.

    `moves` are the history entries that came, in words. `next` is the status of the next gate, `lacking` what that
    does not find yet. `alike` are the improvements that a new one resembles, with their likeness from 0 to 1.
    """

    id: str
    title: str
    kind: str
    path: str
    moved_from: str | None
    status: tuple[str | None, str | None]
    moves: tuple[str, ...]
    fields: tuple[FieldChange, ...]
    before: Standing | None
    after: Standing | None
    verdict: tuple[str | None, str | None]
    next: str | None = None
    lacking: tuple[str, ...] = ()
    alike: tuple[tuple[str, str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class ReadingChange:
    """A reading that was added, corrected or removed; a figure is None where there is none."""

    period: str
    kind: str
    before: str | None
    after: str | None
    note: str


@dataclass(frozen=True, slots=True)
class KpiChange:
    """One KPI: its definition and its readings. `kind` is new, changed or removed."""

    id: str
    name: str
    kind: str
    path: str
    fields: tuple[FieldChange, ...]
    readings: tuple[ReadingChange, ...]


@dataclass(frozen=True, slots=True)
class Displaced:
    """An improvement that was among the first and that others have passed."""

    id: str
    title: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Difference:
    """Everything that changes. `top` is how many the first are.

    `broken` is what the change itself breaks; `appeared` and `gone` are findings about the files as they are, in the
    later version only and in the earlier one only; `old` counts the errors and warnings that both have.
    """

    as_of: date
    top: int
    items: tuple[ItemChange, ...]
    kpis: tuple[KpiChange, ...]
    config: tuple[FieldChange, ...]
    displaced: tuple[Displaced, ...]
    broken: tuple[Finding, ...]
    appeared: tuple[Finding, ...]
    gone: tuple[Finding, ...]
    old: int = field(default=0)

    @property
    def is_empty(self) -> bool:
        """Whether nothing of the register differs."""
        return not (self.items or self.kpis or self.config or self.appeared or self.gone or self.broken)


def between(versions: Versions) -> Difference:
    """What changes between two versions that are as of the same day."""
    before, after = versions.before, versions.after
    old, new = _ranks(before), _ranks(after)
    top = int(after.config.get("scoring", "top") or 0)
    findings = Findings.of(versions)
    return Difference(
        as_of=after.as_of,
        top=top,
        items=tuple(_items(versions, old, new)),
        kpis=tuple(_kpis(versions)),
        config=tuple(changes("config", before.config.data, after.config.data)),
        displaced=tuple(
            Displaced(each, after.improvements[each].title, place, new[each])
            for each, place in old.items()
            if place <= top and each in new and new[each] > top
        ),
        broken=tuple(lint.compare(versions)),
        appeared=findings.appeared,
        gone=findings.gone,
        old=findings.kept,
    )


@dataclass(frozen=True, slots=True)
class Findings:
    """The findings of two versions, told apart by what they say and of which file, not by the line they stand in."""

    appeared: tuple[Finding, ...]
    gone: tuple[Finding, ...]
    kept: int

    @staticmethod
    def of(versions: Versions) -> Findings:
        """Judge both versions."""
        return Findings.told_apart(lint.check(versions.before), lint.check(versions.after), moved(versions))

    @staticmethod
    def told_apart(old: list[Finding], new: list[Finding], moved_to: dict[str, str]) -> Findings:
        """`moved_to` has the later path of each file that was renamed. The same finding twice counts twice."""
        left: dict[tuple[str, str, str], int] = {}
        for each in old:
            key = (moved_to.get(each.place.path, each.place.path), each.rule, each.message)
            left[key] = left.get(key, 0) + 1
        appeared = []
        for each in new:
            key = (each.place.path, each.rule, each.message)
            if left.get(key):
                left[key] -= 1
            else:
                appeared.append(each)
        gone = []
        for each in reversed(old):
            key = (moved_to.get(each.place.path, each.place.path), each.rule, each.message)
            if left.get(key):
                left[key] -= 1
                gone.append(each)
        return Findings(tuple(appeared), tuple(reversed(gone)), len(new) - len(appeared))


def moved(versions: Versions) -> dict[str, str]:
    """The later path of each improvement and KPI that lies elsewhere now, by the earlier one."""
    pairs: list[tuple[Improvement | Kpi, Improvement | Kpi]] = []
    after = versions.after
    pairs += [
        (old, after.improvements[each])
        for each, old in versions.before.improvements.items()
        if each in after.improvements
    ]
    pairs += [(old, after.kpis[each]) for each, old in versions.before.kpis.items() if each in after.kpis]
    return {old.path: new.path for old, new in pairs if old.path != new.path}


def _ranks(register: Register) -> dict[str, int]:
    return {row.item.id: row.rank for row in rank(register, steadiness=False).rows}


def _items(versions: Versions, old: dict[str, int], new: dict[str, int]) -> Iterator[ItemChange]:
    before, after = versions.before, versions.after
    told = {pair.after.id for pair in versions.changed} | {item.id for item in (*versions.new, *versions.gone)}
    remeasured = {kpi.id for pair in versions.kpis for kpi in pair}
    for identity, item in after.improvements.items():
        was = before.improvements.get(identity)
        measured = any(each.get("kpi") in remeasured for _, each in item.entries("measures"))
        if identity not in told and was is not None and (was.path != item.path or measured):
            verdicts = _verdicts(was, item, versions)
            if was.path != item.path or verdicts[0] != verdicts[1]:
                told.add(identity)
    for identity in sorted(told):
        was, now = before.improvements.get(identity), after.improvements.get(identity)
        shown = now or was
        if shown is not None:
            yield _item(shown, was, now, versions, (old.get(identity), new.get(identity)))


def _item(
    shown: Improvement,
    was: Improvement | None,
    now: Improvement | None,
    versions: Versions,
    ranks: tuple[int | None, int | None],
) -> ItemChange:
    before, after = versions.before, versions.after
    target = lifecycle.next_status(now) if now else None
    lacking = gates.lacking(now, after, target) if now and target else []
    fields = changes("improvement", was.data, now.data, _TOLD_OTHERWISE) if was and now else iter(())
    alike: list[tuple[Improvement, float]] = []
    if now is not None and was is None:
        others = {each: item for each, item in after.improvements.items() if each != now.id}
        alike = lookalikes(_only(after, others), now.title, now.text("opportunity"))
    return ItemChange(
        id=shown.id,
        title=shown.title,
        kind="new" if was is None else "removed" if now is None else "changed",
        path=shown.path,
        moved_from=was.path if was and now and was.path != now.path else None,
        status=(was.status if was else None, now.status if now else None),
        moves=tuple(_moves(was, now)) if now else (),
        fields=tuple(fields),
        before=Standing(query.score(was, before), ranks[0]) if was else None,
        after=Standing(query.score(now, after), ranks[1]) if now else None,
        verdict=_verdicts(was, now, versions),
        next=target,
        lacking=tuple(dict.fromkeys(lack.title for lack in lacking)),
        alike=tuple((item.id, item.title, share) for item, share in alike),
    )


def _only(register: Register, items: dict[str, Improvement]) -> Register:
    return Register(register.config, items, register.kpis, register.as_of)


def _verdicts(was: Improvement | None, now: Improvement | None, versions: Versions) -> tuple[str | None, str | None]:
    """What the readings said and say of it."""
    return (
        outcome(was, versions.before).verdict if was else None,
        outcome(now, versions.after).verdict if now else None,
    )


def _moves(was: Improvement | None, now: Improvement) -> Iterator[str]:
    """The history entries that came, in words."""
    known = [(entry.on, entry.status) for entry in was.history] if was else []
    for entry in now.history:
        if (entry.on, entry.status) in known:
            known.remove((entry.on, entry.status))
            continue
        by = f" by {entry.by}" if entry.by else ""
        until = f" until {entry.until}" if entry.until else ""
        note = f": {wording.value(entry.note)}" if entry.note else ""
        yield f"{entry.status}{until} on {entry.on}{by}{note}"


def _kpis(versions: Versions) -> Iterator[KpiChange]:
    found = [_kpi(None, kpi) for kpi in versions.new_kpis] + [_kpi(kpi, None) for kpi in versions.gone_kpis]
    found += [_kpi(old, new) for old, new in versions.kpis]
    yield from sorted(found, key=lambda each: each.id)


def _kpi(was: Kpi | None, now: Kpi | None) -> KpiChange:
    shown = now or was
    if shown is None:
        raise ValueError("a KPI is in one of the two versions")
    return KpiChange(
        id=shown.id,
        name=shown.name,
        kind="new" if was is None else "removed" if now is None else "changed",
        path=shown.path,
        fields=tuple(changes("kpi", was.data, now.data, ("id",))) if was and now else (),
        readings=tuple(_readings(rows(was) if was else {}, rows(now) if now else {})),
    )


def _readings(old: dict[str, Reading], new: dict[str, Reading]) -> Iterator[ReadingChange]:
    for period in sorted({*old, *new}):
        was, now = old.get(period), new.get(period)
        before, after = (None if each is None or each.value is None else figure(each.value) for each in (was, now))
        if now is None:
            yield ReadingChange(period, "removed", before, None, "")
        elif was is None:
            yield ReadingChange(period, "added", None, after, now.note)
        elif figures(was) != figures(now):
            yield ReadingChange(period, "corrected", before, after, now.note)
