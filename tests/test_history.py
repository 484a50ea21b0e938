"""History from git: in every shape that a repository comes in, the right days or a plain refusal."""

from __future__ import annotations

import json
import re
from datetime import UTC, date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from cireg.errors import CiregError
from cireg.files import Cache
from cireg.git import Git
from cireg.history import History, NoHistory, read_history
from tests import small_register
from tests.repositories import Repository

ITEM = "improvements/CI-0001.yaml"
OTHER = "improvements/CI-0002.yaml"


def text(identity: str = "CI-0001", status: str = "proposed", **more: object) -> str:
    """A file's text, as short as history takes it."""
    return f"id: {identity}\nstatus: {status}\n" + "".join(f"{name}: {value}\n" for name, value in more.items())


def day(number: int) -> str:
    """Noon of a day in June."""
    return f"2026-06-{number:02}T12:00:00Z"


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """A register of nothing yet."""
    made = Repository(tmp_path / "register")
    made.commit({"cireg.yaml": small_register.CONFIG}, at=day(1))
    return made


def told(repository: Repository, rev: str = "HEAD", cache: Cache | None = None) -> History | NoHistory:
    """The history up to a revision."""
    git = Git(repository.folder)
    return read_history(git, git.resolve(rev), UTC, cache)


def known(repository: Repository, rev: str = "HEAD") -> History:
    """The history, which there has to be."""
    found = told(repository, rev)
    assert isinstance(found, History), found
    return found


def statuses(repository: Repository, identity: str = "CI-0001") -> list[tuple[str, int]]:
    """Each status with the day in June on which git saw it."""
    return [(each.status, each.day.day if each.day else 0) for each in known(repository).lives[identity].statuses]


def test_each_status_is_known_with_its_day_its_commit_and_who(repository: Repository) -> None:
    """A commit that leaves the status as it is adds none."""
    first = repository.commit({ITEM: text()}, at=day(2), who="desk")
    repository.commit({ITEM: text(title="x")}, at=day(3), who="lead")
    second = repository.commit({ITEM: text(status="assessed")}, at=day(4), who="lead", subject="assess: it :100644")
    life = known(repository).lives["CI-0001"]
    expected = [("proposed", date(2026, 6, 2), first, "desk"), ("assessed", date(2026, 6, 4), second, "lead")]
    assert expected == [(each.status, each.day, each.commit.id, each.commit.author) for each in life.statuses]
    assert (3, "lead@example.org", "assess: it :100644") == (
        len(life.commits), life.commits[-1].commit.email, life.commits[-1].commit.subject,
    )  # fmt: skip
    assert (life.first_seen, life.statuses[1], None) == (
        life.first("proposed"),
        life.first("assessed"),
        life.first("x"),
    )


def test_a_day_is_the_committer_s_in_the_zone_of_the_register(repository: Repository) -> None:
    """What an author's clock says does not count, and a commit from beyond the calendar has no day."""
    commit = repository.commit({ITEM: text()}, at="2026-06-02T23:30:00Z")
    found = read_history(Git(repository.folder), commit, ZoneInfo("Europe/London"))
    assert isinstance(found, History)
    assert date(2026, 6, 3) == found.lives["CI-0001"].first_seen.day
    tree, parent = repository.git("write-tree"), commit
    raw = f"tree {tree}\nparent {parent}\nauthor a <a@x> 1 +0000\ncommitter a <a@x> 99999999999999 +0000\n\nx\n"
    repository.write({ITEM: text(status="assessed")})
    repository.git("add", ".")
    raw = raw.replace(tree, repository.git("write-tree"))
    forged = repository.git("hash-object", "-t", "commit", "-w", "--stdin", "--literally", input_=raw.encode())
    repository.git("update-ref", "HEAD", forged)
    assert [("proposed", 2), ("assessed", 0)] == statuses(repository)


