"""Registers as views show them, from a few improvements each."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from cireg.lint import check
from cireg.site.page import Site
from cireg.site.templates import Templates
from cireg.site.views.links import Links
from cireg.site.views.shown import Shown
from cireg.site.views.subject import Subject
from tests import small_register

DEEP = "improvements/ci-0001/"


@cache
def templates() -> Templates:
    """The packaged templates."""
    return Templates()


def showing(*items: Mapping[str, Any], draft: bool = False, folder: str = "", **files: str) -> Shown:
    """A register of these improvements; `files` are cireg.yaml as `config` (lines to add) and KPIs by id."""
    config = small_register.CONFIG + files.pop("config", "")
    kpis = {f"kpis/{name}.yaml": text for name, text in files.items()}
    register = small_register.register({**small_register.files(*items), "cireg.yaml": config, **kpis})
    return Shown(register, check(register), Site(templates(), draft=draft, folder=folder))


def subject(data: Mapping[str, Any], *others: Mapping[str, Any], **options: Any) -> Subject:
    """One improvement with all that its page is made with."""
    shown = showing(data, *others, **options)
    item = shown.register.improvements[data["id"]]
    return Subject(item, shown, Links(shown, DEEP), shown.standings[item.id])
