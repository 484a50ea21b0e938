"""What was spotted, as JSON."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from cireg.report import json as as_json
from cireg.spotting.report import content
from cireg.spotting.spots import spots
from tests import measured_register as made
from tests import small_register
from tests.spotting.test_pareto import STEADY
from tests.spotting.test_signals import WORSE
from tests.spotting.ticket_tables import csv, tickets

COMMON = {"n", "kind", "kpi", "improvements", "sentence", "mean", "lower_limit", "upper_limit"}
KPI = COMMON | {"name", "unit", "reasons", "variation", "assurance", "provisional", "last", "target"}
TICKETS = COMMON | {"by", "value", "count", "share", "cumulative_share", "effort", "trend", "few", "months"}
FILE = {
    "file", "by", "columns", "effort_unit", "rows", "counted", "from", "to", "months", "values", "others", "rejected",
    "rejected_rows", "left_out", "left_out_values", "notes",
}  # fmt: skip


def data(text: str | None) -> dict[str, Any]:
    """The document of a register with one KPI that got worse, beside these tickets."""
    files = {"kpis/answer-hours.yaml": made.kpi(), "kpis/answer-hours.csv": made.csv(("2025-01", WORSE))}
    found = spots(small_register.register(files), tickets(text) if text else None)
    document: dict[str, Any] = json.loads(as_json.document(date(2026, 11, 23), content(found)))
    return document


def test_the_document_has_every_key() -> None:
    """Null where nothing is known."""
    found = data(csv("2025-01", {"a": STEADY, "": [1]}) + "soon,a\n")
    assert {"schema_version", "as_of", "items", "tickets"} == set(found)
    kpi, first, second = found["items"]
    assert (KPI, TICKETS, TICKETS) == (set(kpi), set(first), set(second))
    assert (
        1,
        "kpi",
        "answer-hours",
        ["concern"],
        {"period": "2026-01", "value": 40, "rule": "outside"},
        None,
    ) == tuple(kpi[name] for name in ("n", "kind", "kpi", "reasons", "last", "target"))
    assert (2, "tickets", "category", "a", 244, 0.995918, "steady", None) == tuple(
        first[name] for name in ("n", "kind", "by", "value", "count", "share", "trend", "effort")
    )
    assert {"period": "2025-01", "count": 20} == first["months"][0]
    assert (None, "too-few", None, 1) == (
        second["value"], second["trend"], second["mean"], second["cumulative_share"],
    )  # fmt: skip


def test_what_was_left_out_is_there_by_row() -> None:
    """With how many there were."""
    found = data(csv("2025-01", {"a": [1]}) + "soon,a\n")["tickets"]
    assert set(found) == FILE
    assert ({"opened": "Opened", "category": "Category"}, 2, 1, 1, "2025-01-01") == (
        found["columns"], found["rows"], found["counted"], found["rejected_rows"], found["from"],
    )  # fmt: skip
    assert [{"row": 3, "reason": "Opened 'soon' is no day that can be read"}] == found["rejected"]


def test_without_tickets_their_place_is_null() -> None:
    """The KPIs are there."""
    found = data(None)
    assert (None, 1) == (found["tickets"], len(found["items"]))
