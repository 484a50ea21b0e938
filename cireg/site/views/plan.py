"""What is measured and how the work is planned: the tables of steps 3 and 4."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from cireg import lifecycle
from cireg.approvals import is_stale
from cireg.facts import decision_key
from cireg.figures import number
from cireg.history import History
from cireg.model import Kpi
from cireg.people import person_with
from cireg.site.views.blocks import Cell, Column, Table, comma, table
from cireg.site.views.committed import commit_link
from cireg.site.views.money import Figures, accounts
from cireg.site.views.subject import Subject
from cireg.site.views.words import Say

_MEASURES = (
    Column("measures.kpi"),
    Column("measures.role"),
    Column("measures.baseline"),
    Column("measures.target"),
)
_STEPS = (Column("steps.do"), Column("steps.by", people=True), Column("steps.due"), Column("steps.state"))
_RISKS = (Column("risks.risk"), Column("risks.response"))
_STAKEHOLDERS = (Column("stakeholders.who"), Column("stakeholders.position"))
_APPROVALS = (
    Column("approvals.decision"),
    Column("approvals.by", people=True),
    Column("approvals.as", people=True),
    Column("approvals.on"),
    Column("approvals.note"),
    Column("approvals.covers"),
    Column("approvals.commit", people=True),
)
_GAINS = (
    Column("money.what"),
    Column("money.kind"),
    Column("money.per"),
    Column("money.from"),
    Column("money.planned", "number"),
)
_COSTS = (*_GAINS, Column("money.actual", "number"))


def measures(subject: Subject) -> Table | None:
    """What shows whether the target is reached."""
    rows = [
        (
            Cell(subject.links.kpi(entry.get("kpi", ""))),
            Cell(subject.label("role", "measures", n, "role")),
            Cell(_baseline(subject, entry.get("baseline") or {})),
            Cell(_target(subject, entry)),
        )
        for n, entry in subject.item.entries("measures")
    ]
    return table(subject.shown, "measures.caption", _MEASURES, rows)


def _baseline(subject: Subject, baseline: dict[str, Any]) -> str:
    if "figure" in baseline:
        evidence = baseline.get("evidence")
        figure = number(baseline["figure"])
        return comma([figure, subject.links.record(evidence)]) if evidence else figure
    if "from" in baseline and "to" in baseline:
        first, last = (subject.words.period(str(baseline[name])) for name in ("from", "to"))
        return first if first == last else subject.say("measures.window", first=first, last=last)
    return ""


def _target(subject: Subject, measure: dict[str, Any]) -> str:
    target, say = measure.get("target") or {}, subject.say
    kpi = subject.shown.register.kpis.get(measure.get("kpi", ""))
    parts = []
    if "change" in target:
        parts.append(say("measures.change", change=_signed(target["change"])))
    if "value" in target:
        parts.append(_value(say, target["value"], kpi))
    if "min" in target or "max" in target:
        parts.append(between(say, target))
    if "tolerance" in target and parts:
        parts.append(say("measures.tolerance", tolerance=_figure(target["tolerance"])))
    return ", ".join(parts)


def _value(say: Say, value: float, kpi: Kpi | None) -> str:
    """A target's value: what is to be reached at most where lower is better, at least where higher is."""
    better = kpi.get("better") if kpi else None
    if better == "lower":
        return between(say, {"max": value})
    return between(say, {"min": value}) if better == "higher" else number(value)


def between(say: Say, limits: dict[str, Any]) -> str:
    """A least and a most, or one of them, in words."""
    least, most = limits.get("min"), limits.get("max")
    if least is not None and most is not None:
        return say("limits.between", least=number(least), most=number(most))
    if least is not None:
        return say("limits.least", least=number(least))
    return say("limits.most", most=number(most)) if most is not None else ""


def _figure(value: str | float) -> str:
    return value if isinstance(value, str) else number(value)


def _signed(change: str | float) -> str:
    """A change with its sign: a share of the baseline, or so much more or less."""
    text = change if isinstance(change, str) else number(change)
    text = text.replace("-", "−")
    return text if text[0] in "+−" else f"+{text}"


def steps(subject: Subject) -> Table | None:
    """The steps of the plan, with what is done and what is late."""
    say, item = subject.say, subject.item
    rows = []
    for n, entry in item.entries("plan", "steps"):
        due, done = item.date("plan", "steps", n, "due"), item.date("plan", "steps", n, "done")
        late = due is not None and due < subject.shown.as_of and lifecycle.is_open(item.status)
        if done:
            label = say("steps.done", day=subject.words.day(done).text)
            state = Cell(subject.shown.fragments.state(label, "done"), "done")
        elif late:
            state = Cell(subject.shown.fragments.state(say("steps.late"), "late"), "late")
        else:
            state = Cell(subject.shown.fragments.state(say("steps.open"), "open"), "open")
        due_text = subject.words.day(due).text if due else ""
        rows.append((Cell(entry.get("do", "")), Cell(subject.someone(entry.get("by"))), Cell(due_text), state))
    return table(subject.shown, "steps.caption", _STEPS, rows)


