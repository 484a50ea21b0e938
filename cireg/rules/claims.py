"""Claims of improvement are checked: what a review says beside what the readings say."""

from __future__ import annotations

from fractions import Fraction

from cireg.holding import holding
from cireg.holding import sentence as holding_sentence
from cireg.measure import periods
from cireg.measuring import Outcome, outcome
from cireg.model import Improvement, Register
from cireg.plan_words import chance_words
from cireg.planning import unlikely
from cireg.rules.declare import Hit, Hits, rule
from cireg.verdict_words import figure, sentence

_ONE, _KPI = "improvements/CI-0001.yaml", "kpis/first-answer-hours.yaml"
_CSV = "kpis/first-answer-hours.csv"
_PRIMARY = (
    "  - {kpi: first-answer-hours, role: primary, baseline: {from: 2026-W20, to: 2026-W35}, target: {value: 10}}\n"
)
_TWELVE = _PRIMARY.replace("value: 10", "value: 12")
_GUARDED = (
    "  - {kpi: first-answer-hours, role: guard, baseline: {from: 2026-W20, to: 2026-W35}}\n"
    "  - {kpi: answers-right, role: primary, baseline: {from: 2026-W20, to: 2026-W35}, target: {value: 10}}\n"
)
_SAME, _BETTER, _HIGHER = (21, 20, 22) * 3, (9, 8, 9) * 3, (30, 31, 32) * 3
_WORTH = {"worse": 0, "not-achieved": 1, "partly": 2, "achieved": 3}


def _closed(
    claim: str, after: tuple[int, ...], more: str = "", measures: str = _PRIMARY, live: str = "2026-09-14",
    reviewed: str = "2026-11-09", again: str = "", then: tuple[int, ...] = (),
) -> dict[str, str | bytes]:  # fmt: skip
    """A closed improvement with this claim: sixteen steady weeks before it went live, these after, the last `then`."""
    weeks = [(week, 20 + week * 5 % 3) for week in range(20, 36)]
    weeks += list(zip(range(38, 47), (*after[: 9 - len(then)], *then), strict=False))
    readings = "".join(f"2026-W{week},{value}\n" for week, value in weeks)
    check = f", check_again: {again}" if again else ""
    return {
        _ONE: f"status: closed\nreview: {{on: {reviewed}, by: data-analyst, verdict: {claim}{more}}}\n"
        f"action: {{live: {live}}}\nmeasures:\n{measures}"
        "target: {statement: An answer within ten hours., due: 2026-10-31, achievable: Two analysts are free.}\n"
        f"momentum: {{lessons: Ask the desk first., standardised: [KB0000012], decision: accept{check}}}\n",
        _KPI: "cadence: week\nbetter: lower\n",
        _CSV: ("period,value\n" + readings).encode(),
    }


def _of(item: Improvement, register: Register) -> Outcome | None:
    """What the readings say of an improvement that has been reviewed."""
    return None if item.get("review", "verdict") is None else outcome(item, register)


@rule(
    "CI710",
    mend="let the verdict say what the readings say, or wait for more readings",
    bad=_closed("achieved", _SAME), good=_closed("achieved", _BETTER),
)  # fmt: skip
def claim_better_than_data(item: Improvement, register: Register) -> Hits:
    """A review claims no more than the readings show.

    A register in which successes are only claimed is not believed when it matters.
    """
    found = _of(item, register)
    if found and found.verdict in _WORTH and found.claimed in _WORTH and _WORTH[found.claimed] > _WORTH[found.verdict]:
        message = f"the review says {found.claimed}, and the readings say {found.verdict}"
        yield Hit(item.at("review", "verdict"), message, f"the readings: {sentence(found)}")


@rule(
    "CI711", severity="warning",
    mend="let the verdict say what the readings say, or say in side_effects why it is less",
    bad=_closed("partly", _BETTER), good=_closed("achieved", _BETTER),
)  # fmt: skip
def success_unclaimed(item: Improvement, register: Register) -> Hits:
    """A review claims no less than the readings show.

    People who have made something better should hear it.
    """
    found = _of(item, register)
    if not found or found.verdict not in _WORTH or item.get("review", "side_effects"):
        return
    claimed = found.claimed or ""
    if claimed == "not-measured" or (claimed in _WORTH and _WORTH[claimed] < _WORTH[found.verdict]):
        message = f"the review says {claimed}, and the readings say {found.verdict}"
        yield Hit(item.at("review", "verdict"), message, f"the readings: {sentence(found)}")


