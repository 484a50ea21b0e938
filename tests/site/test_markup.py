"""Contributed Markdown: what of it is shown, and that nothing else gets through."""

from __future__ import annotations

import re
from html import escape
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cireg.site import markup
from cireg.site.markup import ATTRIBUTES, LIMIT, TAGS, plain, render, text_of
from tests.site.hostile_register import PAYLOADS, collected


class _Judge(HTMLParser):
    """Notes whatever may not stand in a contributed text."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            self.faults.append(f"<{tag}>")
        for name, value in attrs:
            if name not in ATTRIBUTES.get(tag, ()):
                self.faults.append(f"<{tag} {name}>")
            if name == "href" and urlsplit(value or "").scheme not in ("https", "mailto"):
                self.faults.append(f"href {value}")

    def handle_comment(self, data: str) -> None:
        self.faults.append(f"comment {data}")

    def unknown_decl(self, data: str) -> None:
        self.faults.append(f"declaration {data}")

    def handle_pi(self, data: str) -> None:
        self.faults.append(f"instruction {data}")

    def handle_decl(self, decl: str) -> None:
        self.faults.append(f"declaration {decl}")


def faults(html: str) -> list[str]:
    """What a browser would find in it that may not be there."""
    judge = _Judge()
    judge.feed(html)
    judge.close()
    return judge.faults


def test_the_usual_marks_are_shown() -> None:
    """Paragraphs, lists, emphasis, code, quotes and tables."""
    text = "One *two* **three** `four`\n\n- a\n- b\n\n3. c\n\n> d\n\n|e|\n|-|\n|f|\n\n```py\n<g>\n```"
    html = render(text)

    assert "<p>One <em>two</em> <strong>three</strong> <code>four</code></p>" in html
    assert "<ul>\n<li>a</li>\n<li>b</li>\n</ul>" in html
    assert '<ol start="3">' in html
    assert "<blockquote>\n<p>d</p>\n</blockquote>" in html
    assert "<th>e</th>" in html
    assert "<td>f</td>" in html
    assert "<pre><code>&lt;g&gt;\n</code></pre>" in html


def test_a_heading_becomes_a_strong_paragraph() -> None:
    """The headings of the page are the page's own."""
    assert "<p><strong>Why <em>now</em></strong></p>\n" == render("## Why *now*")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # links that lead to a safe place
        ("[a](https://x.example/)", '<a href="https://x.example/" rel="{}">a</a>'),
        ("<https://x.example/>", '<a href="https://x.example/" rel="{}">https://x.example/</a>'),
        ("<a@x.example>", '<a href="mailto:a@x.example" rel="{}">a@x.example</a>'),
        ("[](https://x.example/)", '<a href="https://x.example/" rel="{}">https://x.example/</a>'),
        # links that do not
        ("[a](../secret.md)", "a"),
        ("[a](//x.example/)", "a"),
        ("[a](#page-title)", "a"),
        ("[a](http://x.example/)", "a (http://x.example/)"),
        ("[a](ftp://x.example/)", "a"),
        ("[a](javascript:alert(1))", "[a](javascript:alert(1))"),
        # images
        ("![a](https://x.example/a.png)", '<a href="https://x.example/a.png" rel="{}">a</a>'),
        ("![](https://x.example/a.png)", '<a href="https://x.example/a.png" rel="{}">https://x.example/a.png</a>'),
        ("![a](a.png)", "a"),
        ("[![a](https://x.example/a.png)](https://x.example/)", '<a href="https://x.example/" rel="{}">a</a>'),
    ],
)
def test_a_link_leads_to_a_safe_place_or_is_plain_text(text: str, expected: str) -> None:
    """No request to another host, no script, no way within the site that nobody checked."""
    assert f"<p>{expected.format('nofollow noopener noreferrer ugc')}</p>\n" == render(text)


