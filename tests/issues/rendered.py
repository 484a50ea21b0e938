"""An answered form as GitHub puts it into an issue's text."""

from __future__ import annotations

from cireg.issues.forms import Form, forms


def form(name: str) -> Form:
    """The form of that name."""
    (found,) = (each for each in forms() if each.name == name)
    return found


def rendered(name: str, **answers: str) -> str:
    """The issue's text: a heading for each question, and what stands for no answer."""
    assert set(answers) <= {each.name for each in form(name).questions}
    parts = [f"### {each.label}\n\n{answers.get(each.name, '_No response_')}" for each in form(name).questions]
    return "\n\n".join(parts)
