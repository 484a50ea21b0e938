"""`cireg renumber` in real repositories: who gets the new id, what follows it, and what keeps to the other one."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest

from tests.repositories import Repository, register
from tests.running import Ran, call
from tests.small_register import fields, files, text

ELDER = {"improvements/CI-0002-elder.yaml": text(fields(id="CI-0002", title="Lend laptops from a locker"))}
PART = "improvements/CI-0003-part.yaml"
OWN = "improvements/CI-0002-own-idea.yaml"
NEW = "improvements/CI-0004-own-idea.yaml"


def own(**more: Any) -> str:
    """The improvement of one's own branch, raised a day later."""
    history = [{"on": "2026-11-20", "status": "proposed", "by": "anonymous"}]
    data = fields(id="CI-0002", title="Answer the portal sooner", history=history, **more)
    return "# a note\n" + text(data)


def linking(identity: str, **links: Any) -> str:
    """An improvement with these links."""
    return text(fields(id=identity, links=links)) + "# kept\n"


@pytest.fixture
def branch(tmp_path: Path) -> Repository:
    """A branch with an improvement and a part of it; main has given the same number to another one meanwhile."""
    made = register(tmp_path / "register")
    made.git("switch", "-q", "-c", "mine")
    first = linking("CI-0001", relates_to=["CI-0002"])
    made.commit({OWN: own(), PART: linking("CI-0003", part_of="CI-0002"), "improvements/CI-0001.yaml": first})
    made.git("switch", "-q", "main")
    made.commit(ELDER)
    made.git("switch", "-q", "mine")
    return made


def renumber(made: Repository, *arguments: str) -> Ran:
    """The command, in the register's folder."""
    return call(made.folder, "renumber", *arguments, GIT_CONFIG_NOSYSTEM="1", GIT_CONFIG_GLOBAL="/dev/null")


def ids(folder: Path) -> dict[str, str]:
    """The id in each file."""
    found = {}
    for path in sorted((folder / "improvements").iterdir()):
        match = re.search(r'^id: "?([A-Z]+-[0-9]+)', path.read_text(encoding="utf-8"), re.MULTILINE)
        found[path.name] = match[1] if match else ""
    return found


def links(made: Repository, path: str) -> str:
    """The links of a file, as they are written."""
    content = (made.folder / path).read_text(encoding="utf-8")
    return next(line for line in content.splitlines() if line.startswith("links"))


def test_on_its_branch_the_new_one_takes_its_parts_along(branch: Repository) -> None:
    """A file that main has too goes on meaning main's; every other byte stays, and both can be merged."""
    ran = renumber(branch, OWN)

    assert (0, [f"CI-0002 -> CI-0004  {NEW}", f"CI-0002 -> CI-0004  {PART}: links.part_of"]) == (
        ran.code,
        ran.out.splitlines(),
    )
    assert "These go on meaning the other CI-0002:\n  improvements/CI-0001.yaml: links.relates_to[1]\n" in ran.err
    assert own().replace('"CI-0002"', "CI-0004") == (branch.folder / NEW).read_text(encoding="utf-8")
    assert linking("CI-0003", part_of="CI-0004").replace('"CI-0004"', "CI-0004") == (branch.folder / PART).read_text(
        encoding="utf-8"
    )
    for step in [shlex.split(line)[1:] for line in ran.err.splitlines() if line.startswith("  git ")]:
        branch.git(*step)
    assert "" == branch.git("status", "--porcelain")
    branch.git("merge", "-q", "--no-edit", "main")
    assert 0 == call(branch.folder, "check", "--today", "2026-11-23").code


@pytest.mark.parametrize("way", ["merge", "squash"])
def test_on_main_what_came_with_it_follows(branch: Repository, way: str) -> None:
    """By a merge, or by one commit; check names the younger one and prints the command."""
    branch.git("switch", "-q", "main")
    branch.git("merge", "-q", *(["--squash"] if way == "squash" else ["--no-ff", "--no-edit"]), "mine")
    branch.commit({}, subject="What a squash has staged")
    branch.commit({"improvements/CI-0005.yaml": linking("CI-0005", relates_to=["CI-0002"])})
    printed = re.findall(r"cireg (renumber \S+)", call(branch.folder, "check", "--today", "2026-11-23").out)
    ran = renumber(branch, *shlex.split(printed[0])[1:])

    assert [f"renumber {OWN}"] == printed
    assert 0 == ran.code, ran.err
    assert "CI-0006" == ids(branch.folder)["CI-0006-own-idea.yaml"]
    assert 'links: {"part_of": CI-0006}' == links(branch, PART)
    assert 'links: {"relates_to": ["CI-0002"]}' == links(branch, "improvements/CI-0005.yaml")
    assert 'links: {"relates_to": ["CI-0002"]}' == links(branch, "improvements/CI-0001.yaml")
    assert "[duplicate-id]" not in call(branch.folder, "check", "--today", "2026-11-23").out


