"""Every kind of fault, planted in a copy of the example register: each is found at its line and column, all at once.

Where a fault is to be found stands in the planted text itself: ⌖rule⌖ before the character at which the finding of
that rule is expected.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from cireg.rules import RULES
from tests.running import call
from tests.small_register import KPI, fields

ROOT = Path(__file__).resolve().parents[1]
DAY = ("--today", "2026-11-23")
MARK = re.compile(r"⌖([a-z-]+)⌖")

Expected = Counter[tuple[str, str, int, int]]

_FIELD = re.compile(r"^(?:⌖[a-z-]+⌖)*([a-z_]+):", re.MULTILINE)


def planted(number: int, status: str, text: str = "", *, without: str = "") -> str:
    """An improvement that begins with `text`; the fields that it does not name are right, but for those left out."""
    own = {*_FIELD.findall(text), *without.split()}
    whole = fields(status, id=f"CI-{number}")
    if status != "proposed":
        whole["money"] = {"costs": [{"what": "Time", "planned": 0}]}  # what is not known would need an approval
    rest = [f"{name}: {json.dumps(value)}\n" for name, value in whole.items() if name not in own]
    return text.lstrip("\n") + "".join(rest)


# What the reader refuses

UNREADABLE = {
    "CI-9001": "id: CI-9001\ntitle: Answer⌖syntax⌖: sooner\n",
    "CI-9002": "id: ⌖anchor⌖&x CI-9002\n",
    "CI-9003": "id: ⌖alias⌖*x\n",
    "CI-9004": "id: ⌖tag⌖!!str CI-9004\n",
    "CI-9005": "vision:\n  ⌖merge-key⌖<<: {goal: x}\n",
    "CI-9006": "⌖directive⌖%YAML 1.2\n---\nid: CI-9006\n",
    "CI-9007": "id: CI-9007\n⌖multiple-documents⌖---\nid: CI-9007\n",
    "CI-9008": "custom: {? ⌖complex-key⌖[a] : b}\n",
    "CI-9009": "\n⌖not-a-mapping⌖- id: CI-9009\n",
    "CI-9010": "⌖empty-file⌖# to be written\n",
    "CI-9011": "custom: " + "[" * 15 + "⌖too-deep⌖" + "[" * 25_376,
    "CI-9012": "custom: [" + "1, " * 9_996 + "1, ⌖too-many-nodes⌖1]\n",
    "CI-9013": "custom: {a: ⌖scalar-too-long⌖" + "a" * 5_000 + "}\n",
    "CI-9014": "⌖file-too-large⌖# " + "a" * 300_000,
    "CI-9015": "⌖bom⌖\ufeffid: CI-9015\n",
    "CI-9016": "id: CI-9016\ntitle: 漢字 ⌖forbidden-character⌖\u202egnp\n",
    "CI-9017": 'title: ⌖forbidden-character⌖"\\e]0;x"\n',
    "CI-9018": "id: CI-9018\n⌖merge-conflict⌖<<<<<<< HEAD\ntitle: a\n=======\ntitle: b\n>>>>>>> idea\n",
    "CI-9019": "id: CI-9019\ntitle: ⌖syntax⌖@later\n",
    "CI-9020": "a: ⌖anchor⌖&a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n",
}
BYTES = {
    "improvements/CI-9030.yaml": (b"title: caf\xe9\n", ("encoding", 1, 11)),
    "improvements/CI-9031.yaml": ("id: CI-9031\n".encode("utf-16"), ("encoding", 1, 1)),
    "improvements/CI-9032.yaml": (b"title: a\x00b\n", ("forbidden-character", 1, 9)),
    "improvements/CI-9033.yaml": (b"title: a\rstatus: b\n", ("forbidden-character", 1, 8)),
    "improvements/CI-9034.yaml": (b'title: "' + b"a" * 50_000_000 + b'"\n', ("file-too-large", 1, 1)),
    "improvements/CI-9035.yaml": ("".join(f"k{n}: 1\n" for n in range(300_000)).encode(), ("file-too-large", 1, 1)),
}

# What breaks the schema, what is named twice, and what refers to nothing

WRONG = {
    "CI-9101": planted(
        9101,
        "proposed",
        """
