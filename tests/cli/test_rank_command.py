"""`cireg rank`: an order that a manager can read in 80 columns, and JSON as in the contract."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from cireg.scoring.grid import CRITERIA
from cireg.text import width
from tests.running import call
from tests.scoring.published import cases
from tests.small_register import CONFIG, fields, files, write

DAY = ("--today", "2026-11-23")


def grid(number: int, value: int, effort: int, urgency: int, risk: int, **more: Any) -> dict[str, Any]:
    """An assessed improvement with these scores."""
    inputs = {"value": value, "effort": effort, "urgency": urgency, "risk": risk}
    return fields("assessed", id=f"CI-{number:04}", scores=inputs, **more)


def in_json(folder: Path, *arguments: str) -> dict[str, Any]:
    """What rank prints as JSON."""
    done = call(folder, "rank", "--format", "json", *DAY, *arguments)
    assert (0, "") == (done.code, done.err)
    found: dict[str, Any] = json.loads(done.out)
    return found


def test_the_order_is_readable(tmp_path: Path) -> None:
    """Rank, score, light, id and title; the points; how firmly it stands; what is missing; what the words mean."""
    write(
        tmp_path,
        {
            "cireg.yaml": CONFIG + "scoring: {top: 1}\n",
            **files(
                grid(1, 4, 2, 3, 1, title="Answer sooner"),
                grid(2, 2, 2, 5, 5, title="Tidy the cables"),
                grid(3, 4, 2, 3, 1, title="Close tickets at the desk"),
                fields(id="CI-0004", title="Paint the door"),
            ),
        },
    )
    done = call(tmp_path, "rank", *DAY)

    assert (0, "") == (done.code, done.err)
    assert (
        """\
Rank   Score  Light    Id        Title
  1=    73.8  ● green  CI-0001   Answer sooner
       value 30 + effort 18.75 + urgency 10 + risk 15
       quick win · rank 1, in the top 1 with 100 % of the weights near yours
  1=    73.8  ● green  CI-0003   Close tickets at the desk
       value 30 + effort 18.75 + urgency 10 + risk 15
       quick win · rank 1, in the top 1 with 100 % of the weights near yours
   3    48.8  ◐ amber  CI-0002   Tidy the cables
       value 10 + effort 18.75 + urgency 20 + risk 0
       fill in · rank 3, in the top 1 with 0 % of the weights near yours

Without a score
       CI-0004   Paint the door
                 missing: value, effort, urgency, risk

The points are of value 40 %, effort 25 %, urgency 20 %, risk 15 %. The order is
stable: with weights near yours, 100 % of the top 1 stay in it. With any weights
at all it would be """
        in done.out
    )
    assert done.out.endswith("(10,000 draws, seed 20260301.)\n\nAs of 2026-11-23.\n")


@pytest.mark.parametrize("options", [[], ["--all"], ["--model", "wsjf"], ["--model", "rice"]])
def test_no_line_is_wider_than_80_columns(tmp_path: Path, options: list[str]) -> None:
    """With long ids, huge figures, ties of many, and titles that are long, wide or made of one word."""
    titles = ["x" * 300, "漢" * 300, "😀 " * 100, "word " * 50, "e\u0301" * 150, "##[group] ::error::"]
    large = {"reach": 10**9, "impact": 10**9, "confidence": 10**9, "effort": 0.0001}
    delay = {"business_value": 10**9, "time_criticality": 10**9, "risk_opportunity": 10**9, "job_size": 0.000001}
    scores = {**dict.fromkeys(CRITERIA, 3), "wsjf": delay, "rice": large}
    items = [fields("assessed", id=f"ABCDE-{n:06}", title=title, scores=scores) for n, title in enumerate(titles)]
    items += [fields(id=f"ABCDE-1{n:05}", title=title, scores=None) for n, title in enumerate(titles)]
    items += [grid(n, 3, 3, 3, 3) for n in range(1, 30)]
    done = call(write(tmp_path, files(*items)), "rank", *DAY, *options)

    assert 0 == done.code
    assert [] == [line for line in done.out.splitlines() if width(line) > 80]
    assert all(f"ABCDE-{n:06}" in done.out for n in range(6))


def test_the_columns_stand_below_each_other_whatever_is_in_them(tmp_path: Path) -> None:
    """Titles begin where the heading's does, also where ids and scores are long."""
    large = {"reach": 10**6, "impact": 3, "confidence": 1, "effort": 0.5}
    items = [fields("assessed", id=id_, title="Title", scores={"rice": large}) for id_ in ("CI-0001", "ABCDE-123456")]
    items.append(fields("assessed", id="CI-0003", title="Title", scores={"rice": {**large, "reach": 1}}))
    lines = call(write(tmp_path, files(*items)), "rank", *DAY, "--model", "rice").out.splitlines()

    assert 1 == len({line.index("Title") for line in lines if "Title" in line})
    assert lines[1].startswith("  1=  6,000,000  ABCDE-123456  Title")
    assert "       reach 1e+06, impact 3, confidence 1, effort 0.5" == lines[2]
    assert lines[5].startswith("   3        6.0  CI-0003       Title")


