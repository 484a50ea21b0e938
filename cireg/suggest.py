"""What was probably meant by a word that is not known."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

_MOST = 12  # so many words can be read through


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The known word that is most like it, else the known words where they are few; "" where nothing helps."""
    words = list(known)
    near = difflib.get_close_matches(word, words, n=1)
    if near:
        return f"did you mean {near[0]}?"
    return f"one of: {', '.join(words)}" if 0 < len(words) <= _MOST else ""
