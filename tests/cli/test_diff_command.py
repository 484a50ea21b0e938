"""`cireg diff`: what a branch changes, told in words, as a comment and as data, over real repositories."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests import small_register
from tests.repositories import Repository
from tests.running import Ran, call

KPI = "kpis/answer-hours.yaml"
CSV = "kpis/answer-hours.csv"
READINGS = "period,value,note\n" + "".join(f"2026-{month:02},{30 + month},\n" for month in range(1, 11))
MEASURES = [
    {"kpi": "answer-hours", "role": "primary", "baseline": {"from": "2026-01", "to": "2026-06"},
     "target": {"change": "-25%", "tolerance": "2%"}}
]  # fmt: skip
ONE, TWO, THREE = (f"improvements/CI-000{number}.yaml" for number in (1, 2, 3))


def text(status: str = "proposed", identity: str = "CI-0001", **more: Any) -> str:
    """A file's text."""
    return small_register.text(small_register.fields(status, id=identity, **more))


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """A register of three improvements and a KPI on main, and a branch that has changed nothing yet."""
    made = Repository(tmp_path / "register")
    made.commit(
        {
            "cireg.yaml": small_register.CONFIG + "scoring: {top: 1}\n",
            KPI: small_register.KPI, CSV: READINGS,
            ONE: text("review", measures=MEASURES),
            TWO: text("assessed", "CI-0002"), THREE: text("assessed", "CI-0003"),
        }
    )  # fmt: skip
    made.git("switch", "-q", "-c", "branch")
    return made


def told(repository: Repository, *arguments: str) -> str:
    """What the command prints in one line, of everything that lies here against main."""
    ran = call(repository.folder, "diff", *(arguments or ("main",)))
    assert 0 == ran.code, ran.err
    return " ".join(ran.out.split())


def data(repository: Repository, *arguments: str) -> dict[str, Any]:
    """The same as JSON."""
    ran = call(repository.folder, "diff", *(arguments or ("main",)), "--format", "json")
    assert 0 == ran.code, ran.err
    found: dict[str, Any] = json.loads(ran.out)
    return found


def test_nothing_changed_is_said_in_a_sentence(repository: Repository) -> None:
    """Also when files were only laid out anew, or changed beside the register."""
    repository.write({"README.md": "x", ONE: text("review", measures=MEASURES) + "# a comment\n"})
    assert "Nothing of the register changes." == told(repository)


def test_a_changed_target_is_told_as_people_say_it(repository: Repository) -> None:
    """With what it breaks, and the place."""
    lower = [{**MEASURES[0], "target": {"change": "-15%", "tolerance": "2%"}}]
    repository.commit({ONE: text("review", measures=lower)})
    shown = told(repository)
    assert "target of answer-hours lowered from 25 % to 15 %" in shown
    assert "error CI811 moved-goalposts" in shown
    assert "1 changed improvement; 1 new error." in shown


def test_a_log_entry_makes_a_changed_goal_a_remark(repository: Repository) -> None:
    """It is told, and it fails nothing."""
    lower = [{**MEASURES[0], "target": {"change": "-15%", "tolerance": "2%"}}]
    log = [{"on": "2026-11-22", "note": "The survey was wrong.", "by": "data-analyst"}]
    repository.commit({ONE: text("review", measures=lower, log=log)})
    assert [("moved-goalposts", "info")] == [(each["rule"], each["severity"]) for each in data(repository)["broken"]]


def test_scores_ranks_and_who_is_displaced_are_told(repository: Repository) -> None:
    """The first of the list is another one now."""
    scores = {"value": 5, "effort": 1, "risk": 1, "urgency": 5, "on": "2026-11-11", "by": "improvement-manager"}
    repository.commit(
        {THREE: text("assessed", "CI-0003", scores=scores), TWO: text("assessed", "CI-0002", owner="head-of-it")}
    )
    shown = told(repository)
    assert "score for value raised from 4 to 5" in shown
    found = data(repository)
    two, three = found["items"]
    assert (1, 2, 1, 1) == (
        two["before"]["rank"],
        two["after"]["rank"],
        three["before"]["rank"],
        three["after"]["rank"],
    )
    assert three["before"]["score"] < three["after"]["score"]
    assert [("CI-0002", 1, 2)] == [(each["id"], each["before"], each["after"]) for each in found["displaced"]]
    assert "owner added: head-of-it" in shown


