"""One improvement together with all that its page is made with."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from cireg.model import Improvement
from cireg.site.views.blocks import comma
from cireg.site.views.links import Links
from cireg.site.views.shown import Shown
from cireg.site.views.standing import Standing
from cireg.site.views.words import Day, Say, Words


@dataclass(frozen=True, slots=True)
class Subject:
    """An improvement, the register it is shown of, the links of its page, and where it stands in the list."""

    item: Improvement
    shown: Shown
    links: Links
    standing: Standing

    @property
    def words(self) -> Words:
        return self.shown.words

    @property
    def say(self) -> Say:
        return self.shown.words.say

    def prose(self, *route: str | int) -> str:
        """The contributed Markdown at `route` as safe HTML, "" where there is none."""
        return self.links.prose(self.item.text(*route))

    def day(self, *route: str | int) -> Day | None:
        """The day at `route`."""
        on = self.item.date(*route)
        return self.words.day(on) if on else None

    def day_text(self, *route: str | int) -> str:
        """The day at `route` in words, "" where there is none."""
        on = self.item.date(*route)
        return self.words.day(on).text if on else ""

    def records(self, *route: str | int) -> str:
        """The references at `route` in one line, as links where it is known what they lead to."""
        return comma(self.links.records(self.item.texts(*route)))

    def label(self, field: str, *route: str | int) -> str:
        """The value at `route`, one of a fixed list, in words; "" where there is none."""
        value = self.item.get(*route)
        return self.words.label(field, value) if isinstance(value, str) else ""

    def person(self, *route: str | int) -> str:
        """The person at `route` as a link, "" where there is none or none are shown."""
        return self.someone(self.item.get(*route))

    def someone(self, name: Any) -> str:
        """A person named anywhere in the file."""
        return comma(self.links.person(name if isinstance(name, str) else None))

    def labels(self, field: str, values: Iterable[str]) -> str:
        """Several values of a field in one line."""
        return ", ".join(self.words.label(field, value) for value in values)
