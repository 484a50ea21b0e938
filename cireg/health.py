"""How healthy the improvement process itself is: its bottlenecks, and the questions that it should ask itself.

The four bottlenecks are where improvements get lost: nobody owns them, nobody does them, nobody reviews them, or
more are submitted than completed. The questions are: too many low-value ideas? Stuck in planning? Are wins shared,
and is it written down what was learnt? Each answer has its figures, and says when there are too few to say.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from cireg.flow.journey import Journey
from cireg.flow.spread import ENOUGH
from cireg.flowing import COURSE, FINAL, Flow, flow_of
from cireg.measure.periods import Period, holding
from cireg.measuring import outcome
from cireg.model import Improvement, Register
from cireg.rules.calendar import overdue

LOW = 2  # a value of 1 or 2 is low
MANY = 3  # low ones are too many when they are more than one in so many
SOME = 4  # stuck ones are too many when they are more than one in so many
QUARTER, YEAR = 91, 365  # days that are looked back
MONTHS = 12

_FAILED = ("partly", "not-achieved", "worse")


@dataclass(frozen=True, slots=True)
class Late:
    """An improvement with what of it is overdue, in words."""

    id: str
    what: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Waits:
    """An improvement that awaits its review, for so many days; `ready` when its readings can tell by now."""

    id: str
    days: int
    ready: bool


@dataclass(frozen=True, slots=True)
class Tide:
    """What came and what went between two days: submitted, completed, and ended without a result."""

    first: date
    last: date
    submitted: int
    completed: int
    dropped: int

    @property
    def left(self) -> int:
        """By how many the open list has grown."""
        return self.submitted - self.completed - self.dropped


@dataclass(frozen=True, slots=True)
class Bottlenecks:
    """The four bottlenecks, of both tracks.

    `unassigned` have no owner, those of them in `proposals` being proposals that wait for an answer. `tide` is of the
    last quarter of a year, `before` of the one before, `months` of each of the last twelve months.
    """

    open: int
    unassigned: tuple[str, ...]
    proposals: tuple[str, ...]
    overdue: tuple[Late, ...]
    review: tuple[Waits, ...]
    tide: Tide
    before: Tide
    months: tuple[tuple[Period, Tide], ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its answer: `yes`, `no`, or `unknown` where there are too few to say.

    `part` of `whole` is the figure that the answer rests on; `ids` are the improvements of the part, and `beside`
    those of another figure that is told with it.
    """

    name: str
    answer: str
    part: int
    whole: int
    ids: tuple[str, ...]
    beside: tuple[str, ...] = ()


def bottlenecks(register: Register) -> Bottlenecks:
    """Where improvements get lost, as of the register's day."""
    flow = flow_of(register)
    open_ = [each for each in flow.all if each.open]
    lonely = [each for each in open_ if register.improvements[each.id].owner is None]
    first = COURSE.line[0]
    today = register.as_of
    return Bottlenecks(
        open=len(open_),
        unassigned=tuple(each.id for each in lonely),
        proposals=tuple(each.id for each in lonely if each.status == first),
        overdue=tuple(_late(open_, register)),
        review=tuple(sorted(_reviews(open_, register), key=lambda each: (-each.days, each.id))),
        tide=_tide(flow.all, today - timedelta(days=QUARTER - 1), today),
        before=_tide(flow.all, today - timedelta(days=2 * QUARTER - 1), today - timedelta(days=QUARTER)),
        months=tuple(_months(flow)),
    )


def _late(journeys: Iterable[Journey], register: Register) -> Iterable[Late]:
    check = overdue.check
    for each in journeys:
        hits = tuple(hit.message for hit in check(register.improvements[each.id], register)) if check else ()
        if hits:
            yield Late(each.id, hits)