def test_a_merge_brings_what_it_merges_on_its_own_day(repository: Repository) -> None:
    """Not when somebody wrote it on a branch: what counts is when it came to this one."""
    repository.commit({ITEM: text()}, at=day(2))
    repository.git("switch", "-q", "-c", "branch")
    repository.commit({ITEM: text(status="assessed"), OTHER: text("CI-0002")}, at=day(3))
    repository.commit({ITEM: text(status="planned")}, at=day(4))
    repository.git("switch", "-q", "main")
    repository.commit({"notes.txt": "x"}, at=day(5))
    repository.git("merge", "-q", "--no-ff", "-m", "merge", "branch", at=day(6))
    assert [("proposed", 2), ("planned", 6)] == statuses(repository)
    assert [("proposed", 6)] == statuses(repository, "CI-0002")


def test_a_squash_and_a_rebase_count_from_when_they_came(repository: Repository) -> None:
    """Both write the branch's work anew."""
    repository.commit({ITEM: text()}, at=day(2))
    repository.git("switch", "-q", "-c", "branch")
    repository.commit({OTHER: text("CI-0002")}, at=day(3))
    repository.commit({OTHER: text("CI-0002", "assessed")}, at=day(4))
    repository.git("switch", "-q", "main")
    repository.git("merge", "-q", "--squash", "branch", at=day(7))
    repository.commit({}, at=day(7))
    assert [("assessed", 7)] == statuses(repository, "CI-0002")
    repository.git("reset", "-q", "--hard", "HEAD~1")
    repository.commit({"notes.txt": "x"}, at=day(5))
    repository.git("switch", "-q", "branch")
    repository.git("rebase", "-q", "main", at=day(8))
    assert [("proposed", 8), ("assessed", 8)] == statuses(repository, "CI-0002")


def test_a_renamed_and_edited_file_is_the_same_improvement(repository: Repository) -> None:
    """By the id inside it, however little of the file is left."""
    repository.commit({ITEM: text(title="One")}, at=day(2))
    moved = "improvements/desk/CI-0001-other-words.yaml"
    repository.commit({ITEM: None, moved: text(status="assessed", title="Two", tags="[a, b, c, d]")}, at=day(3))
    assert [("proposed", 2), ("assessed", 3)] == statuses(repository)
    assert moved == known(repository).lives["CI-0001"].commits[-1].path
    assert known(repository).lives["CI-0001"].removed is None


def test_two_files_that_swap_their_names_keep_their_histories(repository: Repository) -> None:
    """Git shows two changed files; their ids tell what happened."""
    repository.commit({ITEM: text(), OTHER: text("CI-0002", "assessed")}, at=day(2))
    repository.commit({ITEM: text("CI-0002", "assessed"), OTHER: text()}, at=day(3))
    assert [("proposed", 2)] == statuses(repository)
    assert [("assessed", 2)] == statuses(repository, "CI-0002")


def test_what_was_deleted_and_made_again_is_seen_as_both(repository: Repository) -> None:
    """It was first seen when it first came; while it is gone, that is known too."""
    repository.commit({ITEM: text()}, at=day(2))
    repository.commit({ITEM: None}, at=day(3))
    removed = known(repository).lives["CI-0001"].removed
    assert removed is not None
    assert (date(2026, 6, 3), "proposed") == (removed.day, removed.status)
    repository.commit({ITEM: text(status="rejected")}, at=day(4))
    assert [("proposed", 2), ("rejected", 4)] == statuses(repository)
    assert known(repository).lives["CI-0001"].removed is None


def test_after_a_force_push_only_what_is_there_counts(repository: Repository) -> None:
    """The figures are those of a commit, and of nothing else that lies around."""
    repository.commit({ITEM: text()}, at=day(2))
    old = repository.commit({ITEM: text(status="assessed")}, at=day(3))
    repository.git("reset", "-q", "--hard", "HEAD~2")
    repository.commit({ITEM: text(status="rejected")}, at=day(4))
    assert [("rejected", 4)] == statuses(repository)
    assert ["proposed", "assessed"] == [each.status for each in known(repository, old).lives["CI-0001"].statuses]


