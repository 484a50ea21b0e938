"""Writes data as YAML in a style chosen at random, and remembers where each key and each value begins."""

from __future__ import annotations

import json
import random
import re
from typing import Any

Route = tuple[str | int, ...]
Places = dict[Route, tuple[int, int]]

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9]*(?: [A-Za-z0-9]+)*")
_MISREAD = {"yes", "no", "on", "off", "y", "n", "true", "false", "null"}
_ONE_LINE = re.compile(r"[ -~\u00a1-\u024f\u4e00-\u4fff\U0001f600-\U0001f64f]*")
_LINES = re.compile(r"[A-Za-z][^\n]*(?:\n[A-Za-z][^\n]*)*")


class Writer:
    """The text of `data`, with `values` and `keys` by route: line and column from 1, in code points."""

    def __init__(self, data: dict[str, Any], choice: random.Random) -> None:
        self._choice = choice
        self._newline = choice.choice(["\n", "\n", "\r\n"])
        self._pieces: list[str] = []
        self._line, self._column = 1, 1
        self.values: Places = {}
        self.keys: Places = {}
        if choice.random() < 0.2:
            self._write("# a comment: with, [signs]\n")
        if choice.random() < 0.2:
            self._write("---\n")
        if data and choice.random() < 0.9:
            self._block(data, (), choice.choice([0, 0, 3]))
        else:
            self._flow(data, ())
            self._write("\n")

    @property
    def text(self) -> str:
        return "".join(self._pieces)

    def _write(self, text: str) -> None:
        for piece in re.split("(\n)", text):
            if piece == "\n":
                self._pieces.append(self._newline)
                self._line, self._column = self._line + 1, 1
            else:
                self._pieces.append(piece)
                self._column += len(piece)

    def _here(self, places: Places, route: Route) -> None:
        places[route] = (self._line, self._column)

    def _block(self, node: Any, route: Route, indent: int, *, started: bool = False) -> None:
        """A container in block style; with `started` the indentation of its first line is there already."""
        steps = list(node.items()) if isinstance(node, dict) else list(enumerate(node))
        for number, (step, value) in enumerate(steps):
            if not (started and number == 0):
                self._between(indent)
                self._write(" " * indent)
            if number == 0:
                self._here(self.values, route)
            if isinstance(node, dict):
                self._here(self.keys, (*route, step))
                self._write(self._scalar(step, key=True) + ":")
            else:
                self._write("-")
            self._block_value(value, (*route, step), indent, in_list=isinstance(node, list))

    def _between(self, indent: int) -> None:
        if self._choice.random() < 0.1:
            self._write(self._choice.choice(["\n", "# says nothing\n", " " * indent + "# nor this\n"]))

    def _block_value(self, value: Any, route: Route, indent: int, *, in_list: bool) -> None:
        nested = isinstance(value, dict | list) and value and self._choice.random() < 0.7
        deeper = indent + self._choice.choice([2, 2, 4])
        if nested and in_list and self._choice.random() < 0.7:
            space = self._choice.choice([1, 1, 3])
            self._write(" " * space)
            self._block(value, route, indent + 1 + space, started=True)
        elif nested:
            self._write(self._choice.choice(["", "  # below"]) + "\n")
            self._block(value, route, deeper)
        elif isinstance(value, str) and _LINES.fullmatch(value) and self._choice.random() < 0.3:
            self._write(" ")
            self._here(self.values, route)
            self._write("|-\n" + "".join(" " * deeper + line + "\n" for line in value.split("\n")))
        else:
            self._write(" " * self._choice.choice([1, 1, 4]))
            self._flow(value, route)
            self._write(self._choice.choice(["", "", "  # aside"]) + "\n")

    def _flow(self, value: Any, route: Route) -> None:
        self._here(self.values, route)
        if isinstance(value, dict | list):
            brackets = "{}" if isinstance(value, dict) else "[]"
            self._write(brackets[0])
            for number, step in enumerate(value if isinstance(value, dict) else range(len(value))):
                self._write(self._choice.choice([", ", ",", " ,  "]) if number else "")
                if isinstance(value, dict):
                    self._here(self.keys, (*route, step))
                    self._write(self._scalar(step, key=True) + ": ")
                self._flow(value[step], (*route, step))
            self._write(brackets[1])
        else:
            self._write(self._scalar(value))

    def _scalar(self, value: Any, *, key: bool = False) -> str:
        if not isinstance(value, str):
            return self._choice.choice(["null", "~"]) if value is None else json.dumps(value)
        ways = [json.dumps(value, ensure_ascii=False)]
        if all(character < "\U00010000" for character in value):  # JSON's pairs of surrogates are not YAML
            ways.append(json.dumps(value))
        if _ONE_LINE.fullmatch(value):
            ways.append("'" + value.replace("'", "''") + "'")
        if _PLAIN.fullmatch(value) and (key or value.lower() not in _MISREAD):
            ways.append(value)
        return self._choice.choice(ways)
