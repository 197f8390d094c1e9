"""Changes of contrast texts and of their codebooks that must turn the answer, or must not.

After Ribeiro et al. (2020), *Beyond Accuracy: Behavioral Testing of NLP Models with CheckList*:
directional expectation tests and invariance tests.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from standpoint.codebook import Codebook, Issue
from standpoint.mentions import MentionMatcher
from train.articles.behaviour.actor_swap import swap_actors
from train.articles.behaviour.answers import Answer, BehaviourInput, input_of
from train.articles.real.reading import without_cues
from train.corpora import ContrastText, plain_words, stands_alone

Expectation = Literal["flips", "exchanges", "stays"]
OPPOSITE = {"favor": "against", "against": "favor"}
# Everyday sentences about nobody's stance. Several, so that one is free of a codebook's words.
IRRELEVANT = (
    "The morning was mild and dry.",
    "Coffee was served at half past ten.",
    "The trams ran every twelve minutes.",
    "It was the second Tuesday of the month.",
    "Outside, a light rain had begun to fall.",
)
# Fewer content words ("send him home") say nothing without the issue's name. A guess: in the dev
# texts, poles of three such words could be read alone.
MIN_POLE_WORDS = 3


@dataclass(frozen=True, slots=True)
class Variant:
    """A changed input with the answer that is expected from the answer to the original.

    Attributes
    ----------
    group : of the contrast text, or of the first of two
    expected : from the answer to the original
    """

    group: str
    original: BehaviourInput
    changed: BehaviourInput
    expected: Callable[[Answer], Answer]


@dataclass(frozen=True, slots=True)
class VariantKind:
    """A kind of change: what it makes of the texts, and what it must do to the answer."""

    expectation: Expectation
    about: str
    make: Callable[[Sequence[ContrastText]], Iterator[Variant]]


def as_it_was(answer: Answer) -> Answer:
    """The same answer."""
    return answer


def flipped(answer: Answer) -> Answer:
    """The answer with every side turned round."""
    return {cell: frozenset(OPPOSITE[side] for side in sides) for cell, sides in answer.items()}


def exchange_poles(texts: Sequence[ContrastText]) -> Iterator[Variant]:
    """The words for favor and for against are exchanged in every issue; name and cues stay."""

    def turned(issue: Issue) -> Issue:
        return issue.model_copy(update={"favor": issue.against, "against": issue.favor})

    for text, asked in _inputs(texts):
        changed = replace(asked, codebook=_with_issues(text.codebook, turned))
        yield Variant(text.group, asked, changed, flipped)


def exchange_actors(texts: Sequence[ContrastText]) -> Iterator[Variant]:
    """The names of two actors of one kind are exchanged in the text."""
    matchers = {text.codebook.name: MentionMatcher(text.codebook) for text in texts}
    for text, asked in _inputs(texts):
        swap = swap_actors(asked, matchers[text.codebook.name])
        if swap is not None:
            yield Variant(text.group, asked, swap.changed, swap.expected)


def remove_cues(texts: Sequence[ContrastText]) -> Iterator[Variant]:
    """The codebook's cues are left out."""
    for text, asked in _inputs(texts):
        if any(issue.cues or issue.opposite_cues for issue in text.codebook.issues):
            bare = replace(asked, codebook=without_cues(text.codebook))
            yield Variant(text.group, asked, bare, as_it_was)


def rename_issues(texts: Sequence[ContrastText]) -> Iterator[Variant]:
    """Each issue is named by its longest cue, if it has one and its poles say enough without."""

    def renamed(issue: Issue) -> Issue:
        says_enough = len(_content_words(issue.favor)) >= MIN_POLE_WORDS
        name = max(issue.cues, key=len, default=issue.name) if says_enough else issue.name
        return issue.model_copy(update={"name": name})

    for text, asked in _inputs(texts):
        changed = replace(asked, codebook=_with_issues(text.codebook, renamed))
        if changed != asked:
            yield Variant(text.group, asked, changed, as_it_was)


def add_before(texts: Sequence[ContrastText]) -> Iterator[Variant]:
    """A sentence on nothing of the codebook is put before the text."""
    yield from _with_irrelevant(texts, lambda text, other: f"{other} {text}")


def add_behind(texts: Sequence[ContrastText]) -> Iterator[Variant]:
    """A sentence on nothing of the codebook is put behind the text."""
    yield from _with_irrelevant(texts, lambda text, other: f"{text} {other}")


def reorder(texts: Sequence[ContrastText]) -> Iterator[Variant]:
    """Two texts of a codebook, each of which stands alone, are paragraphs in either order."""
    by_codebook: dict[str, list[ContrastText]] = {}
    for text in texts:
        if _stands_alone(text):
            by_codebook.setdefault(text.codebook.name, []).append(text)
    for own in by_codebook.values():
        half = len(own) // 2
        for first, second in zip(own[:half], own[half:], strict=False):
            if first.group != second.group:
                one, other = (
                    BehaviourInput("\n\n".join((a.text, b.text)), first.codebook)
                    for a, b in ((first, second), (second, first))
                )
                yield Variant(first.group, one, other, as_it_was)


VARIANTS: Mapping[str, VariantKind] = {
    "poles-exchanged": VariantKind("flips", "the words for favor and against", exchange_poles),
    "actors-exchanged": VariantKind("exchanges", "two actors' names in the text", exchange_actors),
    "cues-left-out": VariantKind("stays", "the codebook without cues", remove_cues),
    "issue-renamed": VariantKind("stays", "a cue in place of the issue's name", rename_issues),
    "sentence-before": VariantKind("stays", "an irrelevant sentence before", add_before),
    "sentence-behind": VariantKind("stays", "an irrelevant sentence behind", add_behind),
    "other-order": VariantKind("stays", "two independent texts in the other order", reorder),
}


def _inputs(texts: Sequence[ContrastText]) -> Iterator[tuple[ContrastText, BehaviourInput]]:
    return ((text, input_of(text)) for text in texts)


def _with_issues(codebook: Codebook, change: Callable[[Issue], Issue]) -> Codebook:
    return codebook.model_copy(update={"issues": tuple(map(change, codebook.issues))})


def _with_irrelevant(
    texts: Sequence[ContrastText], join: Callable[[str, str], str]
) -> Iterator[Variant]:
    for number, (text, asked) in enumerate(_inputs(texts)):
        words = _words_of(text.codebook)
        in_turn = (IRRELEVANT[(number + n) % len(IRRELEVANT)] for n in range(len(IRRELEVANT)))
        other = next((own for own in in_turn if not words & _content_words(own)), None)
        if other is not None:
            changed = replace(asked, text=join(asked.text, other))
            yield Variant(text.group, asked, changed, as_it_was)


def _words_of(codebook: Codebook) -> set[str]:
    """The longer words of actors' names and of the words for issues."""
    phrases = [name for actor in codebook.actors for name in actor.names]
    for issue in codebook.issues:
        phrases += [issue.name, issue.favor, issue.against, *issue.cues, *issue.opposite_cues]
    return {word for phrase in phrases for word in _content_words(phrase)}


def _content_words(text: str) -> set[str]:
    """Words of more than three letters: shorter ones are mostly articles and prepositions."""
    return {word for word in plain_words(text) if len(word) > 3}


def _stands_alone(text: ContrastText) -> bool:
    """Whether a text is one sentence, of nobody's own words, that points to nothing before it."""
    if text.before or text.speaker is not None or text.kind == "back":
        return False
    return stands_alone(text.text)
