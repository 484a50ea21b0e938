"""The reference pages: one for each rule, and one for each kind of file with every field that it may have."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from cireg.rules import RULES
from cireg.rules.declare import Files, Rule
from cireg.rules.examples import shown
from cireg.schema import Field, field, fields
from cireg.site.page import SINGLES, Heading, Page, Site, field_id, relative, rule_url

_PLAIN = re.compile(r"[A-Za-z/][\w ./@+%()-]*(?<! )")
_NOT_TEXT = {"null", "true", "false", "yes", "no", "on", "off", "y", "n"}
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}(-[0-9]{2})?")


@dataclass(frozen=True, slots=True)
class ExampleFile:
    path: str
    text: str


@dataclass(frozen=True, slots=True)
class Example:
    id: str
    title: str
    files: tuple[ExampleFile, ...]


@dataclass(frozen=True, slots=True)
class RulePage:
    """One rule; `sentence`, `why` and `mend` are whole sentences."""

    sentence: str
    severity: str
    waivable: bool
    why: str
    mend: str
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class RuleRow:
    code: str
    name: str
    address: str
    level: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Family:
    id: str
    title: str
    rules: tuple[RuleRow, ...]


@dataclass(frozen=True, slots=True)
class RulesPage:
    families: tuple[Family, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    meaning: str


@dataclass(frozen=True, slots=True)
class FieldEntry:
    """One field; `nested` tells that it is part of another."""

    id: str
    name: str
    nested: bool
    description: str
    form: str
    default: str
    choices: tuple[Choice, ...]
    example: str


@dataclass(frozen=True, slots=True)
class Section:
    id: str
    title: str
    fields: tuple[FieldEntry, ...]


@dataclass(frozen=True, slots=True)
class FieldsPage:
    about: str
    sections: tuple[Section, ...]


def pages(site: Site) -> Iterator[Page]:
    """Every page of the reference."""
    yield _rules(site)
    for rule in RULES:
        yield _rule(rule, site)
    for kind in ("improvement", "kpi", "config"):
        yield _fields(kind, site)


def _rules(site: Site) -> Page:
    t = site.templates.t
    here = SINGLES["rules"]
    families = tuple(
        Family(
            f"family-{digit}",
            t(f"reference.rules.family.{digit}"),
            tuple(
                RuleRow(rule.code, rule.name, relative(here, rule_url(rule.name)), rule.severity, f"{rule.title}.")
                for rule in rules
            ),
        )
        for digit, rules in groupby(RULES, lambda rule: rule.code.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")[0])
    )
    return Page(
        kind="rules",
        url=here,
        title=t("reference.rules.title"),
        description=t("reference.rules.about"),
        body=site.templates.render("rules.html.j2", page=RulesPage(families)),
        headings=tuple(Heading(family.id, family.title) for family in families),
        search="\n".join(f"{row.code} {row.name}: {row.sentence}" for family in families for row in family.rules),
    )


def _rule(rule: Rule, site: Site) -> Page:
    t = site.templates.t
    view = RulePage(
        sentence=f"{rule.title}.",
        severity=t(f"reference.severity.{rule.severity}"),
        waivable=rule.waivable,
        why=rule.why,
        mend=f"{rule.mend[0].upper()}{rule.mend[1:]}.",
        examples=tuple(
            Example(name, t(f"reference.{name}"), tuple(_files(example)))
            for name, example in (("bad", rule.bad), ("good", rule.good))
        ),
    )
    headings = [Heading(name, t(f"reference.{name}")) for name in ("why", "mend", "bad", "good")]
    return Page(
        kind="rule",
        url=rule_url(rule.name),
        title=f"{rule.name} ({rule.code})",
        description=view.sentence,
        body=site.templates.render("rule.html.j2", page=view),
        headings=tuple(headings),
        search=f"{view.sentence}\n{view.why}\n{view.mend}",
    )


def _files(example: Files) -> Iterator[ExampleFile]:
    for path, lines in shown(example):
        yield ExampleFile(path, "\n".join(lines))


def _fields(kind: str, site: Site) -> Page:
    t = site.templates.t
    sections = tuple(
        Section(field_id(name), _title(name, kind, site), tuple(_entry(each, site) for each in group))
        for name, group in groupby(fields(kind), lambda each: each.route[0])
    )
    view = FieldsPage(t(f"reference.field.{kind}.about"), sections)
    words = [f"{entry.name}: {entry.description}" for section in sections for entry in section.fields]
    return Page(
        kind=f"fields-{kind}",
        url=SINGLES[f"fields-{kind}"],
        title=t(f"reference.field.{kind}.title"),
        description=view.about,
        body=site.templates.render("fields.html.j2", page=view),
        headings=tuple(Heading(section.id, section.title) for section in sections),
        search="\n".join(words),
    )


def _title(name: str, kind: str, site: Site) -> str:
    """A field's name, and the step of the model that it stands for."""
    step = field(kind, name).step
    return site.templates.t("reference.step", step=step, title=name) if step else name


def _entry(each: Field, site: Site) -> FieldEntry:
    t = site.templates.t
    given = each.default not in (None, {}, [])
    return FieldEntry(
        id=field_id(each.name),
        name=each.name,
        nested=len(each.route) > 1,
        description=each.description,
        form=t("reference.required" if each.required else "reference.optional", form=each.kind),
        default=t("reference.default", value=as_yaml(each.default)) if given else "",
        choices=tuple(Choice(value, meaning) for value, meaning in each.choices),
        example=f"{each.route[-1]}: {as_yaml(each.examples[0])}" if each.examples else "",
    )


def as_yaml(value: Any) -> str:
    """A value as a person would write it in YAML: on one line, quoted only where it must be."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {as_yaml(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(as_yaml, value)) + "]"
    if isinstance(value, str):
        text = value.strip()
        fine = _PLAIN.fullmatch(text) and text.lower() not in _NOT_TEXT
        return text if fine or _DATE.fullmatch(text) else json.dumps(text, ensure_ascii=False)
    return json.dumps(value)
