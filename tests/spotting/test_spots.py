"""The numbered list: KPIs, then kinds of tickets with what the register has on them."""

from __future__ import annotations

from typing import Any

import pytest

from cireg.errors import CiregError
from cireg.spotting.spots import Spots, spots
from tests import measured_register as made
from tests import small_register
from tests.spotting.test_signals import CALM, WORSE
from tests.spotting.ticket_tables import tickets

CONFIG = small_register.CONFIG.replace(
    "services: [", "services: [{id: wi-fi, name: Office network}, {id: identity, name: Identity and sign-in}, "
)


def listed(text: str | None, *items: dict[str, Any], **kpis: str) -> Spots:
    """The list of a register with these improvements and KPIs, beside these tickets."""
    files: dict[str, str] = {"cireg.yaml": CONFIG, **small_register.files(*items)}
    for name, readings in kpis.items():
        files |= {f"kpis/{name.replace('_', '-')}.yaml": made.kpi(name.replace("_", "-"))}
        files |= {f"kpis/{name.replace('_', '-')}.csv": readings}
    return spots(small_register.register(files), tickets(text) if text else None)


def item(**more: Any) -> dict[str, Any]:
    return small_register.fields(**more)


def test_numbers_run_through_from_the_kpis_to_the_tickets() -> None:
    """From 1 on, without a gap."""
    found = listed("Category\nb\na\na\n", answer_hours=made.csv(("2025-01", WORSE)), calm=made.csv(("2025-01", CALM)))
    assert [(1, "answer-hours", None), (2, None, "a"), (3, None, "b")] == [
        (each.number, each.kpi, each.line.name if each.line else None) for each in found.items
    ]
    assert "a" == (found.at(2).line and found.at(2).line.name)  # type: ignore[union-attr]  # asked for in the line


@pytest.mark.parametrize(("number", "words"), [(0, "the list has 2"), (3, "the list has 2"), (-1, "the list has 2")])
def test_a_number_that_is_not_there_is_refused(number: int, words: str) -> None:
    """With how many there are."""
    with pytest.raises(CiregError, match=words):
        listed("Category\na\nb\n").at(number)
    with pytest.raises(CiregError, match="the list is empty"):
        listed(None).at(1)


@pytest.mark.parametrize(
    ("title", "fields", "named"),
    [
        ("Cut password resets", {}, True),
        ("Cut password-reset tickets", {}, True),
        ("Cut PasswordReset tickets", {}, True),
        ("Nothing of the kind", {"tags": ["password-reset"]}, True),
        ("Cut passwords", {}, False),
        ("No passwordresetting", {}, False),
        ("Unpassword reset", {}, False),
        ("Cut password resets", {"status": "rejected"}, False),
    ],
)
def test_an_open_improvement_that_names_the_kind_is_shown(title: str, fields: dict[str, Any], named: bool) -> None:
    """In its title or tags, written in one or not, in the plural or not."""
    (found,) = listed("Category\nPassword reset\n", item(title=title, **fields)).items
    assert (("CI-0001",) if named else ()) == found.improvements


def test_an_improvement_of_a_service_is_shown_beside_its_tickets() -> None:
    """By the service's id or its name."""
    found = listed("Category\nOffice  network\nwi fi\nNowhere\n", item(services=["wi-fi"])).items
    assert [("CI-0001",), ("CI-0001",), ()] == sorted((each.improvements for each in found), reverse=True)


def test_a_kpi_that_is_named_like_the_kind_is_its_kpi() -> None:
    """Of several it is none."""
    readings = made.csv(("2025-01", CALM))
    (found,) = listed("Category\nWi-Fi\n", wifi_incidents=readings).items
    assert "wifi-incidents" == found.kpi
    (found,) = listed("Category\nWi-Fi\n", wifi_incidents=readings, wi_fi_calls=readings).items
    assert found.kpi is None


@pytest.mark.parametrize("name", ["", "a", "=1", "(", "a" * 200, "word " * 30, ".*"])
def test_a_name_that_says_nothing_finds_nothing(name: str) -> None:
    """It is never a pattern."""
    (found,) = listed(f"Category,x\n{name},1\n", item(title="A word of any kind (=1)")).items
    assert (None, ()) == (found.kpi, found.improvements)


def test_the_same_files_give_the_same_list() -> None:
    """In whatever order the tickets stand."""
    one, other = (listed("Category\n" + "".join(f"{name}\n" for name in order)) for order in ("abcba", "ccbba"[::-1]))
    assert [each.line.name for each in one.items if each.line] == ["a", "b", "c"]
    assert [each.line.name for each in other.items if each.line] == ["b", "c", "a"]
