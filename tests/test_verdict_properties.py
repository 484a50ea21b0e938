"""What no verdict may depend on: the sign, the unit and the zero of a figure, and one good reading more.

From the files on, so that targets, tolerances and ranges are resolved on the way.
"""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from cireg.measure.readings import Definition, read
from cireg.measuring import Measure, Outcome, outcome
from cireg.model import Config, Improvement, Kpi, Register
from cireg.source import Source
from tests.measured_register import DUE, LIVE, TODAY, csv, measure


def series(least: int, most: int) -> st.SearchStrategy[list[int | None]]:
    """Readings anywhere, or near one level, as those of most KPIs; now and then a gap."""
    anywhere = st.lists(st.one_of(st.none(), st.integers(0, 60)), min_size=least, max_size=most)
    near = st.integers(0, 50).flatmap(
        lambda level: st.lists(
            st.one_of(st.none(), *[st.integers(level, level + 10)] * 9), min_size=least, max_size=most
        )
    )
    return anywhere | near


BEFORE, AFTER = series(3, 12), series(0, 8)
TOLERANCES = st.one_of(st.integers(0, 8), st.sampled_from(["2%", "10 %"]))
TARGETS = st.one_of(
    st.fixed_dictionaries({"value": st.integers(0, 60)}, optional={"tolerance": TOLERANCES}),
    st.fixed_dictionaries({"change": st.integers(-30, 30)}, optional={"tolerance": TOLERANCES}),
    st.fixed_dictionaries(
        {"change": st.integers(-60, 60).map(lambda share: f"{share:+}%")}, optional={"tolerance": TOLERANCES}
    ),
)
RANGES = st.builds(
    lambda low, width, tolerance: {"min": low, "max": low + width, "tolerance": tolerance},
    st.integers(0, 60), st.integers(0, 20), st.integers(0, 8),
)  # fmt: skip
DAYS = st.sampled_from([DUE, "2026-12-31"])  # the target's day is over, or is not
WORTH = ["worse", "not-achieved", "too-early", "partly", "achieved"]
OTHER_WAY = {"lower": "higher", "higher": "lower", "within": "within"}


def found(before: list[Any], after: list[Any], target: dict[str, Any], better: str, due: str) -> Outcome:
    """The outcome of one improvement with these readings from January 2025 and from February 2026 on."""
    rows = csv(("2025-01", before), ("2026-02", after)).encode()
    kpi = Kpi(
        Source("kpis/answer-hours.yaml", {"id": "answer-hours", "better": better, "cadence": "month"}),
        read("kpis/answer-hours.csv", rows, Definition("month", False, None, None, TODAY)),
    )
    fields = {
        "id": "CI-0001", "status": "review", "measures": [measure(target=target)], "action": {"live": LIVE},
        "target": {"due": due},
    }  # fmt: skip
    item = Improvement(Source("improvements/CI-0001.yaml", fields))
    register = Register(Config(Source("cireg.yaml", {})), {item.id: item}, {kpi.id: kpi}, TODAY)
    return outcome(item, register)


def words(of: Outcome) -> tuple[Any, ...]:
    """Everything that is said without a figure."""
    one = of.measures[0]
    return of.verdict, of.reason, of.qualifiers, of.at_target, of.earliest, one.by_tolerance


def figures(one: Measure) -> tuple[Any, ...]:
    judgement = one.judgement
    change = judgement.change if judgement else None
    return judgement.mean_before if judgement else None, one.mean_after, change.estimate if change else None


def negative(values: list[int | None]) -> list[int | None]:
    return [None if each is None else -each for each in values]


def negated(target: dict[str, Any]) -> dict[str, Any]:
    """Absolute targets and amounts change their sign, percentages and tolerances stay; a range changes its ends."""
    mirrored = {}
    for name, value in target.items():
        stays = name == "tolerance" or isinstance(value, str)
        mirrored[{"min": "max", "max": "min"}.get(name, name)] = value if stays else -value
    return mirrored


