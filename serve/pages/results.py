"""An answer as the result page shows it: names and words in place of ids, and bars for weights."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from serve.pages.highlighting import Segment, marks_of, segments_of
from serve.pages.matrix import SIGNS, legend, matrix_of
from standpoint.codebook import Codebook, Issue

MAX_DECISIONS = 200  # statements that show why; with more the page gets too large to open
PARTS = {
    "sentence": "the sentence as a whole",
    "target": "the words that name the issue",
    "holder": "the words that name the holder",
    "names": "the names, read by themselves",
    "decays": "the words near each of the two, weighted by distance",
    "between": "the words between the two",
    "windows": "the words next to each of the two",
    "signs": "syntax: negation, quotation, word order",
    "leanings": "words of support and of opposition",
    "word n-grams": "words and word sequences",
    "character n-grams": "parts of words",
    "n-grams at the roles": "words by their position relative to the two",
    "bias": "the model’s bias, before any feature",
    "averaging": "the averaging of its models",
    "judge": "the sentence and the issue, read together",
}
KINDS = {
    "quote": "quoted",
    "paraphrase": "paraphrased",
    "act": "by what was done",
    "voice": "in the author’s own words",
    "narrator": "as the article tells it",
}


@dataclass(frozen=True, slots=True)
class Bar:
    """A weight as a bar from the middle; ``x`` and ``width`` are percent of the full width."""

    name: str
    weight: float
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class StatementView:
    """A statement of the answer, and what the page shows of it in words."""

    number: int
    statement: Mapping[str, Any]
    holder: str
    issue: Issue
    sign: str
    kind: str
    reporter: str | None
    segments: Sequence[Segment]
    words: Sequence[Bar]
    parts: Sequence[Bar]
    ngrams: Sequence[Bar]

    @property
    def leading_words(self) -> list[str]:
        """The three words that add most to the stance."""
        return [bar.name for bar in self.words if bar.weight > 0][:3]


def result_of(
    text: str, answer: Mapping[str, Any], *, codebook: Codebook, with_none: bool
) -> dict[str, Any]:
    """The variables of ``result.html``.

    Parameters
    ----------
    with_none : whether the table also shows where nobody takes a side
    """
    return {
        "answer": answer,
        "codebook": codebook,
        "matrix": matrix_of(answer, codebook),
        "legend": list(legend(with_none=with_none)),
        "segments": segments_of(text, marks_of(answer["statements"])),
        "statements": {view.number: view for view in _views(text, answer, codebook)},
    }


def _views(text: str, answer: Mapping[str, Any], codebook: Codebook) -> Iterator[StatementView]:
    actors = {actor.id: actor.name for actor in codebook.actors}
    issues = {issue.id: issue for issue in codebook.issues}
    for number, statement in enumerate(answer["statements"], 1):
        evidence, attribution = statement["evidence"], statement["attribution"]
        decision = statement["decided_by"] if number <= MAX_DECISIONS else {}
        yield StatementView(
            number,
            statement,
            holder=actors[statement["holder"]],
            issue=issues[statement["issue"]],
            sign=SIGNS["abstained" if statement["abstained"] else statement["stance"]],
            kind=KINDS[attribution["kind"]],
            reporter=actors.get(attribution["reporter"], attribution["reporter"]),
            segments=segments_of(
                text,
                marks_of([statement], first=number),
                start=evidence["start"],
                end=evidence["end"],
            ),
            words=bars_of([(term["term"], term["weight"]) for term in decision.get("terms", ())]),
            parts=bars_of(
                [(PARTS[part["name"]], part["weight"]) for part in decision.get("parts", ())]
            ),
            ngrams=bars_of([(term["term"], term["weight"]) for term in decision.get("ngrams", ())]),
        )


def bars_of(weights: Sequence[tuple[str, float]]) -> list[Bar]:
    """Bars to the right for weights toward the label, to the left for those away from it.

    >>> [(bar.x, bar.width) for bar in bars_of([("backs", 2.0), ("but", -1.0)])]
    [(50.0, 50.0), (25.0, 25.0)]
    """
    largest = max((abs(weight) for _, weight in weights), default=0.0)
    bars = []
    for name, weight in weights:
        width = round(50 * abs(weight) / largest, 2)
        bars.append(Bar(name, weight, 50.0 if weight >= 0 else 50 - width, width))
    return bars
