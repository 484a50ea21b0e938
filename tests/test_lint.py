"""Running the rules: everything at once, in order, with waivers, and over anything that can be read."""

from __future__ import annotations

import copy
import dataclasses
import itertools
import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cireg import ranking
from cireg.findings import Finding, Place, Severity
from cireg.lint import check, counts
from cireg.model import Register
from cireg.rules import RULES, can_be_waived
from tests.small_register import CONFIG, KPI, TODAY, fields, files, findings, places, register, text

LATE = {"due": "2026-11-20"}


def rules(found: list[Finding]) -> list[str]:
    """The names of the rules, in order."""
    return [each.rule for each in found]


def test_a_clean_register_has_no_findings() -> None:
    """One improvement at every status, with a KPI."""
    statuses = (
        "proposed",
        "assessed",
        "planned",
        "in-progress",
        "review",
        "closed",
        "on-hold",
        "rejected",
        "withdrawn",
    )
    items = [fields(status, id=f"CI-{n:04}") for n, status in enumerate(statuses)]

    assert [] == findings({**files(*items), "kpis/answer-hours.yaml": KPI})


def test_findings_come_by_path_line_column_and_code_with_code_severity_and_remedy() -> None:
    """Of the reader and of all rules in one list, each once."""
    found = findings({
        **files(fields(id="CI-0002", target=LATE, owner="nobody", links={"follows": "CI-0404"}), fields(ownr="x")),
        "kpis/b.yaml": KPI, "cireg.yaml": CONFIG + "timezone: Europe/Nowhere\n",
    })  # fmt: skip

    assert [
        ("unknown-timezone", "cireg.yaml"),
        ("unknown-field", "improvements/CI-0001.yaml"),
        ("overdue", "improvements/CI-0002.yaml"),
        ("unknown-person", "improvements/CI-0002.yaml"),
        ("dangling-link", "improvements/CI-0002.yaml"),
        ("kpi-file-name", "kpis/b.yaml"),
    ] == [(each.rule, each.place.path) for each in found]
    assert sorted(found, key=lambda each: each.sort_key) == found
    by_name = {rule.name: rule for rule in RULES}
    assert all(by_name[each.rule].code == each.code for each in found)
    assert {"warning"} == {each.severity for each in found if each.rule == "overdue"}
    assert all(each.message and each.help for each in found)


def test_the_remedy_is_the_findings_own_where_it_has_one() -> None:
    """Else the rule's."""
    found = findings(files(fields(ownr="x", owner="nobody")))

    assert {
        "unknown-field": "did you mean owner?",
        "unknown-person": "use an id of the people in cireg.yaml, or add the person there",
    } == {each.rule: each.help for each in found}


def test_what_is_found_twice_at_one_place_is_said_once() -> None:
    """Two ways to the same sentence tell nobody more."""
    read = register(files(fields(ownr="x")))
    twice = dataclasses.replace(read, found=read.found * 2)

    assert ["unknown-field"] == rules(check(twice))


def test_checking_twice_finds_the_same() -> None:
    """Rules leave nothing behind, not even in the same register."""
    read = register(
        files(fields("planned", owner=None, target=LATE), fields(id="CI-0002", waivers=[{"rule": "overdue"}]))
    )

    assert check(read) == check(read) != []


# Waivers

WAIVED = {"rule": "overdue", "reason": "The vendor moved the date.", "until": "2026-12-31"}


@pytest.mark.parametrize(
    ("waivers", "expected"),
    [
        # in force: the finding is gone
        ([WAIVED], []),
        ([{"rule": "overdue", "reason": "For ever."}], []),
        ([{**WAIVED, "until": "2026-11-23"}], []),
        # not in force: it shows, and so does what is wrong with the waiver
        ([{**WAIVED, "until": "2026-11-22"}], ["overdue", "waiver-expired"]),
        ([{"rule": "overdue"}], ["overdue", "waiver-without-reason"]),
        ([{"rule": "overdu", "reason": "x"}], ["overdue", "waiver-unknown"]),
        ([{"reason": "x"}], ["overdue", "missing-field"]),
        # another rule's
        ([{**WAIVED, "rule": "no-answer"}], ["overdue", "waiver-unused"]),
        # an error is never waived
        ([WAIVED, {"rule": "unknown-person", "reason": "x"}], ["waiver-unknown"]),
        # twice is once
        ([WAIVED, WAIVED], []),
    ],
)
def test_a_waiver_takes_away_the_warnings_of_its_rule_in_its_file(
    waivers: list[dict[str, Any]], expected: list[str]
) -> None:
    """For a reason and for a time; otherwise it is a finding itself."""
    assert sorted(expected) == sorted(rules(findings(files(fields(target=LATE, waivers=waivers)))))


