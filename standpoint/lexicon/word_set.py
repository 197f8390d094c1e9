"""Word lists as they are written in this package."""


def words(text: str) -> frozenset[str]:
    """The set of the words of a text that spaces part."""
    return frozenset(text.split())