⌖missing-field⌖id: CI-9101
⌖unknown-field⌖ownr: nobody
title: ⌖wrong-length⌖"""
        + "a" * 301
        + """
tags: ⌖wrong-type⌖portal
source: ⌖unknown-value⌖survey
owner: ⌖wrong-shape⌖Head of IT
team: ⌖repeated-value⌖[data-analyst, data-analyst]
target: {due: ⌖wrong-date⌖2027-02-30}
scores: {value: ⌖out-of-range⌖7, effort: ⌖wrong-type⌖x}
vision: {goal: g-happier-users, ⌖unknown-field⌖gaol: x}
measures: [{kpi: change-success-rate, role: guard, target: ⌖wrong-form⌖{change: 1, value: 2}}]
plan: {steps: [⌖missing-field⌖{by: data-analyst}]}
""",
        without="opportunity",
    ),
    "CI-9102": planted(9102, "proposed", "tags: [a]\n⌖duplicate-key⌖tags: [b]\n"),
    "CI-9103": planted(
        9103, "proposed", "custom: {spare: ⌖ambiguous-scalar⌖no, on: ⌖ambiguous-scalar⌖on, n: ⌖ambiguous-scalar⌖010}\n"
    ),
    "CI-9104": planted(9104, "proposed", "id: ⌖file-name⌖CI-9105\n"),
    "CI-9106-one": planted(9106, "proposed"),
    "CI-9106-two": planted(9106, "proposed", "id: ⌖duplicate-id⌖CI-9106\ntitle: Written on another branch\n"),
    "CI-9107": planted(
        9107,
        "proposed",
        """
owner: ⌖unknown-person⌖nobody
team: [data-analyst, ⌖unknown-person⌖somebody]
sponsor: ⌖person-left⌖operations-manager
vision: {goal: ⌖unknown-goal⌖g-none}
practices: [service-desk, ⌖unknown-practice⌖no-practice]
services: [⌖unknown-service⌖no-service]
measures: [{kpi: ⌖unknown-kpi⌖no-kpi, role: secondary}]
links:
  follows: ⌖dangling-link⌖CI-0404
  depends_on: [⌖dangling-link⌖CI-0405]
  external: [INC0045678, ⌖external-id⌖INC45678]
plan: {steps: [{do: x, by: ⌖unknown-person⌖nobody}]}
log: [{on: 2026-11-12, note: later, by: ⌖unknown-person⌖x}]
""",
    ),
    # circles
    "CI-9110": planted(9110, "proposed", "links: {part_of: ⌖circular-link⌖CI-9111}\n"),
    "CI-9111": planted(9111, "proposed", "links: {part_of: CI-9110}\n"),
    "CI-9112": planted(9112, "proposed", "links: {depends_on: [CI-0007, ⌖circular-link⌖CI-9113]}\n"),
    "CI-9113": planted(9113, "proposed", "links: {depends_on: [CI-9114]}\n"),
    "CI-9114": planted(9114, "proposed", "links: {depends_on: [CI-9112]}\n"),
    "CI-9115": planted(9115, "proposed", "links: {follows: ⌖circular-link⌖⌖follows-open⌖CI-9116}\n"),
    "CI-9116": planted(9116, "proposed", "links: {follows: ⌖follows-open⌖CI-9115}\n"),
    "CI-9117": planted(9117, "proposed", "links: {supersedes: [⌖circular-link⌖CI-9117]}\n"),
    # what hangs together and should not
    "CI-9120": planted(9120, "proposed", "links: {duplicate_of: ⌖duplicate-not-rejected⌖CI-9106}\n"),
    "CI-9121": planted(9121, "withdrawn", "status: ⌖open-part⌖withdrawn\n"),
    "CI-9122": planted(9122, "proposed", "links: {part_of: CI-9121, depends_on: [⌖depends-on-ended⌖CI-9121]}\n"),
    "CI-9123": planted(9123, "assessed", "links: {supersedes: [⌖superseded-open⌖CI-9122]}\n"),
}

# What the life cycle asks for

RAISED = "  - {on: 2026-11-12, status: proposed, by: service-desk-lead}\n"
LIGHT = (
    f"track: light\nstatus: closed\nhistory:\n{RAISED}  - {{on: 2026-11-15, status: closed, by: service-desk-lead}}\n"
)
REVIEWED = "review: {on: 2026-11-15, by: data-analyst, evidence: [REP-1], verdict: "
SEVEN = "⌖gate⌖" * 7

STAGES = {
    "CI-9201": planted(9201, "assessed", f"{SEVEN}id: CI-9201\n", without="source vision baseline scores"),
    "CI-9202": planted(
        9202,
        "planned",
        """
