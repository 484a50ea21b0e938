"""What the tests of the site share: a small register in a folder, and ways to build it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from cireg.site import mkdocs_build
from cireg.site.run import Run
from tests import small_register
from tests.site import stand_in

MKDOCS = """\
site_name: Test register
site_url: https://register.example/base/
strict: true
theme: {{name: {theme}}}
plugins: [search, cireg]
nav:
  - Home: index.md
  - Register: [Archive: archive.md, The list: register.md, Matrix: matrix.md]
  - Views: [practices.md, services.md, goals.md, people.md, kpis.md]
  - Guide: guide.md
  - Reference: [rules.md, reference/improvement.md, reference/kpi.md, reference/config.md]
validation:
  links: {{not_found: warn, anchors: warn, absolute_links: warn, unrecognized_links: ignore}}
"""
GUIDE = "# A guide\n\nSee [the list](register.md), [an improvement](../improvements/ci-0001/#why).\n\n## A place\n"


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A register of two improvements, with a guide, framed by MkDocs' own theme, which is quick."""
    items = (
        small_register.fields("assessed", title="Make it better"),
        small_register.fields(id="CI-0002", title="Tom & Jerry's <b>"),
    )
    files = small_register.files(*items) | {"mkdocs.yml": MKDOCS.format(theme="mkdocs"), "docs/guide.md": GUIDE}
    return small_register.write(tmp_path / "register", files)


@dataclass(frozen=True, slots=True)
class Built:
    """A build: whether it came about, its run, what MkDocs said, and where the site is."""

    done: bool
    run: Run
    said: list[str]
    site: Path

    def text(self, url: str) -> str:
        """The page at a url."""
        return (self.site / url / "index.html").read_text(encoding="utf-8")


Build = Callable[..., Built]


@pytest.fixture
def build(monkeypatch: pytest.MonkeyPatch) -> Build:
    """Build a register with the stand-in's content."""
    monkeypatch.setattr("cireg.site.plugin.content", stand_in)

    def build_site(folder: Path, *, draft: bool = False, site: Path | None = None) -> Built:
        run = Run(today="2026-11-23", draft=draft)
        said: list[str] = []
        done = mkdocs_build.build(folder, run, lambda _, text: said.append(text), site_dir=site)
        return Built(done, run, said, site or folder / "site")

    return build_site


def tree(folder: Path) -> dict[str, bytes]:
    """Every file under a folder, by its path in it."""
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}
