"""Where a register is found, and where what travels with cireg lies."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cireg.errors import CiregError
from cireg.layout import KINDS, find_root, packaged, schema_document, schema_text, starter

ROOT = Path(__file__).resolve().parents[1]


def test_a_register_is_found_from_any_folder_in_it(tmp_path: Path) -> None:
    """The nearest one upwards."""
    inner = tmp_path / "it" / "improvements" / "2026"
    inner.mkdir(parents=True)
    (tmp_path / "cireg.yaml").touch()

    assert tmp_path == find_root(inner) == find_root(tmp_path)
    (tmp_path / "it/cireg.yaml").touch()
    assert tmp_path / "it" == find_root(inner)


def test_a_way_through_links_leads_to_the_real_folder(tmp_path: Path) -> None:
    """Paths are compared later; one place has one name."""
    (tmp_path / "real/improvements").mkdir(parents=True)
    (tmp_path / "real/cireg.yaml").touch()
    (tmp_path / "way").symlink_to(tmp_path / "real")

    assert tmp_path / "real" == find_root(tmp_path / "way" / "improvements")


def test_a_configuration_that_is_a_link_still_marks_the_register(tmp_path: Path) -> None:
    """Check then reports the link; a register further up would be another one."""
    (tmp_path / "cireg.yaml").touch()
    (tmp_path / "in").mkdir()
    (tmp_path / "in/cireg.yaml").symlink_to("/nowhere")

    assert tmp_path / "in" == find_root(tmp_path / "in")


def test_a_folder_of_that_name_is_no_register(tmp_path: Path) -> None:
    """Only a file says who we are."""
    (tmp_path / "cireg.yaml").mkdir()

    with pytest.raises(CiregError, match="no register here") as error:
        find_root(tmp_path)
    assert error.value.hint is not None
    assert "cireg init" in error.value.hint


def test_in_a_checkout_schemas_and_templates_lie_beside_the_package() -> None:
    """In a wheel they lie inside it."""
    assert (ROOT / "schema", ROOT / "site_templates") == (packaged("schema"), packaged("site_templates"))


@pytest.mark.parametrize("kind", [*KINDS, "import-map"])
def test_a_schema_is_read_as_it_is_installed(kind: str) -> None:
    """Byte for byte, and once."""
    assert (ROOT / f"schema/{kind}.schema.json").read_text(encoding="utf-8") == schema_text(kind)
    assert json.loads(schema_text(kind)) == schema_document(kind)
    assert schema_document(kind) is schema_document(kind)


def test_what_a_new_register_begins_with_travels_in_the_package() -> None:
    """At least its configuration."""
    assert "version: 1" in starter("cireg.yaml")
