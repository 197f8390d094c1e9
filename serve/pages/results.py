"""An answer as the page shows it: words for what it holds, and each statement ready to print."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from serve.pages.highlighting import Piece, marks_of, pieces_of
from serve.pages.matrix import SIGNS, legend, matrix_of
from standpoint.codebook import Codebook, Issue

PARTS = {
    "sentence": "the sentence as a whole",
    "target": "the words that name the issue",
    "holder": "the words that name the holder",
    "names": "the names, read by themselves",
    "decays": "the sentence seen from where each stands",
    "between": "the words between the two",
    "windows": "the words next to the two",
    "signs": "grammar: negation, quotation, who stands first",
    "leanings": "words that lean for or against",
    "word n-grams": "words and runs of words",
    "character n-grams": "parts of words",
    "n-grams at the roles": "words by where they stand to the two",
    "bias": "before anything is read",
    "averaging": "how its models are averaged",
}
KINDS = {
    "quote": "quoted",
    "paraphrase": "paraphrased",
    "act": "by what was done",
    "narrator": "as the article tells it",
}


MAX_DECIDED = 200  # statements that show what decided; more would make a page too long to open


@dataclass(frozen=True, slots=True)
class Bar:
    """A weight as a bar from the middle: ``at`` and ``width`` in hundredths."""

    name: str
    weight: float
    at: float
    width: float


@dataclass(frozen=True, slots=True)
class Shown:
    """A statement as the page shows it."""

    number: int
    one: Mapping[str, Any]
    holder: str
    issue: Issue
    sign: str
    kind: str
    reporter: str | None
    pieces: Sequence[Piece]
    words: Sequence[Bar]
    parts: Sequence[Bar]
    ngrams: Sequence[Bar]

    @property
    def leading(self) -> list[str]:
        """The words that pushed most toward the stance."""
        return [bar.name for bar in self.words if bar.weight > 0][:3]


def shown_of(
    text: str, answer: Mapping[str, Any], codebook: Codebook, *, with_none: bool
) -> dict[str, Any]:
    """What the template of a result asks for.

    Parameters
    ----------
    with_none : whether the table shows also where nobody takes a side
    """
    return {
        "answer": answer,
        "codebook": codebook,
        "matrix": matrix_of(answer, codebook),
        "legend": list(legend(with_none=with_none)),
        "pieces": pieces_of(text, marks_of(answer["statements"])),
        "statements": {shown.number: shown for shown in _statements(text, answer, codebook)},
    }


def _statements(text: str, answer: Mapping[str, Any], codebook: Codebook) -> Iterator[Shown]:
    actors = {actor.id: actor.name for actor in codebook.actors}
    issues = {issue.id: issue for issue in codebook.issues}
    for number, one in enumerate(answer["statements"], 1):
        evidence, said = one["evidence"], one["attribution"]
        why = one["decided_by"] if number <= MAX_DECIDED else {}
        yield Shown(
            number,
            one,
            holder=actors[one["holder"]],
            issue=issues[one["issue"]],
            sign=SIGNS["abstained" if one["abstained"] else one["stance"]],
            kind=KINDS[said["kind"]],
            reporter=actors.get(said["reporter"], said["reporter"]),
            pieces=pieces_of(
                text,
                marks_of([one], first=number),
                start=evidence["start"],
                end=evidence["end"],
            ),
            words=bars_of([(row["term"], row["weight"]) for row in why.get("terms", ())]),
            parts=bars_of([(PARTS[row["name"]], row["weight"]) for row in why.get("parts", ())]),
            ngrams=bars_of([(row["term"], row["weight"]) for row in why.get("ngrams", ())]),
        )


def bars_of(weights: Sequence[tuple[str, float]]) -> list[Bar]:
    """Weights as bars to the right where they push toward the label, to the left where away.

    >>> [(bar.at, bar.width) for bar in bars_of([("backs", 2.0), ("but", -1.0)])]
    [(50.0, 50.0), (25.0, 25.0)]
    """
    most = max((abs(weight) for _, weight in weights), default=0.0)
    bars = []
    for name, weight in weights:
        width = round(50 * abs(weight) / most, 2)
        bars.append(Bar(name, weight, 50.0 if weight >= 0 else 50 - width, width))
    return bars
