"""What somebody answered: in an issue that a form made, in free text, or in the rows of a web form or a mailbox."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cireg.decoding import FORBIDDEN_IN_VALUE
from cireg.issues.forms import Form, forms
from cireg.sheets import Table

PROPOSAL = "proposal"

# What web forms and mailboxes call the columns, besides the names of fields and the labels of questions.
_COLUMNS = {
    "subject": "title",
    "betreff": "title",
    "idea": "opportunity",
    "body": "opportunity",
    "message": "opportunity",
    "description": "opportunity",
    "from": "by",
    "from: (name)": "by",
    "name": "by",
    "proposed by": "by",
    "email": "email",
    "e-mail": "email",
    "email address": "email",
    "from: (address)": "email",
}
_SENDER = re.compile(r"(?:\"?([^<>\"]*?)\"? *<)?([^<>@\s]+@[^<>@\s]+)>?")
_NOTHING = {"_No response_", "None", "N/A"}


@dataclass(frozen=True, slots=True)
class Given:
    """What was answered: `form` is the form's name, `values` the answers by the fields that they fill.

    `where` says where it came from, for messages; `said` is what was left out on the way.
    """

    form: str
    values: dict[str, str]
    where: str = ""
    said: tuple[str, ...] = ()


def from_text(text: str, title: str = "") -> Given:
    """The answers in an issue's text; what no form made is a proposal whose opportunity is the whole text."""
    body, said = _clean(text)
    head, more = _clean(title)
    said += more
    for form in forms():
        values = _sections(body, form)
        if values is not None:
            return Given(form.name, _chosen(form, values) | {"title": _line(head)}, said=said)
    return Given(PROPOSAL, {"title": _line(head), "opportunity": body}, said=said)


def from_table(table: Table) -> Iterator[Given]:
    """The proposals in a table, one a row; columns that say nothing to a proposal are left out."""
    (form,) = (each for each in forms() if each.name == PROPOSAL)
    known = {each.label.casefold(): each.name for each in form.questions} | {
        each.name: each.name for each in form.questions
    }
    known |= {"title": "title", **_COLUMNS}
    names = [known.get(" ".join(cell.split()).casefold()) for cell in table.header]
    for row in table.rows:
        values: dict[str, str] = {}
        said: tuple[str, ...] = ()
        for name, cell in zip(names, row.cells, strict=True):
            clean, more = _clean(cell)
            if name and clean:
                said += more
                values.setdefault(name, clean)
        values["title"] = _line(values.get("title", ""))
        values |= _sender(values.get("by", ""))
        yield Given(PROPOSAL, _chosen(form, values), f"row {row.number}: ", said)


def unused_columns(table: Table) -> list[str]:
    """The columns of a table that say nothing to a proposal."""
    (form,) = (each for each in forms() if each.name == PROPOSAL)
    known = {each.label.casefold() for each in form.questions} | {each.name for each in form.questions}
    known |= {"title", *_COLUMNS}
    return [cell for cell in table.header if " ".join(cell.split()).casefold() not in known]


def _sections(text: str, form: Form) -> dict[str, str] | None:
    """The answers under the headings that a form makes of its labels, None where one of them is missing.

    The first one begins the text. The others are looked for from the end: whatever an answer says in headings of its
    own stands before the form's next one.
    """
    lines = text.split("\n")
    end = len(lines)
    values: dict[str, str] = {}
    for question in reversed(form.questions):
        heading = f"### {question.label}"
        rest = range(end - 1, -1, -1) if question is not form.questions[0] else range(1)
        place = next((n for n in rest if lines[n].rstrip() == heading), None)
        if place is None:
            return None
        answer = "\n".join(lines[place + 1 : end]).strip()
        values[question.name] = "" if answer in _NOTHING else answer
        end = place
    return values


def _chosen(form: Form, values: dict[str, str]) -> dict[str, str]:
    """The answers that are not empty, as lines where a line is asked for, with the values that options stand for."""
    result = {name: value for name, value in values.items() if value.strip()}
    for question in form.questions:
        if question.name in result and question.shape != "text":
            line = _line(result[question.name])
            result[question.name] = question.options().get(line.rstrip("."), line)
    return result


def _sender(text: str) -> dict[str, str]:
    """Who sent a mail, as mailboxes write it, name and address apart: an address is not for the register's eyes."""
    found = _SENDER.fullmatch(_line(text))
    return {"by": found[1] or "", "email": found[2]} if found else {}


def _line(text: str) -> str:
    return " ".join(text.split())


def _clean(text: str) -> tuple[str, tuple[str, ...]]:
    """The text without the characters that no file of the register may hold, and a sentence where there were any."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    clean, number = FORBIDDEN_IN_VALUE.subn("", plain)
    said = f"{number} character{'s that cannot' if number > 1 else ' that cannot'} be seen left out"
    return clean.strip(), (said,) if number else ()
