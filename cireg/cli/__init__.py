"""The `cireg` command: what there is to call, each command in a module of its own that is loaded when it is called."""

from __future__ import annotations

import gc
import os
import sys
from importlib import import_module
from typing import Any, NoReturn

import click

from cireg import __version__
from cireg.errors import CiregError

# A register is read once and holds no cycles, so that looking for some again and again would only take time.
_ALLOCATIONS = 200_000  # between two looks; the default is 700

# Every command with its one sentence, in the order in which people meet them.
COMMANDS = {
    "init": "Make a new register.",
    "new": "Propose an improvement.",
    "move": "Move improvements to another status.",
    "approve": "Write down a decision on an improvement's plan.",
    "renumber": "Give an improvement a new id, where two have the same.",
    "check": "Check the register: every fault at its line and column.",
    "rules": "List what is checked.",
    "explain": "Explain a rule, with a bad and a good example.",
    "list": "List improvements.",
    "show": "Show one improvement, whole.",
    "rank": "Show the order of the list, and how stable it is.",
    "agenda": "Show what the next meeting has to decide.",
    "kpi": "Show a KPI's chart in figures: limits, signals, what it says.",
    "measure": "Add a reading to a KPI.",
    "verdict": "Say whether an improvement worked, by its readings.",
    "spot": "Show where an improvement is called for.",
    "money": "Show what improvements cost and bring in, and their return.",
    "flow": "Show how improvements flow: times, what is stuck, forecasts.",
    "audit": "Show the trail of an improvement, from trigger to result.",
    "codeowners": "Write CODEOWNERS from the owners of practices and services.",
    "import": "Bring improvements in from a CSV or XLSX file.",
    "from-issue": "Take in what somebody without git has written.",
    "export": "Write improvements as CSV, XLSX, JSON or NDJSON.",
    "diff": "Show what a branch changes, in the register's own words.",
    "build": "Build the site.",
    "serve": "Build the site and show it while you write.",
}

EPILOG = "Start with: cireg init my-register. Each command tells more: cireg COMMAND --help."


class Commands(click.Group):
    """The commands, in the order of the table; a module is imported when its command is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"cireg.cli.{cmd_name.replace('-', '_')}_command")
        found: click.Command = module.command
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            import difflib

            near = difflib.get_close_matches(args[0], COMMANDS, n=1)
            hint = f" Did you mean {near[0]}?" if near else ""
            raise click.UsageError(f"There is no command {args[0]!r}.{hint}", ctx)
        return super().resolve_command(ctx, args)


@click.group(cls=Commands, epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="cireg")
@click.pass_context
def cli(ctx: click.Context) -> None:
    """A continual improvement register that lives in git.

    Every improvement is a YAML file. cireg checks them, ranks them and publishes them as a site.
    """
    ctx.color = _colour()


def _colour() -> bool | None:
    """Colours as NO_COLOR and FORCE_COLOR say; None leaves it to whether the output is a terminal."""
    if os.environ.get("NO_COLOR"):
        return False
    return True if os.environ.get("FORCE_COLOR") not in (None, "", "0") else None


def main(arguments: list[str] | None = None) -> Any:
    """Run the command line; exits 0 when fine, 1 when an error was found, 2 for usage and environment."""
    gc.set_threshold(_ALLOCATIONS)
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        return cli.main(args=arguments, prog_name="cireg")
    except CiregError as error:
        _end(error)
    except OSError as error:
        # A full disk, a folder that is gone: nothing that the register's files could bring about.
        from cireg.cli.session import discard_output

        discard_output()  # what waits to be written could not be
        what = f"{error.filename}: " if error.filename else ""
        _end(CiregError(f"{what}{error.strerror or error}"))


def _end(error: CiregError) -> NoReturn:
    from cireg.cli.session import complain

    complain(error)
    sys.exit(2)
