"""What a register does not publish has no influence on its site: change it, and not one byte of the site changes."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cireg.schema import choices
from cireg.source import read
from tests.site import built

Data = dict[str, Any]
Change = Callable[[str, Data], Data | None]

ROLES = set(choices("config", "people[].roles"))


def copied(folder: Path, change: Change) -> Path:
    """A copy of this repository's register, each file changed; None leaves it out."""
    folder.mkdir()
    shutil.copytree(built.ROOT / "docs", folder / "docs")
    shutil.copy(built.ROOT / "mkdocs.yml", folder)
    for path in sorted(
        [built.ROOT / "cireg.yaml", *(built.ROOT / "improvements").iterdir(), *(built.ROOT / "kpis").iterdir()]
    ):
        name = path.relative_to(built.ROOT).as_posix()
        (folder / name).parent.mkdir(exist_ok=True)
        if path.suffix != ".yaml":
            shutil.copy(path, folder / name)
            continue
        data = change(name, read(name, path.read_bytes()).data or {})
        if data is not None:
            text = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in data.items())
            (folder / name).write_text(text, encoding="utf-8")
    return folder


def differences(one: Path, other: Path) -> list[str]:
    """The files in which two sites differ."""
    first, second = built.files(one), built.files(other)
    return sorted(path for path in first.keys() | second.keys() if first.get(path) != second.get(path))


# A programme, a part of one, one that others follow or depend on, and some of every status.
HIDDEN = {
    *("CI-0006", "CI-0009", "CI-0010", "CI-0013", "CI-0016", "CI-0017"),
    *("CI-0019", "CI-0018", "CI-0025", "CI-0029", "CI-0031", "CI-0034"),
}


def hiding(path: str, data: Data) -> Data:
    """The improvements above, not published."""
    return data | {"publish": False} if data.get("id") in HIDDEN else data


def removing(path: str, data: Data) -> Data | None:
    """The improvements above, as if there had never been any; nobody names them."""
    if data.get("id") in HIDDEN:
        return None
    if not path.startswith("improvements/") or "links" not in data:
        return data
    links = {
        name: [each for each in value if each not in HIDDEN] if isinstance(value, list) else value
        for name, value in data["links"].items()
        if value not in ([], *HIDDEN)
    }
    return data | {"links": links}


def test_what_is_not_published_might_as_well_not_be_there(tmp_path: Path) -> None:
    """The site of a register that hides some is that of one without them: no list, count, link or chart tells."""
    for change in (hiding, removing):
        register = copied(tmp_path / change.__name__, change)
        built.build(register, tmp_path / f"{change.__name__}-site", CIREG_SITE_URL=built.SITE_URL)

    assert [] == differences(tmp_path / "hiding-site", tmp_path / "removing-site")
    assert not (tmp_path / "hiding-site/improvements/ci-0034").exists()
    assert (tmp_path / "hiding-site/improvements/ci-0035").exists()


def renamed(text: str) -> str:
    """Another name, as long as the first and in the same place of every order."""
    return chr(ord(text[0]) + 1) + text[1:]


class Others:
    """The same register about other people and other amounts."""

    def __init__(self) -> None:
        config = read("cireg.yaml", (built.ROOT / "cireg.yaml").read_bytes()).data or {}
        self.ids = {each["id"] for each in config["people"]}
        self.names = {each["name"] for each in config["people"]}
        self.amounts: set[int] = set()

    def __call__(self, _path: str, data: Data) -> Data:
        changed: Data = self._changed(data, ())
        return changed

    def _changed(self, value: Any, route: tuple[str, ...]) -> Any:
        if isinstance(value, dict):
            return {name: self._changed(each, (*route, name)) for name, each in value.items()}
        if isinstance(value, list):
            return [self._changed(each, route) for each in value]
        if route[-2:] in {("people", "id"), ("people", "name"), ("people", "successor")} and value:
            return renamed(value)
        if route[-1] in {"on_behalf_of", "who", "with", "trained"} or route == ("history", "by"):
            return renamed(value)
        if value in self.ids and not (value in ROLES and route[-1] in {"as", "roles"}):
            return renamed(value)
        if route[0] == "money" and route[-1] in {"planned", "actual", "amount"}:
            self.amounts.add(value + 1)
            return value + 1
        return value


def private(change: Change) -> Change:
    """The register that shows neither people nor amounts, with findings and gates that speak of both."""

    def changed(path: str, data: Data) -> Data | None:
        if path == "cireg.yaml":
            left = {"until": "2026-01-31", "successor": "network-engineer"}
            people = [each | (left if each["id"] == "network-lead" else {}) for each in data["people"]]
            policy = data["policy"] | {"light": {"effort": 2, "risk": 2, "cost": 1}}
            data = data | {"people": people, "policy": policy, "publish": {"people": False, "money": False}}
        if data.get("track") == "light":
            data = data | {"money": {"costs": [{"what": "Time", "planned": 4300}]}}
        return change(path, data)

    return changed


@pytest.fixture(scope="module")
def others() -> Others:
    """How people and amounts are exchanged."""
    return Others()


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory, others: Others) -> tuple[Path, Path]:
    """The drafts of two registers that differ in nothing but people and amounts, of which neither may be shown."""
    folder = tmp_path_factory.mktemp("private")
    for name, change in (("these", lambda _, data: data), ("others", others)):
        register = copied(folder / name, private(change))
        built.build(register, folder / f"{name}-site", "--draft", CIREG_SITE_URL=built.SITE_URL)
    return folder / "these-site", folder / "others-site"


def test_other_people_and_other_amounts_make_the_same_site(sites: tuple[Path, Path]) -> None:
    """Where neither is published, nothing on the site depends on them, the findings of a draft included."""
    assert [] == differences(*sites)


def test_nobody_is_named_where_people_are_not_published(sites: tuple[Path, Path], others: Others) -> None:
    """Nor has anybody a page or a folder."""
    names = re.compile("|".join(sorted(map(re.escape, map(renamed, others.ids | others.names)))).encode())
    found = [path for path, data in built.files(sites[1]).items() if names.search(data) or names.search(path.encode())]

    assert 15 < len(others.names)
    assert [] == found
    assert ["people/index.html"] == [path for path in built.paths(sites[1]) if path.startswith("people/")]


def test_no_amount_is_shown_where_money_is_not_published(sites: tuple[Path, Path], others: Others) -> None:
    """With or without a mark between the thousands."""
    amounts = {f"{amount:,}" for amount in others.amounts if abs(amount) > 1000}
    amounts |= {each.replace(",", "") for each in amounts}
    said = {path: built.text_of(sites[1], path) for path in built.paths(sites[1]) if path.endswith(".html")}

    assert 20 < len(amounts)
    assert [] == [
        (path, each) for path, text in said.items() for each in re.findall(r"[0-9][0-9,]*", text) if each in amounts
    ]
