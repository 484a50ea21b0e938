"""A new improvement's file as its people meet it: what is known, then every part of the model ready to fill in.

All that guides through it is read from the schema, its gates and the configuration. Guidance starts with ##, a field
that waits to be filled in with one #: a # taken away anywhere leaves YAML.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from cireg import lifecycle
from cireg.canonical import entry, flow, item
from cireg.model import Config
from cireg.modeline import modeline
from cireg.schema import Field, fields
from cireg.text import safe_text, width, wrap

_COLUMNS = 110
_GUIDE = 26  # the column from which on a field's guidance stands
_MOST_CHOICES = 12
_OWN = frozenset({"id", "title", "status", "opportunity", "history"})  # every proposal has them
_NOT_OFFERED = frozenset({"publish", "waivers", "imported", "custom"})  # nobody needs them to begin with
_INTRODUCTION = (
    "This is all that a proposal needs. What you know already, say below: take the # away from its lines.",
    "None of it is asked for before the improvement comes to a status that needs it.",
)
_CONFIGURED = {"vision.goal": "goals", "practices": "practices", "services": "services"}


def blank(path: str, data: dict[str, Any], config: Config) -> str:
    """The text of the file at `path`.

    `data` holds texts, lists, sections with such values, and the history; a text of several lines has no
    blank at its start.
    """
    form = _Form(data, config)
    head = [each for each in _top() if each.step is None and each.name not in _NOT_OFFERED]
    links = head.pop([each.name for each in head].index("links"))
    head = [each for each in head if each.name != "history"]
    lines = [modeline(path, "improvement")]
    for each in head:
        if each.name in data:
            lines += entry(each.name, data[each.name], 0, (each.name,), None)
    lines += ["", *(f"## {line}" for line in _INTRODUCTION), *form.needs(head)]
    for each in head:
        if each.name not in data and each.name not in _OWN:
            lines += form.waiting(each, "# ")
    for step, title in lifecycle.step_titles().items():
        sections = [each for each in _top() if each.step == step]
        meaning = sections[0].description.removeprefix(f"Step {step} of the model: ")
        lines += ["", *_guidance(f"{step} {title} ({meaning.rstrip('.')})"), *form.needs(sections)]
        for each in sections:
            lines += form.section(each)
    lines += ["", *_guidance(f"{links.title}: {links.description}"), *form.section(links)]
    lines += ["", *entry("history", data["history"], 0, ("history",), None)]
    return "\n".join(lines) + "\n"


class _Form:
    """What is known of an improvement, and what the register's configuration offers for the rest."""

    def __init__(self, data: dict[str, Any], config: Config) -> None:
        self.data = data
        self.config = config

    def section(self, top: Field) -> Iterator[str]:
        """A section of the model: its known fields, the others as comments."""
        known = self.data.get(top.name)
        parts = [each for each in fields("improvement") if each.route[:-1] == top.route and self._is_offered(each)]
        if not parts:
            yield from entry(top.name, known, 0, top.route, None) if known else self.waiting(top, "# ")
            return
        yield f"{top.name}:" if known else f"# {top.name}:"
        for each in parts:
            name = each.route[-1]
            if known and name in known:
                yield from entry(name, known[name], 2, each.route, None)
            else:
                yield from self.waiting(each, "  # " if known else "#   ")

    def waiting(self, each: Field, prefix: str) -> Iterator[str]:
        """A field to fill in, what it is for beside it, and below it an example of what is more than one value."""
        example = each.examples[0] if each.examples else None
        groups = [one for one in example if isinstance(one, dict)] if isinstance(example, list) else []
        empty = " []" if isinstance(example, list) and not groups else ""
        start = f"{prefix}{each.route[-1]}:{empty}"
        room = _COLUMNS - _GUIDE - 2
        for place, line in enumerate(line for hint in self._hints(each) for line in _hanging(hint, room)):
            before = prefix if place else start
            yield before + " " * max(1, _GUIDE - len(before)) + "# " + line
        for group in groups[:1]:
            yield from (f"{prefix}  # {line}" for line in _example(group, _COLUMNS - len(prefix) - 6))
        if isinstance(example, dict):
            yield f"{prefix}  # {flow(example)}"

    def needs(self, sections: Iterable[Field]) -> Iterator[str]:
        """What the gates ask these sections for and do not find, by status."""
        names = {each.name for each in sections}
        for status in lifecycle.line():
            gate = lifecycle.gate(status, light=self.data.get("track") == "light")
            titles = [gate.parts[number].title for number in gate.checker.lacking(self.data)
                      if gate.parts[number].route[0] in names]  # fmt: skip
            if titles:
                yield from _guidance(f"Needed for {status}: {'; '.join(titles)}.")

    def _is_offered(self, each: Field) -> bool:
        """The inputs of a priority model are offered where the register uses it."""
        model = self.config.get("scoring", "model")
        return each.route[-1] == model or each.name not in ("scores.wsjf", "scores.rice")

    def _hints(self, each: Field) -> Iterator[str]:
        """What the field is for; what it may be; what its numbers mean here."""
        yield each.description
        if each.choices:
            yield "  " + " | ".join(value for value, _ in each.choices)
        records = getattr(self.config, _CONFIGURED.get(each.name, ""), {})
        if len(records) <= _MOST_CHOICES:
            for record in records.values():
                yield f"  {record['id']}: {record.get('name', '')}"
        if each.route[0] == "scores":
            anchors = self.config.get("scoring", "anchors", each.route[-1]) or {}
            yield from (f"  {number}: {meaning}" for number, meaning in sorted(anchors.items()))


def _top() -> list[Field]:
    return [each for each in fields("improvement") if len(each.route) == 1]


def _guidance(text: str) -> Iterator[str]:
    yield from (f"## {line}" for line in wrap(safe_text(text), _COLUMNS - 3))


def _hanging(text: str, columns: int) -> Iterator[str]:
    """The text in lines that fit, each with the blanks that the text starts with."""
    indent = text[: len(text) - len(text.lstrip())]
    yield from (indent + line for line in wrap(safe_text(text), columns - len(indent)))


def _example(group: dict[str, Any], columns: int) -> list[str]:
    """An item of a list in one line, or a line for each of its fields where that is too long."""
    return item(group, 0, (0,), None, in_one_line=width(flow(group)) + 2 <= columns)
