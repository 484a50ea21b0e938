"""Proposals: ids that are free, names for files, answers that are right or refused, files that pass the check."""

from __future__ import annotations

import base64
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cireg import create, lint
from cireg.create import Draft, Refused
from cireg.errors import CiregError
from cireg.files import MemoryTree
from cireg.model import Register
from cireg.register import load
from cireg.rules.examples import TODAY, build

STRINGS = Path(__file__).resolve().parents[2] / "shared" / "hostile" / "strings" / "blns.base64.json"
ANSWERS = {"title": "Answer portal requests sooner", "opportunity": "They wait three days."}
FILES: dict[str, Any] = {
    "improvements/CI-0007-answer.yaml": "id: CI-0007\nstatus: closed\ntitle: Answer the telephone sooner\n",
    "cireg.yaml": "ids: {prefix: CI, digits: 4}\n",
}


def opened(files: dict[str, Any] = FILES) -> tuple[MemoryTree, Register]:
    """The tree of a register and the register."""
    tree = build(files).tree
    return tree, load(tree, lambda _: TODAY)


def proposed(names: tuple[str, ...] = (), files: dict[str, Any] = FILES, **answers: Any) -> Draft:
    """The draft that these answers make."""
    tree, register = opened(files)
    return create.draft(tree, register, names, {**ANSWERS, **answers}, TODAY)


def faults(**answers: Any) -> dict[str, tuple[str, str]]:
    """What is refused, by field."""
    with pytest.raises(Refused) as caught:
        proposed(**answers)
    return {fault.field: (fault.message, fault.help) for fault in caught.value.faults}


def findings(made: Draft, files: dict[str, Any] = FILES) -> list[str]:
    """What check says of the register with the draft's file in it."""
    tree = build(files).tree
    contents = {entry.path: tree.read(entry.path, 1_000_000) for entry in tree.list()}
    register = load(MemoryTree({**contents, made.path: made.text}), lambda _: TODAY)
    found = [each for each in lint.check(register) if each.place.path == made.path and each.severity != "info"]
    return [f"{each.rule} {each.message}" for each in found]


def test_a_proposal_needs_two_answers() -> None:
    """Everything else is there without being asked for."""
    made = proposed()
    tree = MemoryTree({made.path: made.text, "cireg.yaml": "version: 1\nname: x\n"})
    data = load(tree, lambda _: TODAY).improvements[made.id].data

    assert "improvements/CI-0008-answer-portal-requests-sooner.yaml" == made.path
    assert {
        "id": "CI-0008",
        "title": "Answer portal requests sooner",
        "status": "proposed",
        "opportunity": "They wait three days.\n",
        "history": [{"on": "2026-11-23", "status": "proposed", "by": "anonymous"}],
    } == data


def test_every_answer_finds_its_place() -> None:
    """Dotted names lead into sections; empty ones leave nothing behind."""
    sections: dict[str, Any] = {
        "vision.goal": "g-happier-users", "links.follows": "CI-0007", "links.part_of": None,
    }  # fmt: skip
    made = proposed(
        **sections, source="feedback", source_ref="REP-1", on_behalf_of="finance users", owner="service-desk-lead",
        practices=("service-desk",), services=("workplace",), tags=("portal", "answers"), track="light", by="Zoë",
        opportunity="\r\n  One line.  \r\n\r\n- and a list\r\n\r\n",
    )  # fmt: skip
    tree = MemoryTree({made.path: made.text})
    data = load(tree, lambda _: TODAY).improvements[made.id].data

    assert {
        "id": "CI-0008", "title": ANSWERS["title"], "status": "proposed", "track": "light", "source": "feedback",
        "source_ref": "REP-1", "on_behalf_of": "finance users", "owner": "service-desk-lead",
        "practices": ["service-desk"], "services": ["workplace"], "tags": ["portal", "answers"],
        "opportunity": "One line.\n\n- and a list\n",
        "vision": {"goal": "g-happier-users"}, "links": {"follows": "CI-0007"},
        "history": [{"on": "2026-11-23", "status": "proposed", "by": "Zoë"}],
    } == data  # fmt: skip
    assert [] == findings(made)


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ((), "CI-0008"),
        (("CI-0006.yaml", "CI-0012-later.yaml"), "CI-0013"),
        (("ci-0041-somebody-s-slip.yml",), "CI-0042"),
        (("KEP-5000.yaml", "CIX-0100.yaml", "README.md", "CI-99999999.yaml"), "CI-0008"),
        (("CI-12345.yaml",), "CI-12346"),
    ],
)  # fmt: skip
def test_the_next_id_is_one_more_than_any_that_is_taken(names: tuple[str, ...], expected: str) -> None:
    """On this branch or on another; other prefixes do not count, gaps stay."""
    assert expected == create.next_id(opened()[1], names)


