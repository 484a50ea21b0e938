"""What was done, what came of it, and what was learnt: steps 5 to 7."""

from __future__ import annotations

from fractions import Fraction

from markupsafe import Markup

from cireg.holding import holding
from cireg.holding import sentence as holding_sentence
from cireg.measure.behaviour import Standing
from cireg.measuring import Measure, outcome
from cireg.site.views.blocks import Cell, Column, Entry, Field, Table, comma, fields, table
from cireg.site.views.subject import Subject
from cireg.verdict_words import figure, sentence

_MEASURED = (
    Column("measures.kpi"),
    Column("result.before"),
    Column("result.after"),
    Column("result.change"),
    Column("result.target"),
    Column("result.verdict"),
)
_REALISED = (
    Column("money.what"),
    Column("money.kind"),
    Column("money.period"),
    Column("money.amount", "number"),
    Column("money.evidence"),
    Column("money.confirmed_by", people=True),
)


def action(subject: Subject) -> tuple[Field, ...]:
    """When it took effect, and under which changes."""
    return fields(
        Field(subject.say("action.live"), subject.day_text("action", "live")),
        Field(subject.say("action.changes"), subject.records("action", "changes")),
    )


def log(subject: Subject) -> tuple[Entry, ...]:
    """What happened and what was said, oldest first as in the file."""
    found = []
    for n, entry in subject.item.entries("log"):
        day = subject.day("log", n, "on")
        if day is not None:
            found.append(Entry(day, "", subject.someone(entry.get("by")), subject.prose("log", n, "note")))
    return tuple(found)


def review(subject: Subject) -> tuple[Field, ...]:
    """The verdict of the review and what it rests on."""
    say = subject.say
    return fields(
        Field(say("review.others"), _others(subject), wide=True),
        Field(say("review.verdict"), subject.label("verdict", "review", "verdict")),
        Field(say("review.on"), subject.day_text("review", "on")),
        Field(say("review.by"), subject.person("review", "by")),
        Field(say("review.evidence"), subject.records("review", "evidence")),
        Field(say("review.side_effects"), subject.prose("review", "side_effects"), wide=True),
        Field(say("review.went_well"), subject.prose("review", "went_well"), wide=True),
        Field(say("review.went_badly"), subject.prose("review", "went_badly"), wide=True),
    )


def readings(subject: Subject) -> str:
    """The verdict of the readings in a sentence, whatever the review claims, and what must be said beside it."""
    if not subject.item.get("measures"):
        return ""
    found = outcome(subject.item, subject.shown.whole)
    beside = ", ".join(subject.say(f"qualifier.{word}") for word in found.qualifiers)
    return f"{sentence(found)} ({beside})" if beside else sentence(found)


def _others(subject: Subject) -> str:
    """The published improvements that went live on the same KPIs: what changed after is not changed because."""
    if not subject.item.get("measures"):
        return ""
    found = outcome(subject.item, subject.shown.whole)
    return comma(
        subject.links.improvement(each) for each in found.others if each in subject.shown.register.improvements
    )


def measured(subject: Subject) -> Table | None:
    """What each measure's readings say: before, after, the change between them, and what was wanted."""
    if not subject.item.get("measures"):
        return None
    rows = [_row(subject, each) for each in outcome(subject.item, subject.shown.whole).measures if each.n_after]
    return table(subject.shown, "result.caption", _MEASURED, rows)


def _row(subject: Subject, measure: Measure) -> tuple[Cell, ...]:
    say, judged = subject.say, measure.judgement
    change, target = judged.change if judged else None, measure.target
    typical = _signed(change.estimate) if change else ""
    if change and change.low is not None and change.high is not None:
        typical = say("result.range", typical=typical, low=_signed(change.low), high=_signed(change.high))
    low, high = (target.low, target.high) if isinstance(target, Standing) else (target, None)
    before = _mean(subject, measure, judged.mean_before, judged.n_before) if judged else ""
    return (
        Cell(say("result.kpi", kpi=subject.links.kpi(measure.name), role=say(f"result.role.{measure.role}"))),
        Cell(before),
        Cell(_mean(subject, measure, measure.mean_after, measure.n_after)),
        Cell(typical),
        Cell(" – ".join(figure(each) for each in (low, high) if each is not None)),
        Cell(subject.words.label("result", judged.verdict) if judged else say("result.none")),
    )


def _mean(subject: Subject, measure: Measure, mean: Fraction | None, n: int) -> str:
    """A mean and what it is of; that of a range is how far readings lie outside."""
    if mean is None:
        return ""
    within = measure.kpi is not None and measure.kpi.text("better") == "within"
    return subject.say("result.outside" if within else "result.mean", mean=_signed(mean), n=n)


def _signed(value: Fraction) -> str:
    return figure(value).replace("-", "−")


def realised(subject: Subject) -> Table | None:
    """The gains that have come in, as confirmed; only where money is shown."""
    if not subject.shown.money:
        return None
    item = subject.item
    rows = []
    for n, gain in item.entries("money", "gains"):
        for _, entry in item.entries("money", "gains", n, "realised"):
            evidence = entry.get("evidence")
            rows.append(
                (
                    Cell(gain.get("what", "")),
                    Cell(subject.label("gain", "money", "gains", n, "kind")),
                    Cell(subject.words.period(str(entry.get("period", "")))),
                    Cell(subject.words.money(entry["amount"]) if "amount" in entry else "", "number"),
                    Cell(subject.links.record(evidence) if evidence else ""),
                    Cell(subject.someone(entry.get("confirmed_by"))),
                )
            )
    return table(subject.shown, "money.realised", _REALISED, rows)


def momentum(subject: Subject) -> tuple[Field, ...]:
    """What was learnt, where it became normal, and whether it is looked at again."""
    say, item = subject.say, subject.item
    people = subject.shown.people
    return fields(
        Field(say("momentum.lessons"), subject.prose("momentum", "lessons"), wide=True),
        Field(say("momentum.decision"), subject.label("momentum.decision", "momentum", "decision")),
        Field(say("momentum.standardised"), _standardised(subject)),
        Field(say("momentum.trained"), ", ".join(item.texts("momentum", "trained")) if people else ""),
        Field(say("momentum.shared"), _shared(subject)),
        Field(say("momentum.check_again"), subject.day_text("momentum", "check_again")),
        Field(say("momentum.holding"), _holding(subject), wide=True),
    )


def _holding(subject: Subject) -> str:
    """Whether it still holds, from the day on which it is looked at again."""
    found = holding(subject.item, subject.shown.whole)
    return holding_sentence(found) if found and found.word else ""


def _standardised(subject: Subject) -> str:
    none = subject.item.text("momentum", "standardised", "none")
    return subject.say("momentum.nothing", why=none) if none else subject.records("momentum", "standardised")


def _shared(subject: Subject) -> str:
    lines = []
    for n, entry in subject.item.entries("momentum", "shared"):
        day = subject.day_text("momentum", "shared", n, "on")
        audience = entry.get("with") if subject.shown.people else None
        lines.append(subject.say("momentum.shared_with", day=day, who=audience) if audience else day)
    return comma(line for line in lines if line) or Markup("")
