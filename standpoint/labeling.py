"""An article and a codebook in, statements and the table out.

The one path from text to answer: the command line, the service and the evaluation all take it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from standpoint.article import Article, Span
from standpoint.attribution import find_attributions
from standpoint.codebook import Codebook
from standpoint.encoder import Encoder
from standpoint.judging import Judge, judge
from standpoint.labels import turn
from standpoint.mentions import ActorMention, CueMention, Lexicon, by_sentence
from standpoint.quotes import find_quotes
from standpoint.references import resolve_references
from standpoint.stances import Judged, StanceRow, add_up
from standpoint.statements import Pair, find_pairs

DEFAULT_MIN_CONFIDENCE = 0.5


@dataclass(frozen=True, slots=True)
class Statement:
    """A judged pair.

    Attributes
    ----------
    probabilities : of the stance on the issue, by label
    sentiment : toward what the cue names; None without a sentiment model
    """

    pair: Pair
    stance: str
    probabilities: dict[str, float]
    abstained: bool
    sentiment: str | None

    @property
    def confidence(self) -> float:
        """The probability of the stance."""
        return self.probabilities[self.stance]


@dataclass(frozen=True, slots=True)
class LabeledArticle:
    """Everything one article adds up to under one codebook."""

    article: Article
    codebook: Codebook
    statements: tuple[Statement, ...]
    stances: tuple[StanceRow, ...]


def read_pairs(article: Article, lexicon: Lexicon) -> list[Pair]:
    """The pairs to judge in an article: mentions, attribution, and who meets what."""
    actors = read_mentions(article, lexicon)
    names = by_sentence([mention for mention in actors if mention.how == "name"])
    cues: list[CueMention] = []
    for sentence in article.sentences:
        spans = [mention.span for mention in names.get(sentence.index, ())]
        cues += [c for c in lexicon.cues_in(sentence) if not _is_part_of_a_name(c.span, spans)]
    attributions = find_attributions(article, actors, quotes=find_quotes(article))
    return find_pairs(article, actors=actors, cues=cues, attributions=attributions)


def read_mentions(article: Article, lexicon: Lexicon) -> list[ActorMention]:
    """Every mention of an actor in an article: names first, then titles and pronouns."""
    named = [mention for s in article.sentences for mention in lexicon.actors_in(s)]
    quotes = find_quotes(article)
    return named + resolve_references(article, named, cast=lexicon.cast, quotes=quotes)


def _is_part_of_a_name(cue: Span, names: Sequence[Span]) -> bool:
    return any(name.contains(cue) and name != cue for name in names)


def label_article(
    article: Article,
    lexicon: Lexicon,
    *,
    stance: Judge,
    sentiment: Judge | None,
    encoder: Encoder | None,
    min_confidence: float = DEFAULT_MIN_CONFIDENCE,
    include_none: bool = False,
) -> LabeledArticle:
    """Label every actor's stance on every issue of a codebook in one article.

    Parameters
    ----------
    min_confidence : below it a statement is marked abstained and takes no side in the table
    """
    pairs = read_pairs(article, lexicon)
    models = [stance] if sentiment is None else [stance, sentiment]
    shares = judge([pair.text() for pair in pairs], models=models, encoder=encoder)
    statements = []
    for number, pair in enumerate(pairs):
        by_label = dict(zip(stance.labels, map(float, shares[0][number]), strict=True))
        tone = None
        if sentiment is not None:
            tone = sentiment.labels[int(shares[1][number].argmax())]
        statements.append(_statement(pair, by_label, tone, min_confidence=min_confidence))
    rows = add_up(
        [_judged(statement) for statement in statements],
        parents=lexicon.codebook.parents(),
        include_none=include_none,
    )
    return LabeledArticle(article, lexicon.codebook, tuple(statements), tuple(rows))


def _statement(
    pair: Pair, toward_cue: dict[str, float], tone: str | None, *, min_confidence: float
) -> Statement:
    on_issue = {turn(label, pole=pair.cue.pole): share for label, share in toward_cue.items()}
    probabilities = {label: on_issue[label] for label in toward_cue}
    stance = max(probabilities, key=lambda label: probabilities[label])
    return Statement(pair, stance, probabilities, probabilities[stance] < min_confidence, tone)


def _judged(statement: Statement) -> Judged:
    return Judged(
        statement.pair.holder,
        statement.pair.cue.issue,
        statement.stance,
        statement.confidence,
        statement.abstained,
    )
