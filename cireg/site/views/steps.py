"""The seven steps of the model, as one improvement has written them down."""

from __future__ import annotations

from typing import NamedTuple

from cireg import lifecycle
from cireg.site.views import plan, results
from cireg.site.views.before_after import BeforeAfter, pictures
from cireg.site.views.blocks import Entry, Field, Table, fields
from cireg.site.views.chance import chance
from cireg.site.views.points import Points, points
from cireg.site.views.progress import asked_at, states, step_id
from cireg.site.views.subject import Subject
from cireg.site.views.words import Choice, sentence


class Letter(NamedTuple):
    """A letter of SMART: the word, whether the target answers it, and what would supply it where it does not."""

    letter: str
    word: str
    met: bool
    supply: str


class Step(NamedTuple):
    """A step's section. `note` says why it is empty where it is; `said` and `pictures` stand before all else."""

    number: int
    id: str
    title: str
    state: Choice
    note: str
    fields: tuple[Field, ...] = ()
    smart: tuple[Letter, ...] = ()
    points: tuple[Points, ...] = ()
    tables: tuple[Table, ...] = ()
    entries: tuple[Entry, ...] = ()
    said: tuple[Field, ...] = ()
    pictures: tuple[BeforeAfter, ...] = ()


class _Content(NamedTuple):
    fields: tuple[Field, ...] = ()
    smart: tuple[Letter, ...] = ()
    points: tuple[Points, ...] = ()
    tables: tuple[Table | None, ...] = ()
    entries: tuple[Entry, ...] = ()
    said: tuple[Field, ...] = ()
    pictures: tuple[BeforeAfter, ...] = ()


def steps(subject: Subject) -> tuple[Step, ...]:
    """The sections of the seven steps, in their order."""
    found = states(subject.item)
    return tuple(_step(subject, number, found[number]) for number in lifecycle.step_titles())


def _step(subject: Subject, number: int, state: str) -> Step:
    content = _CONTENT[number](subject)
    tables = tuple(each for each in content.tables if each is not None)
    words = subject.words
    written = content.said or content.fields or tables or content.entries or content.points
    return Step(
        number,
        step_id(number),
        words.label("step", str(number)),
        words.choice("state", state),
        "" if written else _why_empty(subject, number, state),
        content.fields,
        content.smart,
        content.points,
        tables,
        content.entries,
        content.said,
        content.pictures,
    )


def _why_empty(subject: Subject, number: int, state: str) -> str:
    if state == "dropped":
        return subject.say("step.dropped")
    if state == "ahead":
        status = lifecycle.line()[-1] if subject.item.light else asked_at(number)
        return subject.say("step.later", status=subject.words.label("status", status))
    return subject.say("step.light") if subject.item.light else subject.say("step.empty")


def _vision(subject: Subject) -> _Content:
    goal = subject.links.goal(subject.item.get("vision", "goal"))
    return _Content(
        fields(
            Field(subject.say("vision.goal"), goal[0] if goal else ""),
            Field(subject.say("vision.benefit"), subject.prose("vision", "benefit"), wide=True),
        )
    )


def _baseline(subject: Subject) -> _Content:
    say = subject.say
    return _Content(
        fields(
            Field(say("baseline.summary"), subject.prose("baseline", "summary"), wide=True),
            Field(say("scores.why"), subject.prose("scores", "why"), wide=True),
            Field(say("baseline.evidence"), subject.records("baseline", "evidence")),
            Field(say("scores.on"), subject.day_text("scores", "on")),
            Field(say("scores.by"), subject.person("scores", "by")),
        ),
        points=points(subject),
    )


def _target(subject: Subject) -> _Content:
    say = subject.say
    written = fields(
        Field(say("target.statement"), subject.prose("target", "statement"), wide=True),
        Field(say("target.achievable"), subject.prose("target", "achievable"), wide=True),
        Field(say("target.evidence"), subject.prose("target", "evidence"), wide=True),
        Field(say("target.due"), subject.day_text("target", "due")),
        Field(say("target.chance"), chance(subject), wide=True),
    )
    measured = plan.measures(subject)
    return _Content(written, _smart(subject) if written or measured else (), tables=(measured,))


def _smart(subject: Subject) -> tuple[Letter, ...]:
    """SMART, letter by letter, as the gate of planned judges it."""
    gate = lifecycle.gate("planned", light=False)
    asked = {part.smart for part in gate.parts}
    lacking = {gate.parts[n].smart for n in gate.checker.lacking(subject.item.data)}
    found = []
    for each in lifecycle.smart_letters():
        met = each.letter not in lacking if each.letter in asked else bool(subject.item.get(*each.route))
        found.append(Letter(each.letter, each.word, met, "" if met else sentence(each.supply)))
    return tuple(found)


def _plan(subject: Subject) -> _Content:
    say, item = subject.say, subject.item
    days = item.get("plan", "days")
    return _Content(
        fields(
            Field(say("plan.communication"), subject.prose("plan", "communication"), wide=True),
            Field(say("plan.days"), say("plan.working_days", n=days) if days is not None else ""),
            Field(say("plan.complies_with"), subject.records("plan", "complies_with")),
            Field(say("money.planned_cost"), plan.planned_cost_text(subject)),
        ),
        tables=(
            plan.steps(subject),
            plan.risks(subject),
            plan.stakeholders(subject),
            plan.approvals(subject),
            plan.costs(subject),
            plan.gains(subject),
        ),
    )


def _action(subject: Subject) -> _Content:
    return _Content(results.action(subject), entries=results.log(subject))


def _review(subject: Subject) -> _Content:
    tables = (results.measured(subject), results.realised(subject))
    said = fields(Field(subject.say("review.readings"), results.readings(subject)))
    return _Content(results.review(subject), tables=tables, said=said, pictures=pictures(subject))


def _momentum(subject: Subject) -> _Content:
    return _Content(results.momentum(subject))


_CONTENT = {1: _vision, 2: _baseline, 3: _target, 4: _plan, 5: _action, 6: _review, 7: _momentum}
