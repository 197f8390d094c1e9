"""Scores of coreference: which mentions of a codebook's actors are in their gold chains."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from standpoint.codebook import Actor, Codebook
from standpoint.labeling import AnnotatedArticle
from standpoint.mentions import ActorMention, MentionMatcher, is_given_name
from standpoint.text import Span, Word, read_article, words_of
from train.corpora import GoldMention, GumDocument

_DESCRIBING = ("appos", "pred")
"""Links of mentions that describe: "Ana Kovac, curator of the museum" names no curators."""
_PARTS_OF_STATES = frozenset(
    "north northern south southern east eastern west western central".split()
)
Kind = Literal["name", "nominal", "pronoun", "description"]
KINDS: tuple[Kind, ...] = ("name", "nominal", "pronoun", "description")
Fault = Literal["missed", "wrong"]


@dataclass(frozen=True, slots=True)
class ActorSpan:
    """A gold mention of an actor.

    Attributes
    ----------
    heads : at least one of them is in every mention that means the actor there
    """

    actor: str
    span: Span
    heads: tuple[Span, ...]
    kind: Kind


@dataclass(frozen=True, slots=True)
class MentionError:
    """A gold mention that was not predicted, or a predicted mention that is in no chain of its
    actor, with the sentences around it.
    """

    fault: Fault
    document: str
    actor: str
    kind: Kind
    text: str
    context: str


@dataclass(frozen=True, slots=True)
class ChainScores:
    """Counts by kind, and every error.

    Attributes
    ----------
    gold, recalled : gold mentions, and those predicted
    predicted, correct : predicted mentions, and those in a chain of their actor
    """

    gold: Counter[Kind]
    recalled: Counter[Kind]
    predicted: Counter[Kind]
    correct: Counter[Kind]
    errors: list[MentionError]

    def counts(self) -> tuple[Counter[Kind], ...]:
        """The four counts in the order of their names above."""
        return self.gold, self.recalled, self.predicted, self.correct


def score_chains(
    documents: Iterable[GumDocument], codebooks: Mapping[str, Codebook]
) -> ChainScores:
    """Score the mentions that the reader gives the actors of each document's codebook.

    A chain is an actor's if one of its mentions has a name or an alias of the actor as its head. A
    predicted mention is right if it overlaps the head of a gold mention of its actor, and lies
    inside that mention. Gold mentions of the same actor and head count once.

    Parameters
    ----------
    codebooks : by the id of the document
    """
    scores = ChainScores(Counter(), Counter(), Counter(), Counter(), [])
    matchers: dict[str, MentionMatcher] = {}
    for document in documents:
        codebook = codebooks[document.id]
        matcher = matchers.setdefault(codebook.name, MentionMatcher(codebook))
        article = read_article(document.text, id=document.id)
        annotated = AnnotatedArticle(article, matcher)
        predicted = [*annotated.mentions, *annotated.first_persons, *annotated.descriptions]
        _add(scores, document, [*actor_spans(document, codebook)], predicted)
    return scores


def _add(
    scores: ChainScores,
    document: GumDocument,
    gold: Sequence[ActorSpan],
    predicted: Sequence[ActorMention],
) -> None:
    """Count the mentions of a document, and list its errors."""
    recalled: set[ActorSpan] = set()
    for mention in predicted:
        matched = [g for g in gold if _means(mention, g)]
        recalled.update(matched)
        kind: Kind = "nominal" if mention.how == "title" else mention.how
        scores.predicted[kind] += 1
        scores.correct[kind] += bool(matched)
        if not matched:
            scores.errors.append(_error("wrong", document, mention.actor, kind, mention.span))
    for span in gold:
        scores.gold[span.kind] += 1
        scores.recalled[span.kind] += span in recalled
        if span not in recalled:
            scores.errors.append(_error("missed", document, span.actor, span.kind, span.span))


def _means(mention: ActorMention, gold: ActorSpan) -> bool:
    """Whether a predicted mention is a gold one: its actor, one of its heads, within its span."""
    same_actor = mention.actor == gold.actor and gold.span.contains(mention.span)
    return same_actor and any(mention.span.overlaps(head) for head in gold.heads)


def _error(fault: Fault, document: GumDocument, actor: str, kind: Kind, span: Span) -> MentionError:
    text = document.text
    around = f"{text[max(0, span.start - 250) : span.start]}[[{span.of(text)}]]"
    context = " ".join(f"{around}{text[span.end : span.end + 100]}".split())
    return MentionError(fault, document.id, actor, kind, span.of(text), context)


def actor_spans(document: GumDocument, codebook: Codebook) -> Iterator[ActorSpan]:
    """The gold mentions of a codebook's actors, one for each actor and heads.

    The head of a mention that the actor's name stands in is also that name: both words of "the
    Liberal party" mean the Liberals.
    """
    names = _NameFinder(document, codebook)
    actors: dict[str, Counter[str]] = {}
    for mention in document.mentions:
        actor = names.named_by_head(mention)
        if actor is not None:
            actors.setdefault(mention.chain, Counter())[actor] += 1
    owners = {chain: counts.most_common(1)[0][0] for chain, counts in actors.items()}
    seen: set[tuple[str, tuple[Span, ...]]] = set()
    for mention in document.mentions:
        owner = owners.get(mention.chain)
        if owner is None or (owner, mention.heads) in seen:
            continue
        seen.add((owner, mention.heads))
        named = names.of_actor(owner, mention)
        describes = mention.link in _DESCRIBING
        kind: Kind = "description" if describes else "nominal"
        kind = "pronoun" if mention.tag == "PRON" else kind
        yield ActorSpan(owner, mention.span, (*mention.heads, *named), "name" if named else kind)


class _NameFinder:
    """Finds the names of actors in gold mentions, outside smaller mentions of other chains."""

    def __init__(self, document: GumDocument, codebook: Codebook) -> None:
        self._mentions = document.mentions
        self._starts = [mention.span.start for mention in document.mentions]
        self._text = document.text
        self._words = words_of(document.text)
        self._word_starts = [word.start for word in self._words]
        self._names = [(words_of(name), actor) for actor in codebook.actors for name in actor.names]

    def named_by_head(self, mention: GoldMention) -> str | None:
        """The actor whose name holds a head: of several the longest, then the last.

        Of "Home Secretary Ana Kovac" the last is the person's name.
        """
        named: list[tuple[int, int, str]] = []
        for name, actor in self._names:
            if mention.link in _DESCRIBING and name[0].text.islower():
                continue
            for first in self._occurrences(name, mention):
                span = self._span(first, len(name))
                holds_head = any(span.overlaps(head) for head in mention.heads)
                if holds_head and not self._is_of_another(first, len(name), actor, mention):
                    named.append((len(name), first, actor.id))
        return max(named)[-1] if named else None

    def of_actor(self, actor: str, mention: GoldMention) -> list[Span]:
        """Where the names of an actor stand in a mention."""
        return [
            self._span(first, len(name))
            for name, owner in self._names
            if owner.id == actor
            for first in self._occurrences(name, mention)
        ]

    def _span(self, first: int, n_words: int) -> Span:
        return Span(self._words[first].start, self._words[first + n_words - 1].end)

    def _occurrences(self, name: tuple[Word, ...], mention: GoldMention) -> Iterator[int]:
        """The first words of a name where it stands in a mention itself."""
        begin = bisect_left(self._word_starts, mention.span.start)
        end = bisect_left(self._word_starts, mention.span.end)
        for at in range(begin, end - len(name) + 1):
            written = self._words[at : at + len(name)]
            if all(map(_is_written_as, written, name)):
                span = self._span(at, len(name))
                if not self._is_nested(span, mention):
                    yield at

    def _is_nested(self, span: Span, mention: GoldMention) -> bool:
        """Whether a span is within a smaller mention of another chain, or part of a compound."""
        text = self._text
        if text[span.start - 1 : span.start] == "-" or text[span.end : span.end + 1] == "-":
            return True
        first = bisect_left(self._starts, mention.span.start)
        return any(
            other.chain != mention.chain
            and other.span.contains(span)
            and other.span != mention.span
            and mention.span.contains(other.span)
            for other in self._mentions[first : bisect_right(self._starts, span.start)]
        )

    def _is_of_another(self, first: int, n_words: int, actor: Actor, mention: GoldMention) -> bool:
        """Whether one word is only a part of another name: "Raymond Wong", "South Australia"."""
        before = self._words[first - 1] if first else None
        if n_words > 1 or before is None or not before.joined or before.start < mention.span.start:
            return False
        if actor.kind == "person":
            return is_given_name(before.text)
        return actor.kind == "state" and before.key in _PARTS_OF_STATES


def _is_written_as(word: Word, name: Word) -> bool:
    """Whether a word is that of a name; an acronym keeps its capitals, and a name its first."""
    if word.key != name.key:
        return False
    if len(name.text) > 1 and name.text.isupper():
        return word.text.isupper()
    return word.text[0].isupper() or not name.text[0].isupper()
