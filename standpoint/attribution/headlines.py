"""What a name and a colon attribute in a headline ("Kovac: It rains")."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from standpoint.attribution.frames import Attribution, Source
from standpoint.lexicon.news_terms import NOT_SPEAKER_LABELS
from standpoint.mentions import ActorMention
from standpoint.text import Article, Span

# A label of one to four capitalized words, with a note in brackets: "DR. ANA KOVAC (by phone): ".
_LABEL = re.compile(r"([A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,3})(?: \([\w. -]{1,30}\))?: +(?=\S)")
MAX_LABEL_CHARS = 80
"""A colon later than this ends no label."""
MAX_HEADLINE_CHARS = 200
"""Headlines have rarely more than 100 characters; a longer first paragraph is body text."""
MIN_HEADLINE_WORDS = 3
"""Words after the colon: fewer are a label ("Place: Oslo")."""


def headline_attributions(
    article: Article, mentions: dict[int, list[ActorMention]]
) -> list[Attribution]:
    """The attribution of a headline to the name that opens it; turns are `voices`' matter.

    Parameters
    ----------
    mentions : by the index of their sentence
    """
    turns = [*_labeled_paragraphs(article, mentions)][:1]
    return [turn for turn in turns if _is_headline(article, turn.content)]


def _labeled_paragraphs(
    article: Article, mentions: dict[int, list[ActorMention]]
) -> Iterator[Attribution]:
    """Every paragraph that begins with a label, with its speaker."""
    for _, group in groupby(article.sentences, key=lambda sentence: sentence.paragraph):
        sentences = list(group)
        first, last = sentences[0], sentences[-1]
        label = _LABEL.match(first.text) if ":" in first.text[:MAX_LABEL_CHARS] else None
        if label is None or _is_no_speaker(label.group(1)):
            continue
        origin = first.span.start
        start, end = origin + label.end(), last.span.end
        if start < end:
            name = Span(*label.span(1)).shift(origin)
            source = _speaker(article, name, mentions.get(first.index, ()))
            colon = first.text.index(":", label.end(1)) + origin
            cue_span = Span(colon, colon + 1)
            yield Attribution("paraphrase", Span(start, end), source, ":", cue_span=cue_span)


def _is_no_speaker(label: str) -> bool:
    """Whether a label announces something else: "Note: ", "Read more: "."""
    words = label.casefold().split()
    return words[0] in NOT_SPEAKER_LABELS or words[-1] in NOT_SPEAKER_LABELS


def _is_headline(article: Article, content: Span) -> bool:
    """Whether a content is in the first paragraph, and of a headline's length."""
    text, first = content.of(article.text), article.sentences[0].span
    is_short = len(text) <= MAX_HEADLINE_CHARS and len(text.split()) >= MIN_HEADLINE_WORDS
    return is_short and content.start < first.end


def _speaker(article: Article, label: Span, mentions: Sequence[ActorMention]) -> Source:
    """The actor whose mention ends a label, else its words."""
    for mention in reversed(mentions):
        if label.contains(mention.span) and mention.span.end == label.end:
            return Source(mention.actor, mention.span, mention.span.of(article.text))
    return Source(None, label, label.of(article.text))
