"""What the formats for machines share: the order, and marks by which a finding is known again."""

from __future__ import annotations

from pathlib import PurePosixPath

from cireg.report.checked import LONGEST, fingerprints, said, sentence, worst_first
from tests.report.found import checked, one

LINES = ["id: CI-0001", "ownr: x", "ownr: y"]


def marks(*args: object, **more: object) -> list[str]:
    """The fingerprints in the order of the findings."""
    given = checked(*args, **more)  # type: ignore[arg-type]  # findings and options, passed on as they are
    known = fingerprints(given)
    return [known[each] for each in given.found]


def test_errors_come_first_and_each_severity_keeps_its_order() -> None:
    """Where a forge takes only so many, the worst are among them."""
    found = [one(1, "info"), one(2, "warning"), one(3, "error"), one(4, "warning"), one(5, "error")]

    assert [3, 5, 2, 4, 1] == [each.place.line for each in worst_first(found)]


def test_a_fingerprint_does_not_change_with_the_line() -> None:
    """Lines above it came or went; 64 hexadecimal digits."""
    (before,) = marks(one(2), lines=LINES)
    (after,) = marks(one(4), lines=["# one", "# two", *LINES])

    assert before == after
    assert 64 == len(before)
    assert set(before) <= set("0123456789abcdef")


def test_a_fingerprint_does_not_change_with_a_count_of_days() -> None:
    """Otherwise the same delay would be another one each morning."""
    (today,), (tomorrow,) = (marks(one(2, message=f"nothing for {days} days")) for days in (99, 100))

    assert today == tomorrow


def test_what_tells_two_findings_apart_tells_their_fingerprints_apart() -> None:
    """The rule, the file, the register, the line's text, the message."""
    base = marks(one(2), lines=LINES)
    others = [
        marks(one(2, rule="wrong-type"), lines=LINES),
        marks(one(2, path="improvements/CI-0002.yaml"), lines=LINES),
        marks(one(2), lines=LINES, prefix="it/"),
        marks(one(3), lines=LINES),
        marks(one(2, message="there is no field 'own' here"), lines=LINES),
    ]

    assert 6 == len({mark for each in [base, *others] for mark in each})


def test_findings_that_have_all_in_common_are_counted() -> None:
    """In the order of their places; the first keeps its mark when a second one comes."""
    alone = marks(one(2), lines=LINES)
    both = marks(one(2), one(9), one(10), lines=[LINES[1]] * 10)

    assert alone[0] == both[0]
    assert 3 == len(set(both))


def test_text_is_cut_where_it_is_too_long_and_shows_what_would_act() -> None:
    """One line of at most a thousand characters."""
    assert "a\\x1b[31m\\nb" == said("a\x1b[31m\nb")
    assert LONGEST == len(said("x" * 5_000))
    assert said("x" * 5_000).endswith("x…")
    assert "x" * LONGEST == said("x" * LONGEST)


def test_a_sentence_says_what_is_wrong_and_what_to_do() -> None:
    """And nothing more where there is nothing to say."""
    assert "there is no field 'ownr' here. Do: mend it" == sentence(one())
    assert "there is no field 'ownr' here" == sentence(one(help=""))


def test_a_name_that_is_not_utf_8_has_a_fingerprint_too() -> None:
    """As the system hands it over: half of a surrogate pair for each such byte."""
    assert 64 == len(marks(one(path=str(PurePosixPath("improvements/caf\udce9.yaml"))))[0])
