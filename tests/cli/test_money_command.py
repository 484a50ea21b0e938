"""`cireg money` as it is called."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.money.books import came, cost, gain, item
from tests.running import call
from tests.small_register import files, write

ROOT = Path(__file__).resolve().parents[2]
TODAY = ("--today", "2026-11-23")
JULY = {"from": "2026-07"}
FIRST = item(
    1,
    costs=[cost(3000, 3100, kind="services", **JULY), cost(100, 100, per="month", what="Rent", **JULY)],
    gains=[
        gain(
            12000, per="year", realised=[came("2026-Q3", 4500, evidence="REP-1", confirmed_by="data-analyst")], **JULY
        ),
        gain(1200, "capacity", per="year", what="Hours", **JULY),
    ],
)  # fmt: skip
SECOND = item(2, "planned", costs=[cost()], gains=[gain(500)], links={"part_of": "CI-0001"})
THIRD = item(3, "proposed")
ITEM = {"id", "title", "status", "planned", "realised", "realisation", "confirmed", "programme"}
TERMS = {"schema_version", "as_of", "currency", "rate", "horizon_months", "roi_kinds"}
ALL = """\
Come in by 2026-11-23, in EUR
  ROI             +25 %: 4,500 gained for 3,600 spent
                  1 of 1 improvement with a known cost, 100 % of that cost
  Against plan    150 %: 4,500 came in of 3,000 planned for the same time
                  1 of 1 improvement with gains due, 100 % of their planned cost
  Confirmed       4,500 of 4,500, by somebody other than the owner (1 of 1
                  entries)

Planned, recurring amounts over 36 months, in EUR
  ROI             +445 %: 36,000 to be gained for 6,600 to be spent
                  1 of 1 improvement with a known cost, 100 % of that cost
  Beside it       capacity 3,600
  Left out        cost not known: CI-0002

                     Planned                      To date
Id       Status        Cost    Gain  ROI %  Back   Cost   Gain  ROI %
CI-0001  closed       6,600  36,000   +445     4  3,600  4,500    +25
         with parts  6,600+  36,000   +445     4  3,600  4,500    +25
CI-0002  planned          ?     500      ?     ?

