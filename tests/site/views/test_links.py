"""Links as they stand on a page."""

from __future__ import annotations

import pytest

from cireg.site.views.links import Links, anchor
from tests.site.views.showing import showing
from tests.small_register import KPI, fields


@pytest.mark.parametrize(
    ("here", "register", "home"),
    [("", "register/", "./"), ("archive/", "../register/", "../"), ("goals/g-x/", "../../register/", "../../")],
)
def test_links_lead_up_as_far_as_the_page_is_deep(here: str, register: str, home: str) -> None:
    """No address is empty: that would be the page itself."""
    links = Links(showing(), here)
    assert (register, home) == (links.page("register"), links.page("home"))


def test_an_improvement_is_a_link_where_it_has_a_page() -> None:
    """An unknown or unpublished id is only text."""
    links = Links(showing(fields(), fields(id="CI-0002", publish=False)), "")
    assert '<a href="improvements/ci-0001/">CI-0001</a>' == links.improvement("CI-0001")
    assert ["CI-0002", "CI-0404"] == [links.improvement(each) for each in ("CI-0002", "CI-0404")]
    assert None is links.text_link("CI-0002")


def test_what_the_configuration_lists_is_called_by_its_name() -> None:
    """What it does not list is shown as it is named, without a link."""
    links = Links(showing(answer=KPI.replace("answer-hours", "answer")), "")
    assert ('<a href="practices/service-desk/">Service desk</a>', "other") == links.practices(["service-desk", "other"])
    assert ('<a href="goals/g-happier-users/">Happier users</a>',) == links.goal("g-happier-users")
    assert '<a href="kpis/answer/">Hours to the first answer</a>' == links.kpi("answer")
    assert "no-kpi" == links.kpi("no-kpi")
    assert ('<a href="register/?tag=quick-win">quick-win</a>',) == links.tags(["quick-win"])


def test_people_are_links_only_where_they_are_shown() -> None:
    """Where they are not, there is nothing, not even the id."""
    shown, hidden = showing(), showing(config="publish: {people: false}\n")
    assert ('<a href="people/head-of-it/">Head of IT</a>',) == Links(shown, "").person("head-of-it")
    assert ("anonymous",) == Links(shown, "").person("anonymous")
    assert () == Links(hidden, "").person("head-of-it")
    assert () == Links(hidden, "").team(["head-of-it", "anonymous"])


def test_a_rule_is_a_link_where_there_is_one() -> None:
    """A waiver may name any rule."""
    links = Links(showing(), "archive/")
    assert ("../rules/overdue/", "") == (links.rule("overdue"), links.rule("no-such-rule"))


def test_text_and_address_of_a_link_are_made_safe() -> None:
    """Both may come from a file."""
    assert '<a href="x&#34;&gt;">&lt;b&gt;</a>' == anchor("<b>", 'x">')


def test_an_improvement_in_a_text_is_a_link() -> None:
    """The ids in contributed texts lead to their pages."""
    links = Links(showing(fields()), "kpis/answer-hours/")
    assert '<p>See <a href="../../improvements/ci-0001/">CI-0001</a>, CI-0404.</p>\n' == links.prose(
        "See CI-0001, CI-0404."
    )
