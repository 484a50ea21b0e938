"""The site as MkDocs and the plugin build it together, in both themes, with the stand-in's content."""

from __future__ import annotations

import gzip
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from cireg.site.output import Changes
from cireg.site.page import FOLDERS, SINGLES
from tests import small_register
from tests.site.conftest import GUIDE, MKDOCS, Build, tree

THEMES = ("mkdocs", "material")
HOSTILE = "</title><script>alert(1)</script>\"' onload=alert(2) &lt;img src=x onerror=alert(3)&gt; CIREG0BODY0"


@pytest.fixture(params=THEMES)
def framed(small: Path, request: pytest.FixtureRequest) -> Path:
    """The small register in each theme."""
    (small / "mkdocs.yml").write_text(MKDOCS.format(theme=request.param), encoding="utf-8")
    return small


def save(folder: Path, **fields: object) -> None:
    """The second improvement with other fields."""
    small_register.write(folder, small_register.files(small_register.fields(id="CI-0002", **fields)))  # type: ignore[arg-type]


class _Tags(HTMLParser):
    """Notes each tag with the names of its attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append(" ".join([tag, *(name for name, _ in attrs)]))


def tags(html: str) -> list[str]:
    """The tags of a page as a browser sees them."""
    parser = _Tags()
    parser.feed(html)
    return parser.found


def hrefs(html: str) -> list[str]:
    """What a piece of HTML links to, in order."""
    return re.findall(r"href=\"([^\"]*)\"", html)


def test_a_page_stands_in_the_frame_of_the_theme(framed: Path, build: Build) -> None:
    """Title, address, heading, contents and body, and the menu as on any other page."""
    built = build(framed)
    html = built.text("improvements/ci-0001")

    assert built.done, built.said
    assert "<title>CI-0001 Make it better - Test register</title>" in html
    assert '<link rel="canonical" href="https://register.example/base/improvements/ci-0001/">' in html
    assert '<h1 id="page-title">CI-0001 Make it better</h1>\n<h2 id="why">' in html
    assert ["#why", "#more"][: 2 if "md-content" in html else 1] == [
        href for href in dict.fromkeys(hrefs(html)) if href in ("#why", "#more")
    ]  # MkDocs' own theme lists the upper level alone
    assert "../../archive/" in hrefs(html)
    assert "<p>It could be better.</p>" in html


def test_nothing_is_left_of_the_empty_pages(framed: Path, build: Build) -> None:
    """Not in any page, the search index or the sitemap; and no page or file of them is published."""
    built = build(framed)
    files = tree(built.site)

    assert [] == [path for path, data in files.items() if b"CIREG0" in data or b"cireg0" in data]
    assert [] == [path for path in files if "cireg0" in path or path.startswith(".")]
    assert all(f"{url}index.html" in files for url in SINGLES.values())
    assert {"improvements/ci-0001/index.html", "improvements/ci-0002/index.html"} == {
        path for path in files if path.startswith("improvements/")
    }


def test_the_search_finds_what_was_filled_in(framed: Path, build: Build) -> None:
    """Pages of the register and guides, each once; titles as the theme's search needs them."""
    site = build(framed).site
    docs = json.loads((site / "search/search_index.json").read_bytes())["docs"]
    titles = {doc["location"]: doc["title"] for doc in docs}
    theme = "material" in (framed / "mkdocs.yml").read_text(encoding="utf-8")

    assert len(docs) == len(titles)
    assert {"guide/", "register/", "rules/overdue/", "improvements/ci-0001/"} <= titles.keys()
    assert ("Tom &amp; Jerry's &lt;b&gt;" if theme else "Tom & Jerry's <b>") in titles["improvements/ci-0002/"]


def test_the_sitemap_lists_every_page(framed: Path, build: Build) -> None:
    """By its whole address, with the register's day; packed the same."""
    site = build(framed).site
    data = (site / "sitemap.xml").read_bytes()
    listed = re.findall(r"<loc>https://register\.example/base/([^<]*)</loc><lastmod>2026-11-23<", data.decode())
    pages = [path.removesuffix("index.html") for path in tree(site) if path.endswith("index.html")]

    assert sorted(pages) == listed
    assert data == gzip.decompress((site / "sitemap.xml.gz").read_bytes())