def test_the_id_of_an_improvement_becomes_a_link_where_it_has_a_page() -> None:
    """As the callback says; not within links, code, longer words or for improvements that are not published."""

    def link(id_: str) -> str | None:
        return f"../{id_.lower()}/" if id_ != "CI-0009" else None

    assert '<p>As <a href="../ci-0001/">CI-0001</a>, <a href="../ci-0002/">CI-0002</a>.</p>\n' == render(
        "As CI-0001, CI-0002.", link
    )
    for text in ("CI-0009", "`CI-0001`", "[CI-0001](https://x.example/)", "CI-00010000", "XCI-0001-B", "éCI-0001"):
        assert "../ci" not in render(text, link), text


def test_the_words_alone() -> None:
    """In one line, as they are read; nothing of a tag, and not less than was written."""
    assert "Why now first a<b bold & more" == plain("# Why\nnow\n\n- first\n- a<b **bo**ld\n\n&amp; more")
    assert "one two" == text_of("<p>one</p><p>two</p>")
    assert "onetwo" == text_of("<p>one<em>two</em></p>")


@pytest.mark.parametrize("name", PAYLOADS)
def test_no_attack_gets_through(name: str) -> None:
    """Each class of attack leaves nothing but text."""
    assert [] == faults(render(PAYLOADS[name]))


def test_no_collected_attack_gets_through() -> None:
    """Nor does any of the large collections, alone or in the midst of marks."""
    for text in collected():
        for around in ("{}", "# {}", "- {}\n- x", "[{}](https://x.example/{})", "|a|\n|-|\n|{}|", "**{}** `{}`"):
            assert [] == faults(render(around.replace("{}", text))), text


@given(st.text(alphabet="<>[]()!*_`~#|:-\\\"'&;=/ \n\tahxsjCI0123.", max_size=120))
def test_no_text_at_all_gets_through(text: str) -> None:
    """Whatever the marks, only the few tags are left."""
    assert [] == faults(render(text))


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="&"), max_size=80))
def test_a_text_without_marks_is_shown_as_it_is(text: str) -> None:
    """Nothing that a person writes is lost."""
    words = " ".join(re.sub(r"[!-/:-@\[-`{-~]", "", f"w {text} w").split())

    assert words == plain(words)


@pytest.mark.parametrize(
    "text",
    ["[" * LIMIT, "![" * (LIMIT // 2), "|a" * 1000 + "|\n" + "|-" * 1000 + "|\n" + "|a|\n" * 800, "a " * LIMIT],
    ids=["brackets", "images", "table", "length"],
)
def test_a_text_made_to_be_costly_is_shown_as_it_is_written(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is not even read as Markdown."""
    monkeypatch.setattr(markup, "_MARKDOWN", None)

    assert escape(text.split("\n")[0].strip(), quote=False) == re.split("</p>|<br>", render(text))[0].removeprefix(
        "<p>"
    )


def test_paragraphs_of_such_a_text_stay_apart() -> None:
    """Lines and blocks are those of the file."""
    assert f"<p>{'[' * 600}<br>\nb &lt;i&gt;</p>\n<p>c</p>\n" == render("[" * 600 + "\nb <i>\n\nc\n")


def test_a_large_honest_text_is_read_as_markdown() -> None:
    """Many links and a real table do not count as costly."""
    links = "See [a](https://x.example/).\n" * 200
    table = "|a|b|c|\n|-|-|-|\n" + "|1|2|3|\n" * 200

    assert 200 == render(links).count("<a ")
    assert 600 == render(table).count("<td>")


_PIECES = [
    *" \nabZ09-+#=*.)(:\"'!;%/&<>|~`\\_[]{}\t\r\u00a0\u2028\u3000–£é",
    "CI-0001",
    "CI-0002",
    "\n\n",
    "1. ",
    " - ",
]


@given(st.lists(st.sampled_from(_PIECES)).map("".join))
def test_a_text_of_words_alone_is_made_as_markdown_makes_it(text: str) -> None:
    """The short way gives what the long one gives, for every text that takes it."""
    shortly = render(text, {"CI-0001": "../ci-0001/"}.get)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("cireg.site.markup._MEANT", re.compile(""))
        assert render(text, {"CI-0001": "../ci-0001/"}.get) == shortly
