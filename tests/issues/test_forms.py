"""The forms' questions: the schema's words, its choices, and labels that can be told apart."""

from __future__ import annotations

from cireg.issues.forms import forms
from cireg.measure.readings import COLUMNS
from cireg.schema import choices, field, fields
from tests.issues.rendered import form


def test_there_is_a_form_for_a_proposal_for_progress_and_for_a_reading() -> None:
    """Each with what it cannot do without."""
    assert ["proposal", "progress", "reading"] == [each.name for each in forms()]
    assert {
        "proposal": ["opportunity"],
        "progress": ["note", "id"],
        "reading": ["kpi", "period"],
    } == {each.name: [one.name for one in each.questions if one.required] for each in forms()}


def test_a_question_about_a_field_is_asked_in_the_schema_s_words() -> None:
    """Its title is the label; its question, or its description, stands below."""
    asked = {each.name: each for each in form("proposal").questions}
    for name in ("opportunity", "source", "source_ref", "services", "on_behalf_of"):
        stated = field("improvement", name)
        assert (stated.title, stated.ask or stated.description) == (asked[name].label, asked[name].words)
    (note,) = (each for each in fields("improvement") if each.route == ("log", "[]", "note"))
    assert note.title == form("progress").questions[0].label


def test_every_source_can_be_chosen() -> None:
    """With its meaning; no option is called as GitHub calls no answer."""
    (source,) = (each for each in form("proposal").questions if each.choices)

    assert list(choices("improvement", "source")) == list(source.options().values())
    assert len(source.options()) == len(source.choices)
    assert not {"None", "_No response_"} & set(source.options())


def test_every_column_of_a_reading_can_be_given() -> None:
    """And nothing else."""
    assert {"kpi", *COLUMNS} == {each.name for each in form("reading").questions}


def test_labels_tell_questions_apart_and_the_last_answer_is_a_line() -> None:
    """So that nothing that is written into a text can be taken for the answer of a later question."""
    for each in forms():
        assert len(set(each.labels())) == len(each.questions)
        assert "text" != each.questions[-1].shape
    assert 3 == len({each.labels() for each in forms()})
