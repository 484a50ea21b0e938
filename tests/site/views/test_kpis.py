"""Pages by KPI."""

from __future__ import annotations

from cireg.site.page import Page
from cireg.site.views.kpis import pages
from cireg.site.views.links import Links
from tests.site.views.showing import DEEP, showing
from tests.small_register import KPI, fields

AIMING = [{"kpi": "answer-hours", "role": "primary"}, {"kpi": "answer-hours", "role": "guard"}]


def made(*items: dict[str, object], kpi: str = KPI, **options: object) -> dict[str, Page]:
    """The pages by url."""
    shown = showing(*items, **{"answer-hours": kpi}, **options)  # type: ignore[arg-type]  # options of two types
    return {page.url: page for page in pages(shown, Links(shown, DEEP))}


def test_a_kpi_says_what_it_means() -> None:
    """The question first, then how it is read and from where."""
    more = 'goal: g-happier-users\ntarget: {max: 4}\nresponse: "Tell the *desk*."\n'
    body = made(kpi=KPI + more)["kpis/answer-hours/"].body
    for said in (
        "How long do users wait?",
        "Service performance",
        "Less is better",
        "every month",
        "<p>Median of all tickets by closing month.</p>",
        "service desk",
        "at most 4",
        "<em>desk</em>",
        "Data analyst</a>",
        "Happier users</a>",
        "No improvement measures itself by it yet.",
    ):
        assert said in body


def test_a_kpi_names_the_improvements_that_aim_at_it() -> None:
    """Each once, with what the KPI is to it; unpublished ones are not among them."""
    found = made(fields("planned", measures=AIMING), fields("planned", id="CI-0002", measures=AIMING, publish=False))
    body = found["kpis/answer-hours/"].body
    assert 1 == body.count(">CI-0001</a>")
    assert "primary: it decides the verdict, guard: it must not get worse" in body
    assert "CI-0002" not in body


def test_the_index_is_by_category() -> None:
    """With the question, and how many improvements aim at each."""
    page = made(fields("planned", measures=AIMING))["kpis/"]
    assert [("service-performance", "Service performance")] == [(each.id, each.text) for each in page.headings]
    assert '<td class="cireg-cell--number">1</td>' in page.body


def test_a_kpi_whose_file_is_incomplete_has_a_page() -> None:
    """In a draft, with what was found in the file."""
    found = made(kpi="id: answer-hours\n", draft=True)
    assert "Error" in found["kpis/answer-hours/"].body
    assert [("other", "Other")] == [(each.id, each.text) for each in found["kpis/"].headings]


def test_the_owner_is_not_shown_where_people_are_not() -> None:
    """Neither on the page nor in the index."""
    for page in made(config="publish: {people: false}\n").values():
        assert "data-analyst" not in page.body
        assert "Data analyst" not in page.body