def test_a_waiver_holds_for_its_own_file_alone() -> None:
    """And for every finding of the rule there."""
    step = {"do": "x", "by": "data-analyst", "due": "2026-11-01"}
    found = findings(files(
        fields(target=LATE, plan={"steps": [step, step]}, waivers=[WAIVED]), fields(id="CI-0002", target=LATE),
    ))  # fmt: skip

    assert [("overdue", "improvements/CI-0002.yaml")] == [(each.rule, each.place.path) for each in found]


def test_an_unused_waiver_is_shown_at_its_rule() -> None:
    """It would hide the next one."""
    found = findings({"improvements/CI-0001.yaml": text(fields()) + "waivers:\n  - {rule: overdue, reason: x}\n"})

    assert [("waiver-unused", "improvements/CI-0001.yaml", 8, 12)] == places(found)
    assert "the waiver of overdue has nothing to waive" == found[0].message


def test_an_error_of_a_rule_that_warns_elsewhere_is_not_waived() -> None:
    """SMART's A is a warning, and may be; the other letters are errors, and may not."""
    target = {"due": "2027-03-01", "evidence": "x"}
    waiver = {"rule": "smart", "reason": "x"}
    found = findings(files(fields("planned", target=target, waivers=[waiver])))

    assert [("smart", "error")] == [(each.rule, each.severity) for each in found]
    assert "specific" in found[0].message


def test_what_can_be_waived_are_the_warnings_of_rules() -> None:
    """Not what the reader itself finds, not errors, not what does not exist."""
    assert all(can_be_waived(name) for name in ("overdue", "no-movement", "similar-title", "smart", "own-result"))
    assert not any(can_be_waived(name) for name in ("syntax", "ambiguous-scalar", "unknown-person", "nothing", ""))


def test_findings_are_counted_by_severity() -> None:
    """All three, also where there are none."""

    def one(severity: Severity) -> Finding:
        return Finding(Place("a"), "CI000", "x", severity, "m", "h")

    assert {"error": 2, "warning": 1, "info": 0} == counts([one("error"), one("warning"), one("error")])


# Anything that can be read