def test_every_page_begins_with_the_policy(framed: Path, build: Build) -> None:
    """Filled pages, guides, and the theme's own page for what is missing; the encoding is told in time."""
    files = tree(build(framed).site)

    for path in (path for path in files if path.endswith(".html")):
        head = files[path].partition(b"<head>")[2]
        assert head.startswith(b'<meta http-equiv="Content-Security-Policy" content="default-src \'self\'; '), path
        assert 0 < files[path].lower().find(b"charset=") < 1024, path


def test_a_hostile_title_is_nothing_but_text(framed: Path, build: Build) -> None:
    """In every place where the theme shows it, and in no other page."""
    plain = build(framed).text("improvements/ci-0002")
    save(framed, title=HOSTILE, opportunity=HOSTILE)
    built = build(framed)
    page = built.text("improvements/ci-0002")

    assert tags(plain) == tags(page)
    assert HOSTILE.replace("&lt;", "<").replace("&gt;", ">") not in page
    assert "alert(" not in built.text("")
    assert "alert(" not in built.text("improvements/ci-0001")


def test_an_unchanged_page_is_not_written_again(framed: Path, build: Build) -> None:
    """And a changed one is; what is gone is removed."""
    build(framed)
    again = build(framed).run.changes
    save(framed, title="Another title")
    changed = build(framed).run.changes
    (framed / "improvements" / "CI-0002.yaml").unlink()
    removed = build(framed)

    assert again is not None
    assert changed is not None
    assert (0, 0) == (again.written, again.removed)
    # the page, the list, the search index
    assert Changes(written=3, kept=again.kept - 3, removed=0) == changed
    assert removed.run.changes is not None
    assert 1 == removed.run.changes.removed
    assert not (removed.site / "improvements" / "ci-0002").exists()


def test_a_register_with_errors_is_not_built(small: Path, build: Build) -> None:
    """The site that is there stays; the first errors are named, with the way round."""
    assert build(small).done
    before = tree(small / "site")
    save(small, status="closed", vision=None)
    built = build(small)

    assert (False, True) == (built.done, built.run.refused)
    assert "cireg build --draft" in built.said[-1]
    assert "improvements/CI-0002.yaml:" in built.said[-1]
    assert before == tree(small / "site")


def test_a_draft_is_built_with_its_errors(small: Path, build: Build) -> None:
    """They are handed to the pages."""
    save(small, status="closed", vision=None)
    built = build(small, draft=True)

    assert built.done
    assert built.run.errors
    assert f"<p>{len(built.run.findings)} findings</p>" in built.text("")


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ("[x](../improvements/ci-0009/)", "guide/: ../improvements/ci-0009/ (there is no such page or file)"),
        ("[x](register.md#gone)", "guide/: ../register/#gone (that page has no such place)"),
        ("[x](../rules/overdue/#gone)", "guide/: ../rules/overdue/#gone (that page has no such place)"),
        ('<img src="gone.png">', "guide/: gone.png (there is no such page or file)"),
    ],
)
def test_a_link_that_leads_nowhere_fails_the_build(small: Path, build: Build, link: str, said: str) -> None:
    """From a guide to a page of the register; the site that is there stays."""
    assert build(small).done
    before = tree(small / "site")
    (small / "docs" / "guide.md").write_text(f"{GUIDE}\n{link}\n", encoding="utf-8")
    built = build(small)

    assert not built.done
    assert said in built.said[-1]
    assert before == tree(small / "site")


def test_a_warning_of_mkdocs_fails_the_build(small: Path, build: Build) -> None:
    """It is strict; the site that is there stays."""
    assert build(small).done
    before = tree(small / "site")
    (small / "docs" / "guide.md").write_text("# A guide\n\n[x](gone.md)\n", encoding="utf-8")
    built = build(small)

    assert not built.done
    assert "gone.md" in "".join(built.said)
    assert before == tree(small / "site")


def test_a_page_in_docs_stands_over_ours(small: Path, build: Build) -> None:
    """A register may have a first page of its own."""
    (small / "docs" / "index.md").write_text("# Welcome\n\nBy hand.\n", encoding="utf-8")
    built = build(small)

    assert built.done, built.said
    assert "<p>By hand.</p>" in built.text("")


