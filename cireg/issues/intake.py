"""What becomes of an answered form: a proposal, an entry in an improvement's log, a reading; nothing is written."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from cireg import create, lint
from cireg.changes import FileChange, improvement_order, text_at
from cireg.create import ANONYMOUS, Fault, Refused
from cireg.deliver import Delivery, deliver
from cireg.edit import append_item
from cireg.errors import CiregError
from cireg.files import FileRefused, Tree
from cireg.issues.answers import PROPOSAL, Given
from cireg.model import Config, Improvement, Register
from cireg.people import person_with
from cireg.register import improvement_of
from cireg.schema import choices
from cireg.source import FILE_LIMIT
from cireg.suggest import did_you_mean
from cireg.text import fold_key

_LONGEST_NAME = 300
_READING = ("value", "numerator", "denominator", "n", "note")


@dataclass(frozen=True, slots=True)
class From:
    """Whose words these are: an account at the forge, and the address of the issue; "" where there is none."""

    author: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """What was made of an answered form.

    `id` is that of the improvement or KPI; `change` is None where the register says it already. `said` is what was
    left out or is worth a look, `like` the improvements that a proposal resembles, with their likeness 0 to 1.
    """

    id: str
    title: str
    change: FileChange | None
    said: tuple[str, ...] = ()
    like: tuple[tuple[Improvement, float], ...] = ()


def take(tree: Tree, register: Register, names: Iterable[str], given: Given, source: From, today: date) -> Taken:
    """What is to be made of the answers in the register that `tree` holds; raises `Refused` or `CiregError`.

    `names` are the names of the files that other branches have under improvements/.
    """
    if given.form == PROPOSAL:
        return _proposal(tree, register, names, given, source, today)
    if given.form == "progress":
        return _progress(tree, register, given, source, today)
    return _reading(tree, register, given, today)


def credited(config: Config, said: str, source: From, email: str = "") -> str:
    """Who is credited: the person of cireg.yaml that is meant, else the name as it was given, else the account."""
    wanted = " ".join((said or source.author).split()).removeprefix("@")
    known = person_with(config, email or wanted)
    if known is not None and (email or "@" in wanted):
        return known
    for identity, person in config.people.items():
        spoken = (identity, str(person.get("name", "")), str(person.get("forge") or "").removeprefix("@"))
        if wanted and fold_key(wanted) in map(fold_key, spoken):
            return identity
    return wanted[:_LONGEST_NAME].strip() or ANONYMOUS


def _proposal(tree: Tree, register: Register, names: Iterable[str], given: Given, source: From, today: date) -> Taken:
    values = dict(given.values)
    said = list(given.said)
    known = _known(register, values, source)
    if known is not None:
        return Taken(known.id, known.title, None, (f"{known.id} is that already", *said))
    answers: dict[str, Any] = {
        "title": values.get("title", ""),
        "opportunity": values.get("opportunity", ""),
        "source_ref": values.get("source_ref") or source.address,
        "on_behalf_of": values.get("on_behalf_of"),
        "by": credited(register.config, values.get("by", ""), source, values.get("email", "")),
    }
    if values.get("source_ref") and source.address:
        answers["opportunity"] += f"\n\n{source.address}"
    if "source" in values:
        if values["source"] in choices("improvement", "source"):
            answers["source"] = values["source"]
        else:
            said.append(f"the source '{values['source']}' left out: it is none of those to choose from")
    answers["services"] = _services(register.config, values.get("services", ""), said)
    if not answers["title"]:
        raise Refused([Fault("title", "there is no title", "give the issue a title, or say it with --title")])
    like = tuple(create.lookalikes(register, answers["title"], answers["opportunity"]))
    made = create.draft(tree, register, names, answers, today)
    said += [f"{each.message}: {each.help}" for each in made.warnings]
    return Taken(made.id, answers["title"], FileChange(made.path, None, made.text), tuple(said), like)


def _known(register: Register, values: dict[str, str], source: From) -> Improvement | None:
    """The improvement that came from the same issue, or says the same in the same words."""
    wanted = fold_key(values.get("title", "")), _words(values.get("opportunity", ""))
    for item in register.improvements.values():
        text = item.text("opportunity")
        if source.address and (item.get("source_ref") == source.address or source.address in text.split()):
            return item
        if wanted[0] and wanted == (fold_key(item.title), _words(text)):
            return item
    return None


def _words(text: str) -> str:
    return fold_key(" ".join(text.split()))


def _services(config: Config, text: str, said: list[str]) -> tuple[str, ...]:
    """The services that are meant, by id or by name; the others are left out and named."""
    by_name = {fold_key(str(each.get("name", ""))): identity for identity, each in config.services.items()}
    found: dict[str, None] = {}
    for part in filter(None, (" ".join(each.split()) for each in re.split(r"[,;\n]", text))):
        identity = part if part in config.services else by_name.get(fold_key(part))
        if identity is None:
            help_ = did_you_mean(part, config.services)
            said.append(f"the service '{part}' left out: cireg.yaml has none of that name" + (help_ and f"; {help_}"))
        else:
            found[identity] = None
    return tuple(found)


def _progress(tree: Tree, register: Register, given: Given, source: From, today: date) -> Taken:
    wanted = given.values.get("id", "")
    item = register.improvements.get(wanted)
    if item is None:
        raise CiregError(f"there is no improvement {wanted}", did_you_mean(wanted, register.improvements))
    who = credited(register.config, "", source)
    entry: dict[str, Any] = {"on": today.isoformat(), "note": given.values.get("note", "")}
    if who in register.config.people:
        entry["by"] = who
    elif who != ANONYMOUS:
        entry["note"] += f" ({who})"
    if source.address:
        if any(source.address in str(each.get("note", "")) for _, each in item.entries("log")):
            return Taken(item.id, item.title, None, (f"the log of {item.id} has it already", *given.said))
        entry["note"] += f"\n\n{source.address}"
    before = text_at(tree, item.path)
    after = append_item(before, ("log",), entry, order=improvement_order)
    known, wrong = (_errors(item.path, text, register) for text in (before, after))
    if wrong is None or set(wrong) - set(known or ()):
        new = [each for each in wrong or () if each not in (known or ())]
        raise Refused(new or [Fault("note", "this note cannot be written into the file", "")])
    return Taken(item.id, item.title, FileChange(item.path, before, after), given.said)


def _errors(path: str, text: str, register: Register) -> list[Fault] | None:
    """What check would call errors in one improvement's file, None where it could not be used."""
    item, found = improvement_of(path, text.encode())
    if item is None:
        return None
    judged = lint.of_improvement(item, register, found)
    return [Fault(each.rule, each.message, each.help) for each in judged if each.severity == "error"]


def _reading(tree: Tree, register: Register, given: Given, today: date) -> Taken:
    wanted = given.values.get("kpi", "")
    kpi = register.kpis.get(wanted)
    if kpi is None:
        raise CiregError(f"there is no KPI {wanted}", did_you_mean(wanted, register.kpis))
    if kpi.derived:
        raise CiregError(f"{wanted} is derived from the register: it has no readings of its own")
    path = kpi.path.rpartition(".")[0] + ".csv"
    try:
        raw = tree.read(path, FILE_LIMIT) if tree.exists(path) else None
    except FileRefused as refused:
        raise CiregError(f"{path} {refused.message}") from refused
    cells = {name: given.values[name] for name in _READING if given.values.get(name)}
    done = deliver(kpi, path, raw, [Delivery(given.values.get("period", ""), cells)], today, correct=False)
    before = None if raw is None else raw.decode()
    change = None if done.data is None else FileChange(path, before, done.data.decode())
    return Taken(kpi.id, kpi.name, change, (*done.said, *given.said))
