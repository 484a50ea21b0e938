"""The register in memory: improvements, KPIs and the configuration, each part with its place in its file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from cireg.findings import Found
from cireg.measure.readings import Readings
from cireg.record import Record
from cireg.schema import default
from cireg.source import Route, Source

if TYPE_CHECKING:
    from cireg.history import History, NoHistory


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of an improvement's history; `index` counts from 0 in the file."""

    index: int
    on: date
    status: str
    by: str | None
    note: str | None
    until: date | None


class Improvement(Record):
    """One improvement."""

    def __init__(self, source: Source) -> None:
        super().__init__(source)
        self.id: str = self.data["id"]
        self.status: str = self.data["status"]

    @property
    def title(self) -> str:
        return self.text("title") or self.id

    @property
    def owner(self) -> str | None:
        return self.text("owner") or None

    @property
    def light(self) -> bool:
        return bool(self.get("track") == "light")

    @property
    def published(self) -> bool:
        return self.get("publish") is not False

    @cached_property
    def history(self) -> tuple[Entry, ...]:
        """The entries that have a day and a status, in file order."""
        found = []
        for index, entry in self.entries("history"):
            on = self.date("history", index, "on")
            status = entry.get("status")
            if on is not None and status is not None:
                until = self.date("history", index, "until")
                found.append(Entry(index, on, status, entry.get("by"), entry.get("note"), until))
        return tuple(found)

    @property
    def history_is_whole(self) -> bool:
        """Whether every entry could be read: rules that follow the history are silent where it could not."""
        value = self.get("history")
        return isinstance(value, list) and len(value) == len(self.history) > 0 and not self.lost("history")

    @property
    def raised(self) -> date | None:
        """The day of the first history entry."""
        return self.history[0].on if self.history else None

    @property
    def proposer(self) -> str | None:
        """Who raised it, as the first history entry says."""
        return self.history[0].by if self.history else None

    @property
    def in_status_since(self) -> date | None:
        """The day from which it has had its present status, without a break."""
        since = None
        for entry in reversed(self.history):
            if entry.status != self.status:
                break
            since = entry.on
        return since

    @property
    def still_as_imported(self) -> bool:
        """Whether it was imported and has not moved since: what its gates lack are warnings then."""
        imported = self.date("imported", "on")
        if imported is None or self.get("imported", "status") != self.status:
            return False
        return all(entry.on <= imported for entry in self.history)

    def linked(self) -> list[tuple[Route, str]]:
        """Every id that `links` names, with its route."""
        found: list[tuple[Route, str]] = []
        for name in ("part_of", "follows", "duplicate_of"):
            value = self.get("links", name)
            if isinstance(value, str):
                found.append((("links", name), value))
        for name in ("depends_on", "relates_to", "supersedes"):
            found.extend((("links", name, n), value) for n, value in enumerate(self.texts("links", name)))
        return found


class Kpi(Record):
    """What one KPI means, and its readings; those of a derived KPI are computed from the register."""

    def __init__(self, source: Source, readings: Readings | None = None) -> None:
        super().__init__(source)
        self.id: str = self.data["id"]
        self._readings = readings
        self.derive: Callable[[], Readings] | None = None  # finds the readings of a derived one in its register

    @property
    def readings(self) -> Readings:
        """Its readings; those of a derived one are worked out when they are first asked for."""
        if self._readings is None:
            self._readings = Readings("")  # what it is derived from finds none meanwhile
            if self.derive is not None:
                self._readings = self.derive()
        return self._readings

    @readings.setter
    def readings(self, readings: Readings) -> None:
        self._readings = readings

    @property
    def name(self) -> str:
        return self.text("name") or self.id

    @property
    def derived(self) -> str | None:
        """What it is derived from the register as, None where it has readings of its own."""
        return self.text("derived") or None


