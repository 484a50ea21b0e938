"""Ids that other open branches have given to other improvements: seen before either branch is merged."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass

from cireg.findings import Finding
from cireg.git import Git, TreeFile, Unread
from cireg.layout import IMPROVEMENTS
from cireg.model import Improvement, Register
from cireg.register import improvement_of
from cireg.rules import by_name
from cireg.source import FILE_LIMIT

_ID = re.compile(r"([A-Z]{2,5}-[0-9]{4,6})(?![0-9])")


@dataclass(frozen=True, slots=True)
class Taken:
    """An id that an improvement here shares with a file that another branch has added."""

    item: Improvement
    branch: str
    file: TreeFile


def collisions(git: Git, register: Register, commit: str) -> list[Finding]:
    """What the open branches and the register as of `commit` have both added under one id, but not both in one file.

    Open are the local and remote branches that `commit` does not hold. It is an error at the younger one of two, and
    a warning at the elder, so that one of the two branches can be merged as it is.
    """
    found = list(_taken(git, register, commit))
    rule = by_name("duplicate-id")
    others = dict(git.blobs((each.file.blob for each in found), FILE_LIMIT))
    findings = []
    for each in found:
        item, raw = each.item, others[each.file.blob]
        other = None if isinstance(raw, Unread) else improvement_of(each.file.path, raw)[0]
        if other is not None and other.id != item.id:
            continue  # its file has another name than its id: that is a fault of its own
        ours = (item.raised.isoformat() if item.raised else "9", item.path)
        theirs = (other.raised.isoformat() if other and other.raised else "9", each.file.path)
        message = f"{item.id} is also the id in {each.file.path} on the branch {each.branch}"
        help_ = f"give it the next free id, with all that means it: cireg renumber {shlex.quote(item.path)}"
        if ours < theirs:
            help_ = "this one is the elder: that branch is to renumber its own"
        severity = rule.severity if theirs < ours else "warning"
        findings.append(Finding(item.at("id"), rule.code, rule.name, severity, message, help_))
    return sorted(set(findings), key=lambda finding: (*finding.sort_key, finding.message))


def _taken(git: Git, register: Register, commit: str) -> Iterator[Taken]:
    current = git.current_branch()
    trees: dict[str, list[TreeFile]] = {}
    seen: set[str] = set()
    for ref in git.branches():
        tip = git.resolve(ref)
        name = ref.split("/", 2)[2]
        own = current is not None and (ref == f"refs/heads/{current}" or name.partition("/")[2] == current)
        if tip is None or own or tip in seen or name.endswith("/HEAD"):
            continue
        seen.add(tip)
        base = git.merge_base(commit, tip)
        if base == tip:
            continue
        before = {each.path for each in _files(git, trees, base)} if base else set()
        there = {each.path: each for each in _files(git, trees, tip) if each.path not in before}
        by_id: dict[str, list[TreeFile]] = {}
        for file in there.values():
            if match := _ID.match(file.path.rpartition("/")[2]):
                by_id.setdefault(match[1], []).append(file)
        for item in register.files:
            if item.path not in before and item.path not in there:
                for file in by_id.get(item.id, ()):
                    yield Taken(item, name, file)


def _files(git: Git, known: dict[str, list[TreeFile]], commit: str) -> list[TreeFile]:
    if commit not in known:
        known[commit] = git.tree(commit, git.prefix(), [IMPROVEMENTS]) or []
    return known[commit]