def risks(subject: Subject) -> Table | None:
    """What may go wrong, and the answer to it."""
    rows = [
        (Cell(entry.get("risk", "")), Cell(entry.get("response", "")))
        for _, entry in subject.item.entries("plan", "risks")
    ]
    return table(subject.shown, "risks.caption", _RISKS, rows)


def stakeholders(subject: Subject) -> Table | None:
    """Who is concerned and how they see it; only where people are shown."""
    if not subject.shown.people:
        return None
    rows = [
        (Cell(entry.get("who", "")), Cell(subject.label("position", "plan", "stakeholders", n, "position")))
        for n, entry in subject.item.entries("plan", "stakeholders")
    ]
    return table(subject.shown, "stakeholders.caption", _STAKEHOLDERS, rows)


def approvals(subject: Subject) -> Table | None:
    """Who decided, as what, and how."""
    item = subject.item
    rows = []
    for n, entry in item.entries("plan", "approvals"):
        decision = entry.get("decision", "")
        icon = {"approved": "done", "declined": "late"}.get(decision, "open")
        label = subject.label("decision", "plan", "approvals", n, "decision")
        rows.append(
            (
                Cell(subject.shown.fragments.state(label, icon), "state"),
                Cell(subject.someone(entry.get("by"))),
                Cell(_role(subject, entry.get("as", ""))),
                Cell(subject.day_text("plan", "approvals", n, "on")),
                Cell(subject.prose("plan", "approvals", n, "note")),
                Cell(_covers(subject, entry)),
                Cell(_brought(subject, entry)),
            )
        )
    return table(subject.shown, "approvals.caption", _APPROVALS, rows)


def _covers(subject: Subject, decision: dict[str, Any]) -> str:
    """Whether what was decided on is what is planned now; "" where nobody can tell."""
    if "covers" not in decision or decision.get("decision") == "declined":
        return ""
    if is_stale(decision, subject.item):
        return subject.shown.fragments.state(subject.say("approvals.stale"), "late")
    return subject.say("approvals.current")


def _brought(subject: Subject, decision: dict[str, Any]) -> Markup | str:
    """The commit that brought a decision to the branch, and whether whoever decided made it."""
    history = subject.shown.whole.history
    life = history.of(subject.item.id) if isinstance(history, History) else None
    seen = life.decisions.get(decision_key(decision)) if life else None
    if seen is None:
        return ""
    link = commit_link(subject, seen)
    own = person_with(subject.shown.config, seen.commit.email) == decision.get("by")
    return Markup("{} {}").format(link, subject.say("approvals.own")) if own else link


def _role(subject: Subject, role: str) -> str:
    """A role in words; `as` may also name a person."""
    known = subject.shown.roles
    return subject.words.label("roles", role) if role in known else comma(subject.links.person(role))


def costs(subject: Subject) -> Table | None:
    """What it costs, planned and actual; only where money is shown."""
    if not subject.shown.money:
        return None
    words = subject.words
    rows = [
        (
            Cell(entry.get("what", "")),
            Cell(subject.label("cost", "money", "costs", n, "kind")),
            *_recurrence(subject, "costs", n, entry),
            Cell(words.money(entry["planned"]) if "planned" in entry else subject.say("money.unknown"), "number"),
            Cell(words.money(entry["actual"]) if "actual" in entry else "", "number"),
        )
        for n, entry in subject.item.entries("money", "costs")
    ]
    return table(subject.shown, "money.costs", _COSTS, rows)


def planned_cost_text(subject: Subject) -> str:
    """The planned cost: what is paid once, and what recurs over the horizon; "" where it is not known or not shown."""
    if not subject.shown.money:
        return ""
    side = accounts(subject.shown).by_id[subject.item.id].planned
    return "" if side.cost is None else Figures(subject.shown).cost(side, horizon=True)


def gains(subject: Subject) -> Table | None:
    """What it is to bring in; only where money is shown."""
    if not subject.shown.money:
        return None
    words = subject.words
    rows = [
        (
            Cell(entry.get("what", "")),
            Cell(subject.label("gain", "money", "gains", n, "kind")),
            *_recurrence(subject, "gains", n, entry),
            Cell(words.money(entry["planned"]) if "planned" in entry else subject.say("money.unknown"), "number"),
        )
        for n, entry in subject.item.entries("money", "gains")
    ]
    return table(subject.shown, "money.gains", _GAINS, rows)


def _recurrence(subject: Subject, kind: str, n: int, entry: dict[str, Any]) -> tuple[Cell, Cell]:
    first = entry.get("from")
    return (
        Cell(subject.label("per", "money", kind, n, "per")),
        Cell(subject.words.period(str(first)) if first is not None else ""),
    )
