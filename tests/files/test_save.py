"""Saving files: whatever fails on the way, a file is the old one or the new one, and nothing else is left."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from cireg.errors import CiregError
from cireg.files import NotConfirmed, WorkTree, Write, write_all, write_atomically

OLD = b"title: old\n" * 1000
NEW = b"title: new\n" * 1200
CALLS = ["lstat", "open", "fstat", "read", "write", "chmod", "fsync", "close", "replace", "mkdir"]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A register's folder with one file of mode 640."""
    folder = tmp_path / "register"
    (folder / "improvements").mkdir(parents=True)
    target = folder / "improvements" / "CI-0001.yaml"
    target.write_bytes(OLD)
    target.chmod(0o640)
    return folder


@pytest.fixture
def target(root: Path) -> Path:
    """That file."""
    return root / "improvements" / "CI-0001.yaml"


def _snapshot(root: Path) -> dict[str, bytes | None]:
    """Every file and folder under the root, hidden ones too; folders are None."""
    return {
        str(path.relative_to(root)): path.read_bytes() if path.is_file() else None for path in sorted(root.rglob("*"))
    }


def _failing_runs(call: str, number: int, run: Callable[[], None]) -> Iterator[CiregError]:
    """Run again and again: the first call of this name fails, then the second, until none is reached.

    Of `lstat` only those of the register's files count: `realpath` asks too, and takes a failure for no link.
    """
    real = getattr(os, call)
    for index in range(200):
        count = -1

        def fail(*arguments: object, _index: int = index, **options: object) -> object:
            nonlocal count
            counts = call != "lstat" or str(arguments[0]).endswith(".yaml")
            count += counts
            if counts and count == _index:
                if call == "close":
                    real(*arguments)
                raise OSError(number, os.strerror(number))
            return real(*arguments, **options)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(os, call, fail)
            try:
                run()
            except CiregError as error:
                failure = error
            else:
                assert count < index, f"{call} number {index} failed and nobody noticed"
                return
        yield failure
    raise AssertionError("it never stopped failing")


def test_a_file_is_replaced_and_keeps_its_mode(root: Path, target: Path) -> None:
    """And nothing else appears beside it."""
    write_atomically(target, NEW, expected=OLD, root=root)
    assert {"improvements": None, "improvements/CI-0001.yaml": NEW} == _snapshot(root)
    assert 0o640 == stat.S_IMODE(target.stat().st_mode)


def test_a_new_file_is_made_with_its_folders_and_the_usual_mode(root: Path) -> None:
    """The mode is what the user's umask leaves."""
    before = os.umask(0o027)
    try:
        write_atomically(root / "kpis" / "desk" / "calls.yaml", NEW, expected=None, root=root)
    finally:
        os.umask(before)
    assert NEW == WorkTree(root).read("kpis/desk/calls.yaml", len(NEW))
    assert 0o640 == stat.S_IMODE((root / "kpis/desk/calls.yaml").stat().st_mode)


