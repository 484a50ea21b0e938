"""The reference: every rule and every field has its place, with what the declarations say of it."""

from __future__ import annotations

from typing import Any

import pytest

from cireg.rules import RULES
from cireg.schema import fields
from cireg.site import reference
from cireg.site.links import scan
from cireg.site.page import Page, Site, field_id, rule_url
from cireg.site.reference import as_yaml
from cireg.site.templates import Templates
from cireg.source import read

KINDS = ("improvement", "kpi", "config")


@pytest.fixture(scope="module")
def pages() -> dict[str, Page]:
    """The pages by their urls."""
    return {page.url: page for page in reference.pages(Site(Templates()))}


def test_every_rule_has_a_page_with_all_that_it_declares(pages: dict[str, Page]) -> None:
    """The sentence, why it matters, what to do and both examples."""
    for rule in RULES:
        page = pages[rule_url(rule.name)]
        assert f"{rule.name} ({rule.code})" == page.title
        assert f"{rule.title}.\n{rule.why}\n" in page.search
        assert 2 <= page.body.count("<pre>")


def test_the_rules_are_listed_in_families(pages: dict[str, Page]) -> None:
    """Each once, with a link to its page, in the order of the codes."""
    page = pages["rules/"]

    assert {f"{rule.name}/" for rule in RULES} == scan(page.body).links - scan(page.body).ids
    assert [rule.code for rule in RULES] == [line.split()[0] for line in page.search.splitlines()]
    assert len({rule.code[:3] for rule in RULES}) == len(page.headings)


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_has_a_place(pages: dict[str, Page], kind: str) -> None:
    """With an id of its own that others link to, its description and its values."""
    page = pages[f"reference/{kind}/"]
    ids = [field_id(field.name) for field in fields(kind)]

    assert len(ids) == len(set(ids))
    assert set(ids) <= scan(page.body).ids
    assert [f"{field.name}: {field.description}" for field in fields(kind)] == page.search.splitlines()
    assert [each.id for each in page.headings] == [field_id(f.name) for f in fields(kind) if len(f.route) == 1]


def test_a_field_says_its_form_its_default_and_its_values(pages: dict[str, Page]) -> None:
    """As the schema declares them."""
    body = pages["reference/config/"].body

    assert "Required: always 1." in body
    assert "Where nothing is said, it is 36." in body
    assert "<li><code>grid</code>: " in body


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("service-desk-lead", "service-desk-lead"),
        ("Cut tickets by 25 %", "Cut tickets by 25 %"),
        ("2026-03-02", "2026-03-02"),
        ("2026-Q3", '"2026-Q3"'),
        ("no", '"no"'),
        ("a: b", '"a: b"'),
        ("-25%", '"-25%"'),
        ("12", '"12"'),
        ("", '""'),
        ("two\nlines\n", '"two\\nlines"'),
        (None, "null"),
        (True, "true"),
        (0.8, "0.8"),
        ({"a": [1, "b"], "c": {}}, "{a: [1, b], c: {}}"),
    ],
)
def test_a_value_is_written_as_a_person_would(value: Any, expected: str) -> None:
    """With quotes only where they are needed."""
    assert expected == as_yaml(value)


def stripped(value: Any) -> Any:
    """A value without the line ends of its texts."""
    if isinstance(value, dict):
        return {key: stripped(each) for key, each in value.items()}
    if isinstance(value, list):
        return [stripped(each) for each in value]
    return value.strip() if isinstance(value, str) else value


def test_every_example_of_the_reference_is_read_as_what_it_stands_for() -> None:
    """By the register's own reader."""
    for kind in KINDS:
        for field in fields(kind):
            for example in field.examples:
                source = read("x.yaml", f"value: {as_yaml(example)}\n".encode())
                assert {"value": stripped(example)} == source.data, field.name
                assert [] == source.problems
