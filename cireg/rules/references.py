"""What a file refers to exists: goals, practices, services, people, KPIs, other improvements, external records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cireg import lifecycle
from cireg.model import Config, Improvement, Register
from cireg.patterns import matches
from cireg.record import Record
from cireg.rules.declare import Hit, Hits, rule
from cireg.schema import choices
from cireg.source import Route

_KPI = "kpis/first-answer-hours.yaml"
_MEASURE = "measures: [{kpi: first-answer-hours, role: secondary}]\n"


def _names(record: Record, *routes: Route) -> Iterator[tuple[Route, str]]:
    """The ids at these routes, each a text or a list of texts."""
    for route in routes:
        value = record.get(*route)
        if isinstance(value, str):
            yield route, value
        elif isinstance(value, list):
            yield from (((*route, n), each) for n, each in enumerate(value) if isinstance(each, str))


_WORDS = {"goals": "goal", "practices": "practice", "services": "service", "people": "person"}


def _unknown(config: Config, group: str, names: Iterable[tuple[Route, str]], record: Record) -> Hits:
    """Of these names, those that the configuration's list does not hold; none where that list cannot be used."""
    known = config.listed(group)
    for route, name in names:
        if known is not None and name not in known:
            yield Hit(record.at(*route), f"there is no {_WORDS[group]} {name} in cireg.yaml")


@rule(
    "CI110", scope="register",
    mend="choose one of the goals in cireg.yaml, or add this one there",
    bad="vision: {goal: g-faster-lifts}\n", good="vision: {goal: g-happier-users}\n",
)  # fmt: skip
def unknown_goal(register: Register) -> Hits:
    """A goal is one of cireg.yaml.

    An improvement that serves a goal nobody has agreed on serves nobody.
    """
    for item in register.files:
        yield from _unknown(register.config, "goals", _names(item, ("vision", "goal")), item)
    for kpi in register.kpi_files:
        yield from _unknown(register.config, "goals", _names(kpi, ("goal",)), kpi)


@rule(
    "CI111", scope="register",
    mend="choose one of the practices in cireg.yaml, or add this one there",
    bad="practices: [incident-handling]\n", good="practices: [service-desk]\n",
)  # fmt: skip
def unknown_practice(register: Register) -> Hits:
    """A practice is one of cireg.yaml.

    A process owner sees the improvements of the own practice only when it is named as everywhere else.
    """
    config = register.config
    for record in (*register.files, *register.kpi_files):
        yield from _unknown(config, "practices", _names(record, ("practices",)), record)
    yield from _unknown(config, "practices", _names(config, *_policies(config, "when", "practices")), config)


@rule(
    "CI112", scope="register",
    mend="choose one of the services in cireg.yaml, or add this one there",
    bad="services: [printing]\n", good="services: [workplace]\n",
)  # fmt: skip
def unknown_service(register: Register) -> Hits:
    """A service is one of cireg.yaml.

    A service owner sees the improvements of the own service only when it is named as everywhere else.
    """
    config = register.config
    for record in (*register.files, *register.kpi_files):
        yield from _unknown(config, "services", _names(record, ("services",)), record)
    yield from _unknown(config, "services", _names(config, *_policies(config, "when", "services")), config)


def people_of(item: Improvement) -> Iterator[tuple[Route, str]]:
    """Every person that an improvement names by id, with the route. The proposer may be anybody."""
    yield from _names(item, ("owner",), ("sponsor",), ("team",), ("scores", "by"), ("review", "by"))
    for n, entry in item.entries("plan", "steps"):
        if "by" in entry:
            yield ("plan", "steps", n, "by"), entry["by"]
    for n, entry in item.entries("plan", "approvals"):
        if "by" in entry:
            yield ("plan", "approvals", n, "by"), entry["by"]
    for n, entry in item.entries("log"):
        if "by" in entry:
            yield ("log", n, "by"), entry["by"]
    for n, _ in item.entries("money", "gains"):
        for m, entry in item.entries("money", "gains", n, "realised"):
            if "confirmed_by" in entry:
                yield ("money", "gains", n, "realised", m, "confirmed_by"), entry["confirmed_by"]
    for n, entry in item.entries("history"):
        if n > 0 and "by" in entry:
            yield ("history", n, "by"), entry["by"]