def test_a_proposal_is_shown_with_what_it_resembles_and_what_it_lacks(repository: Repository) -> None:
    """So that a reviewer can say at once that it is there already."""
    new = text("proposed", "CI-0004", title=small_register.title("CI-0002"))
    repository.commit({"improvements/CI-0004.yaml": new})
    (item,) = data(repository)["items"]
    assert ("new", "assessed", {"before": None, "after": "proposed"}) == (item["kind"], item["next"], item["status"])
    assert "CI-0002" == item["alike"][0]["id"]
    shown = told(repository)
    assert "resembles CI-0002" in shown
    assert "next gate, assessed: lacks " in shown


def test_a_move_is_told_with_its_day_and_its_note(repository: Repository) -> None:
    """And the gate that comes after it."""
    repository.commit({TWO: text("rejected", "CI-0002")})
    shown = told(repository)
    assert "from assessed to rejected" in shown
    assert "rejected on 2026-11-16 by improvement-manager: Not now." in shown


def test_readings_added_and_corrected_change_a_verdict(repository: Repository) -> None:
    """Of an improvement whose own file is as it was."""
    live = text("review", measures=MEASURES, action={"live": "2026-07-01"})
    repository.commit({ONE: live})
    repository.git("branch", "-f", "main")
    lower = READINGS.replace("2026-05,35,", "2026-05,36,was 35: counted twice")
    for month in (7, 8, 9, 10):
        lower = lower.replace(f"2026-{month:02},{30 + month},", f"2026-{month:02},{8 + month},was {30 + month}")
    repository.commit({CSV: lower})
    found = data(repository)
    (item,) = found["items"]
    assert ("CI-0001", True) == (item["id"], item["verdict"]["before"] != item["verdict"]["after"])
    (kpi,) = found["kpis"]
    first = kpi["readings"][0]
    assert ("2026-05", "corrected", "35", "36") == (first["period"], first["kind"], first["before"], first["after"])
    assert "2026-05 corrected from 35 to 36 (was 35: counted twice)" in told(repository)
    assert [] == found["broken"]


def test_a_deleted_and_a_renamed_file_are_told_apart(repository: Repository) -> None:
    """By the id inside the file."""
    moved = "improvements/desk/CI-0003-with-words.yaml"
    repository.commit({TWO: None, THREE: None, moved: text("assessed", "CI-0003", owner="head-of-it")})
    shown = told(repository)
    assert "CI816 deleted" in shown
    assert f"the file moved from {THREE} to {moved}" in shown
    assert ["removed", "changed"] == [each["kind"] for each in data(repository)["items"]]


def test_findings_appear_and_go(repository: Repository) -> None:
    """A line that only moved is none; an old one is counted."""
    repository.commit({TWO: text("assessed", "CI-0002", owner="nobody-known"), THREE: text("proposed", "CI-0003")})
    repository.git("branch", "-f", "main")
    repository.commit({TWO: "# moved\n" + text("assessed", "CI-0002", owner="nobody-known"),
                       ONE: text("review", measures=MEASURES, sponsor="who-else")})  # fmt: skip
    found = data(repository)
    assert ["unknown-person"] == [each["rule"] for each in found["appeared"]]
    assert [] == found["gone"]
    assert found["old"] >= 1
    repository.commit({TWO: text("assessed", "CI-0002")})
    assert ["unknown-person"] == [each["rule"] for each in data(repository)["gone"]]