ROI is (gain - cost) / cost, with gains of cash, avoided and revenue; beside is
for gains of other kinds alone. Back is the month in which the plan pays back,
in brackets beyond 36 months. ? is not known, + and more that is not known.
cireg money ID shows the entries.
As of 2026-11-23.
"""


def ran(folder: Path, *arguments: str) -> str:
    """What it prints for a register of three."""
    done = call(write(folder, files(FIRST, SECOND, THIRD)), "money", *arguments, *TODAY)
    assert (0, "") == (done.code, done.err)
    return done.out


def data(folder: Path, *arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(ran(folder, *arguments, "--format", "json"))
    return found


def test_one_improvement_in_json(tmp_path: Path) -> None:
    """3,000 and 36 x 100; 36,000 and, beside it, 3,600; five months of 100 and 3,100 by November."""
    found = data(tmp_path, "CI-0001")

    assert ITEM | TERMS == found.keys()
    assert ("EUR", 0.05, 36, ["cash", "avoided", "revenue"]) == tuple(
        found[name] for name in ("currency", "rate", "horizon_months", "roi_kinds")
    )
    plan = found["planned"]
    assert (6600, 3000, 36000, {"capacity": 3600, "cash": 36000}) == (
        plan["cost"], plan["cost_once"], plan["gain"], plan["gains"],
    )  # fmt: skip
    assert (4.454545, None, [], []) == (plan["roi"], plan["no_roi"], plan["costs_unknown"], plan["gains_unknown"])
    # 3,000 at 900 a month
    assert ("within", 4, 3.333333) == (plan["payback"], plan["payback_month"], plan["payback_exact"])
    assert 900 * 33.557435 - 3000 == pytest.approx(plan["npv"], abs=0.001)
    come = found["realised"]
    assert (3600, 4500, 0.25, ["Hours"]) == (come["cost"], come["gain"], come["roi"], come["gains_unknown"])
    # Hours are due from July to October as well, and nobody has reported any
    assert {"rate": 1.5, "planned": 3000, "realised": 4500, "months_reported": 3, "months_due": 8} == found[
        "realisation"
    ]
    assert {"amount": 4500, "of": 4500, "entries": 1, "of_entries": 1} == found["confirmed"]
    assert ["CI-0001", "CI-0002"] == found["programme"]["ids"]
    assert ["CI-0002"] == found["programme"]["planned"]["without_cost"]
    assert found["programme"]["planned"]["roi"] == plan["roi"]


def test_all_of_them_in_json(tmp_path: Path) -> None:
    """The same objects, and what they come to."""
    found = data(tmp_path)

    assert {"items", "portfolio"} | TERMS == found.keys()
    assert ["CI-0001", "CI-0002", "CI-0003"] == [each["id"] for each in found["items"]]
    assert all(ITEM == each.keys() for each in found["items"])
    assert data(tmp_path, "CI-0001").items() >= found["items"][0].items()
    assert {"planned", "realised", "realisation", "confirmed"} == found["portfolio"].keys()
    assert (["CI-0001"], 0.25) == (found["portfolio"]["realised"]["ids"], found["portfolio"]["realised"]["roi"])
    assert (["CI-0002"], 1) == (
        found["portfolio"]["planned"]["without_cost"], found["portfolio"]["planned"]["with_cost"],
    )  # fmt: skip


def test_what_is_not_known_is_null(tmp_path: Path) -> None:
    """Never 0."""
    third = data(tmp_path, "CI-0003")

    assert [None] * 3 == [third["realisation"], third["confirmed"], third["programme"]]
    assert [None] * 5 == [third["planned"][name] for name in ("cost", "gain", "roi", "npv", "payback_month")]
    assert ("no-cost", "unknown", {}) == tuple(third["planned"][name] for name in ("no_roi", "payback", "gains"))
    assert ("cost-unknown", None) == tuple(data(tmp_path, "CI-0002")["planned"][name] for name in ("no_roi", "cost"))


def test_all_of_them_for_a_person(tmp_path: Path) -> None:
    """What came in first, then the plans, then a line for each that has money, and how it is computed."""
    assert ALL == ran(tmp_path)


def test_one_improvement_for_a_person(tmp_path: Path) -> None:
    """With the entries that everything is computed from."""
    assert """\
  Cost            6,600: 3,000 once, 3,600 recurring
  Gain            36,000: cash 36,000
  Beside it       capacity 3,600
  ROI             +445 %: (36,000 - 6,600) / 6,600
  Present value   27,202, at 5 % a year
  Rate of return  over 1,000 % a year
  Pays back       in month 4, after 3.3 months
""" in (shown := ran(tmp_path, "CI-0001"))
    assert (
        """\
  - Fees, cash: planned 12,000 a year from 2026-07
      2026-Q3: 4,500, shown by REP-1, confirmed by data-analyst
"""
        in shown
    )


@pytest.mark.parametrize("arguments", [(), ("CI-0001",), ("CI-0006",), ("CI-0010",), ("CI-0016",)])
def test_it_fits_eighty_columns(arguments: tuple[str, ...]) -> None:
    """In this repository's own register."""
    done = call(ROOT, "money", *arguments, *TODAY)

    assert 0 == done.code
    assert [] == [line for line in done.out.splitlines() if len(line) > 80]
    assert done.out.endswith("As of 2026-11-23.\n")


def test_long_words_break_nothing(tmp_path: Path) -> None:
    """They stand alone on their line."""
    word = "w" * 200
    long = item(1, title=word, costs=[cost(1, what=word)], gains=[gain(1, what=word, realised=[came("2026-07", 1)])])
    done = call(write(tmp_path, files(long)), "money", "CI-0001", *TODAY)

    assert 0 == done.code
    assert 4 == done.out.count(word)  # the title, both entries, and the cost whose actual figure is not known


def test_a_register_without_money_says_so(tmp_path: Path) -> None:
    """In words, and in empty JSON."""
    folder = write(tmp_path, files(THIRD))

    assert "No improvement states what it costs or brings in.\nAs of 2026-11-23.\n" == call(folder, "money", *TODAY).out
    assert "  Nothing is stated of its costs and gains.\n" in call(folder, "money", "CI-0003", *TODAY).out
    found = json.loads(call(folder, "money", "--format", "json", *TODAY).out)["portfolio"]
    assert (None, None) == (found["planned"]["roi"], found["realised"]["floor"])


def test_an_improvement_that_nobody_has(tmp_path: Path) -> None:
    """As for every command that is given an ID."""
    assert 2 == call(write(tmp_path, files(THIRD)), "money", "CI-0099", *TODAY).code
