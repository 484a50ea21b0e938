"""`cireg money`."""

from __future__ import annotations

from typing import Any

import click

from cireg import query
from cireg.cli.session import at_option, open_register, out, today_option
from cireg.money.account import Account, Against, Confirmed, Side
from cireg.money.portfolio import Accounts, Kept, Outlook, Return
from cireg.report import json as as_json
from cireg.report import money as as_text


@click.command("money")
@click.argument("identity", metavar="[ID]", required=False)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to print the figures.")
@at_option
@today_option
def command(identity: str | None, form: str, today: str | None) -> None:
    """Show what improvements cost and bring in.

    \b
      cireg money
      cireg money CI-0007
      cireg money --format json

    Plans and what has come about are two figures. The return counts the kinds of gain in money.roi_kinds, the others
    stand beside it; of all improvements together it is a ratio of sums. What is not known is not 0. Without an ID,
    every improvement and all of them together.
    """
    register = open_register(today).register
    accounts = Accounts(register)
    currency = register.config.get("currency")
    account = accounts.by_id[query.find(register, identity).id] if identity else None
    if form == "json":
        content = as_data(account, accounts) if account else _portfolio(accounts)
        out(as_json.document(register.as_of, content | _terms(accounts, currency)))
        return
    whole = as_text.one(account, accounts, currency, _style) if account else None
    for line in whole or as_text.portfolio(accounts, currency, _style):
        out(line)
    out(f"As of {register.as_of}.")


def _style(content: str, kind: str) -> str:
    return click.style(content, bold=kind == "heading")


def _terms(accounts: Accounts, currency: str) -> dict[str, Any]:
    terms = accounts.terms
    return {
        "currency": currency,
        "rate": terms.rate,
        "horizon_months": terms.horizon,
        "roi_kinds": list(terms.kinds),
    }


def _portfolio(accounts: Accounts) -> dict[str, Any]:
    return {
        "items": [as_data(each, accounts) for each in accounts.by_id.values()],
        "portfolio": {
            "planned": _return(accounts.planned()),
            "realised": _return(accounts.to_date()),
            "realisation": _kept(accounts.kept()),
            "confirmed": _confirmed(accounts.confirmed()),
        },
    }


def as_data(account: Account, accounts: Accounts) -> dict[str, Any]:
    """One account as JSON; `programme` is null where an improvement has no parts."""
    programme = accounts.programme(account.item.id)
    return {
        "id": account.item.id,
        "title": account.item.title,
        "status": account.item.status,
        "planned": _side(account.planned) | _outlook(accounts.outlook([account])),
        "realised": _side(account.to_date),
        "realisation": _against(account.against),
        "confirmed": _confirmed(account.confirmed),
        "programme": {
            "ids": [each.item.id for each in programme],
            "planned": _return(accounts.planned(programme)) | _outlook(accounts.outlook(programme)),
            "realised": _return(accounts.to_date(programme)),
            "realisation": _kept(accounts.kept(programme)),
            "confirmed": _confirmed(accounts.confirmed(programme)),
        }
        if len(programme) > 1
        else None,
    }


def _side(side: Side) -> dict[str, Any]:
    return {
        "cost": side.cost,
        "cost_once": side.once if side.cost is not None else None,
        "costs_unknown": list(side.costs_unknown),
        "gain": side.gain,
        "gains": dict(side.gains),
        "gains_unknown": list(side.gains_unknown),
        "roi": side.roi,
        "no_roi": side.no_return,
    }


def _outlook(found: Outlook) -> dict[str, Any]:
    return {
        "npv": found.npv,
        "irr": found.irr,
        "payback": found.state,
        "payback_month": found.months,
        "payback_exact": found.exact,
    }


def _return(found: Return) -> dict[str, Any]:
    return {
        "roi": found.roi,
        "cost": found.cost if found.ids else None,
        "gain": found.gain if found.ids else None,
        "ids": list(found.ids),
        "floor": found.floor,
        "known_cost": found.known_cost if found.costed else None,
        "share_of_cost": found.share_of_cost,
        "with_cost": found.costed,
        "without_cost": list(found.without_cost),
        "without_gain": list(found.without_gain),
        "beside": dict(found.beside),
    }


def _against(found: Against | None) -> dict[str, Any] | None:
    if found is None:
        return None
    reported = found.months_reported > 0
    return {
        "rate": found.rate,
        "planned": found.planned if reported else None,
        "realised": found.realised if reported else None,
        "months_reported": found.months_reported,
        "months_due": found.months_due,
    }


def _kept(found: Kept | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "rate": found.rate,
        "planned": found.planned if found.ids else None,
        "realised": found.realised if found.ids else None,
        "ids": list(found.ids),
        "due": found.due,
        "share_of_cost": found.share_of_cost,
    }


def _confirmed(found: Confirmed | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {"amount": found.amount, "of": found.of, "entries": found.entries, "of_entries": found.of_entries}
