"""Real git repositories for tests: made in a folder of the test's own, with nothing of the machine's configuration."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from tests import small_register

NOON = "2026-11-23T12:00:00Z"


class Repository:
    """A work tree and the git in it; every commit is made at a time that is given."""

    def __init__(self, folder: Path, *, make: bool = True) -> None:
        self.folder = folder
        if make:
            folder.mkdir(parents=True, exist_ok=True)
            self.git("init", "-q", "-b", "main")

    def git(self, *arguments: str, at: str = NOON, who: str = "desk", input_: bytes = b"") -> str:
        """What git prints, without white space at its end."""
        env = {
            **{name: value for name, value in os.environ.items() if not name.startswith("GIT_")},
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
            **{f"GIT_{role}_NAME": who for role in ("AUTHOR", "COMMITTER")},
            **{f"GIT_{role}_EMAIL": f"{who}@example.org" for role in ("AUTHOR", "COMMITTER")},
            **{f"GIT_{role}_DATE": at for role in ("AUTHOR", "COMMITTER")},
        }
        command = ["git", "-c", "protocol.file.allow=always", "-c", "core.autocrlf=false", *arguments]
        done = subprocess.run(command, cwd=self.folder, env=env, input=input_, check=True, capture_output=True)
        return os.fsdecode(done.stdout).strip()

    def write(self, files: Mapping[str, bytes | str | None]) -> None:
        """Put these files into the work tree; None takes one away."""
        for path, content in files.items():
            target = self.folder / path
            if content is None:
                target.unlink()
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content.encode() if isinstance(content, str) else content)

    def commit(
        self, files: Mapping[str, bytes | str | None], *, at: str = NOON, who: str = "desk", subject: str = "a change"
    ) -> str:
        """Commit these files and everything else that lies there; returns the full id."""
        self.write(files)
        self.git("add", "--all")
        self.git("commit", "-q", "--allow-empty", "-m", subject, at=at, who=who)
        return self.git("rev-parse", "HEAD")

    def clone(self, folder: Path, *options: str) -> Repository:
        """A clone of it, by the way that a network would take."""
        self.git("clone", "-q", *options, f"file://{self.folder}", str(folder))
        return Repository(folder, make=False)


def register(folder: Path) -> Repository:
    """A repository that is a register of one proposal, in one commit."""
    made = Repository(folder)
    made.commit({"cireg.yaml": small_register.CONFIG, **small_register.files(small_register.fields())})
    return made
