"""What an improvement still lacks for a status: the gate's parts that its file shows, and what depends on others."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from cireg import approvals, lifecycle
from cireg.lifecycle import Part
from cireg.model import Improvement, Register
from cireg.money import planned_cost
from cireg.schema import dotted
from cireg.source import Route


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing that a gate asks for and that is not there: where it belongs, and what would supply it.

    `rule` names the rule that reports it; "gate" for what the file itself shows.
    """

    rule: str
    route: Route
    title: str
    help: str
    smart: str | None = None


def lacking(item: Improvement, register: Register, status: str) -> list[Lack]:
    """What the one gate of `status` asks of `item` and does not find."""
    gate = lifecycle.gate(status, light=item.light)
    found = [lack for number in gate.checker.lacking(item.data) for lack in _lacks(item, gate.parts[number])]
    for rule in gate.rules:
        found.extend(DEPENDENT[rule](item, register, status))
    return found


def lacking_by_now(item: Improvement, register: Register) -> list[Lack]:
    """What all the gates that `item` has passed by its status ask for and do not find."""
    return [lack for status in gates_to_pass(item) for lack in lacking(item, register, status)]


def _lacks(item: Improvement, part: Part) -> Iterator[Lack]:
    """One lack for a part, or one for each incomplete entry of its list."""
    if not part.each:
        yield Lack("gate", part.route, part.title, part.help, part.smart)
        return
    for index, entry in item.entries(*part.route):
        for name in part.each:
            if name not in entry:
                route: Route = (*part.route, index, name)
                yield Lack("gate", route, dotted(route), part.help, part.smart)


def gates_to_pass(item: Improvement) -> tuple[str, ...]:
    """The statuses whose gates `item` has to satisfy by now: they add up along the way."""
    here = lifecycle.reached(item)
    if here is None:
        return ()
    line = lifecycle.line()
    return line[: line.index(here) + 1]


def _approvals(item: Improvement, register: Register, status: str) -> Iterator[Lack]:
    for each in approvals.wanted(item, register.config, status):
        if each.state == "missing":
            yield Lack(
                "approval-missing", ("plan", "approvals"), f"the approval of {each.by}",
                f"ask for it; who decides says so with: cireg approve {item.id} --as {each.by}",
            )  # fmt: skip
        elif each.state == "declined":
            yield Lack(
                "approval-missing", ("plan", "approvals"), f"the approval of {each.by}, who declined",
                "change the plan and ask again, or reject the improvement",
            )  # fmt: skip
        elif each.state == "stale":
            yield Lack(
                "stale-approval", ("plan", "approvals", each.index or 0, "covers"),
                f"the approval of {each.by} for what is planned now",
                f"what was approved has changed since: ask again, cireg approve {item.id} --as {each.by}",
            )  # fmt: skip


def _changes(item: Improvement, register: Register, status: str) -> Iterator[Lack]:
    if register.config.get("policy", "changes_required") and not item.get("action", "changes"):
        yield Lack(
            "changes-missing", ("action", "changes"), "action.changes",
            "name the change record that the work goes through",
        )  # fmt: skip


def _follower(item: Improvement, register: Register, status: str) -> Iterator[Lack]:
    continues = item.get("momentum", "decision") == "continue" and item.get("review", "verdict") != "achieved"
    if continues and not register.followers.get(item.id):
        yield Lack(
            "follower-missing", ("momentum", "decision"), "the improvement that continues it",
            f"add one whose links.follows is {item.id}: cireg new --follows {item.id}",
        )  # fmt: skip


def _light_limits(item: Improvement, register: Register, status: str) -> Iterator[Lack]:
    config = register.config
    for name in ("effort", "risk"):
        most, given = config.get("policy", "light", name), item.get("scores", name)
        if given is not None and given > most:
            yield Lack(
                "light-limits", ("scores", name), f"{name} of at most {most}; it is {given}",
                "put it on the full track, or cut it down",
            )  # fmt: skip
    most, cost = config.get("policy", "light", "cost"), planned_cost(item, config)
    if cost is None:
        yield Lack(
            "light-limits", ("money", "costs"), "a planned cost",
            "add a cost with its planned figure to money.costs; 0 where it costs nothing",
        )  # fmt: skip
    elif cost > most:
        yield Lack(
            "light-limits", ("money", "costs"), f"a planned cost of at most {most:,}; it is {cost:,.0f}",
            "put it on the full track, or cut it down",
        )  # fmt: skip


APPROVALS = frozenset({"approval-missing", "stale-approval"})
"""The rules of what is lacking until somebody decides."""

AMOUNTS = frozenset({"light-limits"})
"""The rules of what is lacking whose words state amounts of money."""

# What the schema's gates name by rule: each depends on the configuration or on other files.
DEPENDENT: dict[str, Callable[[Improvement, Register, str], Iterator[Lack]]] = {
    "approval-missing": _approvals,
    "changes-missing": _changes,
    "follower-missing": _follower,
    "light-limits": _light_limits,
}