def test_a_register_without_scores_says_so(tmp_path: Path) -> None:
    """And what is missing, not an empty table."""
    done = call(write(tmp_path, files(fields())), "rank", *DAY)

    assert done.out.startswith("No open improvement has a score yet.\n\nWithout a score\n       CI-0001   Mend ")
    assert "missing: value, effort, urgency, risk" in done.out


def test_a_list_that_fits_into_the_top_is_not_called_stable(tmp_path: Path) -> None:
    """Its share is 100 % whatever the weights, which tells nothing."""
    done = call(write(tmp_path, files(grid(1, 5, 1, 5, 1), grid(2, 1, 5, 1, 5))), "rank", *DAY)

    assert "All 2 fit into the top 10 (scoring.top), whatever the weights." in " ".join(done.out.split())


@pytest.mark.parametrize(
    ("model", "sentence"),
    [
        ("wsjf", "WSJF: (business value + time criticality + risk or opportunity) / job size."),
        ("rice", "RICE: reach x impact x confidence / effort."),
    ],
)
def test_another_model_explains_itself(tmp_path: Path, model: str, sentence: str) -> None:
    """In one line, with no word of lights and weights."""
    done = call(write(tmp_path, files(grid(1, 5, 1, 5, 1))), "rank", *DAY, "--model", model)

    assert sentence in done.out
    assert "Light" not in done.out
    assert f"missing: {model}." in done.out


def test_colours_are_for_those_who_ask(tmp_path: Path) -> None:
    """They change no word and no width."""
    write(tmp_path, files(grid(1, 5, 1, 5, 1, title="漢" * 60), grid(2, 1, 5, 1, 5)))
    plain, coloured = call(tmp_path, "rank", *DAY), call(tmp_path, "rank", *DAY, FORCE_COLOR="1")

    assert "\x1b[32m" in coloured.out
    assert plain.out == re.sub(r"\x1b\[[0-9;]*m", "", coloured.out)


# JSON


@pytest.mark.parametrize("case", cases("default_grid"), ids=lambda case: case["name"])
def test_the_published_figures_come_out_of_the_command(tmp_path: Path, case: dict[str, Any]) -> None:
    """Scores, ranks, lights and quadrants exactly; shares within the tolerance; bands within a rank."""
    items = [grid(n + 1, *(item[name] for name in CRITERIA)) for n, item in enumerate(case["items"])]
    write(tmp_path, {"cireg.yaml": CONFIG + "scoring: {top: 3}\n", **files(*items)})
    found = in_json(tmp_path)
    rows = sorted(found["items"], key=lambda row: str(row["id"]))
    expected = case["expected"]
    near, anywhere = expected["smaa_dirichlet_40w"], expected["smaa_uniform_dirichlet"]

    for key, name in (("score", "score"), ("rank_competition", "rank"), ("light", "light"), ("quadrant", "quadrant")):
        assert expected[key] == [row[name] for row in rows]
    for view, bands in ((near, rows), (anywhere, [row["any_weights"] for row in rows])):
        assert pytest.approx(view["p_top3"], abs=view["tolerance"]) == [band["top_k"] for band in bands]
        assert pytest.approx(view["rank_p05"], abs=1) == [band["rank_low"] for band in bands]
        assert pytest.approx(view["rank_p95"], abs=1) == [band["rank_high"] for band in bands]
    assert pytest.approx(near["top3_expected_overlap"], abs=near["tolerance"]) == found["stability"]["ours"]
    assert pytest.approx(anywhere["top3_expected_overlap"], abs=0.025) == found["stability"]["any_weights"]
    assert (3, 10_000, "shaky") == tuple(found["stability"][name] for name in ("k", "draws", "word"))
    assert [pytest.approx(row["score"], abs=1e-5) for row in rows] == [sum(row["parts"].values()) for row in rows]