def test_content_is_synced_before_it_is_renamed_and_the_folder_after(
    root: Path, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The order that survives a power cut."""
    calls: list[str] = []
    sync, replace = os.fsync, os.replace

    def note_sync(handle: int) -> None:
        calls.append("folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "file")
        sync(handle)

    def note_replace(source: str, destination: str) -> None:
        calls.append("rename")
        replace(source, destination)

    monkeypatch.setattr(os, "fsync", note_sync)
    monkeypatch.setattr(os, "replace", note_replace)
    write_atomically(target, NEW, expected=OLD, root=root)
    assert ["file", "rename", "folder"] == calls


def test_an_empty_file_may_be_written(root: Path, target: Path) -> None:
    """No bytes are content too."""
    write_atomically(target, b"", expected=OLD, root=root)
    assert b"" == target.read_bytes()


def test_the_register_may_be_reached_by_a_link_or_a_relative_path(
    root: Path, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What counts is where the file lies."""
    (root.parent / "link").symlink_to(root)
    write_atomically(root.parent / "link/improvements/CI-0001.yaml", NEW, expected=OLD, root=root)
    monkeypatch.chdir(root)
    write_atomically(Path("improvements/CI-0001.yaml"), OLD, expected=NEW, root=Path())
    assert OLD == target.read_bytes()


@pytest.mark.parametrize("now", [b"", OLD + b"more", OLD[:-1], OLD.replace(b"o", b"0"), None])
def test_an_edit_made_meanwhile_is_not_lost(root: Path, target: Path, now: bytes | None) -> None:
    """A file that is not what was read, or is gone, is left as it is."""
    target.unlink() if now is None else target.write_bytes(now)
    before = _snapshot(root)
    with pytest.raises(CiregError, match="has changed on disk") as error:
        write_atomically(target, NEW, expected=OLD, root=root)
    assert before == _snapshot(root)
    assert error.value.hint


def test_a_new_file_never_replaces_one_that_exists(root: Path, target: Path) -> None:
    """Two people may take the same number."""
    with pytest.raises(CiregError, match="has changed on disk: it exists already"):
        write_atomically(target, NEW, expected=None, root=root)
    assert {"improvements": None, "improvements/CI-0001.yaml": OLD} == _snapshot(root)


@pytest.mark.parametrize("expected", [OLD, None])
def test_an_edit_made_while_the_new_content_is_written_is_not_lost(
    root: Path, target: Path, monkeypatch: pytest.MonkeyPatch, expected: bytes | None
) -> None:
    """The file is compared again right before it is replaced."""
    if expected is None:
        target.unlink()
    sync = os.fsync

    def edit_meanwhile(handle: int) -> None:
        target.write_bytes(b"someone else's")
        sync(handle)

    monkeypatch.setattr(os, "fsync", edit_meanwhile)
    with pytest.raises(CiregError, match="has changed on disk"):
        write_atomically(target, NEW, expected=expected, root=root)
    assert {"improvements": None, "improvements/CI-0001.yaml": b"someone else's"} == _snapshot(root)


def test_targets_that_are_not_plain_files_are_refused(root: Path, target: Path) -> None:
    """Links, files with a second name, named pipes and folders."""
    (root / "link.yaml").symlink_to(target)
    os.link(target, root / "second.yaml")
    os.mkfifo(root / "pipe.yaml")
    before = sorted(path.name for path in root.rglob("*"))
    reasons = {
        "link.yaml": "symbolic link",
        "second.yaml": "hard link",
        "pipe.yaml": "not a regular file",
        "improvements": "not a regular file",
    }
    for name, reason in reasons.items():
        with pytest.raises(CiregError, match=reason):
            write_atomically(root / name, NEW, expected=OLD, root=root)
    assert before == sorted(path.name for path in root.rglob("*"))
    assert OLD == target.read_bytes()


def test_nothing_is_written_outside_the_register(root: Path) -> None:
    """Neither by dots nor by an absolute path nor through a folder that is a link."""
    outside = root.parent / "outside"
    outside.mkdir()
    (root / "door").symlink_to(outside)
    for path in (
        root / "../outside/a.yaml",
        outside / "a.yaml",
        root / "door/a.yaml",
        root / "door/b/a.yaml",
        root,
    ):
        with pytest.raises(CiregError, match="lies outside the register"):
            write_atomically(path, NEW, expected=None, root=root)
    assert [] == list(outside.iterdir())


@pytest.mark.parametrize("path", [".git/hooks/pre-commit", "improvements/.GIT/config", ".git"])
def test_nothing_is_written_into_gits_own_folder(root: Path, path: str) -> None:
    """A hook would be run."""
    with pytest.raises(CiregError, match="git's own folder"):
        write_atomically(root / path, NEW, expected=None, root=root)


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO])
@pytest.mark.parametrize("call", [call for call in CALLS if call != "mkdir"])
def test_a_failing_call_leaves_the_old_file_or_the_new_one(root: Path, target: Path, call: str, number: int) -> None:
    """Each call in turn: byte for byte, with its mode, and no temporary file; new after the last sync."""
    failures = 0
    for error in _failing_runs(call, number, lambda: write_atomically(target, NEW, expected=OLD, root=root)):
        failures += 1
        content = NEW if isinstance(error, NotConfirmed) else OLD
        assert {"improvements": None, "improvements/CI-0001.yaml": content} == _snapshot(root)
        assert 0o640 == stat.S_IMODE(target.stat().st_mode)
        target.write_bytes(OLD)
    assert failures
    assert NEW == target.read_bytes()