@given(BEFORE, AFTER, TARGETS, st.sampled_from(["lower", "higher"]), DAYS)
def test_negating_everything_and_swapping_the_direction_changes_no_verdict(
    before: list[int | None], after: list[int | None], target: dict[str, Any], better: str, due: str
) -> None:
    """Fewer complaints is the same as more silence; a quarter less of it is a quarter less of it."""
    plain = found(before, after, target, better, due)
    mirrored = found(negative(before), negative(after), negated(target), OTHER_WAY[better], due)
    assert words(plain) == words(mirrored)
    assert [None if each is None else -each for each in figures(plain.measures[0])] == [*figures(mirrored.measures[0])]


@given(BEFORE, AFTER, RANGES, DAYS)
def test_negating_a_range_changes_no_verdict(
    before: list[int | None], after: list[int | None], target: dict[str, Any], due: str
) -> None:
    """The least becomes the most; how far a reading lies outside stays."""
    plain = found(before, after, target, "within", due)
    mirrored = found(negative(before), negative(after), negated(target), "within", due)
    assert words(plain) == words(mirrored)
    assert figures(plain.measures[0]) == figures(mirrored.measures[0])


@given(BEFORE, AFTER, TARGETS, st.sampled_from(["lower", "higher"]), DAYS, st.integers(1, 9))
def test_another_unit_changes_no_verdict(
    before: list[int | None], after: list[int | None], target: dict[str, Any], better: str, due: str, times: int
) -> None:
    """Minutes or hours: figures are scaled, words are not."""

    def scaled(values: list[int | None]) -> list[int | None]:
        return [None if each is None else each * times for each in values]

    wanted = {name: value if isinstance(value, str) else value * times for name, value in target.items()}
    plain = found(before, after, target, better, due)
    other = found(scaled(before), scaled(after), wanted, better, due)
    assert words(plain) == words(other)
    assert [None if each is None else each * times for each in figures(plain.measures[0])] == [
        *figures(other.measures[0])
    ]


@given(BEFORE, AFTER, st.integers(0, 60), st.sampled_from(["lower", "higher"]), DAYS, st.integers(-50, 50))
def test_another_zero_changes_no_verdict(
    before: list[int | None], after: list[int | None], target: int, better: str, due: str, offset: int
) -> None:
    """Degrees of one scale or another: readings and absolute targets move together."""

    def moved(values: list[int | None]) -> list[int | None]:
        return [None if each is None else each + offset for each in values]

    plain = found(before, after, {"value": target}, better, due)
    assert words(plain) == words(found(moved(before), moved(after), {"value": target + offset}, better, due))


@given(BEFORE, AFTER, TARGETS, st.sampled_from(["lower", "higher"]), DAYS, st.integers(0, 30))
def test_a_reading_at_least_as_good_as_the_best_never_makes_a_success_less(
    before: list[int | None], after: list[int | None], target: dict[str, Any], better: str, due: str, further: int
) -> None:
    """Good news is never bad news."""
    known = [each for each in after if each is not None]
    if not known:
        return
    best = min(known) - further if better == "lower" else max(known) + further
    first, more = found(before, after, target, better, due), found(before, [*after, best], target, better, due)
    if first.verdict in ("achieved", "partly"):
        assert WORTH.index(more.verdict or "") >= WORTH.index(first.verdict)


@given(BEFORE, AFTER, RANGES, DAYS, st.data())
def test_under_a_range_a_reading_inside_it_never_makes_a_success_less(
    before: list[int | None], after: list[int | None], target: dict[str, Any], due: str, data: st.DataObject
) -> None:
    """No distance is as good as the best."""
    inside = data.draw(st.integers(target["min"], target["max"]))
    first, more = found(before, after, target, "within", due), found(before, [*after, inside], target, "within", due)
    if first.verdict in ("achieved", "partly"):
        assert WORTH.index(more.verdict or "") >= WORTH.index(first.verdict)
