"""Hostile text on its way through `cireg build --draft`: in every file of the built site it is text and no more."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
from collections.abc import Callable
from html import escape, unescape
from pathlib import Path
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree

import pytest

from cireg.site.markup import TAGS
from tests.site import built
from tests.site.built import Page, Tag
from tests.site.hostile_register import PAYLOADS, SECRET, SECRET_ID, accepted, collected, line

_ADDRESSES = {
    *("action", "background", "cite", "classid", "codebase", "data", "formaction", "href", "icon", "longdesc"),
    *("manifest", "ping", "poster", "profile", "src", "srcdoc", "srcset", "usemap", "xlink:href"),
}
"""The attributes whose value a browser may follow."""
_MARKDOWN = {("a", "href"), ("a", "rel"), ("ol", "start")}
"""What contributed Markdown may bring along besides tags without attributes."""


@pytest.fixture(scope="session")
def hostile(hostile_site: Path) -> dict[str, Page]:
    """Every page of the hostile register's site."""
    return built.pages(hostile_site)


@pytest.fixture(scope="session")
def harmless(example_site: Path) -> dict[str, Page]:
    """Every page of this repository's site, in which nobody wants harm."""
    return built.pages(example_site)


def found(pages: dict[str, Page], unwanted: Callable[[Tag], object]) -> list[str]:
    """The tags that are as they must not be, each with a page that it stands on; some of them."""
    tags = {tag: path for path, page in pages.items() for tag in set(page.tags)}
    return [f"{path}: {tag}" for tag, path in tags.items() if unwanted(tag)][:10]


def test_the_register_was_built_whole(hostile: dict[str, Page]) -> None:
    """One that cannot be read takes nothing else with it, and all that can be read has its page."""
    items = [path for path in hostile if path.startswith("improvements/")]
    kpis = [path for path in hostile if path.startswith("kpis/k-")]

    assert len(PAYLOADS) + len(set(collected())) < len(items) + 40
    assert len(accepted()) == len(kpis)


def test_every_angle_bracket_begins_a_whole_tag(hostile: dict[str, Page]) -> None:
    """Nothing is left to how a browser mends broken HTML."""
    assert [] == [f"{path}: {page.broken[0]}" for path, page in hostile.items() if page.broken]


def test_there_are_no_tags_and_attributes_but_our_own(hostile: dict[str, Page], harmless: dict[str, Page]) -> None:
    """Whatever is not on the site of a harmless register either, or plain Markdown, somebody brought in."""
    own = {(tag.name, name) for page in harmless.values() for tag in page.tags for name, _ in tag.attributes}
    names = {tag.name for page in harmless.values() for tag in page.tags} | TAGS

    assert [] == found(hostile, lambda tag: tag.name not in names)
    assert [] == found(hostile, lambda tag: {(tag.name, name) for name, _ in tag.attributes} - own - _MARKDOWN)


def test_nothing_runs_refreshes_frames_or_sends(hostile: dict[str, Page]) -> None:
    """Named one by one, whatever a harmless site may hold."""
    forbidden = {"applet", "base", "embed", "frame", "frameset", "iframe", "marquee", "math", "object", "portal"}
    policy = "Content-Security-Policy"

    assert [] == found(hostile, lambda tag: tag.name in forbidden)
    assert [] == found(hostile, lambda tag: any(name.startswith("on") for name, _ in tag.attributes))
    assert [] == found(hostile, lambda tag: {name for name, _ in tag.attributes} & {"action", "formaction", "srcdoc"})
    assert [] == found(hostile, lambda tag: (tag.get("http-equiv") or policy) != policy)


def test_every_address_leads_somewhere_safe(hostile: dict[str, Page]) -> None:
    """Within the site, to https or to a mailbox; and only links lead outside."""

    def is_unsafe(tag: Tag) -> bool:
        for name, value in tag.attributes:
            if name in _ADDRESSES:
                parts = urlsplit(urljoin(built.SITE_URL, "".join(value.split())))
                outside = parts.netloc != urlsplit(built.SITE_URL).netloc
                if re.search(r"[\x00-\x20\\]", value) or parts.scheme not in {"https", "mailto"}:
                    return True
                if outside and (tag.name, name) != ("a", "href"):
                    return True
        return False

    assert [] == found(hostile, is_unsafe)


def test_links_out_of_contributed_text_lend_it_nothing(hostile: dict[str, Page]) -> None:
    """Neither the reader's trail nor the site's good name."""
    wanted = {"nofollow", "noopener", "noreferrer", "ugc"}
    ours = ("https://squidfunk.github.io/", "https://pre-commit.com")
    known = (*ours, "https://forge.example/it/register", "https://records.example/")

    def is_lent(tag: Tag) -> bool:
        href = tag.get("href") or ""
        plain = tag.name != "a" or not href.startswith(("https:", "mailto:")) or href.startswith(known)
        return not plain and not wanted <= set((tag.get("rel") or "").split())

    assert [] == found(hostile, is_lent)


def test_there_is_no_script_but_the_themes_and_ours(hostile: dict[str, Page], harmless: dict[str, Page]) -> None:
    """What scripts there are is what a harmless site has, word for word."""

    def scripts(pages: dict[str, Page]) -> set[tuple[str, str]]:
        result = set()
        for path, page in pages.items():
            for tag, text in page.raw:
                here = urljoin(built.SITE_URL, path)
                source = urljoin(here, tag.get("src") or "") if tag.get("src") else ""
                result.add((f"{tag.name} {source}", re.sub(r'"(base|search)": "[./]*', r'"\1": "', text)))
        return result

    assert set() == scripts(hostile) - scripts(harmless)


