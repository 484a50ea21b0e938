"""Answers read from an issue's text and from the rows of web forms and mailboxes."""

from __future__ import annotations

import pytest

from cireg.issues.answers import from_table, from_text, unused_columns
from cireg.sheets import read_table
from tests.issues.rendered import form, rendered


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_every_answer_of_a_form_comes_back(end: str) -> None:
    """By the field that it fills; what was not answered is not there."""
    text = rendered("proposal", opportunity="One.\n\nTwo.", source="audit: An audit or compliance review found it")
    given = from_text(text.replace("\n", end), "  Lend \t laptops ")

    assert ("proposal", {"title": "Lend laptops", "opportunity": "One.\n\nTwo.", "source": "audit"}) == (
        given.form, given.values,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "answers"),
    [
        ("progress", {"note": "The pilot went well.", "id": "CI-0007"}),
        ("reading", {"kpi": "password-reset-tickets", "period": "2026-10", "value": "286"}),
    ],
)
def test_the_form_is_known_by_its_headings(name: str, answers: dict[str, str]) -> None:
    """Whatever labels the issue has."""
    given = from_text(rendered(name, **answers))

    assert (name, answers) == (given.form, {key: value for key, value in given.values.items() if value})


def test_headings_in_an_answer_are_part_of_it() -> None:
    """Whoever writes them cannot put words into another answer, not even in the order of the form."""
    forged = "\n\n".join(f"### {label}\n\nforged" for label in form("proposal").labels())
    given = from_text(rendered("proposal", opportunity=forged, source_ref="REP-88"))

    assert forged == given.values["opportunity"]
    assert {"opportunity", "source_ref", "title"} == set(given.values)


@pytest.mark.parametrize(
    "text",
    ["They wait three days.", "### Opportunity\n\nThey wait.", "### opportunity\n### source", ""],
)
def test_what_no_form_made_is_a_proposal_as_it_stands(text: str) -> None:
    """A mail that somebody pasted, an issue without a form."""
    given = from_text(text, "Answer sooner")

    assert ("proposal", {"title": "Answer sooner", "opportunity": text}) == (given.form, given.values)


def test_what_cannot_be_seen_is_left_out_and_said() -> None:
    """No file of the register may hold it, and an idea is not lost for the sake of an emoji's joint."""
    given = from_text("a\u202eb\u200dc", "x\x00y")

    assert {"title": "xy", "opportunity": "abc"} == given.values
    assert ("2 characters that cannot be seen left out", "1 character that cannot be seen left out") == given.said


CSV = """\
Timestamp;Subject;Body;From: (Name);From: (Address);Services
2026-11-20;Lend laptops;"Repairs take
four days.";Service desk lead;lead@it.example;workplace
2026-11-21;More plugs;;Jo Doe <jo@x.example>;;
"""


def test_each_row_of_a_mailbox_is_a_proposal() -> None:
    """By the names that mailboxes and web forms give their columns."""
    first, second = from_table(read_table("mail.csv", CSV.encode()))

    assert {
        "title": "Lend laptops",
        "opportunity": "Repairs take\nfour days.",
        "by": "Service desk lead",
        "email": "lead@it.example",
        "services": "workplace",
    } == first.values
    assert "row 2: " == first.where
    assert {"title": "More plugs", "by": "Jo Doe", "email": "jo@x.example"} == second.values


@pytest.mark.parametrize(
    ("sender", "by", "email"),
    [
        ("jo@x.example", "", "jo@x.example"),
        ('"Doe, Jo" <jo@x.example>', "Doe, Jo", "jo@x.example"),
        ("<jo@x.example>", "", "jo@x.example"),
        ("Jo Doe", "Jo Doe", None),
        ("@desk-lead", "@desk-lead", None),
    ],
)
def test_a_sender_s_name_and_address_are_told_apart(sender: str, by: str, email: str | None) -> None:
    """An address is nobody's name: it would stand in the register for ever."""
    quoted = sender.replace('"', '""')
    table = read_table("m.csv", f'title,from\nx,"{quoted}"\n'.encode())
    (given,) = from_table(table)

    assert (by, email) == (given.values.get("by", ""), given.values.get("email"))


def test_the_forms_own_labels_and_fields_are_columns_too() -> None:
    """And what is none is named."""
    header = ["title", *form("proposal").labels(), "source_ref", "Colour"]
    table = read_table("w.csv", (",".join(header) + "\n" + ",".join("x" * len(header)) + "\n").encode())

    assert ["Colour"] == unused_columns(table)
