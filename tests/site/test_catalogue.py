"""The strings of the pages: chosen by key, language and number."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from markupsafe import Markup

from cireg.errors import CiregError
from cireg.site.catalogue import Catalogue


def write(folder: Path, name: str, messages: object) -> None:
    """A file of messages."""
    (folder / "messages").mkdir(parents=True, exist_ok=True)
    (folder / "messages" / name).write_text(json.dumps(messages), encoding="utf-8")


def test_values_stand_in_their_places() -> None:
    """Only names in braces are places; other braces are text."""
    catalogue = Catalogue({"due": "Due {day}, {who}. {} {0} {a.b}", "plain": "100 %"})

    assert "Due today, you. {} {0} {a.b}" == catalogue.t("due", day="today", who="you")
    assert "100 %" == catalogue.t("plain", unused=1)


@pytest.mark.parametrize(
    ("n", "expected"), [(0, "0 items"), (1, "1 item"), ("1", "1 item"), (2, "2 items")], ids=["0", "1", "text", "2"]
)
def test_the_number_chooses_the_form(n: object, expected: str) -> None:
    """One or several."""
    assert expected == Catalogue({"count": {"one": "{n} item", "other": "{n} items"}}).t("count", n=n)


def test_safe_html_in_a_string_makes_the_whole_safe() -> None:
    """Everything else is escaped then; without it the string is plain text."""
    catalogue = Catalogue({"by": "<{who}> & {link}"})

    assert Markup("&lt;a &lt; b&gt; &amp; <a>x</a>") == catalogue.t("by", who="a < b", link=Markup("<a>x</a>"))
    assert isinstance(catalogue.t("by", who="", link=Markup("<a>x</a>")), Markup)
    assert not isinstance(catalogue.t("by", who="<", link=">"), Markup)


def test_a_value_is_never_read_as_a_string_with_places() -> None:
    """What a contributor writes is not looked at for places."""
    assert "{b} {a}" == Catalogue({"two": "{a} {b}"}).t("two", a="{b}", b="{a}")


def test_what_a_language_lacks_is_english(tmp_path: Path) -> None:
    """And a register's own strings stand over the packaged ones."""
    shared, own = tmp_path / "shared", tmp_path / "own"
    write(shared, "en.json", {"a": "one", "b": "two", "c": "three"})
    write(shared, "en.more.json", {"d": "four"})
    write(shared, "de.json", {"a": "eins"})
    write(own, "en.json", {"b": "second"})
    catalogue = Catalogue.read((own, shared), "de")

    assert ["eins", "second", "three", "four"] == [catalogue.t(key) for key in "abcd"]
    assert "one" == Catalogue.read((own, shared), "en").t("a")
    assert "one" == Catalogue.read((own, shared), "../de").t("a")


@pytest.mark.parametrize(
    ("messages", "key", "said"),
    [
        ({}, "gone", "no string 'gone'"),
        ({"a": "{x}"}, "a", "lacks its value 'x'"),
        ({"a": {"one": "x"}}, "a", "'a' of the pages cannot be used"),
        ({"a": 1}, "a", "'a' of the pages cannot be used"),
    ],
)
def test_a_missing_string_or_value_is_named(messages: dict[str, object], key: str, said: str) -> None:
    """It is a mistake of whoever wrote the template or the strings."""
    with pytest.raises(CiregError, match=said):
        Catalogue(messages).t(key)


def test_a_file_of_strings_that_is_none_is_named(tmp_path: Path) -> None:
    """With its name."""
    write(tmp_path, "en.json", ["a"])

    with pytest.raises(CiregError, match=r"en\.json"):
        Catalogue.read([tmp_path], "en")