def test_it_compares_with_where_the_branch_left_unless_told_otherwise(repository: Repository) -> None:
    """What others did on main meanwhile is not this branch's doing."""
    repository.commit({TWO: text("assessed", "CI-0002", owner="head-of-it")})
    repository.git("switch", "-q", "main")
    repository.commit({THREE: text("assessed", "CI-0003", owner="head-of-it")})
    repository.git("switch", "-q", "branch")
    assert ["CI-0002"] == [each["id"] for each in data(repository)["items"]]
    assert ["CI-0002"] == [each["id"] for each in data(repository, "main", "branch")["items"]]
    assert ["CI-0002", "CI-0003"] == [each["id"] for each in data(repository, "main", "--exact")["items"]]
    assert ["CI-0003"] == [each["id"] for each in data(repository, "branch", "main")["items"]]


def test_a_squash_and_a_rebase_change_what_they_say(repository: Repository) -> None:
    """Against the base that they stand on."""
    repository.commit({TWO: text("assessed", "CI-0002", owner="head-of-it")})
    repository.git("switch", "-q", "main")
    repository.git("merge", "-q", "--squash", "branch")
    repository.commit({})
    assert "Nothing of the register changes." == told(repository, "main", "branch", "--exact")
    repository.git("switch", "-q", "branch")
    repository.git("rebase", "-q", "main")
    assert "Nothing of the register changes." == told(repository)


def test_a_revert_is_a_warning_that_names_the_commit(repository: Repository) -> None:
    """However much it takes back, it breaks no other rule."""
    before = repository.git("rev-parse", "main")
    repository.git("switch", "-q", "main")
    repository.commit({ONE: text("closed", measures=MEASURES)}, subject="close it")
    repository.git("switch", "-q", "-C", "branch")
    repository.git("revert", "--no-edit", "HEAD")
    found = data(repository)["broken"]
    assert [("reverted", "warning", ONE)] == [(each["rule"], each["severity"], each["path"]) for each in found]
    assert before[:12] in found[0]["message"]


def test_an_id_that_was_once_used_is_not_used_again(repository: Repository) -> None:
    """Git remembers what is gone."""
    repository.git("switch", "-q", "main")
    repository.commit({TWO: None})
    repository.git("switch", "-q", "-C", "branch")
    repository.commit({TWO: text("proposed", "CI-0002", title="Something else", opportunity="New.")})
    (found,) = data(repository)["broken"]
    assert ("id-taken", TWO) == (found["rule"], found["path"])
    assert "CI-0002 stood for an improvement of 2026-11-23 that is gone" == found["message"]


def test_two_files_that_swap_their_names_change_nothing_else(repository: Repository) -> None:
    """Each is followed by its id."""
    repository.commit({TWO: text("assessed", "CI-0003"), THREE: text("assessed", "CI-0002")})
    found = data(repository)
    assert [("CI-0002", THREE), ("CI-0003", TWO)] == [(each["id"], each["path"]) for each in found["items"]]
    assert [] == found["broken"]


def test_a_register_that_is_new_on_the_branch_is_all_new(tmp_path: Path) -> None:
    """In a repository that had something else before."""
    made = Repository(tmp_path / "all")
    made.commit({"README.md": "x"})
    made.git("branch", "old")
    made.commit({"it/cireg.yaml": small_register.CONFIG, "it/" + ONE: text()})
    ran = call(made.folder / "it", "diff", "old", "--format", "json")
    (item,) = json.loads(ran.out)["items"]
    assert ("CI-0001", "new", "it/" + ONE) == (item["id"], item["kind"], item["path"])


