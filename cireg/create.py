"""A new proposal: the next free id, a name for its file, and a file that is right before it is written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from cireg import lifecycle, lint
from cireg.blank import blank
from cireg.decoding import FORBIDDEN_IN_VALUE, character_name
from cireg.errors import CiregError
from cireg.files import Entry, Tree
from cireg.findings import Finding
from cireg.layout import IMPROVEMENTS
from cireg.model import Config, Improvement, Register
from cireg.people import person_with
from cireg.register import load
from cireg.schema import dotted
from cireg.similar import Lookalikes
from cireg.slug import slug
from cireg.suggest import did_you_mean
from cireg.violations import violations

ANONYMOUS = "anonymous"
LOOKALIKES = 3
LIKE = 0.3  # from this likeness on an improvement is worth a look

_LARGEST = 999_999
_WORDS, _LETTERS = 6, 48  # of a title in a file's name

# Answers that name something else, with what that is called and where it is.
_NAMED = {
    ("owner",): ("person", "people"),
    ("vision", "goal"): ("goal", "goals"),
    ("practices",): ("practice", "practices"),
    ("services",): ("service", "services"),
}
_LINKS = ("follows", "part_of")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with an answer: the field, a sentence, and what to do."""

    field: str
    message: str
    help: str


class Refused(Exception):
    """The answers do not make a proposal; `faults` names all that is wrong with them."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("; ".join(fault.message for fault in faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Draft:
    """A proposal that is right: its file's path and text, and the warnings that check will give."""

    id: str
    path: str
    text: str
    warnings: tuple[Finding, ...]


def draft(tree: Tree, register: Register, names: Iterable[str], answers: Mapping[str, Any], today: date) -> Draft:
    """The file of a new proposal in the register that `tree` holds; raises `Refused`.

    `answers` holds the fields of an improvement and `by`; `names` are the names of the files that other branches
    have under improvements/. Nothing is written.
    """
    if not register.config.usable:
        raise CiregError("cireg.yaml cannot be used, and it says what may be named", "cireg check says why")
    identity = next_id(register, names)
    data = _data(identity, answers, today)
    if faults := _faults(data, register):
        raise Refused(faults)
    path = f"{IMPROVEMENTS}/{file_name(identity, data['title'])}"
    text = blank(path, data, register.config)
    whole = load(_With(tree, path, text.encode()), lambda _: today)
    found = [each for each in lint.check(whole) if each.place.path == path]
    wrong = [Fault(each.rule, each.message, each.help) for each in found if each.severity == "error"]
    if wrong or whole.improvements[identity].data != data:
        raise Refused(wrong or [Fault("", "these answers do not come back from a file as they are", "")])
    return Draft(identity, path, text, tuple(each for each in found if each.severity == "warning"))


def next_id(register: Register, names: Iterable[str]) -> str:
    """One more than the highest number of the configured prefix, in this register and in `names`."""
    prefix, digits = register.config.get("ids", "prefix"), register.config.get("ids", "digits")
    taken = re.compile(rf"{prefix}-([0-9]{{4,6}})(?![0-9])", re.IGNORECASE)
    here = {name.rpartition("/")[2] for name in register.names} | {item.id for item in register.files}
    numbers = [int(match[1]) for name in {*names, *here} if (match := taken.match(name))]
    number = max(numbers, default=0) + 1
    if number > _LARGEST:
        raise CiregError(f"no number is free after {prefix}-{_LARGEST}", "choose another ids.prefix in cireg.yaml")
    return f"{prefix}-{number:0{digits}}"


def file_name(identity: str, title: str) -> str:
    """The name of an improvement's file: its id and the first words of its title."""
    words = "-".join(slug(title, _LETTERS).split("-")[:_WORDS])
    return f"{identity}-{words}.yaml" if words else f"{identity}.yaml"


def faults_of(name: str, value: Any, register: Register) -> list[Fault]:
    """What is wrong with one answer by itself."""
    data = _data("CI-0001", {"title": "x", "opportunity": "x", name: value}, register.as_of)
    return [fault for fault in _faults(data, register) if fault.field.partition("[")[0] == name]


def proposer(user: tuple[str, str] | None, config: Config) -> str:
    """Who proposes: the person of cireg.yaml with the e-mail address of git's user, else the user's name."""
    name, email = user or ("", "")
    if known := person_with(config, email):
        return known
    name = " ".join(name.split())
    return name if name and not FORBIDDEN_IN_VALUE.search(name) and len(name) <= 300 else ANONYMOUS