def test_ids_look_as_the_configuration_says() -> None:
    """Prefix and digits; an id whose file has another name counts too."""
    files = {"cireg.yaml": "ids: {prefix: IMP, digits: 5}\n", "improvements/IMP-00003.yaml": "id: IMP-00007\n"}

    assert "IMP-00008" == create.next_id(opened(files)[1], ())


def test_when_all_numbers_are_taken_it_says_so() -> None:
    """The next one would be no id."""
    with pytest.raises(CiregError, match="no number is free after CI-999999"):
        create.next_id(opened()[1], ("CI-999999.yaml",))


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Cut password-reset tickets by 25 %", "CI-0001-cut-password-reset-tickets-by-25.yaml"),
        ("One two three four five six seven eight", "CI-0001-one-two-three-four-five-six.yaml"),
        ("Größere Fenster für die Küche", "CI-0001-grossere-fenster-fur-die-kuche.yaml"),
        ("改善", "CI-0001.yaml"),
        ("🎉", "CI-0001.yaml"),
        ("../../etc/passwd", "CI-0001-etc-passwd.yaml"),
        ("a" * 300, f"CI-0001-{'a' * 48}.yaml"),
    ],
)  # fmt: skip
def test_a_file_is_named_by_its_id_and_a_few_words(title: str, expected: str) -> None:
    """Letters, digits and hyphens that any file system takes."""
    assert expected == create.file_name("CI-0001", title)


@pytest.mark.parametrize(
    ("answers", "field", "message", "help_"),
    [
        ({"title": ""}, "title", "title is missing", "For example"),
        ({"title": "  "}, "title", "title must be one line of text", "For example"),
        ({"title": "a\r\nb"}, "title", "title must be one line of text", "For example"),
        ({"title": "a\rb"}, "title", "U+000D", "leave it out"),
        ({"title": "x" * 301}, "title", "at most 300 characters", ""),
        ({"title": "a\u202eb"}, "title", "U+202E (right-to-left override)", "leave it out"),
        ({"title": "a\x1b[31mb"}, "title", "U+001B", "leave it out"),
        ({"title": "half a pair \ud800"}, "title", "U+D800", "leave it out"),
        ({"opportunity": None}, "opportunity", "opportunity is missing", "For example"),
        ({"opportunity": "a\x00b"}, "opportunity", "U+0000", "leave it out"),
        ({"opportunity": "x" * 20_001}, "opportunity", "at most 20,000 characters", ""),
        ({"source": "gossip"}, "source", "source cannot be 'gossip'", "one of: feedback"),
        ({"tags": ("Two words",)}, "tags[1]", "must be a small letter", ""),
        ({"tags": ("a", "a")}, "tags", "names something twice", "keep each entry once"),
        ({"owner": "service-desk-leed"}, "owner", "there is no person service-desk-leed", "service-desk-lead?"),
        ({"vision.goal": "g-happy-users"}, "vision.goal", "there is no goal g-happy-users", "g-happier-users?"),
        ({"practices": ("desk",)}, "practices[1]", "there is no practice desk", "service-desk"),
        ({"services": ("work",)}, "services[1]", "there is no service work", "did you mean workplace?"),
        ({"links.follows": "CI-0070"}, "links.follows", "there is no improvement CI-0070", "did you mean CI-0007?"),
        ({"links.part_of": "everything"}, "links.part_of", "links.part_of must be an improvement's id", ""),
        ({"by": "a\nb"}, "by", "history[1].by must be one line of text", ""),
        ({"by": "a\u200bb"}, "by", "U+200B", "leave it out"),
    ],
)  # fmt: skip
def test_a_wrong_answer_is_refused_by_its_field(answers: dict[str, Any], field: str, message: str, help_: str) -> None:
    """With what would be right."""
    said = faults(**answers)[field]

    assert message in said[0]
    assert help_ in said[1]


def test_all_that_is_wrong_is_said_at_once() -> None:
    """Nobody mends a proposal one message at a time."""
    assert {"title", "owner", "vision.goal"} == set(faults(title="", owner="nobody", **{"vision.goal": "g-none"}))


def test_an_answer_can_be_tried_by_itself() -> None:
    """The other answers, which are still to come, are not missed."""
    register = opened()[1]

    assert [] == create.faults_of("title", "Answer sooner", register)
    assert ["title"] == [fault.field for fault in create.faults_of("title", "", register)]
    assert ["services[2]"] == [f.field for f in create.faults_of("services", ("workplace", "wrk"), register)]


def test_what_only_a_rule_finds_is_refused_too() -> None:
    """An owner who has left would be an error the moment the file is there."""
    people = "people: [{id: desk-manager, name: Desk manager, until: 2026-01-31, successor: desk-lead}]\n"
    files = {**FILES, "cireg.yaml": people}
    with pytest.raises(Refused) as caught:
        proposed(files=files, owner="desk-manager")

    assert ["desk-manager left on 2026-01-31"] == [fault.message for fault in caught.value.faults]


