"""Those who speak as many: "the Syrian government", "Kurdish fighters", "the opposition"."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from standpoint.authoring.capitalized_spans import CapitalizedSpan
from standpoint.codebook import fold_name
from standpoint.lexicon.bodies import COLLECTIVE_NOUNS, GOVERNMENT_NOUNS
from standpoint.lexicon.function_words import BEFORE_COLLECTIVE, PREVERBAL
from standpoint.lexicon.verbs import REPORTING
from standpoint.text import Article, Word, words_of


@dataclass(slots=True)
class Collective:
    """A phrase for many, with how often it stands and speaks.

    Attributes
    ----------
    owner : the name in it, folded; empty for "the opposition" alone
    noun : its last word
    """

    text: str
    owner: str
    noun: str
    count: int = 0
    speaks: int = 0
    forms: Counter[str] = field(default_factory=Counter)


def named(runs: Iterable[CapitalizedSpan]) -> list[Collective]:
    """Names that stand before the noun of a body, in the order met: "Syrian government"."""
    found: dict[tuple[str, str], Collective] = {}
    for run in runs:
        if run.after not in GOVERNMENT_NOUNS | COLLECTIVE_NOUNS or len(run.words) > 2:
            continue
        key = (fold_name(run.text), run.after)
        one = found.setdefault(key, Collective(f"{run.text} {run.after}", *key))
        one.count += 1
        one.speaks += run.after_speaks
        one.forms[f"{run.text} {run.after}"] += 1
    return list(found.values())


def unnamed(articles: Iterable[Article]) -> list[Collective]:
    """Bodies that mostly stand without a name: "rebels said", "the opposition rejected"."""
    found: dict[str, Collective] = {}
    owned: Counter[str] = Counter()
    for article in articles:
        for sentence in article.sentences:
            words = words_of(sentence.text)
            for at, word in enumerate(words):
                if word.key not in COLLECTIVE_NOUNS:
                    continue
                if _is_owned(words, at):
                    owned[word.key] += 1
                else:
                    one = found.setdefault(word.key, Collective(word.key, "", word.key))
                    one.count += 1
                    one.speaks += speaks_at(words, at + 1)
    return [one for one in found.values() if one.count > owned[one.noun]]


def _is_owned(words: Sequence[Word], at: int) -> bool:
    """Whether a name or an adjective stands before a noun, which is then no body by itself."""
    if at == 0 or not words[at - 1].joined:
        return False
    return words[at - 1].possessive or words[at - 1].key not in BEFORE_COLLECTIVE


def speaks_at(words: Sequence[Word], at: int) -> bool:
    """Whether a verb that attributes stands at a word, or behind an auxiliary there."""
    if at > 0 and not words[at - 1].joined:
        return False
    while at < len(words) and words[at].key in PREVERBAL:
        at += 1
    return at < len(words) and words[at].key in REPORTING
