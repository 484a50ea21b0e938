"""Writes the issue forms from the schema, so that they ask in its words and offer its choices.

python scripts/issue_forms.py            writes .github/ISSUE_TEMPLATE
python scripts/issue_forms.py --check    exits 1 if a form is not what would be written
"""

import argparse
import sys
from pathlib import Path
from typing import Any

from cireg.canonical import dump
from cireg.issues.forms import ACCEPTED, Form, Question, forms

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / ".github" / "ISSUE_TEMPLATE"

HEAD = "# Made from the schema: `cireg from-issue` reads what is answered by these labels.\n"
NEXT = (
    f"It is read by people first. When one of them gives the issue the label `{ACCEPTED}`, it becomes a pull request "
    "to the register, and what is decided later is told here. Write nothing that your colleagues should not read."
)
KINDS = {"line": "input", "text": "textarea", "choice": "dropdown"}


def texts() -> dict[str, str]:
    """The text of each file, by its name."""
    made = {f"{form.name}.yml": HEAD + dump(document(form)) for form in forms()}
    return made | {"config.yml": HEAD + dump({"blank_issues_enabled": True})}


def document(form: Form) -> dict[str, Any]:
    """A form as GitHub reads it."""
    return {
        "name": form.title,
        "description": form.words,
        "labels": [form.name],
        "body": [{"type": "markdown", "attributes": {"value": NEXT}}, *map(question, form.questions)],
    }


def question(asked: Question) -> dict[str, Any]:
    """One question as GitHub reads it."""
    attributes: dict[str, Any] = {"label": asked.label, "description": asked.words}
    if asked.choices:
        attributes["options"] = list(asked.options())
    found: dict[str, Any] = {"type": KINDS[asked.shape], "id": asked.name, "attributes": attributes}
    if asked.required:
        found["validations"] = {"required": True}
    return found


def main() -> None:
    """Write the forms, or compare them."""
    options = argparse.ArgumentParser(description="Write the issue forms from the schema.")
    options.add_argument("--check", action="store_true", help="write nothing; exit 1 if a form is out of date")
    check = options.parse_args().check
    wanted = {FOLDER / name: text for name, text in texts().items()}
    if check:
        stale = [path for path, text in wanted.items() if not path.is_file() or path.read_text("utf-8") != text]
        stale += [path for path in FOLDER.glob("*") if path not in wanted]
        if stale:
            names = ", ".join(sorted(path.name for path in stale))
            sys.exit(f"{names}: out of date; python scripts/issue_forms.py writes the forms anew")
        return
    FOLDER.mkdir(parents=True, exist_ok=True)
    for path, text in wanted.items():
        path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
