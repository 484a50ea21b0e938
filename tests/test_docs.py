"""What the README and the guides say is so: links, commands, examples, excerpts and the schema's tables."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from textwrap import dedent

import click
import pytest

from cireg import lifecycle
from cireg.cli import COMMANDS, cli
from cireg.files import MemoryTree
from cireg.findings import Finding
from cireg.importing.mapping import read_map
from cireg.layout import schema_document
from cireg.lint import check
from cireg.register import load
from cireg.report import text
from cireg.rules import RULES
from cireg.rules.examples import TODAY, build, files_of
from cireg.schema import default
from cireg.scoring import grid
from cireg.site.page import SINGLES
from cireg.spotting.ticket_map import read_map as read_ticket_map

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted(
    [*ROOT.glob("*.md"), *(ROOT / ".github").glob("*.md"), *(ROOT / "docs").rglob("*.md")],
    key=lambda path: path.as_posix(),
)
EVERY_PAGE = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
GENERATED = {(url.rstrip("/") or "index") + ".md" for url in SINGLES.values()}
RULE_NAMES = {rule.name for rule in RULES}


@dataclass(frozen=True)
class Block:
    """A fenced block: its page, the line of its fence, its language and its text."""

    page: Path
    line: int
    language: str
    text: str

    def __str__(self) -> str:
        return f"{self.page.relative_to(ROOT).as_posix()}:{self.line}"


@cache
def blocks(page: Path) -> tuple[Block, ...]:
    """The fenced blocks of a page."""
    source = page.read_text(encoding="utf-8")
    found = re.finditer(r"^```(\w*)\n(.*?)^```$", source, flags=re.MULTILINE | re.DOTALL)
    return tuple(Block(page, source.count("\n", 0, each.start()) + 1, each[1], each[2]) for each in found)


def prose(page: Path) -> str:
    """A page without its fenced blocks."""
    return re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)


def every_block(language: str) -> list[Block]:
    return [block for page in PAGES for block in blocks(page) if block.language == language]


def pages_named(name: str) -> Path:
    (found,) = [page for page in PAGES if page.name == name]
    return found


# Form


@EVERY_PAGE
def test_markdown_means_the_same_to_the_site_and_to_the_forge(page: Path) -> None:
    """Python-Markdown wants fences at the margin, and a blank line before a list and before a table."""
    bare = prose(page)

    assert [] == re.findall(r"^ +```.*", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert [] == re.findall(r"^(?![-*|#]|\d+\. |\s)[^\n]+\n(?:[-*] |\d+\. |\|)[^\n]*", bare, flags=re.MULTILINE)


# Links


def anchors(page: Path) -> set[str]:
    """The ids that a page's headings get."""
    headings = re.findall(r"^#+ (.+)$", prose(page), flags=re.MULTILINE)
    plain = (re.sub(r"[`*]|\[([^]]*)]\([^)]*\)", r"\1", heading) for heading in headings)
    return {re.sub(r"\s+", "-", re.sub(r"[^\w\s-]", "", heading).strip().lower()) for heading in plain}


def wrong_link(page: Path, target: str) -> str | None:
    """Why a link leads nowhere, None where it leads somewhere."""
    path, _, anchor = target.partition("#")
    where = Path(os.path.normpath(page.parent / path)) if path else page
    if where.is_relative_to(ROOT / "docs") and where.relative_to(ROOT / "docs").as_posix() in GENERATED:
        return None if not anchor else f"{target}: the anchors of a generated page are not known here"
    if not where.exists():
        return f"{target}: there is no such file"
    if anchor and anchor not in anchors(where):
        return f"{target}: there is no such heading"
    return None


@EVERY_PAGE
def test_every_relative_link_leads_somewhere(page: Path) -> None:
    """To a file or heading of the repository, or to a page that the site generates."""
    links = re.findall(r"\]\(([^)\s]+)\)", prose(page))
    relative = [link for link in links if not re.match(r"https?:|mailto:", link)]

    assert [] == [wrong for link in relative if (wrong := wrong_link(page, link))]


