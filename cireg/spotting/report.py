"""What was spotted as plain data, for JSON."""

from __future__ import annotations

from typing import Any

from cireg.spotting.pareto import Line
from cireg.spotting.signals import Signal
from cireg.spotting.spots import Spot, Spots, Tickets
from cireg.spotting.tickets import RowFault
from cireg.spotting.words import line_sentences, signal_sentences


def content(found: Spots) -> dict[str, Any]:
    """`items` in the order of their numbers `n`, and `tickets`, null where no file was read."""
    return {
        "items": [_item(each, found.tickets) for each in found.items],
        "tickets": _tickets(found.tickets) if found.tickets else None,
    }


def _item(spot: Spot, tickets: Tickets | None) -> dict[str, Any]:
    common = {"n": spot.number, "kpi": spot.kpi, "improvements": list(spot.improvements)}
    if spot.signal is not None:
        return common | {"kind": "kpi"} | _signal(spot.signal)
    if spot.line is None or tickets is None:
        raise ValueError("a spot is a KPI's or of tickets")
    return common | {"kind": "tickets"} | _line(spot.line, tickets)


def _signal(signal: Signal) -> dict[str, Any]:
    limits = signal.found.segments[-1].limits
    return {
        "name": signal.kpi.name,
        "unit": signal.kpi.text("unit"),
        "reasons": list(signal.reasons),
        "variation": signal.found.variation,
        "assurance": signal.found.assurance,
        "provisional": signal.found.provisional,
        "last": {"period": str(signal.last.period), "value": signal.last.value, "rule": signal.last.rule},
        "mean": limits.centre if limits else None,
        "lower_limit": limits.lower if limits else None,
        "upper_limit": limits.upper if limits else None,
        "target": signal.kpi.get("target"),
        "sentence": " ".join(signal_sentences(signal)),
    }


def _line(line: Line, tickets: Tickets) -> dict[str, Any]:
    limits = line.trend.limits
    return {
        "by": tickets.by,
        "value": line.name or None,
        "count": line.count,
        "share": line.share,
        "cumulative_share": line.cumulative,
        "effort": line.effort,
        "trend": line.trend.word,
        "few": line.trend.small,
        "mean": limits.centre if limits else None,
        "lower_limit": limits.lower if limits else None,
        "upper_limit": limits.upper if limits else None,
        "months": [{"period": str(month), "count": count} for month, count in line.trend.months],
        "sentence": " ".join(line_sentences(line, tickets)),
    }


def _tickets(tickets: Tickets) -> dict[str, Any]:
    found, span = tickets.tally, tickets.tally.span
    effort = tickets.ticket_map.fields.get("effort")
    return {
        "file": tickets.file,
        "by": tickets.by,
        "columns": {name: column.name for name, column in tickets.ticket_map.fields.items()},
        "effort_unit": effort.unit if effort else None,
        "rows": tickets.rows,
        "counted": found.count,
        "from": span[0] if span else None,
        "to": span[1] if span else None,
        "months": [str(month) for month in tickets.pareto.months],
        "values": len(found.kinds),
        "others": {"values": tickets.pareto.other_kinds, "count": tickets.pareto.other_count},
        "rejected": [_fault(each) for each in found.rejected],
        "rejected_rows": found.rejected_rows,
        "left_out": [_fault(each) for each in found.left_out],
        "left_out_values": found.left_out_values,
        "notes": [{"row": note.row, "message": note.message} for note in tickets.notes],
    }


def _fault(each: RowFault) -> dict[str, Any]:
    return {"row": each.row, "reason": each.reason}
