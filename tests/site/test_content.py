"""Everything that the site says about a register, taken together."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import FrozenInstanceError, is_dataclass
from dataclasses import fields as dataclass_fields
from pathlib import Path
from typing import Any

import pytest

from cireg import lifecycle
from cireg.lint import check
from cireg.schema import choices
from cireg.scoring.grid import CRITERIA
from cireg.scoring.models import INPUTS
from cireg.site import content
from cireg.site.page import FOLDERS, SINGLES, Page, Site
from cireg.site.views import archive, home, improvement, matrix, register
from cireg.site.views.links import Links
from cireg.site.views.shown import Shown
from cireg.site.views.subject import Subject
from tests import small_register
from tests.site.views.showing import DEEP, templates
from tests.small_register import KPI, fields

TEMPLATES = Path(__file__).resolve().parents[2] / "site_templates"
MONEY = {
    "costs": [{"what": "Licences", "kind": "tools", "per": "year", "from": "2026-06", "planned": 987654}],
    "gains": [
        {
            "what": "Hours",
            "kind": "capacity",
            "per": "year",
            "from": "2026-06",
            "planned": 987654,
            "realised": [{"period": "2026-Q3", "amount": 987654, "evidence": "REP-1", "confirmed_by": "data-analyst"}],
        }
    ],
}
VALUES: list[tuple[str, Iterable[str]]] = [
    ("status", lifecycle.statuses()),
    ("verdict", choices("improvement", "review.verdict")),
    ("track", choices("improvement", "track")),
    ("kind", choices("improvement", "kind")),
    ("change_type", choices("improvement", "change_type")),
    ("source", choices("improvement", "source")),
    ("role", choices("improvement", "measures[].role")),
    ("position", choices("improvement", "plan.stakeholders[].position")),
    ("decision", choices("improvement", "plan.approvals[].decision")),
    ("cost", choices("improvement", "money.costs[].kind")),
    ("gain", choices("improvement", "money.gains[].kind")),
    ("per", choices("improvement", "money.costs[].per")),
    ("momentum.decision", choices("improvement", "momentum.decision")),
    ("category", choices("kpi", "category")),
    ("better", choices("kpi", "better")),
    ("cadence", choices("kpi", "cadence")),
    ("aggregation", choices("kpi", "aggregation")),
    ("derived", choices("kpi", "derived")),
    ("roles", choices("config", "people[].roles")),
    ("criterion", CRITERIA),
    ("wsjf", INPUTS["wsjf"]),
    ("rice", INPUTS["rice"]),
    ("severity", ("error", "warning", "info")),
    ("light", ("green", "amber", "red")),
    ("result", ("achieved", "partly", "not-achieved", "worse", "too-early", "held")),
    ("quadrant", ("quick-win", "major-project", "fill-in", "reconsider", "middle")),
    ("stability", ("stable", "shaky", "depends-on-weights")),
    ("register.model", choices("config", "scoring.model")),
    ("progress", ("closed", "rejected", "withdrawn")),
    ("archive.about", (*choices("improvement", "review.verdict"), "none", "rejected", "withdrawn", "duplicate")),
]
"""The lists of values that pages have words for, by the name that these have in the catalogue."""

PEOPLE = ("improvement-manager", "service-desk-lead", "data-analyst", "head-of-it", "anonymous-one", "Head of IT")


def rich(status: str, id_: str, **more: Any) -> dict[str, Any]:
    """An improvement with something in every part that a page shows."""
    data = fields(status, id=id_, **more)
    return data | {
        "sponsor": "head-of-it",
        "team": ["data-analyst"],
        "practices": ["service-desk"],
        "services": ["workplace"],
        "tags": ["quick-win"],
        "money": MONEY,
        "measures": [{"kpi": "answer-hours", "role": "primary", "target": {"change": "-25%"}}],
        "log": [{"on": "2026-11-12", "note": "Pilot.", "by": "data-analyst"}],
        "links": {"relates_to": ["CI-0009"], "depends_on": ["CI-0009"], **data.get("links", {})},
    }


def site(config: str = "", *, draft: bool = True) -> tuple[list[Page], dict[str, bytes]]:
    """The pages and assets of a register in which CI-0009 is not published."""
    statuses = list(lifecycle.statuses())
    items = [rich(status, f"CI-000{n}") for n, status in enumerate(statuses[:8], 1)]
    items[7] |= {"links": {"duplicate_of": "CI-0009"}}
    secret = rich("closed", "CI-0009", title="Close the north site", links={"part_of": "CI-0001", "follows": "CI-0006"})
    secret |= {"publish": False, "opportunity": "Nobody may know.", "tags": ["secret-tag"]}
    items[0]["history"][0] |= {"by": "anonymous-one"}
    source = small_register.register(
        {
            **small_register.files(*items, secret),
            "kpis/answer-hours.yaml": KPI,
            "cireg.yaml": small_register.CONFIG + config,
        }
    )
    given = source, check(source), Site(templates(), draft=draft)
    return list(content.pages(*given)), {asset.url: asset.data for asset in content.assets(*given)}


def said(pages: list[Page], assets: dict[str, bytes]) -> Iterator[tuple[str, str]]:
    """Every text of a site, with where it is."""
    for page in pages:
        yield page.url, f"{page.url}\n{page.title}\n{page.description}\n{page.body}\n{page.search}"
        yield page.url, "\n".join(heading.text for heading in page.headings)
    for url, data in assets.items():
        yield url, data.decode()


def test_every_kind_of_page_is_there() -> None:
    """Each single page once; the pages of rules and fields are made elsewhere."""
    pages, _ = site()
    kinds = [page.kind for page in pages]
    assert {*SINGLES, *FOLDERS} - {"rule", "rules", "fields-improvement", "fields-kpi", "fields-config"} == set(kinds)
    assert len(pages) == len({page.url for page in pages})
    for page in pages:
        if page.kind in SINGLES:
            assert page.url == SINGLES[page.kind]
        else:
            assert re.fullmatch(rf"{FOLDERS[page.kind]}[a-z0-9-]+/", page.url)


@pytest.mark.parametrize("draft", [True, False])
def test_an_unpublished_improvement_is_nowhere(draft: bool) -> None:
    """Neither its id and words nor a count that includes it, in no page and no file."""
    for url, text in said(*site(draft=draft)):
        for word in ("CI-0009", "ci-0009", "Close the north site", "Nobody may know", "secret-tag"):
            assert word not in text, url


@pytest.mark.parametrize("draft", [True, False])
def test_no_person_is_anywhere_where_people_are_not_shown(draft: bool) -> None:
    """Neither ids nor names, in no page and no file; with people shown they are there."""
    for url, text in said(*site("publish: {people: false}\n", draft=draft)):
        for person in PEOPLE:
            # What a role is called is no person: a rule's sentence may speak of data analysts.
            assert person not in text, url
    assert "head-of-it" in "".join(text for _, text in said(*site()))


def test_no_amount_is_anywhere_where_money_is_not_shown() -> None:
    """With money shown it is there."""
    for url, text in said(*site("publish: {money: false}\n")):
        assert "987,654" not in text, url
        assert "987654" not in text, url
        assert "2,962,962" not in text, url
    assert "987,654" in "".join(text for _, text in said(*site()))


def test_headings_are_in_the_body_in_their_order() -> None:
    """With the ids that they have there; no id is used twice on a page."""
    for page in site()[0]:
        ids = re.findall(r'\sid="([^"]+)"', page.body)
        assert len(ids) == len(set(ids)), page.url
        in_body = re.findall(r'<h2 id="([^"]+)"', page.body)
        assert [heading.id for heading in page.headings] == in_body, page.url
        assert "<h1" not in page.body


def test_nothing_runs_in_a_body_and_nothing_is_styled_there() -> None:
    """A strict policy for scripts and styles costs the pages nothing."""
    for page in site()[0]:
        assert not re.search(r"<script>|<style|\sstyle=|\son[a-z]+=|javascript:", page.body), page.url


def test_the_same_register_makes_the_same_site() -> None:
    """Byte for byte."""
    assert site() == site()


def test_the_list_is_data_too() -> None:
    """As JSON with its version and day, and as CSV, of the same rows as the table."""
    _, assets = site()
    document = json.loads(assets["register.json"])
    assert (1, "2026-11-23") == (document["schema_version"], document["as_of"])
    header, *lines = assets["register.csv"].decode("utf-8-sig").splitlines()
    assert [item["id"] for item in document["items"]] == [line.partition(",")[0] for line in lines]
    assert header.startswith("id,title,status,")
    assert 8 == len(lines)


def test_a_title_is_no_formula_in_the_csv() -> None:
    """What a spreadsheet would run is kept as text."""
    source = small_register.register(small_register.files(fields(title='=HYPERLINK("https://evil.example")')))
    made = content.assets(source, [], Site(templates()))
    text = next(asset.data for asset in made if asset.url == "register.csv").decode()
    assert ",=" not in text
    assert ',"=' not in text


def test_views_hold_only_what_can_be_shown() -> None:
    """Texts, safe HTML, whole numbers, yes or no, and tuples of such: nothing that a template would have to judge."""
    source = small_register.register({**small_register.files(rich("closed", "CI-0001")), "kpis/answer-hours.yaml": KPI})
    shown = Shown(source, check(source), Site(templates(), draft=True))
    links = Links(shown, DEEP)
    item = source.improvements["CI-0001"]
    subject = Subject(item, shown, links, shown.standings[item.id])
    made = [each.view(shown, links) for each in (archive, home, matrix, register)]
    for view in (*made, improvement.view(subject)):
        check_showable(view, type(view).__name__)


def check_showable(value: object, where: str) -> None:
    """Fail for anything in a view that is not ready to be shown; one value may be None: what is not there at all."""
    if is_dataclass(value):
        with pytest.raises(FrozenInstanceError):
            setattr(value, dataclass_fields(value)[0].name, "")
        for each in dataclass_fields(value):
            check_showable(getattr(value, each.name), f"{where}.{each.name}")
    elif isinstance(value, tuple):
        for each in value:
            check_showable(each, where)
    else:
        assert value is None or isinstance(value, str | bool | int), where


@pytest.mark.parametrize(("name", "values"), VALUES)
def test_every_value_of_the_schema_has_its_words(name: str, values: Iterable[str]) -> None:
    """A value that the schema gains is missed here before it is missed on a page."""
    messages = templates().catalogue.messages
    assert [] == [value for value in values if f"{name}.{value}" not in messages]


def test_statuses_and_steps_are_called_as_in_the_schema() -> None:
    """The catalogue is there for other languages; in English the schema's words stand."""
    messages = templates().catalogue.messages
    for name, status in lifecycle.statuses().items():
        assert status.title == messages[f"status.{name}"]
    for number, title in lifecycle.step_titles().items():
        assert title == messages[f"step.{number}"]


