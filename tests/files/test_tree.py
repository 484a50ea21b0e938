"""Listing and reading a register's files: the work tree and the tree in memory behave alike."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from cireg.files import Entry, FileRefused, MemoryTree, Symlink, Tree, WorkTree

LIMIT = 4096
OUT_OF_REACH = [
    "missing.yaml",
    "no/folder.yaml",
    "a.yaml/b.yaml",
    "",
    "../secret",
    "real/../../secret",
    "/etc/passwd",
    "./a.yaml",
    "real//b.yaml",
    "real/",
    "x\0.yaml",
    "x" * 300 + ".yaml",
]
Files = dict[str, bytes | str | Symlink]
Build = Callable[[Files], Tree]


@pytest.fixture(params=["work", "memory"])
def build(request: pytest.FixtureRequest, tmp_path: Path) -> Build:
    """Makes a tree of either sort out of {path: content}."""

    def on_disk(files: Files) -> Tree:
        root = tmp_path / "register"
        root.mkdir()
        for path, content in files.items():
            target = root / path
            target.parent.mkdir(parents=True, exist_ok=True)
            if isinstance(content, Symlink):
                target.symlink_to(content.target)
            else:
                target.write_bytes(content.encode() if isinstance(content, str) else content)
        return WorkTree(root)

    return on_disk if request.param == "work" else MemoryTree


def _refused(tree: Tree, path: str, limit: int = LIMIT) -> str:
    with pytest.raises(FileRefused) as refused:
        tree.read(path, limit)
    return refused.value.rule


def test_a_folder_is_listed_recursively_in_the_order_of_its_paths(build: Build) -> None:
    """The order is that of the bytes, in which '-' comes before '/' and capitals before small letters."""
    tree = build({"b/z.yaml": "", "b/a.yaml": "", "b-c.yaml": "", "B.yaml": "", "é.yaml": "", "b/c/d.yaml": ""})
    expected = ["B.yaml", "b-c.yaml", "b/a.yaml", "b/c/d.yaml", "b/z.yaml", "é.yaml"]
    assert [Entry(path, "file") for path in expected] == list(tree.list())


def test_only_the_folder_asked_for_is_listed(build: Build) -> None:
    """A name that merely begins alike is not in it."""
    tree = build({"kpis/a.csv": "", "kpis-old/b.csv": "", "improvements/c.yaml": ""})
    assert (Entry("kpis/a.csv", "file"),) == tree.list("kpis")


def test_hidden_names_are_left_out(build: Build) -> None:
    """Editors' and git's own files are not the register's, nor are the temporary files of a save."""
    tree = build({".git/config": "", "improvements/.swp": "", "improvements/.x/a.yaml": "", "improvements/b.yaml": ""})
    assert (Entry("improvements/b.yaml", "file"),) == tree.list()


def test_a_hidden_folder_that_is_asked_for_is_listed(build: Build) -> None:
    """Only what is found on the way is judged by its dot."""
    tree = build({".github/workflows/a.yml": ""})
    assert (Entry(".github/workflows/a.yml", "file"),) == tree.list(".github")


def test_a_folder_that_is_named_like_a_file_is_walked(build: Build) -> None:
    """A folder called x.yaml is a folder."""
    tree = build({"improvements/x.yaml/y.yaml": "id: CI-0001"})
    assert (Entry("improvements/x.yaml/y.yaml", "file"),) == tree.list("improvements")


def test_links_are_listed_as_links_and_not_walked(build: Build) -> None:
    """Neither a link to a file nor one to a folder leads anywhere."""
    tree = build({"a.yaml": Symlink("/etc/passwd"), "b": Symlink(".."), "c/d.yaml": ""})
    expected = (Entry("a.yaml", "symlink"), Entry("b", "symlink"), Entry("c/d.yaml", "file"))
    assert expected == tree.list()


def test_a_folder_that_is_a_link_or_a_file_is_its_own_entry(build: Build) -> None:
    """So a register whose improvements/ is a link says so instead of looking empty."""
    tree = build({"improvements": Symlink("/etc"), "kpis": "not a folder"})
    assert (Entry("improvements", "symlink"),) == tree.list("improvements")
    assert (Entry("kpis", "file"),) == tree.list("kpis")


@pytest.mark.parametrize("folder", ["missing", "a.yaml/below", "..", "../register", "/etc", ".", "a//b", "x\0y"])
def test_a_folder_that_is_not_in_the_tree_has_no_files(build: Build, folder: str) -> None:
    """Nor has one that leads out of it."""
    assert () == build({"a.yaml": ""}).list(folder)


def test_a_file_is_read_as_bytes(build: Build) -> None:
    """No decoding, no line endings changed."""
    tree = build({"improvements/a.yaml": b"\xff\r\n\x00"})
    assert b"\xff\r\n\x00" == tree.read("improvements/a.yaml", LIMIT)


def test_a_file_may_be_as_large_as_the_limit_and_no_larger(build: Build) -> None:
    """The limit counts bytes."""
    tree = build({"fits.yaml": b"x" * LIMIT, "large.yaml": b"x" * (LIMIT + 1)})
    assert LIMIT == len(tree.read("fits.yaml", LIMIT))
    with pytest.raises(FileRefused) as refused:
        tree.read("large.yaml", LIMIT)
    assert ("file-too-large", "is larger than 4 KiB") == (refused.value.rule, refused.value.message)


