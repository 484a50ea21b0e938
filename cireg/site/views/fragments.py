"""Small pieces of pages that come again and again: each is rendered once, by its own template."""

from __future__ import annotations

from markupsafe import Markup

from cireg.site.templates import Templates
from cireg.site.views.words import Choice, Words

NOTHING = Markup("")


class Fragments:
    """The pieces of one site, as safe HTML."""

    def __init__(self, templates: Templates, words: Words) -> None:
        self._templates = templates
        self._words = words
        self._made: dict[tuple[object, ...], Markup] = {}

    def badge(self, field: str, value: str) -> Markup:
        """A value of a field as a shape and a word in a frame."""
        return self._piece("badge.html.j2", field, value)

    def status(self, status: str, verdict: str | None) -> Markup:
        """A status, with the verdict where there is one."""
        if verdict is None:
            return self.badge("status", status)
        key = ("status", status, verdict)
        if key not in self._made:
            self._made[key] = Markup("\n").join((self.badge("status", status), self.badge("verdict", verdict)))
        return self._made[key]

    def light(self, light: str | None) -> Markup:
        """A light as a shape and a word; nothing for no light."""
        return self._piece("light.html.j2", "light", light) if light else NOTHING

    def state(self, label: str, icon: str) -> Markup:
        """A state in the cell of a table: a shape and what is said of it."""
        key = ("state", label, icon)
        if key not in self._made:
            self._made[key] = self._templates.render("state.html.j2", label=label, icon=icon)
        return self._made[key]

    def head(self, caption: str, columns: tuple[tuple[str, str], ...]) -> Markup:
        """The caption and the head of a table, whose columns have a label and a kind."""
        key = ("head", caption, columns)
        if key not in self._made:
            heads = tuple(Choice(kind, label) for label, kind in columns)
            self._made[key] = self._templates.render("head.html.j2", caption=caption, heads=heads)
        return self._made[key]

    def progress(self, steps: tuple[object, ...]) -> Markup:
        """The seven steps, each with its state; `steps` are of `cireg.site.views.progress`."""
        key = ("progress", steps)
        if key not in self._made:
            self._made[key] = self._templates.render("progress.html.j2", steps=steps)
        return self._made[key]

    def _piece(self, template: str, field: str, value: str) -> Markup:
        key = (template, field, value)
        if key not in self._made:
            self._made[key] = self._templates.render(template, choice=self._words.choice(field, value))
        return self._made[key]
