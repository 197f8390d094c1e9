"""Units of short texts: the whole text is read as one sentence, with what precedes it."""

from collections.abc import Iterator, Mapping
from typing import Protocol

from standpoint.codebook import Codebook
from standpoint.judge import HolderQuery, SentenceText
from standpoint.labeling import AnnotatedArticle, read_candidates
from standpoint.mentions import MentionMatcher
from standpoint.text import read_article
from train.judge.units import Unit, UnitCandidate, UnitPlace, labelled_unit

BETWEEN = "\n\n"  # a paragraph ends before the text, so that no sentence runs on into it


class AnsweredText(Protocol):
    """A short text with the stance of every holder on every issue of its codebook."""

    @property
    def id(self) -> str:
        """Its id."""

    @property
    def codebook(self) -> Codebook:
        """Its actors and issues."""

    @property
    def before(self) -> str:
        """What precedes it, or ""."""

    @property
    def text(self) -> str:
        """The text."""

    @property
    def speaker(self) -> str | None:
        """The actor whose own words it is."""

    @property
    def statements(self) -> Mapping[tuple[str, str], str]:
        """The stances by issue and actor."""


def short_text_units(text: AnsweredText, *, matcher: MentionMatcher, source: str) -> Iterator[Unit]:
    """The units of a text, one for each issue of its codebook."""
    sentence = SentenceText(text.text.strip(), text.before.strip())
    candidates = _candidates(text, sentence, matcher)
    by_issue: dict[str, dict[str, str]] = {}
    for (issue_id, actor), stance in text.statements.items():
        by_issue.setdefault(issue_id, {})[actor] = stance
    for issue in matcher.codebook.issues:
        yield labelled_unit(
            sentence,
            issue,
            place=UnitPlace(source, f"{source}/{text.id}", matcher.codebook.name, issue.id, 0),
            candidates=candidates,
            stances=by_issue.get(issue.id, {}),
        )


def _candidates(
    text: AnsweredText, sentence: SentenceText, matcher: MentionMatcher
) -> list[UnitCandidate]:
    """Candidates of all sentences of the text; features are those of an actor's first one."""
    whole = f"{sentence.before}{BETWEEN}{sentence.text}" if sentence.before else sentence.text
    start = len(whole) - len(sentence.text)
    article = AnnotatedArticle(read_article(whole, id=text.id, author=text.speaker), matcher)
    features: dict[str, tuple[float, ...]] = {}
    for part, (own, rows) in zip(article.sentences, read_candidates(article), strict=True):
        if part.span.end > start:
            for actor, row in zip(own, rows.tolist(), strict=True):
                features.setdefault(actor, tuple(row))
    return [
        UnitCandidate(_query(article, actor, row, start=start)) for actor, row in features.items()
    ]


def _query(
    article: AnnotatedArticle, actor: str, features: tuple[float, ...], *, start: int
) -> HolderQuery:
    spans = [
        mention.span
        for number in range(len(article.sentences))
        for mention in article.holder_mentions(number)
        if mention.actor == actor
    ]
    return HolderQuery(
        actor,
        tuple(span.shift(-start) for span in spans if span.start >= start),
        tuple(span for span in spans if span.start < start),
        features,
    )
