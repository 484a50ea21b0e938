"""The way of one improvement through its statuses: when it was raised, answered, started, finished, and each stay.

Lead time, cycle time and age count both their first and their last day: finish - start + 1 (Vacanti, Actionable
Agile Metrics). A stay in a status is the difference of two days, so that the stays of a journey add up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Course:
    """The statuses: those on the `line` in their order, where work starts, where it rests, and what is no answer.

    `retracted` is what becomes of a proposal that nobody answered: it was taken back.
    """

    line: tuple[str, ...]
    start: str
    parked: str
    retracted: str

    @property
    def waiting(self) -> tuple[str, ...]:
        """The statuses before work starts."""
        return self.line[: self.line.index(self.start)]


@dataclass(frozen=True, slots=True)
class Stay:
    """A stay in a status, up to the day of the next one; `last` is None while it lasts.

    `place` counts the line from 0; a parked improvement keeps the place that it was parked from, one that has
    ended without result has none.
    """

    status: str
    place: int | None
    first: date
    last: date | None

    @property
    def days(self) -> int | None:
        """How many days it took, None while it lasts."""
        return None if self.last is None else (self.last - self.first).days


@dataclass(frozen=True, slots=True)
class Journey:
    """One improvement as of a day.

    `answered` is the day on which a proposal first became something else, `started` the first day of work,
    `finished` the day of its last status on the line; None where there is none. `back` counts how often it was sent
    back or taken up again; `held` the days on hold since it was raised, `held_at_work` those since it was started.
    """

    id: str
    light: bool
    today: date
    stays: tuple[Stay, ...]
    raised: date
    answered: date | None
    retracted: bool
    started: date | None
    finished: date | None
    open: bool
    back: int
    held: int
    held_at_work: int

    @property
    def status(self) -> str:
        return self.stays[-1].status

    @property
    def since(self) -> date:
        """The day from which it has had its status."""
        return self.stays[-1].first

    @property
    def place(self) -> int | None:
        return self.stays[-1].place

    @property
    def ended(self) -> date | None:
        """The day on which it ended, with or without a result; None while it is open."""
        return None if self.open else self.since

    @property
    def lead_time(self) -> int | None:
        """Days from raised to finished, both included; None until then."""
        return None if self.finished is None else (self.finished - self.raised).days + 1

    @property
    def cycle_time(self) -> int | None:
        """Days from started to finished, both included; None until then, and where no start is known."""
        if self.finished is None or self.started is None:
            return None
        return (self.finished - self.started).days + 1

    @property
    def at_work(self) -> bool:
        """Whether it has been started and is neither finished nor ended: it is work in progress."""
        return self.started is not None and self.open

    @property
    def age(self) -> int | None:
        """Days since work started, both ends included and time on hold too; None unless it is in progress."""
        return (self.today - self.started).days + 1 if self.started is not None and self.open else None

    @property
    def in_status(self) -> int:
        """Days in the present status."""
        return (self.today - self.since).days


def journey(id_: str, moves: Sequence[tuple[date, str]], course: Course, today: date, *, light: bool) -> Journey | None:
    """The journey that `moves`, the days with the status that began on each, tell of; None before the first of them.

    Moves after `today` have not happened yet. They are taken in the order of their days, those of one day as given.
    """
    past = sorted((move for move in moves if move[0] <= today), key=lambda move: move[0])
    if not past:
        return None
    stays = _stays(past, course)
    first, last = course.line[0], stays[-1]
    work, end = places(course.line)[course.start], len(course.line) - 1
    answer = next((stay for stay in stays if stay.status != first), None)
    retracted = answer is not None and answer.status == course.retracted
    started = next((stay.first for stay in stays if stay.place is not None and work <= stay.place < end), None)
    held = [stay for stay in stays if stay.status == course.parked]
    return Journey(
        id=id_,
        light=light,
        today=today,
        stays=stays,
        raised=stays[0].first,
        answered=None if answer is None or retracted else answer.first,
        retracted=retracted,
        started=started,
        finished=last.first if last.place == end else None,
        open=last.place is not None and last.place < end,
        back=_back(stays),
        held=sum(((stay.last or today) - stay.first).days for stay in held),
        held_at_work=sum(
            ((stay.last or today) - stay.first).days for stay in held if started is not None and stay.first >= started
        ),
    )


def _stays(moves: Sequence[tuple[date, str]], course: Course) -> tuple[Stay, ...]:
    """The stays, a status that is entered again at once being one."""
    stays: list[Stay] = []
    known, first = places(course.line), 0
    begun: tuple[str, int | None, date] | None = None
    for on, status in moves:
        if begun is not None:
            if begun[0] == status:
                continue
            stays.append(Stay(*begun, on))
        here = known.get(status, begun[1] if begun and status == course.parked else None)
        begun = (status, first if here is None and status == course.parked else here, on)
    return (*stays, Stay(*begun, None)) if begun else ()


@cache
def places(line: tuple[str, ...]) -> dict[str, int]:
    """The place of each status on the line."""
    return {status: place for place, status in enumerate(line)}


def _back(stays: Sequence[Stay]) -> int:
    """How often the next stay stood further back than the one before, or followed an end."""
    return sum(
        1 for one, other in pairwise(stays)
        if other.place is not None and (one.place is None or other.place < one.place)
    )  # fmt: skip
