"""What was probably meant."""

from cireg.suggest import did_you_mean


def test_the_most_alike_word_is_named() -> None:
    """A slip of a letter or two."""
    assert "did you mean workplace?" == did_you_mean("workplaces", ["identity", "workplace"])


def test_few_words_are_listed_and_many_are_not() -> None:
    """A list that nobody reads helps nobody."""
    assert "one of: a, b" == did_you_mean("zzz", ["a", "b"])
    assert "" == did_you_mean("zzz", (f"word-{number}" for number in range(50)))
    assert "" == did_you_mean("zzz", [])
