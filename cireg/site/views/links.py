"""Links as they stand on a page: to improvements, people and all that cireg.yaml names, and to the outside."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup, escape

from cireg.model import Improvement
from cireg.rules import find
from cireg.site.markup import render
from cireg.site.page import FOLDERS, SINGLES, rule_url
from cireg.site.views.forge import outside
from cireg.site.views.shown import Shown

_KINDS = {"practices": "practice", "services": "service", "goals": "goal", "people": "person"}


def page_url(kind: str, name: str) -> str:
    """Where the page of one improvement, practice, service, goal, person or KPI stands."""
    return f"{FOLDERS[kind]}{name.lower()}/"


def anchor(text: str, address: str) -> Markup:
    """A link; both are made safe."""
    return Markup(f'<a href="{escape(address)}">{escape(text)}</a>')  # noqa: S704 - both values are escaped here


class Links:
    """The links of the pages that stand as deep in the site as `here`, the url of one of them.

    Each method gives a link, or the bare text where there is nothing to lead to: an id that nobody has.
    """

    def __init__(self, shown: Shown, here: str) -> None:
        self.shown = shown
        self.root = "../" * here.count("/")
        self._made: dict[tuple[str, str], str] = {}
        self._prose: dict[str, Markup] = {}

    def page(self, kind: str) -> str:
        """The address of a page of which there is one: home, register, matrix, ..."""
        return self.root + SINGLES[kind] or "./"

    def address(self, kind: str, name: str) -> str:
        """The address of one of many pages."""
        return self.root + page_url(kind, name)

    def filtered(self, name: str, value: str) -> str:
        """The address of the register's table, cut down to one value of a filter."""
        return f"{self.page('register')}?{name}={value}"

    def prose(self, text: str) -> Markup:
        """A contributed text as safe HTML, with the improvements that it names as links."""
        if text not in self._prose:
            self._prose[text] = render(text, self.text_link) if text else Markup("")
        return self._prose[text]

    def improvement(self, id_: str) -> str:
        """The id of an improvement, as a link."""
        key = "improvement", id_
        if key not in self._made:
            known = id_ in self.shown.register.improvements
            self._made[key] = anchor(id_, self.address("improvement", id_)) if known else id_
        return self._made[key]

    def mention(self, item: Improvement) -> str:
        """An improvement in a list: its id as a link, its title and its status."""
        key = "mention", item.id
        if key not in self._made:
            self._made[key] = self.shown.site.templates.render(
                "mention.html.j2",
                link=self.improvement(item.id),
                title=item.title,
                status=self.shown.status(item),
            )
        return self._made[key]

    def text_link(self, id_: str) -> str | None:
        """The address for an improvement's id in a contributed text, None where it has no page."""
        return self.address("improvement", id_) if id_ in self.shown.register.improvements else None

    def practices(self, names: Iterable[str]) -> tuple[str, ...]:
        """Practices by name."""
        return tuple(self._named("practices", name) for name in names)

    def services(self, names: Iterable[str]) -> tuple[str, ...]:
        """Services by name."""
        return tuple(self._named("services", name) for name in names)

    def goal(self, name: str | None) -> tuple[str, ...]:
        """A goal by name, or nothing."""
        return (self._named("goals", name),) if name else ()

    def tags(self, names: Iterable[str]) -> tuple[str, ...]:
        """Tags, each leading to the table of those that have it."""
        return tuple(anchor(name, self.filtered("tag", name)) for name in names)

    def person(self, name: str | None) -> tuple[str, ...]:
        """A person by name, or nothing: where there is none, and where people are not shown."""
        return (self._named("people", name),) if name and self.shown.people else ()

    def team(self, names: Iterable[str]) -> tuple[str, ...]:
        """Several people by name."""
        return tuple(each for name in names for each in self.person(name))

    def kpi(self, name: str) -> str:
        """A KPI by name."""
        kpi = self.shown.register.kpis.get(name)
        return anchor(kpi.name, self.address("kpi", name)) if kpi else name

    def rule(self, name: str) -> str:
        """The address of a rule's page, "" where there is no such rule."""
        return self.root + rule_url(name) if find(name) else ""

    def record(self, record: str) -> str:
        """A record of another system, as a link where cireg.yaml says where such records are."""
        key = "record", record
        if key not in self._made:
            found = outside(self.shown.config, record)
            self._made[key] = anchor(record, found.url) if found and found.url else record
        return self._made[key]

    def records(self, records: Iterable[str]) -> tuple[str, ...]:
        """Several records of other systems."""
        return tuple(self.record(each) for each in records)

    def _named(self, group: str, name: str) -> str:
        key = group, name
        if key not in self._made:
            entry = getattr(self.shown.config, group).get(name)
            kind = _KINDS[group]
            self._made[key] = anchor(entry.get("name", name), self.address(kind, name)) if entry else name
        return self._made[key]