⌖gate⌖id: CI-9202
⌖smart⌖⌖smart⌖⌖smart⌖target: {}
measures: ⌖smart⌖[{kpi: change-success-rate, role: secondary}]
plan: {steps: [⌖gate⌖⌖gate⌖{do: x}, ⌖gate⌖{do: w, by: data-analyst}]}
""",
        without="owner",
    ),
    "CI-9203": planted(9203, "planned", "⌖gate⌖⌖smart⌖id: CI-9203\n", without="plan vision"),
    "CI-9204": planted(9204, "review", "⌖gate⌖id: CI-9204\n", without="action"),
    "CI-9205": planted(9205, "closed", "⌖gate⌖" * 4 + "id: CI-9205\n", without="action review momentum"),
    "CI-9206": planted(9206, "closed", REVIEWED + "not-achieved}\n⌖gate⌖⌖gate⌖momentum: {standardised: [KB0000012]}\n"),
    "CI-9207": planted(9207, "closed", "⌖gate⌖momentum: {lessons: x}\n"),
    "CI-9208": planted(
        9208, "closed", REVIEWED + "partly}\nmomentum: {lessons: x, decision: ⌖follower-missing⌖continue}\n"
    ),
    "CI-9209": planted(
        9209,
        "planned",
        """
⌖approval-missing⌖plan: {steps: [{do: x, by: data-analyst, due: 2027-02-01}]}
money: {costs: [{what: Portal, planned: 5000}]}
""",
    ),
    "CI-9210": planted(
        9210,
        "on-hold",
        f"history:\n{RAISED}  - ⌖history-entry⌖⌖history-entry⌖{{on: 2026-11-13, status: on-hold, by: head-of-it}}\n",
    ),
    "CI-9211": planted(
        9211, "rejected", f"history:\n{RAISED}  - ⌖history-entry⌖⌖history-entry⌖{{on: 2026-11-13, status: rejected}}\n"
    ),
    "CI-9212": planted(
        9212,
        "planned",
        """
plan:
  steps: [{do: x, by: data-analyst, due: 2027-02-01}]
  approvals:
    - {by: head-of-it, as: sponsor, decision: approved, on: 2026-11-12, covers: ⌖stale-approval⌖"sha256:3f2a9c41"}
    - {by: data-analyst, as: ⌖approval-role⌖sponsor, decision: approved, on: 2026-11-12}
    - {by: ⌖own-approval⌖service-desk-lead, decision: approved, on: 2026-11-12}
money: {costs: [{what: Portal, planned: 5000}]}
""",
    ),
    # light
    "CI-9220": planted(9220, "proposed", "⌖gate⌖" * 6 + "⌖light-limits⌖id: CI-9220\n" + LIGHT),
    "CI-9221": planted(
        9221,
        "proposed",
        LIGHT
        + """
owner: service-desk-lead
scores: {effort: ⌖light-limits⌖3, risk: ⌖light-limits⌖4}
action: {live: 2026-11-14}
review: {on: 2026-11-15, by: service-desk-lead, verdict: not-measured}
money: {costs: ⌖light-limits⌖[{what: x, planned: 1001}]}
""",
    ),
    "CI-9222": planted(9222, "proposed", "track: light\nscores: {effort: ⌖light-limits⌖5}\n"),
    # imported: warnings as long as it has not moved
    "CI-9230": planted(
        9230,
        "proposed",
        SEVEN
        + """id: CI-9230
status: assessed
history: [{on: 2026-11-12, status: assessed, by: x}]
imported: {from: ideas.csv, row: 2, on: 2026-11-20, status: assessed}
""",
        without="vision",
    ),
    "CI-9231": planted(
        9231,
        "proposed",
        SEVEN
        + """id: CI-9231
