"""What one change may not take away: an id, an improvement, readings; and what only goes back to what there was."""

from __future__ import annotations

from cireg.findings import Place
from cireg.history import History
from cireg.rules.changed import is_another
from cireg.rules.declare import Hit, Hits, rule
from cireg.versions import Versions

_ONE = "improvements/CI-0001.yaml"
_TWO = "improvements/CI-0002.yaml"
_OTHER = (
    "title: Order laptops from the catalogue\nopportunity: Every order takes six mails.\n"
    "history: [{on: 2026-11-20, status: proposed, by: service-desk-lead}]\n"
)
_FIRST = "history: [{on: 2026-11-19, status: proposed, by: service-desk-lead}]\n"


@rule(
    "CI815", scope="change",
    mend="give it its id back; where two improvements have one id, cireg renumber changes the newer one",
    bad={f"before/{_ONE}": "id: CI-0001\n" + _FIRST, _ONE: "id: CI-0001\n" + _OTHER},
    good={f"before/{_ONE}": "id: CI-0001\n" + _FIRST, _ONE: "id: CI-0001\n" + _FIRST, _TWO: "id: CI-0002\n" + _OTHER},
)  # fmt: skip
def id_taken(versions: Versions) -> Hits:
    """An id stands for one improvement, for ever.

    Mails, minutes and other files name it. An id that another improvement has or once had is not used again, and an
    improvement does not change the one that it has.
    """
    gone = {item.path: item.id for item in versions.gone}
    past = versions.past.lives if isinstance(versions.past, History) else {}
    for item in versions.new:
        if item.path in gone:
            yield Hit(item.at("id"), f"the id of this file was {gone[item.path]}")
        elif item.id in past and item.path not in versions.reverted:
            seen = past[item.id].first_seen
            message = f"{item.id} stood for an improvement of {seen.day} that is gone"
            yield Hit(item.at("id"), message, f"take the next free id; git has the old file in {seen.commit.id[:12]}")
    for pair in versions.kept:
        if is_another(pair):
            message = f"{pair.after.id} stood for another improvement: {pair.before.title}"
            yield Hit(pair.after.at("id"), message)


@rule(
    "CI816", scope="change",
    mend="keep the file, and reject, withdraw or close the improvement with a note that says why",
    bad={f"before/{_ONE}": "id: CI-0001\n", f"before/{_TWO}": "id: CI-0002\n", _ONE: "id: CI-0001\n"},
    good={f"before/{_ONE}": "id: CI-0001\n", f"before/{_TWO}": "id: CI-0002\n",
          _ONE: "id: CI-0001\n", _TWO: "id: CI-0002\n"},
)  # fmt: skip
def deleted(versions: Versions) -> Hits:
    """Nothing that was in the register is deleted.

    An idea deserves an answer, a failure is what others learn from, and readings are evidence. An improvement ends
    as closed, rejected or withdrawn.
    """
    renamed = {item.path for item in versions.new}
    for item in versions.gone:
        if item.path not in renamed:
            yield Hit(Place(item.path), f"{item.id} is deleted, and was {item.status}: {item.title}")
    for kpi in versions.gone_kpis:
        if kpi.readings.readings and not kpi.derived:
            count = len(kpi.readings.readings)
            message = f"the KPI {kpi.id} is deleted with its {count} reading{'s' * (count > 1)}"
            yield Hit(Place(kpi.path), message, "keep the file and its readings; nothing has to be measured for ever")


@rule(
    "CI817", severity="warning", scope="change",
    mend="look whether everything that the other commit brought is meant to go",
    bad={f"before/before/{_ONE}": _FIRST, f"before/{_ONE}": _FIRST + "tags: [portal]\n", _ONE: _FIRST},
    good={f"before/before/{_ONE}": _FIRST, f"before/{_ONE}": _FIRST + "tags: [portal]\n",
          _ONE: _FIRST + "tags: [portal, desk]\n"},
)  # fmt: skip
def reverted(versions: Versions) -> Hits:
    """What goes back to an earlier version is meant to.

    A file with exactly the content that it had in an earlier commit of the branch is a revert. It breaks no rule
    about moves and history: that is how a mistake is undone.
    """
    for path, commit in sorted(versions.reverted.items()):
        yield Hit(Place(path), f"it is again as it was in commit {commit.id[:12]}: {commit.subject}")


RULES = (id_taken, deleted, reverted)
