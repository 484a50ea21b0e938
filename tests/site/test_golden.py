"""The site of a small register, page by page as it was looked at and found good; `--update-golden` takes a new one."""

from __future__ import annotations

import difflib
import re
import shutil
from pathlib import Path

import pytest

from tests.repositories import Repository
from tests.site import built

GOLDEN = built.ROOT / "tests/golden"
_DATA = ("register.csv", "register.json")
_OURS = re.compile(r"(?!rules/|reference/|guide/|404).*\.html")
_DESCRIPTION = re.compile(r"<meta name=\"description\" content=\"[^\"]*\"\s*/?>")
_DIV = re.compile(r"<div\b|</div>")
_ICONS = re.compile(r"<svg class=\"cireg-icons\".*?</svg>\n?", re.DOTALL)


def content(html: str) -> str:
    """What is ours in a page, whatever theme it stands in: its description, its heading and its body."""
    description = _DESCRIPTION.findall(html)
    start = html.index("<h1")
    depth = 0
    for tag in _DIV.finditer(html, html.index('<div class="cireg">', start)):
        depth += 1 if tag[0] != "</div>" else -1
        if depth == 0:
            return "\n".join([*description, html[start : tag.end()], ""])
    raise AssertionError("the body of the page has no end")


def icons(html: str) -> str:
    """The shapes that every page begins with."""
    (found,) = _ICONS.findall(html)
    return str(found)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small register's site, from a repository of its own: what git says of it is the same in every clone."""
    folder = tmp_path_factory.mktemp("golden")
    repository = Repository(folder / "repository")
    register = repository.folder / "tests/golden/register"
    shutil.copytree(GOLDEN / "register", register)
    repository.commit({})
    built.build(register, folder / "site")
    return folder / "site"


@pytest.fixture(scope="module")
def made(site: Path) -> dict[str, str]:
    """What there is of ours in the site, by path: one file for the shapes, then pages without them, and the data."""
    pages = {path: (site / path).read_text(encoding="utf-8") for path in built.paths(site) if _OURS.fullmatch(path)}
    contents = {path: _ICONS.sub("", content(html)) for path, html in pages.items()}
    data = {path: (site / path).read_bytes().decode("utf-8") for path in _DATA}
    return {"icons.svg": icons(pages["index.html"]), **contents, **data}


def test_the_site_is_as_it_was_found_good(made: dict[str, str], request: pytest.FixtureRequest) -> None:
    """Byte for byte; who changed a page on purpose looks at the difference and takes it with --update-golden."""
    kept = GOLDEN / "site"
    if request.config.getoption("--update-golden"):
        for path in set(built.paths(kept)) - made.keys():
            (kept / path).unlink()
        for path, text in made.items():
            (kept / path).parent.mkdir(parents=True, exist_ok=True)
            (kept / path).write_bytes(text.encode())
    expected = {path: data.decode("utf-8") for path, data in built.files(kept).items()}
    differences = [
        line
        for path in sorted(expected.keys() | made.keys())
        for line in difflib.unified_diff(
            expected.get(path, "").splitlines(), made.get(path, "").splitlines(), f"golden {path}", "built", lineterm=""
        )
    ]

    assert 15 < len(made)
    assert "" == "\n".join(differences[:200])
    assert expected == made


def test_every_page_begins_with_the_same_shapes(site: Path) -> None:
    """They are kept once above."""
    pages = [(site / path).read_text(encoding="utf-8") for path in built.paths(site) if _OURS.fullmatch(path)]

    assert 1 == len({icons(html) for html in pages})
