"""The import map: read with positions, checked against its schema and against the fields that it fills."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from cireg.findings import Finding, Place
from cireg.importing.dates import ISO, DateFormat, compile_format
from cireg.importing.kinds import fold, unfit
from cireg.importing.template import Template, compile_template
from cireg.patterns import compile_pattern
from cireg.rules import by_name
from cireg.schema import default
from cireg.source import Route, Source, read
from cireg.suggest import did_you_mean
from cireg.violations import violations

KIND = "import-map"
VALUE = "value"  # the slot of `each`

_ORIGINS = ("column", "columns", "template", "sections", "constant")
_REQUIRED = ("id", "title", "status", "opportunity", "history.raised", "history")


@dataclass(frozen=True, slots=True)
class Making:
    """What one field is made of; `route` is its place in the map, for messages.

    `columns` are tried one after the other; `constant` and `otherwise` are None where there is none. `folded` is
    `values` for comparing without capitals and spaces.
    """

    name: str
    route: Route
    columns: tuple[str, ...] = ()
    template: Template | None = None
    sections: tuple[tuple[str, str], ...] = ()
    constant: Any = None
    otherwise: Any = None
    separator: str | None = None
    take: str | None = None
    values: Mapping[str, Any] = field(default_factory=dict)
    folded: Mapping[str, Any] = field(default_factory=dict)
    any_case: bool = False
    match: re.Pattern[str] | None = None
    strip_prefix: str = ""
    slug: bool = False
    each: Template | None = None
    dates: tuple[DateFormat, ...] = ()

    @property
    def required(self) -> bool:
        """Whether a row without it is rejected."""
        return self.name in _REQUIRED

    @property
    def names(self) -> tuple[str, ...]:
        """Every column that it reads."""
        slots = self.template.names if self.template else ()
        return (*self.columns, *slots, *(column for _, column in self.sections))


@dataclass(frozen=True, slots=True)
class ImportMap:
    """How the columns of a sheet become improvements; `source` is the map's file, for places.

    `exported` tells that the sheet is one that `cireg export` wrote: an empty cell there means that the field is
    empty, and not that the sheet says nothing about it.
    """

    source: Source
    makings: tuple[Making, ...]
    empty: frozenset[str]
    separator: str
    decimal: str
    sheet: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    exported: bool = False


def read_map(path: str, raw: bytes) -> tuple[ImportMap | None, list[Finding]]:
    """The map in a file, and everything that is wrong with it; None where it cannot be used."""
    source, found = read_valid(KIND, path, raw)
    if source is None:
        return None, found
    finished = _Reading(source, found).whole()
    return (None if any(each.severity == "error" for each in found) else finished), found


def read_valid(kind: str, path: str, raw: bytes) -> tuple[Source | None, list[Finding]]:
    """A map's file as its schema allows it, and everything that is wrong with it; None where it cannot be used."""
    source = read(path, raw)
    found = [finding(each.rule, Place(path, each.line, each.column), each.message) for each in source.problems]
    if source.data is None:
        return None, found
    for violation in violations(kind, source.data):
        at = source.key_at if violation.at_key else source.value_at
        place = Place(path, *at(violation.route))
        found.append(finding(violation.rule, place, violation.message, violation.help))
    return (None if any(each.severity == "error" for each in found) else source), found


def missing_columns(import_map: ImportMap, header: Iterable[str]) -> list[Finding]:
    """A finding for every column that the map names and the sheet does not have."""
    known = [plain_name(name) for name in header if name]
    found = []
    for making in import_map.makings:
        for column in making.names:
            if column not in known:
                place = Place(import_map.source.path, *import_map.source.value_at(making.route))
                message = f"the sheet has no column '{column}'"
                found.append(finding("unknown-value", place, message, did_you_mean(column, known)))
    return found


def repeated_columns(import_map: ImportMap, header: Iterable[str]) -> list[str]:
    """The columns that the map names and the sheet has more than once."""
    counts = Counter(map(plain_name, header))
    used = dict.fromkeys(column for making in import_map.makings for column in making.names)
    return [column for column in used if counts[plain_name(column)] > 1]


def plain_name(text: str) -> str:
    """A column's name as it is compared: without spaces around it, line breaks and double spaces."""
    return " ".join(text.split())


def finding(name: str, place: Place, message: str, help_: str = "") -> Finding:
    """A finding in a map, under the rule of that name."""
    rule = by_name(name)
    return Finding(place, rule.code, name, rule.severity, message, help_ or rule.mend)


