"""The words of a text as an id or a part of a file name: small letters, digits and hyphens."""

from __future__ import annotations

import re
import unicodedata

_OTHER = re.compile(r"[^a-z0-9]+")


def slug(text: str, longest: int) -> str:
    """The words of `text` joined by hyphens, whole words only where they fit into `longest` characters.

    Accents are taken off; letters of other scripts have no place in an id and fall away, so the answer may be "".
    """
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(character for character in plain if not unicodedata.combining(character))
    words = _OTHER.sub("-", plain.replace("'", "").replace("\u2019", "")).strip("-")
    if len(words) <= longest:
        return words
    return words[: longest + 1].rpartition("-")[0] or words[:longest]
