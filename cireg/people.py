"""Who is meant: the person of cireg.yaml whom git, or a register's file, tells of."""

from __future__ import annotations

from cireg.model import Config


def person_with(config: Config, email: str) -> str | None:
    """The person of cireg.yaml with this e-mail address, None where nobody has it."""
    wanted = email.casefold()
    for identity, person in config.people.items():
        if wanted and wanted in (known.casefold() for known in person.get("emails", ())):
            return identity
    return None
