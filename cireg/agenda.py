"""What the next meeting has to decide, out of what improvements wait for and of what their gates already have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from cireg import approvals, gates, lifecycle, ranking
from cireg.findings import Finding
from cireg.measuring import outcome
from cireg.model import Improvement, Register
from cireg.verdict_words import sentence
from cireg.waiting import Reminder, approvals_wanted, reminders

SECTIONS = {
    "answers": "Proposals to answer",
    "approvals": "Approvals wanted",
    "ready": "Ready for the next status",
    "reviews": "Reviews",
    "parked": "Parked, and due back",
    "again": "To be looked at again",
    "overdue": "Overdue",
    "movement": "No movement",
    "scores": "Scores to be renewed",
}
"""What there is to decide, in the order in which a meeting would take it."""

_SECTION_OF = {"parked": "parked", "again": "again", "overdue": "overdue", "movement": "movement", "scores": "scores"}
_WORDS = {
    "overdue": "the target was due on {since}",
    "step": "“{step}” was due on {since}",
    "parked": "it was parked until {since}",
    "again": "whether it still holds was to be looked at on {since}",
    "movement": "nothing has happened since {since}",
    "scores": "the scores are of {since}",
}


@dataclass(frozen=True, slots=True)
class Point:
    """One improvement in one section: since when it waits, why in words, and who is asked.

    `rank` is its place on the list of what may be started next, None where it is not on it.
    """

    section: str
    item: Improvement
    since: date | None
    words: str
    asked: tuple[str, ...]
    rank: int | None = None


def agenda(register: Register, findings: Sequence[Finding]) -> list[Point]:
    """The points by section, in each the longest waiting first; `findings` is what check says of the register."""
    items = register.improvements.values()
    reminded = list(reminders(findings, items))
    ranks = {row.item.id: row.rank for row in ranking.rank(register, steadiness=False).rows}
    found = [*_reminded(reminded, register), *_back_today(register)]
    late = {each.item.id for each in reminded if each.group == "answer"}
    for item in items:
        if item.status == "proposed":
            found.append(_answer(item, register, late=item.id in late))
        found += _approvals(item, register)
        if item.status == "review":
            found.append(_review(item, register))
        elif _is_ready(item, register):
            found.append(_ready(item, register))
    order = list(SECTIONS)
    placed = (replace(each, rank=ranks.get(each.item.id)) for each in found)
    return sorted(placed, key=lambda each: (order.index(each.section), each.since or date.max, each.item.id))


def _owner(item: Improvement) -> tuple[str, ...]:
    return (item.owner,) if item.owner else ()


def _ago(since: date, today: date) -> str:
    days = (today - since).days
    return "today" if days == 0 else f"{days} day{'' if days == 1 else 's'} ago"


def _reminded(found: Iterable[Reminder], register: Register) -> Iterator[Point]:
    """What check reminds of, all of one improvement's section together."""
    together: dict[tuple[str, str], list[Reminder]] = {}
    for each in sorted(found, key=lambda each: each.since):
        section = _SECTION_OF.get(each.group)
        if section:
            together.setdefault((section, each.item.id), []).append(each)
    for (section, _), own in together.items():
        said = (_WORDS[each.kind].format(since=each.since, step=each.step) for each in own)
        words = "; ".join(f"{words}, {_ago(each.since, register.as_of)}" for words, each in zip(said, own, strict=True))
        item = own[0].item
        yield Point(section, item, own[0].since, words, _owner(item))


def _back_today(register: Register) -> Iterator[Point]:
    """What comes back on the day itself: the check reminds of it only when the day is over."""
    for item in register.improvements.values():
        last = item.history[-1] if item.history else None
        if item.status == "on-hold" and last and last.until == register.as_of:
            yield Point("parked", item, last.until, "it was parked until today", _owner(item))
        if item.status == "closed" and item.date("momentum", "check_again") == register.as_of:
            words = "whether it still holds is to be looked at today"
            yield Point("again", item, register.as_of, words, _owner(item))


def _answer(item: Improvement, register: Register, *, late: bool) -> Point:
    raised = item.in_status_since
    said = [f"it has waited since {raised}, {_ago(raised, register.as_of)}" if raised else "it waits for an answer"]
    if late:
        said.append(f"longer than the {register.config.get('limits', 'answer_days')} days that an answer may take")
    status = lifecycle.next_status(item)
    lacks = [lack.title for lack in gates.lacking(item, register, status)] if status else []
    said.append(f"{status} still asks for {', '.join(lacks)}" if lacks else f"{status} asks for nothing more")
    manager = register.config.text("owner")
    return Point("answers", item, raised, "; ".join(said), (manager,) if manager else ())


def _approvals(item: Improvement, register: Register) -> Iterator[Point]:
    """The approvals that its next status waits for, and what else that status asks for before they make sense."""
    found = approvals_wanted(item, register)
    status = lifecycle.next_status(item)
    if not found or status is None:
        return
    said = [f"{status} needs the approval of {' and '.join(each.by for each in found)}"]
    if stale := [each.by for each in found if each.state == "stale"]:
        said.append(f"what {' and '.join(stale)} approved has changed since")
    lacks = [lack.title for lack in gates.lacking(item, register, status) if lack.rule not in gates.APPROVALS]
    if lacks:
        said.append(f"it still asks for {', '.join(lacks)}")
    asked = dict.fromkeys(name for each in found for name in approvals.deciders(each.by, item, register.config))
    yield Point("approvals", item, item.in_status_since, "; ".join(said), tuple(asked))


def _review(item: Improvement, register: Register) -> Point:
    due, said = item.date("target", "due"), []
    if due:
        late = due < register.as_of
        said.append(
            f"the target's day was {due}, {_ago(due, register.as_of)}" if late else f"the target is due on {due}"
        )
    said.append(f"by its readings: {sentence(outcome(item, register))}" if item.get("measures") else "")
    lacks = [lack.title for lack in gates.lacking(item, register, "closed")]
    said.append(f"closed still asks for {', '.join(lacks)}" if lacks else "closed asks for nothing more")
    reviewer = item.text("review", "by")
    words = "; ".join(each.rstrip(".") for each in said if each)
    return Point("reviews", item, due or item.in_status_since, words, (reviewer,) if reviewer else _owner(item))


def _is_ready(item: Improvement, register: Register) -> bool:
    """Whether an improvement that is being planned or done has what its next status asks for."""
    status = lifecycle.next_status(item)
    if status is None or item.light or item.status in {"proposed", "on-hold", "review"}:
        return False
    live = item.date("action", "live")
    if status == "review" and live and live > register.as_of:
        return False
    return not gates.lacking_by_now(item, register) and not gates.lacking(item, register, status)


def _ready(item: Improvement, register: Register) -> Point:
    said = [f"it has all that {lifecycle.next_status(item)} asks for"]
    waits = [
        f"{other.id} ({other.status})"
        for other in register.select(item.texts("links", "depends_on"))
        if lifecycle.is_open(other.status)
    ]
    if waits:
        said.append(f"it depends on {', '.join(waits)}")
    return Point("ready", item, item.in_status_since, "; ".join(said), _owner(item))
