"""The template environment: it escapes everything, forgives nothing and runs no code of a register."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from markupsafe import Markup

from cireg.errors import CiregError
from cireg.layout import TEMPLATES, packaged
from cireg.site.templates import Templates

_BOLD = Markup("<b>bold</b>")


@dataclass(frozen=True)
class View:
    """What a template is given."""

    name: str = "<Tom & 'Jerry'>"
    safe: Markup = _BOLD
    items: tuple[str, ...] = ("a", "b")
    yes: bool = True
    number: int = 7


def rendered(folder: Path, source: str, **more: object) -> Markup:
    """What a register's own template makes of a view."""
    (folder / "test.html.j2").write_text(source, encoding="utf-8")
    return Templates(folder).render("test.html.j2", view=View(), **more)


def test_text_is_escaped_and_safe_html_is_not(tmp_path: Path) -> None:
    """In text and in attributes."""
    source = '<p title="{{ view.name }}">{{ view.name }} {{ view.safe }} {{ view.number }}</p>'
    escaped = "&lt;Tom &amp; &#39;Jerry&#39;&gt;"

    assert f'<p title="{escaped}">{escaped} <b>bold</b> 7</p>' == rendered(tmp_path, source)


def test_a_template_may_repeat_ask_include_and_say(tmp_path: Path) -> None:
    """The whole of its language."""
    (tmp_path / "messages").mkdir()
    (tmp_path / "messages" / "en.json").write_text('{"hello": "Hello {who}"}', encoding="utf-8")
    (tmp_path / "part.html.j2").write_text("[{{ item }}]", encoding="utf-8")
    (tmp_path / "base.html.j2").write_text("<{% block content %}{% endblock %}>", encoding="utf-8")
    source = (
        '{% extends "base.html.j2" %}{# said to nobody #}{% block content %}{{ t("hello", who=view.name) }}'
        '{% for item in view.items %}{% include "part.html.j2" %}{% if not loop.last %}, {% endif %}{% endfor %}'
        "{% if view.yes %}yes{% elif view.name %}{% else %}no{% endif %}{% endblock %}"
    )

    assert "<Hello &lt;Tom &amp; &#39;Jerry&#39;&gt;[a], [b]yes>" == rendered(tmp_path, source)


@pytest.mark.parametrize(
    "source",
    [
        "{{ 1 + 1 }}",
        "{{ 'text' }}",
        "{{ view.name | safe }}",
        "{{ view.name.upper() }}",
        "{{ view.items[0] }}",
        "{{ view.name == 'x' }}",
        "{{ view.__class__ }}",
        "{{ t(view.name) }}",
        "{{ t('a', n=view.name.upper()) }}",
        "{{ t('a', **view) }}",
        "{{ cycler('a') }}",
        "{% set x = 1 %}",
        "{% if view.number > 3 %}{% endif %}",
        "{% if view.yes and view.name %}{% endif %}",
        "{% for a, b in view.items %}{% endfor %}",
        "{% for a in view.items if a %}{% endfor %}",
        "{% for a in view.items[1:] %}{% endfor %}",
        "{% macro m() %}{% endmacro %}",
        "{% include view.name %}",
        "{% import 'x' as y %}",
        "{% for a in view.items %}{{ loop.cycle('a', 'b') }}{% endfor %}",
        "{% if view.yes %}{{ view.name | upper }}{% endif %}",
    ],
)
def test_a_template_may_do_no_more(tmp_path: Path, source: str) -> None:
    """What is refused is named with its line, before anything of it has run."""
    with pytest.raises(CiregError, match=r"test\.html\.j2:2 cannot be used: \w+ is more than a template may do"):
        rendered(tmp_path, "first line\n" + source)


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("\n{{ view.gone }}", "test.html.j2:2 cannot be used: .*'gone'"),
        ("{{ gone }}", "test.html.j2:1 cannot be used: 'gone' is undefined"),
        ("{{ view.yes }}", "test.html.j2:1 cannot be used: True is neither text nor a whole number"),
        ("{{ view.items }}", "neither text nor a whole number"),
        ("\n\n{% if %}", "test.html.j2:3 cannot be used"),
        ('{% include "gone.html.j2" %}', "gone.html.j2"),
        ("{{ t('gone') }}", "no string 'gone'"),
    ],
)
def test_a_mistake_in_a_template_is_named_with_its_place(tmp_path: Path, source: str, said: str) -> None:
    """Nothing is shown as None, True or nothing at all by mistake."""
    with pytest.raises(CiregError, match=said):
        rendered(tmp_path, source)


def test_a_registers_own_template_stands_over_the_packaged_one(tmp_path: Path) -> None:
    """And every other is the packaged one."""
    (tmp_path / "page.html.j2").write_text("own {% block content %}{% endblock %}", encoding="utf-8")
    templates = Templates(tmp_path)

    assert (tmp_path, packaged(TEMPLATES)) == templates.folders
    assert (packaged(TEMPLATES),) == Templates(packaged(TEMPLATES)).folders
    assert (packaged(TEMPLATES),) == Templates(tmp_path / "gone").folders


def test_assets_of_both_are_published(tmp_path: Path) -> None:
    """A register's own style sheet stands over the packaged one of that name."""
    (tmp_path / "assets" / "deep").mkdir(parents=True)
    (tmp_path / "assets" / "deep" / "logo.svg").write_text("<svg/>", encoding="utf-8")
    (tmp_path / "assets" / "frame.css").write_text("", encoding="utf-8")
    (tmp_path / "assets" / "link.css").symlink_to("/etc/passwd")
    found = dict(Templates(tmp_path).assets())

    assert tmp_path / "assets" / "frame.css" == found["frame.css"]
    assert tmp_path / "assets" / "deep" / "logo.svg" == found["deep/logo.svg"]
    assert packaged(TEMPLATES) / "assets" / "cireg.css" == found["cireg.css"]
    assert "link.css" not in found


@pytest.mark.parametrize("name", sorted(path.name for path in packaged(TEMPLATES).glob("*.j2")))
def test_every_packaged_template_keeps_to_the_language(name: str) -> None:
    """They are held to what a register's own are held to."""
    Templates()._environment.get_template(name)
