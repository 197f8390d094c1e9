"""An article and a codebook in, statements and the table out.

The one path from text to answer: the command line, the service and the evaluation all take it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from standpoint.attribution import Attribution, find_attributions
from standpoint.codebook import Codebook
from standpoint.coreference import resolve_references
from standpoint.labeling.aggregation import DEFAULT_MIN_CONFIDENCE, Judged, StanceRow, add_up
from standpoint.labeling.candidates import Pair, find_pairs
from standpoint.labeling.implicit_issues import (
    IssueVectors,
    Uncued,
    implied_pairs,
    reader_of,
    uncued_sentences,
)
from standpoint.labeling.offsets import plain_article
from standpoint.labeling.weights import DEFAULT_POOLING, Pooling
from standpoint.labels import turn
from standpoint.mentions import ActorMention, CueMention, Lexicon, by_sentence
from standpoint.model import (
    Classifier,
    Encoder,
    Explanation,
    PairText,
    explain,
    names_among,
    predict,
)
from standpoint.text import Article, Sentence, Span, find_quotes

MAX_EXPLAINED = 200


@dataclass(frozen=True, slots=True)
class Statement:
    """A judged pair.

    Attributes
    ----------
    probabilities : of the stance on the issue, by label
    sentiment : toward what the cue names; None without a sentiment model
    judged : the pair as the models read it
    decision : why the stance was given, where that was asked
    """

    pair: Pair
    stance: str
    probabilities: dict[str, float]
    abstained: bool
    sentiment: str | None
    judged: PairText
    decision: Explanation | None = None

    @property
    def confidence(self) -> float:
        """The probability of the stance."""
        return self.probabilities[self.stance]


@dataclass(frozen=True, slots=True)
class LabeledArticle:
    """Everything one article adds up to under one codebook.

    Attributes
    ----------
    n_read, n_judged : sentences that hold a pair, and pairs
    """

    article: Article
    codebook: Codebook
    statements: tuple[Statement, ...]
    stances: tuple[StanceRow, ...]
    n_read: int = 0
    n_judged: int = 0


def read_pairs(
    article: Article, lexicon: Lexicon, *, vectors: IssueVectors | None = None
) -> list[Pair]:
    """The pairs to judge in an article: mentions, attribution, and who meets what.

    Parameters
    ----------
    vectors : where given, sentences that concern an issue without naming it are looked for too
    """
    read = _read(article, lexicon)
    pairs = find_pairs(article, actors=read.actors, cues=read.cues, attributions=read.attributions)
    if vectors is not None:
        uncued, named = _uncued(article, read)
        pairs += implied_pairs(uncued, named=named, vectors=vectors)
    about = {issue.id: issue.about for issue in lexicon.codebook.issues if issue.about}
    return [
        _with_names(pair, read.met.get(pair.sentence.index, []), lexicon)
        for pair in sorted(pairs, key=lambda pair: pair.sentence.index)
        if about.get(pair.issue) != pair.holder
    ]


@dataclass(frozen=True, slots=True)
class _Read:
    """What an article holds before holders and issues are brought together."""

    actors: list[ActorMention]
    met: dict[int, list[ActorMention]]
    cues: list[CueMention]
    attributions: list[Attribution]


def _read(article: Article, lexicon: Lexicon) -> _Read:
    """What an article holds; of one that names no issue nothing is looked for, for none is met."""
    if not lexicon.about and not any(lexicon.cues_in(s) for s in article.sentences):
        return _Read([], {}, [], [])
    actors = read_mentions(article, lexicon)
    cues = read_cues(article, actors, lexicon)
    attributions = find_attributions(article, actors, quotes=find_quotes(article))
    return _Read(actors, by_sentence(actors), cues, attributions)


def uncued_in(article: Article, lexicon: Lexicon) -> tuple[list[Uncued], list[str]]:
    """The sentences that may concern an issue without naming it, and the issues named elsewhere."""
    return _uncued(article, _read(article, lexicon))


def _uncued(article: Article, read: _Read) -> tuple[list[Uncued], list[str]]:
    found = uncued_sentences(
        article, actors=read.met, cues=by_sentence(read.cues), attributions=read.attributions
    )
    return list(found), list(dict.fromkeys(cue.issue for cue in read.cues))


def read_cues(
    article: Article, actors: Sequence[ActorMention], lexicon: Lexicon
) -> list[CueMention]:
    """Every mention of an issue in an article, whoever may hold a stance on it there.

    Parameters
    ----------
    actors : the mentions of actors in it, as `read_mentions` finds them
    """
    met = by_sentence(actors)
    return [
        cue
        for sentence in article.sentences
        for cue in _cues_in(sentence, met.get(sentence.index, []), lexicon)
    ]


def _cues_in(
    sentence: Sentence, mentions: Sequence[ActorMention], lexicon: Lexicon
) -> list[CueMention]:
    """Cues by their words, but for those within a name, and mentions of what an issue is about."""
    names = [mention.span for mention in mentions if mention.how == "name"]
    found = [c for c in lexicon.cues_in(sentence) if not _is_part_of_a_name(c.span, names)]
    for mention in mentions if lexicon.about else ():
        for issue in lexicon.about.get(mention.actor, ()):
            if not any(c.issue == issue and c.span.overlaps(mention.span) for c in found):
                found.append(CueMention(issue, "favor", mention.span, sentence.index))
    return sorted(found, key=lambda cue: cue.span)


def read_mentions(article: Article, lexicon: Lexicon) -> list[ActorMention]:
    """Every mention of an actor in an article: names first, then titles and pronouns."""
    named = [mention for s in article.sentences for mention in lexicon.actors_in(s)]
    quotes = find_quotes(article)
    return named + resolve_references(article, named, profiles=lexicon.cast, quotes=quotes)


def _with_names(pair: Pair, mentions: Sequence[ActorMention], lexicon: Lexicon) -> Pair:
    names = names_among(mentions, kinds=lexicon.kinds, origin=pair.sentence.span)
    return replace(pair, names=names)


def _is_part_of_a_name(cue: Span, names: Sequence[Span]) -> bool:
    return any(name.contains(cue) and name != cue for name in names)


def label_article(
    article: Article,
    lexicon: Lexicon,
    *,
    stance: Classifier,
    sentiment: Classifier | None,
    encoder: Encoder | None,
    min_confidence: float = DEFAULT_MIN_CONFIDENCE,
    pooling: Pooling = DEFAULT_POOLING,
    include_none: bool = False,
) -> LabeledArticle:
    """Label every actor's stance on every issue of a codebook in one article.

    Parameters
    ----------
    min_confidence : below it a statement is marked abstained, and takes a side in the table only
        together with others that agree
    pooling : how statements weigh together
    """
    # The threshold for issues that are not named was set for the shared encoder.
    shared = encoder if stance.encoder is None else None
    vectors = issue_vectors(lexicon, shared) if shared else None
    plain = plain_article(article)
    pairs = read_pairs(plain.read, lexicon, vectors=vectors)
    models = [stance] if sentiment is None else [stance, sentiment]
    shares = predict([pair.text() for pair in pairs], models=models, encoder=encoder)
    statements = []
    for number, pair in enumerate(pairs):
        by_label = dict(zip(stance.labels, map(float, shares[0][number]), strict=True))
        tone = None
        if sentiment is not None:
            tone = sentiment.labels[int(shares[1][number].argmax())]
        statement = _statement(pair, by_label, tone, min_confidence=min_confidence)
        if pair.cue is not None or (statement.stance != "none" and not statement.abstained):
            statements.append(statement)
    rows = add_up(
        [_judged(statement) for statement in statements],
        parents=lexicon.codebook.parents(),
        pooling=pooling,
        min_confidence=min_confidence,
        include_none=include_none,
    )
    printed = tuple(replace(s, pair=plain.in_print(s.pair)) for s in statements)
    n_read = len({pair.sentence.index for pair in pairs})
    return LabeledArticle(
        plain.printed, lexicon.codebook, printed, tuple(rows), n_read=n_read, n_judged=len(pairs)
    )


def explained(
    labeled: LabeledArticle, *, stance: Classifier, encoder: Encoder | None
) -> LabeledArticle:
    """The same with why each statement has its stance; sentences are read again for it.

    Of the first `MAX_EXPLAINED` statements alone: an article has no end, and patience has.

    Parameters
    ----------
    stance : the model that labelled it
    """
    first, rest = labeled.statements[:MAX_EXPLAINED], labeled.statements[MAX_EXPLAINED:]
    pairs = [statement.judged for statement in first]
    toward = [turn(s.stance, pole=s.pair.pole) for s in first]
    decisions = explain(pairs, toward, model=stance, encoder=encoder)
    told = (replace(s, decision=d) for s, d in zip(first, decisions, strict=True))
    return replace(labeled, statements=(*told, *rest))


def issue_vectors(lexicon: Lexicon, encoder: Encoder) -> IssueVectors:
    """The vectors of a codebook's issues, kept with its lexicon: most articles name the same."""
    if encoder.digest not in lexicon.vectors:
        lexicon.vectors[encoder.digest] = IssueVectors(lexicon.codebook, reader_of(encoder))
    kept: IssueVectors = lexicon.vectors[encoder.digest]
    return kept


def _statement(
    pair: Pair, toward_cue: dict[str, float], tone: str | None, *, min_confidence: float
) -> Statement:
    on_issue = {turn(label, pole=pair.pole): share for label, share in toward_cue.items()}
    probabilities = {label: on_issue[label] for label in toward_cue}
    stance = max(probabilities, key=lambda label: probabilities[label])
    abstained = probabilities[stance] < min_confidence
    return Statement(pair, stance, probabilities, abstained, tone, pair.text())


def _judged(statement: Statement) -> Judged:
    return Judged(
        statement.pair.holder,
        statement.pair.issue,
        statement.stance,
        statement.confidence,
        statement.abstained,
        statement.pair.kind,
        statement.pair.sentence.text,
    )
