"""The built site of this repository, followed link by link by other means than the build's own."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urljoin, urlsplit

import pytest

from tests.site import built
from tests.site.built import SITE_URL, Page

_HOST = urlsplit(SITE_URL).netloc


@pytest.fixture(scope="session")
def pages(example_site: Path) -> dict[str, Page]:
    """Every page of the site."""
    return built.pages(example_site)


def links(pages: dict[str, Page]) -> set[tuple[str, str]]:
    """Every link within the site: where it stands and, whole, where it leads."""
    found = set()
    for path, page in pages.items():
        here = SITE_URL + path.removesuffix("index.html")
        for tag in page.tags:
            for name, value in tag.attributes:
                if name in {"href", "src", "xlink:href"}:
                    target = urljoin(here, value)
                    if urlsplit(target).netloc == _HOST:
                        found.add((path, target))
    return found


def file_of(address: str) -> str:
    """The file of the site that an address stands for."""
    path = unquote(urlsplit(address).path)
    assert path.startswith(urlsplit(SITE_URL).path), address
    path = path.removeprefix(urlsplit(SITE_URL).path)
    return path + "index.html" if path.endswith("/") or not path else path


def test_every_page_is_well_formed(pages: dict[str, Page]) -> None:
    """Every "<" begins a whole tag, and no id stands twice."""
    assert 200 < len(pages)
    assert [] == [f"{path}: {page.broken[0]}" for path, page in pages.items() if page.broken]
    assert {} == {
        path: [id_ for id_, count in Counter(page.ids()).items() if count > 1]
        for path, page in pages.items()
        if len(page.ids()) != len(set(page.ids()))
    }


def test_every_link_leads_to_a_file(example_site: Path, pages: dict[str, Page]) -> None:
    """Pages, style sheets, scripts, data: whatever is named is there."""
    there = set(built.paths(example_site))

    assert [] == sorted((path, target) for path, target in links(pages) if file_of(target) not in there)


def test_every_anchor_is_on_its_page(pages: dict[str, Page]) -> None:
    """A link to a part of a page leads to that part."""
    anchors = {
        (path, target) for path, target in links(pages) if urlsplit(target).fragment and file_of(target) in pages
    }
    ids = {
        path: {*page.ids(), *(tag.get("name") for tag in page.tags if tag.name == "a")} for path, page in pages.items()
    }

    assert 1000 < len(anchors)
    assert [] == sorted(
        (path, target) for path, target in anchors if unquote(urlsplit(target).fragment) not in ids[file_of(target)]
    )


def test_every_label_names_something_on_its_page(pages: dict[str, Page]) -> None:
    """What is described by, labelled by or meant for another element finds it; the theme's own labels are its own."""
    names = {"aria-labelledby", "aria-describedby", "aria-controls", "for"}
    wanted = [
        (path, each)
        for path, page in pages.items()
        for tag in page.tags
        for name, value in tag.attributes
        if name in names
        for each in value.split()
        if each not in page.ids() and not each.startswith("__")
    ]

    assert [] == wanted


def test_a_link_to_the_table_names_a_choice_that_it_offers(pages: dict[str, Page]) -> None:
    """A filter that a page leads to is one, and its value finds something."""
    register = pages["register/index.html"]
    offered: set[tuple[str, str]] = set()
    select = ""
    for tag in register.tags:
        if tag.name == "select":
            select = tag.get("name") or ""
        elif tag.name == "option":
            offered.add((select, tag.get("value") or ""))
    asked = {
        (path, each)
        for path, target in links(pages)
        if file_of(target) == "register/index.html"
        for each in parse_qsl(urlsplit(target).query)
    }

    assert 20 < len(asked)
    assert [] == sorted(each for each in asked if each[1] not in offered)


def test_every_page_has_one_title_one_heading_and_one_description(example_site: Path, pages: dict[str, Page]) -> None:
    """And none of them is empty."""
    for path, page in pages.items():
        html = (example_site / path).read_text(encoding="utf-8")
        title = re.findall(r"<title>([^<]*)</title>", html.partition("</head>")[0])
        heading = re.findall(r"<h1[^>]*>(.*?)</h1>", html, re.DOTALL)
        said = [tag.get("content") for tag in page.tags if tag.name == "meta" and tag.get("name") == "description"]
        assert 1 == len(title), path
        assert title[0].strip(), path
        assert 1 == len(heading), path
        assert re.sub("<[^>]*>", "", heading[0]).strip(), path
        if path != "404.html" and not path.startswith(("guides/", "reference/commands")):
            assert 1 == len(said), path
            assert said[0], path


def test_every_page_is_listed_and_can_be_found(example_site: Path, pages: dict[str, Page]) -> None:
    """By a reader who follows links from the first page, by search engines, and in the search."""
    onward: dict[str, set[str]] = {path: set() for path in pages}
    for path, target in links(pages):
        if file_of(target) in pages:
            onward[path].add(file_of(target))
    reached, left = {"index.html"}, ["index.html"]
    while left:
        more = onward[left.pop()] - reached
        reached |= more
        left += more
    index = json.loads((example_site / "search/search_index.json").read_text(encoding="utf-8"))
    indexed = {file_of(urljoin(SITE_URL, doc["location"])) for doc in index["docs"]}
    improvements = {path for path in pages if path.startswith("improvements/")}

    assert {"404.html"} == pages.keys() - reached
    assert 30 < len(improvements)
    assert set() == pages.keys() - indexed - {"404.html"}
    assert [] == [doc["location"] for doc in index["docs"] if file_of(urljoin(SITE_URL, doc["location"])) not in pages]


def test_nothing_of_the_empty_pages_is_left(example_site: Path) -> None:
    """The marks and names that pages are poured in by are nowhere in the site."""
    marks = re.compile(rb"cireg0[a-z]+0", re.IGNORECASE)

    assert [] == [path for path, data in built.files(example_site).items() if marks.search(data) or "cireg0" in path]


def test_entities_are_escaped_once(example_site: Path, pages: dict[str, Page]) -> None:
    """No page shows the reader an entity: that would be text escaped twice."""
    shown = re.compile(r"&(?:amp|lt|gt|quot|#[0-9]+|#x[0-9a-f]+);", re.IGNORECASE)
    ours = [path for path in pages if not path.startswith(("guides/", "rules/", "reference/"))]

    assert [] == [path for path in ours if shown.search(built.text_of(example_site, path))]
