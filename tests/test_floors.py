"""The architecture: each module on its floor, importing only downwards, and one door for each outside thing."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "cireg"

# From the ground up. A name stands for the module or the package of that name, with all that is in it.
FLOORS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("plain data", ("errors", "findings")),
    ("text, numbers and figures: pure functions", (
        "text", "slug", "figures", "suggest", "patterns", "circles", "allpairs", "similar", "decoding", "scalars",
        "scoring",
    )),
    ("doors to the machine", ("files", "git", "clock", "layout", "sheets")),
    ("files as data, and data as files", (
        "source", "modeline", "spans", "splices", "canonical", "edit", "measure", "flow",
    )),
    ("what files may say", ("schema", "violations", "wording", "field_changes")),
    ("the register", (
        "record", "model", "register", "opening", "lifecycle", "gates", "money", "targets", "measuring", "flowing",
        "derived", "calibration", "planning", "verdict_words", "plan_words", "holding", "people", "facts", "commits",
        "history", "versions", "comparing", "approvals", "codeowners",
    )),
    ("what is right", ("rules", "lint")),
    ("what people do with it", (
        "ranking", "difference", "since", "health", "flow_words", "query", "columns", "blank", "changes", "create",
        "mending", "moving", "renumbering", "collisions", "approving", "waiting", "agenda", "trail", "deliver",
        "exporting", "importing", "issues", "kit", "scaffold", "report", "spotting",
    )),
    ("the site", ("site",)),
    ("the commands", ("cli", "__main__")),
)  # fmt: skip

# Who may import what comes from outside; a name that ends with "/" is a folder with all that is in it.
DOORS: dict[str, tuple[str, ...]] = {
    "yaml": ("source.py", "spans.py"),
    "jsonschema": ("schema.py",),
    "jsonschema_rs": ("schema.py",),
    "referencing": ("schema.py",),
    "jinja2": ("site/templates.py",),
    "markupsafe": ("site/",),
    "mkdocs": ("site/plugin.py", "site/mkdocs_build.py"),
    "markdown_it": ("site/markup.py",),
    "nh3": ("site/markup.py",),
    "click": ("cli/",),
    "subprocess": ("git/",),
    "zoneinfo": ("clock.py",),
    "csv": ("sheets/",),
    "python_calamine": ("sheets/",),
    "xlsxwriter": ("sheets/",),
    "zipfile": ("sheets/",),
    "xml": ("sheets/",),
    "numpy": ("scoring/stability.py",),
    "logging": ("cli/build_command.py", "site/"),
}
# What nobody may import: the network, code from data, a second clock, files of which nobody knows.
CLOSED = {
    "asyncio", "ctypes", "ftplib", "http", "marshal", "multiprocessing", "pickle", "requests", "sched", "shelve",
    "smtplib", "socket", "ssl", "tempfile", "threading", "time", "urllib3", "webbrowser",
}  # fmt: skip

# Who may do what needs no import.
WRITERS = ("files/", "site/output.py", "site/assembly.py")  # the latter two write the site, never the register
CLOCK = ("clock.py",)
TERMINAL = ("cli/",)
ENVIRONMENT = ("cli/", "git/process.py", "opening.py", "comparing.py", "site/mkdocs_build.py")

LONGEST = 300


@cache
def modules() -> dict[str, Path]:
    """The path of every module, by its dotted name."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        if "_data" not in path.parts:
            parts = path.relative_to(ROOT).with_suffix("").parts
            found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


@cache
def tree(name: str) -> ast.Module:
    """A module's syntax tree."""
    return ast.parse(modules()[name].read_text(encoding="utf-8"))


@cache
def walk(name: str) -> tuple[ast.AST, ...]:
    """Every node of a module's syntax tree."""
    return tuple(ast.walk(tree(name)))


def place(name: str) -> str:
    """A module's path in the package."""
    return modules()[name].relative_to(PACKAGE).as_posix()


def imports(nodes: Iterable[ast.AST]) -> Iterator[str]:
    """The dotted names that are imported, of a name in a module with the module's."""
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def own(name: str, nodes: Iterable[ast.AST]) -> set[str]:
    """The modules of this package that a module imports."""
    found = set()
    for full in imports(nodes):
        for candidate in (full, full.rpartition(".")[0]):
            if candidate in modules() and candidate not in ("cireg", name):
                found.add(candidate)
                break
    return found


