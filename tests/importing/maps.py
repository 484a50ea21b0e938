"""Small maps, sheets and registers for the tests of imports."""

from __future__ import annotations

from datetime import date
from textwrap import dedent

from cireg.files import MemoryTree
from cireg.importing.mapping import ImportMap, Making, read_map
from cireg.importing.plan import Plan
from cireg.importing.planner import plan
from cireg.model import Register
from cireg.register import load
from cireg.sheets import read_table

TODAY = date(2026, 11, 23)

CONFIG = """\
version: 1
name: Test register
goals: [{id: g-one, name: One}]
practices: [{id: service-desk, name: Service desk}]
people: [{id: data-analyst, name: Data analyst}, {id: service-desk-lead, name: Service desk lead}]
"""

MAP = """\
version: 1
id: {template: "CI-{No:0>4}"}
empty: [n/a, "?"]
fields:
  title: Name
  status: {column: State, values: {Idea: proposed, Planned: planned, Done: closed, Parked: on-hold, No: rejected}}
  opportunity: Why
  owner: {column: Owner, slug: true}
  tags: Tags
  links.depends_on: Needs
  target.due: {column: Due, dates: [DD/MM/YYYY]}
  scores.value: Value
  source: {constant: other}
history:
  raised: Raised
  raised_by: {column: Owner, otherwise: anonymous}
  since: Changed
  note: Reason
"""

HEADER = "No,Name,State,Why,Owner,Tags,Needs,Due,Value,Raised,Changed,Reason"


def the_map(text: str = MAP) -> ImportMap:
    """The map that a text holds, which nothing may be wrong with."""
    made, found = read_map("map.yaml", dedent(text).encode())
    assert made is not None, found
    return made


def making(name: str, stated: str) -> Making:
    """What a field is made of, stated as in a map."""
    section = "history" if name.startswith("history.") else "fields"
    own = f"  {name.removeprefix('history.')}: {stated}\n"
    others = {
        "fields": "".join(f"  {each}: x\n" for each in ("title", "status", "opportunity") if each != name),
        "history": "" if name == "history.raised" else "  raised: x\n",
    }
    others[section] += own
    text = f"version: 1\nid: x\nfields:\n{others['fields']}history:\n{others['history']}"
    return next(each for each in the_map(text).makings if each.name == name)


def register(files: dict[str, str] | None = None, config: str = CONFIG) -> Register:
    """A register of these files."""
    return load(MemoryTree({"cireg.yaml": config, **(files or {})}), lambda _: TODAY)


def planned(rows: str, text: str = MAP, into: Register | None = None, header: str = HEADER) -> Plan:
    """The plan for the rows of a CSV."""
    table = read_table("ideas.csv", f"{header}\n{dedent(rows)}".encode())
    return plan("ideas.csv", table, the_map(text), into or register(), TODAY)
