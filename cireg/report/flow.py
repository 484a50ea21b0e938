"""The flow of a register as the contract's JSON: plain data, null for what is not known."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from cireg.calibration import Beside, Calibration, calibration
from cireg.derived import times
from cireg.flow import forecast
from cireg.flow.journey import Journey
from cireg.flow.spread import spread
from cireg.flowing import COURSE, STUCK_FROM, Flow, Success, flow_of, lead_times
from cireg.health import Bottlenecks, Question, Tide, bottlenecks, questions
from cireg.model import Register
from cireg.report.derived import spread_data

CHANGE = 7  # days between two points of the cumulative flow


def as_data(register: Register, *, items: int | None = None, by: date | None = None) -> dict[str, Any]:
    """Everything; `items` and `by` are what a forecast is asked for beside its usual ones."""
    flow = flow_of(register)
    implemented = times(register)[None]
    limit = int(register.config.get("limits", "answer_days"))
    return {
        "counted": {
            "full": len(flow.full),
            "light": len(flow.light),
            "without_history": flow.without_history,
            "from": flow.first,
            "to": flow.today,
        },
        "lead_time": spread_data(flow.lead_times),
        "cycle_time": spread_data(flow.cycle_times),
        "raised_to_live": spread_data(implemented.spread),
        "live_to_verdict": spread_data(spread(implemented.to_verdict.values())),
        "first_answer": {
            **spread_data(flow.answers),
            "limit_days": limit,
            "late": sum(days > limit for days in flow.answers.values),
            "waiting": [{"id": each.id, "days": (flow.today - each.raised).days} for each in flow.unanswered],
        },
        "time_in_status": {
            name: {**spread_data(found), "now": sum(each.status == name for each in flow.full)}
            for name, found in flow.stays.items()
        },
        "wip": {
            "n": len(flow.in_work),
            "on_hold": sum(each.status == COURSE.parked for each in flow.in_work),
            "items": [_at_work(each, flow) for each in flow.in_work],
        },
        "stuck": [
            {"id": each.journey.id, "status": each.journey.status, "days": each.journey.in_status, "limit": each.limit}
            for each in flow.stuck
        ],
        "stuck_limits": {
            name: {"days": flow.stuck_limit(name), "from_past": flow.stays[name].n >= STUCK_FROM}
            for name in COURSE.waiting
        },
        "reentries": [{"id": each.id, "n": each.back} for each in flow.sent_back],
        "throughput": [{"period": str(period), "finished": count} for period, count in flow.throughput],
        "light": _light(flow),
        "success": _success(flow.success),
        "cumulative_flow": _cumulative(flow),
        "littles_law": _little(flow),
        "forecast": _forecast(flow, items, by),
        "bottlenecks": _bottlenecks(bottlenecks(register)),
        "questions": [_question(each) for each in questions(register)],
        "calibration": _calibration(calibration(register)),
    }


def _at_work(each: Journey, flow: Flow) -> dict[str, Any]:
    return {
        "id": each.id, "status": each.status, "started": each.started, "age": each.age,
        "days_on_hold": each.held_at_work, "band": flow.band(each),
    }  # fmt: skip


def _light(flow: Flow) -> dict[str, Any]:
    return {
        "n": len(flow.light),
        "open": sum(each.open for each in flow.light),
        "lead_time": spread_data(lead_times(flow.light)),
        "success": _success(flow.success_of(flow.light)),
    }


def _success(found: Success) -> dict[str, Any]:
    likely, bounds = found.likely, found.bounds
    return {
        "finished": found.done,
        "with_verdict": found.final,
        "without_verdict": found.unknown,
        "claimed_not_measured": found.claimed,
        **{name.replace("-", "_"): count for name, count in found.by_verdict.items()},
        "rate": found.rate,
        "wilson_low": likely[0] if likely else None,
        "wilson_high": likely[1] if likely else None,
        "lowest": bounds[0] if bounds else None,
        "highest": bounds[1] if bounds else None,
    }


def _cumulative(flow: Flow) -> dict[str, Any]:
    """A point a week, ending today."""
    if flow.first is None:
        return {"statuses": list(COURSE.line), "days": []}
    count = (flow.today - flow.first).days // CHANGE + 1
    days = [flow.today - timedelta(days=CHANGE * n) for n in reversed(range(count))]
    points = [{"on": on, "at_or_beyond": list(row)} for on, row in zip(days, flow.cumulative(days), strict=True)]
    return {"statuses": list(COURSE.line), "days": points}


def _little(flow: Flow) -> dict[str, Any] | None:
    found = flow.little
    if found is None:
        return None
    return {
        "from": found.first, "to": found.last, "mean_wip": found.wip, "throughput_times_cycle_time": found.expected,
        "started": found.started, "finished": found.finished, "stable": found.stable,
    }  # fmt: skip


def _forecast(flow: Flow, items: int | None, by: date | None) -> dict[str, Any]:
    past = flow.past
    asked = [("started", len(flow.in_work)), ("started-and-planned", len(flow.in_work) + len(flow.planned))]
    asked += [("asked", items)] if items else []
    counted = [flow.how_many(each) for each in dict.fromkeys((flow.ahead, *([by] if by else [])))]
    finishing = []
    for what, number in asked:
        found = flow.when(number)
        days = {f"p{chance}": on for chance, on in found.days} if found else None
        finishing.append({"what": what, "items": number, "by": days})
    return {
        "seed": forecast.SEED,
        "runs": forecast.RUNS,
        "weeks": len(past.counts) if past else 0,
        "from": str(past.first) if past else None,
        "to": str(past.last) if past else None,
        "finished_in_these_weeks": sum(past.counts) if past else 0,
        "enough": bool(past and past.enough),
        "when": finishing,
        "how_many": [
            {"by": found.by, "weeks": found.weeks, "at_least": {f"p{chance}": least for chance, least in found.least}}
            for found in counted
            if found
        ],
    }


def _bottlenecks(found: Bottlenecks) -> dict[str, Any]:
    return {
        "open": found.open,
        "unassigned": list(found.unassigned),
        "unassigned_proposals": list(found.proposals),
        "overdue": [{"id": each.id, "what": list(each.what)} for each in found.overdue],
        "awaiting_review": [{"id": each.id, "days": each.days, "ready": each.ready} for each in found.review],
        "submitted_against_completed": {
            "last": _tide(found.tide),
            "before": _tide(found.before),
            "months": [{"period": str(month), **_tide(each)} for month, each in found.months],
        },
    }


def _tide(found: Tide) -> dict[str, Any]:
    return {
        "from": found.first, "to": found.last, "submitted": found.submitted, "completed": found.completed,
        "ended_without_result": found.dropped,
    }  # fmt: skip


def _question(found: Question) -> dict[str, Any]:
    return {
        "question": found.name, "answer": None if found.answer == "unknown" else found.answer, "part": found.part,
        "whole": found.whole, "ids": list(found.ids), "beside": list(found.beside),
    }  # fmt: skip


def _calibration(found: Calibration) -> dict[str, Any]:
    return {
        "cost": _beside(found.cost),
        "gain": _beside(found.gain),
        "effort_days": _beside(found.effort),
        "steps": {**spread_data(spread(found.steps)), "late": sum(each > 0 for each in found.steps)},
        "by_value": [
            {
                "value": each.value,
                "success": _success(each.success),
                "with_gain": len(each.monthly),
                "typical_gain_a_month": each.typical,
            }
            for each in found.by_value
        ],
        "five_delivered_more_than_three": found.higher_delivered_more,
    }


def _beside(found: Beside) -> dict[str, Any]:
    return {
        "n": found.n, "of": found.of, "planned": found.planned if found.n else None,
        "actual": found.actual if found.n else None, "ratio": found.ratio, "typical_ratio": found.typical,
        "above_plan": found.over, "ids": list(found.ids),
    }  # fmt: skip