class _Reading:
    """Makes the map from data that fits the schema, and gathers what the schema cannot say."""

    def __init__(self, source: Source, found: list[Finding]) -> None:
        self._source = source
        self._found = found
        self._data: dict[str, Any] = source.data or {}

    def whole(self) -> ImportMap:
        data = self._data
        return ImportMap(
            source=self._source,
            makings=tuple(self._makings()),
            empty=frozenset(word.casefold() for word in data.get("empty", ())),
            separator=data.get("separator", default(KIND, ("separator",))),
            decimal=data.get("decimal", default(KIND, ("decimal",))),
            sheet=data.get("sheet"),
            encoding=data.get("encoding"),
            delimiter=data.get("delimiter"),
        )

    def _makings(self) -> Iterator[Making]:
        dates = self._formats(("dates",), self._data.get("dates", [ISO]))
        yield self._making("id", ("id",), self._data["id"], dates)
        for name, stated in self._data["fields"].items():
            yield self._making(name, ("fields", name), stated, dates)
        for name, stated in self._data["history"].items():
            yield self._making(f"history.{name}", ("history", name), stated, dates)

    def _making(self, name: str, route: Route, stated: Any, dates: tuple[DateFormat, ...]) -> Making:
        if isinstance(stated, str):
            return Making(name, route, columns=(plain_name(stated),), dates=dates)
        origins = [each for each in _ORIGINS if each in stated]
        if len(origins) != 1:
            message = f"{name} names {' and '.join(origins)}" if origins else f"nothing says where {name} comes from"
            self._say("wrong-form", route, message, f"give one of {', '.join(_ORIGINS)}")
        columns = (stated["column"],) if "column" in stated else tuple(stated.get("columns", ()))
        making = Making(
            name,
            route,
            columns=tuple(map(plain_name, columns)),
            template=self._template((*route, "template"), stated.get("template")),
            sections=tuple((each["heading"], plain_name(each["column"])) for each in stated.get("sections", ())),
            constant=stated.get("constant"),
            otherwise=stated.get("otherwise"),
            separator=stated.get("separator"),
            take=stated.get("take"),
            values=stated.get("values", {}),
            folded={fold(word): value for word, value in stated.get("values", {}).items()},
            any_case=stated.get("any_case", False),
            match=self._pattern((*route, "match"), stated.get("match")),
            strip_prefix=stated.get("strip_prefix", ""),
            slug=stated.get("slug", False),
            each=self._each((*route, "each"), stated.get("each")),
            dates=self._formats((*route, "dates"), stated["dates"]) if "dates" in stated else dates,
        )
        self._check_fixed(making, stated)
        return making

    def _check_fixed(self, making: Making, stated: dict[str, Any]) -> None:
        """What the map itself gives as a value fits the field."""
        given: dict[Route, Any] = {
            (name,): stated[name] for name in ("constant", "otherwise") if stated.get(name) is not None
        }
        given |= {("values", word): value for word, value in making.values.items() if value is not None}
        if making.any_case and len(making.folded) < len(making.values):
            message = "two of these words are one where capitals and spaces make no difference"
            self._say("repeated-value", (*making.route, "values"), message)
        for below, value in given.items():
            for violation in unfit(making.name, value):
                self._say(violation.rule, (*making.route, *below), violation.message, violation.help)

    def _template(self, route: Route, text: str | None) -> Template | None:
        made = compile_template(text) if text is not None else None
        if isinstance(made, str):
            self._say("wrong-form", route, f"'{text}' is no template: {made}")
            return None
        if made is None:
            return None
        named = (piece if isinstance(piece, str) else piece.renamed(plain_name(piece.name)) for piece in made.pieces)
        return Template(tuple(named))

    def _each(self, route: Route, text: str | None) -> Template | None:
        made = self._template(route, text)
        if made is not None and made.names != (VALUE,):
            self._say("wrong-form", route, f"only {{{VALUE}}} can stand in it, not {', '.join(made.names)}")
        return made

    def _pattern(self, route: Route, text: str | None) -> re.Pattern[str] | None:
        made = compile_pattern(text) if text is not None else None
        if isinstance(made, str):
            self._say("wrong-form", route, f"'{text}' cannot be used: {made}")
            return None
        return made

    def _formats(self, route: Route, names: Iterable[str]) -> tuple[DateFormat, ...]:
        made = []
        for number, name in enumerate(names):
            form = compile_format(name)
            if isinstance(form, str):
                self._say("wrong-form", (*route, number), f"'{name}' is no date format: {form}")
            else:
                made.append(form)
        return tuple(made)

    def _say(self, rule: str, route: Route, message: str, help_: str = "") -> None:
        place = Place(self._source.path, *self._source.value_at(route))
        self._found.append(finding(rule, place, message, help_))
