"""The MkDocs plugin: MkDocs builds the frames and the hand-written pages, cireg everything else.

For each kind of page MkDocs builds an empty one, which becomes the `Shell` of all pages of that kind. Nothing of
the site that is there is touched before the new one is whole and every link in it leads somewhere.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Set
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, time
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, PluginError
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import AnchorLink, TableOfContents
from mkdocs.utils import CountHandler

from cireg import lint, opening
from cireg.errors import CiregError
from cireg.findings import Finding
from cireg.layout import CONFIG, IMPROVEMENTS, KPIS, TEMPLATES
from cireg.site import content, csp, reference, shell
from cireg.site.assembly import Assembly
from cireg.site.page import ASSETS, FOLDERS, SINGLES, WIDE, Site, left_out
from cireg.site.run import current
from cireg.site.templates import Templates

if TYPE_CHECKING:
    from mkdocs.livereload import LiveReloadServer

_LAST = -100  # after every other plugin
_LISTED = 10


class Options(Config):  # type: ignore[no-untyped-call]  # MkDocs leaves its __init_subclass__ untyped
    """What mkdocs.yml may say to the plugin: nothing; the register's own settings are in cireg.yaml."""


class CiregPlugin(BasePlugin[Options]):  # type: ignore[no-untyped-call]  # likewise
    """One build of the site; MkDocs makes a new one for every build."""

    def on_config(self, config: MkDocsConfig) -> None:
        self.run = current()
        self.run.failure, self.run.refused = None, False
        self.root = Path(config.config_file_path).resolve().parent
        if not (self.root / CONFIG).is_file():
            raise PluginError(f"there is no {CONFIG} beside mkdocs.yml")
        if not config.use_directory_urls:
            raise PluginError("use_directory_urls must be true: pages of the register are folders")
        with _as_plugin_errors():
            self._open()
        self.left_out = left_out(money=self.register.config.get("publish", "money") is not False)
        config.nav = _without(config.nav, {_path(kind) for kind in self.left_out}, Path(config.docs_dir))
        styles = (ASSETS + name for name, _ in self.site.templates.assets() if name.endswith(".css"))
        config.extra_css = [*config.extra_css, *styles]

    def _open(self) -> None:
        """Read the register and judge it."""
        run = self.run
        run.opened = opening.open_at(self.root, run.today, at=run.at)
        self.register = run.opened.register
        self.register.history = opening.history_of(run.opened)
        run.findings = lint.check(self.register)
        run.refused = bool(run.errors) and not run.draft
        if run.refused:
            raise PluginError(_refusal(run.errors))
        templates = Templates(self.root / TEMPLATES, str(self.register.config.get("language")))
        self.site = Site(templates, run.draft, opening.folder_in_repository(self.root))

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Let MkDocs build beside the site that is there."""
        self.empty: dict[str, str] = {}
        base = urlsplit(config.site_url or "/").path or "/"
        self.run.folder = Path(config.site_dir)
        self.assembly = Assembly(self.run.folder, base=base, texts_as_html=_texts_as_html(config))
        config.site_dir = str(self.assembly.new)
        self.warnings = CountHandler(level=logging.WARNING)
        logging.getLogger("mkdocs").addHandler(self.warnings)

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add an empty page for each kind, and the style sheets and scripts; a page in docs/ stands over ours."""
        for kind in chain(SINGLES, FOLDERS):
            path = _path(kind)
            if files.get_file_from_path(path) is None and kind not in self.left_out:
                listed = kind in SINGLES and config.nav is None
                place = InclusionLevel.INCLUDED if listed else InclusionLevel.NOT_IN_NAV
                title = kind.capitalize() if kind in SINGLES else shell.TITLE
                text = f"---\ndescription: {shell.DESCRIPTION}\n{_room(kind)}---\n# {title}\n"
                files.append(File.generated(config, path, content=text, inclusion=place))
                self.empty[path] = kind
        for name, source in self.site.templates.assets():
            files.append(File.generated(config, ASSETS + name, abs_src_path=str(source)))
        return files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """A page stands in the menu where the list is that leads to it."""
        for path, kind in self.empty.items():
            if kind in FOLDERS:
                url = FOLDERS[kind] if FOLDERS[kind] in SINGLES.values() else SINGLES["register"]
                empty, leading = files.get_file_from_path(path), files.get_file_from_path(url.rstrip("/") + ".md")
                if empty is not None and leading is not None and leading.page is not None:
                    MkDocsPage(None, empty, config).parent = leading.page.parent
        return nav

    def on_page_content(self, html: str, *, page: MkDocsPage, **_: Any) -> str:
        """An empty page has one heading of each kind to copy, and the mark where a body goes."""
        if page.file.src_uri not in self.empty:
            return html
        top, alone, section, part = (
            AnchorLink(text, id_, level)
            for text, id_, level in (
                (shell.TITLE, shell.TOP, 1),
                (shell.ALONE + shell.TEXT, shell.ALONE + shell.ID, 2),
                (shell.SECTION + shell.TEXT, shell.SECTION + shell.ID, 2),
                (shell.PART + shell.TEXT, shell.PART + shell.ID, 3),
            )
        )
        top.children, section.children = [alone, section], [part]
        page.toc = TableOfContents([top])
        page.present_anchor_ids = None  # known once it is filled; every link is looked at then
        return shell.EMPTY_BODY

    def on_page_context(self, context: Any, **_: Any) -> Any:
        """No page shows the time of its building."""
        context["build_date_utc"] = datetime.combine(self.register.as_of, time(), UTC)
        return context

    @event_priority(_LAST)
    def on_post_page(self, output: str, *, page: MkDocsPage, **_: Any) -> str:
        """Put the policy on the page; an empty one becomes the frame of its kind."""
        html = csp.protect(output)
        kind = self.empty.get(page.file.src_uri)
        if kind is None:
            self.assembly.add_page(page.url, html)
        else:
            with _as_plugin_errors():
                self.assembly.add_frame(kind, page.url, html)
        return html

    @event_priority(_LAST)
    def on_post_template(self, output_content: str, *, template_name: str, **_: Any) -> str:
        """Put the policy on the theme's own pages, such as 404.html."""
        if not template_name.endswith(".html"):
            return output_content
        html = csp.protect(output_content)
        self.assembly.add_page(template_name, html)
        return html

    @event_priority(_LAST)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Fill the frames, and put the new site in the place of the old one."""
        about = self.register, self.run.findings, self.site
        with _as_plugin_errors():
            self.assembly.fill(content.pages(*about))
            self.assembly.fill(reference.pages(self.site))
            self.assembly.add_assets(content.assets(*about))
            self.assembly.index(config.site_url or "", self.register.as_of)
            if not (config.strict and self.warnings.get_counts()):  # else MkDocs ends the build with an error
                self.run.changes = self.assembly.publish()
        config.site_dir = str(self.assembly.folder)
        self._end()

    def on_build_error(self, **_: Any) -> None:
        """Leave nothing of a site that did not come about."""
        self._end()

    def _end(self) -> None:
        if hasattr(self, "assembly"):
            self.assembly.discard()
            logging.getLogger("mkdocs").removeHandler(self.warnings)

    def on_serve(self, server: LiveReloadServer, **_: Any) -> LiveReloadServer:
        """Build again when the register or its templates change; what cannot be built leaves the site as it was."""
        build = server.builder

        def build_or_keep() -> None:
            # MkDocs would answer no request until it can build again.
            with suppress(Abort):
                build()

        server.builder = build_or_keep
        for name in (CONFIG, IMPROVEMENTS, KPIS, TEMPLATES):
            if (self.root / name).exists():
                server.watch(str(self.root / name))
        return server


def _path(kind: str) -> str:
    """The file in docs/ that MkDocs takes a kind's empty page for."""
    return FOLDERS[kind] + shell.NAME + ".md" if kind in FOLDERS else (SINGLES[kind].rstrip("/") or "index") + ".md"