FULL = {
    **fields("closed"),
    "track": "full", "kind": "incremental", "change_type": ["tool"], "source_ref": "REP-1", "on_behalf_of": "users",
    "sponsor": "head-of-it", "team": ["data-analyst"], "practices": ["service-desk"], "services": ["workplace"],
    "tags": ["a"], "cause": "c", "publish": True, "custom": {"x": [1, {"y": None}]},
    "measures": [
        {"kpi": "answer-hours", "role": "primary", "baseline": {"from": "2025-04", "to": "2026-03"},
         "target": {"change": "-25%", "tolerance": "2%"}},
        {"kpi": "answer-hours", "role": "guard", "baseline": {"figure": 3, "evidence": "R"}},
    ],
    "plan": {
        "days": 3, "steps": [{"do": "x", "by": "data-analyst", "due": "2026-11-12", "done": "2026-11-12"}],
        "risks": [{"risk": "r", "response": "s"}], "stakeholders": [{"who": "w", "position": "neutral"}],
        "communication": "c", "complies_with": ["P"],
        "approvals": [{"by": "head-of-it", "as": "sponsor", "decision": "approved", "on": "2026-11-11"}],
    },
    "money": {
        "costs": [{"what": "x", "kind": "tools", "per": "year", "from": "2026-06", "planned": 1400, "actual": 1600}],
        "gains": [{"what": "y", "kind": "cash", "per": "month", "from": "2026-06-01", "planned": 10,
                   "realised": [{"period": "2026-Q3", "amount": 3, "evidence": "R", "confirmed_by": "data-analyst"}]}],
    },
    "action": {"live": "2026-11-14", "changes": ["CHG0031234"]},
    "log": [{"on": "2026-11-12", "note": "n", "by": "data-analyst"}],
    "momentum": {"lessons": "l", "standardised": ["KB"], "trained": ["t"], "decision": "continue",
                 "shared": [{"on": "2026-11-16", "with": "w"}], "check_again": "2027-04-01"},
    "links": {"part_of": "CI-0002", "follows": "CI-0002", "depends_on": ["CI-0002"], "relates_to": ["CI-0002"],
              "duplicate_of": "CI-0002", "supersedes": ["CI-0002"], "external": ["INC0045678"]},
    "waivers": [{"rule": "overdue", "reason": "r", "until": "2026-12-31"}],
    "imported": {"from": "a.csv", "row": 2, "on": "2026-11-12", "status": "closed"},
}  # fmt: skip
FULL_CONFIG = {
    "version": 1, "name": "n", "owner": "data-analyst", "timezone": "UTC", "currency": "GBP", "language": "en",
    "ids": {"prefix": "CI", "digits": 4}, "forge": {"url": "https://a.example", "branch": "main"},
    "goals": [{"id": "g-happier-users", "name": "n", "owner": "data-analyst", "until": "2027-01-01"}],
    "practices": [{"id": "service-desk", "name": "n", "owner": "data-analyst"}],
    "services": [{"id": "workplace", "name": "n", "owner": "data-analyst"}],
    "people": [
        {"id": "data-analyst", "name": "n", "roles": ["data-analyst"], "emails": ["a@b.example"], "forge": "@a"},
        {"id": "head-of-it", "name": "n", "roles": ["sponsor"], "until": "2026-01-01", "successor": "data-analyst"},
    ],
    "scoring": {"model": "grid", "weights": {"value": 1, "effort": 1, "urgency": 1, "risk": 1}, "top": 3,
                "lights": {"green": 60, "amber": 30}, "anchors": {"value": {"1": "a"}}},
    "money": {"rate": 0.1, "horizon_months": 12, "roi_kinds": ["cash"]},
    "limits": {"answer_days": 1, "no_movement_days": 1, "scores_stale_days": 1, "similar_title": 0.5},
    "policy": {
        "light": {"effort": 1, "risk": 1, "cost": 1}, "independent_review": {"cost": 1}, "changes_required": True,
        "approvals": [{"status": "planned", "by": "sponsor", "when": {
            "cost": 1, "risk": 1, "kind": "incremental", "practices": ["service-desk"], "services": ["workplace"]}}],
    },
    "links": [{"pattern": "[A-Z]+[0-9]{7}", "name": "n", "url": "https://a.example/{id}"}],
    "publish": {"money": True, "people": True},
}  # fmt: skip
FULL_KPI = {
    "id": "answer-hours", "name": "n", "question": "q", "category": "other", "goal": "g-happier-users", "unit": "u",
    "better": "lower", "bounds": [0, 9], "cadence": "month", "aggregation": "sum", "method": "m", "response": "r",
    "source": {"system": "s", "report": "r"}, "owner": "data-analyst", "target": {"min": 1, "max": 3}, "stale_after": 2,
    "services": ["workplace"], "practices": ["service-desk"],
    "chart": {"rules": "nhs", "centre": "mean", "screen": True, "baseline": None},
    "rebase": [{"from": "2025-01", "why": "w"}],
}  # fmt: skip
READINGS = "period,value\n" + "".join(f"2025-{month:02},{month % 5}\n" for month in range(1, 13))

_GONE = object()
_OTHERS: tuple[Any, ...] = (
    _GONE, None, True, 0, -1, 1.5, 10**15, "", "x", "2026-02-30", "2027-01-01", "0000-01-01", "0001-01-01",
    "9999-12-31", "closed", "light", "neutral", "within", "CI-0001", [], {}, ["x"], [{}], {"x": 1}, [None],
)  # fmt: skip