def test_json_has_the_contracts_keys_and_no_others(tmp_path: Path) -> None:
    """For the grid; the order of the items is that of the list."""
    write(tmp_path, files(grid(1, 1, 5, 1, 5), grid(2, 5, 1, 5, 1), fields(id="CI-0003")))
    found = in_json(tmp_path)

    assert {"schema_version", "as_of", "items", "unscored", "stability"} == set(found)
    assert (1, "2026-11-23") == (found["schema_version"], found["as_of"])
    assert ["CI-0002", "CI-0001"] == [row["id"] for row in found["items"]]
    assert [{"id": "CI-0003", "missing": ["value", "effort", "urgency", "risk"]}] == found["unscored"]
    assert {
        "id", "title", "status", "score", "rank", "light", "quadrant", "parts", "top_k", "rank_low", "rank_high",
        "any_weights",
    } == set(found["items"][0])  # fmt: skip
    assert {"value", "effort", "urgency", "risk"} == set(found["items"][0]["parts"])
    assert {"top_k", "rank_low", "rank_high"} == set(found["items"][0]["any_weights"])
    assert {"k", "draws", "seed", "ours", "any_weights", "word"} == set(found["stability"])


@pytest.mark.parametrize(
    ("model", "inputs", "score"),
    [
        ("wsjf", {"business_value": 13, "time_criticality": 8, "risk_opportunity": 5, "job_size": 8}, 3.25),
        ("rice", {"reach": 2000, "impact": 2, "confidence": 0.8, "effort": 3}, 1066.666667),
    ],
)
def test_another_models_json_has_its_inputs_and_null_for_what_is_the_grids(
    tmp_path: Path, model: str, inputs: dict[str, float], score: float
) -> None:
    """The same keys, numbers rounded to six decimals."""
    write(tmp_path, files(fields("assessed", scores={model: inputs}, title="T")))
    found = in_json(tmp_path, "--model", model)

    assert [
        {
            "id": "CI-0001", "title": "T", "status": "assessed", "score": score, "rank": 1, "light": None,
            "quadrant": None, "parts": inputs, "top_k": None, "rank_low": None, "rank_high": None, "any_weights": None,
        }
    ] == found["items"]  # fmt: skip
    assert (None, []) == (found["stability"], found["unscored"])


def test_an_empty_register_is_an_empty_list(tmp_path: Path) -> None:
    """With a stability of which nothing is known."""
    found = in_json(write(tmp_path, {}))

    assert ([], []) == (found["items"], found["unscored"])
    assert (None, None, None) == tuple(found["stability"][name] for name in ("ours", "any_weights", "word"))


def test_all_shows_every_open_one(tmp_path: Path) -> None:
    """Beyond those that wait to be started."""
    scores = {"value": 3, "effort": 3, "urgency": 3, "risk": 3}
    write(
        tmp_path,
        files(*(fields(status, id=f"CI-{n:04}", scores=scores) for n, status in enumerate(("planned", "review")))),
    )

    assert (["planned"], ["planned", "review"]) == tuple(
        sorted(row["status"] for row in in_json(tmp_path, *options)["items"]) for options in ((), ("--all",))
    )


def test_it_exits_0_whatever_it_finds(tmp_path: Path) -> None:
    """A broken configuration and broken files are check's."""
    write(tmp_path, {"cireg.yaml": "a: [\n", "improvements/CI-0001.yaml": "a: b: c\n", **files(grid(2, 5, 1, 5, 1))})
    done = call(tmp_path, "rank", *DAY)

    assert (0, "2 of 3 files could not be used: cireg check says why\n") == (done.code, done.err)
    assert "CI-0002" in done.out
