"""Ids and file names: what an improvement is known by."""

from __future__ import annotations

import re
import shlex
from datetime import date

from cireg.model import Improvement, Kpi, Register
from cireg.record import Record
from cireg.rules.declare import Hit, Hits, rule
from cireg.text import fold_key

_WORDS = re.compile(r"(-[A-Za-z0-9]+)*")
_LONGEST_NAME = 100
_ID = re.compile(r"[A-Za-z]{2,5}-[0-9]{4,6}(?![0-9])")


def right_name(record: Improvement | Kpi) -> str:
    """The path that a file is to have: named by its id, an improvement's with the words that follow an id now."""
    folder, slash, name = record.path.rpartition("/")
    stem, _, ending = name.rpartition(".")
    known = _ID.match(stem) if isinstance(record, Improvement) else None
    words = stem[known.end() :] if known else ""
    whole = f"{record.id}{words}.{ending}"
    kept = words if _WORDS.fullmatch(words) and len(whole) <= _LONGEST_NAME else ""
    return f"{folder}{slash}{record.id}{kept}.{ending}"


@rule(
    "CI101",
    mend="rename the file to its id, or to its id, a hyphen and some words",
    bad={"improvements/CI-0002.yaml": "id: CI-0003\n"},
    good={"improvements/CI-0003-answer-sooner.yaml": "id: CI-0003\n"},
)
def file_name(item: Improvement, register: Register) -> Hits:
    """A file's name begins with its id.

    Whoever looks for CI-0007 finds the file by its name, and two branches that take the same id get a conflict
    that git can see.
    """
    name = item.path.rpartition("/")[2]
    words = name.removesuffix(".yaml").removesuffix(".yml").removeprefix(item.id)
    if not name.startswith(item.id) or not _WORDS.fullmatch(words) or len(name) > _LONGEST_NAME:
        yield Hit(
            item.at("id"),
            f"the file is called {name}, and the id is {item.id}",
            f"rename it to {right_name(item).rpartition('/')[2]}",
        )


@rule(
    "CI102",
    scope="kpi",
    mend="rename the file to the KPI's id, or correct the id",
    bad={"kpis/answers.yaml": "id: first-answer-hours\n"},
    good={"kpis/first-answer-hours.yaml": "id: first-answer-hours\n"},
)
def kpi_file_name(kpi: Kpi, register: Register) -> Hits:
    """A KPI's file is named by its id.

    Its readings are in the CSV file of the same name.
    """
    stem = kpi.path.rpartition("/")[2].removesuffix(".yaml").removesuffix(".yml")
    if stem != kpi.id:
        yield Hit(kpi.at("id"), f"the file is called {stem}, and the id is {kpi.id}")


@rule(
    "CI103",
    scope="register",
    mend="give the newer one the next free id: its number, its file name and what refers to it",
    bad={
        "improvements/CI-0002-one.yaml": "id: CI-0002\n",
        "improvements/CI-0002-two.yaml": "id: CI-0002\ntitle: Tell users sooner\n",
    },
    good={
        "improvements/CI-0002-one.yaml": "id: CI-0002\n",
        "improvements/CI-0003-two.yaml": "title: Tell users sooner\n",
    },
)
def duplicate_id(register: Register) -> Hits:
    """An id is used once.

    Links, decisions and people's memory go by the id. Capitals and the ways of writing an accent make no
    difference, because some file systems make none.
    """
    config = register.config
    groups: list[list[tuple[Record, tuple[str | int, ...], str]]] = [
        [(item, ("id",), item.id) for item in _elder_first(register)],
        [(kpi, ("id",), kpi.id) for kpi in register.kpi_files],
    ]
    groups += [
        [(config, (name, n, "id"), entry["id"]) for n, entry in config.entries(name) if "id" in entry]
        for name in ("goals", "practices", "services", "people")
    ]
    for group in groups:
        first: dict[str, tuple[Record, tuple[str | int, ...]]] = {}
        for record, route, identity in group:
            key = fold_key(identity)
            if key in first:
                other, other_route = first[key]
                place = other.at(*other_route)
                message = f"{identity} is already the id in {place.path}, line {place.line}"
                yield Hit(record.at(*route), message, _renumber(record))
            else:
                first[key] = (record, route)


def _elder_first(register: Register) -> list[Improvement]:
    """The improvements by the day they were raised: the younger one of two is the one to change."""
    return sorted(register.files, key=lambda item: (item.raised or date.max, item.path))


def _renumber(record: Record) -> str:
    """What gives an improvement another id; everything else is mended by hand."""
    if not isinstance(record, Improvement):
        return ""
    return f"give it the next free id, with all that means it: cireg renumber {shlex.quote(record.path)}"


RULES = (file_name, kpi_file_name, duplicate_id)
