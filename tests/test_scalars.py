"""Scalars without quotes: exactly what the register calls a number, and a warning where other readers disagree."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from cireg.scalars import resolve
from cireg.source import read

# What is written, its value, and whether another reader takes it for something else.
SCALARS: list[tuple[str, Any, bool]] = [
    # nothing
    ("", None, False),
    ("~", None, False),
    ("null", None, False),
    # truth
    ("true", True, False),
    ("false", False, False),
    # numbers
    ("0", 0, False),
    ("-1", -1, False),
    ("412", 412, False),
    ("999999999999999999", 999999999999999999, False),
    ("-999999999999999999", -999999999999999999, False),
    ("0.5", 0.5, False),
    ("-0.25", -0.25, False),
    ("1.0", 1.0, False),
    ("1.10", 1.1, False),
    ("12345678.9012345678", 12345678.9012345678, False),
    # what another reader would take for a number
    ("9999999999999999999", "9999999999999999999", True),
    ("1234567890.123456789", "1234567890.123456789", True),
    ("010", "010", True),
    ("00", "00", True),
    ("+1", "+1", True),
    ("+491701234567", "+491701234567", True),
    ("1_000", "1_000", True),
    ("1e3", "1e3", True),
    ("1.0e+3", "1.0e+3", True),
    ("1E-3", "1E-3", True),
    ("5.", "5.", True),
    (".5", ".5", True),
    ("0x1F", "0x1F", True),
    ("0o14", "0o14", True),
    ("0b101", "0b101", True),
    ("12:30", "12:30", True),
    ("190:20:30", "190:20:30", True),
    ("12:30:45.5", "12:30:45.5", True),
    (".inf", ".inf", True),
    ("-.INF", "-.INF", True),
    (".nan", ".nan", True),
    (".NaN", ".NaN", True),
    ("2026-03-01T12:00:00Z", "2026-03-01T12:00:00Z", True),
    ("2026-03-01 12:00", "2026-03-01 12:00", True),
    # words that another reader would take for true, false or nothing
    *((word, word, True) for word in ("yes", "Yes", "YES", "no", "No", "NO", "on", "On", "ON", "off", "Off", "OFF")),
    *((word, word, True) for word in ("y", "Y", "n", "N", "True", "TRUE", "False", "FALSE", "Null", "NULL", "=")),
    # what every reader takes for text
    ("2026-03-01", "2026-03-01", False),
    ("2026-02-30", "2026-02-30", False),
    ("2026-03", "2026-03", False),
    ("2026-W14", "2026-W14", False),
    ("2026-Q2", "2026-Q2", False),
    ("yEs", "yEs", False),
    ("none", "none", False),
    ("-", "-", False),
    ("--", "--", False),
    ("...x", "...x", False),
    ("-25%", "-25%", False),
    ("25 %", "25 %", False),
    ("1,000", "1,000", False),
    ("1.2.3", "1.2.3", False),
    ("12:75", "12:75", False),
    ("REP-88", "REP-88", False),
    ("CI-0007", "CI-0007", False),
    ("\u0661\u0662", "\u0661\u0662", False),
    ("Infinity", "Infinity", False),
    ("NaN", "NaN", False),
    ("https://example.org/?a=1", "https://example.org/?a=1", False),
]


@pytest.fixture(params=["libyaml", "python"])
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both parsers of PyYAML: with libyaml, and without it as where no wheel has it."""
    name: str = request.param
    if name == "python":
        monkeypatch.delattr(yaml, "CSafeLoader")
    return name


@pytest.mark.parametrize(("written", "value", "ambiguous"), SCALARS)
def test_a_scalar_is_what_it_looks_like(written: str, value: object, ambiguous: bool) -> None:
    """null, true, false and plain decimals; all else is text, and some of it misleads."""
    found, misleads = resolve(written)

    assert (type(value), value, ambiguous) == (type(found), found, misleads)


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(("written", "value", "ambiguous"), [case for case in SCALARS if case[0] != "-"])
def test_a_file_says_so_at_the_value(written: str, value: object, ambiguous: bool) -> None:
    """In a file the value is the same, and the warning stands where the value does."""
    source = read("a", f"field: {written}\n".encode())
    assert source.data is not None

    assert (type(value), value) == (type(source.data["field"]), source.data["field"])
    assert ([("ambiguous-scalar", 1, 8)] if ambiguous else []) == [
        (each.rule, each.line, each.column) for each in source.problems
    ]


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize("written", [case[0] for case in SCALARS])
def test_a_scalar_in_quotes_or_as_a_key_is_text(written: str) -> None:
    """Nothing is made of it and nothing is warned of: `on` is a field of the schema."""
    text = f"- {{\"{written}\": '{written}', 'x': \"{written}\"}}\n"
    source = read("a", b"list:\n" + text.encode())
    assert source.data is not None

    assert {"list": [{written: written, "x": written}]} == source.data
    assert [] == source.problems


@pytest.mark.usefixtures("parser")
def test_a_plain_key_is_text_whatever_it_looks_like() -> None:
    """Two keys that another reader would take for one stay two."""
    source = read("a", b"1: a\ntrue: b\non: c\nnull: d\n2026-03-01: e\n010: f\n~: g\n")

    assert {"1": "a", "true": "b", "on": "c", "null": "d", "2026-03-01": "e", "010": "f", "~": "g"} == source.data
    assert [] == source.problems


@given(st.integers(-(10**18) + 1, 10**18 - 1), st.integers(0, 17))
def test_decimals_of_18_digits_are_exact_numbers(number: int, places: int) -> None:
    """An integer is read as it stands; one with a point as the nearest that a computer has."""
    digits = f"{abs(number):0{places + 1}}"
    sign = "-" if number < 0 else ""
    decimal = f"{sign}{digits[: len(digits) - places]}.{digits[len(digits) - places :]}" if places else f"{number}.0"
    source = read("a", f"a: {number}\nb: {decimal}\n".encode())
    assert source.data is not None

    assert (number, int) == (source.data["a"], type(source.data["a"]))
    if sum(map(str.isdigit, decimal)) <= 18:
        assert (float(decimal), float) == (source.data["b"], type(source.data["b"]))
    else:
        assert (decimal, str) == (source.data["b"], type(source.data["b"]))