def at_once(name: str) -> list[ast.AST]:
    """What runs when a module is imported: all of it but the bodies of functions, and what only types need."""
    found: list[ast.AST] = []
    waiting: list[ast.AST] = [tree(name)]
    while waiting:
        node = waiting.pop()
        found.append(node)
        for child in ast.iter_child_nodes(node):
            typing_only = isinstance(child, ast.If) and ast.unparse(child.test) == "TYPE_CHECKING"
            if not typing_only and not isinstance(child, ast.FunctionDef | ast.Lambda):
                waiting.append(child)
    return found


def floor(name: str) -> int | None:
    """The floor of a module, None where it has none; of the package itself, the ground."""
    short = name.removeprefix("cireg").removeprefix(".")
    if not short:
        return 0
    return next((n for n, (_, names) in enumerate(FLOORS) if short.split(".")[0] in names), None)


def allowed(path: str, doors: tuple[str, ...]) -> bool:
    """Whether a path is one of these files or in one of these folders."""
    return any(path == door or (door.endswith("/") and path.startswith(door)) for door in doors)


# The floors


def test_a_module_has_a_floor_and_imports_only_downwards() -> None:
    """From its own floor or a lower one; a new module has to say where it lives."""
    homeless = [name for name in modules() if floor(name) is None]
    upwards = {
        f"{name} imports {other}"
        for name in modules()
        for other in own(name, walk(name))
        if (floor(other) or 0) > (floor(name) or 0)
    }

    assert [] == homeless, "add it to FLOORS"
    assert set() == upwards


def test_every_floor_is_lived_on() -> None:
    """A module that was moved leaves no name behind, and none lives on two floors."""
    living = sorted({name.split(".")[1] for name in modules() if "." in name})

    assert living == sorted(name for _, names in FLOORS for name in names)


def test_no_modules_import_each_other_in_a_circle() -> None:
    """When they are imported; a function may look up what is complete by then."""
    waiting = {name: own(name, at_once(name)) for name in modules()}
    while free := [name for name, needs in waiting.items() if not (needs & waiting.keys())]:
        for name in free:
            del waiting[name]

    assert {} == waiting


# The doors


def test_what_is_outside_is_reached_through_its_one_door() -> None:
    """Whatever has to be done with care is done in one place."""
    outside = {(name, full.split(".")[0]) for name in modules() for full in imports(walk(name))}

    assert set() == {(name, each) for name, each in outside if each in DOORS and not allowed(place(name), DOORS[each])}
    assert set() == {(name, each) for name, each in outside if each in CLOSED}


def test_of_urllib_only_what_takes_addresses_apart_is_used() -> None:
    """The rest opens connections."""
    found = {full for name in modules() for full in imports(walk(name)) if full.split(".")[0] == "urllib"}

    assert set() == {full for full in found if not full.startswith("urllib.parse.")}


def test_every_door_is_there() -> None:
    """A door that nobody uses is a line to remove; one library is kept for reading workbooks."""
    used = {full.split(".")[0] for name in modules() for full in imports(walk(name))}
    paths = [place(name) for name in modules()]
    named = {door for doors in DOORS.values() for door in doors}

    assert set() == {door for door in named if not any(allowed(path, (door,)) for path in paths)}
    assert DOORS.keys() - used <= {"python_calamine"}


def calls(name: str) -> list[str]:
    """What a module calls, as it is written."""
    return [ast.unparse(node.func) for node in walk(name) if isinstance(node, ast.Call)]


def looked_up(name: str) -> set[str]:
    """Every attribute of a name that a module looks up, as it is written."""
    return {
        f"{node.value.id}.{node.attr}"
        for node in walk(name)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
    }


def outside(doors: tuple[str, ...]) -> list[str]:
    """The modules that are none of these."""
    return [name for name in modules() if not allowed(place(name), doors)]


_WRITES = re.compile(
    r"(^|\.)(write_text|write_bytes|mkdir|makedirs|touch|unlink|rmdir|rename|symlink_to|rmtree|copytree)$"
    r"|^(open|io\.open|os\.write|os\.replace)$"
)


