"""The one Jinja2 environment: everything escaped, nothing undefined, no logic in a template."""

from __future__ import annotations

from pathlib import Path

from markupsafe import Markup


class Templates:
    """The page templates: those in a register's own site_templates/ stand over the packaged ones."""

    def __init__(self, own: Path | None = None, language: str = "en") -> None:
        raise NotImplementedError

    def render(self, name: str, /, **values: object) -> Markup:
        """The template `name`, such as "improvement.html.j2", with its values; safe HTML."""
        raise NotImplementedError

    def t(self, key: str, /, **values: object) -> str:
        """A page string as plain text, for titles, descriptions and labels made in views."""
        raise NotImplementedError
