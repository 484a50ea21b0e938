"""What a page shows of git: days, commits, people of the register, and goals that moved."""

from __future__ import annotations

from typing import Any

from cireg.git import Commit
from cireg.history import History, Life, NoHistory, Seen, Shift
from cireg.site.views import improvement
from cireg.site.views.committed import Committed, committed
from cireg.site.views.subject import Subject
from tests.site.views.showing import subject
from tests.small_register import TODAY, fields

ONE = Commit("a" * 40, "1", "<b>A. Stranger</b>", "stranger@example.org", "<i>first</i>")
TWO = Commit("b" * 40, "2", "Somebody", "Lead@Example.org", "second")


def showing(known: History | NoHistory | None, config: str = "", **more: Any) -> Subject:
    """An improvement with what git knows of it."""
    made = subject(fields("review", **more), config=config)
    made.shown.whole.history = known
    return made


def history(**more: Any) -> History:
    """Two statuses and a goal that moved."""
    life = Life("CI-0001")
    life.statuses = [Seen(TODAY, ONE, "proposed", "x"), Seen(TODAY, TWO, "review", "x"), Seen(None, TWO, "closed", "x")]
    life.commits = list(life.statuses)
    before, after = {"change": "-25%"}, {"change": "-15%"}
    life.shifts = [Shift(TODAY, TWO, "answer-hours", "target", before, after, more.get("logged", False))]
    return History("c" * 40, None, {"CI-0001": life}, {}, {}, frozenset())


def test_each_status_has_its_day_and_its_commit_the_newest_first() -> None:
    """A commit from beyond the calendar is left out; without a forge there is no link."""
    found = committed(showing(history()))
    assert [("23 November 2026", "In review"), ("23 November 2026", "Proposed")] == [
        (each.day.text, each.what) for each in found.seen
    ]
    assert f"<code>{'b' * 10}</code>" == str(found.seen[0].note)
    forge = 'forge: {url: "https://gitlab.example/it/register"}\n'
    linked = committed(showing(history(), forge)).seen[0].note
    assert f'<a href="https://gitlab.example/it/register/-/commit/{"b" * 40}"><code>{"b" * 10}</code></a>' == str(
        linked
    )


def test_only_people_of_the_register_are_named() -> None:
    """What git calls a stranger is on no page, and nobody is where people are not shown."""
    made = showing(history())
    made.shown.config.people["lead"] = {"id": "lead", "name": "The lead", "emails": ["lead@example.org"]}
    found = committed(made)
    assert ["The lead" in str(each.who) for each in found.seen] == [True, False]
    page = improvement.page(made.item, made.shown, made.links)
    assert "Stranger" not in page.body
    assert "first" not in page.body
    hidden = showing(history(), "publish: {people: false}\n")
    hidden.shown.config.people["lead"] = {"id": "lead", "name": "The lead", "emails": ["lead@example.org"]}
    assert ["", ""] == [str(each.who) for each in committed(hidden).seen]


def test_a_goal_that_moved_has_a_section_of_its_own() -> None:
    """With what it was, and whether the log says why."""
    made = showing(history())
    page = improvement.page(made.item, made.shown, made.links)
    assert "answer-hours: target lowered from 25 % to 15 %. The log says nothing of it." in page.body
    assert "goalposts" in [heading.id for heading in page.headings]
    (logged,) = committed(showing(history(logged=True))).moved
    assert logged.what.endswith("The log says why.")


def test_a_clone_that_was_cut_off_says_how_to_have_the_history() -> None:
    """A register that is in no repository says nothing."""
    cut = NoHistory("this is a shallow clone", "git fetch --unshallow", cut_off=True)
    assert "What git saw is not shown: this is a shallow clone. To have it: git fetch --unshallow." == (
        committed(showing(cut)).unknown
    )
    nothing = Committed((), (), "")
    empty = History("c" * 40, None, {}, {}, {}, frozenset())
    assert [nothing] * 3 == [committed(showing(each)) for each in (None, NoHistory("none", "x"), empty)]
