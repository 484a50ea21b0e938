"""From a tree of files to a register: every file is read, and what is wrong with one never hides another."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from cireg import codeowners, modeline
from cireg.files import Entry, FileRefused, MemoryTree, Tree
from cireg.findings import Found, Place
from cireg.layout import CONFIG, IMPROVEMENTS, KINDS, KPIS, SCHEMAS, schema_text
from cireg.measure import readings
from cireg.measure.readings import Definition, Readings, exact
from cireg.model import Config, Improvement, Kpi, Register
from cireg.source import FILE_LIMIT, Source, read
from cireg.violations import violations

_YAML = (".yaml", ".yml")
_WELCOME = {"README.md"}  # a folder may say what it holds


Known = dict[tuple[str, bytes], tuple[Source, tuple[Found, ...]]]
"""What was read already, by path and content: two versions of a register share what they have in common."""


@dataclass
class _Reading:
    """What one walk over the tree gathers."""

    tree: Tree
    found: list[Found] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    checked: int = 0
    unread: int = 0
    known: Known = field(default_factory=dict)
    keep: bool = False

    def file(self, entry: Entry, kind: str) -> Source | None:
        """The data of one file with what breaks its schema left out, or None where it cannot be used."""
        self.checked += 1
        try:
            raw = self.tree.read(entry.path, FILE_LIMIT)
        except FileRefused as refused:
            self.found.append(Found(refused.rule, Place(entry.path), f"the file {refused.message}"))
            self.unread += 1
            return None
        source, found = self.known.get((entry.path, raw)) or _read(entry.path, raw, kind)
        if self.keep:
            self.known[entry.path, raw] = source, found
        self.found.extend(found)
        if source.data is None:
            self.unread += 1
            return None
        stated = modeline.wrong(entry.path, kind, raw)
        if stated is not None and self.tree.exists(modeline.copy(kind)):
            place = Place(entry.path, stated.line, stated.column)
            message = f"{stated.way} is not the way to the schema: from here it is {modeline.way(entry.path, kind)}"
            self.found.append(Found("modeline", place, message))
        return source

    def files(self, folder: str, *, also: tuple[str, ...] = ()) -> Iterator[Entry]:
        """The YAML files of a folder; what else lies there is reported."""
        for entry in self.tree.list(folder):
            name = entry.path.rpartition("/")[2]
            if entry.kind != "file":
                rule = {"symlink": "symlink", "special": "special-file"}.get(entry.kind, "unreadable")
                what = {"symlink": "is a link", "special-file": "is not a regular file"}.get(rule, "cannot be read")
                self.found.append(Found(rule, Place(entry.path), f"the file {what}"))
                self.unread += 1
            elif name.endswith(_YAML):
                self.names.append(entry.path)
                yield entry
            elif name.endswith(also):
                self.names.append(entry.path)
            elif name not in _WELCOME:
                message = f"the file is not read: only files that end in {', '.join((*_YAML, *also))} are"
                self.found.append(Found("stray-file", Place(entry.path), message))


def _read(path: str, raw: bytes, kind: str) -> tuple[Source, tuple[Found, ...]]:
    """The data of a file with what breaks its schema left out, and everything that is wrong with it."""
    source = read(path, raw)
    found = [Found(each.rule, Place(path, each.line, each.column), each.message) for each in source.problems]
    if source.data is not None:
        found.extend(_apply_schema(kind, source))
    return source, tuple(found)


def _apply_schema(kind: str, source: Source) -> Iterator[Found]:
    """What breaks the schema; values that cannot be used are taken out of the data on the way."""
    stray = []
    for violation in violations(kind, source.data or {}):
        at = source.key_at if violation.at_key else source.value_at
        yield Found(violation.rule, Place(source.path, *at(violation.route)), violation.message, violation.help)
        if violation.stray and violation.route:
            stray.append(violation.route)
    # The last ones first, so that the numbers of a list's earlier entries stay true; parts of what is gone are gone.
    gone: set[tuple[str | int, ...]] = set()
    for route in sorted(stray, key=lambda route: [str(step).zfill(9) for step in route]):
        if not any(route[:length] in gone for length in range(1, len(route))):
            gone.add(route)
    for route in sorted(gone, key=lambda route: [str(step).zfill(9) for step in route], reverse=True):
        source.drop(route)


def load(tree: Tree, today: Callable[[Config], date], known: Known | None = None) -> Register:
    """Read the register in `tree`; `today` is asked for the day once the configuration is known, for its time zone.

    What is `known` is not read again, and what is read becomes known.
    """
    reading = _Reading(tree, known={} if known is None else known, keep=known is not None)
    config = _config(reading)
    as_of = today(config)
    reading.found.extend(_drift(tree))
    files = []
    for entry in reading.files(IMPROVEMENTS):
        source = reading.file(entry, "improvement")
        if source is not None:
            if source.data and "id" in source.data and "status" in source.data:
                files.append(Improvement(source))
            else:
                reading.unread += 1
    kpi_files = []
    for entry in reading.files(KPIS, also=(".csv",)):
        source = reading.file(entry, "kpi")
        if source is not None:
            if source.data and "id" in source.data:
                kpi_files.append(_with_readings(reading, Kpi(source), as_of))
            else:
                reading.unread += 1
    stems = {name.rpartition(".")[0] for name in reading.names if name.endswith(_YAML)}
    for name in reading.names:
        if name.endswith(".csv") and name.rpartition(".")[0] not in stems:
            reading.found.append(Found("orphan-readings", Place(name), "no KPI has the name of this file"))
    improvements: dict[str, Improvement] = {}
    for item in files:
        improvements.setdefault(item.id, item)
    kpis: dict[str, Kpi] = {}
    for kpi in kpi_files:
        kpis.setdefault(kpi.id, kpi)
    register = Register(
        config=config,
        improvements=dict(sorted(improvements.items())),
        kpis=dict(sorted(kpis.items())),
        as_of=as_of,
        files=tuple(files),
        kpi_files=tuple(kpi_files),
        found=tuple(reading.found),
        checked=reading.checked,
        unread=reading.unread,
        names=frozenset(reading.names),
        codeowners=_codeowners(tree),
    )
    bind(register)
    return register


def bind(register: Register) -> None:
    """Let the register's derived KPIs find their readings in it, when they are asked for."""
    for kpi in {id(each): each for each in (*register.kpis.values(), *register.kpi_files)}.values():
        if kpi.derived:
            kpi.derive = partial(_derived, kpi, register)


