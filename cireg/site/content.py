"""Everything that the site says about a register: its pages, and its list as JSON and CSV."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import fields

from cireg.findings import Finding
from cireg.model import Register
from cireg.sheets import write_csv
from cireg.site.page import Asset, Page, Site
from cireg.site.views import archive, charting, home, improvement, kpis, matrix, people, register, topics
from cireg.site.views.links import Links, page_url
from cireg.site.views.rows import Row, as_cells, as_json, rows
from cireg.site.views.shown import Shown

SCHEMA_VERSION = 1


def pages(source: Register, findings: Sequence[Finding], site: Site) -> Iterator[Page]:
    """Every page of a register, one at a time; `findings` is what `check` says of it."""
    shown = Shown(source, findings, site)
    yield home.page(shown)
    yield register.page(shown)
    yield matrix.page(shown)
    yield archive.page(shown)
    links = Links(shown, page_url("improvement", "x"))  # all pages of which there are many stand equally deep
    for kind in topics.KINDS:
        yield from topics.pages(shown, links, kind)
    yield from people.pages(shown, links)
    yield from kpis.pages(shown, links)
    for item in shown.items:
        yield improvement.page(item, shown, links)


def assets(source: Register, findings: Sequence[Finding], site: Site) -> Iterator[Asset]:
    """The register's list as data, made of the same rows as its table."""
    made = rows(Shown(source, findings, site))
    document = {
        "schema_version": SCHEMA_VERSION,
        "as_of": source.as_of.isoformat(),
        "items": [as_json(row) for row in made],
    }
    text = json.dumps(document, ensure_ascii=False, allow_nan=False, indent=1, sort_keys=True)
    yield Asset(register.JSON, f"{text}\n".encode())
    header = [field.name for field in fields(Row)]
    yield Asset(register.CSV, write_csv(header, (tuple(as_cells(row)) for row in made)))
    for kpi in source.kpis.values():
        if any(value is not None for _, value in kpi.readings.series):
            yield Asset(charting.csv_url(kpi), charting.csv_of(kpi))
