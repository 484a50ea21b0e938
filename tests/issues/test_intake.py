"""What becomes of answers: files and entries that check accepts, credit where it belongs, and nothing twice."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from cireg.create import Refused
from cireg.errors import CiregError
from cireg.files import MemoryTree
from cireg.issues.answers import Given, from_text
from cireg.issues.intake import From, Taken, credited, take
from cireg.lint import check
from cireg.register import load
from cireg.source import read
from tests.hostile import strings
from tests.issues.rendered import rendered
from tests.small_register import CONFIG, KPI, TODAY, fields, text

ADDRESS = "https://forge.example/it/register/issues/12"
WHO = From("octocat", ADDRESS)
OLD = {"improvements/CI-0001-one.yaml": text(fields("assessed"))}
KPIS = {"kpis/answer-hours.yaml": KPI, "kpis/answer-hours.csv": "period,value\n2026-09,4\n"}
PEOPLE = CONFIG.replace(
    "name: Service desk lead,", 'name: Service desk lead, forge: "@desk-lead", emails: [lead@x.example],'
)


def taken(given: Given, files: Mapping[str, str] = OLD, source: From = WHO) -> Taken:
    """What is made of the answers in the register of these files."""
    tree = MemoryTree({"cireg.yaml": PEOPLE, **files})
    return take(tree, load(tree, lambda _: TODAY), (), given, source, TODAY)


def proposal(who: From = WHO, title: str = "Lend laptops", **answers: str) -> Taken:
    """What is made of an answered proposal."""
    answers.setdefault("opportunity", "Repairs take four days.")
    return taken(from_text(rendered("proposal", **answers), title), source=who)


def data(made: Taken) -> dict[str, object]:
    """The fields of the file that is made."""
    assert made.change
    found = read(made.change.path, made.change.after.encode())
    return dict(found.data or {})


# A proposal


def test_a_proposal_becomes_a_file_that_check_accepts() -> None:
    """With the next number, the issue it came from, and the day."""
    made = proposal(
        source="audit: An audit or compliance review found it", services="Workplace", on_behalf_of="finance"
    )
    assert made.change
    files = {"cireg.yaml": PEOPLE, **OLD, made.change.path: made.change.after}

    assert "improvements/CI-0002-lend-laptops.yaml" == made.change.path
    assert {
        "id": "CI-0002",
        "title": "Lend laptops",
        "status": "proposed",
        "source": "audit",
        "source_ref": ADDRESS,
        "on_behalf_of": "finance",
        "services": ["workplace"],
        "opportunity": "Repairs take four days.\n",
        "history": [{"on": "2026-11-23", "status": "proposed", "by": "octocat"}],
    } == data(made)
    assert [] == [each for each in check(load(MemoryTree(files), lambda _: TODAY)) if each.severity == "error"]


def test_a_reference_of_its_own_stays_and_the_issue_stands_below_the_text() -> None:
    """Later decisions find their way back by it."""
    found = data(proposal(source_ref="REP-88"))

    assert ("REP-88", f"Repairs take four days.\n\n{ADDRESS}\n") == (found["source_ref"], found["opportunity"])


def test_what_cannot_be_used_is_left_out_and_said() -> None:
    """A slip in a service's name is no reason to lose an idea."""
    made = proposal(source="hearsay", services="portal; workplace")

    assert ["workplace"] == data(made)["services"]
    assert "source" not in data(made)
    assert (
        "the source 'hearsay' left out: it is none of those to choose from",
        "the service 'portal' left out: cireg.yaml has none of that name; one of: workplace",
    ) == made.said[:2]


def test_what_it_resembles_is_shown() -> None:
    """As `new` shows it."""
    old = {"improvements/CI-0001.yaml": text(fields(title="Lend laptops during repairs"))}
    made = taken(from_text("Repairs take four days.", "Lend laptops during a repair"), old)

    assert ["CI-0001"] == [item.id for item, _ in made.like]


@pytest.mark.parametrize("source", [WHO, From()])
def test_the_same_is_not_taken_in_twice(source: From) -> None:
    """By its issue where it is known, else by its words."""
    first = proposal(source)
    assert first.change
    again = taken(
        from_text(rendered("proposal", opportunity="Repairs  take\nfour days."), "LEND laptops"),
        {**OLD, first.change.path: first.change.after},
        source,
    )

    assert (None, ("CI-0002 is that already",)) == (again.change, again.said)


def test_an_issue_is_known_by_its_address_whatever_it_says_now() -> None:
    """Its author may have written it anew, and the file may have moved on too."""
    for reference in ("", "REP-88"):
        first = proposal(source_ref=reference)
        assert first.change
        files = {**OLD, first.change.path: first.change.after.replace("Lend", "Give")}

        assert None is taken(from_text("They wait.", "Answer sooner"), files).change


def test_an_issue_without_a_title_is_refused() -> None:
    """There is nothing to call it by."""
    with pytest.raises(Refused, match="there is no title"):
        proposal(title=" ")


# Credit


