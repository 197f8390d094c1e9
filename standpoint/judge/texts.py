"""What a judge is asked: a sentence with the one before, an issue in words, holders and targets."""

from dataclasses import dataclass, field

from standpoint.text import Span

SPECIAL, BEFORE, CURRENT, FAVOR, AGAINST = range(5)
"""The part that a token belongs to; the name and the cues of an issue are current."""


@dataclass(frozen=True, slots=True)
class SentenceText:
    """A sentence, and the one before it in the document ("" for the first).

    Attributes
    ----------
    is_text : whether it is a text on its own, such as a comment, of which more is read
    """

    text: str
    before: str = ""
    # Not shown, so that the keys of fits, which are made of what is shown, stay those of before.
    is_text: bool = field(default=False, repr=False)


@dataclass(frozen=True, slots=True)
class IssueText:
    """An issue in words; a topic without poles has the name alone.

    >>> IssueText("fracking", "It goes on.", "It ends.", ("shale gas",)).text(max_cues=5)
    'fracking. In favor: It goes on. Against: It ends. Also: shale gas'
    >>> IssueText("fracking").text(max_cues=5)
    'fracking'
    """

    name: str
    favor: str = ""
    against: str = ""
    cues: tuple[str, ...] = ()

    @property
    def has_poles(self) -> bool:
        """Whether it says what favor or against means."""
        return bool(self.favor or self.against)

    def text(self, *, max_cues: int) -> str:
        """The words that are read, with single blanks."""
        return " ".join(piece for _, piece in self.pieces(max_cues=max_cues) if piece)

    def pieces(self, *, max_cues: int) -> list[tuple[int, str]]:
        """The words that are read, each piece with its part; a blank is between two."""
        pieces = [(CURRENT, self.name)]
        if self.has_poles:
            name = f"{self.name}. In favor:"
            pieces = [
                (CURRENT, name), (FAVOR, self.favor),
                (CURRENT, "Against:"), (AGAINST, self.against),
            ]  # fmt: skip
        cues = self.cues[:max_cues]
        if cues:
            pieces.append((CURRENT, "Also: " + ", ".join(cues)))
        return [(part, " ".join(piece.split())) for part, piece in pieces]


@dataclass(frozen=True, slots=True)
class HolderQuery:
    """An actor whose stance is asked for.

    Attributes
    ----------
    spans : its mentions in the sentence, from the sentence's start
    before : its mentions in the sentence before, from that one's start
    features : in the order of ``HOLDER_FEATURES``
    """

    actor: str
    spans: tuple[Span, ...]
    before: tuple[Span, ...]
    features: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class TargetQuery:
    """A target toward which the sentiment is asked for.

    Attributes
    ----------
    spans : its mentions in the sentence; without any it is read at its words behind the sentence
    holder : the mentions of whose sentiment it is; without any it is the author's, and read at the
        first token
    """

    spans: tuple[Span, ...] = ()
    holder: tuple[Span, ...] = ()
