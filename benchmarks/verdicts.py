"""How often the verdict is fooled by noise, and what it costs to judge a large register."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from cireg.measure.verdict import Goal, judge

SEED = 20260301
SIZES = ((12, 3, 0.7), (12, 7, 1.6), (12, 12, 1.7))  # readings before and after; % of runs that measurement allows
SLACK = 0.3  # percentage points
_TARGET = Fraction(-3, 2)  # standard deviations of the noise


@dataclass(frozen=True, slots=True)
class Fooled:
    """Shares in % of runs of pure noise in which a success is claimed."""

    before: int
    after: int
    ours: float
    last_point: float
    limit: float

    def __str__(self) -> str:
        verdict = "within" if self.ours <= self.limit else "OVER"
        name = f"noise, {self.before} + {self.after} readings: false success"
        return f"{name:<44}{self.ours:8.2f} %  {self.last_point:8.2f} %          {verdict} {self.limit:g} %"


def fooled(before: int, after: int, allowed: float, runs: int = 20_000) -> Fooled:
    """Judge pure noise with a target of 1.5 standard deviations; beside it the last reading against the target."""
    noise = random.Random(f"{SEED} {before} {after}")  # noqa: S311  # a simulation, no secret
    ours = last = 0
    for _ in range(runs):
        drawn = [Fraction(round(noise.gauss(0, 1) * 1000), 1000) for _ in range(before + after)]
        goal = Goal(sum(drawn[:before], Fraction(0)) / before + _TARGET, -1)
        ours += judge(drawn[:before], drawn[before:], -1, goal, passed=True).verdict in ("achieved", "partly")
        last += goal.met(drawn[-1])
    return Fooled(before, after, 100 * ours / runs, 100 * last / runs, allowed + SLACK)


def make(folder: Path, kpis: int = 200, readings: int = 120, improvements: int = 2000) -> Path:
    """A register of KPIs with monthly readings and improvements with two measures each; the same every time."""
    dice = random.Random(SEED)  # noqa: S311  # figures that differ, no secret
    (folder / "improvements").mkdir(parents=True)
    (folder / "kpis").mkdir()
    (folder / "cireg.yaml").write_text("version: 1\nname: Load\n", encoding="utf-8")
    months = [f"{2016 + n // 12}-{n % 12 + 1:02}" for n in range(10, 10 + readings)]
    for n in range(kpis):
        fields = (
            f"id: kpi-{n}\nname: KPI {n}\nquestion: How many?\ncategory: other\nunit: tickets\nbetter: lower\n"
            "cadence: month\naggregation: sum\nmethod: Counted.\nsource: {system: service desk}\nowner: data-analyst\n"
        )
        (folder / "kpis" / f"kpi-{n}.yaml").write_text(fields, encoding="utf-8")
        rows = "".join(f"{month},{dice.gauss(400, 30):.1f}\n" for month in months)
        (folder / "kpis" / f"kpi-{n}.csv").write_text("period,value\n" + rows, encoding="utf-8")
    for n in range(1, improvements + 1):
        live = dice.randrange(24, readings - 12)
        measures = [
            {
                "kpi": f"kpi-{dice.randrange(kpis)}", "role": role,
                "baseline": {"from": months[live - 13], "to": months[live - 2]},
                **({"target": {"change": "-10%", "tolerance": "2%"}} if role == "primary" else {}),
            }
            for role in ("primary", "guard")
        ]  # fmt: skip
        text = (
            f"id: CI-{n:04}\ntitle: Improvement {n}\nstatus: review\nopportunity: Better.\n"
            f"measures: {json.dumps(measures)}\ntarget: {{statement: Less., due: {months[live + 6]}-28}}\n"
            f"action: {{live: {months[live]}-01}}\nhistory: [{{on: 2016-01-01, status: proposed, by: data-analyst}}]\n"
        )
        (folder / "improvements" / f"CI-{n:04}.yaml").write_text(text, encoding="utf-8")
    return folder
