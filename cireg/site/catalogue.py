"""The strings of the pages: a JSON file for each language, English where one is missing."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TypeAlias

from cireg.errors import CiregError

Message: TypeAlias = "str | Mapping[str, str]"
FALLBACK = "en"


class Catalogue:
    """The strings of one language, by key.

    A message is text with {names} for values, or {"one": …, "other": …} of such, chosen by the value `n`.
    """

    def __init__(self, messages: Mapping[str, Message]) -> None:
        self.messages = messages

    @classmethod
    def read(cls, folders: Iterable[Path], language: str) -> Catalogue:
        """The strings in `folders`, the first before the later; what `language` lacks is English."""
        messages: dict[str, Message] = {}
        for name in dict.fromkeys((FALLBACK, language)):
            for folder in reversed(list(folders)):
                messages.update(_read(folder / "messages" / f"{name}.json"))
        return cls(messages)

    def t(self, key: str, **values: object) -> str:
        """The string at `key` with the values in their places; raises `KeyError` where there is none.

        `n` also chooses between the forms for one and for several.
        """
        message = self.messages[key]
        if not isinstance(message, str):
            message = message["one" if values.get("n") in (1, "1") and "one" in message else "other"]
        return message.format_map(values) if values else message


def _read(path: Path) -> dict[str, Message]:
    if not path.is_file():
        return {}
    try:
        messages = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        hint = "the strings of the pages are one JSON object"
        raise CiregError(f"{path.name} cannot be read: {error}", hint) from error
    return dict(messages)
