"""Who has to see a change to which file, as a forge reads it from CODEOWNERS: out of practice and service owners.

GitHub and GitLab ask these people for a review. In a pattern, `?` stands for one character of a path that one of them
would take for something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cireg.errors import CiregError
from cireg.layout import CONFIG, IMPROVEMENTS, KPIS, SCHEMAS
from cireg.model import Config, Improvement, Kpi, Register

PLACES = (".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS")
"""Where forges look for the file, from the top of the repository."""

BEGIN = "# cireg: begin"
END = "# cireg: end"
LIMIT = 3 * 1024 * 1024
"""Bytes: GitHub reads no larger file."""

_HEAD = (
    f"{BEGIN} - cireg codeowners writes what stands between these two lines.",
    "# The last line that fits a path counts: below are the owners of practices and services.",
)
_ODD = re.compile(r"[^\w./~+,=-]")  # of letters and digits any; blanks, quotes, stars, brackets, # and ! none
_EMAIL = re.compile(r"[A-Za-z0-9][A-Za-z0-9._%+-]*@[A-Za-z0-9][A-Za-z0-9.-]*")


def section(register: Register, prefix: str = "") -> list[str]:
    """The lines for a register in the folder `prefix`, "" or ending in "/": first its owner's, then each file's."""
    config = register.config
    default = [name] if (name := handle(config, config.text("owner"), register)) else []
    lines = [*_HEAD]
    if default:
        lines += [
            f"{_pattern(prefix + path)} {default[0]}"
            for path in (CONFIG, f"{IMPROVEMENTS}/", f"{KPIS}/", f"{SCHEMAS}/")
        ]
    found = {(item.path, item.path): _owners(item, register) for item in register.files}
    found |= {(kpi.path, kpi.path.rpartition(".")[0] + ".*"): _owners(kpi, register) for kpi in register.kpi_files}
    for (_, path), owners in sorted(found.items()):
        if owners:
            lines.append(f"{_pattern(prefix + path)} {' '.join(owners)}")
    return [*lines, END]


def _pattern(path: str) -> str:
    stem, star = (path[:-1], "*") if path.endswith(".*") else (path, "")
    return "/" + _ODD.sub("?", stem) + star


def _owners(record: Improvement | Kpi, register: Register) -> list[str]:
    """The owners of a file's practices, then of its services, each once."""
    config = register.config
    people = [
        str(known[name].get("owner", ""))
        for group, known in (("practices", config.practices), ("services", config.services))
        for name in record.texts(group)
        if name in known
    ]
    return list(dict.fromkeys(name for each in people if (name := handle(config, each, register))))


def handle(config: Config, person: str, register: Register) -> str | None:
    """What a forge knows a person by, or whoever took over; None where cireg.yaml does not say."""
    seen: set[str] = set()
    while person in config.people and person not in seen:
        seen.add(person)
        about = config.people[person]
        until, successor = about.get("until"), about.get("successor")
        if until and until < register.as_of.isoformat():
            person = successor or ""
            continue
        name = about.get("forge")
        return name or next((each for each in about.get("emails", ()) if _EMAIL.fullmatch(each)), None)
    return None


def nameless(register: Register) -> list[str]:
    """The owners of practices and services in use whom no forge can ask."""
    config = register.config
    used = {("practices", name) for record in _records(register) for name in record.texts("practices")}
    used |= {("services", name) for record in _records(register) for name in record.texts("services")}
    owners = {str(getattr(config, group).get(name, {}).get("owner", "")) for group, name in used}
    return sorted(each for each in {*owners, config.text("owner")} if each and not handle(config, each, register))


def _records(register: Register) -> Iterator[Improvement | Kpi]:
    yield from register.files
    yield from register.kpi_files


def merged(text: str, lines: Sequence[str]) -> str:
    """The file with these lines in place of cireg's own, or at its end; every other byte stays."""
    newline = "\r\n" if "\r\n" in text else "\n"
    block = "".join(line + newline for line in lines)
    found = bounds(text)
    if found is None:
        gap = "" if not text else newline if text.endswith("\n") else newline * 2
        return text + gap + block
    return text[: found[0]] + block + text[found[1] :]


def bounds(text: str) -> tuple[int, int] | None:
    """Where cireg's lines begin and end; None without any. Raises `CiregError` where a mark is missing."""
    starts = [match.start() for match in re.finditer(rf"^{BEGIN}\b", text, re.MULTILINE)]
    ends = [match.end() for match in re.finditer(rf"^{END}[ \t]*(?:\r?\n|\Z)", text, re.MULTILINE)]
    if not starts and not ends:
        return None
    if len(starts) != 1 or len(ends) != 1 or ends[0] <= starts[0]:
        raise CiregError(
            f"CODEOWNERS needs one line '{BEGIN}' and one '{END}' after it", "take both out, then call it again"
        )
    return starts[0], ends[0]


def differing(text: str, lines: Sequence[str]) -> int:
    """How many lines of cireg's part are missing or too many; raises `CiregError` as `bounds` does."""
    found = bounds(text)
    there = [] if found is None else text[found[0] : found[1]].splitlines()
    return len(set(there).symmetric_difference(lines)) or int(there != list(lines))