def test_a_link_that_leads_nowhere_would_be_found() -> None:
    """The test above can fail: for a file, for a heading."""
    readme = ROOT / "README.md"

    assert wrong_link(readme, "docs/guides/nowhere.md") is not None
    assert wrong_link(readme, "docs/guides/propose.md#nowhere") is not None
    assert wrong_link(readme, "docs/guides/propose.md#how-to-read-a-finding") is None


def test_every_guide_is_in_the_menu() -> None:
    """A page that no menu names is found by nobody."""
    menu = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    guides = [page.relative_to(ROOT / "docs").as_posix() for page in PAGES if page.is_relative_to(ROOT / "docs")]

    assert guides
    assert [] == [guide for guide in guides if f": {guide}\n" not in menu]


# Commands


def spoken(page: Path) -> Iterator[tuple[str, list[str]]]:
    """Every `cireg …` that a page shows, in a block or in a sentence, with its words."""
    lines = [line[2:] for block in blocks(page) for line in block.text.splitlines() if line.startswith("$ ")]
    lines += [
        line.removeprefix("- ").strip()
        for block in blocks(page) if block.language == "yaml" for line in block.text.splitlines()
    ]  # fmt: skip
    lines += re.findall(r"`(cireg [^`]*)`", prose(page))
    for line in lines:
        for part in re.split(r"\s(?:&&|\|)\s", line):
            if part.startswith("cireg "):
                yield part, shlex.split(part, comments=True)[1:]


def misspoken(words: list[str]) -> str | None:
    """What a command would say to these words, before it does anything; None where it takes them."""
    name, arguments = words[0], words[1:]
    if name.startswith("-") or name == "COMMAND":
        return None
    command = cli.get_command(click.Context(cli), name)
    if command is None:
        return f"there is no command {name}"
    context = click.Context(command, info_name=name, help_option_names=["-h", "--help"])
    try:
        given, _, _ = command.make_parser(context).parse_args(arguments)
        for parameter in command.get_params(context):
            value = given.get(parameter.name)
            if isinstance(parameter.type, click.Choice) and isinstance(value, (str, list)):
                parameter.type_cast_value(context, value)
    except click.UsageError as error:
        return error.format_message()
    return None


@EVERY_PAGE
def test_every_command_that_is_shown_would_be_taken(page: Path) -> None:
    """The command exists, and so do its options and the words to choose from."""
    assert {} == {line: wrong for line, words in spoken(page) if (wrong := misspoken(words))}


@pytest.mark.parametrize("line", ["chekc", "check --fixx", "check --format pdf", "list --status done"])
def test_a_command_that_does_not_exist_would_be_found(line: str) -> None:
    """The test above can fail: for a command, an option, a word to choose."""
    assert misspoken(line.split()) is not None


def test_what_cireg_itself_says_names_no_other_commands() -> None:
    """Rules, schemas and the strings of pages send nobody to a command that does not exist."""
    sources = [
        *(ROOT / "cireg" / "rules").glob("*.py"), *(ROOT / "schema").iterdir(), ROOT / "cireg" / "gates.py",
        *(ROOT / "site_templates" / "messages").iterdir(), *(ROOT / "cireg" / "starter").iterdir(),
    ]  # fmt: skip
    texts = [source.read_text(encoding="utf-8") for source in sources]
    named = {name for text in texts for name in re.findall(r"(?:`|: |\$ |run )cireg ([a-z-]+)", text)}

    assert {"new", "rules", "check"} <= named
    assert named <= set(COMMANDS)


def test_commands_are_shown_at_all() -> None:
    """An empty list would pass."""
    assert {"propose.md", "review.md", "maintain.md", "import.md", "README.md"} <= {
        page.name for page in PAGES if list(spoken(page))
    }


