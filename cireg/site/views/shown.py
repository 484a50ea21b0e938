"""What of a register the site may show: the one place that leaves out what is not to be published."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

from markupsafe import Markup

from cireg.clock import parse_date
from cireg.derived import ROI
from cireg.findings import Finding
from cireg.gates import AMOUNTS
from cireg.model import Config, Improvement, Kpi, Register
from cireg.ranking import Ranking, rank
from cireg.register import bind
from cireg.rules import by_name
from cireg.rules.references import people_of
from cireg.schema import choices
from cireg.scoring.stability import Stability
from cireg.site.page import Site
from cireg.site.views.fragments import Fragments
from cireg.site.views.standing import Standing, standings
from cireg.site.views.words import Words


class Shown:
    """A register as the site shows it.

    `register` holds the published improvements alone, so that no list, count or link can speak of another one.
    `whole` is the register with all of them: only what the gates ask for is judged by it. `people` and `money`
    tell whether these may be shown. `findings` are those that may be read by anyone. `made` keeps what one view has
    made and others ask for again.
    """

    def __init__(self, register: Register, findings: Sequence[Finding], site: Site) -> None:
        self.site = site
        self.given = findings
        self.made: dict[object, Any] = {}
        self.config: Config = register.config
        self.as_of = register.as_of
        self.people = self.config.get("publish", "people") is not False
        self.money = self.config.get("publish", "money") is not False
        self.register = _published(register, money=self.money)
        self.whole = _judging(register, self.register)
        self.words = Words(site.templates.t, self.config.get("currency") or "")
        self.say = self.words.say
        self.fragments = Fragments(site.templates, self.words)
        self.findings = tuple(self._readable(findings))

    @property
    def items(self) -> list[Improvement]:
        """The published improvements, by id."""
        return list(self.register.improvements.values())

    @cached_property
    def roles(self) -> frozenset[str]:
        """The roles that a person may have."""
        return frozenset(choices("config", "people[].roles"))

    @cached_property
    def ranking(self) -> Ranking:
        """The list of what to do next, of published improvements alone."""
        return rank(self.register)

    @cached_property
    def stability(self) -> Stability | None:
        """How firmly that list stands when the weights are a little different."""
        return self.ranking.stability

    @cached_property
    def standings(self) -> dict[str, Standing]:
        """Where each published improvement stands, among the published ones."""
        return standings(self.register, self.ranking)

    @cached_property
    def findings_by_path(self) -> dict[str, list[Finding]]:
        """The findings of each file, by its path."""
        found: dict[str, list[Finding]] = {}
        for finding in self.findings:
            found.setdefault(finding.place.path, []).append(finding)
        return found

    @cached_property
    def named_by(self) -> dict[tuple[str, str], list[Improvement]]:
        """The improvements whose list `links.NAME` names another one, by NAME and the other one's id."""
        found: dict[tuple[str, str], list[Improvement]] = {}
        for item in self.items:
            for name in ("depends_on", "relates_to", "supersedes"):
                for other in item.texts("links", name):
                    found.setdefault((name, other), []).append(item)
        return found

    def verdict(self, item: Improvement) -> str | None:
        """The verdict of the review of a closed improvement."""
        verdict = item.get("review", "verdict")
        return verdict if item.status == "closed" and isinstance(verdict, str) else None

    def status(self, item: Improvement) -> Markup:
        """The status of an improvement, and its verdict where there is one, as safe HTML."""
        return self.fragments.status(item.status, self.verdict(item))

    @cached_property
    def owners(self) -> frozenset[str | None]:
        """Who owns a published improvement."""
        return frozenset(item.owner for item in self.items)

    def name(self, person: str) -> str:
        """What a person is called; whoever is not in cireg.yaml by what the file says."""
        return str(self.config.people.get(person, {}).get("name", person))

    def day(self, text: object) -> str:
        """A day as a file has it in words, "" for anything else."""
        day = parse_date(text) if isinstance(text, str) else None
        return self.words.day(day).text if day else ""

    def criterion(self, name: str) -> str:
        """An input of the scoring model in words: value, or wsjf.job_size."""
        model, _, own = name.rpartition(".")
        return self.words.label(model or "criterion", own)

    def is_hidden(self, improvement: str) -> bool:
        """Whether there is an improvement with this id that is not published."""
        return improvement in self.whole.improvements and improvement not in self.register.improvements

    def _readable(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """The findings that speak of nothing unpublished, and of no person or amount where none are shown."""
        hidden = [item for item in self.whole.files if item.id not in self.register.improvements]
        paths = {item.path for item in hidden}
        secret = _any_of({item.id for item in hidden} | {item.title for item in hidden})
        names = None if self.people else _any_of(_people(self.whole))
        nobody = self.say("people.somebody")
        for each in findings:
            if each.place.path in paths or (secret and secret.search(f"{each.message}\n{each.help}")):
                continue
            stated = self.money or each.rule not in AMOUNTS
            finding = each if stated else replace(each, message=by_name(each.rule).title)
            if names is None:
                yield finding
            else:
                message, help_ = names.sub(nobody, finding.message), names.sub(nobody, finding.help)
                yield replace(finding, message=message, help=help_)


def _published(register: Register, *, money: bool) -> Register:
    """The register without what is not published; KPIs that are computed from it count that alone."""
    hidden = {item.id for item in register.files if not item.published}
    if not hidden and money:
        return register
    kpis = {id_: Kpi(kpi.source) if kpi.derived else kpi for id_, kpi in register.kpis.items()}
    published = replace(
        register,
        improvements={id_: item for id_, item in register.improvements.items() if id_ not in hidden},
        files=tuple(item for item in register.files if item.id not in hidden),
        kpis=kpis,
        kpi_files=tuple(kpis.values()),
    )
    bind(published)
    for kpi in published.kpis.values():
        if kpi.derived == ROI and not money:
            kpi.derive = None
    return published


def _judging(register: Register, published: Register) -> Register:
    """The whole register, whose improvements are judged by what is published where they measure themselves by it."""
    named = {str(entry.get("kpi")) for item in register.files for _, entry in item.entries("measures")}
    if published is register or not any(kpi.derived and kpi.id in named for kpi in register.kpis.values()):
        return register
    return replace(register, kpis=published.kpis)


def _people(register: Register) -> set[str]:
    """Everything by which a file of the register names a person."""
    names = {str(value) for each in register.config.people.values() for value in (each["id"], each.get("name", ""))}
    for item in register.files:
        names.update(name for _, name in people_of(item))
        names.update(entry["by"] for _, entry in item.entries("history") if isinstance(entry.get("by"), str))
    records = [*register.kpi_files, register.config]
    names.update(name for record in records if (name := record.text("owner")))
    for group in ("goals", "practices", "services"):
        names.update(each["owner"] for _, each in register.config.entries(group) if "owner" in each)
    return names - {""}


def _any_of(texts: Iterable[str]) -> re.Pattern[str] | None:
    """An expression for any of the texts as whole words, the longest first; None where there are none."""
    alternatives = "|".join(re.escape(text) for text in sorted(texts, key=lambda text: (-len(text), text)))
    return re.compile(rf"(?<![\w-])(?:{alternatives})(?![\w-])") if alternatives else None
