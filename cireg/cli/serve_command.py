"""`cireg serve`."""

from __future__ import annotations

from pathlib import Path

import click

from cireg.cli.build_command import tell
from cireg.cli.session import today_option
from cireg.layout import find_root
from cireg.site import mkdocs_build
from cireg.site.run import Run


@click.command("serve")
@click.option("--draft", is_flag=True, help="Show a register with errors too, with the errors on its pages.")
@click.option("--address", metavar="HOST:PORT", help="Where to listen. Default: 127.0.0.1:8000.")
@click.option("--open", "open_browser", is_flag=True, help="Open the site in a browser.")
@today_option
def command(draft: bool, address: str | None, open_browser: bool, today: str | None) -> None:
    """Build the site and show it while you write.

    \b
      cireg serve
      cireg serve --draft --open
      cireg serve --address 127.0.0.1:8123

    The site is built again whenever a file of the register, a template or a guide changes. Ctrl+C ends it.
    """
    run = Run(today=today, draft=draft)
    root = find_root(Path.cwd())
    if not mkdocs_build.serve(root, run, tell, address=address, open_browser=open_browser):
        raise SystemExit(1)
