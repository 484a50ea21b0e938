"""What may be shown of a register, and what not."""

from __future__ import annotations

from cireg.lint import check
from tests.site.views.showing import showing
from tests.small_register import fields


def test_an_unpublished_improvement_is_in_no_list() -> None:
    """Neither among the improvements nor in the ranking, nor as a part or follower of another."""
    shown = showing(
        fields("assessed"),
        fields("assessed", id="CI-0002", publish=False, links={"part_of": "CI-0001", "follows": "CI-0001"}),
    )
    assert ["CI-0001"] == [item.id for item in shown.items]
    assert ["CI-0001"] == [row.item.id for row in shown.ranking.rows]
    assert ({}, {}) == (shown.register.parts, shown.register.followers)
    assert shown.is_hidden("CI-0002")
    assert not shown.is_hidden("CI-0009")


def test_ranks_are_those_among_the_published() -> None:
    """A gap in the ranks would tell that something is kept back."""
    best = fields("assessed", id="CI-0002", publish=False)
    best["scores"] = {**best["scores"], "value": 5}
    shown = showing(fields("assessed"), best)
    assert 1 == shown.standings["CI-0001"].rank


def test_no_finding_speaks_of_an_unpublished_improvement() -> None:
    """Not by its file, its id or its title."""
    secret = fields(id="CI-0002", title="Close the north site", publish=False, links={"depends_on": ["CI-0404"]})
    twin = fields(title="Close the north sites", owner="nobody", links={"duplicate_of": "CI-0002"})
    shown = showing(twin, secret, draft=True)
    spoken = [f"{each.place.path} {each.message} {each.help}" for each in check(shown.whole)]
    assert 2 <= sum("CI-0002" in each for each in spoken)
    assert ["unknown-person"] == [finding.rule for finding in shown.findings]


def test_no_finding_names_a_person_where_people_are_not_shown() -> None:
    """Whoever cireg.yaml or a file names becomes somebody."""
    item = fields("planned", owner="someone-unknown")
    named = showing(item, draft=True)
    silent = showing(item, draft=True, config="publish: {people: false}\n")
    assert any("someone-unknown" in finding.message for finding in named.findings)
    assert not any("someone-unknown" in finding.message for finding in silent.findings)
    assert any("somebody" in finding.message for finding in silent.findings)


def test_people_and_money_are_shown_unless_the_configuration_says_no() -> None:
    """Both are published by default."""
    silent = showing(config="publish: {people: false, money: false}\n")
    assert (True, True) == (showing().people, showing().money)
    assert (False, False) == (silent.people, silent.money)