@pytest.mark.parametrize("path", ["link.yaml", "dangling.yaml", "loop.yaml", "folder/passwd", "inside/a.yaml"])
def test_a_link_is_refused_wherever_it_leads(build: Build, path: str) -> None:
    """A link as the file or as a folder on the way to it, out of the register or inside it."""
    links = {
        "link.yaml": Symlink("/etc/passwd"),
        "dangling.yaml": Symlink("nowhere"),
        "loop.yaml": Symlink("loop.yaml"),
        "folder": Symlink("/etc"),
        "inside": Symlink("real"),
    }
    assert "symlink" == _refused(build({**links, "real/a.yaml": "id: CI-0001"}), path)


@pytest.mark.parametrize("path", OUT_OF_REACH)
def test_a_path_that_is_not_a_file_of_the_register_is_unreadable(build: Build, tmp_path: Path, path: str) -> None:
    """Missing, outside or impossible: the answer is a refusal, never another exception."""
    (tmp_path / "secret").write_text("outside")
    tree = build({"a.yaml": "", "real/b.yaml": ""})
    assert "unreadable" == _refused(tree, path)
    assert not tree.exists(path)


def test_a_folder_is_not_read_as_a_file(build: Build) -> None:
    """Even when its name ends in .yaml."""
    assert "special-file" == _refused(build({"x.yaml/y.yaml": ""}), "x.yaml")


def test_files_folders_and_links_exist(build: Build) -> None:
    """A dangling link is there too; what lies behind a link is not."""
    tree = build({"a/b.yaml": "", "link": Symlink("nowhere"), "folder": Symlink("a")})
    actual = [tree.exists(path) for path in ("a", "a/b.yaml", "link", "a/c.yaml", "folder/b.yaml")]
    assert [True, True, True, False, False] == actual


def test_special_files_are_listed_and_refused_without_waiting(tmp_path: Path) -> None:
    """A named pipe without a writer must not hang the check, nor a socket or a device be read."""
    os.mkfifo(tmp_path / "pipe.yaml")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(os.path.relpath(tmp_path / "socket.yaml"))
        tree = WorkTree(tmp_path)
        assert (Entry("pipe.yaml", "special"), Entry("socket.yaml", "special")) == tree.list()
        assert ["special-file"] * 2 == [_refused(tree, name) for name in ("pipe.yaml", "socket.yaml")]
    assert "special-file" == _refused(WorkTree("/dev"), "null")


def test_a_folder_that_cannot_be_read_is_listed_as_such(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its neighbours are still listed."""
    (tmp_path / "closed").mkdir()
    (tmp_path / "open.yaml").write_text("")
    scan = os.scandir

    def refuse(name: str) -> object:
        if name.endswith("closed"):
            raise PermissionError(13, "Permission denied", name)
        return scan(name)

    monkeypatch.setattr(os, "scandir", refuse)
    assert (Entry("closed", "unreadable"), Entry("open.yaml", "file")) == WorkTree(tmp_path).list()


def test_a_file_that_may_not_be_opened_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system's reason is part of the message."""
    (tmp_path / "a.yaml").write_text("")

    def refuse(*_: object) -> int:
        raise PermissionError(13, "Permission denied", "a.yaml")

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(FileRefused, match=r"^cannot be read: Permission denied$") as refused:
        WorkTree(tmp_path).read("a.yaml", LIMIT)
    assert "unreadable" == refused.value.rule


def test_a_file_that_grows_while_it_is_read_is_still_capped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The size is checked again on what was read."""
    (tmp_path / "a.yaml").write_text("small")
    read = os.read
    monkeypatch.setattr(os, "read", lambda handle, size: (read(handle, size), b"x" * size)[1])
    assert "file-too-large" == _refused(WorkTree(tmp_path), "a.yaml", 100)


def test_names_that_are_not_utf_8_are_listed_and_read(tmp_path: Path) -> None:
    """Git allows any bytes in a name."""
    try:
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.yaml")).write_text("id: CI-0001")
    except OSError:
        pytest.skip("this file system takes only UTF-8 names")
    tree = WorkTree(tmp_path)
    assert (Entry("caf\udce9.yaml", "file"),) == tree.list()
    assert b"id: CI-0001" == tree.read("caf\udce9.yaml", LIMIT)


def test_without_o_nofollow_a_link_is_looked_for_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on Windows, where opening cannot be told to refuse links."""
    (tmp_path / "a.yaml").symlink_to("/etc/passwd")
    monkeypatch.setattr("cireg.files.tree.NOFOLLOW", 0)
    monkeypatch.setattr("cireg.files.tree._READ", os.O_RDONLY)
    assert "symlink" == _refused(WorkTree(tmp_path), "a.yaml")


def test_the_root_itself_may_be_reached_by_a_link(tmp_path: Path) -> None:
    """Where the register lies is the user's affair, not the contributor's."""
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "a.yaml").write_text("id")
    (tmp_path / "link").symlink_to("real")
    tree = WorkTree(tmp_path / "link")
    assert b"id" == tree.read("a.yaml", LIMIT)
    assert (tmp_path / "real").resolve() == tree.root


def test_a_path_in_memory_cannot_be_both_a_file_and_a_folder() -> None:
    """An example that no disk could hold is a mistake."""
    with pytest.raises(ValueError, match="'a' cannot be a folder"):
        MemoryTree({"a": "", "a/b": ""})