@rule(
    "CI712", severity="warning",
    mend="wait for the readings before closing it, or claim not-measured",
    bad=_closed("achieved", _BETTER, live="2026-11-02"), good=_closed("achieved", _BETTER),
)  # fmt: skip
def closed_too_early(item: Improvement, register: Register) -> Hits:
    """An improvement is closed when its readings can tell.

    "Too early" is an honest answer, and the register waits with you.
    """
    found = _of(item, register)
    if found and item.status == "closed" and found.verdict == "too-early" and found.claimed != "not-measured":
        message = f"the review says {found.claimed}, and it is too early to tell"
        yield Hit(item.at("review", "verdict"), message, f"the readings: {sentence(found)}")


@rule(
    "CI713",
    mend="name what shows it in review.evidence, or claim not-measured",
    bad="status: closed\nreview: {on: 2026-11-09, by: data-analyst, verdict: achieved}\n",
    good="status: closed\nreview: {on: 2026-11-09, by: data-analyst, verdict: achieved, evidence: [REP-19]}\n",
)
def claim_without_evidence(item: Improvement, register: Register) -> Hits:
    """A claim that no readings can check names its evidence.

    It is shown as claimed, not measured, and a reader must be able to look for himself.
    """
    found = _of(item, register)
    checkable = found is None or found.verdict is not None
    if (
        checkable
        or item.get("review", "evidence")
        or item.get("review", "verdict") not in {"achieved", "partly", "worse"}
    ):
        return
    yield Hit(item.at("review", "verdict"), f"{item.get('review', 'verdict')} is claimed, and no readings can show it")


_RIGHT = {"kpis/answers-right.yaml": "cadence: week\nbetter: lower\n"}
_RIGHT_CSV = {
    "kpis/answers-right.csv": (
        "period,value\n" + "".join(f"2026-W{week},{20 + week * 5 % 3 if week < 36 else 9}\n" for week in range(20, 47))
    ).encode()
}


@rule(
    "CI714",
    mend="say in review.side_effects what got worse and what is done about it",
    bad={**_closed("achieved", _HIGHER, "", _GUARDED), **_RIGHT, **_RIGHT_CSV},
    good={**_closed("achieved", _HIGHER, ", side_effects: Answers take longer.", _GUARDED), **_RIGHT, **_RIGHT_CSV},
)
def guard_unmentioned(item: Improvement, register: Register) -> Hits:
    """A success whose guard got worse says so.

    An improvement that pays with something else is only one when the price is known.
    """
    found = _of(item, register)
    if (
        found
        and found.claimed == "achieved"
        and "guard-worse" in found.qualifiers
        and not item.get("review", "side_effects")
    ):
        names = ", ".join(each.name for each in found.measures if "guard-worse" in each.qualifiers)
        yield Hit(item.at("review", "verdict"), f"achieved is claimed, and {names} got worse")


@rule(
    "CI715", severity="warning",
    mend="end the baseline before the work begins",
    bad=_closed("achieved", _BETTER, "", _PRIMARY.replace("W35", "W36").replace("2026-W20", "2026-W22")),
    good=_closed("achieved", _BETTER),
)  # fmt: skip
def baseline_overlap(item: Improvement, register: Register) -> Hits:
    """A baseline ends before the work begins.

    Readings taken while something is already being changed are neither before nor after. The work begins with
    the first day in progress, and at the latest when it goes live.
    """
    days = [entry.on for entry in item.history if entry.status == "in-progress"]
    live = item.date("action", "live")
    started = min([*days[:1], *([live] if live else [])], default=None)
    for n, measure in item.entries("measures"):
        kpi = register.kpis.get(measure.get("kpi", ""))
        last = item.get("measures", n, "baseline", "to")
        period = periods.parse(str(last), kpi.text("cadence")) if kpi and last and kpi.text("cadence") else None
        if started and period and period.last_day >= started:
            message = f"the baseline runs to {last}, and the work began on {started}"
            yield Hit(item.at("measures", n, "baseline", "to"), message)