@pytest.mark.parametrize("call", [call for call in CALLS if call not in ("fstat", "read", "chmod")])
def test_a_failing_call_leaves_no_new_file_and_no_new_folder(root: Path, call: str) -> None:
    """The same for a file that is to be created with its folders."""
    path = root / "kpis" / "desk" / "calls.yaml"
    before = _snapshot(root)
    failures = 0
    for error in _failing_runs(call, errno.ENOSPC, lambda: write_atomically(path, NEW, expected=None, root=root)):
        failures += 1
        if isinstance(error, NotConfirmed):
            assert NEW == path.read_bytes()
            path.unlink()
            path.parent.rmdir()
            path.parent.parent.rmdir()
        assert before == _snapshot(root)
    assert failures
    assert NEW == path.read_bytes()


def test_only_the_last_sync_failing_is_told_as_saved_but_not_confirmed(
    root: Path, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The new content is there, which the message must not deny."""
    sync = os.fsync

    def fail_for_folders(handle: int) -> None:
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        sync(handle)

    monkeypatch.setattr(os, "fsync", fail_for_folders)
    with pytest.raises(NotConfirmed, match="saved, but the disk did not confirm it"):
        write_atomically(target, NEW, expected=OLD, root=root)
    assert NEW == target.read_bytes()


def test_an_interrupt_leaves_nothing_behind(root: Path, target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Control-C while writing."""

    def interrupt(*_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "write", interrupt)
    with suppress(KeyboardInterrupt):
        write_atomically(target, NEW, expected=OLD, root=root)
    assert {"improvements": None, "improvements/CI-0001.yaml": OLD} == _snapshot(root)


def test_short_writes_are_continued(root: Path, target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system may take fewer bytes than it was given."""
    write = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: write(handle, data[:100]))
    write_atomically(target, NEW, expected=OLD, root=root)
    assert NEW == target.read_bytes()


def _three(root: Path) -> list[Write]:
    return [
        Write(root / "improvements/CI-0001.yaml", NEW, OLD),
        Write(root / "kpis/new.yaml", b"new", None),
        Write(root / "improvements/CI-0002.yaml", b"second new", b"second old"),
    ]


def test_several_files_are_written_together(root: Path) -> None:
    """Replaced and created, in different folders."""
    (root / "improvements/CI-0002.yaml").write_bytes(b"second old")
    write_all(_three(root), root=root)
    expected = {
        "improvements": None,
        "improvements/CI-0001.yaml": NEW,
        "improvements/CI-0002.yaml": b"second new",
        "kpis": None,
        "kpis/new.yaml": b"new",
    }
    assert expected == _snapshot(root)


@pytest.mark.parametrize("call", CALLS)
def test_a_failing_call_undoes_every_file_of_a_set(root: Path, call: str) -> None:
    """All the new files or all the old ones, modes kept, no temporary file and no new folder."""
    second = root / "improvements/CI-0002.yaml"
    second.write_bytes(b"second old")
    before = _snapshot(root)
    failures = 0
    for error in _failing_runs(call, errno.EIO, lambda: write_all(_three(root), root=root)):
        failures += 1
        if isinstance(error, NotConfirmed):
            assert NEW == (root / "improvements/CI-0001.yaml").read_bytes()
            (root / "improvements/CI-0001.yaml").write_bytes(OLD)
            second.write_bytes(b"second old")
            (root / "kpis/new.yaml").unlink()
            (root / "kpis").rmdir()
        assert before == _snapshot(root)
        assert 0o640 == stat.S_IMODE((root / "improvements/CI-0001.yaml").stat().st_mode)
    assert failures


def test_one_file_that_changed_on_disk_stops_the_whole_set(root: Path) -> None:
    """Nothing of it is written."""
    (root / "improvements/CI-0002.yaml").write_bytes(b"edited")
    before = _snapshot(root)
    with pytest.raises(CiregError, match=r"CI-0002\.yaml' has changed on disk"):
        write_all(_three(root), root=root)
    assert before == _snapshot(root)


def _renamed(root: Path) -> list[Write]:
    return [
        Write(root / "improvements/CI-0001.yaml", None, OLD),
        Write(root / "improvements/CI-0009.yaml", NEW, None),
    ]


def test_a_file_is_removed_when_what_comes_in_its_place_is_there(root: Path) -> None:
    """Both or neither; nothing is left beside them."""
    write_all(_renamed(root), root=root)

    assert {"improvements": None, "improvements/CI-0009.yaml": NEW} == _snapshot(root)


def test_the_new_file_is_there_before_the_old_one_goes(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever looks in between, or after a power cut, finds one too many and not one too few."""
    unlink, there = os.unlink, []

    def look(path: str) -> None:
        there.append((root / "improvements/CI-0009.yaml").exists())
        unlink(path)

    monkeypatch.setattr(os, "unlink", look)
    write_all(_renamed(root), root=root)

    assert True is there[0]


def test_a_file_that_was_edited_is_not_removed(root: Path, target: Path) -> None:
    """The edit would be lost."""
    target.write_bytes(b"edited")
    before = _snapshot(root)
    with pytest.raises(CiregError, match="has changed on disk"):
        write_all(_renamed(root), root=root)

    assert before == _snapshot(root)


@pytest.mark.parametrize("call", CALLS)
def test_a_failing_call_leaves_a_removed_file_where_it_was(root: Path, call: str) -> None:
    """With its content and its mode, and without the new one."""
    before = _snapshot(root)
    for error in _failing_runs(call, errno.EIO, lambda: write_all(_renamed(root), root=root)):
        if isinstance(error, NotConfirmed):
            (root / "improvements/CI-0009.yaml").rename(root / "improvements/CI-0001.yaml")
            (root / "improvements/CI-0001.yaml").write_bytes(OLD)
            (root / "improvements/CI-0001.yaml").chmod(0o640)
        assert before == _snapshot(root)
        assert 0o640 == stat.S_IMODE((root / "improvements/CI-0001.yaml").stat().st_mode)


def test_a_file_that_cannot_be_removed_leaves_no_second_one(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The new one goes again."""
    before = _snapshot(root)
    unlink = os.unlink

    def fail(path: str) -> None:
        if str(path).endswith("CI-0001.yaml"):
            raise OSError(errno.EACCES, os.strerror(errno.EACCES))
        unlink(path)

    monkeypatch.setattr(os, "unlink", fail)
    with pytest.raises(CiregError, match=r"cannot save '.*CI-0001\.yaml'"):
        write_all(_renamed(root), root=root)

    assert before == _snapshot(root)


def test_what_cannot_be_brought_back_is_named_and_kept(
    root: Path, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When even undoing fails the old content is still on disk, and the message says where."""
    (root / "improvements/CI-0002.yaml").write_bytes(b"second old")
    replace = os.replace
    count = 0

    def fail_from_the_second_on(source: str, destination: str) -> None:
        nonlocal count
        count += 1
        if count > 1:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        replace(source, destination)

    monkeypatch.setattr(os, "replace", fail_from_the_second_on)
    with pytest.raises(CiregError, match=r"cannot bring back '.*CI-0001\.yaml'") as error:
        write_all(_three(root), root=root)
    kept = list((root / "improvements").glob(".cireg-*.tmp"))
    assert [OLD] == [path.read_bytes() for path in kept]
    assert str(kept[0]) in error.value.message


def test_a_file_may_not_be_written_twice_in_one_set(root: Path, target: Path) -> None:
    """The first content would be lost in silence."""
    with pytest.raises(ValueError, match="twice"):
        write_all([Write(target, NEW, OLD), Write(target, OLD, OLD)], root=root)