def test_every_string_is_used_and_every_shape_is_there() -> None:
    """Strings nobody asks for would be translated for nothing."""
    root = TEMPLATES.parent
    sources = [*TEMPLATES.glob("*.j2"), *(root / "cireg" / "site").rglob("*.py")]
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    own = json.loads((TEMPLATES / "messages" / "en.json").read_text(encoding="utf-8"))
    used = {key for key in own if f'"{key}"' in text}
    used |= {f"{name}.{value}" for name, values in VALUES for value in values}
    for family in re.findall(r'f"([a-z_.]+)\.\{', text):
        used |= {key for key in own if key.startswith(f"{family}.")}
    used |= {
        key
        for key in own
        if re.match(r"(step|month|month\.short|quadrants|state|verdict\.none|archive\.duplicate)\b", key)
    }
    used |= {key for key in own if re.fullmatch(r"(goal|practice|service)s?\.(title|intro|description)", key)}
    assert [] == sorted(own.keys() - used)
    shapes = set(re.findall(r'id="cireg-i-([a-z-]+)"', (TEMPLATES / "icons.svg.j2").read_text(encoding="utf-8")))
    wanted = {*lifecycle.statuses(), *choices("improvement", "review.verdict"), "green", "amber", "red", "open"}
    wanted |= {"done", "current", "ahead", "dropped", "late", "error", "warning", "info"}
    assert set() == wanted - shapes
