"""What is to be done with each row of a sheet, as plain data."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from cireg.importing.make import Fault
from cireg.importing.update import Change
from cireg.model import Improvement


@dataclass(frozen=True, slots=True)
class New:
    """An improvement to be written: the path, the data and the text of its file."""

    row: int
    id: str
    path: str
    data: dict[str, Any]
    text: str


@dataclass(frozen=True, slots=True)
class Different:
    """An improvement of which the file and the sheet say different things; `data` is the file's with the changes."""

    row: int
    item: Improvement
    changes: tuple[Change, ...]
    data: dict[str, Any]


@dataclass(frozen=True, slots=True)
class RowFault:
    """A fault with the row that it is in, and the row's id, "" where it has none."""

    row: int
    id: str
    fault: Fault


@dataclass(slots=True)
class Plan:
    """What is to be done with each row of a sheet.

    `rows` is how many there are, `undated` the rows of which the day of the status is not known. `names` has, for
    each list of cireg.yaml, the ids used in rows that are not rejected, with the sheet's own spelling.
    """

    name: str
    rows: int = 0
    new: list[New] = field(default_factory=list)
    different: list[Different] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    rejected: list[RowFault] = field(default_factory=list)
    left_out: list[RowFault] = field(default_factory=list)
    undated: list[int] = field(default_factory=list)
    names: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def rejected_rows(self) -> int:
        """How many rows are rejected; a row may have several faults."""
        return len({each.row for each in self.rejected})
