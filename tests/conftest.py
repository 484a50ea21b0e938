"""What all tests share: how examples are tried, and the sites that several of them look at, built once."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

# No example is timed, and every run tries the same ones: a test that fails, fails again.
settings.register_profile("cireg", deadline=None, derandomize=True)
settings.load_profile("cireg")


def pytest_addoption(parser: pytest.Parser) -> None:
    """An option for whoever changed a page on purpose."""
    parser.addoption("--update-golden", action="store_true", help="write what is built into tests/golden/site")


@pytest.fixture(scope="session")
def example_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of this repository's own register."""
    from tests.site import built

    folder = tmp_path_factory.mktemp("example") / "site"
    built.build(built.ROOT, folder, CIREG_SITE_URL=built.SITE_URL)
    return folder


@pytest.fixture(scope="session")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The draft of a register that is nothing but attacks."""
    from tests.site import built, hostile_register

    folder = tmp_path_factory.mktemp("hostile")
    hostile_register.write(folder / "register")
    built.build(folder / "register", folder / "site", "--draft", CIREG_SITE_URL=built.SITE_URL)
    return folder / "site"