def test_a_cut_off_clone_gives_no_figures_and_says_how_to_have_them(repository: Repository, tmp_path: Path) -> None:
    """Every file of a shallow clone would seem as young as its oldest commit."""
    repository.commit({ITEM: text()}, at=day(2))
    repository.git("config", "uploadpack.allowFilter", "true")
    shallow = told(repository.clone(tmp_path / "shallow", "--depth=1"))
    partial = told(repository.clone(tmp_path / "partial", "--filter=blob:none"))
    assert isinstance(shallow, NoHistory)
    assert isinstance(partial, NoHistory)
    assert (True, True) == (shallow.cut_off, partial.cut_off)
    assert "fetch-depth: 0" in shallow.hint
    assert "--no-filter" in partial.hint


def test_a_register_in_a_folder_a_linked_work_tree_and_a_sparse_one_have_their_history(tmp_path: Path) -> None:
    """What lies in the work tree does not matter, nor what lies beside the register."""
    made = Repository(tmp_path / "all")
    made.commit({"it/cireg.yaml": small_register.CONFIG, f"it/{ITEM}": text(), OTHER: text("CI-0002")}, at=day(2))
    made.git("worktree", "add", "-q", "--detach", str(tmp_path / "linked"))
    sparse = made.clone(tmp_path / "sparse")
    sparse.git("sparse-checkout", "set", "--no-cone", "/it/cireg.yaml")
    for folder in (made.folder, tmp_path / "linked", sparse.folder):
        found = known(Repository(folder / "it", make=False))
        assert (["CI-0001"], ITEM) == (list(found.lives), found.lives["CI-0001"].first_seen.path)


def test_outside_a_repository_and_before_the_first_commit_there_is_no_history(tmp_path: Path) -> None:
    """Neither is anybody's fault."""
    assert told(Repository(tmp_path / "new")) == NoHistory("nothing is committed yet", "commit the register")
    (tmp_path / "plain").mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
        found = told(Repository(tmp_path / "plain", make=False))
        patch.setenv("PATH", str(tmp_path))
        assert found == told(Repository(tmp_path / "new", make=False))
    assert NoHistory("this is not a git repository", "git init, then commit the register") == found