@pytest.mark.parametrize("name", COMMANDS)
def test_the_readme_names_every_command(name: str) -> None:
    """Who reads only one page knows what there is."""
    assert f"cireg {name}" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_command_reference_is_what_the_commands_say() -> None:
    """Written anew, the page is the same."""
    ran = subprocess.run(
        [sys.executable, "-m", "scripts.command_reference", "--check"],
        cwd=ROOT, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert (0, "") == (ran.returncode, ran.stderr)


# What a terminal shows


def excerpts() -> list[tuple[Block, str, list[str]]]:
    """Each command in a block that is followed by what it prints."""
    found = []
    for block in every_block("console"):
        for part in re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            if command.startswith("cireg ") and output.strip():
                found.append((block, command, output.rstrip().splitlines()))
    return found


def run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """A command as a page shows it, on a terminal of 80 columns, on the day of the examples."""
    return subprocess.run(
        [sys.executable, "-m", "cireg", *shlex.split(command)[1:]], cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "CIREG_TODAY": TODAY.isoformat(), "COLUMNS": "80", "NO_COLOR": "1"},
        capture_output=True, text=True, encoding="utf-8", timeout=60,
    )  # fmt: skip


@pytest.fixture
def with_sheet(tmp_path: Path) -> Path:
    """A new register without improvements, beside it the sheet and the map of the guide."""
    folder = tmp_path / "register"
    assert 0 == run(f"cireg init {folder}", tmp_path).returncode
    for example in (folder / "improvements").iterdir():
        example.unlink()
    page = blocks(pages_named("import.md"))
    for name, language in (("register.csv", "csv"), ("map.yaml", "yaml")):
        (block,) = [block for block in page if block.language == language]
        (folder / name).write_text(block.text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(("block", "command", "shown"), excerpts(), ids=lambda value: str(value)[:60])
def test_an_excerpt_is_what_a_terminal_shows(
    block: Block, command: str, shown: list[str], request: pytest.FixtureRequest
) -> None:
    """Line by line from a run on this register, or on the guide's sheet; "…" stands for lines left out."""
    ran = run(command, request.getfixturevalue("with_sheet") if block.page.name == "import.md" else ROOT)
    printed = iter(ran.stdout.splitlines())
    skipping = False
    for line in shown:
        if line == "…":
            skipping = True
        elif skipping:
            assert line in printed, f"{block}: {line}"  # goes on in the output to that line
            skipping = False
        else:
            assert next(printed, None) == line, str(block)


def test_the_sheet_of_the_guide_becomes_a_register(with_sheet: Path) -> None:
    """As the guide says: three rows written, one rejected, nothing that the check calls an error, no second change."""
    first, second = (run("cireg import register.csv --map map.yaml --update-config", with_sheet) for _ in range(2))

    assert (1, 1) == (first.returncode, second.returncode)
    assert "3 written, 1 rejected" in first.stdout
    assert "0 written, 3 unchanged, 1 rejected" in second.stdout
    assert 0 == run("cireg check", with_sheet).returncode


def test_an_excerpt_is_shown() -> None:
    """The README has a look at a real list."""
    assert ["cireg rank"] == [command for block, command, _ in excerpts() if block.page.name == "README.md"][:1]


def test_the_finding_that_is_explained_is_what_check_prints() -> None:
    """The block in the proposer's guide, from a file with that fault."""
    wrong = dedent("""\
        id: CI-0042
        title: Lend a laptop while one is repaired
        status: proposed
        opportunity: A repair takes four days.
        history: [{on: 2026-11-23, status: proposed, by: service-desk-analyst}]
        vision: {goal: g-happy-users}
        """)
    path = "improvements/CI-0042-loan-laptops.yaml"
    found = findings(path, wrong)
    printed = list(text.findings(found, lambda _: wrong.split("\n"), lambda content, _: content))
    (shown,) = [block for block in blocks(pages_named("propose.md")) if block.language == "text"]

    assert printed == shown.text.splitlines()


# Examples


def findings(path: str, content: str) -> list[Finding]:
    """What check says on the day of the examples of a whole file, or of a part that the schema's example completes."""
    if re.search(r"^id:", content, flags=re.MULTILINE):
        config = json.dumps(schema_document("config")["examples"][0])
        return check(load(MemoryTree({"cireg.yaml": config, path: content}), lambda _: TODAY))
    return check(load(build({path: content}).tree, lambda _: TODAY))


def path_of(block: Block) -> str:
    """What file an example is: its first line says so, otherwise it is an improvement, or a part of one."""
    named = re.match(r"# ([\w./-]+\.ya?ml)\n", block.text)
    whole = re.search(r"^id: (\S+)$", block.text, flags=re.MULTILINE)
    if whole and not named:
        return f"improvements/{whole[1]}.yaml"
    return named[1] if named else next(iter(files_of("")))


YAML = every_block("yaml")


@pytest.mark.parametrize("block", YAML, ids=str)
def test_an_example_passes_the_check(block: Block) -> None:
    """Of the register's own files by the rules, of a mapping by its schema; of others only that they are YAML."""
    path = path_of(block)
    kind = path.partition("/")[0]
    if kind in {"improvements", "kpis", "cireg.yaml"}:
        assert [] == [each for each in findings(path, block.text) if each.severity == "error"]
    elif path == "ticket-map.yaml":
        assert [] == read_ticket_map(path, block.text.encode())[1]
    elif "map" in path:
        assert [] == read_map(path, block.text.encode())[1]
    else:
        assert path in {
            ".gitlab-ci.yml", ".pre-commit-config.yaml", ".github/workflows/check.yml",
            ".github/workflows/register.yml",
        }  # fmt: skip


def test_an_example_with_a_fault_would_be_found() -> None:
    """The test above can fail."""
    assert any(each.severity == "error" for each in findings("improvements/CI-0001.yaml", "ownr: nobody\n"))


def test_the_whole_proposal_is_whole() -> None:
    """What the proposer's guide gives to copy needs nothing from anywhere else."""
    (proposal,) = [block for block in blocks(pages_named("propose.md")) if block.language == "yaml"]
    path = path_of(proposal)
    register = load(MemoryTree({"cireg.yaml": "version: 1\nname: A register\n", path: proposal.text}), lambda _: TODAY)

    assert {"pet-project"} == {each.rule for each in check(register)}
    assert ["CI-0042"] == list(register.improvements)


@pytest.mark.parametrize("block", [each for each in YAML if ".gitlab-ci" in path_of(each)], ids=str)
def test_a_pipeline_of_gitlab_is_one(block: Block, tmp_path: Path) -> None:
    """GitLab's own schema takes it."""
    file = tmp_path / ".gitlab-ci.yml"
    file.write_text(block.text, encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.gitlab-ci", str(file)],
        capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert 0 == ran.returncode, ran.stdout


# Tables


def table(page: Path, first: str) -> list[list[str]]:
    """The cells of the table whose first column has that heading, without its head."""
    lines = page.read_text(encoding="utf-8").splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith(f"| {first} "))
    rows = []
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in line.strip("|").split("|")])
    return rows


