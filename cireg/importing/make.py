"""One value from the cells of one row: found, split, translated and read as what its field takes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from cireg.importing.kinds import DIRECTORIES, Unusable, fold, forbidden, kind_of, read_json, read_text, unfit
from cireg.importing.mapping import VALUE, ImportMap, Making
from cireg.patterns import LONGEST
from cireg.schema import dotted
from cireg.slug import slug
from cireg.suggest import did_you_mean

_LONGEST_ID = 63
_MISSING = object()


@dataclass(frozen=True, slots=True)
class Fault:
    """A value of a sheet that cannot be used: which column's, for which field, and why."""

    column: str
    field: str
    value: str
    reason: str
    help: str = ""


@dataclass(slots=True)
class Made:
    """What came of the cells: `value` is None where there is none; `faults` says what could not be used.

    `given` tells that the sheet has it, not the map. `names` are ids of people, practices and services with the
    sheet's own spelling.
    """

    value: Any = None
    column: str = ""
    given: bool = False
    faults: list[Fault] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)


def make(making: Making, row: Mapping[str, str], import_map: ImportMap) -> Made:
    """What `making` finds in a row of {column: text}."""
    made = Made()
    if making.constant is not None:
        return _of_the_map(making, making.constant)
    for column, text in _texts(making, row, import_map):
        made.column = made.column or column
        if not text:
            continue
        made.column = column
        made.value = _Maker(making, import_map, made).value(text)
        if made.value is not None:
            made.given = True
            return made
    if not made.faults and making.otherwise is not None:
        return _of_the_map(making, making.otherwise)
    return made


def _of_the_map(making: Making, value: Any) -> Made:
    """A value that the map gives, not the sheet."""
    made = Made([value] if kind_of(making.name).many else value)
    if making.name in DIRECTORIES:
        made.names[value] = value
    return made


def _texts(making: Making, row: Mapping[str, str], import_map: ImportMap) -> Iterator[tuple[str, str]]:
    """The texts that may hold the value, in the order in which they are tried, each with its column."""

    def text_of(column: str) -> str:
        text = clean(row.get(column, ""))
        return "" if text.casefold() in import_map.empty else text

    if making.template is not None:
        yield making.template.names[0], making.template.fill(text_of) or ""
    elif making.sections:
        parts = [f"## {heading}\n\n{text}" for heading, column in making.sections if (text := text_of(column))]
        yield making.sections[0][1], "\n\n".join(parts)
    else:
        yield from ((column, text_of(column)) for column in making.columns)


def clean(text: str) -> str:
    """A cell's text with lines ended by LF and nothing around it."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


class _Maker:
    """Makes the value of one text, and notes in `made` what could not be used."""

    def __init__(self, making: Making, import_map: ImportMap, made: Made) -> None:
        self._making = making
        self._map = import_map
        self._made = made
        self._kind = kind_of(making.name)

    def value(self, text: str) -> Any:
        unseen = forbidden(text)
        if unseen:
            return self._leave(text, f"holds {unseen}, which no file may hold")
        try:
            if self._kind.many:
                return self._list(text)
            return self._one(text)
        except Unusable as unusable:
            return self._leave(text, unusable.reason, unusable.help)

    def _list(self, text: str) -> Any:
        if text.startswith(('["', '{"')):
            return self._nested(text)
        found: list[Any] = []
        for part in self._parts(text):
            try:
                value = self._scalar(part)
            except Unusable as unusable:
                self._leave(part, unusable.reason, unusable.help)
                continue
            if value is None:
                continue
            if value in found:
                self._leave(part, "is named twice")
            else:
                found.append(value)
        return found or None

    def _one(self, text: str) -> Any:
        making = self._making
        if self._kind.name == "nested":
            return self._nested(text)
        if making.separator is None and making.take is None:
            return self._scalar(text)
        parts = self._parts(text)
        if len(parts) > 1:
            raise Unusable(f"has {len(parts)} entries, and the field takes one: let the map say which to take")
        try:
            return self._scalar(parts[0]) if parts else None
        except Unusable as unusable:
            return self._leave(parts[0], unusable.reason, unusable.help)

    def _parts(self, text: str) -> list[str]:
        separator = self._making.separator or self._map.separator
        parts = [part.strip() for part in text.split(separator)]
        parts = [part for part in parts if part and part.casefold() not in self._map.empty]
        take = self._making.take or "all"
        return {"all": parts, "first": parts[:1], "last": parts[-1:], "rest": parts[1:]}[take]

    def _scalar(self, text: str) -> Any:
        """The value of one entry, None where the map says that it stands for none; raises `Unusable`."""
        making = self._making
        translated = self._translated(text)
        if translated is not _MISSING:
            value = translated
        elif making.values and self._kind.name == "choice":
            hint = did_you_mean(text, making.values)
            raise Unusable("is not one of the map's values" + (f"; {hint}" if hint else ""))
        else:
            value = read_text(
                self._kind, self._shaped(text), dates=making.dates, decimal=self._map.decimal, any_case=making.any_case
            )
        for violation in unfit(making.name, value) if value is not None else ():
            # Beside its column the value needs no name, least of all a place in a list that it does not get.
            raise Unusable(violation.message.removeprefix(dotted(violation.route)).strip(), violation.help)
        if making.name in DIRECTORIES and isinstance(value, str):
            self._made.names.setdefault(value, text)
        if isinstance(value, str) and "\n" in value:
            value += "\n"  # its last line ends, as it does in a file that a person wrote
        return value

    def _translated(self, text: str) -> Any:
        making = self._making
        if making.any_case:
            return making.folded.get(fold(text), _MISSING)
        return making.values.get(text, _MISSING)

    def _shaped(self, text: str) -> str:
        making = self._making
        if making.match is not None:
            found = making.match.fullmatch(text) if len(text) <= LONGEST else None
            if found is None:
                raise Unusable(f"does not match {making.match.pattern}")
            text = (found[1] if making.match.groups else found[0]) or ""
        text = text.removeprefix(making.strip_prefix).strip()
        if making.slug:
            text = slug(text, _LONGEST_ID)
        if not text:
            raise Unusable("leaves nothing once the map has been applied")
        if making.each is not None:
            text = making.each.fill(_only(VALUE, text)) or ""
        return text

    def _nested(self, text: str) -> Any:
        """The lists and fields that JSON stands for; raises `Unusable`."""
        value = read_json(text)
        unseen = forbidden(value)  # an escape hides what the text did not show
        if unseen:
            raise Unusable(f"holds {unseen}, which no file may hold")
        for violation in unfit(self._making.name, value):
            raise Unusable(violation.message, violation.help)
        return value

    def _leave(self, text: str, reason: str, help_: str = "") -> None:
        self._made.faults.append(Fault(self._made.column, self._making.name, text, reason, help_))


def _only(name: str, text: str) -> Callable[[str], str]:
    return lambda wanted: text if wanted == name else ""
