"""The search index: empty pages out, filled ones in, as each theme shows it."""

from __future__ import annotations

import json

from cireg.site.page import Page
from cireg.site.search import amend, entry

PAGE = Page("goal", "goals/g-1/", "Tom & <b>", "", "", (), "One & two\n\n<i>three</i>")


def test_a_theme_that_shows_the_index_as_it_is_gets_it_escaped() -> None:
    """Each line a paragraph, so that only those with a hit are shown."""
    assert {
        "location": "goals/g-1/",
        "title": "Tom &amp; &lt;b&gt;",
        "text": "<p>One &amp; two</p><p>&lt;i&gt;three&lt;/i&gt;</p>",
    } == entry(PAGE, as_html=True)


def test_a_theme_that_escapes_gets_the_text_itself() -> None:
    """MkDocs' own search does."""
    assert {"location": "goals/g-1/", "title": "Tom & <b>", "text": "One & two\n\n<i>three</i>"} == entry(
        PAGE, as_html=False
    )


def test_empty_pages_go_out_with_all_their_headings() -> None:
    """Others stay, the settings of the search too; an index built beforehand would not know the new pages."""
    docs = [{"location": each} for each in ("", "#a", "register/", "register/#b", "register/more/", "guide/#c")]
    index = json.dumps({"config": {"lang": ["en"]}, "docs": docs, "index": {"built": 1}}).encode()

    assert {
        "config": {"lang": ["en"]},
        "docs": [{"location": "register/more/"}, {"location": "guide/#c"}, {"location": "new/"}],
    } == json.loads(amend(index, {"", "register/"}, [{"location": "new/"}]))
