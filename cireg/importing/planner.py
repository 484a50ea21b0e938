"""From a sheet to what is to be done with each of its rows: written, changed, left as it is, or rejected."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from cireg.create import file_name
from cireg.errors import CiregError
from cireg.importing.draft import Draft, draft
from cireg.importing.make import Fault, make
from cireg.importing.mapping import ImportMap, plain_name
from cireg.importing.merge import acceptable, dead_links, without_dead_links
from cireg.importing.places import remove
from cireg.importing.plan import Different, New, Plan, RowFault
from cireg.importing.update import Comparison, compare, compare_exported
from cireg.importing.write import new_text
from cireg.layout import IMPROVEMENTS
from cireg.model import Improvement, Register
from cireg.sheets import Row, Table

_ROWS_SHOWN = 10


def plan(name: str, table: Table, import_map: ImportMap, register: Register, today: date) -> Plan:
    """What to do with every row of `table`, which came from a file called `name`."""
    planner = _Planner(Plan(name, rows=len(table.rows)), import_map, register, today)
    rows = {row.number: _cells(row, table.header, import_map) for row in table.rows}
    planner.identify(rows)
    for number, row in rows.items():
        planner.add(number, row)
    planner.finish()
    return planner.plan


def _cells(row: Row, header: Iterable[str], import_map: ImportMap) -> dict[str, str]:
    names = header if import_map.exported else map(plain_name, header)
    return dict(zip(names, row.cells, strict=True))


class _Planner:
    """Gathers the plan, row by row."""

    def __init__(self, started: Plan, import_map: ImportMap, register: Register, today: date) -> None:
        self.plan = started
        self._map = import_map
        self._making_of_id = next(making for making in import_map.makings if making.name == "id")
        self._register = register
        self._today = today
        self._ids: dict[int, str] = {}
        self._rows_of: dict[str, list[int]] = {}
        self._files_of: dict[str, list[str]] = {}
        for item in register.files:
            self._files_of.setdefault(item.id, []).append(item.path)
        here = {path for path in register.names if path.startswith(IMPROVEMENTS + "/")}
        self._unread = sorted(here - {item.path for item in register.files})
        self._written: list[tuple[Draft, str]] = []
        self._compared: list[tuple[Draft, Improvement, Comparison]] = []

    def identify(self, rows: Mapping[int, Mapping[str, str]]) -> None:
        """Note which id each row has, "" where it has none, and which rows share one."""
        for number, row in rows.items():
            self._ids[number] = str(make(self._making_of_id, row, self._map).value or "")
            self._rows_of.setdefault(self._ids[number], []).append(number)

    def add(self, number: int, row: Mapping[str, str]) -> None:
        """Decide about one row."""
        identity = self._ids[number]
        item = self._register.improvements.get(identity)
        partly = item is not None and self._map.exported
        made = Draft(number, {"id": identity}) if partly else draft(number, row, self._map, self._today)
        reasons = [*self._not_usable(number, identity), *made.lacking]
        if reasons:
            self.plan.rejected += [RowFault(number, identity, fault) for fault in reasons]
            return
        if item is None:
            self._add_new(made)
        elif partly:
            found = compare_exported(item, row, self._map, made, self._today)
            self._compared.append((made, item, found))
        else:
            self._compared.append((made, item, compare(item, made, self._map, self._today)))
        for group, names in made.names.items():
            for one, text in names.items():
                self.plan.names.setdefault(group, {}).setdefault(one, text)

    def _not_usable(self, number: int, identity: str) -> Iterator[Fault]:
        if not identity:
            return  # why it has none is among what the row lacks
        column = ", ".join(self._making_of_id.names)
        if len(self._rows_of[identity]) > 1:
            yield Fault(column, "id", identity, f"is also the id of {_others(self._rows_of[identity], number)}")
        files = self._files_of.get(identity, ())
        if len(files) > 1:
            yield Fault(column, "id", identity, f"is the id of several files: {', '.join(files)}")
        stuck = [path for path in self._unread if _begins_with(path, identity)]
        if stuck and not files:
            yield Fault(column, "id", identity, f"is the id of a file that cannot be read: {stuck[0]}")

    def _add_new(self, made: Draft) -> None:
        """Take in a new improvement, unless no file can hold it."""
        provenance = {
            "from": self.plan.name, "row": made.row, "on": self._today.isoformat(), "status": made.data["status"],
        }  # fmt: skip
        made.data = {"imported": provenance, **made.data}
        try:
            self._written.append((made, new_text(_path(made), made.data)))
        except CiregError as error:
            self.plan.rejected.append(RowFault(made.row, made.id, Fault("", "", "", error.message, error.hint or "")))

    def finish(self) -> None:
        """Settle what depends on other rows: now it is known which improvements there will be."""
        known = {*self._register.improvements, *(made.id for made, _ in self._written)}
        for made, text in self._written:
            self._write(made, text, known)
        for made, item, found in self._compared:
            self._change(made, item, found, known)
        self.plan.left_out.sort(key=lambda each: each.row)

    def _write(self, made: Draft, text: str, known: set[str]) -> None:
        dead = dead_links(made.data, known)
        for route, target, reason in dead:
            name = ".".join(map(str, route[:2]))
            made.left_out.append(Fault(made.given.get(route[:2], ""), name, target, reason))
            remove(made.data, route)
        path = _path(made)
        self.plan.new.append(New(made.row, made.id, path, made.data, new_text(path, made.data) if dead else text))
        self._left_out(made.row, made.id, made.left_out)
        if made.undated:
            self.plan.undated.append(made.row)

    def _change(self, made: Draft, item: Improvement, found: Comparison, known: set[str]) -> None:
        self._left_out(made.row, item.id, [*made.left_out, *found.left_out])
        alive, dead = without_dead_links(item, found.changes, known)
        changes, data, wrong = acceptable(item, alive)
        self._left_out(made.row, item.id, [*dead, *wrong])
        if changes:
            self.plan.different.append(Different(made.row, item, tuple(changes), data))
        else:
            self.plan.unchanged.append(item.id)

    def _left_out(self, row: int, identity: str, faults: Iterable[Fault]) -> None:
        self.plan.left_out += [RowFault(row, identity, fault) for fault in faults]


def _path(made: Draft) -> str:
    return f"{IMPROVEMENTS}/{file_name(made.id, made.data['title'])}"


def _others(rows: Sequence[int], own: int) -> str:
    """The other rows with an id, the first few by their numbers; the rest are told with their own faults."""
    others = [str(row) for row in rows[: _ROWS_SHOWN + 1] if row != own][:_ROWS_SHOWN]
    more = len(rows) - 1 - len(others)
    return f"row{'' if len(rows) == 2 else 's'} {', '.join(others)}" + (f" and {more:,} more" if more else "")


def _begins_with(path: str, identity: str) -> bool:
    name = path.rpartition("/")[2]
    return name.startswith((identity + ".", identity + "-"))
