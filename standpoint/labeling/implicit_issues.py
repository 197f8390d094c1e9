"""Sentences that concern an issue without naming it: found by likeness to the issue's own words.

Only a sentence that names no issue, and that has a holder, is looked at: its vector is compared
with those of the name, poles and cues of each issue that the article names elsewhere, beside what
was named just before. The weights were
fitted on the seeds, and the threshold is the one at which four in five of what is found there is
right with the codebook left out (``benchmarks/implied.py``).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from standpoint.attribution import Attribution
from standpoint.codebook import Codebook
from standpoint.labeling.candidates import Pair, attributions_by_sentence
from standpoint.mentions import ActorMention, CueMention
from standpoint.model import Encoder
from standpoint.text import Article, Sentence, in_any

Floats = npt.NDArray[np.float32]
LAYER = 6
# In the order of `facts_of`, then the constant.
WEIGHTS = (2.12, 2.32, 1.44, 0.64, 1.08, 2.17, -4.26)
THRESHOLD = 0.684


class Reader(Protocol):
    """What reads a sentence to one vector."""

    def __call__(self, text: str) -> Floats:
        """A vector of length 1, of shape (width,)."""
        ...


def reader_of(encoder: Encoder) -> Reader:
    """Reads a sentence with an encoder to the mean of its last layer."""

    def read(text: str) -> Floats:
        vector = encoder.encode(text, layers=(LAYER,)).mean()[0]
        length = float(np.linalg.norm(vector))
        found: Floats = vector / (length or 1.0)
        return found

    return read


class IssueVectors:
    """The words of issues as vectors, each issue read when an article first names it.

    Its methods may be called from several threads: two may read the same issue, to the same end.
    """

    def __init__(self, codebook: Codebook, read: Reader) -> None:
        self.read = read
        self._issues = {issue.id: issue for issue in codebook.issues}
        self._held: dict[str, Floats] = {}

    def of(self, issue: str) -> Floats:
        """Vectors of an issue's name, poles and cues, of shape (n_texts, width)."""
        if issue not in self._held:
            one = self._issues[issue]
            texts = (one.name, one.favor, one.against, *one.cues, *one.opposite_cues)
            self._held[issue] = np.stack([self.read(text) for text in texts])
        return self._held[issue]

    def topic(self, issue: str) -> str:
        """The issue in words."""
        return self._issues[issue].name


def facts_of(
    likeness: Floats, *, before: frozenset[str], issues: Sequence[str], quoted: bool
) -> Floats:
    """What speaks for each issue, of shape (n_issues, 6).

    Likeness, its lead over the best other issue, whether the sentence before names the issue,
    whether it names no other, whether the sentence is quoted, and likeness after a naming.

    Parameters
    ----------
    before : the issues that the sentence before names
    """
    best, second = _two_largest(likeness)
    others = np.where(likeness == best, second, best)
    named = np.array([issue in before for issue in issues], dtype=np.float32)
    alone = named if len(before) == 1 else np.zeros_like(named)
    columns = [
        likeness, likeness - others, named, alone,
        np.full_like(likeness, quoted), likeness * named,
    ]  # fmt: skip
    return np.stack(columns, axis=1).astype(np.float32)


def _two_largest(values: Floats) -> tuple[float, float]:
    if len(values) < 2:
        return float(values[0]), 0.0
    ordered = np.sort(values)
    return float(ordered[-1]), float(ordered[-2])


def chances(facts: Floats) -> Floats:
    """How likely it is that a sentence concerns each issue, of shape (n_issues,)."""
    *weights, constant = WEIGHTS
    found: Floats = 1 / (1 + np.exp(-(facts @ np.array(weights, np.float32) + constant)))
    return found


@dataclass(frozen=True, slots=True)
class Uncued:
    """A sentence that names no issue but has a holder, and what was named just before it."""

    sentence: Sentence
    holder: ActorMention | None
    attribution: Attribution | None
    before: frozenset[str]
    quoted: bool


def uncued_sentences(
    article: Article,
    *,
    actors: Mapping[int, Sequence[ActorMention]],
    cues: Mapping[int, Sequence[CueMention]],
    attributions: Sequence[Attribution],
) -> Iterator[Uncued]:
    """The sentences that may concern an issue without naming it.

    The holder is the speaker where there is one, else the only actor that the sentence names.
    """
    said = attributions_by_sentence(article, attributions)
    quotes = sorted(a.content for a in attributions if a.kind == "quote")
    for sentence in article.sentences:
        if sentence.index in cues:
            continue
        own = said.get(sentence.index, [])
        spoken = _speech(own)
        named = actors.get(sentence.index, ())
        if spoken is None and (own or len({mention.actor for mention in named}) != 1):
            continue
        actor = spoken.source.actor if spoken else named[0].actor
        holder = next((m for m in named if m.actor == actor), None)
        before = frozenset(c.issue for c in cues.get(sentence.index - 1, ()))
        quoted = in_any(quotes, sentence.span.start + 1)
        yield Uncued(sentence, holder, spoken, before, quoted)


def _speech(attributions: Sequence[Attribution]) -> Attribution | None:
    """The first attribution to an actor, or where the same actor is quoted, the quote."""
    by_actors = [a for a in attributions if a.source.actor is not None]
    of_first = [a for a in by_actors if a.source.actor == by_actors[0].source.actor]
    return next((a for a in of_first if a.kind == "quote"), of_first[0] if of_first else None)


def implied_pairs(
    uncued: Sequence[Uncued], *, named: Sequence[str], vectors: IssueVectors
) -> list[Pair]:
    """The pairs of sentences that most likely concern an issue, at most one a sentence.

    Parameters
    ----------
    named : the issues that the article names somewhere
    """
    found = []
    for one in uncued if named else ():
        facts = facts_of_sentence(one, named=named, vectors=vectors)
        likely = chances(facts)
        best = int(likely.argmax())
        if likely[best] >= THRESHOLD:
            found.append(_pair(one, named[best], vectors.topic(named[best])))
    return found


def facts_of_sentence(one: Uncued, *, named: Sequence[str], vectors: IssueVectors) -> Floats:
    """What speaks for each of the issues that the article names; see `facts_of`."""
    vector = vectors.read(one.sentence.text)
    likeness = np.array([float((vectors.of(i) @ vector).max()) for i in named], np.float32)
    return facts_of(likeness, before=one.before, issues=named, quoted=one.quoted)


def _pair(one: Uncued, issue: str, topic: str) -> Pair:
    attribution = one.attribution
    actor = attribution.source.actor if attribution else one.holder.actor if one.holder else None
    assert actor is not None
    return Pair(
        one.sentence,
        actor,
        one.holder.span if one.holder else None,
        issue,
        None,
        attribution.kind if attribution else "narrator",
        attribution.reporter if attribution else None,
        attribution.cue if attribution else None,
        topic=topic,
    )