status: assessed
history: [{on: 2026-11-12, status: proposed, by: x}, {on: 2026-11-21, status: assessed, by: head-of-it}]
imported: {from: ideas.csv, row: 3, on: 2026-11-20, status: proposed}
""",
        without="vision",
    ),
    # the history
    "CI-9240": planted(
        9240,
        "withdrawn",
        f"history:\n{RAISED}  - {{on: ⌖history-order⌖2026-11-11, status: withdrawn, by: head-of-it, note: later}}\n",
    ),
    "CI-9241": planted(9241, "proposed", "⌖gate⌖" * 6 + "id: CI-9241\nstatus: ⌖history-end⌖assessed\n"),
    "CI-9242": planted(
        9242,
        "withdrawn",
        "history:\n  - {on: 2026-11-12, status: ⌖history-start⌖withdrawn, by: head-of-it, note: later}\n",
    ),
    "CI-9243": planted(
        9243, "planned", f"history:\n{RAISED}  - {{on: 2026-11-13, status: ⌖illegal-move⌖planned, by: head-of-it}}\n"
    ),
    "CI-9244": planted(
        9244,
        "assessed",
        f"history:\n{RAISED}"
        """
  - {on: 2026-11-13, status: assessed, by: head-of-it}
  - {on: 2026-11-14, status: planned, by: head-of-it}
  - ⌖illegal-move⌖{on: 2026-11-15, status: assessed, by: head-of-it}
""",
    ),
    "CI-9245": planted(
        9245,
        "assessed",
        f"history:\n{RAISED}"
        """
  - {on: 2026-11-13, status: on-hold, by: head-of-it, note: later, until: 2027-01-01}
  - {on: 2026-11-14, status: ⌖illegal-move⌖assessed, by: head-of-it}
""",
    ),
}

# Days, reminders and judgement

OWN = "review: {on: 2026-11-15, by: ⌖own-result⌖service-desk-lead, verdict: achieved, evidence: [REP-1]}\n"

DAYS = {
    "CI-9301": planted(
        9301,
        "proposed",
        """
log: [{on: ⌖future-date⌖2027-11-02, note: later}]
scores: {on: ⌖future-date⌖2026-11-25}
target: {due: ⌖contradicting-dates⌖⌖overdue⌖2026-11-01}
action: {live: ⌖contradicting-dates⌖2026-10-01}
review: {on: ⌖contradicting-dates⌖2026-09-30}
momentum: {check_again: ⌖contradicting-dates⌖2026-09-01}
plan: {steps: [{do: x, done: ⌖future-date⌖2027-01-01}]}
measures:
  - {kpi: change-success-rate, role: secondary, baseline: {from: 2025-04, to: ⌖contradicting-dates⌖2025-01}}
""",
    ),
    "CI-9302": planted(
        9302,
        "proposed",
        """
target: {due: ⌖overdue⌖2026-11-20}
plan: {steps: [{do: x, due: ⌖overdue⌖2026-11-19}, {do: w, due: 2026-11-19, done: 2026-11-18}]}
""",
    ),
    "CI-9303": planted(
        9303, "review", "target: {statement: s, due: ⌖overdue⌖2026-11-22, achievable: a, evidence: e}\n"
    ),
    "CI-9304": planted(
        9304,
        "on-hold",
        f"history:\n{RAISED}"
        "  - {on: 2026-11-13, status: on-hold, by: head-of-it, note: later, until: ⌖overdue⌖2026-11-20}\n",
    ),
    "CI-9305": planted(9305, "closed", "momentum: {standardised: [KB0000012], check_again: ⌖overdue⌖2026-11-20}\n"),
    "CI-9306": planted(
        9306,
        "assessed",
        """
status: ⌖no-movement⌖assessed
history:
  - {on: 2026-04-02, status: proposed, by: x}
  - {on: 2026-04-09, status: assessed, by: head-of-it}
""",
    ),
    "CI-9307": planted(
        9307, "proposed", "status: ⌖no-answer⌖proposed\nhistory: [{on: 2026-10-02, status: proposed, by: x}]\n"
    ),
    "CI-9308": planted(
        9308,
        "assessed",
        """
