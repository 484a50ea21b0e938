"""The exception that ends a command."""

from cireg.errors import CiregError


def test_an_error_carries_its_message_and_its_hint() -> None:
    """The message is also what the exception reads as."""
    error = CiregError("no register here", "run it in a folder with a cireg.yaml")
    expected = ("no register here", "no register here", "run it in a folder with a cireg.yaml")
    assert expected == (str(error), error.message, error.hint)


def test_a_hint_is_optional() -> None:
    """Some errors say all there is to say."""
    assert CiregError("no register here").hint is None
