"""Everything that the site says about a register: its pages, and its list as JSON and CSV."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from cireg.findings import Finding
from cireg.model import Register
from cireg.sheets import write_csv
from cireg.site.page import Asset, Page, Site
from cireg.site.views import (
    archive,
    benefits,
    charting,
    flow,
    health,
    home,
    improvement,
    kpis,
    matrix,
    people,
    register,
    topics,
)
from cireg.site.views.links import Links, page_url
from cireg.site.views.rows import COLUMNS, as_cells, as_json, rows
from cireg.site.views.shown import Shown

SCHEMA_VERSION = 1


def pages(source: Register, findings: Sequence[Finding], site: Site) -> Iterator[Page]:
    """Every page of a register, one at a time; `findings` is what `check` says of it."""
    shown = _shown(source, findings, site)
    yield home.page(shown)
    yield register.page(shown)
    yield matrix.page(shown)
    yield archive.page(shown)
    yield flow.page(shown)
    yield health.page(shown)
    if shown.money:
        yield benefits.page(shown)
    links = Links(shown, page_url("improvement", "x"))  # all pages of which there are many stand equally deep
    for kind in topics.KINDS:
        yield from topics.pages(shown, links, kind)
    yield from people.pages(shown, links)
    yield from kpis.pages(shown, links)
    for item in shown.items:
        yield improvement.page(item, shown, links)


def assets(source: Register, findings: Sequence[Finding], site: Site) -> Iterator[Asset]:
    """The register's list as data, made of the same rows as its table."""
    made = rows(_shown(source, findings, site))
    lines = ",\n".join(_json(as_json(row)) for row in made)  # a line for each: two versions compare well
    head = f'"as_of": {_json(source.as_of.isoformat())},\n"items": [\n{lines}\n],\n"schema_version": {SCHEMA_VERSION}'
    yield Asset(register.JSON, f"{{\n{head}\n}}\n".encode())
    yield Asset(register.CSV, write_csv(COLUMNS, (tuple(as_cells(row)) for row in made)))
    for kpi in _shown(source, findings, site).register.kpis.values():
        if any(value is not None for _, value in kpi.readings.series):
            yield Asset(charting.csv_url(kpi), charting.csv_of(kpi))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, sort_keys=True)


def _shown(source: Register, findings: Sequence[Finding], site: Site) -> Shown:
    """What is shown of a register: worked out once for its pages and its files."""
    known = source.memory.get("shown")
    if isinstance(known, Shown) and known.site is site and known.given is findings:
        return known
    made = source.memory["shown"] = Shown(source, findings, site)
    return made
