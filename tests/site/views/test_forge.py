"""Where a file is at the forge, and where a record of another system is."""

from __future__ import annotations

import pytest

from cireg.model import Config
from cireg.site.views.forge import FileAtForge, Outside, file_at_forge, outside
from tests import small_register

LINKS = """\
links:
  - {pattern: "(CHG|INC)[0-9]{7}", name: ITSM record, url: "https://itsm.example/{id}"}
  - {pattern: "DOC .+", name: Document, url: "https://docs.example/?q={id}"}
  - {pattern: "REP-[0-9]+", name: Report}
"""


def config(more: str) -> Config:
    """A configuration with some more lines."""
    return small_register.register({"cireg.yaml": small_register.CONFIG + more}).config


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://forge.example/it/register", ("/edit/main/", "/commits/main/", "/raw/main/")),
        ("https://gitlab.example/it/register/", ("/-/edit/main/", "/-/commits/main/", "/-/raw/main/")),
        ("https://codeberg.org/it/register", ("/_edit/main/", "/commits/branch/main/", "/raw/branch/main/")),
    ],
)
def test_a_file_has_its_place_at_each_kind_of_forge(url: str, expected: tuple[str, str, str]) -> None:
    """The form of the addresses follows the host's name; GitHub's is taken for any other."""
    path = "improvements/CI-0001.yaml"
    found = file_at_forge(config(f'forge: {{url: "{url}"}}\n'), path)
    assert FileAtForge(*(url.rstrip("/") + form + path for form in expected)) == found


def test_a_path_is_quoted_and_the_branch_kept() -> None:
    """A blank, a hash or a question mark in a name ends no address."""
    found = file_at_forge(config('forge: {url: "https://forge.example/r", branch: live/now}\n'), "a b/C#?.yaml")
    assert found is not None
    assert "https://forge.example/r/edit/live/now/a%20b/C%23%3F.yaml" == found.edit


def test_without_a_forge_there_are_no_addresses() -> None:
    """A register need not say where it is."""
    assert None is file_at_forge(config(""), "improvements/CI-0001.yaml")


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        ("CHG0031234", Outside("ITSM record", "https://itsm.example/CHG0031234")),
        ("DOC a/b&c", Outside("Document", "https://docs.example/?q=DOC%20a%2Fb%26c")),
        ("REP-88", Outside("Report", "")),
        ("CHG0031234 and more", None),
    ],
)
def test_a_record_is_found_by_its_pattern(record: str, expected: Outside | None) -> None:
    """The whole id has to match; the id is quoted in the address; a pattern may have no address."""
    assert expected == outside(config(LINKS), record)
