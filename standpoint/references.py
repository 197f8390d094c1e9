"""Titles and pronouns, where the antecedent is plain; the rest stay unresolved.

Precision before recall: a wrong holder is worse than a missing one.
"""

from collections.abc import Iterator, Mapping, Sequence

from standpoint.article import Article, Sentence, Span
from standpoint.mentions import ActorMention, by_sentence
from standpoint.quotes import in_any
from standpoint.verbs import NOT_BEFORE_A_SUBJECT
from standpoint.words import Word, words_of

TITLES = frozenset(
    """
    minister president premier chancellor diplomat envoy ambassador secretary commissioner governor
    mayor senator spokesman spokeswoman chairman chairwoman chief adviser advisor negotiator leader
    director bishop archbishop general lawmaker official economist judge rapporteur delegate
""".split()
)
MAX_TITLE_WORDS = 3
_SINGULAR = frozenset({"he", "she"})


def resolve_references(
    article: Article, mentions: list[ActorMention], *, kinds: Mapping[str, str], quotes: list[Span]
) -> list[ActorMention]:
    """Mentions by title or pronoun, to be added to the mentions by name.

    Parameters
    ----------
    mentions : by name, in the order of the article
    kinds : actor id to its kind
    quotes : what stands in quotation marks; pronouns there are the speaker's and stay unresolved
    """
    people = [m for m in mentions if kinds[m.actor] == "person"]
    named = by_sentence(mentions)
    titles = _titles(article, people)
    found: list[ActorMention] = []
    subject: str | None = None
    for sentence in article.sentences:
        here = named.get(sentence.index, [])
        new = list(_titles_in(sentence, here, titles=titles))
        new += _pronouns_in(sentence, [*here, *new], subject=subject, kinds=kinds, quotes=quotes)
        found += new
        subject = _subject(sentence, [*here, *new], quotes=quotes, held=subject, kinds=kinds)
    return found


def _titles(article: Article, people: list[ActorMention]) -> dict[str, dict[str, int]]:
    """Title word to the persons it stands beside, with the first sentence where it does."""
    held: dict[str, dict[str, int]] = {}
    for mention in people:
        sentence = article.sentences[mention.sentence]
        words = words_of(sentence.text)
        for word in _beside(words, mention.span.shift(-sentence.span.start)):
            held.setdefault(word, {}).setdefault(mention.actor, sentence.index)
    return held


def _beside(words: Sequence[Word], span: Span) -> Iterator[str]:
    """Title words within a mention, or just before it ("Foreign Minister Sergei Lavrov")."""
    within = [n for n, word in enumerate(words) if span.start <= word.start < span.end]
    if not within:
        return
    first = max(0, within[0] - 2)
    for word in words[first : within[-1] + 1]:
        if word.key in TITLES and not word.possessive:
            yield word.key


def _titles_in(
    sentence: Sentence, here: list[ActorMention], *, titles: dict[str, dict[str, int]]
) -> Iterator[ActorMention]:
    words = words_of(sentence.text)
    for number, article in enumerate(words):
        title = _title_after(words, number) if article.key == "the" else None
        if title is None:
            continue
        span = Span(article.start, title.end).shift(sentence.span.start)
        holders = [a for a, first in titles.get(title.key, {}).items() if first < sentence.index]
        apart = not any(span.overlaps(m.span) for m in here)
        if len(holders) == 1 and apart and not _named_next(sentence.text, title.end):
            possessive = title.possessive
            yield ActorMention(holders[0], span, sentence.index, how="title", possessive=possessive)


def _title_after(words: Sequence[Word], number: int) -> Word | None:
    """The title that a "the" opens, with at most two words between."""
    for at in range(number + 1, min(number + 1 + MAX_TITLE_WORDS, len(words))):
        if not words[at - 1].joined or words[at - 1].possessive:
            return None
        if words[at].key in TITLES:
            return words[at]
    return None


def _named_next(text: str, end: int) -> bool:
    following = text[end : end + 2]
    return len(following) == 2 and following[0] in " -" and following[1].isupper()


def _pronouns_in(
    sentence: Sentence,
    here: list[ActorMention],
    *,
    subject: str | None,
    kinds: Mapping[str, str],
    quotes: list[Span],
) -> Iterator[ActorMention]:
    for word in words_of(sentence.text):
        span = Span(word.start, word.end).shift(sentence.span.start)
        if word.key not in _SINGULAR or in_any(quotes, span.start):
            continue
        before = {m.actor for m in here if m.span.end <= span.start and kinds[m.actor] == "person"}
        antecedent = next(iter(before)) if len(before) == 1 else None if before else subject
        if antecedent is not None:
            yield ActorMention(antecedent, span, sentence.index, how="pronoun")


def _subject(
    sentence: Sentence,
    here: list[ActorMention],
    *,
    quotes: list[Span],
    held: str | None,
    kinds: Mapping[str, str],
) -> str | None:
    """The person a pronoun of the next sentence would mean; None where that is not plain."""
    outside = sorted(
        (m for m in here if not in_any(quotes, m.span.start) and kinds[m.actor] == "person"),
        key=lambda m: m.span.start,
    )
    if not outside:
        inside_only = all(
            in_any(quotes, s) for s in (sentence.span.start + 1, sentence.span.end - 2)
        )
        return held if inside_only else None
    free = [m for m in outside if not m.possessive and not _after_preposition(sentence, m)]
    if not free or _are_coordinate(sentence, free):
        return None
    return free[0].actor


def _are_coordinate(sentence: Sentence, free: list[ActorMention]) -> bool:
    if len(free) < 2 or free[0].actor == free[1].actor:
        return False
    gap = sentence.text[
        free[0].span.end - sentence.span.start : free[1].span.start - sentence.span.start
    ]
    return gap.strip() in ("and", ", and", "or", "&", ",")


def _after_preposition(sentence: Sentence, mention: ActorMention) -> bool:
    before = sentence.text[: mention.span.start - sentence.span.start].split()
    last = [w.casefold() for w in before[-2:] if w.casefold() not in ("the", "a")]
    return bool(last) and last[-1] in NOT_BEFORE_A_SUBJECT