def test_only_one_place_writes_files() -> None:
    """Replaced whole or not at all, never through a link; the site has a folder of its own."""
    assert [] == [(name, call) for name in outside(WRITERS) for call in calls(name) if _WRITES.search(call)]


def test_only_one_place_opens_files_by_the_system() -> None:
    """So that no link is followed and no pipe waited for; a command may open the device that swallows everything."""
    doors = ("files/", "cli/session.py")

    assert [] == [name for name in outside(doors) if "os.open" in calls(name)]


def test_only_one_place_asks_the_clock() -> None:
    """Every other takes the day that it is given."""
    asked = {"date.today", "datetime.now", "datetime.today", "datetime.utcnow", "date.fromtimestamp"}

    assert [] == [(name, call) for name in outside(CLOCK) for call in calls(name) if call in asked]


def test_only_commands_speak_to_the_terminal() -> None:
    """Everything else returns what is to be said."""
    streams = {"sys.stdout", "sys.stderr", "sys.stdin", "sys.argv", "sys.exit"}

    assert [] == [(name, call) for name in outside(TERMINAL) for call in calls(name) if call in ("print", "input")]
    assert [] == [(name, each) for name in outside(TERMINAL) for each in looked_up(name) & streams]


def test_only_a_few_look_at_the_environment() -> None:
    """What a machine has set changes nothing that nobody thought of."""
    asked = {"os.environ", "os.getenv", "os.environb"}

    assert [] == [(name, each) for name in outside(ENVIRONMENT) for each in looked_up(name) & asked]


def test_no_module_runs_what_it_reads() -> None:
    """Not a text as code, not a command through a shell."""
    running = ("eval", "exec", "compile", "__import__", "os.system", "os.popen")

    assert [] == [(name, call) for name in modules() for call in calls(name) if call in running]
    assert [] == [
        name for name in modules() for node in walk(name) if isinstance(node, ast.keyword) and node.arg == "shell"
    ]


@pytest.mark.parametrize("slow", ["numpy", "mkdocs", "jsonschema", "referencing"])
def test_what_is_slow_to_load_is_loaded_late(slow: str) -> None:
    """By the function that needs it; the site's own modules are loaded by the commands that build it."""
    early = [name for name in modules() if slow in {full.split(".")[0] for full in imports(at_once(name))}]

    assert [] == [name for name in early if not name.startswith("cireg.site")]


# House style


def test_a_module_opens_with_a_docstring_that_states_its_job() -> None:
    """A sentence or two; more may follow below."""
    opening = {name: (ast.get_docstring(tree(name)) or "").partition("\n\n")[0] for name in modules()}

    assert [] == [name for name, text in opening.items() if not text.endswith((".", "?"))]
    assert [] == [name for name, text in opening.items() if text.count("\n") > 3]


def test_a_module_has_at_most_300_lines() -> None:
    """What is longer has more than one purpose."""
    lengths = {name: path.read_text(encoding="utf-8").count("\n") for name, path in modules().items()}

    assert {} == {name: length for name, length in lengths.items() if length > LONGEST}


def test_a_module_is_named_by_what_it_is() -> None:
    """Not by what does not fit elsewhere."""
    vague = {"utils", "util", "helpers", "helper", "manager", "common", "misc"}

    assert [] == [name for name in modules() if vague & set(name.split("."))]


_PUT_OFF = re.compile(r"\b(?:TODO|FIXME|XXX|HACK)\b")
_SILENCED = re.compile(r"# noqa(?:: [A-Z0-9, ]+)?$|# type: ignore(?:\[[a-z, -]+\])?$", re.MULTILINE)


def test_nothing_is_put_off_and_no_check_is_silenced_without_a_reason() -> None:
    """The reason stands in the line."""
    texts = {name: path.read_text(encoding="utf-8") for name, path in modules().items()}

    assert [] == [name for name, text in texts.items() if _PUT_OFF.search(text) or _SILENCED.search(text)]


def test_what_others_call_is_described() -> None:
    """Each public function of a module; a class of data may speak for itself."""
    lacking = [
        f"{name}.{node.name}"
        for name in modules()
        for node in tree(name).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and not ast.get_docstring(node)
    ]

    assert [] == lacking