def test_no_id_and_no_class_is_a_contributors(hostile: dict[str, Page], harmless: dict[str, Page]) -> None:
    """An id could stand in for what a script looks up, a class for a part of the theme."""
    ids = {each for page in harmless.values() for each in page.ids()}
    classes = {each for page in harmless.values() for tag in page.tags for each in tag.classes()}
    # What only a draft has, or only a register with something of every kind.
    ours = re.compile(r"findings|none|attention-[a-z]+|value-[1-5]-effort-[1-5]|cireg-[a-z]+(?:(?:-|__|--)[a-z]+)*")

    assert set() == {each for page in hostile.values() for each in page.ids() if not ours.fullmatch(each)} - ids
    assert [] == found(
        hostile,
        lambda tag: [
            each for each in (tag.get("class") or "").split() if not ours.fullmatch(each) and each not in classes
        ],
    )


def test_no_id_stands_on_a_page_twice(hostile: dict[str, Page]) -> None:
    """Else a link to a part of the page could lead to another."""
    assert [] == [path for path, page in hostile.items() if len(page.ids()) != len(set(page.ids()))]


@pytest.mark.parametrize("name", [name for name, payload in PAYLOADS.items() if payload in accepted()])
def test_what_was_written_is_what_is_read(hostile_site: Path, name: str) -> None:
    """A title is neither cut nor changed, wherever it stands: heading, list, register.json and register.csv."""
    payload = PAYLOADS[name]
    id_ = f"CI-{1 + list(PAYLOADS).index(name):04}"
    title = " ".join(line(payload).split())
    rows = json.loads((hostile_site / "register.json").read_text(encoding="utf-8"))["items"]
    page = hostile_site / f"improvements/{id_.lower()}/index.html"
    heading = re.search(r"<h1[^>]*>([^<]*)<", page.read_text(encoding="utf-8"))

    assert [line(payload)] == [row["title"] for row in rows if row["id"] == id_]
    assert heading is not None
    assert title in " ".join(unescape(heading[1]).split())
    assert f"{id_} {title}" in built.text_of(hostile_site, "register/index.html")


def test_each_page_has_one_heading_and_one_title(hostile: dict[str, Page]) -> None:
    """Nothing forges another, and none is swallowed."""
    for name in ("h1", "main"):
        assert [] == [path for path, page in hostile.items() if [tag.name for tag in page.tags].count(name) != 1], name


def test_the_search_index_holds_text_alone(hostile_site: Path) -> None:
    """The theme puts the texts of its index into the page as they are, so ours are escaped in it already."""
    index = json.loads((hostile_site / "search/search_index.json").read_text(encoding="utf-8"))
    ours = [doc for doc in index["docs"] if not doc["location"].startswith(("guides/", "reference/"))]

    assert len(PAYLOADS) < len(ours)
    assert [] == [doc["location"] for doc in ours if "<" in doc["title"] + re.sub("</?p>", "", doc["text"])]
    assert any(escape(line(PAYLOADS["end of title"]), quote=False) in doc["title"] for doc in ours)


def test_the_data_of_the_register_can_be_read_back(hostile_site: Path) -> None:
    """JSON without what is no JSON, and each improvement once."""

    def refuse(constant: str) -> None:
        raise AssertionError(constant)

    data = json.loads((hostile_site / "register.json").read_text(encoding="utf-8"), parse_constant=refuse)
    ids = [row["id"] for row in data["items"]]

    assert len(ids) == len(set(ids))
    assert {f"improvements/{id_.lower()}/index.html" for id_ in ids} == {
        path for path in built.pages(hostile_site) if path.startswith("improvements/")
    }


def test_no_cell_of_the_csv_is_a_formula(hostile_site: Path) -> None:
    """However it begins, a spreadsheet reads it as text or as a number, and no cell spills into another."""
    text = (hostile_site / "register.csv").read_bytes().decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    cells = [cell for row in rows for cell in row]
    number = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
    starts = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")

    assert {len(rows[0])} == {len(row) for row in rows}
    assert [] == [cell for cell in cells if cell.startswith(starts) and not number.fullmatch(cell)]
    assert "'" + line(PAYLOADS["formula"]) in cells


def test_the_sitemap_is_xml_with_pages_of_the_site_alone(hostile_site: Path, hostile: dict[str, Page]) -> None:
    """Every address in it is a page that is there, and every page but the one for what is missing is in it."""
    sitemap = (hostile_site / "sitemap.xml").read_bytes()
    listed = [each.text or "" for each in ElementTree.fromstring(sitemap).iter() if each.tag.endswith("}loc")]  # noqa: S314  # our own
    pages = {built.SITE_URL + path.removesuffix("index.html") for path in hostile if path != "404.html"}

    assert sorted(pages) == sorted(listed)
    assert sitemap == gzip.decompress((hostile_site / "sitemap.xml.gz").read_bytes())


def test_what_is_not_published_leaves_no_trace(hostile_site: Path) -> None:
    """Though half the register names it."""
    traces = (SECRET.encode(), SECRET_ID.encode(), SECRET_ID.lower().encode())
    everything = built.files(hostile_site)
    everything["sitemap.xml.gz"] = gzip.decompress(everything["sitemap.xml.gz"])

    assert [] == [path for path, data in everything.items() if any(trace in data for trace in traces)]
    assert [] == [path for path in everything if SECRET_ID.lower() in path]


def test_every_page_carries_the_policy_first(hostile: dict[str, Page]) -> None:
    """The second wall stands before anything else is read."""
    for path, page in hostile.items():
        names = [tag.name for tag in page.tags]
        first = page.tags[names.index("head") + 1]
        assert ("meta", "Content-Security-Policy") == (first.name, first.get("http-equiv")), path
        assert "script-src 'self' 'sha256-" in (first.get("content") or ""), path
        assert "unsafe-inline" not in (first.get("content") or "").partition("style-src")[0], path
