"""Two versions of a register side by side: what is in both, what came, what went, and what went back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from cireg.git import Commit
from cireg.history import History, NoHistory
from cireg.measure.readings import Reading
from cireg.model import Improvement, Kpi, Register


@dataclass(frozen=True, slots=True)
class Pair:
    """An improvement in both versions."""

    before: Improvement
    after: Improvement


@dataclass
class Versions:
    """An earlier and a later version, both as of the same day.

    `reverted` has, by path, the commit of the base's branch that brought exactly the content that a changed file
    has now. `past` is what git knows of the base.
    """

    before: Register
    after: Register
    reverted: Mapping[str, Commit] = field(default_factory=dict)
    past: History | NoHistory | None = None

    @cached_property
    def changed(self) -> tuple[Pair, ...]:
        """The improvements that are in both and differ, by id; a file that was only moved or laid out anew does not."""
        before, after = self.before.improvements, self.after.improvements
        pairs = (Pair(before[each], after[each]) for each in after if each in before)
        return tuple(pair for pair in pairs if pair.before.data != pair.after.data)

    @cached_property
    def kept(self) -> tuple[Pair, ...]:
        """Those of the changed improvements whose file is no return to an earlier content."""
        return tuple(pair for pair in self.changed if pair.after.path not in self.reverted)

    @cached_property
    def new(self) -> tuple[Improvement, ...]:
        """The improvements that the earlier version does not have, by id."""
        return tuple(item for each, item in self.after.improvements.items() if each not in self._known(self.before))

    @cached_property
    def gone(self) -> tuple[Improvement, ...]:
        """The improvements that the later version does not have; what only cannot be read is not gone."""
        return tuple(item for each, item in self.before.improvements.items() if each not in self._known(self.after))

    @cached_property
    def kpis(self) -> tuple[tuple[Kpi, Kpi], ...]:
        """The KPIs that are in both versions and differ, in their definition or their readings, by id."""
        pairs = ((kpi, self.after.kpis[each]) for each, kpi in self.before.kpis.items() if each in self.after.kpis)
        return tuple(pair for pair in pairs if pair[0].data != pair[1].data or rows(pair[0]) != rows(pair[1]))

    @cached_property
    def new_kpis(self) -> tuple[Kpi, ...]:
        """The KPIs that the earlier version does not have, by id."""
        return tuple(kpi for each, kpi in self.after.kpis.items() if each not in self.before.kpis)

    @cached_property
    def gone_kpis(self) -> tuple[Kpi, ...]:
        """The KPIs that the later version does not have; what only cannot be read is not gone."""
        return tuple(kpi for each, kpi in self.before.kpis.items() if each not in self._kpis(self.after))

    @staticmethod
    def _known(register: Register) -> frozenset[str]:
        return frozenset(register.improvements) | register.unusable

    @staticmethod
    def _kpis(register: Register) -> frozenset[str]:
        return frozenset(register.kpis) | register.unusable


def rows(kpi: Kpi) -> dict[str, Reading]:
    """The readings of a KPI by the name of the period; the line of the file does not count for whether they differ.

    Those of a derived one are computed: nobody has changed them.
    """
    if kpi.derived:
        return {}
    return {str(each.period): replace(each, line=0) for each in kpi.readings.readings}