def _derived(kpi: Kpi, register: Register) -> Readings:
    from cireg import derived  # few commands ask for it, and it needs much

    return derived.readings(kpi, register)


def improvement_of(path: str, raw: bytes) -> tuple[Improvement | None, tuple[Found, ...]]:
    """One improvement's file by itself, None where it cannot be used; and what reading it found."""
    reading = _Reading(MemoryTree({path: raw}))
    source = reading.file(Entry(path, "file"), "improvement")
    usable = source is not None and source.data and "id" in source.data and "status" in source.data
    return (Improvement(source) if source and usable else None), tuple(reading.found)


def _with_readings(reading: _Reading, kpi: Kpi, as_of: date) -> Kpi:
    """The KPI with the readings in the CSV file beside it; what is wrong in that file is gathered."""
    path = kpi.path.rpartition(".")[0] + ".csv"
    cadence = kpi.text("cadence")
    if kpi.derived or not cadence or not reading.tree.exists(path):
        return kpi
    reading.checked += 1
    try:
        raw = reading.tree.read(path, FILE_LIMIT)
    except FileRefused as refused:
        reading.found.append(Found(refused.rule, Place(path), f"the file {refused.message}"))
        reading.unread += 1
        return kpi
    low, high = kpi.get("bounds", 0), kpi.get("bounds", 1)
    definition = Definition(cadence, kpi.get("unit") == "%", exact(low), exact(high), as_of)
    kpi.readings = readings.read(path, raw, definition)
    for problem in kpi.readings.problems:
        reading.found.append(Found(problem.rule, Place(path, problem.line, problem.column), problem.message))
    return kpi


def _codeowners(tree: Tree) -> tuple[str, str] | None:
    """The CODEOWNERS file that forges would take, where cireg has written a part of it."""
    path = next((each for each in codeowners.PLACES if tree.exists(each)), None)
    try:
        text = tree.read(path, codeowners.LIMIT).decode("utf-8", errors="replace") if path else ""
    except FileRefused:
        return None
    return (path, text) if path and codeowners.BEGIN in text else None


def _drift(tree: Tree) -> Iterator[Found]:
    """The copies of the schemas that the register keeps for editors and that are not the installed ones."""
    for entry in tree.list(SCHEMAS):
        kind = entry.path.removeprefix(f"{SCHEMAS}/").removesuffix(".schema.json")
        if kind in KINDS and entry.kind == "file":
            try:
                same = tree.read(entry.path, FILE_LIMIT).decode("utf-8") == schema_text(kind)
            except (FileRefused, UnicodeDecodeError):
                same = False
            if not same:
                yield Found("schema-drift", Place(entry.path), "it differs from the schema that this cireg judges by")


def _config(reading: _Reading) -> Config:
    """The configuration; where it cannot be used, the schema's defaults, and nothing is judged by it."""
    source = reading.file(Entry(CONFIG, "file"), "config")
    if source is None:
        return Config(Source(CONFIG, {}), usable=False)
    return Config(source)
