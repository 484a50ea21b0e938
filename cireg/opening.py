"""Opens a register that lies in a folder: what it holds, on which day, and where in its repository it stands."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from cireg import clock
from cireg.errors import CiregError
from cireg.files import WorkTree
from cireg.git import Git
from cireg.layout import CONFIG, IMPROVEMENTS, KPIS
from cireg.model import Config, Register
from cireg.register import load


@dataclass(frozen=True, slots=True)
class Opened:
    """A register, its folder, and the day with what said so."""

    root: Path
    register: Register
    as_of: clock.AsOf


def open_at(root: Path, today: str | None = None, env: Mapping[str, str] = os.environ) -> Opened:
    """Read the register in `root`; `today` is the value of --today. Raises `CiregError` for a day that is none."""
    chosen: list[clock.AsOf] = []

    def day(config: Config) -> date:
        chosen.append(clock.today(today, env, known_zone(config), lambda: _head_date(root, config)))
        return chosen[0].date

    register = load(WorkTree(root), day)
    return Opened(root, register, chosen[0])


def known_zone(config: Config) -> str:
    """The configured time zone, UTC where there is none of that name: a rule reports it."""
    name = str(config.get("timezone"))
    try:
        clock.zone(name)
    except CiregError:
        return "UTC"
    return name


def folder_in_repository(root: Path) -> str:
    """The way from the git top level to the register, with "/" at its end; "" outside git."""
    try:
        top = Git(root).toplevel()
        way = root.relative_to(top).as_posix() if top else "."
    except (CiregError, ValueError):
        return ""
    return "" if way == "." else way + "/"


def _head_date(root: Path, config: Config) -> date | None:
    """The day of the last commit, when no file of the register differs from it."""
    git = Git(root)
    if git.toplevel() is None or not git.is_clean([CONFIG, IMPROVEMENTS, KPIS]):
        return None
    return git.head_commit_date(clock.zone(known_zone(config)))
