"""Starts git: nothing of the caller's environment, of a repository's settings or of a hostile name is obeyed."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from datetime import UTC, date, datetime, tzinfo
from functools import cached_property
from pathlib import Path

from cireg.errors import CiregError

TIMEOUT = 120  # seconds

# Nothing here runs a program, follows a setting of the repository that would, or asks anybody anything.
_OPTIONS = (
    "--no-pager",
    "--literal-pathspecs",
    *("-c", "core.fsmonitor="),
    *("-c", f"core.hooksPath={os.devnull}"),
    *("-c", "log.showSignature=false"),
    *("-c", "log.showRoot=true"),
)
_ENVIRONMENT = {
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "LC_ALL": "C",
}
# What the user's own environment may still say: which configuration to read, where to look for a repository.
_KEPT = re.compile(r"GIT_CONFIG_.+|GIT_CEILING_DIRECTORIES|GIT_DISCOVERY_ACROSS_FILESYSTEM")
COMMIT = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_DUBIOUS = re.compile(r"dubious ownership in repository at '(.*)'")


class Process:
    """Git, started in a folder, once for each question.

    Every question raises `CiregError` for a repository that git will not trust, or an answer that takes too
    long. Names are decoded as the file system's are, so that any bytes survive.
    """

    def __init__(self, folder: Path | str) -> None:
        self.folder = Path(os.path.abspath(folder))

    def ask(self, *arguments: str) -> bytes | None:
        """What git answers; None where it cannot."""
        done = self.run(*arguments)
        return None if done is None or done.returncode else done.stdout

    def must(self, *arguments: str, input_: bytes = b"") -> bytes:
        """What git answers; `CiregError` where it cannot."""
        done = self.run(*arguments, input_=input_)
        if done is None or done.returncode:
            raise failure(done)
        return done.stdout

    def run(self, *arguments: str, input_: bytes = b"") -> subprocess.CompletedProcess[bytes] | None:
        """Run git in the folder; None where there is no git or the arguments cannot be said to it."""
        program = self._program
        if program is None or any("\0" in argument for argument in arguments):
            return None
        command = [program, "-C", str(self.folder), *_OPTIONS, *arguments]
        try:
            done = subprocess.run(
                command,
                input=input_,
                capture_output=True,
                env=self._environment,
                timeout=TIMEOUT,
                check=False,
            )
        except UnicodeEncodeError:
            return None
        except subprocess.TimeoutExpired as error:
            raise CiregError(f"git {arguments[0]} took longer than {TIMEOUT} seconds") from error
        except OSError as error:
            raise CiregError(f"git does not start: {error.strerror}") from error
        if done.returncode and (dubious := _DUBIOUS.search(os.fsdecode(done.stderr))):
            raise CiregError(
                f"git does not trust '{dubious[1]}': it belongs to another user",
                f"git config --global --add safe.directory {shlex.quote(dubious[1])}",
            )
        return done

    @cached_property
    def _program(self) -> str | None:
        """Git's path, looked up in PATH alone: a stranger's git in the current folder is never run."""
        name = "git.exe" if os.name == "nt" else "git"
        candidates = (os.path.join(folder, name) for folder in os.get_exec_path() if os.path.isabs(folder))
        return next((path for path in candidates if os.path.isfile(path) and os.access(path, os.X_OK)), None)

    @cached_property
    def _environment(self) -> dict[str, str]:
        kept = {
            name: value for name, value in os.environ.items() if not name.startswith("GIT_") or _KEPT.fullmatch(name)
        }
        return kept | _ENVIRONMENT


def items(answer: bytes) -> list[str]:
    """The strings of an answer in which each ends in a NUL."""
    return os.fsdecode(answer).split("\0")[:-1]


def failure(done: subprocess.CompletedProcess[bytes] | None) -> CiregError:
    """What git said, in its first line."""
    said = os.fsdecode(done.stderr).strip().partition("\n")[0] if done else ""
    return CiregError(f"git cannot read this repository: {said or 'no reason given'}")


def day_of(seconds: str, zone: tzinfo) -> date | None:
    """The day of an instant; None for one beyond the calendar, as a forged commit may carry."""
    try:
        return datetime.fromtimestamp(int(seconds), UTC).astimezone(zone).date()
    except (ValueError, OverflowError, OSError):
        return None