@rule(
    "CI113", scope="register",
    mend="use an id of the people in cireg.yaml, or add the person there",
    bad="owner: desk-manager\n", good="owner: service-desk-lead\n",
)  # fmt: skip
def unknown_person(register: Register) -> Hits:
    """A person or role is one of cireg.yaml.

    Somebody whom nobody can look up cannot be asked. Only the proposer, in the first history entry, may be
    anybody.
    """
    config = register.config
    for item in register.files:
        yield from _unknown(config, "people", people_of(item), item)
    for kpi in register.kpi_files:
        yield from _unknown(config, "people", _names(kpi, ("owner",)), kpi)
    successors: list[Route] = [("people", n, "successor") for n, _ in config.entries("people")]
    yield from _unknown(config, "people", _names(config, *_owners(config), *successors), config)
    roles = choices("config", "people[].roles")
    asked = ((route, name) for route, name in _names(config, *_policies(config, "by")) if name not in roles)
    yield from _unknown(config, "people", asked, config)


def _policies(config: Config, *part: str) -> list[Route]:
    """Where each policy for approvals says that part of it."""
    return [("policy", "approvals", n, *part) for n, _ in config.entries("policy", "approvals")]


def _owners(config: Config) -> list[Route]:
    """Where cireg.yaml says who answers for something."""
    groups = ("goals", "practices", "services")
    return [("owner",), *((group, n, "owner") for group in groups for n, _ in config.entries(group))]


_LEAVER = (
    "people:\n  - {id: desk-manager, name: Desk manager, until: 2026-06-30, successor: service-desk-lead}\n"
    "  - {id: service-desk-lead, name: Service desk lead}\n  - {id: improvement-manager, name: Improvement manager}\n"
    "  - {id: head-of-it, name: Head of IT}\n"
)


@rule(
    "CI114", scope="register",
    mend="hand it over to somebody who is there",
    bad={"improvements/CI-0001.yaml": "owner: desk-manager\n", "cireg.yaml": _LEAVER},
    good={"improvements/CI-0001.yaml": "owner: service-desk-lead\n", "cireg.yaml": _LEAVER},
)  # fmt: skip
def person_left(register: Register) -> Hits:
    """Nobody who has left is waited for.

    An open improvement whose owner is gone stands still and nobody notices; so do a KPI, a goal, a practice and a
    service. In closed improvements the names stay, and so they do in what is over: done steps, decisions, the log.
    """
    config = register.config
    for item in register.files:
        if lifecycle.is_open(item.status):
            yield from _gone(register, _waited_for(item), item)
    for kpi in register.kpi_files:
        yield from _gone(register, _names(kpi, ("owner",)), kpi)
    yield from _gone(register, _names(config, *_owners(config), *_policies(config, "by")), config)


def _waited_for(item: Improvement) -> Iterator[tuple[Route, str]]:
    yield from _names(item, ("owner",), ("sponsor",), ("team",))
    for n, step in item.entries("plan", "steps"):
        if "by" in step and "done" not in step:
            yield ("plan", "steps", n, "by"), step["by"]


def _gone(register: Register, names: Iterable[tuple[Route, str]], record: Record) -> Hits:
    for route, name in names:
        person = register.config.people.get(name, {})
        until = person.get("until")
        if isinstance(until, str) and until < register.as_of.isoformat():
            successor = person.get("successor")
            help_ = f"hand it over to {successor}" if successor else ""
            yield Hit(record.at(*route), f"{name} left on {until}", help_)


@rule(
    "CI115", scope="register",
    mend="choose a KPI in kpis/, or add this one there",
    bad=_MEASURE, good={"improvements/CI-0001.yaml": _MEASURE, _KPI: ""},
)  # fmt: skip
def unknown_kpi(register: Register) -> Hits:
    """A measure's KPI has a file in kpis/.

    Without one there are no readings, and the result can never be shown.
    """
    for item in register.files:
        for n, measure in item.entries("measures"):
            if "kpi" in measure and measure["kpi"] not in register.kpis and measure["kpi"] not in register.unusable:
                yield Hit(item.at("measures", n, "kpi"), f"there is no KPI {measure['kpi']} in kpis/")


@rule(
    "CI116", severity="warning",
    mend="correct the id, or add its pattern to links in cireg.yaml",
    bad="links: {external: [INC45678]}\n", good="links: {external: [INC0045678]}\n",
)  # fmt: skip
def external_id(item: Improvement, register: Register) -> Hits:
    """An id of another system looks as that system's ids do.

    A slip in the number leads to another record, or to none.
    """
    patterns = [link["pattern"] for _, link in register.config.entries("links") if "pattern" in link]
    if not patterns:
        return
    for route, name in _names(item, ("links", "external"), ("action", "changes")):
        if not name.startswith("https://") and not any(matches(pattern, name) for pattern in patterns):
            yield Hit(item.at(*route), f"{name} matches none of the patterns in cireg.yaml")


RULES = (
    unknown_goal, unknown_practice, unknown_service, unknown_person, person_left, unknown_kpi, external_id,
)  # fmt: skip
