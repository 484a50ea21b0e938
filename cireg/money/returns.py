"""The return on improvement as a KPI of the register: period by period, what closed improvements have come to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from cireg.measure import periods
from cireg.measure.periods import Period
from cireg.model import Improvement, Register
from cireg.money.account import Terms, to_date
from cireg.money.finance import roi
from cireg.money.ledger import ledger
from cireg.money.portfolio import roots, together


@dataclass(frozen=True, slots=True)
class PeriodReturn:
    """What the improvements closed by the end of a period had cost and brought in by then.

    `ids` are those that count, of `closed`. As a reading in per cent it is 100 * (gain - cost) / cost.
    """

    period: Period
    gain: Fraction
    cost: Fraction
    ids: tuple[str, ...]
    closed: int

    @property
    def roi(self) -> Fraction | None:
        """None, a gap, where none of them counts or nothing was spent."""
        return roi(self.gain, self.cost) if self.ids else None


def roi_by_period(register: Register, cadence: str) -> list[PeriodReturn]:
    """The return by the end of each period that is over, from the one in which the first improvement was closed.

    A ratio of sums, of the closed improvements whose cost and gain are known by then. A register that is to show
    less, such as that of a site, is given without what is not to be shown.
    """
    closed = {item.id: on for item in register.improvements.values() if (on := _closed_on(item)) is not None}
    last = periods.last_complete(register.as_of, cadence)
    if not closed:
        return []
    first = periods.holding(min(closed.values()), cadence)
    terms, root = Terms.of(register.config), roots(register)
    books = {id_: ledger(register.improvements[id_]) for id_ in closed}
    found = []
    for period in (first.next(n) for n in range(last.number - first.number + 1)):
        day = period.last_day
        sides = [(book, to_date(book, terms, day)) for id_, book in books.items() if book.lines and closed[id_] <= day]
        made = together([(book, side) for book, side in sides if side.is_there], root)
        found.append(PeriodReturn(period, made.gain, made.cost, made.ids, sum(on <= day for on in closed.values())))
    return found


def _closed_on(item: Improvement) -> date | None:
    """The day on which a closed improvement was closed."""
    return item.in_status_since if item.status == "closed" else None
