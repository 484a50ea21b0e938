"""The seven steps of the model, as an improvement has written them down."""

from __future__ import annotations

from typing import Any

from cireg.site.views.blocks import Field, Table
from cireg.site.views.steps import Step, steps
from tests.site.views.showing import subject
from tests.small_register import KPI, fields


def step(number: int, data: dict[str, Any], **options: Any) -> Step:
    """One of the seven steps."""
    return steps(subject(data, **options))[number - 1]


def cells(table: Table) -> list[list[str]]:
    """What stands in a table, without the shapes."""
    return [[str(cell.content).rpartition("> ")[2] for cell in row] for row in table.rows]


def test_an_empty_step_says_when_it_is_asked_for() -> None:
    """Or why it is empty: an ended one did not come to it, a light one is not asked."""
    light = fields("closed", track="light", momentum=None)
    del light["plan"], light["target"]
    assert "Not asked for yet: comes with Planned." == step(4, fields()).note
    assert "Not asked for yet: comes with Closed." == step(4, fields(track="light")).note
    assert "It did not come to this." == step(4, fields("rejected")).note
    assert "Not asked for on the light track." == step(4, light).note
    assert "Nothing is written down here." == step(4, fields("planned", plan=None), draft=True).note


def test_the_vision_names_goal_and_benefit() -> None:
    """The goal is a link, the benefit contributed Markdown."""
    data = fields(vision={"goal": "g-happier-users", "benefit": "Time for *hard* work."})
    assert (
        Field("Goal", '<a href="../../goals/g-happier-users/">Happier users</a>'),
        Field("Benefit", "<p>Time for <em>hard</em> work.</p>\n", wide=True),
    ) == step(1, data).fields


def test_the_score_adds_up_from_points() -> None:
    """What was given, what that means in this register, and the points of those there are."""
    anchors = "scoring: {anchors: {value: {4: Most users notice}}}\n"
    found = step(2, fields("assessed"), config=anchors).points
    assert [
        ("Value", "4 of 5", "Most users notice", "30 of 40"),
        ("Effort", "2 of 5", "", "18.75 of 25"),
        ("Urgency", "3 of 5", "", "10 of 20"),
        ("Risk", "1 of 5", "", "15 of 15"),
    ] == [(part.label, part.given, part.meaning, part.added) for part in found]
    assert [("30", "40"), ("18.75", "25")] == [(part.width, part.room) for part in found[:2]]


def test_another_model_shows_its_inputs() -> None:
    """They do not add up to the score, so there are no bars."""
    scores = fields("assessed")["scores"] | {
        "wsjf": {"business_value": 8, "time_criticality": 5, "risk_opportunity": 3, "job_size": 4}
    }
    found = step(2, fields("assessed", scores=scores), config="scoring: {model: wsjf}\n").points
    assert [("Business value", "8", ""), ("Job size", "4", "")] == [
        (part.label, part.given, part.added) for part in (found[0], found[-1])
    ]


def test_smart_is_judged_letter_by_letter() -> None:
    """A letter that is missing says what would supply it; without a target there is nothing to judge."""
    found = step(3, fields("planned", target={"statement": "One day.", "due": "2027-03-01"}), draft=True).smart
    assert [("S", True), ("M", False), ("A", False), ("R", True), ("T", True)] == [
        (letter.letter, letter.met) for letter in found
    ]
    assert found[1].supply.startswith("Add a measure with role: primary")
    assert () == step(3, fields()).smart


def test_measures_say_from_where_to_where() -> None:
    """A window or a figure to start from; the target is the most where less is better."""
    measures = [
        {
            "kpi": "answer-hours",
            "role": "primary",
            "baseline": {"from": "2025-04", "to": "2026-03"},
            "target": {"value": 4, "tolerance": 0.5},
        },
        {"kpi": "answer-hours", "role": "guard", "baseline": {"figure": 1412.5, "evidence": "REP-1"}},
        {"kpi": "answer-hours", "role": "secondary", "target": {"change": "-25%", "tolerance": "2%"}},
        {"kpi": "answer-hours", "role": "secondary", "target": {"min": 95, "max": 100}},
        {"kpi": "answer-hours", "role": "secondary", "target": {"change": 3}},
    ]
    table = step(3, fields("planned", measures=measures), **{"answer-hours": KPI}).tables[0]
    assert [
        ["April 2025 to March 2026", "at most 4, tolerance 0.5"],
        ["1,412.5, REP-1", ""],
        ["", "−25% against the baseline, tolerance 2%"],
        ["", "between 95 and 100"],
        ["", "+3 against the baseline"],
    ] == [row[2:] for row in cells(table)]


