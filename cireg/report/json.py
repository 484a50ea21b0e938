"""JSON as the commands print it: sorted, stable, UTF-8, numbers of at most six decimals, null for the unknown."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from operator import itemgetter
from typing import Any

from cireg.findings import Finding

SCHEMA_VERSION = 1
DECIMALS = 6


def document(as_of: date, content: dict[str, Any]) -> str:
    """The text of one JSON object with its version and its day."""
    return dumps({"schema_version": SCHEMA_VERSION, "as_of": as_of.isoformat(), **content}, indent=2)


def dumps(value: Any, *, indent: int | None = None) -> str:
    """A value as JSON text; never NaN, never an infinite number."""
    if indent is None:
        return json.dumps(plain(value), sort_keys=True, ensure_ascii=False, allow_nan=False)
    return _lines(value, "\n", " " * indent)


def _lines(value: Any, line: str, step: str) -> str:
    """What the library writes of the plain value with an indent, in half its time: a large register is mostly this."""
    inner = line + step
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, dict):
        entries = sorted([(str(key), each) for key, each in value.items()], key=_key)
        parts = [f"{_name(key)}: {_lines(each, inner, step)}" for key, each in entries]
        return f"{{{inner}{f',{inner}'.join(parts)}{line}}}" if value else "{}"
    if isinstance(value, list | tuple):
        return f"[{inner}{f',{inner}'.join([_lines(each, inner, step) for each in value])}{line}]" if value else "[]"
    if value is None:
        return "null"
    known = _rounded(value) if type(value) is Fraction else plain(value)
    return repr(known) if type(known) in (int, float) else _quoted(known)


_key = itemgetter(0)
_quoted = json.JSONEncoder(ensure_ascii=False).encode  # plain() leaves no NaN
_name = cache(_quoted)


def plain(value: Any) -> Any:
    """The same value in what JSON has: dates as text, decimals as numbers."""
    if isinstance(value, dict):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Fraction):
        return _rounded(value)
    if isinstance(value, float | Decimal):
        number = round(float(value), DECIMALS)
        if not math.isfinite(number):
            return None
        return int(number) if number == int(number) and isinstance(value, Decimal) else number + 0.0
    return value


def _rounded(value: Fraction) -> int | float:
    """A fraction as JSON has it: whole where it is whole."""
    number = round(value.numerator / value.denominator, DECIMALS)
    return int(number) if number.is_integer() else number


def findings(found: Sequence[Finding], checked: int, as_of: date, prefix: str = "") -> str:
    """What check found; `prefix` is the way from the git top level to the register."""
    return document(
        as_of,
        {
            "findings": [
                {
                    "path": prefix + each.place.path,
                    "line": each.place.line,
                    "column": each.place.column,
                    "code": each.code,
                    "rule": each.rule,
                    "severity": each.severity,
                    "message": each.message,
                    "help": each.help,
                }
                for each in found
            ],
            "checked": checked,
        },
    )
