"""Those who speak as many: "the Syrian government", "Kurdish fighters", "the opposition"."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from standpoint.authoring.capitalized_spans import CapitalizedSpan
from standpoint.codebook import fold
from standpoint.lexicon import BESIDE_A_VERB, REPORTING
from standpoint.text import Article, Word, words_of

OFFICIAL = frozenset("government regime authorities officials administration ministry".split())
BODIES = frozenset(
    """
    opposition army military forces rebels fighters troops activists militants militias lawmakers
    diplomats residents civilians protesters refugees police insurgents jihadists separatists
    farmers unions workers students employers doctors scientists teachers campaigners lawyers
    senators deputies ministers governments leaders mediators investigators experts observers
    critics supporters victims villagers migrants tenants landlords
""".split()
)
LEADING = frozenset("the said by some many several".split())


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
        if run.after not in OFFICIAL | BODIES or len(run.words) > 2:
            continue
        key = (fold(run.text), run.after)
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
                if word.key not in BODIES:
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
    return words[at - 1].possessive or words[at - 1].key not in LEADING


def speaks_at(words: Sequence[Word], at: int) -> bool:
    """Whether a verb that attributes stands at a word, or behind an auxiliary there."""
    if at > 0 and not words[at - 1].joined:
        return False
    while at < len(words) and words[at].key in BESIDE_A_VERB:
        at += 1
    return at < len(words) and words[at].key in REPORTING
