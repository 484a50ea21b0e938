"""Git asked about real repositories: whole, shallow, empty, hostile, or none at all."""

from __future__ import annotations

import os
import re
import subprocess
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from cireg.errors import CiregError
from cireg.git import FileDates, Git, process

# Texts that somebody may give as a revision: options, shell, ranges, paths, reflogs, URLs, nothing.
REVISIONS = [
    "--output=pwn",
    "-x",
    "$(id)",
    '";echo${IFS}x;"',
    "`id`",
    "a;id",
    "HEAD^{/x",
    "@{-1}",
    "@{upstream}",
    "refs/heads/main:refs/heads/x",
    "HEAD..--output=x",
    "main\n--output=x",
    "",
    "\0",
    "a..b",
    "main^!",
    "stash@{0}",
    ":/msg",
    ":improvements/CI-0001.yaml",
    "HEAD:improvements/CI-0001.yaml",
    "HEAD:../../etc/passwd",
    "0" * 40,
    "f" * 40,
    "f" * 41,
    "v1~999999",
    "--upload-pack=id",
    "--exec=id",
    "ext::sh -c id",
    "file:///etc",
    "git@github.com:x/y",
    "\ud800",
]

NOTHING: tuple[object, ...] = (None, False, None, None, False, (), frozenset(), {})


@pytest.fixture(autouse=True)
def own_configuration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Git reads a configuration of the test's own, and looks for no repository above the test's folder."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    config = tmp_path / "gitconfig"
    config.write_text(
        "[user]\n\tname = Service desk\n\temail = desk@example.org\n[init]\n\tdefaultBranch = main\n"
        '[protocol "file"]\n\tallow = always\n'
    )
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(config))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    return config


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A register with one commit."""
    folder = tmp_path / "register"
    folder.mkdir()
    _git(folder, "init", "-q")
    _commit(folder, "2026-01-31T12:00:00Z", **{"improvements/CI-0001.yaml": "one"})
    return folder


def _git(folder: Path, *arguments: str, at: str = "2026-01-01T12:00:00Z") -> str:
    env = {**os.environ, "GIT_AUTHOR_DATE": at, "GIT_COMMITTER_DATE": at}
    done = subprocess.run(["git", *arguments], cwd=folder, env=env, check=True, capture_output=True)
    return os.fsdecode(done.stdout).strip()


def _commit(folder: Path, at: str, **files: str | None) -> str:
    """Commit these files, None deletes one; returns the commit's id."""
    for path, content in files.items():
        target = folder / path
        if content is None:
            target.unlink()
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(content)
    _git(folder, "add", "--all")
    _git(folder, "commit", "-q", "--allow-empty", "-m", "a change", at=at)
    return _git(folder, "rev-parse", "HEAD")


def test_the_root_is_found_from_any_folder_of_the_work_tree(repository: Path) -> None:
    """Also in a linked work tree, where .git is a file."""
    linked = repository.parent / "linked"
    _git(repository, "worktree", "add", "-q", "-b", "other", str(linked))
    assert repository.resolve() == Git(repository / "improvements").toplevel()
    assert linked.resolve() == Git(linked).toplevel()


def test_outside_a_repository_there_is_nothing_to_know(tmp_path: Path) -> None:
    """No question fails; the user's name is known without a repository."""
    folder = tmp_path / "plain"
    folder.mkdir()
    git = Git(folder)
    assert (*NOTHING, ("Service desk", "desk@example.org")) == _everything(git)