@rule(
    "CI717", severity="warning",
    mend="find out what has changed, write it into the log, and raise the improvement that wins it back",
    bad=_closed("achieved", _BETTER, measures=_TWELVE, again="2026-11-23", reviewed="2026-10-19", then=(15, 16, 15)),
    good=_closed("achieved", _BETTER, measures=_TWELVE, again="2026-11-23", reviewed="2026-10-19"),
)  # fmt: skip
def success_slipping(item: Improvement, register: Register) -> Hits:
    """A success holds when it is looked at again.

    Most improvements that are lost are lost quietly, in the months after everybody has stopped looking. From
    momentum.check_again on the readings since the review are held against those before it.
    """
    found = holding(item, register)
    if found is not None and found.word == "slipping":
        yield Hit(
            item.at("momentum", "check_again"), "the readings since the review are slipping", holding_sentence(found)
        )


@rule(
    "CI718", severity="warning",
    mend="say in review.side_effects or in the lessons what is still missing, and aim at the rest in a follower",
    bad=_closed("achieved", _BETTER, measures=_PRIMARY.replace("value: 10", "value: 8, tolerance: 1")),
    good=_closed("achieved", _BETTER, measures=_PRIMARY.replace("value: 10", "value: 9, tolerance: 1")),
)  # fmt: skip
def target_by_tolerance(item: Improvement, register: Register) -> Hits:
    """A target is reached without its tolerance.

    A tolerance allows for noise. Where only it saves the target, the mean has stayed short of what was promised,
    and whoever reads "achieved" should know.
    """
    found = _of(item, register)
    if found is None or found.claimed != "achieved" or found.verdict != "achieved":
        return
    for each in found.primaries:
        if each.by_tolerance:
            wanted = f" of {figure(each.target)}" if isinstance(each.target, Fraction) else ""
            mean = f"the mean of {each.name} is {figure(each.mean_after)}"
            yield Hit(item.at("review", "verdict"), f"{mean}, and only the tolerance reaches the target{wanted}")


_PLANNED = (
    "status: planned\ntarget: {{statement: Sooner., due: {due}, achievable: Two analysts are free.}}\n"
    "measures:\n{measures}"
    "plan: {{steps: [{{do: Start, by: service-desk-lead, due: 2027-02-01}}]}}\nowner: service-desk-lead\n"
    "history:\n  - {{on: 2026-11-02, status: proposed, by: service-desk-lead}}\n"
    "  - {{on: 2026-11-09, status: assessed, by: improvement-manager}}\n"
    "  - {{on: 2026-11-16, status: planned, by: improvement-manager}}\n"
    "source: feedback\nvision: {{goal: g-happier-users}}\nbaseline: {{summary: Three days.}}\n"
    "scores: {{value: 4, effort: 2, risk: 1, urgency: 3, on: 2026-11-09, by: improvement-manager}}\n"
)


def _planned(due: str) -> dict[str, str | bytes]:
    """A planned improvement of the same KPI, with this day for its target."""
    return {**_closed("achieved", _SAME), _ONE: _PLANNED.format(due=due, measures=_PRIMARY)}


@rule(
    "CI716", severity="warning",
    mend="give it more time, aim at a larger change, or measure more often: cireg verdict ID --plan shows the chances",
    bad=_planned("2027-02-14"), good=_planned("2027-03-31"),
)  # fmt: skip
def change_not_showable(item: Improvement, register: Register) -> Hits:
    """A plan leaves its readings a fair chance to show the change.

    Where even a true change of the wanted size would more likely than not go unseen by its day, nobody will learn
    whether it worked. Better to know before the work than after.
    """
    if item.status not in ("planned", "in-progress"):
        return
    found = unlikely(item, register)
    if found is not None:
        yield Hit(item.at("target", "due"), chance_words(found))


RULES = (
    claim_better_than_data, success_unclaimed, closed_too_early, claim_without_evidence, guard_unmentioned,
    baseline_overlap, change_not_showable, success_slipping, target_by_tolerance,
)  # fmt: skip
