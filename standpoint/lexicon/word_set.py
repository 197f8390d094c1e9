"""The function that makes a word list of a text."""


def words(text: str) -> frozenset[str]:
    """The set of the words in a text, separated by whitespace."""
    return frozenset(text.split())
