"""The page of benefits: what came in, what is planned, a line for each, the programmes, and how it is computed."""

from __future__ import annotations

from typing import Any

from cireg.site.views import benefits
from cireg.site.views.benefits import BenefitsView, Card, Part
from cireg.site.views.links import Links
from tests.money.books import came, cost, gain, item
from tests.site.views.showing import showing

SURE = {"evidence": "REP-1", "confirmed_by": "data-analyst"}
JULY = {"from": "2026-07"}


def made(*items: dict[str, Any], **options: Any) -> BenefitsView:
    """The page of a register of these."""
    shown = showing(*items, **options)
    return benefits.view(shown, Links(shown, "benefits/"))


def cards(part: Part) -> dict[str, Card]:
    """The figures of a part by their titles."""
    return {card.title: card for card in part.cards}


def lines(part: Part) -> list[list[str]]:
    """The rows of a part's table without tags of status, as text."""
    heads = [head.content for head in part.heads]
    keep = [n for n, name in enumerate(heads) if name != "Status"]
    return [[row.link, *(str(row.cells[n].content) for n in keep)] for row in part.rows]


def link(number: int) -> str:
    return f'<a href="../improvements/ci-{number:04}/">CI-{number:04}</a>'


FIRST = item(
    1,
    costs=[cost(1000, 1000, **JULY)],
    gains=[gain(1200, per="year", **JULY, realised=[came("2026-Q3", 250, **SURE), came("2026-10", 50)])],
)
SECOND = item(2, costs=[cost(200, 200)], gains=[gain(900, "capacity", realised=[came("2026-08", 700, **SURE)])])
THIRD = item(3, "in-progress", costs=[cost(50, **JULY)], gains=[gain(9000)])
FOURTH = item(4)


def test_the_sentence_says_the_return_and_the_floor() -> None:
    """300 for 1,000; 300 for 1,200 over all with a known cost."""
    assert (
        "EUR 300 gained for EUR 1,000 spent by 23 November 2026: a return of −70\u00a0% over one improvement, "
        "and −75\u00a0% at the least over all."
    ) == made(FIRST, SECOND, THIRD, FOURTH).summary
    assert "a return of −70\u00a0% over one improvement." in made(FIRST).summary
    assert made(SECOND).summary.startswith("By 23 November 2026 no improvement has both a known cost and a gain")
    assert "No published improvement states what it costs or brings in." == made(FOURTH).summary


def test_every_figure_says_what_it_is_made_of() -> None:
    """The sums, how much they cover, and whose they are, with links to them."""
    found = cards(made(FIRST, SECOND, THIRD, FOURTH).parts[0])

    assert ("−70\u00a0%", (
        "EUR 300 gained for EUR 1,000 spent",
        "1 of 2 improvements with a known cost, 83\u00a0% of that cost",
        f"Counted: {link(1)}",
    )) == found["Return (ROI)"][1:]  # fmt: skip
    assert ("−75\u00a0%", ("With all EUR 1,200 of known cost, and 0 where no gain that counts is known",)) == (
        found["ROI at the least"][1:]
    )
    assert ("EUR 700", ("capacity EUR 700", "Kinds of gain that count for no return here")) == (
        found["Beside the return"][1:]
    )
    assert ("1 improvement", (f"Their cost is not known: {link(3)}",)) == found["Left out"][1:]
    assert ("77\u00a0%", (
        "EUR 1,000 came in of EUR 1,300 planned for the same time",
        "2 of 2 improvements with gains due, with 100\u00a0% of their planned cost",
    )) == found["Against plan"][1:]  # fmt: skip
    assert "2 of 3" == found["Confirmed"].figure
    assert {"Return (ROI)", "ROI at the least", "Beside the return"} == set(
        cards(made(FIRST, SECOND, THIRD, FOURTH).parts[1])
    )


def test_a_line_for_each_the_largest_gain_first() -> None:
    """What is not known is said to be; what is only beside the return is no unknown."""
    come, planned = made(FOURTH, THIRD, SECOND, FIRST).parts

    assert [
        [link(1), "300", "1,000", "−70\u00a0%", "", "75\u00a0%, 4 of 4 months", "1 of 2"],
        [link(2), "none", "200", "", "capacity 700", "78\u00a0%, 1 of 1 month", "1 of 1"],
        [link(3), "not known", "not known", "not known", "", "", ""],
    ] == lines(come)
    assert [
        [link(3), "9,000", "50", "+17,900\u00a0%", "", "8,950", "month 1"],
        [link(1), "3,600", "1,000", "+260\u00a0%", "", "2,356", "month 10"],
        [link(2), "none", "200", "", "capacity 900", "", ""],
    ] == lines(planned)
    assert "What is planned, over 36 months. Amounts in EUR" == planned.caption


def test_a_programme_has_a_line_with_its_parts() -> None:
    """Below its own, each entry counted once; the sums above it count them once, too."""
    parts = [item(n, costs=[cost(100)], gains=[gain(300)], links={"part_of": "CI-0001"}) for n in (2, 3)]
    planned = made(item(1, costs=[cost(100)], gains=[gain(500)]), *parts).parts[1]

    assert [
        [link(1), "500", "100", "+400\u00a0%", "", "400", "month 1"],
        [f"with its parts {link(2)}, {link(3)}", "1,100", "300", "+267\u00a0%", "", "800", "month 1"],
        [link(2), "300", "100", "+200\u00a0%", "", "200", "month 1"],
        [link(3), "300", "100", "+200\u00a0%", "", "200", "month 1"],
    ] == lines(planned)
    assert [False, True, False, False] == [row.together for row in planned.rows]
    assert "EUR 1,100 gained for EUR 300 spent" == cards(planned)["Return (ROI)"].notes[0]


def test_when_it_pays_back_is_said_for_each() -> None:
    """Beyond the horizon, or never."""
    planned = made(
        item(1, costs=[cost(4000, **JULY)], gains=[gain(100, per="month", **JULY)]),
        item(2, costs=[cost(100, per="month", **JULY)], gains=[gain(100, per="month", **JULY), gain(-1, **JULY)]),
    ).parts[1]

    assert ["month 40, beyond", "never"] == [row[-1] for row in lines(planned)]


def test_what_is_not_published_is_in_no_figure() -> None:
    """Nor in a programme's."""
    hidden = item(2, costs=[cost(9)], gains=[gain(9)], links={"part_of": "CI-0001"}, publish=False)

    assert made(FIRST) == made(FIRST, hidden)


def test_contributed_text_is_nothing_but_text() -> None:
    """A title is escaped where it is shown."""
    shown = showing(item(1, title="<b>bold</b> & more", costs=[cost(1)], gains=[gain(2, what="<i>")]))
    page = benefits.page(shown)

    assert "<b>bold" not in page.body
    assert "&lt;b&gt;bold&lt;/b&gt; &amp; more" in page.body


def test_every_rule_is_told_with_the_terms_of_the_register() -> None:
    """The kinds, the horizon and the rate are those of cireg.yaml."""
    view = made(FIRST, config="money: {rate: 0.08, horizon_months: 24, roi_kinds: [cash, quality]}\n")
    told = {rule.term: rule.text for rule in view.rules}

    assert "cash, quality" in told["Return (ROI)"]
    assert "24 months" in told["Planned"]
    assert "8\u00a0%" in told["Present value"]
    assert "23 November 2026" in told["Come in"]
    assert "../reference/config/#field-money" == view.settings
