"""Where things are: a register's own folders, and the schemas and templates that travel with cireg."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from cireg.errors import CiregError

CONFIG = "cireg.yaml"
IMPROVEMENTS = "improvements"
KPIS = "kpis"
SCHEMAS = "schema"
TEMPLATES = "site_templates"
KINDS = ("improvement", "kpi", "config")  # the kinds of file that have a schema

_PACKAGE = Path(__file__).resolve().parent


@cache
def packaged(folder: str) -> Path:
    """What belongs to this cireg and is no code, such as `schema`: in a wheel inside it, in a checkout beside it."""
    inside = _PACKAGE / "_data" / folder
    return inside if inside.exists() else _PACKAGE.parent / folder


def starter(name: str) -> str:
    """The text of a file that a new register begins with."""
    return (_PACKAGE / "starter" / name).read_text(encoding="utf-8")


@cache
def schema_text(kind: str) -> str:
    """The text of the installed JSON Schema of a kind of file: improvement, kpi, config, import-map or ticket-map."""
    return (packaged(SCHEMAS) / f"{kind}.schema.json").read_text(encoding="utf-8")


@cache
def schema_document(kind: str) -> dict[str, Any]:
    """The installed JSON Schema of a kind of file, parsed."""
    document: dict[str, Any] = json.loads(schema_text(kind))
    return document


def find_root(start: Path) -> Path:
    """The register that `start` is in: the nearest folder upwards with a cireg.yaml; raises `CiregError`."""
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / CONFIG).is_file() or (folder / CONFIG).is_symlink():
            return folder
    raise CiregError(
        f"no register here: neither {start} nor a folder above it has a {CONFIG}",
        "change into a register, or make one with: cireg init",
    )
