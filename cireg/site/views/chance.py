"""Until it goes live: could the readings show the change by the day that was set?"""

from __future__ import annotations

from cireg import lifecycle
from cireg.plan_words import sentences, source
from cireg.planning import prospects
from cireg.site.views.subject import Subject


def chance(subject: Subject) -> str:
    """The plan's chance in words, with the first day on which it is 80 % and what was assumed.

    "" once it is live or ended, and where nothing is measured: nothing is simulated then.
    """
    item, today = subject.item, subject.shown.as_of
    live = item.date("action", "live")
    if not item.get("measures") or not lifecycle.is_open(item.status) or (live is not None and live <= today):
        return ""
    found = prospects(item, subject.shown.whole)
    said = [words for each in found for words in sentences(each)]
    return " ".join(said + [source(each) for each in found if not each.reason][:1])
