"""CODEOWNERS: who is asked for which file, and what stays of what people wrote."""

from __future__ import annotations

from typing import Any

import pytest

from cireg.codeowners import BEGIN, END, bounds, differing, handle, merged, nameless, section
from cireg.errors import CiregError
from tests.small_register import fields, register, text

CONFIG = """\
version: 1
name: Test register
owner: improvement-manager
practices: [{id: service-desk, name: Service desk, owner: desk}, {id: change, name: Change, owner: left}]
services: [{id: workplace, name: Workplace, owner: mail}, {id: network, name: Network, owner: nobody}]
people:
  - {id: improvement-manager, name: Improvement manager, forge: "@org/improvement"}
  - {id: desk, name: Desk, forge: "@desk"}
  - {id: mail, name: Mail, emails: ["#odd@it.example", mail@it.example]}
  - {id: left, name: Left, forge: "@left", until: 2026-11-22, successor: desk}
  - {id: gone, name: Gone, forge: "@gone", until: 2026-11-22, successor: gone}
  - {id: nobody, name: Nobody}
"""


def lines(path: str = "improvements/CI-0001.yaml", prefix: str = "", **more: Any) -> list[str]:
    """cireg's part for a register of one improvement, without its marks."""
    return section(register({"cireg.yaml": CONFIG, path: text(fields(**more))}), prefix)[2:-1]


def test_the_owners_of_practices_and_services_are_asked() -> None:
    """Each once, practices first; everything else is the register's owner's."""
    assert [
        "/cireg.yaml @org/improvement",
        "/improvements/ @org/improvement",
        "/kpis/ @org/improvement",
        "/schema/ @org/improvement",
        "/improvements/CI-0001.yaml @desk mail@it.example",
    ] == lines(practices=["service-desk", "change"], services=["workplace", "network"])


def test_a_register_in_a_folder_is_named_from_the_top() -> None:
    """As forges read paths."""
    assert "/it/register/improvements/CI-0001.yaml @desk" == lines(prefix="it/register/", practices=["change"])[-1]


def test_what_is_nobodys_has_no_line() -> None:
    """It is the register's owner's by the lines before."""
    assert ["/cireg.yaml", "/improvements/", "/kpis/", "/schema/"] == [line.split()[0] for line in lines()]


@pytest.mark.parametrize(
    ("folder", "pattern"),
    [
        ("with blank", "with?blank"),
        ("a#b", "a?b"),
        ("a*[b]!?", "a??b???"),
        ("a\\b\t@c", "a?b??c"),
        ("Größe", "Größe"),
        ("a\nb @evil", "a?b??evil"),
    ],
)
def test_no_path_is_taken_for_anything_else(folder: str, pattern: str) -> None:
    """A question mark stands for one character, whichever it is."""
    found = lines(f"improvements/{folder}/CI-0001.yaml", practices=["service-desk"])

    assert f"/improvements/{pattern}/CI-0001.yaml @desk" == found[-1]
    assert 5 == len(found)


def test_whoever_has_left_is_followed_to_the_successor() -> None:
    """In circles nobody is found."""
    found = register({"cireg.yaml": CONFIG})

    assert ["@desk", None, "mail@it.example", None] == [
        handle(found.config, each, found) for each in ("left", "gone", "mail", "unknown")
    ]


def test_those_who_cannot_be_asked_are_named() -> None:
    """Only where something of theirs is in use."""
    item = fields(services=["network", "workplace"])

    assert ["nobody"] == nameless(register({"cireg.yaml": CONFIG, "improvements/CI-0001.yaml": text(item)}))
    assert [] == nameless(register({"cireg.yaml": CONFIG}))


PART = [f"{BEGIN} - x", "/a @b", END]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", f"{BEGIN} - x\n/a @b\n{END}\n"),
        ("* @all\n", f"* @all\n\n{BEGIN} - x\n/a @b\n{END}\n"),
        ("* @all", f"* @all\n\n{BEGIN} - x\n/a @b\n{END}\n"),
        (f"* @all\n{BEGIN} - old\n/c @d\n{END}\n/e @f", f"* @all\n{BEGIN} - x\n/a @b\n{END}\n/e @f"),
        (f"* @all\r\n{BEGIN}\r\n{END}\r\n", f"* @all\r\n{BEGIN} - x\r\n/a @b\r\n{END}\r\n"),
        (f"{BEGIN}\n{END}", f"{BEGIN} - x\n/a @b\n{END}\n"),
    ],
)
def test_lines_of_ones_own_stay_where_they_are(before: str, after: str) -> None:
    """cireg's part is replaced, or added at the end."""
    assert after == merged(before, PART)
    assert after == merged(after, PART)


@pytest.mark.parametrize("text", [f"{BEGIN}\n", f"{END}\n", f"{END}\n{BEGIN}\n", f"{BEGIN}\n{BEGIN}\n{END}\n"])
def test_a_missing_mark_is_told(text: str) -> None:
    """Nothing is guessed about where cireg's part ends."""
    with pytest.raises(CiregError, match="needs one line '# cireg: begin' and one '# cireg: end' after it"):
        bounds(text)


def test_drift_counts_lines() -> None:
    """Another order differs too."""
    there = merged("* @all\n", PART)

    assert 0 == differing(there, PART)
    assert 2 == differing(there, [PART[0], "/a @c", END])
    assert 1 == differing(merged("", [PART[0], "/a @b", "/c @d", END]), [PART[0], "/c @d", "/a @b", END])
