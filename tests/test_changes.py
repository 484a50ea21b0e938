"""A change to a file: how it looks, what is written, and what cannot be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from cireg.changes import FileChange, text_at
from cireg.errors import CiregError
from cireg.files import MemoryTree, Write


def test_a_change_is_a_diff_and_a_write() -> None:
    """The lines that differ with two around them; what is expected on the disk."""
    change_ = FileChange("cireg.yaml", "a\nb\nc\nd\n", "a\nb\nX\nd\n")

    assert ["--- a/cireg.yaml", "+++ b/cireg.yaml", "@@ -1,5 +1,5 @@", " a", " b", "-c", "+X", " d", " "] == [
        *change_.diff()
    ]
    assert Write(Path("r/cireg.yaml"), b"a\nb\nX\nd\n", b"a\nb\nc\nd\n") == change_.as_write(Path("r"))
    assert Write(Path("r/new.yaml"), b"x\n", None) == FileChange("new.yaml", None, "x\n").as_write(Path("r"))


def test_a_file_that_cannot_be_read_is_told() -> None:
    """By its name."""
    tree = MemoryTree({"a.yaml": b"\xff", "b.yaml": "b: 1\n"})

    assert "b: 1\n" == text_at(tree, "b.yaml")
    with pytest.raises(CiregError, match=r"'a.yaml' is not UTF-8"):
        text_at(tree, "a.yaml")
    with pytest.raises(CiregError, match=r"'c.yaml' cannot be read"):
        text_at(tree, "c.yaml")
