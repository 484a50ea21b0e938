"""The strings of the pages: JSON files by language, en.json and en.*.json, English where one is missing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from markupsafe import Markup

from cireg.errors import CiregError

FALLBACK = "en"
_VALUE = re.compile(r"\{([a-z_]+)\}")


class Catalogue:
    """The strings of one language, by key.

    A message is text with {name} for each value, or {"one": text, "other": text}, chosen by the value `n`.
    """

    def __init__(self, messages: Mapping[str, Any]) -> None:
        self.messages = dict(messages)
        # Text and names take turns: "Due {day}." is ["Due ", "day", "."].
        self._parts = {
            key: {form: _VALUE.split(text) for form, text in _forms(key, message).items()}
            for key, message in messages.items()
        }
        self._plain = {
            key: forms["other"][0] for key, forms in self._parts.items() if len(forms) == 1 and len(forms["other"]) == 1
        }

    @classmethod
    def read(cls, folders: Iterable[Path], language: str) -> Catalogue:
        """The strings in `folders`, the first before the later; what `language` lacks is English."""
        messages: dict[str, Any] = {}
        for name in dict.fromkeys((FALLBACK, language)):
            for folder in reversed(list(folders)):
                for path in sorted((folder / "messages").glob("*.json")):
                    if path.name.partition(".")[0] == name:
                        messages.update(_read(path))
        return cls(messages)

    def t(self, key: str, /, **values: object) -> str:
        """The string at `key` with its values; raises `CiregError` where it or a value is missing.

        Plain text, unless a value is safe HTML: then everything else is escaped and the whole is safe HTML.
        """
        if key in self._plain:
            return self._plain[key]
        forms = self._parts.get(key)
        if forms is None:
            raise CiregError(f"the pages have no string '{key}'", "look into site_templates/messages")
        parts = forms["one" if "one" in forms and str(values.get("n")) == "1" else "other"]
        made = parts.copy()
        safe = False
        try:
            for n in range(1, len(made), 2):
                value = values[made[n]]
                safe = safe or type(value) is Markup
                made[n] = value if isinstance(value, str) else str(value)
        except KeyError as error:
            raise CiregError(f"the string '{key}' of the pages lacks its value {error}") from error
        return Markup("").join(made) if safe else "".join(made)


def _forms(key: str, message: Any) -> dict[str, str]:
    forms = message if isinstance(message, dict) else {"other": message}
    if "other" not in forms or not all(isinstance(text, str) for text in forms.values()):
        hint = 'a string is text, or {"one": text, "other": text}'
        raise CiregError(f"the string '{key}' of the pages cannot be used", hint)
    return forms


def _read(path: Path) -> dict[str, Any]:
    try:
        messages = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(messages, dict):
            raise ValueError("it is no JSON object")
    except ValueError as error:
        raise CiregError(f"{path.name} of the pages' strings cannot be read: {error}") from error
    return messages