scores: {value: 4, effort: 2, risk: 1, urgency: 3, on: ⌖stale-scores⌖2026-04-09}
log: [{on: 2026-11-02, note: later}]
""",
    ),
    "CI-9310": planted(9310, "proposed", "⌖pet-project⌖vision: {benefit: Nicer colours.}\n"),
    "CI-9311": planted(9311, "on-hold", "⌖pet-project⌖vision: {benefit: Nicer colours.}\n"),
    "CI-9312": planted(
        9312,
        "closed",
        OWN
        + """
money: {costs: [{what: x, planned: 10000}]}
plan:
  steps: [{do: x, by: data-analyst, due: 2027-02-01}]
  approvals: [{by: head-of-it, as: sponsor, decision: approved, on: 2026-11-12}]
""",
    ),
    "CI-9313": planted(9313, "closed", OWN + "money: {costs: [{what: x, planned: 10}]}\n"),
    "CI-9314": planted(9314, "proposed", "title: Water the plants in the lobby twice a week\n"),
    "CI-9315": planted(9315, "proposed", "title: ⌖similar-title⌖Water the plants in the lobby twice each week\n"),
    "CI-9320": planted(
        9320,
        "proposed",
        """
target: {due: ⌖overdue⌖2026-11-20}
waivers:
  - {rule: ⌖waiver-unused⌖no-answer, reason: r}
  - {rule: ⌖waiver-unknown⌖late, reason: r}
  - ⌖waiver-without-reason⌖{rule: overdue}
  - {rule: overdue, reason: r, until: ⌖waiver-expired⌖2026-11-01}
""",
    ),
    "CI-9321": planted(
        9321, "proposed", "target: {due: 2026-11-20}\nwaivers: [{rule: overdue, reason: r, until: 2026-12-31}]\n"
    ),
}

KPIS = {
    "planted-range": KPI.replace("answer-hours", "planted-range") + "target: ⌖range-order⌖{min: 8, max: 4}\n",
    "planted-name": KPI.replace("id: answer-hours", "id: ⌖kpi-file-name⌖another-name"),
    "planted-owner": KPI.replace("answer-hours", "planted-owner").replace(
        "data-analyst", "⌖person-left⌖operations-manager"
    ),
    "planted-within": KPI.replace("answer-hours", "planted-within").replace("lower", "within"),
}
MEASURES = {
    "CI-9401": planted(
        9401,
        "proposed",
        """
measures:
  - {kpi: planted-within, role: secondary, target: ⌖measure-form⌖{value: 3}}
  - {kpi: planted-within, role: secondary, baseline: {from: ⌖baseline-period⌖2025-Q1, to: ⌖baseline-period⌖2025-Q4}}
