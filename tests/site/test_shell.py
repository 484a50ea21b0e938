"""Frames: an empty page is cut into slots, and every page poured into it stands in them and nowhere else."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from cireg.site.page import Heading, Page
from cireg.site.shell import EMPTY_BODY, Shell, UnfitFrame

LEAF = "<li><a href='#CIREG0{0}0ID'>CIREG0{0}0TEXT</a></li>"
# A list as mkdocs-material makes it: parts in a list of their own, with a label.
NESTED = (
    "<li>\n<a href='#CIREG0SECTION0ID'>CIREG0SECTION0TEXT</a>\n<nav aria-label='CIREG0SECTION0TEXT'><ul>\n"
    "<li><a href='#CIREG0PART0ID'>CIREG0PART0TEXT</a></li>\n</ul></nav>\n</li>"
)
HEAD = "<title>CIREG0TITLE0 - Site</title><meta name=description content='CIREG0DESCRIPTION0'>"
CANONICAL = '<link rel="canonical" href="https://x.example/improvements/cireg0name0/">'
ENTRIES = "<ul id=toc>" + LEAF.format("ALONE") + "\n" + NESTED + "</ul>"


def html(entries: str = ENTRIES, head: str = HEAD, body: str = EMPTY_BODY) -> str:
    """An empty page as a theme would make it."""
    return f"<html><head>{head}{CANONICAL}</head><body><ul><li>menu</li></ul>{entries}<main>{body}</main></body></html>"


def page(*headings: Heading, title: str = "A title", body: str = "<p>Body</p>", **more: str) -> Page:
    """A page to pour in."""
    url = "improvements/ci-0001/"
    return Page("improvement", url, title, more.get("description", "About"), body, headings)


def entries(filled: str) -> str:
    """The list of headings of a filled page, without line ends."""
    return filled.partition("<ul id=toc>")[2].partition("</ul><main>")[0].replace("\n", "")


def test_every_part_stands_in_its_slot() -> None:
    """Title, description, address, body; the rest of the frame stays as it was."""
    filled = Shell("improvement", html()).fill(page(Heading("why", "Why")))

    assert (
        "<html><head><title>A title - Site</title><meta name=description content='About'>"
        '<link rel="canonical" href="https://x.example/improvements/ci-0001/"></head>'
        "<body><ul><li>menu</li></ul><ul id=toc><li><a href='#why'>Why</a></li></ul>"
        '<main><h1 id="page-title">A title</h1>\n<p>Body</p></main></body></html>'
    ) == filled


def test_headings_are_listed_as_the_theme_lists_them() -> None:
    """Those with parts with their parts, in order, and nothing empty around those without."""
    filled = Shell("improvement", html()).fill(
        page(Heading("a", "A"), Heading("b", "B"), Heading("c", "C", 3), Heading("d", "D", 3), Heading("e", "E"))
    )

    assert (
        "<li><a href='#a'>A</a></li>"
        "<li><a href='#b'>B</a><nav aria-label='B'><ul>"
        "<li><a href='#c'>C</a></li><li><a href='#d'>D</a></li></ul></nav></li>"
        "<li><a href='#e'>E</a></li>"
    ) == entries(filled)


def test_a_part_without_a_section_is_listed_all_the_same() -> None:
    """As if it were a section."""
    filled = Shell("improvement", html()).fill(page(Heading("a", "A", 3), Heading("b", "B", 2)))

    assert "<li><a href='#a'>A</a></li><li><a href='#b'>B</a></li>" == entries(filled)


def test_a_page_without_headings_lists_its_title() -> None:
    """No theme has an empty list then."""
    assert "<li><a href='#page-title'>A title</a></li>" == entries(Shell("improvement", html()).fill(page()))


def test_a_theme_that_lists_no_parts_gets_none() -> None:
    """MkDocs' own theme stops at a depth that is configured."""
    shallow = "<ul id=toc>" + LEAF.format("ALONE") + LEAF.format("SECTION") + "</ul>"
    filled = Shell("improvement", html(shallow)).fill(page(Heading("a", "A"), Heading("b", "B", 3)))

    assert "<li><a href='#a'>A</a></li>" == entries(filled)


