"""A small register for tests: in memory or in a folder, each improvement from a few lines."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from cireg.files import MemoryTree, Special, Symlink
from cireg.findings import Finding
from cireg.lint import check
from cireg.model import Improvement, Kpi, Register
from cireg.register import load

TODAY = date(2026, 11, 23)
CONFIG = """\
version: 1
name: Test register
owner: improvement-manager
goals: [{id: g-happier-users, name: Happier users}]
practices: [{id: service-desk, name: Service desk}]
services: [{id: workplace, name: Workplace}]
people:
  - {id: improvement-manager, name: Improvement manager, roles: [improvement-manager]}
  - {id: service-desk-lead, name: Service desk lead, roles: [process-owner]}
  - {id: data-analyst, name: Data analyst, roles: [data-analyst]}
  - {id: head-of-it, name: Head of IT, roles: [sponsor]}
"""
KPI = """\
id: answer-hours
name: Hours to the first answer
question: How long do users wait?
category: service-performance
unit: hours
better: lower
cadence: month
aggregation: median
method: Median of all tickets by closing month.
source: {system: service desk}
owner: data-analyst
"""
LINE = ("proposed", "assessed", "planned", "in-progress", "review", "closed")

Files = Mapping[str, bytes | str | Symlink | Special]


def register(files: Files, today: date = TODAY) -> Register:
    """The register of these files; cireg.yaml is the one above unless another is given."""
    return load(MemoryTree({"cireg.yaml": CONFIG, **files}), lambda _: today)


def findings(files: Files, today: date = TODAY) -> list[Finding]:
    """What check finds in the register of these files."""
    return check(register(files, today))


def places(found: list[Finding]) -> list[tuple[str, str, int, int]]:
    """Rule, path, line and column of each finding."""
    return [(each.rule, each.place.path, each.place.line, each.place.column) for each in found]


def write(folder: Path, files: Mapping[str, bytes | str]) -> Path:
    """The files in a folder, with the configuration above unless another is given."""
    for name, content in {"cireg.yaml": CONFIG, **files}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def title(identity: str) -> str:
    """A title that is like no other's."""
    letters = str.maketrans("0123456789", "ghijklmnop")  # numbers make no difference to likeness
    return "Mend " + hashlib.sha256(identity.encode()).hexdigest()[:20].translate(letters)


def fields(status: str = "proposed", *, id: str = "CI-0001", **more: Any) -> dict[str, Any]:  # noqa: A002 (the field's name)
    """An improvement that has all that the gates up to its status ask for; `more` stands over it, None takes away."""
    reached = LINE.index(status) if status in LINE else 0
    data: dict[str, Any] = {
        "id": id,
        "title": title(id),
        "status": status,
        "opportunity": "It could be better.\n",
        "vision": {"goal": "g-happier-users"},
    }
    if reached >= 1:
        data |= {
            "source": "feedback",
            "baseline": {"summary": "Three days."},
            "scores": {
                "value": 4,
                "effort": 2,
                "risk": 1,
                "urgency": 3,
                "on": "2026-11-11",
                "by": "improvement-manager",
            },
        }
    if reached >= 2:
        data |= {
            "owner": "service-desk-lead",
            "target": {
                "statement": "One day by March.",
                "due": "2027-03-01",
                "achievable": "There is time.",
                "evidence": "The portal's report.",
            },
            "plan": {"steps": [{"do": "Start", "by": "service-desk-lead", "due": "2027-02-01"}]},
        }
    if reached >= 4:
        data["action"] = {"live": "2026-11-14"}
    if reached >= 5:
        data["review"] = {"on": "2026-11-15", "by": "data-analyst", "verdict": "achieved", "evidence": ["REP-19"]}
        data["momentum"] = {"standardised": ["KB0000012"]}
    data["history"] = [
        {"on": f"2026-11-{10 + n:02}", "status": each, "by": "improvement-manager"}
        for n, each in enumerate(LINE[: reached + 1])
    ]
    if status not in LINE:
        entry = {"on": "2026-11-16", "status": status, "by": "improvement-manager", "note": "Not now."}
        data["history"].append(entry | ({"until": "2027-02-01"} if status == "on-hold" else {}))
    return {name: value for name, value in (data | more).items() if value is not None}


def text(data: Mapping[str, Any]) -> str:
    """An improvement as YAML: a line for each field, its value as JSON."""
    return "".join(f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in data.items())


def files(*items: Mapping[str, Any]) -> dict[str, str]:
    """The file of each improvement, by path."""
    return {f"improvements/{item['id']}.yaml": text(item) for item in items}


def item(data: Mapping[str, Any], **others: str) -> Improvement:
    """One improvement as it is read."""
    return register({**files(data), **others}).improvements[data["id"]]


def kpi(**more: Any) -> Kpi:
    """The KPI above as it is read; `more` stands over its fields."""
    path = "kpis/answer-hours.yaml"
    extra = "".join(f"{name}: {json.dumps(value)}\n" for name, value in more.items())
    kept = "".join(line + "\n" for line in KPI.splitlines() if line.partition(":")[0] not in more)
    return register({path: kept + extra}).kpis["answer-hours"]