def test_steps_of_the_plan_are_done_late_or_to_do() -> None:
    """Late ones only while the improvement is open."""
    plan = {
        "steps": [
            {"do": "Begin", "by": "service-desk-lead", "due": "2026-11-02", "done": "2026-11-03"},
            {"do": "Go on", "by": "service-desk-lead", "due": "2026-11-20"},
            {"do": "End", "by": "service-desk-lead", "due": "2027-01-08"},
        ]
    }
    done, late, to_do = cells(step(4, fields("planned", plan=plan)).tables[0])
    assert ["Done on 3 November 2026", "Overdue", "To do"] == [done[3], late[3], to_do[3]]
    assert "To do" == cells(step(4, fields("closed", plan=plan)).tables[0])[1][3]


def test_money_is_shown_with_its_kind_and_the_planned_cost() -> None:
    """What is not known is not 0; the planned cost counts recurring ones over the horizon."""
    money = {
        "costs": [
            {"what": "Licences", "kind": "tools", "per": "year", "from": "2026-06", "planned": 1400, "actual": 1600},
            {"what": "Days", "kind": "people"},
        ],
        "gains": [
            {
                "what": "Hours",
                "kind": "capacity",
                "per": "year",
                "planned": 18000,
                "realised": [{"period": "2026-Q3", "amount": 3900, "confirmed_by": "head-of-it"}],
            }
        ],
    }
    plan = step(4, fields("planned", money=money), config="currency: GBP\n")
    costs, gains = plan.tables[1:]
    assert ["Licences", "tools", "each year", "June 2026", "GBP 1,400", "GBP 1,600"] == cells(costs)[0]
    assert ["Days", "people", "", "", "not known", ""] == cells(costs)[1]
    assert [["Hours", "capacity", "each year", "GBP 18,000"]] == cells(gains)
    assert Field("Planned cost", "GBP 4,200 over 36 months") in plan.fields
    realised = step(6, fields("closed", money=money), config="currency: GBP\n").tables[0]
    assert ["Hours", "capacity", "quarter 3 of 2026", "GBP 3,900"] == cells(realised)[0][:4]


def test_money_is_left_out_where_it_is_not_shown() -> None:
    """Neither the tables nor the planned cost remain."""
    money = {"costs": [{"what": "Licences", "planned": 1400}], "gains": [{"what": "Hours", "planned": 18000}]}
    plan = step(4, fields("planned", money=money), config="publish: {money: false}\n")
    assert ["Steps of the plan"] == [table.caption for table in plan.tables]
    assert () == plan.fields
    assert () == step(6, fields("closed", money=money | {"costs": []}), config="publish: {money: false}\n").tables


def test_people_are_left_out_where_they_are_not_shown() -> None:
    """Columns with people go, and with them the stakeholders, trained and told."""
    plan = fields("planned")["plan"] | {
        "stakeholders": [{"who": "works council", "position": "supports"}],
        "approvals": [{"by": "head-of-it", "as": "sponsor", "decision": "approved", "on": "2026-11-12"}],
    }
    momentum = {"standardised": ["KB0000012"], "trained": ["Ann"], "shared": [{"on": "2026-11-15", "with": "Ben"}]}
    data = fields("closed", plan=plan, momentum=momentum)
    shown, hidden = ([*steps(subject(data, config=config))] for config in ("", "publish: {people: false}\n"))
    assert ["Steps of the plan", "Stakeholders", "Approvals"] == [table.caption for table in shown[3].tables]
    assert ["Steps of the plan", "Approvals"] == [table.caption for table in hidden[3].tables]
    assert [["Approved", "12 November 2026"]] == cells(hidden[3].tables[1])
    assert Field("Shared", "15 November 2026 with Ben") in shown[6].fields
    assert Field("Shared", "15 November 2026") in hidden[6].fields
    assert "Trained" not in [field.label for field in hidden[6].fields]


def test_the_log_and_the_lessons_are_contributed_text() -> None:
    """Whatever is in them is harmless, and the log names day and writer."""
    data = fields(
        "closed",
        log=[{"on": "2026-11-13", "note": "<b>Pilot</b>", "by": "head-of-it"}],
        momentum={"lessons": "Ask **first**.", "standardised": {"none": "The tool is gone."}},
    )
    found = steps(subject(data))
    entry = found[4].entries[0]
    assert ("13 November 2026", "<p>&lt;b&gt;Pilot&lt;/b&gt;</p>\n") == (entry.day.text, entry.note)
    assert "Head of IT" in entry.who
    assert Field("Lessons", "<p>Ask <strong>first</strong>.</p>\n", wide=True) in found[6].fields
    assert Field("Standard in", "Nothing had to become standard: The tool is gone.") in found[6].fields
