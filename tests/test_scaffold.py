"""Registers made, added to and brought up to date, with everything that is there left alone."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from cireg import __version__, kit
from cireg.errors import CiregError
from cireg.scaffold import NAME, RECORD, scaffold

TODAY = date(2026, 11, 23)
WORKFLOW = ".github/workflows/check.yml"
WORKFLOWS = [
    f".github/workflows/{name}.yml" for name in ("accept", "answer", "check", "comment", "publish", "readings")
]


def states(root: Path, state: str, *, requirement: str | None = None, name: str | None = None) -> list[str]:
    """The files that came to this state in a run."""
    return [made.path for made in scaffold(root, TODAY, requirement=requirement, name=name) if made.state == state]


def contents(root: Path) -> dict[str, bytes]:
    """Every file of the register."""
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A register that was made."""
    scaffold(tmp_path / "register", TODAY)
    return tmp_path / "register"


def test_all_of_it_is_made_in_a_folder_that_is_not_there_yet(tmp_path: Path) -> None:
    """The folders above it too."""
    root = tmp_path / "new" / "register"
    made = scaffold(root, TODAY)

    assert {"new"} == {each.state for each in made}
    assert [each.path for each in made] == sorted(each.path for each in made)
    assert {each.path for each in made} | {RECORD} == set(contents(root))
    assert {"cireg.yaml", "mkdocs.yml", "README.md", ".gitignore", "schema/kpi.schema.json", WORKFLOW} < set(
        contents(root)
    )


def test_a_second_run_changes_nothing(root: Path) -> None:
    """Not a byte."""
    before = contents(root)

    assert {"unchanged"} == {each.state for each in scaffold(root, date(2027, 1, 1))}
    assert before == contents(root)


def test_what_was_edited_is_left_and_named_and_what_is_missing_is_made(root: Path) -> None:
    """Both in one run, and again in the next."""
    (root / "mkdocs.yml").write_text("site_name: Ours\n", encoding="utf-8")
    (root / "cireg.yaml").write_text("version: 1\nname: Ours\n", encoding="utf-8")
    (root / WORKFLOW).unlink()
    made = {each.path: each.state for each in scaffold(root, TODAY)}

    assert ("edited", "edited", "new") == (made["mkdocs.yml"], made["cireg.yaml"], made[WORKFLOW])
    assert "site_name: Ours\n" == (root / "mkdocs.yml").read_text(encoding="utf-8")
    assert ["README.md", "cireg.yaml", "mkdocs.yml"] == states(root, "edited")


