"""cireg.yaml and the definitions of KPIs: what their schemas cannot say."""

from __future__ import annotations

import re

from cireg import codeowners
from cireg.clock import zone
from cireg.errors import CiregError
from cireg.findings import Place
from cireg.model import Improvement, Kpi, Register
from cireg.patterns import compile_pattern
from cireg.rules.declare import Hit, Hits, found_by_reader, rule

_KPI = "kpis/first-answer-hours.yaml"
_CSV = "kpis/first-answer-hours.csv"
_ONE = "improvements/CI-0001.yaml"
_CADENCES = {
    "day": r"[0-9]{4}-[0-9]{2}-[0-9]{2}",
    "week": r"[0-9]{4}-W[0-9]{2}",
    "month": r"[0-9]{4}-[0-9]{2}",
    "quarter": r"[0-9]{4}-Q[1-4]",
    "half-year": r"[0-9]{4}-H[12]",
    "year": r"[0-9]{4}",
}


@rule(
    "CI601", scope="register",
    mend="use a name such as Europe/London or UTC",
    bad={"cireg.yaml": "timezone: Europe/Nowhere\n"}, good={"cireg.yaml": "timezone: Europe/London\n"},
)  # fmt: skip
def unknown_timezone(register: Register) -> Hits:
    """The time zone exists.

    It decides on which day something happens. Until it is mended, days are counted in UTC.
    """
    name = register.config.get("timezone")
    try:
        zone(name)
    except CiregError:
        yield Hit(register.config.at("timezone"), f"there is no time zone {name}")


@rule(
    "CI602", scope="register",
    mend="write the pattern of one whole id, as (CHG|INC)[0-9]{7}",
    bad={"cireg.yaml": 'links: [{pattern: "([A-Z]+[0-9]*)+", name: ITSM record}]\n'},
    good={"cireg.yaml": 'links: [{pattern: "[A-Z]{3}[0-9]{7}", name: ITSM record}]\n'},
)  # fmt: skip
def link_pattern(register: Register) -> Hits:
    """A link pattern is a regular expression that is quick to try.

    Some expressions take minutes on a line that nearly fits, and they would stop every check.
    """
    for n, link in register.config.entries("links"):
        reason = compile_pattern(link.get("pattern", ""))
        if isinstance(reason, str):
            yield Hit(register.config.at("links", n, "pattern"), f"the pattern cannot be used: {reason}")


@rule(
    "CI603", scope="register",
    mend="make green higher than amber",
    bad={"cireg.yaml": "scoring: {lights: {green: 30, amber: 60}}\n"},
    good={"cireg.yaml": "scoring: {lights: {green: 60, amber: 30}}\n"},
)  # fmt: skip
def lights_order(register: Register) -> Hits:
    """Green begins above amber.

    Otherwise no improvement is ever amber.
    """
    lights = register.config.get("scoring", "lights") or {}
    if "green" in lights and "amber" in lights and lights["green"] <= lights["amber"]:
        message = f"green begins at {lights['green']}, amber at {lights['amber']}"
        yield Hit(register.config.at("scoring", "lights", "green"), message)


@rule(
    "CI604", scope="register",
    mend="give at least one criterion a weight above 0",
    bad={"cireg.yaml": "scoring: {weights: {value: 0, effort: 0, urgency: 0, risk: 0}}\n"},
    good={"cireg.yaml": "scoring: {weights: {value: 2, effort: 1, urgency: 1, risk: 0}}\n"},
)  # fmt: skip
def weights_nothing(register: Register) -> Hits:
    """At least one criterion counts.

    With all weights at 0 every score would be the same.
    """
    weights = register.config.get("scoring", "weights") or {}
    if weights and not any(weights.values()):
        yield Hit(register.config.at("scoring", "weights"), "all the weights are 0")


@rule(
    "CI605", scope="register", severity="warning",
    mend="write it again: cireg codeowners",
    bad={".github/CODEOWNERS": b"# cireg: begin\n/improvements/ @somebody-else\n# cireg: end\n"},
    good={".github/CODEOWNERS": b"/improvements/ @desk-lead\n"},
)  # fmt: skip
def codeowners_drift(register: Register) -> Hits:
    """CODEOWNERS asks those who own the practices and services now.

    The forge asks whom that file names. Only the part that cireg has written is looked at; a file that is all your
    own is your own.
    """
    if register.codeowners is None:
        return
    path, text = register.codeowners
    try:
        count = codeowners.differing(text, codeowners.section(register))
    except CiregError as error:
        yield Hit(Place(path), error.message, error.hint or "")
        return
    if count:
        yield Hit(
            Place(path),
            f"{count} line{'' if count == 1 else 's'} of cireg's part {'differs' if count == 1 else 'differ'}",
        )