@pytest.mark.parametrize(
    ("said", "author", "email", "expected"),
    [
        ("", "octocat", "", "octocat"),
        ("", "desk-lead", "", "service-desk-lead"),
        ("@desk-lead", "octocat", "", "service-desk-lead"),
        ("Service Desk Lead", "octocat", "", "service-desk-lead"),
        ("data-analyst", "octocat", "", "data-analyst"),
        ("Jo  Doe", "octocat", "", "Jo Doe"),
        ("anonymous", "octocat", "", "anonymous"),
        ("", "", "", "anonymous"),
        ("Jo Doe", "", "LEAD@x.example", "service-desk-lead"),
        ("Jo Doe", "", "jo@x.example", "Jo Doe"),
        ("", "", "jo@x.example", "anonymous"),
        ("x" * 400, "", "", "x" * 300),
    ],
)
def test_credit_goes_to_whom_it_belongs(said: str, author: str, email: str, expected: str) -> None:
    """The person of cireg.yaml where it is one, else the name as given, else the account; never an address."""
    config = load(MemoryTree({"cireg.yaml": PEOPLE}), lambda _: TODAY).config

    assert expected == credited(config, said, From(author), email)


# Progress


def test_progress_becomes_an_entry_in_the_log() -> None:
    """Every other byte stays; a person of the register is named as such."""
    made = taken(from_text(rendered("progress", note="The pilot went well.", id="CI-0001")), source=From("desk-lead"))
    assert made.change
    before = OLD["improvements/CI-0001-one.yaml"]

    assert [{"on": "2026-11-23", "note": "The pilot went well.", "by": "service-desk-lead"}] == data(made)["log"]
    assert set(before.splitlines()) <= set(made.change.after.splitlines())


def test_somebody_else_is_named_in_the_note_itself() -> None:
    """`by` names people of the register only; the issue is named too, and taken in once."""
    given = from_text(rendered("progress", note="It went well.", id="CI-0001"))
    made = taken(given)
    assert made.change

    assert [{"on": "2026-11-23", "note": f"It went well. (octocat)\n\n{ADDRESS}"}] == data(made)["log"]
    again = taken(given, {"improvements/CI-0001-one.yaml": made.change.after})
    assert (None, ("the log of CI-0001 has it already",)) == (again.change, again.said)


@pytest.mark.parametrize("wrong", ["CI-0404", "", "../cireg", "CI-0001\n"])
def test_progress_of_what_does_not_exist_is_refused(wrong: str) -> None:
    """An id is looked up, never put into a path."""
    given = Given("progress", {"note": "x", "id": wrong})
    with pytest.raises(CiregError, match="there is no improvement"):
        taken(given)


def test_a_note_that_is_none_is_refused() -> None:
    """With what check would say."""
    with pytest.raises(Refused):
        taken(Given("progress", {"note": "", "id": "CI-0001"}), source=From())


# A reading


def test_a_reading_becomes_a_line_of_the_kpi_s_file() -> None:
    """As `measure` writes it."""
    made = taken(from_text(rendered("reading", kpi="answer-hours", period="2026-10", value="3.5")), KPIS)
    assert made.change

    assert ("kpis/answer-hours.csv", "period,value\n2026-09,4\n2026-10,3.5\n") == (made.change.path, made.change.after)
    assert ("answer-hours 2026-10: added",) == made.said


def test_a_reading_that_is_there_changes_nothing_and_another_value_is_refused() -> None:
    """A correction is for somebody who knows why."""
    same = taken(from_text(rendered("reading", kpi="answer-hours", period="2026-09", value="4")), KPIS)
    assert None is same.change
    with pytest.raises(CiregError, match="has a reading already"):
        taken(from_text(rendered("reading", kpi="answer-hours", period="2026-09", value="5")), KPIS)


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({"kpi": "nothing", "period": "2026-10", "value": "1"}, "there is no KPI nothing"),
        ({"kpi": "answer-hours", "period": "October", "value": "1"}, "is not a month"),
        ({"kpi": "answer-hours", "period": "2026-10", "value": "many"}, "many"),
        ({"kpi": "answer-hours", "period": "2026-10"}, "a reading has a value"),
    ],
)
def test_a_reading_that_measure_would_not_take_is_refused(answers: dict[str, str], message: str) -> None:
    """With the same words."""
    with pytest.raises(CiregError, match=message):
        taken(from_text(rendered("reading", **answers)), KPIS)


# Hostile words


@pytest.mark.parametrize("words", strings(), ids=repr)
def test_whatever_somebody_writes_it_is_data_or_refused(words: str) -> None:
    """It stays in the register's folder, and check accepts the file."""
    for given in (
        from_text(rendered("proposal", opportunity=words, source_ref=words, services=words, by=words), words),
        from_text(rendered("progress", note=words, id="CI-0001")),
    ):
        try:
            made = taken(given, source=From(words))
        except (Refused, CiregError):
            continue
        assert made.change
        assert made.change.path.startswith("improvements/CI-")
        assert ".." not in made.change.path
        register = load(MemoryTree({"cireg.yaml": PEOPLE, **OLD, made.change.path: made.change.after}), lambda _: TODAY)
        assert [] == [each for each in check(register) if each.severity == "error"]
