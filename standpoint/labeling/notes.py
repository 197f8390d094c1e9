"""Notes on a labelled article: what the labeler could not do, and why."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from standpoint.labeling.annotated_article import AnnotatedArticle
from standpoint.text import find_mojibake, foreign_language

NoteCode = Literal[
    "wrongly-decoded", "other-language", "no-actor", "no-issue", "unknown-speakers", "long-issue"
]
MAX_SHOWN_SPEAKERS = 3  # enough to recognize the document
MAX_SHOWN_ISSUES = 3
# Fewer turns may be headings: "Kovac: It rains".
MIN_TURNS = 2


@dataclass(frozen=True, slots=True)
class Note:
    """What was not done. ``message`` is a sentence or two for the user."""

    code: NoteCode
    message: str


def notes_on(text: str, article: AnnotatedArticle, *, n_pairs: int) -> tuple[Note, ...]:
    """The notes on an article, those on its text first.

    Parameters
    ----------
    text : the article as it was sent
    article : as it was read
    n_pairs : pairs that were classified in it
    """
    return (*_on_text(text), *_on_codebook(article, n_pairs=n_pairs))


def notes_on_issues(cut: Sequence[str]) -> tuple[Note, ...]:
    """A note on the issues of whose name and poles only the first words are read.

    Parameters
    ----------
    cut : their names
    """
    if not cut:
        return ()
    shown = ", ".join(map(repr, cut[:MAX_SHOWN_ISSUES]))
    more = f" and {len(cut) - MAX_SHOWN_ISSUES} more" if len(cut) > MAX_SHOWN_ISSUES else ""
    return (
        Note(
            "long-issue",
            "the model reads only the first words of what is in favor and of what is against, and "
            f"these issues have more: {shown}{more}. Say both in fewer words.",
        ),
    )


def _on_text(text: str) -> Iterator[Note]:
    if mojibake := find_mojibake(text):
        guess = f", perhaps for {mojibake.repaired!r}" if mojibake.repaired else ""
        yield Note(
            "wrongly-decoded",
            f"text looks wrongly decoded: got {mojibake.word!r} at character {mojibake.start}"
            f"{guess}. Names may not be found; decode the source again, by its own encoding.",
        )
    if language := foreign_language(text):
        yield Note(
            "other-language",
            f"text is probably {language}, and the models were trained on English. "
            "Take its stances with doubt.",
        )


def _on_codebook(article: AnnotatedArticle, *, n_pairs: int) -> Iterator[Note]:
    name = article.matcher.codebook.name
    if not n_pairs and not _has_actor(article):
        yield Note(
            "no-actor",
            f"text names no actor of the codebook {name!r}. "
            "Choose another codebook, or add the names that the text uses.",
        )
    if not n_pairs and not article.may_name_issues:
        yield Note(
            "no-issue",
            f"text names no issue of the codebook {name!r}. "
            "Choose another codebook, or add cues in the words of the text.",
        )
    speakers = unknown_speakers(article)
    if speakers:
        shown = ", ".join(map(repr, speakers[:MAX_SHOWN_SPEAKERS]))
        more = f" and {len(speakers) - MAX_SHOWN_SPEAKERS} more"
        yield Note(
            "unknown-speakers",
            "text is in turns, and none of its speakers is an actor of the codebook "
            f"{name!r}: {shown}{more if len(speakers) > MAX_SHOWN_SPEAKERS else ''}. "
            "What they say in the first person is nobody's; add them as actors or aliases.",
        )


def _has_actor(article: AnnotatedArticle) -> bool:
    """Whether an actor of the codebook is named, or speaks. Most articles name one soon."""
    return any(map(article.matcher.actors_in, article.sentences)) or any(
        span.voice.actors for span in article.voiced_spans
    )


def unknown_speakers(article: AnnotatedArticle) -> list[str]:
    """The names of the speakers of a transcript, as printed, where none of them is an actor."""
    turns = [span.voice for span in article.voiced_spans if span.voice.kind == "turn"]
    if len(turns) < MIN_TURNS or any(voice.actors for voice in turns):
        return []
    return list(dict.fromkeys(voice.name for voice in turns if voice.name))
