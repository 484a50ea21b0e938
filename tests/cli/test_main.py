"""The command line as a whole: what there is, how it ends, and what it prints to whom."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from cireg import __version__
from cireg.cli import COMMANDS, cli
from tests.running import ROOT, call, environment, program
from tests.small_register import fields, files, text, write

DAY = ("--today", "2026-11-23")


def present() -> list[str]:
    """The commands whose modules are there."""
    return [name for name in COMMANDS if (ROOT / f"cireg/cli/{name}_command.py").is_file()]


def test_help_lists_every_command_with_its_sentence(tmp_path: Path) -> None:
    """In the order in which people meet them, and what to start with."""
    done = call(tmp_path, "--help")
    lines = [line.split(None, 1) for line in done.out.splitlines()]

    assert (0, "") == (done.code, done.err)
    assert [[name, sentence] for name, sentence in COMMANDS.items()] == [
        line for line in lines if line and line[0] in COMMANDS
    ]
    assert "Start with: cireg init my-register." in done.out


def test_help_loads_no_command(tmp_path: Path) -> None:
    """Nor the schemas, nor YAML: it is shown at once."""
    code = (
        "import sys\nfrom cireg.cli import cli\n"
        "try:\n    cli.main(['--help'], prog_name='cireg')\nexcept SystemExit:\n    pass\n"
        "print([name for name in ('yaml', 'jsonschema', 'jsonschema_rs', 'numpy', 'jinja2', 'mkdocs', 'cireg.rules',"
        " 'cireg.schema', 'json') if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=environment(PYTHONPATH=str(ROOT)),
        capture_output=True, text=True, check=True,
    )  # fmt: skip

    assert "[]\n" == done.stderr


@pytest.mark.parametrize("name", present())
def test_every_command_has_help_that_starts_with_examples(tmp_path: Path, name: str) -> None:
    """What to type stands before what it all means; the sentence is that of the table."""
    done = call(tmp_path, name, "--help")
    paragraphs = done.out.split("\n\n")

    assert (0, "") == (done.code, done.err)
    assert paragraphs[0].startswith(f"Usage: cireg {name} ")
    assert any(line.strip().startswith(f"cireg {name}") for line in paragraphs[2].splitlines()), paragraphs[:3]
    assert done == call(tmp_path, name, "-h")


@pytest.mark.parametrize("name", present())
def test_a_commands_own_help_begins_as_its_sentence_in_the_table(name: str) -> None:
    """The table is what --help shows without loading the command."""
    command = cli.get_command(None, name)  # type: ignore[arg-type]  # the context is not looked at
    assert command is not None
    assert command.help is not None

    assert COMMANDS[name].split()[0] == command.help.split()[0]
    assert COMMANDS[name].endswith(".")


def test_the_version_is_the_packages(tmp_path: Path) -> None:
    """Of the command and of the module alike."""
    assert f"cireg, version {__version__}\n" == call(tmp_path, "--version").out == program(tmp_path, "--version").out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["chekc"], "There is no command 'chekc'. Did you mean check?"),
        (["zzz"], "There is no command 'zzz'."),
        (["check", "--fromat", "json"], "No such option '--fromat'"),
        (["check", "--format", "yaml"], "Invalid value for '--format'"),
        (["rank", "extra"], "Got unexpected extra argument (extra)"),
        (["explain"], "Missing argument 'RULE'"),
    ],
)
def test_wrong_usage_is_2_and_says_what_is_meant(tmp_path: Path, arguments: list[str], message: str) -> None:
    """On stderr; nothing on stdout."""
    done = call(tmp_path, *arguments)

    assert (2, "") == (done.code, done.out)
    assert message in done.err


def test_without_a_command_it_shows_what_there_is(tmp_path: Path) -> None:
    """It is no success, for nothing was asked for."""
    done = call(tmp_path)

    assert 2 == done.code
    assert "check" in done.out + done.err


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such device")
@pytest.mark.parametrize(("name", "code"), [("rules", 0), ("rank", 0), ("check", 1)])
def test_a_reader_that_has_seen_enough_changes_no_exit_code(tmp_path: Path, name: str, code: int) -> None:
    """`cireg check | head` still says that there are errors, and no traceback is printed."""
    write(tmp_path, files(*(fields(id=f"CI-{n:04}", ownr="x") for n in range(60))))
    options = () if name == "rules" else DAY
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [sys.executable, "-m", "cireg", name, *options], cwd=tmp_path, env=environment(PYTHONPATH=str(ROOT)),
        stdout=writer, stderr=subprocess.PIPE, text=True, check=False,
    )  # fmt: skip
    os.close(writer)

    assert code == done.returncode
    assert "Traceback" not in done.stderr
    assert "Error" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this machine has no device that is always full")
def test_a_full_disk_is_said_in_a_line(tmp_path: Path) -> None:
    """Exit code 2: it is the environment's fault."""
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "cireg", "rules"], cwd=tmp_path, env=environment(PYTHONPATH=str(ROOT)),
            stdout=full, stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip

    assert (2, "cireg: No space left on device\n") == (done.returncode, done.stderr)


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps a folder that is in use")
def test_a_current_folder_that_is_gone_is_said_in_a_line(tmp_path: Path) -> None:
    """As after a branch was switched in another window."""
    folder = tmp_path / "gone"
    folder.mkdir()
    code = f"import os; os.rmdir({str(folder)!r}); from cireg.cli import main; main(['check'])"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, env=environment(PYTHONPATH=str(ROOT)), capture_output=True, text=True,
        check=False,
    )  # fmt: skip

    assert (2, "cireg: No such file or directory\n") == (done.returncode, done.stderr)


def test_output_is_utf_8_whatever_the_machine_speaks(tmp_path: Path) -> None:
    """A title in another script neither stops a command nor becomes question marks."""
    write(tmp_path, files(fields("assessed", title="Prüfen 漢字 😀")))
    done = program(tmp_path, "rank", *DAY, LC_ALL="C", PYTHONUTF8="0", PYTHONIOENCODING="cp1252")

    assert 0 == done.code
    assert "Prüfen 漢字 😀" in done.out


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
def test_a_name_that_is_no_text_is_printed_as_an_escape(tmp_path: Path) -> None:
    """In the text and in the message of an error."""
    write(tmp_path, {})
    (tmp_path / "improvements").mkdir()
    (tmp_path / os.fsdecode(b"improvements/caf\xe9.yaml")).write_text("a: b: c\n")

    assert "improvements/caf\\udce9.yaml:1:5: error CI001 " in program(tmp_path, "check", *DAY).out
    assert "cireg: there is no caf\\udce9\n" == program(tmp_path, "check", *DAY, os.fsdecode(b"caf\xe9")).err


def test_commands_that_read_use_what_could_be_read_and_count_the_rest(tmp_path: Path) -> None:
    """Only `check` tells what is wrong, and only it fails."""
    write(tmp_path, {"improvements/CI-0001.yaml": text(fields("assessed")), "improvements/CI-0002.yaml": "a: &x 1\n"})
    done = call(tmp_path, "rank", *DAY)

    assert 0 == done.code
    assert "CI-0001" in done.out
    assert "1 of 3 files could not be used: cireg check says why\n" == done.err
    assert 1 == call(tmp_path, "check", *DAY).code