def test_what_cannot_be_compared_is_refused_with_the_way_out(repository: Repository, tmp_path: Path) -> None:
    """A clone without the history, no common ancestor, a revision that is none, no repository."""
    repository.commit({TWO: text("assessed", "CI-0002", owner="head-of-it")})
    shallow = repository.clone(tmp_path / "shallow", "--depth=1", "--no-single-branch")
    ran = call(shallow.folder, "diff", "origin/main")
    assert (2, True) == (ran.code, "fetch-depth: 0" in ran.err)
    ran = call(shallow.folder, "diff", "origin/main", "--exact", "--format", "json")
    assert ["CI-0002"] == [each["id"] for each in json.loads(ran.out)["items"]]
    repository.git("switch", "-q", "--orphan", "alone")
    repository.commit({"cireg.yaml": small_register.CONFIG})
    assert "--exact compares" in call(repository.folder, "diff", "main").err
    assert 2 == call(repository.folder, "diff", "--", "--output=pwned").code
    assert not (repository.folder / "pwned").exists()
    folder = small_register.write(tmp_path / "plain", {})
    assert 2 == call(folder, "diff", "main", GIT_CEILING_DIRECTORIES=str(tmp_path)).code


ATTACK = (
    "@everyone see #1, GH-2, fixes https://forge.example/a/b/issues/3 ```\n<details> | </table> ![x](//e.example/b) "
    "!4 %5 ~6"
)


def test_a_comment_calls_nobody_and_refers_to_nothing(repository: Repository) -> None:
    """Whatever a contributor wrote, in whichever field."""
    new = text("proposed", "CI-0004", title=ATTACK.replace("\n", " "), tags=[ATTACK[:30]], on_behalf_of=ATTACK[:60])
    moved = [{"on": "2026-11-12", "status": "proposed", "by": "@admin", "note": ATTACK}]
    repository.commit(
        {"improvements/CI-0004.yaml": new, "improvements/@team #7.yaml": text("proposed", "CI-0005", history=moved)}
    )
    ran = call(repository.folder, "diff", "main", "--format", "markdown")
    assert 0 == ran.code
    for active in ("@e", "@a", "@t", "#1", "#7", "GH-2", "://", "<d", "</t", "![", "!4", "%5", "~6", "```"):
        assert active not in ran.out, active
    assert "everyone" in ran.out
    assert all(line.startswith(("#", "- ", "  - ", "Against", "2 new")) for line in ran.out.splitlines() if line)


def test_a_comment_is_cut_by_whole_rows_at_what_a_forge_takes(repository: Repository) -> None:
    """And says how much it left out."""
    titles = {f"CI-1{number:03}": f"{number} " + "\u00e4\u4e2d" * 90 for number in range(120)}
    repository.commit(
        {f"improvements/{each}.yaml": text("proposed", each, title=title) for each, title in titles.items()}
    )
    ran = call(repository.folder, "diff", "main", "--format", "markdown")
    assert 60_000 < len(ran.out.encode()) <= 65_536
    assert "more rows are left out: a comment takes no more" in ran.out
    rows = [line for line in ran.out.splitlines() if line.startswith("- **CI-")]
    assert all(line.endswith("\u4e2d") for line in rows)


def test_a_terminal_and_a_runner_obey_nothing(repository: Repository) -> None:
    """Escapes are shown, and a line is no command of a workflow."""
    repository.commit({"improvements/CI-0004.yaml": text("proposed", "CI-0004", title="::error::x"),
                       "improvements/\x1b[2J.yaml": text("proposed", "CI-0005")})  # fmt: skip
    ran: Ran = call(repository.folder, "diff", "main", GITHUB_ACTIONS="true", COLUMNS="60")
    assert "\x1b[2J" not in ran.out
    assert not [line for line in ran.out.splitlines() if line.lstrip().startswith(("::", "##["))]


def test_two_runs_print_the_same(repository: Repository) -> None:
    """Byte for byte, in every format."""
    repository.commit(
        {TWO: None, ONE: text("closed", measures=MEASURES), KPI: small_register.KPI.replace("lower", "higher")}
    )
    for form in ("text", "markdown", "json"):
        first, second = (call(repository.folder, "diff", "main", "--format", form).out for _ in range(2))
        assert first == second