def code(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


LIFE_CYCLE = pages_named("life-cycle.md")


def test_the_statuses_are_the_schemas() -> None:
    """Name, steps of the model and meaning, in the schema's order."""
    stated = schema_document("improvement")["$defs"]["status"]
    meanings = dict(zip(stated["enum"], stated["markdownEnumDescriptions"], strict=True))
    expected = [
        [f"`{status.name}`", ", ".join(map(str, status.steps)), meanings[status.name]]
        for status in lifecycle.statuses().values()
    ]
    assert expected == [row[:3] for row in table(LIFE_CYCLE, "Status")]


@pytest.mark.parametrize("status", lifecycle.statuses())
def test_the_gate_is_the_schemas(status: str) -> None:
    """Every part in its order and nothing else; the rules that depend on other files; what the entry must say."""
    (cell,) = [row[3] for row in table(LIFE_CYCLE, "Status") if row[0] == f"`{status}`"]
    stated = lifecycle.statuses()[status]
    titles = [part.title for part in stated.gate.parts]
    plain = cell.replace("`", "")
    if status == lifecycle.line()[0]:
        assert set(schema_document("improvement")["required"]) == set(code(cell))
        return

    places = [plain.find(title) for title in titles]
    assert -1 not in places
    assert sorted(places) == places
    said_here = set(stated.gate.rules) - rules_of_every_gate()
    mentioned = {name for name in code(cell) if not any(name in title.split() for title in titles)}
    assert said_here | set(stated.entry) == mentioned
    assert all(f"rule `{rule}`" in cell for rule in said_here)


def rules_of_every_gate() -> set[str]:
    """The rules that each status after the first one asks for."""
    later = [set(lifecycle.statuses()[status].gate.rules) for status in lifecycle.line()[1:]]
    return set.intersection(*later)


def test_what_every_gate_asks_for_is_said_once() -> None:
    """Below the table, for all statuses after the first."""
    sentence = re.search(r"^Every gate from (\w+) on .*$", LIFE_CYCLE.read_text(encoding="utf-8"), re.MULTILINE)

    assert sentence
    assert sentence[1] == lifecycle.line()[1]
    assert [f"rule `{rule}`" for rule in rules_of_every_gate()] == re.findall(r"rule `[a-z-]+`", sentence[0])


def test_the_moves_are_the_schemas() -> None:
    """Free ones first, then those with a note, then those of the light track."""
    expected = []
    for status in lifecycle.statuses().values():
        free = [move.to for move in status.moves if not move.note and move.track is None]
        light = [move.to for move in status.moves if move.track == "light"]
        noted = [move.to for move in status.moves if move.note]
        parts = [
            ", ".join("where it came from" if to == lifecycle.PREVIOUS else f"`{to}`" for to in free),
            "on the light track " + ", ".join(f"`{to}`" for to in light) if light else "",
            "with a note " + ", ".join(f"`{to}`" for to in noted) if noted else "",
        ]
        expected.append([f"`{status.name}`", "; ".join(filter(None, parts)) or "nowhere: it is the end"])
    assert expected == table(LIFE_CYCLE, "From")


def test_the_light_gate_is_the_schemas() -> None:
    """The sentence about the light track names its parts, in their order."""
    source = LIFE_CYCLE.read_text(encoding="utf-8")
    said = source.partition("asks at the end for\n")[2].partition("\n")[0]

    assert [part.title for part in lifecycle.light_gate().parts] == code(said)
    assert all(f"rule `{rule}`" in source for rule in lifecycle.light_gate().rules)


def test_smart_is_the_schemas() -> None:
    """The five letters, each with the field that answers it."""
    rows = table(LIFE_CYCLE, "Letter")

    assert [f"{each.letter}, {each.word}" for each in lifecycle.smart_letters()] == [row[0] for row in rows]
    assert all(".".join(each.route) in code(row[1]) for each, row in zip(lifecycle.smart_letters(), rows, strict=True))


def test_the_example_of_a_score_adds_up() -> None:
    """Inputs, shares, weights and points, as the grid computes them with the default weights."""
    shares = default("config", ("scoring", "weights"))
    inputs = grid.Inputs(value=4, effort=2, urgency=3, risk=1)
    found = grid.score(inputs, grid.Weights(**shares), grid.Lights(**default("config", ("scoring", "lights"))))
    expected = [
        [name, str(getattr(inputs, name)), f"{share:.2f}", f"{shares[name]:.2f}", f"{getattr(found.parts, name):.2f}"]
        for name, share in zip(grid.CRITERIA, inputs.utilities(), strict=True)
    ]
    expected.append(["**score**", "", "", "", f"**{found.total:.2f}**"])

    assert expected == table(pages_named("score.md"), "Criterion")


def test_rules_that_the_guides_name_exist() -> None:
    """Where a rule is spoken of, and in the table of limits, it goes by its own name."""
    for page in PAGES:
        for name in re.findall(r"(?:rule|reports) `([a-z]+(?:-[a-z]+)+)`", prose(page)):
            assert name in RULE_NAMES, f"{page.name}: {name}"
    limits = {cell[1].partition("`:")[0].strip("`") for cell in table(pages_named("maintain.md"), "Limit")}
    assert limits <= RULE_NAMES