def parts(node: Any, route: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The way to every part of some data, the last entries of lists first."""
    steps = list(node.items()) if isinstance(node, dict) else list(enumerate(node)) if isinstance(node, list) else []
    for step, value in reversed(steps):
        yield from parts(value, (*route, step))
    if route:
        yield route


def changed(data: dict[str, Any], routes: list[tuple[str | int, ...]], others: Iterator[Any]) -> dict[str, Any]:
    """The data with the values at these routes replaced or left out."""
    data = copy.deepcopy(data)
    for route in routes:
        node: Any = data
        for step in route[:-1]:
            node = node[step]
        other = next(others)
        if other is _GONE:
            del node[route[-1]]
        else:
            node[route[-1]] = other
    return data


@pytest.mark.parametrize("path", ["improvements/CI-0001.yaml", "cireg.yaml", "kpis/answer-hours.yaml"])
def test_no_fault_in_a_file_stops_the_check_or_the_ranking(path: str) -> None:
    """Each part left out and of every other kind, several at once: nothing is raised."""
    whole: dict[str, dict[str, Any]] = {
        "cireg.yaml": FULL_CONFIG, "improvements/CI-0001.yaml": FULL, "kpis/answer-hours.yaml": FULL_KPI,
    }  # fmt: skip
    routes = list(parts(whole[path]))
    others = itertools.cycle(_OTHERS)
    apart, rounds = 17, 9  # so many parts lie between two that are changed together; so often is each changed
    for start, _ in itertools.product(range(apart), range(rounds)):
        together = [route for route in routes[start::apart] if len(route) > 1 or start % 5 == 0]
        kept = [route for route in together if not any(route[: len(each)] == each != route for each in together)]
        content = {name: json.dumps(data) for name, data in whole.items()}
        content[path] = json.dumps(changed(whole[path], kept, others))
        next(others)
        run({**content, **files(fields(id="CI-0002")), "kpis/answer-hours.csv": READINGS})

    assert len(routes) > apart


def run(content: dict[str, str]) -> Register:
    """Check and rank a register."""
    read = register(content)
    check(read)
    for model in ranking.MODELS:
        ranking.rank(read, every=True, model=model, steadiness=False)
    return read


def test_the_whole_files_above_are_whole() -> None:
    """No field of theirs is refused: what is changed is what rules look at."""
    read = register({
        "cireg.yaml": json.dumps(FULL_CONFIG), "improvements/CI-0001.yaml": json.dumps(FULL),
        "kpis/answer-hours.yaml": json.dumps(FULL_KPI), "kpis/answer-hours.csv": READINGS,
    })  # fmt: skip

    assert () == read.found


@pytest.mark.parametrize("today", [date.min, TODAY, date.max])
def test_the_check_works_on_any_day(today: date) -> None:
    """The first and the last that a computer knows."""
    content = {
        "cireg.yaml": json.dumps(FULL_CONFIG),
        "improvements/CI-0001.yaml": json.dumps(FULL),
        **files(*(fields(status, id=f"CI-{n:04}") for n, status in enumerate(("proposed", "review", "on-hold"), 2))),
        "kpis/answer-hours.yaml": json.dumps(FULL_KPI),
        "kpis/answer-hours.csv": READINGS,
    }

    assert check(register(content, today))


_CELLS = [
    "period", "value", "numerator", "denominator", "note", ",", ",", "\n", "\n", '"', "2025-01", "2025-02", "9999-12",
    "0001-01", "2026-12", "1", "0", "-1", "1e308", "1e400", "nan", "inf", "1_000", "\r\n", ";", "\t", "=1+1", "\u0661",
    "9" * 30, "0.1", "\x00", "\ufeff",
]  # fmt: skip


@settings(max_examples=60)
@given(st.lists(st.sampled_from(_CELLS), max_size=40).map("".join), st.sampled_from(["lower", "within", "neutral"]))
def test_nothing_in_a_readings_file_stops_the_check(cells: str, better: str) -> None:
    """With a heading or without one, for a measure that is judged by it."""
    for readings in (cells, "period,value\n2025-01,3\n" + cells):
        run(
            {
                "improvements/CI-0001.yaml": json.dumps(FULL),
                "kpis/answer-hours.yaml": json.dumps(FULL_KPI | {"better": better}),
                "kpis/answer-hours.csv": readings,
            }
        )