def test_without_git_there_is_nothing_to_know(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a machine where the register was unpacked from an archive."""
    monkeypatch.setenv("PATH", str(repository))
    assert (*NOTHING, None) == _everything(Git(repository))


def _everything(git: Git) -> tuple[object, ...]:
    return (
        *(git.toplevel(), git.is_shallow(), git.resolve("HEAD"), git.head_commit_date(), git.is_clean()),
        *(git.branches(), git.names_in_branches(), git.file_dates(), git.user()),
    )


def test_a_bare_repository_and_git_s_own_folder_are_no_work_tree(repository: Path) -> None:
    """Nobody keeps a register there."""
    _git(repository.parent, "init", "-q", "--bare", "bare")
    assert [None, None] == [Git(repository.parent / "bare").toplevel(), Git(repository / ".git").toplevel()]


def test_a_repository_without_commits_has_a_root_and_no_history(tmp_path: Path) -> None:
    """Right after git init; its files are there all the same."""
    _git(tmp_path, "init", "-q", "new")
    (tmp_path / "new/improvements").mkdir()
    (tmp_path / "new/improvements/CI-0001.yaml").write_text("")
    git = Git(tmp_path / "new")
    assert (tmp_path / "new").resolve() == git.toplevel()
    assert (None, None, {}) == (git.head_commit_date(), git.resolve("HEAD"), git.file_dates())
    assert not git.is_clean()
    assert {"CI-0001.yaml"} == git.names_in_branches()


def test_a_repository_that_belongs_to_somebody_else_is_an_error_with_the_way_out(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The line to type is the one that git gives; it is never typed for the user."""
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    monkeypatch.setattr(process, "_KEPT", re.compile(r"GIT_(CONFIG_.+|TEST_.+)"))
    with pytest.raises(CiregError, match=r"git does not trust '.*register': it belongs to another user") as error:
        Git(repository).toplevel()
    assert f"git config --global --add safe.directory {repository.resolve()}" == error.value.hint


def test_a_broken_repository_is_an_error_in_git_s_words(repository: Path) -> None:
    """It must not pass for a folder without git."""
    (repository / ".git/config").write_text("[core\n")
    with pytest.raises(CiregError, match="git cannot read this repository: fatal: bad config line 1"):
        Git(repository).toplevel()


def test_git_that_does_not_answer_is_an_error(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing waits for ever."""
    (repository.parent / "bin").mkdir()
    program = repository.parent / "bin/git"
    program.write_text("#!/bin/sh\nexec sleep 60\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")
    monkeypatch.setattr(process, "TIMEOUT", 0.1)
    with pytest.raises(CiregError, match="git rev-parse took longer"):
        Git(repository).toplevel()


def test_a_git_that_lies_in_the_current_folder_is_never_run(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor one by a relative entry of PATH: the register may have come from anybody."""
    (repository / "git").write_text("#!/bin/sh\ntouch pwned\n")
    (repository / "git").chmod(0o755)
    monkeypatch.chdir(repository)
    monkeypatch.setenv("PATH", f".::{os.environ['PATH']}")
    assert repository.resolve() == Git(repository).toplevel()
    assert not (repository / "pwned").exists()


def test_the_date_of_the_last_commit_is_the_committer_s_in_the_time_zone(repository: Path) -> None:
    """Half past eleven at night in UTC is the next day in Tokyo."""
    commit = _commit(repository, "2026-06-30T23:30:00Z")
    git = Git(repository)
    assert [date(2026, 6, 30), date(2026, 7, 1)] == [
        git.head_commit_date(),
        git.head_commit_date(ZoneInfo("Asia/Tokyo")),
    ]
    assert date(2026, 7, 1) == git.commit_date(commit, ZoneInfo("Asia/Tokyo"))
    first = git.resolve("HEAD~1")
    assert first is not None
    assert date(2026, 1, 31) == git.commit_date(first)


def test_a_commit_s_date_is_asked_for_by_its_id_alone(repository: Path) -> None:
    """Whatever else somebody typed goes through resolve first."""
    with pytest.raises(ValueError, match="not a commit id"):
        Git(repository).commit_date("--output=pwn")


def test_a_detached_head_is_as_good_as_a_branch(repository: Path) -> None:
    """CI checks out a commit, not a branch."""
    _git(repository, "checkout", "-q", "--detach")
    _commit(repository, "2026-03-03T12:00:00Z", **{"improvements/CI-0002.yaml": "two"})
    git = Git(repository)
    assert date(2026, 3, 3) == git.head_commit_date()
    (repository / "improvements/CI-0002.yaml").unlink()
    _git(repository, "rm", "-q", "--cached", "improvements/CI-0002.yaml")
    assert {"CI-0001.yaml", "CI-0002.yaml"} == git.names_in_branches()


def test_files_are_clean_until_one_changes_appears_or_goes(repository: Path) -> None:
    """Only those asked for count, and those that git ignores do not."""
    _commit(repository, "2026-02-01T12:00:00Z", **{".gitignore": "*.tmp\n", "kpis/a.yaml": "", "docs/b.md": ""})
    _git(repository, "config", "status.showUntrackedFiles", "no")
    (repository / "docs/b.md").write_text("changed")
    (repository / "kpis/.x.tmp").write_text("")
    git = Git(repository)
    assert git.is_clean(["improvements", "kpis", "cireg.yaml"])
    assert not git.is_clean()
    (repository / "kpis/new.yaml").write_text("")
    assert not git.is_clean(["improvements", "kpis"])
    assert git.is_clean(["improvements"])
    (repository / "improvements/CI-0001.yaml").write_text("changed")
    assert not git.is_clean(["improvements"])
    (repository / "improvements/CI-0001.yaml").unlink()
    assert not git.is_clean(["improvements"])


def test_paths_are_never_patterns_or_options(repository: Path) -> None:
    """A folder may be called ':(exclude)x' or '-x'."""
    for name in ("-x", ":(exclude)improvements", "*"):
        (repository / name).mkdir()
        git = Git(repository)
        assert git.is_clean([name])
        (repository / name / "a").write_text("")
        assert not git.is_clean([name])


def test_the_user_is_who_git_says(repository: Path, own_configuration: Path) -> None:
    """The repository's own setting stands over the user's, and either part may be missing."""
    assert ("Service desk", "desk@example.org") == Git(repository).user()
    _git(repository, "config", "user.name", "Network team")
    assert ("Network team", "desk@example.org") == Git(repository).user()
    own_configuration.write_text("")
    assert ("Network team", "") == Git(repository).user()
    _git(repository, "config", "--unset", "user.name")
    assert Git(repository).user() is None


def test_branches_are_local_and_remote_and_no_tags(repository: Path) -> None:
    """By their full names, in order."""
    _git(repository, "tag", "v1")
    _git(repository, "branch", "zz")
    _git(repository, "update-ref", "refs/remotes/origin/main", "HEAD")
    expected = ("refs/heads/main", "refs/heads/zz", "refs/remotes/origin/main")
    assert expected == Git(repository).branches()


def test_names_of_commits_are_resolved_to_full_ids(repository: Path) -> None:
    """Branches, tags with notes, relative names and short ids."""
    first = _git(repository, "rev-parse", "HEAD")
    _git(repository, "tag", "-m", "first", "v1")
    second = _commit(repository, "2026-02-01T12:00:00Z")
    git = Git(repository)
    actual = [git.resolve(rev) for rev in ("main", "v1", "HEAD~1", first[:8], "@{0}")]
    assert [second, first, first, first, second] == actual


@pytest.mark.parametrize("rev", REVISIONS, ids=ascii)
def test_a_hostile_revision_names_nothing_and_does_nothing(repository: Path, rev: str) -> None:
    """No file is written, no program run, no exception."""
    before = sorted(path for path in repository.rglob("*"))
    assert Git(repository).resolve(rev) is None
    assert before == sorted(path for path in repository.rglob("*"))


@pytest.mark.parametrize("branch", ["$(id)", '";echo${IFS}x;"', "`id`", "-x", "--output=pwn", "caf\udce9", "é"])
def test_branches_with_hostile_names_are_read_like_others(repository: Path, branch: str) -> None:
    """Git allows them all; -x and the like only to those who write the ref themselves."""
    _commit(repository, "2026-02-01T12:00:00Z", **{"improvements/CI-0002.yaml": "two"})
    (repository / ".git/refs/heads" / branch).write_text(_git(repository, "rev-parse", "HEAD") + "\n")
    _git(repository, "reset", "-q", "--hard", "HEAD~1")
    git = Git(repository)
    assert {"CI-0001.yaml", "CI-0002.yaml"} == git.names_in_branches()
    assert f"refs/heads/{branch}" in git.branches()
    assert [] == list(repository.glob("pwn*"))


def test_names_come_from_every_branch_the_index_and_the_work_tree(repository: Path) -> None:
    """Whoever takes the next number must see all that are taken."""
    _git(repository, "checkout", "-q", "-b", "local")
    _commit(repository, "2026-02-01T12:00:00Z", **{"improvements/network/CI-0002-dns.yaml": "two"})
    _git(repository, "checkout", "-q", "-b", "fetched", "main")
    remote = _commit(repository, "2026-02-01T12:00:00Z", **{"improvements/CI-0003.yaml": "three"})
    _git(repository, "update-ref", "refs/remotes/origin/x", remote)
    _git(repository, "checkout", "-q", "main")
    _git(repository, "branch", "-q", "-D", "fetched")
    (repository / "improvements/CI-0004.yaml").write_text("staged")
    _git(repository, "add", "improvements/CI-0004.yaml")
    (repository / "improvements/CI-0004.yaml").unlink()
    (repository / "improvements/CI-0005.yaml").write_text("new")
    (repository / "CI-0006.yaml").write_text("not in the folder")
    expected = {"CI-0001.yaml", "CI-0002-dns.yaml", "CI-0003.yaml", "CI-0004.yaml", "CI-0005.yaml"}
    assert expected == Git(repository).names_in_branches()


def test_names_are_found_in_a_register_that_is_a_folder_of_its_repository(repository: Path) -> None:
    """The folder is looked for under the register, on every branch."""
    _git(repository, "checkout", "-q", "-b", "other")
    _commit(repository, "2026-02-01T12:00:00Z", **{"it/improvements/IT-0001.yaml": ""})
    _git(repository, "checkout", "-q", "main")
    (repository / "it").mkdir()
    assert {"IT-0001.yaml"} == Git(repository / "it").names_in_branches()


def test_names_with_line_feeds_and_other_bytes_are_kept(repository: Path) -> None:
    """Also those that look like git's own output."""
    names = {
        "new\nline.yaml",
        ":100644 a b M",
        "caf\udce9.yaml",
        "tab\t.yaml",
        f"{'a' * 40} {'b' * 40}\nx.yaml",
    }
    _git(repository, "checkout", "-q", "-b", "other")
    _commit(repository, "2026-02-01T12:00:00Z", **{f"improvements/{name}": "" for name in names})
    _git(repository, "checkout", "-q", "main")
    git = Git(repository)
    assert {"CI-0001.yaml", *names} == git.names_in_branches()


def test_many_branches_take_no_more_processes_than_two(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two hundred branches with a file each are asked about together."""
    stream = []
    for number in range(200):
        name = f"CI-1{number:03}.yaml"
        stream += [f"commit refs/heads/b{number}", "committer a <a@example.org> 1700000000 +0000", "data 0"]
        stream += ["from refs/heads/main^0", f"M 644 inline improvements/{name}", "data 0", ""]
    subprocess.run(["git", "fast-import", "--quiet"], input="\n".join(stream).encode(), cwd=repository, check=True)
    run = subprocess.run
    processes = 0

    def count(*arguments: object, **options: object) -> object:
        nonlocal processes
        processes += 1
        return run(*arguments, **options)  # type: ignore[call-overload]  # whatever it was called with

    monkeypatch.setattr(subprocess, "run", count)
    assert 201 == len(Git(repository).names_in_branches())
    assert processes <= 6


def test_files_know_when_they_came_and_when_they_last_changed(repository: Path) -> None:
    """The first commit counts whatever git is told to show; deleted files keep their dates."""
    _git(repository, "config", "log.showRoot", "false")
    _commit(repository, "2026-02-02T12:00:00Z", **{"improvements/CI-0002.yaml": "two", "docs/a.md": ""})
    _commit(repository, "2026-03-03T12:00:00Z", **{"improvements/CI-0001.yaml": "changed"})
    _commit(repository, "2026-04-04T12:00:00Z", **{"improvements/CI-0002.yaml": None})
    expected = {
        "improvements/CI-0001.yaml": FileDates(date(2026, 1, 31), date(2026, 3, 3)),
        "improvements/CI-0002.yaml": FileDates(date(2026, 2, 2), date(2026, 4, 4)),
    }
    assert expected == Git(repository).file_dates("improvements")


def test_the_dates_of_a_merged_branch_are_those_of_the_merge(repository: Path) -> None:
    """A file is in the register from the day it was merged."""
    _git(repository, "checkout", "-q", "-b", "proposal")
    _commit(repository, "2026-02-02T12:00:00Z", **{"improvements/CI-0002.yaml": "two"})
    _git(repository, "checkout", "-q", "main")
    _commit(repository, "2026-02-03T12:00:00Z", **{"improvements/CI-0003.yaml": "three"})
    _git(repository, "merge", "-q", "--no-ff", "-m", "merge", "proposal", at="2026-02-20T12:00:00Z")
    dates = Git(repository).file_dates()
    assert dates is not None
    assert FileDates(date(2026, 2, 20), date(2026, 2, 20)) == dates["improvements/CI-0002.yaml"]


def test_paths_and_dates_are_those_of_the_register_s_folder_and_time_zone(repository: Path) -> None:
    """For a register that is a folder of its repository."""
    _commit(repository, "2026-06-30T23:30:00Z", **{"it/kpis/new\nline: x.yaml": "", "other/a": ""})
    expected = {"kpis/new\nline: x.yaml": FileDates(date(2026, 7, 1), date(2026, 7, 1))}
    assert expected == Git(repository / "it").file_dates(zone=ZoneInfo("Asia/Tokyo"))


def test_a_shallow_clone_has_no_dates(repository: Path) -> None:
    """Each file would seem as young as the last commit."""
    _commit(repository, "2026-03-03T12:00:00Z", **{"improvements/CI-0002.yaml": "two"})
    clone = repository.parent / "clone"
    _git(repository, "clone", "-q", "--depth", "1", repository.as_uri(), str(clone))
    git = Git(clone)
    assert (True, None) == (git.is_shallow(), git.file_dates())
    assert date(2026, 3, 3) == git.head_commit_date()
    assert {"CI-0001.yaml", "CI-0002.yaml"} == git.names_in_branches()
    assert not Git(repository).is_shallow()


def test_a_commit_from_beyond_the_calendar_has_no_date(repository: Path) -> None:
    """Dates of commits are whatever their author wrote."""
    forged = "commit refs/heads/far\ncommitter a <a@example.org> 99999999999999 +0000\ndata 0\n"
    forged += "M 644 inline improvements/CI-0009.yaml\ndata 0\n"
    subprocess.run(["git", "fast-import", "--quiet"], input=forged.encode(), cwd=repository, check=True)
    _git(repository, "checkout", "-q", "far")
    assert (None, {}) == (Git(repository).head_commit_date(), Git(repository).file_dates())


def test_no_program_that_a_setting_names_is_run(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Monitors, hooks, pagers, signature checks, differs: neither by configuration nor by environment."""
    program = repository.parent / "program"
    program.write_text(f"#!/bin/sh\ntouch {repository.parent}/pwned\n")
    program.chmod(0o755)
    for key in (
        "core.fsmonitor",
        "core.pager",
        "gpg.program",
        "diff.external",
        "core.sshCommand",
        "core.askPass",
    ):
        _git(repository, "config", key, str(program))
    _git(repository, "config", "log.showSignature", "true")
    _git(repository, "config", "core.hooksPath", str(repository.parent))
    for name in ("GIT_EXTERNAL_DIFF", "GIT_PAGER", "GIT_SSH_COMMAND", "GIT_ASKPASS"):
        monkeypatch.setenv(name, str(program))
    (repository / "improvements/CI-0001.yaml").write_text("changed")
    _everything(Git(repository))
    assert not (repository.parent / "pwned").exists()


def test_git_is_called_with_everything_switched_off_that_could_act(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a repository or an environment could switch on; and names come after the end of the options."""
    (repository.parent / "bin").mkdir()
    program = repository.parent / "bin/git"
    called = repository.parent / "called"
    program.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > {called}\nenv | sort | grep -e GIT_ -e LC_ALL >> {called}\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")
    monkeypatch.setenv("GIT_TRACE", "1")
    Git(repository).resolve("--output=x")
    expected = ["-C", str(repository), "--no-pager", "--literal-pathspecs", "-c", "core.fsmonitor=", "-c"]
    expected += [
        "core.hooksPath=/dev/null",
        "-c",
        "log.showSignature=false",
        "-c",
        "log.showRoot=true",
        "rev-parse",
    ]
    expected += ["--verify", "--quiet", "--end-of-options", "--output=x^{commit}", "GIT_ALLOW_PROTOCOL=none"]
    expected += [f"{name}={os.environ[name]}" for name in ("GIT_CEILING_DIRECTORIES", "GIT_CONFIG_GLOBAL")]
    expected += [
        "GIT_CONFIG_NOSYSTEM=1",
        "GIT_NO_LAZY_FETCH=1",
        "GIT_NO_REPLACE_OBJECTS=1",
        "GIT_OPTIONAL_LOCKS=0",
        "GIT_TERMINAL_PROMPT=0",
    ]
    assert [*expected, "LC_ALL=C"] == called.read_text().splitlines()


def test_the_environment_does_not_lead_to_another_repository(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A hook runs its programs with variables that point at its own."""
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_NAMESPACE"):
        monkeypatch.setenv(name, str(repository.parent / "elsewhere"))
    git = Git(repository)
    assert repository.resolve() == git.toplevel()
    assert git.is_clean()


def test_asking_leaves_the_index_as_it_is(repository: Path) -> None:
    """A refreshed index, and the lock that it takes, would disturb whoever is at work there."""
    index = repository / ".git/index"
    os.utime(repository / "improvements/CI-0001.yaml", (0, 0))
    before = (index.read_bytes(), index.stat().st_mtime_ns)
    _everything(Git(repository))
    assert before == (index.read_bytes(), index.stat().st_mtime_ns)