def test_while_main_is_being_merged_its_files_keep_to_their_own(branch: Repository) -> None:
    """They are new in the work tree too, but they did not come with it."""
    branch.git("switch", "-q", "main")
    branch.commit({"improvements/CI-0005.yaml": linking("CI-0005", part_of="CI-0002")})
    branch.git("switch", "-q", "mine")
    branch.git("merge", "-q", "--no-commit", "--no-ff", "main")
    ran = renumber(branch, OWN)

    assert 0 == ran.code, ran.err
    assert 'links: {"part_of": "CI-0002"}' == links(branch, "improvements/CI-0005.yaml")
    assert 'links: {"part_of": CI-0006}' == links(branch, PART)


def test_two_files_of_the_same_name_are_told_apart(tmp_path: Path) -> None:
    """Written on both sides, they are two improvements; a file that main had before is one."""
    made = register(tmp_path / "register")
    made.git("switch", "-q", "-c", "mine")
    made.commit({OWN: own()})
    made.git("switch", "-q", "main")
    made.commit({OWN: own(opportunity="Another idea of the same name.")})
    made.git("switch", "-q", "mine")
    made.commit({"improvements/CI-0001.yaml": linking("CI-0001")})
    refused = renumber(made, "improvements/CI-0001.yaml")

    assert (2, True) == (refused.code, "nothing else is known to have the id CI-0001" in refused.err)
    assert 0 == renumber(made, OWN).code
    assert ["CI-0001.yaml", "CI-0003-own-idea.yaml"] == sorted(ids(made.folder))


def test_what_nobody_else_has_keeps_its_id(tmp_path: Path) -> None:
    """Unless it is said twice."""
    made = register(tmp_path / "register")
    refused = renumber(made, "improvements/CI-0001.yaml")
    untouched = ids(made.folder)
    forced = renumber(made, "improvements/CI-0001.yaml", "--force")

    assert (2, {"CI-0001.yaml": "CI-0001"}) == (refused.code, untouched)
    assert (0, {"CI-0002.yaml": "CI-0002"}) == (forced.code, ids(made.folder))


def test_a_draft_that_git_does_not_have_yet_takes_its_parts_along(tmp_path: Path) -> None:
    """Whatever else is new follows; the next steps do not name a file that git never had."""
    made = register(tmp_path / "register")
    made.commit(ELDER)
    made.write({OWN: own(), PART: linking("CI-0003", follows="CI-0002")})
    ran = renumber(made, OWN)

    assert 0 == ran.code, ran.err
    assert 'links: {"follows": CI-0004}' == links(made, PART)
    assert f"  git add {NEW} {PART}" in ran.err.splitlines()


def test_numbers_of_other_branches_are_taken(branch: Repository) -> None:
    """As `new` does it."""
    branch.git("switch", "-q", "-c", "third", "main")
    branch.commit({"improvements/CI-0041-third.yaml": text(fields(id="CI-0041"))})
    branch.git("switch", "-q", "mine")
    renumber(branch, OWN)

    assert "CI-0042" == ids(branch.folder)["CI-0042-own-idea.yaml"]


def test_where_nobody_can_tell_what_is_meant_nothing_follows(tmp_path: Path) -> None:
    """Outside git, and where both came on one branch: the references are listed."""
    made = register(tmp_path / "register")
    made.git("switch", "-q", "-c", "mine")
    made.commit({**ELDER, OWN: own(), PART: linking("CI-0003", part_of="CI-0002")})
    ran = renumber(made, OWN)

    assert (0, 1) == (ran.code, len(ran.out.splitlines()))
    assert f"  {PART}: links.part_of" in ran.err.splitlines()

    folder = tmp_path / "outside"
    for path, content in {**files(fields()), **ELDER, OWN: own(), PART: linking("CI-0003", part_of="CI-0002")}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(content, encoding="utf-8")
    (folder / "cireg.yaml").write_text("version: 1\nname: x\n", encoding="utf-8")
    outside = call(folder, "renumber", OWN, GIT_CEILING_DIRECTORIES=str(tmp_path))
    assert (0, True) == (outside.code, f"  {PART}: links.part_of" in outside.err.splitlines())


def test_texts_that_name_the_old_id_are_left_to_people(branch: Repository) -> None:
    """They are listed."""
    branch.commit({OWN: own(opportunity="See CI-0002 and CI-00021.", log=[{"on": "2026-11-20", "note": "xCI-0002"}])})
    ran = renumber(branch, OWN)

    assert f"These texts name CI-0002; see which one they mean:\n  {OWN}: opportunity\n" in ran.err


def test_a_dry_run_shows_it_all_and_writes_nothing(branch: Repository) -> None:
    """From any folder of the register; a file that is not there is named."""
    before = ids(branch.folder)
    ran = call(branch.folder / "improvements", "renumber", "CI-0002-own-idea.yaml", "--dry-run")
    missing = renumber(branch, "improvements/CI-0009.yaml")

    assert (0, before) == (ran.code, ids(branch.folder))
    assert [f"rename from {OWN}", f"rename to {NEW}"] == ran.out.splitlines()[:2]
    assert {'-id: "CI-0002"', "+id: CI-0004", '-links: {"part_of": "CI-0002"}'} <= set(ran.out.splitlines())
    assert (2, True) == (missing.code, "there is no file improvements/CI-0009.yaml" in missing.err)
