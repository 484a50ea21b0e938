"""Templates of an import map: a text with columns in braces, filled without evaluating anything."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

_PIECE = re.compile(r"\{\{|\}\}|\{([^{}]+?)(?::(.?)([<>])([0-9]{1,2}))?\}|[{}]", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for a column's text, filled up with `fill` to `width` characters where it is shorter."""

    name: str
    fill: str = " "
    left: bool = False
    width: int = 0

    def renamed(self, name: str) -> Slot:
        return replace(self, name=name)

    def put(self, text: str) -> str:
        return text.ljust(self.width, self.fill) if self.left else text.rjust(self.width, self.fill)


@dataclass(frozen=True, slots=True)
class Template:
    """Texts and slots in their order."""

    pieces: tuple[str | Slot, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names in its slots, each once."""
        return tuple(dict.fromkeys(piece.name for piece in self.pieces if isinstance(piece, Slot)))

    def fill(self, text_of: Callable[[str], str]) -> str | None:
        """The text with every slot filled; None where one of them has nothing."""
        found = []
        for piece in self.pieces:
            if isinstance(piece, str):
                found.append(piece)
            elif text := text_of(piece.name):
                found.append(piece.put(text))
            else:
                return None
        return "".join(found)


def compile_template(text: str) -> Template | str:
    """The template, or the reason why it is none. {name:0>4} fills up with zeros on the left; {{ is a brace."""
    pieces: list[str | Slot] = []
    start = 0
    for match in _PIECE.finditer(text):
        pieces.append(text[start : match.start()])
        start = match.end()
        if match[0] in ("{{", "}}"):
            pieces.append(match[0][0])
        elif match[1] is None:
            return f"a brace is alone in it: write a column as {{NAME}}, a brace as {match[0] * 2}"
        elif match[4] is None:
            pieces.append(Slot(match[1]))
        else:
            pieces.append(Slot(match[1], match[2] or " ", match[3] == "<", int(match[4])))
    pieces.append(text[start:])
    kept = tuple(piece for piece in pieces if piece != "")
    if not any(isinstance(piece, Slot) for piece in kept):
        return "no column stands in it: write one as {NAME}"
    return Template(kept)
