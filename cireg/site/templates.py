"""The one Jinja2 environment: everything is escaped, nothing is undefined, and templates hold no logic."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from jinja2 import (
    Environment,
    FileSystemLoader,
    StrictUndefined,
    Template,
    TemplateError,
    TemplateRuntimeError,
    TemplateSyntaxError,
    Undefined,
    nodes,
)
from jinja2.compiler import CodeGenerator, Frame
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

from cireg.errors import CiregError
from cireg.layout import TEMPLATES, packaged
from cireg.site.catalogue import Catalogue

_SPECIAL = re.compile("[&<>'\"]")


class Templates:
    """The page templates: those in a register's own site_templates/ stand over the packaged ones."""

    def __init__(self, own: Path | None = None, language: str = "en") -> None:
        shared = packaged(TEMPLATES)
        extra = own is not None and own.is_dir() and not own.samefile(shared)
        self.folders = (own, shared) if own is not None and extra else (shared,)
        self.catalogue = Catalogue.read(self.folders, language)
        self._environment = _Environment(self.folders, self.t)
        self._compiled: dict[str, Template] = {}

    def render(self, name: str, /, **values: object) -> Markup:
        """The template `name`, such as "improvement.html.j2", with its values; safe HTML."""
        try:
            template = self._compiled.get(name)
            if template is None:
                template = self._compiled[name] = self._environment.get_template(name)
            return Markup(template.render(values))  # noqa: S704  # all that is in it was escaped on its way in
        except (TemplateError, AttributeError) as error:
            raise CiregError(f"the template {_place(error, name)} cannot be used: {error}") from error

    def t(self, key: str, /, **values: object) -> str:
        """A page string as plain text, for titles, descriptions and labels made in views."""
        return self.catalogue.t(key, **values)

    def assets(self) -> Iterator[tuple[str, Path]]:
        """The files under assets/, by their path in it, sorted; a register's own stand over the packaged."""
        found: dict[str, Path] = {}
        for folder in reversed(self.folders):
            base = folder / "assets"
            files = (path for path in base.rglob("*") if path.is_file() and not path.is_symlink())
            found.update((path.relative_to(base).as_posix(), path) for path in files)
        yield from sorted(found.items())


class _Generator(CodeGenerator):
    """Compiles what is put out to one call that judges and escapes it, where Jinja2 makes three.

    A block gathers what it puts out and hands it on as one piece: piece by piece each would pass through
    the generators of all blocks and templates around it.
    """

    def blockvisit(self, nodes: Iterable[nodes.Node], frame: Frame) -> None:
        outermost = frame.buffer is None
        if outermost:
            self.buffer(frame)
        super().blockvisit(nodes, frame)
        if outermost:
            self.writeline(f"yield concat({frame.buffer})")
            frame.buffer = None

    def _output_child_pre(self, *_: Any) -> None:
        self.write("environment.shown(")

    def _output_child_post(self, *_: Any) -> None:
        self.write(")")


class _Environment(Environment):
    """The environment for templates in `folders`, the first standing over the later ones."""

    code_generator_class = _Generator
    # An attribute is there, or it is a mistake: Jinja2 would look for an item of that name too.
    getattr = staticmethod(getattr)  # type: ignore[assignment]  # the same call

    def __init__(self, folders: tuple[Path, ...], t: Callable[..., str]) -> None:
        super().__init__(
            loader=FileSystemLoader(folders),
            autoescape=True,
            undefined=StrictUndefined,
            finalize=_judged,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self.globals = {"t": t}
        self.shown = shown
        self._t = t

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """Lets in only templates without a fault: what a register brings along runs no code of its own."""
        template = super()._parse(source, name, filename)
        for line, what in faults(template):
            raise TemplateSyntaxError(f"{what} is more than a template may do", line, name, filename)
        return _Said(self._t).visit(template)  # type: ignore[no-any-return]  # a template stays one


class _Said(NodeTransformer):
    """Puts strings without values in their places for good."""

    def __init__(self, t: Callable[..., str]) -> None:
        self._t = t

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802  # as Jinja2 calls it
        key = node.args[0]
        if node.kwargs or not isinstance(key, nodes.Const):
            return node
        return nodes.Const(self._t(key.value), lineno=node.lineno)


def shown(value: object) -> str:
    """A value as it stands in a page: text is escaped, unless it is safe HTML."""
    if type(value) is Markup:
        return value
    if type(value) is str:
        return escape(value) if _SPECIAL.search(value) else value
    return escape(_judged(value))


def _judged(value: object) -> object:
    """What may stand in a page: text and whole numbers. `None` and `True` in a page are always a mistake."""
    if isinstance(value, str | Undefined) or type(value) is int:
        return value
    raise TemplateRuntimeError(f"{value!r} is neither text nor a whole number")


def faults(template: nodes.Template) -> Iterator[tuple[int, str]]:
    """What goes beyond the language of the templates, by line.

    A template may show a name or an attribute, repeat over one, ask whether there is one or not, include,
    extend, open a block, and call t("key", name=value).
    """
    for node in _all(template):
        if not _is_allowed(node):
            yield node.lineno, type(node).__name__


def _all(node: nodes.Node) -> Iterator[nodes.Node]:
    """The nodes to judge; those that are judged whole stand for their parts."""
    yield node
    if _is_allowed(node) and not isinstance(node, nodes.Call | nodes.Include | nodes.Extends):
        for child in node.iter_child_nodes():
            yield from _all(child)


def _is_allowed(node: nodes.Node) -> bool:
    match node:
        case nodes.Template() | nodes.Output() | nodes.TemplateData() | nodes.Block() | nodes.Name():
            return True
        case nodes.Getattr(attr=name):
            return not name.startswith("_")
        case nodes.For():
            simple = isinstance(node.target, nodes.Name) and node.test is None and not node.recursive
            return simple and _is_value(node.iter)
        case nodes.If(test=nodes.Not(node=test)) | nodes.If(test=test) | nodes.Not(node=test):
            return _is_value(test)
        case nodes.Include() | nodes.Extends():
            return isinstance(node.template, nodes.Const)
        case nodes.Call(node=nodes.Name(name="t"), args=[nodes.Const(value=str())]):
            starred = node.dyn_args or node.dyn_kwargs
            return not starred and all(_is_value(each.value) for each in node.kwargs)
    return False


def _is_value(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Name) or (
        isinstance(node, nodes.Getattr) and _is_allowed(node) and _is_value(node.node)
    )


def _place(error: Exception, name: str) -> str:
    """The template and line where the error came up, as far as is known."""
    if isinstance(error, TemplateSyntaxError):
        return f"{error.name}:{error.lineno}"
    place, step = name, error.__traceback__
    while step is not None:
        path = Path(step.tb_frame.f_code.co_filename)
        if path.suffix == ".j2":
            place = f"{path.name}:{step.tb_lineno}"
        step = step.tb_next
    return place