""",
    ),
}

CONFIG = (
    ("timezone: Europe/London", "timezone: ⌖unknown-timezone⌖Europe/Nowhere"),
    ("lights: {green: 66.67, amber: 33.33}", "lights: {green: ⌖lights-order⌖30, amber: 33.33}"),
    (
        "weights: {value: 0.40, effort: 0.25, urgency: 0.20, risk: 0.15}",
        "weights: ⌖weights-nothing⌖{value: 0, effort: 0, urgency: 0, risk: 0}",
    ),
    ("\npublish: ", '  - {pattern: ⌖link-pattern⌖"(A+)+", name: Slow}\n\npublish: '),
    ("successor: platform-lead", "successor: ⌖unknown-person⌖nobody"),
)


def copy(folder: Path) -> Path:
    """The example register, in a folder of its own."""
    for name in ("improvements", "kpis"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "cireg.yaml", folder)
    return folder


def plant(folder: Path, path: str, text: str) -> Expected:
    """Write a file without its marks, and say which findings they announce."""
    expected: Expected = Counter()
    clean = ""
    end = 0
    for mark in MARK.finditer(text):
        clean += text[end : mark.start()]
        end = mark.end()
        expected[mark[1], path, clean.count("\n") + 1, len(clean) - clean.rfind("\n")] += 1
    (folder / path).write_text(clean + text[end:], encoding="utf-8")
    return expected


def plant_all(folder: Path) -> Expected:
    """Everything above, in a copy of the example register."""
    expected: Expected = Counter()
    for name, text in {**UNREADABLE, **WRONG, **STAGES, **DAYS, **MEASURES}.items():
        expected += plant(folder, f"improvements/{name}.yaml", text)
    for name, text in KPIS.items():
        expected += plant(folder, f"kpis/{name}.yaml", text)
    for path, (raw, (rule, line, column)) in BYTES.items():
        (folder / path).write_bytes(raw)
        expected[rule, path, line, column] += 1
    (folder / "improvements/CI-9040.yaml").symlink_to("/etc/passwd")
    (folder / "improvements/CI-9041.yaml").symlink_to("CI-9041.yaml")
    os.mkfifo(folder / "improvements/CI-9042.yaml")
    (folder / "improvements/CI-9043.txt").write_text("An idea.\n")
    (folder / "kpis/planted-alone.csv").write_text("period,value\n")
    for name, rule in (("CI-9040.yaml", "symlink"), ("CI-9041.yaml", "symlink"), ("CI-9042.yaml", "special-file"),
                       ("CI-9043.txt", "stray-file")):  # fmt: skip
        expected[rule, f"improvements/{name}", 1, 1] += 1
    expected["orphan-readings", "kpis/planted-alone.csv", 1, 1] += 1
    config = (folder / "cireg.yaml").read_text(encoding="utf-8")
    for old, new in CONFIG:
        assert old in config, f"cireg.yaml no longer has {old!r}: plant this fault elsewhere"
        config = config.replace(old, new, 1)
    return expected + plant(folder, "cireg.yaml", config)


def check(folder: Path, *options: str) -> tuple[int, list[dict[str, Any]]]:
    """Exit code and findings, as JSON."""
    done = call(folder, "check", "--format", "json", *DAY, *options)
    assert "" == done.err
    document = json.loads(done.out)
    assert {"schema_version", "as_of", "checked", "findings"} == set(document)
    return done.code, document["findings"]


def places(found: list[dict[str, Any]]) -> Expected:
    """How often each rule is found at each place."""
    return Counter((each["rule"], each["path"], each["line"], each["column"]) for each in found)


@pytest.mark.skipif(os.name == "nt", reason="Windows has neither pipes in folders nor links for everybody")
def test_every_fault_is_found_where_it_was_planted_and_nothing_else_all_in_one_run(tmp_path: Path) -> None:
    """More than a hundred faults, one broken file beside the other; what was found before is still found."""
    folder = copy(tmp_path)
    _, before = check(folder)
    expected = plant_all(folder)
    code, found = check(folder)

    assert not (lost := (expected + places(before)) - places(found)), lost
    assert not (more := places(found) - (expected + places(before))), more
    assert 1 == code
    assert expected.total() > 150
    text, github = (call(folder, "check", "--format", form, *DAY) for form in ("text", "github"))
    assert (1, 1) == (text.code, github.code)
    assert all(
        f"{each['path']}:{each['line']}:{each['column']}: {each['severity']} {each['code']} " in text.out
        for each in found
    )


# What no improvement, KPI or configuration can break in a copy of the example: other tests plant these.
ELSEWHERE = {"codeowners-drift", "unreadable", "schema-drift", "modeline", "changes-missing"}


def test_every_rule_but_those_of_measurement_is_planted() -> None:
    """A new rule needs a place above."""
    texts = [
        *UNREADABLE.values(),
        *WRONG.values(),
        *STAGES.values(),
        *DAYS.values(),
        *KPIS.values(),
        *MEASURES.values(),
    ]
    named = {rule for text in [*texts, *(new for _, new in CONFIG)] for rule in MARK.findall(text)}
    named |= {rule for _, (rule, _, _) in BYTES.values()} | {"symlink", "special-file", "stray-file", "orphan-readings"}

    assert {rule.name for rule in RULES if rule.code < "CI7" and rule.code[2:] < "630"} == named | ELSEWHERE


@pytest.mark.parametrize(("options", "code"), [((), 0), (("--strict",), 1)])
def test_warnings_alone_fail_only_when_asked_to(tmp_path: Path, options: tuple[str, ...], code: int) -> None:
    """Every warning that time or judgement brings about, at its place."""
    folder = copy(tmp_path)
    _, before = check(folder)
    expected: Expected = Counter()
    for name in ("CI-9103", "CI-9122", "CI-9121", "CI-9123"):
        expected += plant(folder, f"improvements/{name}.yaml", WRONG[name])
    for name in ("CI-9222", "CI-9230"):
        expected += plant(folder, f"improvements/{name}.yaml", STAGES[name])
    for name, text in DAYS.items():
        if name not in ("CI-9301", "CI-9312"):
            expected += plant(folder, f"improvements/{name}.yaml", text)
    found_code, found = check(folder, *options)

    assert code == found_code
    assert expected + places(before) == places(found)
    assert {"warning", "info"} == {each["severity"] for each in found}


def test_what_is_missing_in_an_imported_file_is_a_warning_until_it_moves(tmp_path: Path) -> None:
    """The same seven parts."""
    folder = copy(tmp_path)
    for name in ("CI-9230", "CI-9231"):
        plant(folder, f"improvements/{name}.yaml", STAGES[name])
    _, found = check(folder)
    severities = [(each["path"][-12:-5], each["severity"]) for each in found if each["rule"] == "gate"]

    assert [("CI-9230", "warning")] * 7 + [("CI-9231", "error")] * 7 == sorted(severities)


def test_each_missing_letter_of_smart_is_named_with_what_would_supply_it(tmp_path: Path) -> None:
    """All five, in one file."""
    folder = copy(tmp_path)
    plant(folder, "improvements/CI-9202.yaml", planted(9202, "planned", without="target vision"))
    _, found = check(folder)
    helps = {each["message"]: each["help"] for each in found if each["rule"] == "smart"}

    for letter, word, start in (
        ("S", "specific", "write target.statement"),
        ("M", "measurable", "add a measure with role: primary"),
        ("A", "achievable", "say in target.achievable"),
        ("R", "relevant", "name in vision.goal"),
        ("T", "time-bound", "give target.due"),
    ):
        assert helps[f"the target is not {word} (the {letter} of SMART)"].startswith(start)
    assert 5 == len(helps)


def test_somebody_who_has_left_is_named_with_the_successor(tmp_path: Path) -> None:
    """In an open improvement; in the closed ones of the example the name stays."""
    folder = copy(tmp_path)
    plant(folder, "improvements/CI-9107.yaml", planted(9107, "proposed", "owner: operations-manager\n"))
    _, found = check(folder)

    assert [("improvements/CI-9107.yaml", "hand it over to platform-lead")] == [
        (each["path"], each["help"]) for each in found if each["rule"] == "person-left"
    ]


def test_a_policy_for_change_records_is_obeyed(tmp_path: Path) -> None:
    """Where it is switched on in the example's own configuration."""
    folder = copy(tmp_path)
    config = (folder / "cireg.yaml").read_text(encoding="utf-8")
    assert "changes_required: false" in config
    (folder / "cireg.yaml").write_text(
        config.replace("changes_required: false", "changes_required: true"), encoding="utf-8"
    )
    expected = plant(
        folder, "improvements/CI-9501.yaml", planted(9501, "in-progress", "⌖changes-missing⌖id: CI-9501\n")
    )
    _, found = check(folder)

    assert expected == places([each for each in found if each["path"] == "improvements/CI-9501.yaml"])


