"""Collective actors: "the Syrian government", "Kurdish fighters", "the opposition"."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from standpoint.authoring.capitalized_spans import CapitalizedSpan, has_reporting_verb
from standpoint.codebook import fold_name
from standpoint.lexicon.bodies import COLLECTIVE_NOUNS, GOVERNMENT_NOUNS
from standpoint.lexicon.function_words import BEFORE_COLLECTIVE
from standpoint.text import Article, Word, words_of


@dataclass(slots=True)
class Collective:
    """A noun phrase for a body of people, with its frequency.

    Attributes
    ----------
    owner : the name in it, folded; empty for "the opposition" alone
    noun : its last word
    speaks : how often it is the subject of a reporting verb
    """

    owner: str
    noun: str
    count: int = 0
    speaks: int = 0
    variants: Counter[str] = field(default_factory=Counter)


def find_named_collectives(spans: Iterable[CapitalizedSpan]) -> list[Collective]:
    """Collectives of a name and a noun, in the order of first mention: "Syrian government"."""
    collectives: dict[tuple[str, str], Collective] = {}
    for span in spans:
        if span.after not in GOVERNMENT_NOUNS | COLLECTIVE_NOUNS or len(span.words) > 2:
            continue
        key = fold_name(span.text), span.after
        collective = collectives.setdefault(key, Collective(*key))
        collective.count += 1
        collective.speaks += span.after_speaks
        collective.variants[f"{span.text} {span.after}"] += 1
    return list(collectives.values())


def find_bare_collectives(articles: Iterable[Article]) -> list[Collective]:
    """Collective nouns that mostly have no name before them: "rebels said"."""
    collectives: dict[str, Collective] = {}
    modified: Counter[str] = Counter()
    sentences = (sentence for article in articles for sentence in article.sentences)
    for words in (words_of(sentence.text) for sentence in sentences):
        for at, word in enumerate(words):
            if word.key not in COLLECTIVE_NOUNS:
                continue
            if _is_modified(words, at):
                modified[word.key] += 1
            else:
                collective = collectives.setdefault(word.key, Collective("", word.key))
                collective.count += 1
                collective.speaks += word.joined and has_reporting_verb(words, at + 1)
    return [item for item in collectives.values() if item.count > modified[item.noun]]


def _is_modified(words: Sequence[Word], at: int) -> bool:
    """Whether a name or an adjective stands before a noun, which is then not the whole phrase."""
    if at == 0 or not words[at - 1].joined:
        return False
    return words[at - 1].possessive or words[at - 1].key not in BEFORE_COLLECTIVE