def _without(nav: Any, paths: Set[str], docs: Path) -> Any:
    """The menu without pages that there are none of, and without what is empty then."""
    gone = {path for path in paths if not (docs / path).is_file()}
    if isinstance(nav, list):
        return [kept for each in nav if (kept := _without(each, paths, docs)) not in ([], {}, None)]
    if isinstance(nav, dict):
        return {title: kept for title, each in nav.items() if (kept := _without(each, paths, docs)) not in ([], None)}
    return None if nav in gone else nav


@contextmanager
def _as_plugin_errors() -> Iterator[None]:
    """What ends a build is said as MkDocs says it, and kept for who asked for the build."""
    try:
        yield
    except CiregError as error:
        current().failure = error
        raise PluginError(f"{error.message}\n  {error.hint}" if error.hint else error.message) from error


def _texts_as_html(config: MkDocsConfig) -> bool:
    """Whether the search puts the texts of its index into a page as they are: all but MkDocs' own may."""
    plugin = config.plugins.get("search")
    return not type(plugin).__module__.startswith("mkdocs.contrib.search")


def _room(kind: str) -> str:
    """What themes that know how leave out beside a page with a wide table."""
    beside = WIDE.get(kind, ())
    return f"hide: [{', '.join(beside)}]\n" if beside else ""


def _refusal(errors: list[Finding]) -> str:
    """Why a register is not built, with its first errors."""
    lines = [
        f"{error.place.path}:{error.place.line}:{error.place.column}: {error.code} {error.message}"
        for error in errors[:_LISTED]
    ]
    more = len(errors) - len(lines)
    lines += [f"and {more} more; cireg check shows them all"] if more else []
    count = f"{len(errors)} error{'s' * (len(errors) > 1)}"
    return "\n  ".join([f"the register has {count}; `cireg build --draft` builds it all the same", *lines])