def test_a_copy_of_a_schema_that_drifted_is_a_warning(tmp_path: Path) -> None:
    """The example keeps none; a register may."""
    folder = copy(tmp_path)
    shutil.copytree(ROOT / "schema", folder / "schema")
    _, before = check(folder)
    (folder / "schema/kpi.schema.json").write_text("{}\n")
    code, found = check(folder)

    assert (0, Counter({("schema-drift", "schema/kpi.schema.json", 1, 1): 1})) == (code, places(found) - places(before))


def test_a_line_that_leads_an_editor_elsewhere_is_a_warning(tmp_path: Path) -> None:
    """Where there is a copy that it could lead to."""
    folder = copy(tmp_path)
    shutil.copytree(ROOT / "schema", folder / "schema")
    _, before = check(folder)
    path = "kpis/tickets-received.yaml"
    (folder / path).write_text((folder / path).read_text().replace("=../schema/", "=schema/", 1))
    code, found = check(folder)

    assert (0, Counter({("modeline", path, 1, 33): 1})) == (code, places(found) - places(before))


def test_the_example_register_itself_has_no_errors() -> None:
    """And on the day it was written for, only what it wants to show."""
    done = call(ROOT, "check", *DAY)

    assert 0 == done.code
    assert " error CI" not in done.out
