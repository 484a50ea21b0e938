"""Writes docs/reference/commands.md from what `cireg COMMAND --help` says, so that the page cannot say anything else.

    python scripts/command_reference.py            writes the page
    python scripts/command_reference.py --check    exits 1 if the page is not what would be written

What all commands have in common is said here, in `HEAD`.
"""

import argparse
import io
import os
import sys
from contextlib import redirect_stdout
from pathlib import Path

from cireg.cli import COMMANDS, cli

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "reference" / "commands.md"

HEAD = """\
# Commands

What `cireg COMMAND --help` says, for every command.

Commands work in the register that the current folder is in: they look for `cireg.yaml` here and in the folders above.

## What they have in common

**Output.** What was asked for goes to standard output, messages go to standard error.
JSON has `schema_version` and `as_of`, is sorted, and is the same for the same register.
Colours are used on a terminal only; `NO_COLOR` switches them off, `FORCE_COLOR` on.

**Exit codes.**

| Code | Meaning |
|---|---|
| 0 | It is fine. |
| 1 | An error was found; with `check --strict` a warning too. An import rejected rows. The site was not built. |
| 2 | The command was called wrongly, or could not be carried out at all. |

A command that only reads uses what could be read and says on standard error how much could not.
Only `build` refuses a register with errors, unless it is told `--draft`.

**The day.** What is overdue depends on which day it is. Commands that read take the first of these:

1. `--today DATE`, or `--today now` for the clock;
2. the environment variable `CIREG_TODAY`, likewise;
3. the environment variable `SOURCE_DATE_EPOCH`, in seconds;
4. the day of the last commit, when the register's files are as they were committed;
5. the clock, in the register's time zone.

So the same commit gives the same answer next year, and a check that runs every day says `--today now`.
Commands that write take the clock.
"""


def page() -> str:
    """The whole page."""
    parts = [HEAD]
    for name, summary in COMMANDS.items():
        parts.append(f"\n## {name}\n\n{summary}\n\n```text\n{help_of(name)}\n```\n")
    return "".join(parts)


def help_of(name: str) -> str:
    """What a command says of itself on a terminal of 80 columns."""
    said = io.StringIO()
    with redirect_stdout(said):
        cli([name, "--help"], prog_name="cireg", standalone_mode=False)
    return said.getvalue().strip()


def main() -> None:
    options = argparse.ArgumentParser(description="Write docs/reference/commands.md from the commands' own help.")
    options.add_argument("--check", action="store_true", help="write nothing; exit 1 if the page is out of date")
    check = options.parse_args().check
    os.environ["COLUMNS"] = "80"
    wanted = page()
    if not check:
        PAGE.parent.mkdir(parents=True, exist_ok=True)
        PAGE.write_text(wanted, encoding="utf-8", newline="\n")
    elif not PAGE.is_file() or PAGE.read_text(encoding="utf-8") != wanted:
        sys.exit(f"{PAGE.relative_to(ROOT)} is out of date; python scripts/command_reference.py writes it anew")


if __name__ == "__main__":
    main()
