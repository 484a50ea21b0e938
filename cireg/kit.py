"""What a register is made of besides its own content: made from what cireg itself uses, so that it is said once."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from cireg.blank import blank
from cireg.canonical import dump_scalar, entry
from cireg.create import file_name
from cireg.layout import CONFIG, IMPROVEMENTS, KPIS, SCHEMAS, packaged, schema_document, starter
from cireg.model import Config
from cireg.modeline import modeline
from cireg.source import read

DOCS = "docs"
SITE = "mkdocs.yml"
GITHUB = ".github"
EDITORS = ".vscode"

_EXAMPLE = "# EXAMPLE: all of this is invented. Make it your own, or delete it."
_READINGS = (31, 29.5, 33, 28, 30.5, 29)
_HEADER = "period,value,note"
_IGNORED = "# What `cireg build` writes.\n/site/\n"
_LINE_ENDS = "# The same bytes on every machine.\n* text=auto eol=lf\n"


def kept(name: str, requirement: str) -> Iterator[tuple[str, bytes]]:
    """The files that follow cireg from version to version, by path: `init` brings them up to date.

    `name` is the register's, `requirement` what pip is to install in the workflows.
    """
    for folder, ending in ((SCHEMAS, ".schema.json"), (DOCS, "")):
        base = packaged(folder)
        for path in sorted(base.rglob(f"*{ending}")):
            if path.is_file():
                yield f"{folder}/{path.relative_to(base).as_posix()}", path.read_bytes()
    for path in sorted(packaged(EDITORS).glob("*.json")):
        yield f"{EDITORS}/{path.name}", path.read_bytes()
    yield SITE, _site(packaged(SITE).read_text(encoding="utf-8"), name).encode()
    for path in sorted((packaged(GITHUB) / "workflows").glob("*.yml")):
        yield f"{GITHUB}/workflows/{path.name}", _workflow(path.read_text(encoding="utf-8"), requirement).encode()
    for path in sorted((packaged(GITHUB) / "ISSUE_TEMPLATE").glob("*.yml")):
        yield f"{GITHUB}/ISSUE_TEMPLATE/{path.name}", path.read_bytes()
    for file, change in (("pull_request_template.md", _template), ("dependabot.yml", _updates)):
        yield f"{GITHUB}/{file}", change((packaged(GITHUB) / file).read_text(encoding="utf-8")).encode()
    yield ".gitignore", _IGNORED.encode()
    yield ".gitattributes", _LINE_ENDS.encode()


def begun(name: str) -> Iterator[tuple[str, bytes]]:
    """The files that a register begins with and that are its own from then on."""
    yield CONFIG, _config(name).encode()
    yield "README.md", starter("README.md").replace("NAME", name).encode()


def examples(name: str, today: date) -> Iterator[tuple[str, bytes]]:
    """A first improvement and a first KPI with its readings, from the schemas' own examples."""
    data: dict[str, Any] = dict(schema_document("improvement")["examples"][0])
    data["title"] = f"Example: {data['title'][0].lower()}{data['title'][1:]}"
    data["tags"] = ["example"]
    data["history"] = [{**data["history"][0], "on": today.isoformat()}]
    path = f"{IMPROVEMENTS}/{file_name(data['id'], data['title'])}"
    config = Config(read(CONFIG, _config(name).encode()))
    yield path, _labelled(blank(path, data, config)).encode()
    kpi: dict[str, Any] = schema_document("kpi")["examples"][0]
    path = f"{KPIS}/{kpi['id']}.yaml"
    lines = [
        modeline(path, "kpi"),
        *(line for key, value in kpi.items() for line in entry(key, value, 0, (key,), None)),
    ]
    yield path, _labelled("\n".join(lines) + "\n").encode()
    rows = [f"{month},{value},example" for month, value in zip(_months(today, len(_READINGS)), _READINGS, strict=True)]
    yield path.removesuffix("yaml") + "csv", ("\n".join([_HEADER, *rows]) + "\n").encode()


def _config(name: str) -> str:
    return f"{modeline(CONFIG, 'config')}\n" + starter(CONFIG).replace("NAME", dump_scalar(name))


def _labelled(text: str) -> str:
    """The text with the label of an example below its first line."""
    first, _, rest = text.partition("\n")
    return f"{first}\n{_EXAMPLE}\n{rest}"


def _months(today: date, number: int) -> list[str]:
    """The last so many months that are over, oldest first, as periods."""
    found: list[str] = []
    first = today.replace(day=1)
    for _ in range(number):
        first = (first - timedelta(days=1)).replace(day=1)
        found.append(f"{first:%Y-%m}")
    return found[::-1]


def _site(text: str, name: str) -> str:
    return _replaced(text, r"^site_name: .*$", f"site_name: {_literal(dump_scalar(name))}")


def _workflow(text: str, requirement: str) -> str:
    """A workflow of this repository for a register: cireg is installed, not built and tested."""
    command = dump_scalar(f"python -m pip install {shlex.quote(requirement)}")
    text = _replaced(text, r"^      - name: Install what cireg needs.*\n(?:        .*\n)+", "")
    text = _replaced(text, r"^(      - name: Install cireg\n        run: ).*$", rf"\g<1>{_literal(command)}")
    return re.sub(r"\n  tests:\n(?:    .*\n|\n)*", "", text).rstrip("\n") + "\n"


def _template(text: str) -> str:
    """The template of pull requests without what concerns the code of cireg."""
    return _replaced(text, r"\n## For changes to cireg itself\n(?:(?!## ).*\n)*", "")


def _updates(text: str) -> str:
    """The proposals of updates without those of Python packages."""
    return _replaced(text, r"^  - package-ecosystem: pip\n(?:    .*\n)*", "")


def _literal(text: str) -> str:
    return text.replace("\\", r"\\")


def _replaced(text: str, pattern: str, by: str) -> str:
    changed, number = re.subn(pattern, by, text, flags=re.MULTILINE)
    if number != 1:
        raise ValueError(f"{number} places match {pattern!r}")
    return changed
