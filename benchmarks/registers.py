"""Large registers made from this repository's example: the same improvements again and again under new ids."""

from __future__ import annotations

import random
import re
import shutil
from pathlib import Path

EXAMPLE = Path(__file__).resolve().parent.parent
_STEP = 100  # more than the example has, so that links stay inside their own copy
_WORDS = (
    "queue", "portal", "laptop", "reset", "backup", "network", "switch", "alert", "ticket", "user",
    "finance", "access", "certificate", "patch", "printer", "phone", "audit", "report", "knowledge",
    "article", "change", "window", "storage", "cloud", "cost", "licence", "asset", "training", "survey",
    "response",
)  # fmt: skip


def make(folder: Path, size: int) -> Path:
    """A register of `size` improvements in `folder`; the same for the same size."""
    words = random.Random(size)  # noqa: S311  # titles that differ, no secret
    (folder / "improvements").mkdir(parents=True)
    for name in ("kpis", "schema", "docs", "site_templates"):
        if (EXAMPLE / name).is_dir():
            shutil.copytree(EXAMPLE / name, folder / name)
    for name in ("cireg.yaml", "mkdocs.yml"):
        shutil.copy(EXAMPLE / name, folder / name)
    texts = [path.read_text(encoding="utf-8") for path in sorted((EXAMPLE / "improvements").glob("*.yaml"))]
    for number in range(size):
        copy, index = divmod(number, len(texts))
        text = re.sub(r"\bCI-([0-9]{4})\b", lambda match: f"CI-{int(match[1]) + copy * _STEP:04d}", texts[index])  # noqa: B023  # used at once
        title = " ".join(words.choice(_WORDS) for _ in range(6)).capitalize()
        text = re.sub(r"^title: .*$", f"title: {title}", text, count=1, flags=re.MULTILINE)
        name = re.search(r"^id: (\S+)", text, re.MULTILINE)
        if name is None:
            raise ValueError("an improvement of the example has no id")
        (folder / "improvements" / f"{name[1]}.yaml").write_text(text, encoding="utf-8")
    return folder


def as_markdown(register: Path, folder: Path) -> Path:
    """The same content as a Markdown page for each improvement, as a site by mkdocs-material without cireg."""
    docs = folder / "docs"
    (docs / "improvements").mkdir(parents=True)
    (docs / "index.md").write_text("# Register\n", encoding="utf-8")
    for path in sorted((register / "improvements").glob("*.yaml")):
        page = "\n".join(_page(path.read_text(encoding="utf-8").splitlines()[1:]))
        (docs / "improvements" / f"{path.stem}.md").write_text(page + "\n", encoding="utf-8")
    settings = (
        "site_name: Register\ntheme: {name: material, font: false}\nplugins: [search]\nuse_directory_urls: true\n"
        "nav: [index.md]\nnot_in_nav: /improvements/\nmarkdown_extensions: [tables]\n"
    )
    (folder / "mkdocs.yml").write_text(settings, encoding="utf-8")
    return folder


def _page(lines: list[str]) -> list[str]:
    """A file's fields as headings, texts and lists: what a person would write by hand for the same content."""
    page: list[str] = []
    for line in lines:
        field = re.match(r"^( *)(- )?([a-z_]+): ?(.*)$", line)
        if field is None:
            page.append(line.strip())
        elif not field[1] and not field[2] and field[3] == "title":
            page[:0] = [f"# {field[4]}", ""]
        elif not field[1] and not field[2] and field[4] in ("", "|"):
            page += ["", f"## {field[3]}", ""]
        else:
            page.append(f"- **{field[3]}**: {field[4]}")
    return page
