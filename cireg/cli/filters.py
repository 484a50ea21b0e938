"""The options that choose improvements, the same for every command that lists or exports them."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from typing import Any

import click

from cireg import lifecycle, query
from cireg.query import Condition

_FIELDS = {"owners": "owner", "practices": "practices", "services": "services", "goals": "vision.goal", "tags": "tags"}
_OPTIONS = (
    click.option(
        "--status", "statuses", multiple=True, type=click.Choice([query.OPEN, *lifecycle.statuses()]),
        help="With this status; open stands for every open one.",
    ),
    click.option("--owner", "owners", multiple=True, metavar="PERSON", help="Owned by this person or role."),
    click.option("--practice", "practices", multiple=True, metavar="ID", help="Of this practice."),
    click.option("--service", "services", multiple=True, metavar="ID", help="Of this service."),
    click.option("--goal", "goals", multiple=True, metavar="ID", help="Serving this goal."),
    click.option("--tag", "tags", multiple=True, metavar="TAG", help="With this tag."),
    click.option("--where", "wheres", multiple=True, metavar="CONDITION", help="Where a field of the file is so."),
)  # fmt: skip


def filter_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """--status, --owner, --where and the like; the command is given the `conditions` that they state."""

    @functools.wraps(command)
    def with_conditions(
        *, statuses: tuple[str, ...], wheres: tuple[str, ...], **given: Any
    ) -> Any:  # click hands over options by name
        conditions = [Condition(field, "=", values) for name, field in _FIELDS.items() if (values := given.pop(name))]
        if statuses:
            conditions.append(Condition("status", "=", tuple(_statuses(statuses))))
        conditions += [query.parse(where) for where in wheres]
        return command(conditions=conditions, **given)

    for option in reversed(_OPTIONS):
        with_conditions = option(with_conditions)
    return with_conditions


def _statuses(given: tuple[str, ...]) -> Iterator[str]:
    for name in given:
        if name == query.OPEN:
            yield from (each for each in lifecycle.statuses() if lifecycle.is_open(each))
        else:
            yield name
