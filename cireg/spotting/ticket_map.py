"""Which columns of an export of tickets say what: by a map, else by their names where these leave no doubt."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from cireg.errors import CiregError
from cireg.findings import Finding, Place
from cireg.importing.dates import DateFormat, compile_format
from cireg.importing.kinds import fold
from cireg.importing.mapping import finding, plain_name, read_valid
from cireg.schema import default
from cireg.source import Source
from cireg.suggest import did_you_mean

KIND = "ticket-map"
FIELDS = ("opened", "category", "service", "effort")
UNITS = ("minutes", "hours", "days")

# What service desks call these columns, without capitals, spaces and hyphens; the first that is there is taken.
_NAMES = {
    "opened": (
        "opened", "openedat", "openedon", "openeddate", "dateopened", "opendate", "created", "createdat", "createdon",
        "createddate", "datecreated", "creationdate", "createdtime", "reported", "reportedat", "reporteddate",
        "submitted", "submittedat", "submitdate", "raised", "dateraised", "raisedon", "logged", "loggeddate",
        "loggedat", "date",
    ),
    "category": (
        "category", "ticketcategory", "incidentcategory", "requestcategory", "categorisation", "categorization",
        "category1", "tickettype", "issuetype", "requesttype", "type", "classification", "topic", "subject",
    ),
    "service": (
        "service", "businessservice", "affectedservice", "serviceoffering", "servicename", "configurationitem", "ci",
        "application", "product", "system", "component",
    ),
    "effort": (
        "effort", "timespent", "timeworked", "timetaken", "handling", "worktime", "worklog", "handlingtime",
        "handletime", "workeffort", "actualeffort", "minutes", "hours", "minutesspent", "hoursspent",
    ),
}  # fmt: skip
_UNIT = re.compile(r"\b(?:(min|minutes?)|(h|hrs?|hours?)|(days?))\b", re.IGNORECASE)
_BRACKETS = re.compile(r"[(\[][^)\]]*[)\]]")


@dataclass(frozen=True, slots=True)
class Column:
    """Where a field comes from: the column, and what its words mean, by `fold`; None stands for nothing."""

    name: str
    values: Mapping[str, str | None] = field(default_factory=dict)
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class TicketMap:
    """How an export of tickets is read; `dates` is empty where the days' form is to be found out."""

    fields: Mapping[str, Column] = field(default_factory=dict)
    dates: tuple[DateFormat, ...] = ()
    empty: frozenset[str] = frozenset()
    decimal: str = "."
    sheet: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    source: Source | None = None


def read_map(path: str, raw: bytes) -> tuple[TicketMap | None, list[Finding]]:
    """The map in a file, and everything that is wrong with it; None where it cannot be used."""
    source, found = read_valid(KIND, path, raw)
    if source is None:
        return None, found
    data: dict[str, Any] = source.data or {}
    dates = []
    for number, name in enumerate(data.get("dates", ())):
        form = compile_format(name)
        if isinstance(form, str):
            place = Place(path, *source.value_at(("dates", number)))
            found.append(finding("wrong-form", place, f"'{name}' is no date format: {form}"))
        else:
            dates.append(form)
    if any(each.severity == "error" for each in found):
        return None, found
    made = TicketMap(
        fields={name: _column(stated) for name, stated in data["fields"].items()},
        dates=tuple(dates),
        empty=frozenset(word.casefold() for word in data.get("empty", ())),
        decimal=data.get("decimal", default(KIND, ("decimal",))),
        sheet=data.get("sheet"),
        encoding=data.get("encoding"),
        delimiter=data.get("delimiter"),
        source=source,
    )
    return made, found


def _column(stated: Any) -> Column:
    if isinstance(stated, str):
        return Column(plain_name(stated))
    values = {fold(word): value for word, value in stated.get("values", {}).items()}
    return Column(plain_name(stated["column"]), values, stated.get("unit"))


def missing_columns(ticket_map: TicketMap, header: Iterable[str]) -> Iterator[Finding]:
    """A finding for every column that the map names and the file does not have."""
    known = [plain_name(name) for name in header if name]
    for name, column in ticket_map.fields.items():
        if ticket_map.source and column.name not in known:
            place = Place(ticket_map.source.path, *ticket_map.source.value_at(("fields", name)))
            message = f"the file has no column '{column.name}'"
            yield finding("unknown-value", place, message, did_you_mean(column.name, known))


def guessed(header: Sequence[str]) -> TicketMap:
    """The map that the columns' own names suggest; a name that stands twice is taken for nothing."""
    names = [plain_name(name) for name in header]
    known = {_bare(name): name for name in names if names.count(name) == 1}
    fields = {}
    for name, usual in _NAMES.items():
        taken = next((known[each] for each in usual if each in known), None)
        if taken is not None:
            fields[name] = Column(taken, unit=_unit(taken) if name == "effort" else None)
    return TicketMap(fields)


def _bare(name: str) -> str:
    """A column's name for comparing; "Time spent (min)" is "timespent", and so is "Time spent minutes"."""
    whole = fold(_BRACKETS.sub("", name))
    if whole in _NAMES["effort"]:
        return whole
    return fold(_UNIT.sub("", _BRACKETS.sub("", name))) or whole


def _unit(name: str) -> str | None:
    """What a column of effort is counted in, where its name says so."""
    found = _UNIT.search(name)
    return next((unit for unit, given in zip(UNITS, found.groups(), strict=True) if given), None) if found else None


def column_of(by: str, ticket_map: TicketMap, header: Sequence[str]) -> Column:
    """The column that tickets are grouped by: a field of the map, else a column of the file by its name.

    Raises CiregError, which names what there is.
    """
    if by in ticket_map.fields:
        return ticket_map.fields[by]
    names = [plain_name(name) for name in header if name]
    alike = [name for name in names if name == plain_name(by)] or [name for name in names if fold(name) == fold(by)]
    if len(alike) == 1:
        return Column(alike[0])
    if alike:
        raise CiregError(f"the file has {len(alike)} columns called '{alike[0]}'", "rename or take out one of them")
    known = [*(name for name in ticket_map.fields if name not in ("opened", "effort")), *names]
    raise CiregError(f"there is no column '{by}' in the file", did_you_mean(by, dict.fromkeys(known)))


def usual_grouping(ticket_map: TicketMap) -> str:
    """What tickets are grouped by unless it is said; raises CiregError where nothing lends itself."""
    for name in ("category", "service"):
        if name in ticket_map.fields:
            return name
    raise CiregError("nothing says what the tickets are to be counted by", "name a column: --by COLUMN")
