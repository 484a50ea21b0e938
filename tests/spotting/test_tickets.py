"""Tickets counted by kind and month, and what is left out."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from cireg.spotting.ticket_map import Column, TicketMap, read_map
from cireg.spotting.tickets import month_of
from tests.spotting.ticket_tables import tickets

HEAD = "Opened,Category,Minutes\n"


def test_tickets_are_counted_by_kind_and_month() -> None:
    """Spellings that differ in capitals are one kind, called by the commonest; work adds up."""
    found = tickets(
        HEAD + "2026-01-31,Printing,5\n2026-02-01,PRINTING,\n2026-02-02,Printing,2.5\n2026-02-03,,1\n"
    ).tally
    assert ["Printing", ""] == [kind.name for kind in found.kinds.values()]
    printing = found.kinds["printing"]
    assert (3, Decimal("7.5")) == (printing.count, printing.effort)
    assert {month_of(date(2026, 1, 1)): 1, month_of(date(2026, 2, 1)): 2} == printing.months
    assert (4, (date(2026, 1, 31), date(2026, 2, 3))) == (found.count, found.span)


def test_a_row_whose_day_cannot_be_read_is_named_and_not_counted() -> None:
    """By the spreadsheet's row; tomorrow is still today somewhere."""
    rows = ["2026-11-23,a,", "2026-11-24,a,", "2026-11-25,a,", "31/02/2026,a,", ",a,", "soon,a,"]
    found = tickets(HEAD + "\n".join(rows) + "\n").tally
    assert (2, 4) == (found.count, found.rejected_rows)
    assert [
        (4, "Opened '2026-11-25' lies in the future"),
        (5, "Opened '31/02/2026' is no day that can be read"),
        (6, "Opened is empty"),
        (7, "Opened 'soon' is no day that can be read"),
    ] == [(each.row, each.reason) for each in found.rejected]


@pytest.mark.parametrize("spent", ["-3", "1e9", "NaN", "3 h", "=1+1", "9" * 40])
def test_effort_that_is_no_number_is_named_and_the_ticket_counts(spent: str) -> None:
    """It adds nothing to the sum."""
    found = tickets(HEAD + f"2026-01-01,a,{spent}\n2026-01-02,a,4\n").tally
    assert (2, Decimal(4), 1) == (found.count, found.kinds["a"].effort, found.left_out_values)
    assert [(2, f"Minutes '{spent[:40]}' is no plain number of work")] == [
        (each.row, each.reason) for each in found.left_out
    ]


def test_bad_rows_are_all_counted_and_the_first_hundred_named() -> None:
    """However many there are."""
    found = tickets(HEAD + "never,a,\n" * 250 + "2026-01-01,a,\n").tally
    assert (250, 100, 1) == (found.rejected_rows, len(found.rejected), found.count)


def test_a_kind_of_any_length_is_kept_short() -> None:
    """Two hundred characters tell enough."""
    assert [200] == [len(kind.name) for kind in tickets(HEAD + f"2026-01-01,{'x' * 60_000},\n").tally.kinds.values()]


def test_without_a_column_for_the_day_every_row_counts() -> None:
    """Nothing is said of when."""
    found = tickets("Category\na\nb\na\n").tally
    assert (False, 3, None) == (found.dated, found.count, found.span)


def test_a_map_translates_words_and_empties_and_reads_its_own_days() -> None:
    """Capitals make no difference; a decimal comma is one where the map says so."""
    made, found = read_map("map.yaml", (
        b"version: 1\ndates: [MM/DD/YYYY]\nempty: [n/a]\ndecimal: ','\n"
        b"fields: {opened: When, effort: {column: Spent, unit: hours}, category: {column: Type, "
        b"values: {pwd: Password reset, '?': null}}}\n"
    ))  # fmt: skip
    assert [] == found
    text = 'When;Type;Spent\n03/04/2026 10:00;PWD;1,5\n03/05/2026;N/A;2\n03/06/2026;?;"0,25"\n03/07/2026;Other;n/a\n'
    counted = tickets(text, ticket_map=made).tally
    assert {"Password reset": Decimal("1.5"), "": Decimal("2.25"), "Other": None} == {
        kind.name: kind.effort for kind in counted.kinds.values()
    }
    assert counted.span is not None
    assert date(2026, 3, 4) == counted.span[0]


def test_any_column_can_be_what_tickets_are_counted_by() -> None:
    """The column itself needs no field."""
    found = tickets("Category,Site\na,Leeds\na,York\n", "Site", TicketMap({"category": Column("Category")}))
    assert ["Leeds", "York"] == [line.name for line in found.pareto.lines]
