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