def test_a_page_stands_in_the_menu_where_its_list_stands(small: Path, build: Build) -> None:
    """The section of the menu with the list is the active one."""
    (small / "mkdocs.yml").write_text(
        MKDOCS.format(theme="material").replace("name: material", "name: material, features: [navigation.tabs]"),
        encoding="utf-8",
    )
    built = build(small)

    def active(url: str) -> list[str]:
        items = re.findall(r"md-tabs__item--active\">(.*?)</li>", built.text(url), re.DOTALL)
        return [" ".join(re.sub("<[^>]*>", "", item).split()) for item in items]

    assert ["Register"] == active("improvements/ci-0001")
    assert ["Reference"] == active("rules/overdue")
    assert ["Guide"] == active("guide")


_NAV = "  - Money: [{Benefits: benefits.md}]\n  - Home: index.md\n"


@pytest.mark.parametrize("listed", [True, False])
def test_a_page_that_is_not_published_is_not_in_the_menu(small: Path, build: Build, listed: bool) -> None:
    """Nor is the section that held nothing else; without a menu of its own the site does not list it either."""
    text = MKDOCS.format(theme="mkdocs")
    text = text.replace("  - Home: index.md\n", _NAV) if listed else re.sub(r"nav:\n(  - .*\n)*", "", text)
    (small / "mkdocs.yml").write_text(text, encoding="utf-8")
    public = build(small)

    assert public.done, public.said
    assert "../benefits/" in hrefs(public.text("guide"))
    with (small / "cireg.yaml").open("a", encoding="utf-8") as config:
        config.write("publish: {money: false}\n")
    private = build(small)

    assert private.done, private.said
    assert not (private.site / "benefits").exists()
    assert not [link for link in hrefs(private.text("guide")) if "benefits" in link]
    assert "Money" not in private.text("guide")


def test_a_page_of_ones_own_stays_in_the_menu(small: Path, build: Build) -> None:
    """Only ours is left out."""
    text = MKDOCS.format(theme="mkdocs").replace("  - Home: index.md\n", _NAV)
    (small / "mkdocs.yml").write_text(text, encoding="utf-8")
    (small / "docs" / "benefits.md").write_text("# What we are good at\n", encoding="utf-8")
    with (small / "cireg.yaml").open("a", encoding="utf-8") as config:
        config.write("publish: {money: false}\n")
    built = build(small)

    assert built.done, built.said
    assert "../benefits/" in hrefs(built.text("guide"))
    assert "What we are good at" in built.text("benefits")


def test_our_style_sheets_are_on_every_page(small: Path, build: Build) -> None:
    """With a register's own."""
    (small / "site_templates" / "assets").mkdir(parents=True)
    (small / "site_templates" / "assets" / "own.css").write_text("p { color: red }", encoding="utf-8")
    built = build(small)

    assert "p { color: red }" == (built.site / "assets/cireg/own.css").read_text(encoding="utf-8")
    assert {"../assets/cireg/cireg.css", "../assets/cireg/own.css"} <= set(hrefs(built.text("guide")))
    assert {"../../assets/cireg/cireg.css", "../../assets/cireg/own.css"} <= set(
        hrefs(built.text("improvements/ci-0001"))
    )


def test_without_a_nav_the_lists_are_in_the_menu_and_their_pages_are_not(small: Path, build: Build) -> None:
    """As MkDocs does it on its own."""
    text = re.sub(r"nav:\n(  - .*\n)*", "", MKDOCS.format(theme="mkdocs"))
    (small / "mkdocs.yml").write_text(text, encoding="utf-8")
    built = build(small)
    links = hrefs(built.text("guide"))

    assert built.done, built.said
    assert {"../register/", "../practices/", "../rules/"} <= set(links)
    assert [] == [link for link in links if re.match(r"\.\./(improvements|rules)/.", link)][1:]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("strict: true", "use_directory_urls: false"), "use_directory_urls must be true"),
        (("[search, cireg]", "[search]"), None),
    ],
)
def test_a_setting_that_cannot_work_is_named(
    small: Path, build: Build, change: tuple[str, str], said: str | None
) -> None:
    """Instead of a site that is half broken."""
    from cireg.errors import CiregError

    (small / "mkdocs.yml").write_text(MKDOCS.format(theme="mkdocs").replace(*change), encoding="utf-8")
    if said is None:
        with pytest.raises(CiregError, match="does not use cireg"):
            build(small)
    else:
        assert said in build(small).said[-1]


def test_every_kind_of_page_has_a_frame() -> None:
    """Kinds of one page and of many are told apart by name."""
    assert not SINGLES.keys() & FOLDERS.keys()
