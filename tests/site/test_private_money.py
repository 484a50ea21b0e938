"""Where money is not published, no amount, no page, no link and no word of it is on the site."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.site import built

REGISTER = built.ROOT / "tests/golden/register"
AMOUNTS = {"planned: 1200": "planned: 720011", "actual: 1350.5": "actual: 730011", "planned: 400": "planned: 740011"}
SEEN = {"720", "730", "740"}  # as many thousands


def site(folder: Path, publish: str) -> Path:
    """The draft of a register with striking amounts, and what it says of publishing."""
    register = folder / "register"
    shutil.copytree(REGISTER, register)
    config = register / "cireg.yaml"
    config.write_text(config.read_text("utf-8") + publish, encoding="utf-8")
    (path,) = (register / "improvements").glob("CI-0001-*.yaml")
    text = path.read_text("utf-8")
    for old, new in AMOUNTS.items():
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")
    built.build(register, folder / "site", "--draft")
    return folder / "site"


@pytest.fixture(scope="module")
def private(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site without money."""
    return site(tmp_path_factory.mktemp("private"), "publish: {money: false}\n")


def test_there_is_no_page_and_no_link_to_one(private: Path) -> None:
    """Neither in the menu nor on a page, in the search or in the sitemap."""
    assert not (private / "benefits").exists()
    assert [] == [path for path, data in built.files(private).items() if b"benefits/" in data]


def test_no_amount_is_anywhere(private: Path) -> None:
    """Not in the data either."""
    found = {
        path: [amount for amount in SEEN if f"{amount}011".encode() in data or f"{amount},011".encode() in data]
        for path, data in built.files(private).items()
    }

    assert {} == {path: amounts for path, amounts in found.items() if amounts}
    assert [] == [path for path, page in built.pages(private).items() if "money" in page.ids()]


def test_with_money_all_of_it_is_there(tmp_path: Path) -> None:
    """Else the test above would prove nothing."""
    public = site(tmp_path, "publish: {money: true}\n")
    data = built.files(public)

    assert "benefits/index.html" in data
    assert b"720,011" in data["benefits/index.html"]
    assert b"720,011" in data["improvements/ci-0001/index.html"]
    assert "money" in built.pages(public)["improvements/ci-0001/index.html"].ids()