def test_a_theme_may_list_headings_twice_or_never() -> None:
    """In the menu for small screens, and beside the text."""
    twice = Shell("improvement", html(ENTRIES + ENTRIES)).fill(page(Heading("a", "A")))
    never = Shell("improvement", html("")).fill(page(Heading("a", "A")))

    assert 2 == twice.count("<li><a href='#a'>A</a></li>")
    assert "#a" not in never
    assert "CIREG0" not in twice + never


class _Texts(HTMLParser):
    """Notes tags, and the attributes that hold the text under test."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.values: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.values += [value or "" for name, value in attrs if name in ("content", "aria-label")]
        self.tags += [f"{tag} {name}" for name, _ in attrs if name.startswith("on")]


@pytest.mark.parametrize(
    "text",
    [
        "</title><img src=x onerror=alert(1)>",
        "&lt;/title&gt;&lt;img src=x onerror=alert(1)&gt;",
        "\" onclick='x' '\"><script>",
        "CIREG0BODY0 CIREG0TITLE0 CIREG0SECTION0ID CIREG0PART0TEXT cireg0name0 CIREG0ENTRIES0",
    ],
)
def test_a_text_is_nothing_but_text_wherever_it_stands(text: str) -> None:
    """In the title, the description, the list of headings and its labels; marks in it are not filled again."""
    shell = Shell("improvement", html())
    plain, hostile = _Texts(), _Texts()
    plain.feed(shell.fill(page(Heading("a", "x"), Heading("b", "x", 3), title="x", description="x")))
    filled = shell.fill(page(Heading("a", text), Heading("b", text, 3), title=text, description=text))
    hostile.feed(filled)

    assert plain.tags == hostile.tags
    assert [text, text] == hostile.values
    assert 1 == filled.count("<p>Body</p>")


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (html(head=HEAD + "<script>title = 'CIREG0TITLE0'</script>"), "a script"),
        (html(head=HEAD + "<style>h1::after { content: 'CIREG0TITLE0' }</style>"), "a style"),
        (html(head=HEAD + "<!-- CIREG0TITLE0 -->"), "a comment"),
        (html(head=HEAD + "<meta name=a content=CIREG0TITLE0>"), "within a tag"),
        (html(head=HEAD + "<a onclick='say(\"CIREG0TITLE0\")'>"), "within a tag"),
        (html(head=HEAD + "<a href='CIREG0TITLE0'>"), "within a tag"),
        (html(head=HEAD + "<a style='--x: CIREG0TITLE0'>"), "within a tag"),
        (html(head=HEAD + "<a CIREG0TITLE0>"), "within a tag"),
        (html(head=HEAD + "<iframe srcdoc='CIREG0TITLE0'>"), "within a tag"),
        (html(body="<p title='CIREG0BODY0'>"), "within a tag"),
        (html(body=""), "0 times"),
        (html(body=EMPTY_BODY + EMPTY_BODY), "2 times"),
        (html("<p><a href='#CIREG0ALONE0ID'>CIREG0ALONE0TEXT</a></p>"), "not a list"),
    ],
)
def test_a_theme_that_puts_text_where_it_could_act_is_refused(source: str, said: str) -> None:
    """Before anything is written."""
    with pytest.raises(UnfitFrame, match=said):
        Shell("improvement", source)


def test_the_frame_is_what_all_pages_have_in_common() -> None:
    """Nothing of it changes from page to page."""
    shell = Shell("improvement", html())

    assert "<li>menu</li>" in shell.frame
    assert "CIREG0" not in shell.frame
    assert "cireg0" not in shell.frame
