"""YAML as many hands write it: the same value in any style, with comments, blank lines and either line end."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import strategies as st

from cireg.canonical import dump_scalar
from cireg.source import read

KEYS = ["id", "title", "on", "owner", "status", "note", "team", "steps", "links", "vision", "due", "42"]
WORDS = [
    "desk",
    "closed",
    "2026-03-01",
    "-25%",
    "a: b",
    "x #y",
    "no",
    "1e3",
    "",
    " lead",
    "é 😀",
    "it's",
    'say "so"',
    "[a]",
]

words = st.sampled_from(WORDS) | st.text(st.sampled_from("ab :#-'\"[]{},&*!|>%@`?\t\\~=é\u3000"), max_size=8)
lines = st.lists(
    st.sampled_from(["one", "two: 2", "# three", "", "  four", "- five ", "\tsix"]), min_size=2, max_size=5
)
texts = words | lines.map("\n".join) | lines.map(lambda each: "\n".join(each) + "\n")
numbers = st.integers(-(10**18) + 1, 10**18 - 1) | st.decimals(-999, 999, places=2).map(float)
scalars = texts | numbers | st.none() | st.booleans()
values: st.SearchStrategy[Any] = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=3),
    max_leaves=6,
)
documents = st.dictionaries(st.sampled_from(KEYS), values, min_size=1, max_size=5)


@st.composite
def handwritten(draw: st.DrawFn) -> tuple[dict[str, Any], str]:
    """A text, and the document that it stands for."""
    hand = Hand(draw)
    written = hand.comments(0) + hand.entries(draw(documents), 0) + hand.comments(0)
    text = "\n".join(written) + ("\n" if draw(st.booleans()) else "")
    text = text.replace("\n", "\r\n") if draw(st.booleans()) else text
    data = read("", text.encode()).data
    assert data is not None
    return data, text


class Hand:
    """Writes values with whims of its own."""

    def __init__(self, draw: st.DrawFn) -> None:
        self._draw = draw
        self._count = 0

    def _whim(self, *choices: Any) -> Any:
        return self._draw(st.sampled_from(choices))

    def _comment(self) -> str:
        self._count += 1
        return f"# comment {self._count}"

    def comments(self, column: int) -> list[str]:
        """Lines between entries."""
        return [
            " " * column + self._comment() if self._whim(True, False) else "" for _ in range(self._whim(0, 0, 0, 1, 2))
        ]

    def _aside(self) -> str:
        return "  " + self._comment() if self._whim(True, False, False, False) else ""

    def entries(self, data: dict[str, Any], column: int) -> list[str]:
        """A block map."""
        written: list[str] = []
        for place, (key, value) in enumerate(data.items()):
            if place:
                written += self.comments(column)
            name = key if key != "42" or self._whim(True, False) else '"42"'
            start = " " * column + name + self._whim("", "", "", " ") + ":"
            written += self._value(start, value, column, in_list=False)
        return written

    def _items(self, data: list[Any], column: int) -> list[str]:
        written: list[str] = []
        for place, value in enumerate(data):
            if place:
                written += self.comments(column)
            written += self._value(" " * column + "-", value, column, in_list=True)
        return written

    def _value(self, start: str, value: Any, column: int, *, in_list: bool) -> list[str]:
        deeper = column + self._whim(1, 2, 2, 4)
        if value is None and self._whim(True, False):
            return [start + self._aside()]
        if isinstance(value, dict) and value and self._whim(True, True, False):
            inner = self.entries(value, deeper if deeper - column >= 2 else column + 2)
            if in_list and self._whim(True, True, False):
                at = len(inner[0]) - len(inner[0].lstrip())
                return [start + " " * (at - column - 1) + inner[0].lstrip(), *inner[1:]]
            return [start + self._aside(), *self.comments(column + 2), *inner]
        if isinstance(value, list) and value and self._whim(True, True, False):
            at = column if not in_list and self._whim(True, False) else deeper if deeper - column >= 2 else column + 2
            return [start + self._aside(), *self.comments(at), *self._items(value, at)]
        if isinstance(value, str) and "\n" in value and value.strip("\n") and self._whim(True, True, False):
            return [*self._block_text(start, value, deeper), *([""] * self._whim(0, 0, 1))]
        return [start + self._whim(" ", " ", "   ") + self._flow(value, in_flow=False) + self._aside()]

    def _block_text(self, start: str, value: str, column: int) -> list[str]:
        indicator = (
            str(column - (len(start) - len(start.lstrip()))) if value[0] in " \t\n" or self._whim(True, False) else ""
        )
        ends = len(value) - len(value.rstrip("\n"))
        chomp = "-" if ends == 0 else "" if ends == 1 else "+"
        body = value.rstrip("\n").split("\n") + [""] * (ends - 1)
        return [f"{start} |{indicator}{chomp}{self._aside()}", *(" " * column + line if line else "" for line in body)]

    def _flow(self, value: Any, *, in_flow: bool = True) -> str:
        if isinstance(value, dict):
            return "{" + ", ".join(f"{key}: {self._flow(each)}" for key, each in value.items()) + "}"
        if isinstance(value, list):
            return f"[{self._whim('', ' ')}{', '.join(map(self._flow, value))}]"
        if isinstance(value, str) and self._whim(True, False):
            single = "\n" not in value and "\t" not in value and self._whim(True, False)
            return "'" + value.replace("'", "''") + "'" if single else json.dumps(value, ensure_ascii=False)
        return dump_scalar(value, flow=in_flow)
