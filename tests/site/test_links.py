"""The check of links: every way of writing one, and nothing that only looks like one."""

from __future__ import annotations

import pytest

from cireg.site.links import Broken, BrokenLinks, Links, scan, scan_body

FILES = {
    "index.html",
    "404.html",
    "register/index.html",
    "improvements/ci-0001/index.html",
    "assets/a b.css",
    "register.json",
}
NO_FILE, NO_PLACE = "there is no such page or file", "that page has no such place"


def broken(page: str, html: str, base: str = "/") -> list[Broken]:
    """What is broken on a page, where the register's page has the ids `open` and `größe`."""
    links = Links(base)
    links.add("register/", scan('<h2 id="open"></h2><a name="größe"></a>'), scan("<p id=framed>"))
    links.add(page, scan(html))
    return links.broken(FILES)


@pytest.mark.parametrize(
    "link",
    [
        # pages and files
        "../../register/",
        "../../register/#open",
        "../../register/#gr%C3%B6%C3%9Fe",
        "../../register/#framed",
        "../../register/?status=open#open",
        "../../register.json",
        "../../assets/a%20b.css",
        "../..",
        "../../",
        "../../index.html",
        "./",
        ".",
        "",
        # places on the page itself
        "#here",
        "#top",
        "#",
        "?a=b#here",
        # other places
        "https://x.example/nowhere",
        "//x.example/nowhere",
        "mailto:a@x.example",
        "tel:+441234",
        "data:,",
    ],
)
def test_a_link_that_leads_somewhere_is_fine(link: str) -> None:
    """However it is written."""
    assert [] == broken("improvements/ci-0001/", f'<p id="here"><a href="{link}">x</a></p>')


@pytest.mark.parametrize(
    ("link", "why"),
    [
        ("../../gone/", NO_FILE),
        ("../ci-0002/", NO_FILE),
        ("../../../", NO_FILE),
        ("../../register.js", NO_FILE),
        ("../../register", NO_FILE),
        ("../../register/#gone", NO_PLACE),
        ("#gone", NO_PLACE),
        ("?a=b#gone", NO_PLACE),
    ],
)
def test_a_link_that_leads_nowhere_is_named(link: str, why: str) -> None:
    """With its page, as it is written there."""
    html = f'<a href="{link}">x</a>'

    assert [Broken("improvements/ci-0001/", link, why)] == broken("improvements/ci-0001/", html)


def test_absolute_links_count_from_the_sites_base() -> None:
    """As the page for what is missing has them; outside the base they are none of ours."""
    html = '<a href="/base/register/"></a><a href="/other/"></a><a href="/base/gone/"></a>'

    assert [Broken("404.html", "/base/gone/", NO_FILE)] == broken("404.html", html, base="/base/")


@pytest.mark.parametrize(
    "html",
    [
        "<script>x = '<a href=\"gone/\">'</script>",
        "<style>/* <a href='gone/'> */</style>",
        "<!-- <a href='gone/'> -->",
        'text href="gone/" and src=gone',
        "<p data-href='gone/' title='x'>",
        '&lt;a href="gone/"&gt;',
        '<p>the mark href="gone/" in a text</p>',
        "<p title='a>b'>x > href=\"gone/\"</p>",
    ],
)
def test_what_only_looks_like_a_link_is_none(html: str) -> None:
    """In scripts, comments, text and other attributes."""
    assert [] == broken("", html)


def test_links_and_ids_are_found_however_they_are_written() -> None:
    """Quoted either way or not at all, in capitals, over lines, several to a tag."""
    html = "<A HREF='a'>\n<img\n src=b id=i><a id=\"j\" class='x' href=\"c&amp;d\">"
    found = scan(html + "<script src='e'>1</script><use href='#f'/>")

    assert {"a", "b", "c&amp;d", "e", "#f"} == found.links
    assert {"i", "j"} == found.ids


@pytest.mark.parametrize(
    "html",
    [
        '<h2 id="a">x</h2><a class="y" href="b">y</a><svg><use href="#c"/></svg><script src="d" defer></script>',
        '<p>the mark <code>&lt;a href="gone"&gt;</code> in a text, href="gone"</p><a href="b">x</a>',
        "<a href='b' id=\"a\">in other quotes</a>",
        '<!-- <a href="gone"> --><style>a {}</style><a href="b"></a>',
        "plain text",
    ],
)
def test_a_body_is_read_the_same_in_the_quick_way(html: str) -> None:
    """As our templates write it; what is written otherwise is read the slow way."""
    assert scan(html) == scan_body(html)


def test_the_links_of_a_frame_are_followed_once() -> None:
    """From the first page that stands in it: from all others they lead to the same places."""
    links, frame = Links(), scan('<a href="../gone/"></a><a href="#page-title"></a><h1 id="page-title"></h1>')
    links.add("register/", scan(""), frame)
    links.add("archive/", scan('<a href="#page-title"></a>'), frame)

    assert [Broken("register/", "../gone/", NO_FILE)] == links.broken({"register/index.html", "archive/index.html"})


def test_the_message_names_the_first_ten() -> None:
    """And counts the others."""
    message = BrokenLinks([Broken("", f"gone-{n}/", NO_FILE) for n in range(12)]).message

    assert "the first page: gone-0/ (there is no such page or file)" in message
    assert "gone-9/" in message
    assert "gone-10/" not in message
    assert message.endswith("and 2 more")
