"""Who speaks where a colon says so: turns of a transcript, and headlines ("Kovac: It rains")."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from standpoint.attribution.clause import Source
from standpoint.lexicon.news_terms import NOT_SPEAKER_LABELS
from standpoint.mentions import ActorMention
from standpoint.text import Article, Span

_TURN = re.compile(r"([A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,3})(?: \([\w. -]{1,30}\))?: +(?=\S)")
MIN_TURNS = 2
MAX_HEADLINE_CHARS = 200
MIN_HEADLINE_WORDS = 3


@dataclass(frozen=True, slots=True)
class Turn:
    """What somebody says behind his name; ``colon`` is where, ``printed`` for a headline."""

    source: Source
    colon: Span
    content: Span
    headline: bool


def find_turns(article: Article, mentions: dict[int, list[ActorMention]]) -> list[Turn]:
    """Turns of an article, if it has several, and the headline's, if a name opens it.

    Parameters
    ----------
    mentions : by the index of their sentence
    """
    turns = list(_turns(article, mentions))
    shouted = [turn for turn in turns if (turn.source.text or "").isupper()]
    names = Counter(turn.source.text for turn in turns)
    if sum(number > 1 for number in names.values()) >= MIN_TURNS:
        return [replace(turn, headline=False) for turn in turns]
    if len(shouted) >= MIN_TURNS:
        return [replace(turn, headline=False) for turn in shouted]
    return [turn for turn in turns if turn.headline]


def _turns(article: Article, mentions: dict[int, list[ActorMention]]) -> Iterator[Turn]:
    for start, end in _paragraphs(article):
        sentence = article.sentences[start]
        match = _TURN.match(sentence.text) if ":" in sentence.text[:80] else None
        if match is None or match.group(1).split()[0].casefold() in NOT_SPEAKER_LABELS:
            continue
        if match.group(1).split()[-1].casefold() in NOT_SPEAKER_LABELS:
            continue
        name = Span(*match.span(1)).shift(sentence.span.start)
        last = article.sentences[end].span.end
        first = sentence.span.start + match.end()
        if first < last:
            content = Span(first, last)
            colon = sentence.text.index(":", match.end(1)) + sentence.span.start
            yield Turn(
                _speaker(article, name, mentions.get(start, ())),
                Span(colon, colon + 1),
                content,
                start == 0 and _is_a_headline(content.of(article.text)),
            )


def _is_a_headline(words: str) -> bool:
    return len(words) <= MAX_HEADLINE_CHARS and len(words.split()) >= MIN_HEADLINE_WORDS


def _paragraphs(article: Article) -> Iterator[tuple[int, int]]:
    """The first and the last sentence of each paragraph."""
    first = 0
    for number, sentence in enumerate(article.sentences):
        following = article.sentences[number + 1 : number + 2]
        if not following or following[0].paragraph != sentence.paragraph:
            yield first, number
            first = number + 1


def _speaker(article: Article, name: Span, mentions: Sequence[ActorMention]) -> Source:
    inside = [m for m in mentions if name.contains(m.span) and m.span.end == name.end]
    if inside:
        return Source(inside[-1].actor, inside[-1].span, inside[-1].span.of(article.text))
    return Source(None, name, name.of(article.text))