def test_what_nobody_edited_is_brought_up_to_date(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A newer cireg brings newer schemas; line ends that git changed are no edit."""
    old = (root / "schema" / "kpi.schema.json").read_bytes()
    (root / "schema" / "kpi.schema.json").write_bytes(old.replace(b"\n", b"\r\n"))
    kept = kit.kept

    def newer(name: str, requirement: str) -> list[tuple[str, bytes]]:
        return [(path, data + b" " if path.endswith(("kpi.schema.json", "mkdocs.yml")) else data)
                for path, data in kept(name, requirement)]  # fmt: skip

    (root / "mkdocs.yml").write_text("site_name: Ours\n", encoding="utf-8")
    monkeypatch.setattr(kit, "kept", newer)

    assert ["schema/kpi.schema.json"] == states(root, "updated")
    assert old + b" " == (root / "schema" / "kpi.schema.json").read_bytes()
    assert ["mkdocs.yml"] == states(root, "edited")


def test_what_a_register_begins_with_is_its_own_from_then_on(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A newer README or configuration never replaces one that is there, edited or not."""
    begun = kit.begun
    monkeypatch.setattr(kit, "begun", lambda name: [(path, data + b"\n") for path, data in begun(name)])

    assert ["README.md", "cireg.yaml"] == states(root, "edited")
    assert [] == states(root, "updated")


def test_examples_do_not_come_back(root: Path) -> None:
    """They belong to a new register; without cireg.yaml, too, improvements are somebody's."""
    (root / "kpis" / "first-answer-hours.csv").unlink()
    (root / "kpis" / "first-answer-hours.yaml").unlink()
    assert [] == states(root, "new")

    (root / "cireg.yaml").unlink()
    assert ["cireg.yaml"] == states(root, "new")


def test_the_name_is_the_configuration_s_once_there_is_one(root: Path) -> None:
    """The site is called as the register is."""
    assert f"name: {NAME}\n" in (root / "cireg.yaml").read_text(encoding="utf-8")
    (root / "cireg.yaml").write_text("version: 1\nname: Ours now\n", encoding="utf-8")

    assert ["mkdocs.yml"] == states(root, "updated", name="Another")
    assert "site_name: Ours now\n" in (root / "mkdocs.yml").read_text(encoding="utf-8")


@pytest.mark.parametrize("config", ["name: &x y\n", "version: 1\nname: [a]\n", 'version: 1\nname: "a\\tb\\x1b"\n', ""])
def test_a_configuration_that_cannot_be_used_has_no_name(root: Path, config: str) -> None:
    """What is missing is made all the same, and the configuration left to be mended."""
    (root / "cireg.yaml").write_text(config, encoding="utf-8")
    (root / "mkdocs.yml").unlink()

    assert ["mkdocs.yml"] == states(root, "new")
    assert f"site_name: {NAME}\n" in (root / "mkdocs.yml").read_text(encoding="utf-8")


def test_what_the_workflows_install_is_remembered(root: Path) -> None:
    """A later run without the option changes nothing of it."""
    assert f"pip install cireg=={__version__}\n" in (root / WORKFLOW).read_text(encoding="utf-8")
    assert WORKFLOWS == states(root, "updated", requirement="cireg>=9")

    assert [] == states(root, "updated")
    assert "pip install 'cireg>=9'" in (root / WORKFLOW).read_text(encoding="utf-8")


def test_without_being_told_they_follow_the_version(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who runs `init` with a newer cireg wants that one."""
    monkeypatch.setattr("cireg.scaffold.__version__", "99.0.0")

    assert WORKFLOWS == states(root, "updated")
    assert "pip install cireg==99.0.0\n" in (root / WORKFLOW).read_text(encoding="utf-8")


@pytest.mark.parametrize("record", ["", "[]", "{", '{"from": 1, "files": []}', '{"files": {"mkdocs.yml": 7}}'])
def test_a_record_that_says_nothing_makes_every_difference_an_edit(root: Path, record: str) -> None:
    """Then nothing is overwritten."""
    (root / RECORD).write_text(record, encoding="utf-8")
    (root / "mkdocs.yml").write_text("site_name: Ours\n", encoding="utf-8")

    assert ["mkdocs.yml"] == states(root, "edited")


def test_a_record_cannot_smuggle_anything_into_a_workflow(root: Path) -> None:
    """It is a file of the register, and may have come with a pull request."""
    known = json.loads((root / RECORD).read_text(encoding="utf-8"))
    (root / RECORD).write_text(json.dumps({**known, "from": "${{ github.token }}"}), encoding="utf-8")
    with pytest.raises(CiregError, match="the workflows cannot install"):
        scaffold(root, TODAY)


@pytest.mark.parametrize("requirement", ["--index-url=https://evil.example", "a\nb", "${{ secrets.x }}", "a\u202eb"])
def test_a_requirement_that_is_no_requirement_is_refused(tmp_path: Path, requirement: str) -> None:
    """Nothing is written."""
    with pytest.raises(CiregError, match="the workflows cannot install"):
        scaffold(tmp_path / "register", TODAY, requirement=requirement)

    assert not (tmp_path / "register").exists()


@pytest.mark.parametrize("name", ["", "a\nb", "x" * 301, "a\u202eb"])
def test_a_name_that_is_no_name_is_refused(tmp_path: Path, name: str) -> None:
    """Nothing is written."""
    with pytest.raises(CiregError, match="a register's name"):
        scaffold(tmp_path / "register", TODAY, name=name)

    assert not (tmp_path / "register").exists()


@pytest.mark.parametrize("path", ["README.md", "docs", "improvements", "kpis", ".github/workflows", RECORD])
def test_a_link_in_the_way_is_refused(tmp_path: Path, path: str) -> None:
    """Wherever it leads; nothing is written, neither here nor there."""
    outside, root = tmp_path / "outside", tmp_path / "register"
    outside.mkdir()
    (root / path).parent.mkdir(parents=True)
    (root / path).symlink_to(outside)
    with pytest.raises(CiregError, match="link"):
        scaffold(root, TODAY)

    assert {} == contents(root)
    assert [] == list(outside.iterdir())


def test_the_folder_itself_may_be_no_link_and_no_file(tmp_path: Path) -> None:
    """A dangling link neither."""
    (tmp_path / "file").write_text("x", encoding="utf-8")
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")

    with pytest.raises(CiregError, match="is not a folder"):
        scaffold(tmp_path / "file", TODAY)
    with pytest.raises(CiregError, match="is a symbolic link"):
        scaffold(tmp_path / "link", TODAY)
    assert not (tmp_path / "nowhere").exists()


def test_a_folder_where_a_file_belongs_is_named(root: Path) -> None:
    """It is not replaced."""
    (root / "mkdocs.yml").unlink()
    (root / "mkdocs.yml").mkdir()

    with pytest.raises(CiregError, match=r"'mkdocs\.yml' is not a regular file"):
        scaffold(root, TODAY)
