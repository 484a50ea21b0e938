"""Did the change work? The verdict of one measure from its readings before and after.

Two things must agree: a signal among the readings after, against limits frozen on the readings before, and an
exact 95 % range for the change that leaves out zero. Only then is the mean after compared with the target. One
outlier alone is not a change, and "too early" and "not achieved" are honest answers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from typing import Literal

from cireg.measure import xmr
from cireg.measure.compare import Shift, decidable, shift
from cireg.measure.whole import mean, whole

Verdict = Literal["achieved", "partly", "not-achieved", "worse", "too-early", "held"]

ENOUGH = 3  # readings that are asked for on each side
LONG = 7  # readings after without a signal that are enough to say so
FIRM = 6  # readings under which a side is provisional
NEIGHBOURS = 12  # readings from which on likeness of neighbours is looked at


@dataclass(frozen=True, slots=True)
class Goal:
    """What counts as reached: the mean after is at most (sign -1) or at least (sign 1) this value."""

    value: Fraction
    sign: int
    tolerance: Fraction = Fraction(0)

    def met(self, mean: Fraction) -> bool:
        """Whether a mean reaches the value, its tolerance included."""
        return (mean - self.value) * self.sign >= -self.tolerance


@dataclass(frozen=True, slots=True)
class Signals:
    """What the readings after show on one side of the readings before."""

    outside: int
    run: bool
    two_of_three: bool

    def __bool__(self) -> bool:
        return self.run or self.two_of_three or self.outside >= 2


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict of one measure, with the figures that it rests on."""

    verdict: Verdict
    reason: str
    n_before: int
    n_after: int
    mean_before: Fraction | None = None
    mean_after: Fraction | None = None
    limits: xmr.Limits | None = None
    better: Signals | None = None
    worse: Signals | None = None
    change: Shift | None = None
    met: bool | None = None
    qualifiers: tuple[str, ...] = ()


def judge(
    before: xmr.Values, after: xmr.Values, sign: int, goal: Goal | None, *, passed: bool, guard: bool = False
) -> Judgement:
    """The verdict; `sign` is 1 where higher is better, -1 where lower is.

    The values are those of neighbouring periods, None for a gap. `passed` tells that the target's day is over. A
    guard has no goal and is held until it is worse; any other measure without one can never be more than partly.
    """
    both = whole([*before, *after])
    found = _judge(
        both.values[: len(before)], both.values[len(before) :], sign, _scaled(goal, both.unit), passed, guard
    )
    return found if both.unit == 1 else _back(found, both.unit)


def _scaled(goal: Goal | None, unit: int) -> Goal | None:
    return goal and Goal(goal.value * unit, goal.sign, goal.tolerance * unit)


def _back(found: Judgement, unit: int) -> Judgement:
    """The same judgement with its figures in the unit of the readings again."""

    def one(value: Fraction | None) -> Fraction | None:
        return None if value is None else value / unit

    limits, change = found.limits, found.change
    if limits is not None:
        limits = xmr.Limits(
            limits.n, limits.centre / unit, one(limits.moving_range), one(limits.lower), one(limits.upper),
            one(limits.range_limit),
        )  # fmt: skip
    if change is not None:
        change = Shift(change.estimate / unit, one(change.low), one(change.high))
    return replace(
        found, mean_before=one(found.mean_before), mean_after=one(found.mean_after), limits=limits, change=change
    )


def _judge(
    before: Sequence[int | None], after: Sequence[int | None], sign: int, goal: Goal | None, passed: bool, guard: bool
) -> Judgement:
    """The verdict of whole numbers: exact, and many times quicker than of fractions."""
    known_before = [each for each in before if each is not None]
    known_after = [each for each in after if each is not None]
    n0, n1 = len(known_before), len(known_after)
    mean0 = mean(known_before)
    mean1 = mean(known_after)
    met = None if goal is None or mean1 is None else goal.met(mean1)
    reason = _too_few(n0, n1)
    frozen = xmr.limits(before)
    if reason or frozen is None or mean0 is None or mean1 is None:
        words = tuple(_early(after, frozen, sign, goal, mean0, guard=guard))
        return Judgement("too-early", reason or "no-baseline", n0, n1, mean0, mean1, met=met, qualifiers=words)
    better, worse = signals(after, frozen, sign), signals(after, frozen, -sign)
    change = shift(known_before, known_after)
    good = change.low is not None and change.high is not None and min(change.low * sign, change.high * sign) > 0
    bad = change.low is not None and change.high is not None and max(change.low * sign, change.high * sign) < 0
    found: tuple[Verdict, str]
    if guard:
        found = ("worse", "signal-and-interval") if worse and bad else ("held", "no-detectable-change")
    elif better and good:
        found = ("achieved" if met else "partly", "signal-and-interval")
    elif worse and bad:
        found = ("worse", "signal-and-interval")
    elif n1 < LONG or not passed:
        found = ("too-early", "no-signal-yet")
    else:
        found = ("not-achieved", "target-level-reached-but-change-not-shown" if met else "no-detectable-change")
    qualifiers = _qualify(before, after, frozen, sign, goal, mean0, met)
    if guard and worse:
        qualifiers += ["guard-signal", "guard-worse"] if bad else ["guard-signal"]
    return Judgement(found[0], found[1], n0, n1, mean0, mean1, frozen, better, worse, change, met, tuple(qualifiers))