class Config(Record):
    """cireg.yaml; what it leaves out is what the schema gives."""

    def __init__(self, source: Source, *, usable: bool = True) -> None:
        super().__init__(source)
        self.usable = usable

    def get(self, *route: str | int) -> Any:
        """The value at `route`, else the schema's default, else None."""
        value = super().get(*route)
        if value is None and all(isinstance(step, str) for step in route):
            return default("config", tuple(map(str, route)))
        return value

    def listed(self, group: str) -> dict[str, dict[str, Any]] | None:
        """The people, goals, practices or services by id; None where they could not be used: nobody is unknown then."""
        if not self.usable or (group,) in self.source.dropped:
            return None
        return {"people": self.people, "goals": self.goals, "practices": self.practices, "services": self.services}[
            group
        ]

    @cached_property
    def people(self) -> dict[str, dict[str, Any]]:
        return self._by_id("people")

    @cached_property
    def goals(self) -> dict[str, dict[str, Any]]:
        return self._by_id("goals")

    @cached_property
    def practices(self) -> dict[str, dict[str, Any]]:
        return self._by_id("practices")

    @cached_property
    def services(self) -> dict[str, dict[str, Any]]:
        return self._by_id("services")

    def _by_id(self, name: str) -> dict[str, dict[str, Any]]:
        found: dict[str, dict[str, Any]] = {}
        for _, entry in self.entries(name):
            if "id" in entry:
                found.setdefault(entry["id"], entry)
        return found

    def roles(self, person: str) -> tuple[str, ...]:
        """The roles that a person has in continual improvement."""
        return tuple(self.people.get(person, {}).get("roles", ()))


@dataclass
class Register:
    """Everything that could be read, as of a day.

    `improvements` and `kpis` are by id, in the order of ids; where an id is used twice the first file in path
    order stands, and all of them are in `files`. `found` is what reading found; `unread` counts the files that
    could not be used. `history` is what git knows of it, None where git was not asked;
    `codeowners` is the path and the text of the CODEOWNERS file that cireg writes a part of.
    """

    config: Config
    improvements: Mapping[str, Improvement]
    kpis: Mapping[str, Kpi]
    as_of: date
    files: tuple[Improvement, ...] = ()
    kpi_files: tuple[Kpi, ...] = ()
    found: tuple[Found, ...] = ()
    checked: int = 0
    unread: int = 0
    names: frozenset[str] = field(default_factory=frozenset)
    history: History | NoHistory | None = None
    codeowners: tuple[str, str] | None = None

    @cached_property
    def unusable(self) -> frozenset[str]:
        """The ids, as their names tell, of files that are there and could not be used."""
        used = {each.path for each in (*self.files, *self.kpi_files)}
        stems = [name.rpartition("/")[2].rpartition(".")[0] for name in self.names - used]
        return frozenset(["-".join(stem.split("-")[:2]) for stem in stems] + stems)

    @cached_property
    def memory(self) -> dict[str, Any]:
        """What rules have worked out and others may use again, by file."""
        return {}

    @cached_property
    def parts(self) -> dict[str, list[Improvement]]:
        """The parts of each programme, by the programme's id."""
        return self._children("part_of")

    @cached_property
    def followers(self) -> dict[str, list[Improvement]]:
        """The improvements that follow each one, by its id."""
        return self._children("follows")

    @cached_property
    def duplicates(self) -> dict[str, list[Improvement]]:
        """The improvements that say the same as each one, by its id."""
        return self._children("duplicate_of")

    def _children(self, link: str) -> dict[str, list[Improvement]]:
        found: dict[str, list[Improvement]] = {}
        for item in self.improvements.values():
            parent = item.get("links", link)
            if isinstance(parent, str):
                found.setdefault(parent, []).append(item)
        return found

    def select(self, ids: Iterable[str]) -> list[Improvement]:
        """The improvements with these ids that exist, in the order given."""
        return [self.improvements[each] for each in ids if each in self.improvements]