def lookalikes(register: Register, title: str, opportunity: str) -> list[tuple[Improvement, float]]:
    """The improvements that are most like a title, or a title with its opportunity, with their likeness 0 to 1."""
    items = register.improvements
    found: dict[str, float] = {}
    titles = {item.id: item.title for item in items.values()}
    whole = {item.id: f"{item.title} {item.text('opportunity')}" for item in items.values()}
    for texts, asked in ((titles, title), (whole, f"{title} {opportunity}")):
        for identity, share in Lookalikes(texts).nearest(asked, LOOKALIKES, LIKE):
            found[identity] = max(share, found.get(identity, 0))
    best = sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))[:LOOKALIKES]
    return [(items[identity], share) for identity, share in best]


def _data(identity: str, answers: Mapping[str, Any], today: date) -> dict[str, Any]:
    """The data of the proposal's file; answers that are empty are left out."""
    given = {name: value for name, value in answers.items() if value not in (None, "", [], ())}
    by = given.pop("by", ANONYMOUS)
    data: dict[str, Any] = {"id": identity, "status": lifecycle.line()[0]}
    for name, value in given.items():
        section, _, part = name.rpartition(".")
        target = data.setdefault(section, {}) if section else data
        target[part] = list(value) if isinstance(value, tuple) else _tidy(value)
    if str(data.get("opportunity", "")).strip():
        data["opportunity"] += "\n"
    data["history"] = [{"on": today.isoformat(), "status": lifecycle.line()[0], "by": _tidy(by)}]
    return data


def _tidy(value: Any) -> Any:
    """A text without blanks at its ends and at the ends of its lines."""
    if not isinstance(value, str):
        return value
    return "\n".join(line.rstrip() for line in value.replace("\r\n", "\n").split("\n")).strip()


def _texts(node: Any, route: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if isinstance(node, str):
        yield route, node
    elif isinstance(node, dict):
        for name, each in node.items():
            yield from _texts(each, (*route, name))
    elif isinstance(node, list):
        for place, each in enumerate(node):
            yield from _texts(each, (*route, place))


def _faults(data: dict[str, Any], register: Register) -> list[Fault]:
    """What is wrong, the first thing for each field."""
    found: dict[str, Fault] = {}
    readable = _map(data, lambda text: FORBIDDEN_IN_VALUE.sub("?", text))
    for fault in (*_unreadable(data), *_misshapen(readable), *_unknown(readable, register)):
        found.setdefault(fault.field, fault)
    return list(found.values())


def _map(node: Any, change: Callable[[str], str]) -> Any:
    """The same data with every text changed."""
    if isinstance(node, dict):
        return {name: _map(each, change) for name, each in node.items()}
    if isinstance(node, list):
        return [_map(each, change) for each in node]
    return change(node) if isinstance(node, str) else node


def _unreadable(data: dict[str, Any]) -> Iterator[Fault]:
    """Characters that no file of the register may hold."""
    for route, text in _texts(data):
        if found := FORBIDDEN_IN_VALUE.search(text):
            name = _name(route)
            yield Fault(name, f"{name} holds {character_name(found[0])}, which is not allowed", "leave it out")


def _misshapen(data: dict[str, Any]) -> Iterator[Fault]:
    """What breaks the schema."""
    for violation in violations("improvement", data):
        yield Fault(_name(violation.route), violation.message, violation.help)


def _unknown(data: dict[str, Any], register: Register) -> Iterator[Fault]:
    """Names of what is not in cireg.yaml, and ids of improvements that do not exist."""
    for route, (what, directory) in _NAMED.items():
        known = getattr(register.config, directory)
        for place, name in _texts(_at(data, route), route):
            if name not in known:
                help_ = did_you_mean(name, known) or f"add it to {directory} in cireg.yaml first"
                yield Fault(_name(place), f"there is no {what} {name} in cireg.yaml", help_)
    for link in _LINKS:
        for place, name in _texts(_at(data, ("links", link)), ("links", link)):
            if name not in register.improvements:
                help_ = did_you_mean(name, register.improvements)
                yield Fault(_name(place), f"there is no improvement {name}", help_)


def _at(data: Any, route: tuple[str, ...]) -> Any:
    for step in route:
        data = data.get(step, {}) if isinstance(data, dict) else {}
    return data


def _name(route: tuple[str | int, ...]) -> str:
    """What the answer is called that stands at a route of the file."""
    return "by" if route[:1] == ("history",) else dotted(route)


class _With:
    """A tree with one file more."""

    def __init__(self, tree: Tree, path: str, raw: bytes) -> None:
        self._tree = tree
        self._path = path
        self._raw = raw

    def list(self, folder: str = "") -> tuple[Entry, ...]:
        """See `Tree.list`."""
        own = (Entry(self._path, "file"),) if self._path.startswith(f"{folder}/" if folder else "") else ()
        return tuple(sorted((*self._tree.list(folder), *own), key=lambda entry: entry.path))

    def read(self, path: str, limit: int) -> bytes:
        """See `Tree.read`."""
        return self._raw if path == self._path else self._tree.read(path, limit)

    def exists(self, path: str) -> bool:
        """See `Tree.exists`."""
        return path == self._path or self._tree.exists(path)