def _too_few(before: int, after: int) -> str:
    if before == 0:
        return "no-baseline"
    if before < ENOUGH:
        return "short-baseline"
    if after < ENOUGH or not decidable(before, after):
        return "not-enough-points"
    return ""


def _early(
    after: xmr.Values, frozen: xmr.Limits | None, sign: int, goal: Goal | None, mean0: Fraction | None, *, guard: bool
) -> Iterator[str]:
    """What can be said though nothing can be decided: a guard shows a signal at once."""
    if frozen is None or mean0 is None or frozen.n < ENOUGH:
        return
    if goal is not None and goal.met(mean0):
        yield "target-already-met"
    if guard and signals(after, frozen, -sign):
        yield "guard-signal"


def signals(after: xmr.Values, frozen: xmr.Limits, sign: int) -> Signals:
    """What the readings after show on one side of the limits frozen before.

    For two of three, readings beyond the limit count as near too: they are at least as far out.
    """
    ruler = xmr.Ruler(after, frozen)
    near = ruler.beyond(sign, xmr.TWO_THIRDS)
    pair = any(
        ruler.sides[start : start + 3] == [sign] * 3 and sum(near[start : start + 3]) >= 2
        for start in range(len(near) - 2)
    )
    run = sign in xmr.runs(ruler.sides, xmr.RUNS["nhs"]).values()
    return Signals(sum(ruler.beyond(sign, xmr.WHOLE_WAY)), run, pair)


def _qualify(
    before: xmr.Values, after: xmr.Values, frozen: xmr.Limits, sign: int, goal: Goal | None,
    mean0: Fraction, met: bool | None,
) -> list[str]:  # fmt: skip
    """What must be said beside a verdict, always."""
    words = []
    n1 = sum(1 for each in after if each is not None)
    if min(frozen.n, n1) < FIRM:
        words.append("provisional")
    if min(frozen.n, n1) < xmr.FIRM:
        words.append("trial-limits")
    now = xmr.limits(after)
    if now is not None and n1 >= FIRM:
        if goal is not None:
            words.append(_capability(now, goal, met=bool(met)))
        last = next(
            (
                point
                for point, value in zip(reversed(xmr.mark(after, now)), reversed(after), strict=True)
                if value is not None
            ),
            xmr.Point(),
        )
        if last.rule and last.sign == -sign:
            words.append("slipping")
    if goal is not None and goal.met(mean0):
        words.append("target-already-met")
    if neighbours_alike(before) or neighbours_alike(after):
        words.append("neighbours-alike")
    return words


def _capability(now: xmr.Limits, goal: Goal, *, met: bool) -> str:
    """Whether single readings after can be relied on to reach the goal."""
    assured = assurance(now, goal)
    if assured == "consistent-pass":
        return "reliably"
    if assured == "consistent-fail":
        return "not-capable"
    return "on-average" if met else "hit-or-miss"


def assurance(given: xmr.Limits, goal: Goal) -> str | None:
    """Whether the limits lie wholly on the good side of the goal, wholly on the bad one, or on both."""
    if given.lower is None or given.upper is None:
        return None
    low, high = ((limit - goal.value) * goal.sign for limit in (given.lower, given.upper))
    if min(low, high) > 0:
        return "consistent-pass"
    return "consistent-fail" if max(low, high) < 0 else "inconsistent"


def neighbours_alike(values: xmr.Values) -> bool:
    """Whether neighbouring readings resemble each other: a lag-1 autocorrelation above 2/√n, from 12 readings on."""
    given = whole(values)
    known = given.known
    n, total = len(known), sum(known)
    if n < NEIGHBOURS:
        return False
    away = [None if each is None else each * n - total for each in given.values]  # n times the distance from the mean
    spread = sum(each * each for each in away if each is not None)
    together = sum(a * b for a, b in pairwise(away) if a is not None and b is not None)
    # r > 2/√n, compared without a root: both sides are squared, and r must be positive.
    return spread > 0 and together > 0 and together * together * n > 4 * spread * spread
