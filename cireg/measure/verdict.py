"""Did the change work? The verdict of one measure from its readings before and after.

Two things must agree: a signal among the readings after, against limits frozen on the readings before, and an
exact 95 % range for the change that leaves out zero. Only then is the mean after compared with the target. One
outlier alone is not a change, and "too early" and "not achieved" are honest answers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from operator import mul
from typing import Literal

from cireg.measure import xmr
from cireg.measure.behaviour import Assurance
from cireg.measure.compare import Shift, decidable, shift
from cireg.measure.whole import Values, Whole, together, whole

Verdict = Literal["achieved", "partly", "not-achieved", "worse", "too-early", "held"]
Reason = Literal[
    "signal-and-interval", "no-detectable-change", "target-level-reached-but-change-not-shown", "no-signal-yet",
    "not-enough-points", "short-baseline", "no-baseline", "no-baseline-series", "not-live", "no-measures",
]  # fmt: skip
Qualifier = Literal[
    "provisional", "trial-limits", "reliably", "on-average", "hit-or-miss", "not-capable", "slipping", "stale",
    "target-already-met", "neighbours-alike", "guard-signal", "guard-worse",
]  # fmt: skip

ENOUGH = 3  # readings that are asked for on each side
LONG = 7  # readings after without a signal that are enough to say so
FIRM = 6  # readings under which a side is provisional
NEIGHBOURS = 12  # readings from which on likeness of neighbours is looked at
# Three readings on one side (1), two of them near its limit (2).
_PAIR = re.compile(b"\x02[\x01\x02]\x02|\x02\x02\x01|\x01\x02\x02")


@dataclass(frozen=True, slots=True)
class Goal:
    """What counts as reached: the mean after is at most (sign -1) or at least (sign 1) this value.

    `best` tells that no value can be better than this one, as a distance of 0 from a range: it is passed by
    readings on it, any other by readings beyond it.
    """

    value: Fraction
    sign: int
    tolerance: Fraction = Fraction(0)
    best: bool = False

    def met(self, mean: Fraction) -> bool:
        """Whether a mean reaches the value, its tolerance included."""
        return mean >= self.value - self.tolerance if self.sign > 0 else mean <= self.value + self.tolerance


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
    reason: Reason
    n_before: int
    n_after: int
    mean_before: Fraction | None = None
    mean_after: Fraction | None = None
    limits: xmr.Limits | None = None
    better: Signals | None = None
    worse: Signals | None = None
    change: Shift | None = None
    met: bool | None = None
    qualifiers: tuple[Qualifier, ...] = ()


def judge(
    before: Values, after: Values, sign: int, goal: Goal | None, *, passed: bool, guard: bool = False
) -> Judgement:
    """The verdict; `sign` is 1 where higher is better, -1 where lower is.

    The values are those of neighbouring periods, None for a gap. `passed` tells that the target's day is over. A
    guard has no goal and is held until it is worse; any other measure without one can never be more than partly.
    """
    early, late = together(before, after)
    n0, n1 = len(early.known), len(late.known)
    mean0, mean1 = early.mean, late.mean
    met = None if goal is None or mean1 is None else goal.met(mean1)
    reason = _too_few(n0, n1)
    frozen = xmr.limits(early)
    if reason or frozen is None or mean0 is None or mean1 is None:
        words = tuple(_early(late, frozen, sign, goal, mean0, guard=guard))
        return Judgement("too-early", reason or "no-baseline", n0, n1, mean0, mean1, met=met, qualifiers=words)
    ruler = xmr.Ruler(late, frozen)
    better, worse = signals(ruler, sign), signals(ruler, -sign)
    change = shift(early, late)
    good, bad = change.side == sign, change.side == -sign
    found: tuple[Verdict, Reason]
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
    qualifiers = _qualify(early, late, frozen, sign, goal, mean0, met)
    if guard and worse:
        qualifiers += ["guard-signal", "guard-worse"] if bad else ["guard-signal"]
    return Judgement(found[0], found[1], n0, n1, mean0, mean1, frozen, better, worse, change, met, tuple(qualifiers))


def _too_few(before: int, after: int) -> Reason | None:
    if before == 0:
        return "no-baseline"
    if before < ENOUGH:
        return "short-baseline"
    if after < ENOUGH or not decidable(before, after):
        return "not-enough-points"
    return None


def needed_after(before: int) -> int:
    """The fewest readings after with which, with so many before, any data at all could show a change."""
    needed = ENOUGH
    while not decidable(before, needed):
        needed += 1
    return needed


def _early(
    after: Whole, frozen: xmr.Limits | None, sign: int, goal: Goal | None, mean0: Fraction | None, *, guard: bool
) -> Iterator[Qualifier]:
    """What can be said though nothing can be decided: a guard shows a signal at once."""
    if frozen is None or mean0 is None or frozen.n < ENOUGH:
        return
    if goal is not None and goal.met(mean0):
        yield "target-already-met"
    if guard and signals(xmr.Ruler(after, frozen), -sign):
        yield "guard-signal"


def signals(after: xmr.Ruler, sign: int) -> Signals:
    """What the readings after, beside the limits frozen before, show on one side of these.

    For two of three, readings beyond the limit count as near too: they are at least as far out.
    """
    sides, near = after.sides, after.beyond(sign, xmr.TWO_THIRDS)
    pair = False
    if sum(near) >= 2:
        pair = _PAIR.search(bytes([(side == sign) + far for side, far in zip(sides, near, strict=True)])) is not None
    return Signals(sum(after.beyond(sign, xmr.WHOLE_WAY)), after.shift(sign), pair)


def _qualify(
    before: Whole, after: Whole, frozen: xmr.Limits, sign: int, goal: Goal | None,
    mean0: Fraction, met: bool | None,
) -> list[Qualifier]:  # fmt: skip
    """What must be said beside a verdict, always."""
    words: list[Qualifier] = []
    n1 = len(after.known)
    if min(frozen.n, n1) < FIRM:
        words.append("provisional")
    if min(frozen.n, n1) < xmr.FIRM:
        words.append("trial-limits")
    now = xmr.limits(after)
    if now is not None and n1 >= FIRM:
        if goal is not None:
            words.append(_capability(now, goal, met=bool(met)))
        if _slipping(after, now, sign):
            words.append("slipping")
    if goal is not None and goal.met(mean0):
        words.append("target-already-met")
    if neighbours_alike(before) or neighbours_alike(after):
        words.append("neighbours-alike")
    return words


def _slipping(after: Whole, now: xmr.Limits, sign: int) -> bool:
    """Whether the last reading is a signal for the worse beside the other readings after."""
    earlier, last = after.known[-2:]
    away = last * now.centre.denominator - now.centre.numerator * after.unit
    if min((last - earlier) * sign, away * sign) >= 0:
        return False  # it neither lies on the bad side nor goes there, so no rule can mark it so
    mark = xmr.mark_last(after, now)
    return mark.rule is not None and mark.sign == -sign


def _capability(now: xmr.Limits, goal: Goal, *, met: bool) -> Qualifier:
    """Whether single readings after can be relied on to reach the goal."""
    assured = assurance(now, goal)
    if assured == "consistent-pass":
        return "reliably"
    if assured == "consistent-fail":
        return "not-capable"
    return "on-average" if met else "hit-or-miss"


def assurance(given: xmr.Limits, goal: Goal) -> Assurance | None:
    """Whether the limits lie wholly on the good side of the goal, wholly on the bad one, or on both."""
    if given.lower is None or given.upper is None:
        return None
    if goal.best and given.lower == given.upper == goal.value:
        return "consistent-pass"
    if given.lower > goal.value:
        return "consistent-pass" if goal.sign > 0 else "consistent-fail"
    if given.upper < goal.value:
        return "consistent-fail" if goal.sign > 0 else "consistent-pass"
    return "inconsistent"


def neighbours_alike(values: Values) -> bool:
    """Whether neighbouring readings resemble each other: a lag-1 autocorrelation above 2/√n, from 12 readings on."""
    given = whole(values)
    n, total = len(given.known), sum(given.known)
    if n < NEIGHBOURS:
        return False
    # n times the distance from the mean; a gap adds nothing to either sum.
    away = [0 if each is None else each * n - total for each in given.values]
    spread: int = sum(map(mul, away, away))
    alike: int = sum(map(mul, away, away[1:]))
    # r > 2/√n, compared without a root: both sides are squared, and r must be positive.
    return spread > 0 and alike > 0 and alike * alike * n > 4 * spread * spread
