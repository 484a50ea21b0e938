"""Runs MkDocs for `cireg build` and `cireg serve`, and hands on what it has to say."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from cireg.errors import CiregError
from cireg.site.run import Run, running

MKDOCS = "mkdocs.yml"
PLUGIN = "cireg"

Say = Callable[[int, str], None]
"""Takes the warnings and errors of MkDocs, and what its server says, with the level as `logging` has it."""


def build(root: Path, run: Run, say: Say, *, site_dir: Path | None = None) -> bool:
    """Build the site of the register in `root`, strictly; tells whether it came about.

    `run` says what is wanted and takes what became of it. Raises `CiregError` where there is no mkdocs.yml, or
    one that does not use the plugin.
    """
    with _mkdocs(root, run, say):
        from mkdocs.commands.build import build as build_site
        from mkdocs.exceptions import Abort

        try:
            config = _load(root, site_dir=None if site_dir is None else str(site_dir.absolute()))
            config.plugins.on_startup(command="build", dirty=False)
            try:
                build_site(config)
            finally:
                config.plugins.on_shutdown()
        except Abort:
            return False
        return True


def serve(root: Path, run: Run, say: Say, *, address: str | None = None, open_browser: bool = False) -> bool:
    """Build the site and show it until the user ends it; tells whether the first build came about."""
    with _mkdocs(root, run, say):
        from mkdocs.commands.serve import serve as serve_site
        from mkdocs.exceptions import Abort

        try:
            _load(root, dev_addr=address)
            serve_site(str(root / MKDOCS), open_in_browser=open_browser, strict=True, dev_addr=address)
        except Abort:
            return False
        except OSError as error:
            raise CiregError(f"the site cannot be shown: {error.strerror}", "choose another address") from error
        return True


def _load(root: Path, **options: Any) -> Any:
    from mkdocs.config import load_config

    config = load_config(str(root / MKDOCS), strict=True, **options)
    if PLUGIN not in config.plugins:
        raise CiregError(f"{MKDOCS} does not use cireg", f"add it to its plugins: [search, {PLUGIN}]")
    return config


@contextmanager
def _mkdocs(root: Path, run: Run, say: Say) -> Iterator[None]:
    """MkDocs set up for a build: what it logs goes to `say`, and the theme prints no notice of its own."""
    if not (root / MKDOCS).is_file():
        raise CiregError(f"there is no {MKDOCS} in {root}", "cireg init writes one")
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "true")
    from mkdocs.exceptions import MkDocsException

    logger = logging.getLogger("mkdocs")
    handler = _Handler(say)
    level = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    try:
        with running(run):
            yield
    except MkDocsException as error:
        raise CiregError(f"{MKDOCS} cannot be used: {error}") from error
    finally:
        logger.removeHandler(handler)
        logger.setLevel(level)


class _Handler(logging.Handler):
    def __init__(self, say: Say) -> None:
        super().__init__()
        self._say = say

    def emit(self, record: logging.LogRecord) -> None:
        if record.levelno >= logging.WARNING or record.name == "mkdocs.livereload":
            self._say(record.levelno, record.getMessage())
