"""The folder of the site: it changes at once or not at all, and only where it must."""

from __future__ import annotations

import os
from pathlib import Path

from cireg.site.output import NEW, Changes, Output
from tests.site.conftest import tree


def made(folder: Path, written: dict[str, str], by_mkdocs: dict[str, str] | None = None) -> Output:
    """An output with files of ours and of MkDocs."""
    output = Output(folder)
    for path, text in (by_mkdocs or {}).items():
        (output.new / path).parent.mkdir(parents=True, exist_ok=True)
        (output.new / path).write_text(text, encoding="utf-8")
    for path, text in written.items():
        output.write(path, text.encode())
    return output


def test_nothing_changes_before_it_is_published(tmp_path: Path) -> None:
    """And nothing is left of what was given up."""
    made(tmp_path, {"a/index.html": "old"}).publish()
    output = made(tmp_path, {"a/index.html": "new", "b.json": "new"}, {"c.css": "new"})

    assert "old" == (tmp_path / "a/index.html").read_text(encoding="utf-8")
    assert {"a/index.html", "b.json", "c.css"} == output.files()
    output.discard()
    assert {"a/index.html": b"old"} == tree(tmp_path)


def test_a_file_that_stays_the_same_is_not_touched(tmp_path: Path) -> None:
    """Neither ours nor MkDocs'."""
    made(tmp_path, {"a/index.html": "a", "b/index.html": "b"}, {"c.css": "c", "d.css": "d"}).publish()
    for path in tree(tmp_path):
        os.utime(tmp_path / path, (1, 1))
    changes = made(tmp_path, {"a/index.html": "a", "b/index.html": "B"}, {"c.css": "c", "d.css": "D"}).publish()

    assert Changes(written=2, kept=2, removed=0) == changes
    assert {"a/index.html": b"a", "b/index.html": b"B", "c.css": b"c", "d.css": b"D"} == tree(tmp_path)
    untouched = [path for path in tree(tmp_path) if (tmp_path / path).stat().st_mtime == 1]
    assert ["a/index.html", "c.css"] == untouched


def test_what_is_gone_is_removed(tmp_path: Path) -> None:
    """With the folders that are left empty, and links; names with a dot at the root are none of ours."""
    made(tmp_path, {"a/index.html": "a", "b/c/index.html": "c"}).publish()
    (tmp_path / ".nojekyll").touch()
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "config").touch()
    (tmp_path / "link").symlink_to(tmp_path / ".git", target_is_directory=True)
    changes = made(tmp_path, {"a/index.html": "a"}).publish()

    assert Changes(written=0, kept=1, removed=2) == changes
    assert [".git", ".nojekyll", "a"] == sorted(path.name for path in tmp_path.iterdir())
    assert (tmp_path / ".git" / "config").is_file()


def test_ours_stands_over_what_mkdocs_made_there(tmp_path: Path) -> None:
    """An empty page is replaced by the filled one, whether that has changed or not."""
    for _ in range(2):
        made(tmp_path, {"register/index.html": "filled"}, {"register/index.html": "empty"}).publish()
        assert {"register/index.html": b"filled"} == tree(tmp_path)


def test_some_of_what_mkdocs_made_is_left_out(tmp_path: Path) -> None:
    """The empty pages of kinds with many pages."""
    output = made(tmp_path, {}, {"a/empty/index.html": "x", "b.css": "b"})
    output.publish(without={"a/empty/index.html"})

    assert {"b.css": b"b"} == tree(tmp_path)


def test_a_folder_may_take_the_place_of_a_file_and_the_other_way_round(tmp_path: Path) -> None:
    """As when a page gets pages below it."""
    made(tmp_path, {"a": "file", "b/c/d": "deep"}).publish()
    made(tmp_path, {"a/index.html": "folder", "b": "file"}).publish()

    assert {"a/index.html": b"folder", "b": b"file"} == tree(tmp_path)


def test_a_link_is_replaced_and_never_written_through(tmp_path: Path) -> None:
    """What it points to stays as it was."""
    (tmp_path / "secret").write_text("kept", encoding="utf-8")
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "a").symlink_to(tmp_path / "secret")
    made(tmp_path / "site", {"a": "new"}).publish()
    made(tmp_path / "site", {"a": "new"}).publish()

    assert "kept" == (tmp_path / "secret").read_text(encoding="utf-8")
    assert not (tmp_path / "site" / "a").is_symlink()


def test_the_rest_of_a_build_that_was_killed_is_no_part_of_the_next(tmp_path: Path) -> None:
    """It lies in a folder that begins with a dot, and goes first."""
    made(tmp_path, {"a": "killed"}, {"b": "killed"})
    assert (tmp_path / NEW).is_dir()
    made(tmp_path, {"c": "c"}).publish()

    assert {"c": b"c"} == tree(tmp_path)
