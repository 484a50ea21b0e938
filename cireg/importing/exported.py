"""A sheet that `cireg export` wrote, understood without a map: its columns are the fields' own names."""

from __future__ import annotations

from collections.abc import Sequence

from cireg.columns import CUSTOM, SEPARATOR, fixed
from cireg.importing.dates import ISO_ONLY
from cireg.importing.mapping import ImportMap, Making
from cireg.source import Source


def exported_map(header: Sequence[str]) -> ImportMap | None:
    """The map for a sheet whose columns are all fields, the id among them; None for any other sheet.

    Columns may be missing and stand in any order.
    """
    known = frozenset(fixed())
    if "id" not in header or not all(name in known or name.startswith(CUSTOM) for name in header):
        return None
    return ImportMap(
        source=Source(""),
        makings=tuple(Making(name, (), columns=(name,), dates=ISO_ONLY) for name in header),
        empty=frozenset(),
        separator=SEPARATOR,
        decimal=".",
        exported=True,
    )
