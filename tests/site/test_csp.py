"""The content security policy: first in the head, and it knows the theme's inline scripts."""

from __future__ import annotations

import pytest

from cireg.site.csp import policy, protect

# echo -n 'go()' | openssl dgst -sha256 -binary | base64
GO = "'sha256-5KYv+PUboo5h+0+YAtGRPbwv5d/QxzHslP4YGnUaxRw='"


def test_the_policy_comes_first_in_the_head() -> None:
    """What came before it would be free of it."""
    html = protect("<!doctype html><HTML><head lang=en><meta charset=utf-8></head></html>")

    assert html.startswith('<!doctype html><HTML><head lang=en><meta http-equiv="Content-Security-Policy" content="')
    assert html.endswith('"><meta charset=utf-8></head></html>')


def test_nothing_but_the_sites_own_is_allowed() -> None:
    """The site's files, styles in the page, and pictures in the style sheets."""
    assert (
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        "base-uri 'self'; form-action 'none'; object-src 'none'; frame-src 'none'"
    ) == policy("<head></head>")


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("<script>go()</script>", True),
        ("<SCRIPT type='text/javascript'>go()</SCRIPT >", True),
        ("<script type=module>go()</script>", True),
        ("<script src='a.js'>go()</script>", False),
        ("<script type=application/json>go()</script>", False),
    ],
)
def test_an_inline_script_is_allowed_by_its_hash(script: str, expected: bool) -> None:
    """If it runs at all; each once."""
    assert (1 if expected else 0) == policy(script + script).count(GO)


def test_what_has_no_head_stays_as_it_is() -> None:
    """A piece of a page, or something else altogether."""
    assert "<p>no head</p>" == protect("<p>no head</p>")
