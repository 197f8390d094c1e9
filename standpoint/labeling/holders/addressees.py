"""Who is asked: a question's sentences may be about the stance of whoever answers it."""

import re
from collections.abc import Iterator, Sequence

from standpoint.attribution import VoicedSpan
from standpoint.labeling.annotated_article import AnnotatedArticle

MAX_TURNS_TO_ANSWER = 3
"""Turns from a question to its answer: another question or a moderator may stand between."""
_ASKS = re.compile(r"\?|\b(?:you|your)\b", re.IGNORECASE)


def asked_by_sentence(article: AnnotatedArticle) -> dict[int, tuple[str, ...]]:
    """The actors who are asked in a sentence, by its index.

    They are the next speakers behind a turn of nobody known, for the sentences of that turn that
    ask, or speak to somebody.
    """
    spans = article.voiced_spans
    asked = {
        part.voice.span: next(_answering(spans[number + 1 : number + 1 + MAX_TURNS_TO_ANSWER]), ())
        for number, part in enumerate(spans)
        if part.voice.kind == "turn" and not part.voice.actors
    }
    return {
        index: asked[voice.span]
        for index, voice in article.voices.items()
        if asked.get(voice.span) and _ASKS.search(article.sentences[index].text)
    }


def _answering(spans: Sequence[VoicedSpan]) -> Iterator[tuple[str, ...]]:
    """The speakers of the next turns that are known."""
    return (part.voice.actors for part in spans if part.voice.actors)