@rule(
    "CI610", scope="kpi",
    mend="make max at least as high as min",
    bad={_KPI: "target: {min: 8, max: 4}\n"}, good={_KPI: "target: {min: 4, max: 8}\n"},
)  # fmt: skip
def range_order(kpi: Kpi, register: Register) -> Hits:
    """A range runs from the lower to the higher value.

    Nothing lies in a range that ends before it begins.
    """
    for name, low, high in (
        ("target", kpi.get("target", "min"), kpi.get("target", "max")),
        ("bounds", kpi.get("bounds", 0), kpi.get("bounds", 1)),
    ):
        if low is not None and high is not None and high < low:
            yield Hit(kpi.at(name), f"{name} ends at {high}, below {low} where it begins")


@rule(
    "CI611",
    mend="give a primary or secondary measure the form of target that its KPI asks for, and a guard none",
    bad={
        _ONE: "measures: [{kpi: first-answer-hours, role: secondary, target: {min: 2, max: 8}}]\n",
        _KPI: "better: lower\n",
    },
    good={
        _ONE: "measures: [{kpi: first-answer-hours, role: secondary, target: {value: 8}}]\n",
        _KPI: "better: lower\n",
    },
)
def measure_form(item: Improvement, register: Register) -> Hits:
    """A measure's target fits its KPI.

    A range belongs to a KPI that is best within one; any other has one direction that is better, and a neutral
    one has none, so it cannot decide anything. A guard must not get worse and needs no target.
    """
    for n, measure in item.entries("measures"):
        kpi = register.kpis.get(measure.get("kpi", ""))
        if kpi is None:
            continue
        better, target = kpi.get("better"), measure.get("target")
        if better == "neutral" and measure.get("role") == "primary":
            yield Hit(item.at("measures", n, "kpi"), f"{kpi.id} is neutral: it cannot show whether it got better")
        elif measure.get("role") == "guard" and target:
            yield Hit(item.at("measures", n, "target"), "a guard has no target", "remove it: it must not get worse")
        elif target and better == "within" and not ({"min", "max"} & target.keys()):
            yield Hit(
                item.at("measures", n, "target"),
                f"{kpi.id} is best within a range: the target needs min or max",
            )
        elif target and better in {"lower", "higher"} and {"min", "max"} & target.keys():
            message = f"{kpi.id} is better when {better}: the target needs change or value"
            yield Hit(item.at("measures", n, "target"), message)


@rule(
    "CI612",
    mend="write the period in the KPI's cadence",
    bad={
        _ONE: "measures: [{kpi: first-answer-hours, role: secondary, baseline: {from: 2025-Q1, to: 2025-Q4}}]\n",
        _KPI: "cadence: month\n",
    },
    good={
        _ONE: "measures: [{kpi: first-answer-hours, role: secondary, baseline: {from: 2025-01, to: 2025-12}}]\n",
        _KPI: "cadence: month\n",
    },
)
def baseline_period(item: Improvement, register: Register) -> Hits:
    """A baseline is given in the periods of its KPI.

    Readings are found by their period, and a month is not a quarter.
    """
    for n, measure in item.entries("measures"):
        kpi = register.kpis.get(measure.get("kpi", ""))
        shape = _CADENCES.get(kpi.get("cadence")) if kpi else None
        for name in ("from", "to"):
            period = item.get("measures", n, "baseline", name)
            if kpi and shape and period is not None and not re.fullmatch(shape, str(period)):
                message = f"{period} is not a {kpi.get('cadence')}, the cadence of {kpi.id}"
                yield Hit(item.at("measures", n, "baseline", name), message)


RULES = (
    unknown_timezone,
    link_pattern,
    lights_order,
    weights_nothing,
    codeowners_drift,
    range_order,
    measure_form,
    baseline_period,
    found_by_reader(
        "CI620",
        "orphan-readings",
        "Every CSV file in kpis/ belongs to a KPI",
        "Readings without a definition mean nothing.",
        mend="add the KPI's YAML file beside it, with the same name",
        bad={"kpis/first-answer-days.csv": b"period,value\n2026-01,3\n"},
        good={_KPI: "", _CSV: b"period,value\n2026-10,3\n"},
        severity="warning",
    ),
)