def _reviews(journeys: Iterable[Journey], register: Register) -> Iterable[Waits]:
    last = COURSE.line[-2]
    for each in journeys:
        if each.status == last:
            verdict = outcome(register.improvements[each.id], register).verdict
            yield Waits(each.id, each.in_status, verdict in FINAL)


def _tide(journeys: Sequence[Journey], first: date, last: date) -> Tide:
    ended = [each for each in journeys if each.ended is not None and first <= each.ended <= last]
    completed = sum(1 for each in ended if each.finished is not None)
    submitted = sum(1 for each in journeys if first <= each.raised <= last)
    return Tide(first, last, submitted, completed, len(ended) - completed)


def _months(flow: Flow) -> Iterable[tuple[Period, Tide]]:
    if not flow.all:
        return
    last = holding(flow.today, "month")
    start = max(holding(min(each.raised for each in flow.all), "month"), last.next(1 - MONTHS))
    late = [each for each in flow.all if each.since >= start.first_day or each.raised >= start.first_day]
    for month in (start.next(n) for n in range(last.number - start.number + 1)):
        yield month, _tide(late, month.first_day, min(month.last_day, flow.today))


def questions(register: Register) -> tuple[Question, ...]:
    """The questions with their answers, as of the register's day."""
    flow = flow_of(register)
    return (_low_value(flow), _stuck(flow), _shared(flow), _learnt(flow))


def _low_value(flow: Flow) -> Question:
    """Too many ideas of low value: more than a third of the open ones that have a value have one of 1 or 2."""
    items = [(each, flow.register.improvements[each.id].get("scores", "value")) for each in flow.full if each.open]
    scored = [(each, value) for each, value in items if isinstance(value, int | float)]
    low = tuple(each.id for each, value in scored if value <= LOW)
    unscored = tuple(each.id for each, value in items if value is None)
    answer = "unknown" if len(scored) < ENOUGH else "yes" if len(low) * MANY > len(scored) else "no"
    return Question("low-value", answer, len(low), len(scored), low, unscored)


def _stuck(flow: Flow) -> Question:
    """Stuck before work begins: more than a quarter of what waits there waits longer than most did."""
    waiting = [each for each in flow.full if each.status in COURSE.waiting]
    stuck = tuple(each.journey.id for each in flow.stuck)
    answer = "unknown" if len(waiting) < ENOUGH else "yes" if len(stuck) * SOME > len(waiting) else "no"
    return Question("stuck", answer, len(stuck), len(waiting), stuck)


def _ended_lately(flow: Flow) -> list[tuple[Improvement, str | None]]:
    """What was closed in the last year, with what the readings say of it, else its review; not on the light track."""
    since = flow.today - timedelta(days=YEAR - 1)
    found = []
    for each in flow.all:
        if each.finished is not None and each.finished >= since:
            item = flow.register.improvements[each.id]
            said = outcome(item, flow.register)
            claimed = None if each.light else said.claimed
            found.append((item, said.verdict if said.verdict in FINAL else claimed))
    return found


def _shared(flow: Flow) -> Question:
    """Wins are celebrated: at least half of what was achieved in the last year was shared with somebody."""
    wins = [item for item, verdict in _ended_lately(flow) if verdict == "achieved"]
    shared = tuple(item.id for item in wins if item.get("momentum", "shared"))
    answer = "unknown" if not wins else "yes" if len(shared) * 2 >= len(wins) else "no"
    return Question("wins", answer, len(shared), len(wins), shared, tuple(i.id for i in wins if i.id not in shared))


def _learnt(flow: Flow) -> Question:
    """Lessons are written: each one of the last year that fell short has some."""
    short = [item for item, verdict in _ended_lately(flow) if verdict in _FAILED]
    written = tuple(item.id for item in short if item.text("momentum", "lessons").strip())
    answer = "unknown" if not short else "yes" if len(written) == len(short) else "no"
    missing = tuple(item.id for item in short if item.id not in written)
    return Question("lessons", answer, len(written), len(short), written, missing)
