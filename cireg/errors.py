"""The one exception that ends a command: wrong usage, or an environment that does not let it go on."""


class CiregError(Exception):
    """Cireg cannot go on (exit code 2): `message` says what is wrong, `hint` what to do about it.

    Both may quote file names and what git said, so whoever prints them makes them safe first.
    What is wrong inside a register's file is a `Finding`, never this.
    """

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