def test_a_warning_is_told_and_stops_nothing() -> None:
    """A title that is there already is worth a look."""
    made = proposed(title="Answer the telephone sooner!")

    assert ["similar-title"] == [each.rule for each in made.warnings]


NASTY = [
    'Say "hello", and \'goodbye\'', "Key: value # and a comment", "- a list", "[flow, {of: things}]",
    "&anchor *alias !tag", "no", "null", "12:30", "010", "🎉 Feiern", "改善する", "Grüße\tmit Tabulator", "a\u00a0b",
    "`backtick` @at %percent", "| > ... ---", "<script>alert(1)</script>", "{{ 7 * 7 }} ${x} $(id)", "C:\\temp\\new",
    "::error::no command", "=1+1",
]  # fmt: skip


@pytest.mark.parametrize("text", NASTY)
def test_whatever_people_write_passes_the_check(text: str) -> None:
    """As a title, as an opportunity, as the proposer's name."""
    made = proposed(title=text, opportunity=f"{text}\r\n\r\n  {text}\r\n", by=text, source_ref=text)

    assert [] == findings(made)
    assert f"id: {made.id}" == made.text.splitlines()[1]


@given(st.text(max_size=60), st.text(max_size=200))
def test_any_text_is_either_kept_or_refused(title: str, opportunity: str) -> None:
    """There is no third way: what is written says what was answered."""
    try:
        made = proposed(title=title, opportunity=opportunity)
    except Refused:
        return
    assert [] == [each for each in findings(made) if not each.startswith("similar-title")]
    tree = MemoryTree({made.path: made.text})
    assert title.strip() == load(tree, lambda _: TODAY).improvements[made.id].title


@pytest.mark.skipif(not STRINGS.exists(), reason="the list of naughty strings is not beside this checkout")
def test_naughty_strings_are_kept_or_refused() -> None:
    """The big list of naughty strings, each as a title, all in one register at the end."""
    tree, register = opened()
    kept: dict[str, str] = {}
    for encoded in json.loads(STRINGS.read_text(encoding="utf-8")):
        text = base64.b64decode(encoded).decode(errors="surrogateescape")
        try:
            made = create.draft(tree, register, kept, {"title": text, "opportunity": text}, TODAY)
        except Refused:
            continue
        kept[made.path.rpartition("/")[2]] = made.text
    files = {f"improvements/{name}": text for name, text in kept.items()}
    whole = load(MemoryTree({**files, "cireg.yaml": "version: 1\nname: x\n"}), lambda _: TODAY)

    assert len(kept) > 300
    assert len(kept) == len(whole.improvements)
    assert {each.rule for each in lint.check(whole)} <= {"similar-title", "pet-project"}


def test_a_configuration_that_cannot_be_used_is_no_ground_to_write_on() -> None:
    """It says what an id looks like and what may be named."""
    tree = MemoryTree({"cireg.yaml": "name: &x y\n"})
    with pytest.raises(CiregError, match=r"cireg\.yaml cannot be used"):
        create.draft(tree, load(tree, lambda _: TODAY), (), ANSWERS, TODAY)


@pytest.mark.parametrize(
    ("user", "expected"),
    [
        (("Somebody", "Desk-Lead@it.example"), "service-desk-lead"),
        (("Somebody  Else", "else@it.example"), "Somebody Else"),
        (("", "else@it.example"), "anonymous"),
        (("evil\x1b[31m", ""), "anonymous"),
        (None, "anonymous"),
    ],
)  # fmt: skip
def test_the_proposer_is_who_git_says(user: tuple[str, str] | None, expected: str) -> None:
    """By the e-mail address a person of cireg.yaml, else the name, else nobody in particular."""
    people = "people: [{id: service-desk-lead, name: Lead, emails: [desk-lead@it.example]}, {id: b, name: B}]\n"

    assert expected == create.proposer(user, opened({"cireg.yaml": people})[1].config)


def test_lookalikes_are_found_by_their_title_or_by_what_they_say() -> None:
    """The most alike first; what has nothing in common is left out."""
    files: dict[str, Any] = {
        "improvements/CI-0001.yaml": "title: Answer portal requests within a day\n",
        "improvements/CI-0002.yaml": "title: Close printers\nopportunity: Portal requests wait three days for us.\n",
        "improvements/CI-0003.yaml": "title: Buy lamps\nopportunity: It is dark.\n",
    }
    found = create.lookalikes(opened(files)[1], "Answer portal requests sooner", "Portal requests wait three days.")

    assert ["CI-0001", "CI-0002"] == sorted(item.id for item, _ in found)
    assert sorted((share for _, share in found), reverse=True) == [share for _, share in found]


def test_the_day_is_the_one_that_is_given() -> None:
    """Nothing here looks at a clock."""
    tree, register = opened()
    made = create.draft(tree, register, (), ANSWERS, date(2026, 11, 22))

    assert "  - {on: 2026-11-22, status: proposed, by: anonymous}" == made.text.splitlines()[-1]
