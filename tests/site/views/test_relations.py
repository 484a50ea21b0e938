"""How improvements hang together on their pages."""

from __future__ import annotations

from cireg.site.views.relations import Programme, programme, records, relations
from tests.site.views.showing import subject
from tests.small_register import fields


def labels(*items: dict[str, object], **options: str) -> dict[str, list[tuple[str, str]]]:
    """The relations of the first of these: the ids under each label, with the notes."""
    groups = relations(subject(items[0], *items[1:], draft=True, **options))
    return {
        group.label: [(str(each.html).partition("</a>")[0].rpartition(">")[2], each.note) for each in group.mentions]
        for group in groups
    }


def linked(id_: str, status: str = "proposed", **links: object) -> dict[str, object]:
    """An improvement with links."""
    return fields(status, id=id_, links=links)


def test_links_are_shown_from_both_ends() -> None:
    """What another improvement says of this one is as good as what this one says."""
    assert {
        "Part of": [("CI-0002", "")],
        "Follows": [("CI-0003", "")],
        "Followed by": [("CI-0005", "")],
        "Depends on": [("CI-0004", "")],
        "Needed by": [("CI-0006", "")],
        "Replaces": [("CI-0007", "")],
        "Replaced by": [("CI-0008", "")],
        "Related": [("CI-0002", ""), ("CI-0009", "")],
    } == labels(
        linked("CI-0001", part_of="CI-0002", follows="CI-0003", depends_on=["CI-0004"], supersedes=["CI-0007"],
               relates_to=["CI-0002"]),
        *(linked(f"CI-000{n}") for n in (2, 3, 4, 7)),
        linked("CI-0005", follows="CI-0001"),
        linked("CI-0006", depends_on=["CI-0001"]),
        linked("CI-0008", supersedes=["CI-0001"]),
        linked("CI-0009", relates_to=["CI-0001"]),
    )  # fmt: skip


def test_whoever_proposed_the_same_is_credited() -> None:
    """By name and day where people are shown, else by the day."""
    items = linked("CI-0001"), linked("CI-0002", "rejected", duplicate_of="CI-0001")
    hidden = "publish: {people: false}\n"
    assert [("CI-0002", "Proposed by Improvement manager on 10 November 2026")] == labels(*items)["Proposed again as"]
    assert [("CI-0002", "Proposed on 10 November 2026")] == labels(*items, config=hidden)["Proposed again as"]


def test_links_to_unpublished_improvements_vanish() -> None:
    """Links to none at all are shown as what they are."""
    secret = linked("CI-0002", follows="CI-0001") | {"publish": False}
    assert {} == labels(linked("CI-0001", relates_to=["CI-0002"], part_of="CI-0002"), secret)
    assert {"Related": [("CI-0404", "There is no such improvement")]} == labels(
        linked("CI-0001", relates_to=["CI-0404"])
    )


def test_a_programme_sums_the_progress_of_its_parts() -> None:
    """The parts that have ended, and the steps of all their plans."""
    plan = {"steps": [{"do": "a", "done": "2026-11-12"}, {"do": "b"}, {"do": "c"}]}
    one = subject(
        linked("CI-0001"),
        linked("CI-0002", "closed", part_of="CI-0001"),
        linked("CI-0003", "planned", part_of="CI-0001") | {"plan": plan},
        linked("CI-0004", part_of="CI-0001") | {"publish": False},
        draft=True,
    )
    found = programme(one)
    assert isinstance(found, Programme)
    assert "Parts that have ended: 1 of 2." == found.summary
    assert "Steps of their plans that are done: 1 of 4." == found.steps
    assert "25" == found.width
    assert [("0 of 1", "1 March 2027"), ("1 of 3", "1 March 2027")] == [(part.steps, part.due) for part in found.parts]
    assert None is programme(subject(fields()))


def test_records_of_other_systems_stand_under_their_names() -> None:
    """As links where cireg.yaml knows the address."""
    patterns = 'links: [{pattern: "CHG[0-9]{7}", name: Change, url: "https://itsm.example/{id}"}]\n'
    found = records(subject(linked("CI-0001", external=["CHG0000001", "X-1"]), config=patterns))
    assert ["Change", "Other records"] == [field.label for field in found]
    assert '<a href="https://itsm.example/CHG0000001">CHG0000001</a>' == found[0].content
    assert "X-1" == found[1].content