def test_a_repository_that_git_does_not_trust_is_an_error_with_the_way_out(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is git's refusal, and never got round."""
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    monkeypatch.setattr("cireg.git.process._KEPT", re.compile("GIT_TEST_.+"))
    with pytest.raises(CiregError, match="git does not trust") as error:
        told(repository)
    assert "safe.directory" in str(error.value.hint)


def test_files_that_are_no_improvements_are_passed_over(repository: Repository) -> None:
    """Broken, too large, a link, not YAML, or with the same id as another."""
    repository.write({ITEM: text(), OTHER: "id: [", "improvements/CI-0003.yaml": "x" * 300_000})
    repository.write({"improvements/CI-0004.yaml": text(), "improvements/notes.txt": text("CI-0005")})
    (repository.folder / "improvements/CI-0006.yaml").symlink_to("CI-0001.yaml")
    repository.commit({"improvements/\u00e4\n--output=x.yaml": text("CI-0007")}, at=day(2))
    assert ["CI-0001", "CI-0007"] == list(known(repository).lives)
    assert 1 == len(known(repository).lives["CI-0001"].commits)


def test_a_goal_that_moves_after_go_live_is_kept_for_ever(repository: Repository) -> None:
    """The target, the baseline, or what the KPI means; whether the log says why is told."""
    measure = "[{kpi: hours, role: primary, baseline: {figure: 9}, target: {value: 5}}]"
    kpi = "id: hours\nunit: hours\nbetter: lower\n"
    live = "{live: 2026-06-01}"
    repository.commit({ITEM: text(measures=measure), "kpis/hours.yaml": kpi}, at=day(2))
    repository.commit({ITEM: text(measures=measure.replace("9", "10"))}, at=day(3))  # not live yet
    repository.commit({ITEM: text(measures=measure.replace("9", "10"), action=live)}, at=day(4))
    repository.commit({ITEM: text(measures=measure.replace("9", "10").replace("5", "7"), action=live)}, at=day(5))
    log = "[{on: 2026-06-06, note: The survey was wrong.}]"
    repository.commit({ITEM: text(measures=measure.replace("5", "7"), action=live, log=log)}, at=day(6))
    repository.commit({"kpis/hours.yaml": kpi.replace("lower", "higher")}, at=day(7))
    found = known(repository).lives["CI-0001"].shifts
    assert [
        ("hours", "target", {"value": 5}, {"value": 7}, False),
        ("hours", "baseline", {"figure": 10}, {"figure": 9}, True),
        ("hours", "better", "lower", "higher", False),
    ] == [(each.kpi, each.what, each.before, each.after, each.logged) for each in found]


def test_a_branch_rewritten_by_replacement_objects_is_told_as_it_is(repository: Repository) -> None:
    """Git can be told to show one commit for another; a witness that obeys is none."""
    first = repository.commit({ITEM: text()}, at=day(2))
    second = repository.commit({ITEM: text(status="assessed")}, at=day(3))
    repository.git("replace", second, first)
    assert [("proposed", 2), ("assessed", 3)] == statuses(repository)


# The cache


def test_what_is_in_the_cache_is_not_read_again(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One process then, and the same answer as without it."""
    repository.commit({ITEM: text()}, at=day(2))
    cache = Cache(tmp_path / "cache", "blobs")
    cold = told(repository, cache=cache)
    asked: list[str] = []
    run = Git.run

    def count(git: Git, *arguments: str, input_: bytes = b"") -> object:
        asked.append(arguments[0])
        return run(git, *arguments, input_=input_)

    monkeypatch.setattr(Git, "run", count)
    assert cold == told(repository, cache=cache)
    assert "cat-file" not in asked
    assert 1 == asked.count("log")


def test_a_torn_a_forged_and_a_missing_cache_change_nothing(repository: Repository, tmp_path: Path) -> None:
    """Whatever others may have written is not believed."""
    repository.commit({ITEM: text()}, at=day(2))
    expected = told(repository)
    cache = Cache(tmp_path / "cache", "blobs")
    told(repository, cache=cache)
    (file,) = (tmp_path / "cache").iterdir()
    whole = file.read_bytes()
    assert 0o600 == file.stat().st_mode & 0o777
    for content in (whole[:-3], b"", whole.replace(b"proposed", b"rejected"), b"x\n[]", b"\xff"):
        file.write_bytes(content)
        assert {} == cache.load()
        assert expected == told(repository, cache=cache)
    assert cache.load()
    file.chmod(0o666)
    assert {} == cache.load()
    file.chmod(0o600)
    file.parent.chmod(0o777)
    assert {} == cache.load()
    file.parent.chmod(0o700)
    file.unlink()
    file.symlink_to(tmp_path / "elsewhere")
    (tmp_path / "elsewhere").write_bytes(whole)
    assert {} == cache.load()


def test_a_cache_that_cannot_be_kept_is_done_without(repository: Repository, tmp_path: Path) -> None:
    """A folder that is none, or no folder at all."""
    repository.commit({ITEM: text()}, at=day(2))
    (tmp_path / "file").write_text("x", encoding="utf-8")
    for folder in (tmp_path / "file", tmp_path / "file" / "below", None):
        cache = Cache(folder, "blobs")
        assert told(repository) == told(repository, cache=cache)
        assert {} == cache.load()
    assert ["file", "register"] == sorted(each.name for each in tmp_path.iterdir())


def test_each_decision_on_the_plan_is_known_with_the_commit_that_brought_it(repository: Repository) -> None:
    """However the list is ordered afterwards, and whatever else is decided later."""
    yes, no = "{by: a, decision: approved, on: 2026-06-02}", "{on: 2026-06-03, by: b, decision: declined}"
    repository.commit({ITEM: text(plan=f"{{approvals: [{yes}]}}")}, at=day(2), who="first")
    repository.commit({ITEM: text(plan=f"{{approvals: [{no}, {yes}]}}")}, at=day(3), who="second")
    found = known(repository).lives["CI-0001"].decisions

    assert [("a", "first"), ("b", "second")] == sorted(
        (json.loads(key)["by"], seen.commit.author) for key, seen in found.items()
    )
