"""A register of improvements that have money, for tests: each from its costs and gains."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from cireg.model import Register
from cireg.money.account import Account
from cireg.money.portfolio import Accounts
from tests.small_register import CONFIG, TODAY, fields, files, register


def cost(planned: Any = None, actual: Any = None, **more: Any) -> dict[str, Any]:
    """A cost, what is not given being left out."""
    given = {"planned": planned, "actual": actual, **more}
    return {"what": "Licences"} | {name: value for name, value in given.items() if value is not None}


def gain(planned: Any = None, kind: str = "cash", **more: Any) -> dict[str, Any]:
    """A gain; `realised` is given as its list."""
    given = {"kind": kind, "planned": planned, **more}
    return {"what": "Fees"} | {name: value for name, value in given.items() if value is not None}


def came(period: str, amount: float, **more: Any) -> dict[str, Any]:
    """What came in within a period."""
    return {"period": period, "amount": amount, **more}


def item(number: int = 1, status: str = "closed", costs: Any = (), gains: Any = (), **more: Any) -> dict[str, Any]:
    """An improvement with these costs and gains, live on 2026-05-04 where it has come so far."""
    money = {"costs": list(costs), "gains": list(gains)}
    data = fields(status, id=f"CI-{number:04}", money=money if costs or gains else None, **more)
    days = ("2026-01-05", "2026-01-12", "2026-02-02", "2026-03-02", "2026-05-04", "2026-10-05")
    if "history" not in more:
        for entry, on in zip(data["history"], days, strict=False):
            entry["on"] = on
    if "action" in data and "action" not in more:
        data["action"] = {"live": "2026-05-04"}
    if "review" in data:
        data["review"]["on"] = "2026-10-05"
    return data


def load(*items: dict[str, Any], money: str = "", today: date = TODAY) -> Register:
    """The register of these improvements; `money` is what cireg.yaml says under that name."""
    return register({"cireg.yaml": CONFIG + (f"money: {money}\n" if money else ""), **files(*items)}, today)


def accounts(*items: dict[str, Any], money: str = "", today: date = TODAY) -> Accounts:
    """The accounts of these improvements."""
    return Accounts(load(*items, money=money, today=today))


def account(costs: Any = (), gains: Any = (), *, today: date = TODAY, money: str = "", **more: Any) -> Account:
    """The account of one improvement with these costs and gains."""
    return accounts(item(costs=costs, gains=gains, **more), money=money, today=today).by_id["CI-0001"]


def plain(value: Fraction | None) -> float | None:
    """An exact figure as tests write it."""
    return None if value is None else float(value)


def values(*each: Any) -> tuple[Any, ...]:
    """Figures of several kinds, to be compared with what a test expects."""
    return each
