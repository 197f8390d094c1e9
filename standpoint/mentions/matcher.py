"""Mention matching: the names of actors and the cues of issues in a sentence.

The longest match wins, on word boundaries. Names are matched with their case: a capital in the
alias requires a capital in the text, and an acronym requires all of its capitals, so that "us" is
never "US". Cues are matched by stems, in any case.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

from standpoint.codebook import Codebook, Kind
from standpoint.labels import Pole
from standpoint.lexicon.compound_names import BODY_NAME_HEADS
from standpoint.lexicon.function_words import ARTICLES
from standpoint.mentions.article_names import ArticleNames
from standpoint.mentions.cue_variants import cue_phrases
from standpoint.mentions.longer_names import is_headline
from standpoint.mentions.loose.noun_index import NounIndex
from standpoint.mentions.loose.short_names import ShortNames
from standpoint.mentions.mention import ActorMention, CueMention
from standpoint.mentions.name_tables import NameTables
from standpoint.mentions.phrase_trie import MatchedText, PhraseMatch, PhraseTrie
from standpoint.mentions.profiles import ActorProfiles
from standpoint.mentions.tags import Tag, TagIndex, closed_forms, tags_in
from standpoint.text import Sentence, Span, Trie, Word, cue_stem, key_of, phrase_words

MAX_APPOSITION_GAP_CHARS = 2  # ", "


class MentionMatcher:
    """Finds the actors and the cues of a codebook in sentences.

    Attributes
    ----------
    names : the names of actors, as tables
    cues : a trie from the stems of cues to issue and pole
    about : the ids of the issues about each actor
    kinds : the kind of each actor
    vectors : issue vectors by encoder digest, cached here for the life of the matcher
    """

    def __init__(self, codebook: Codebook) -> None:
        self.codebook = codebook
        self.names = NameTables(codebook)
        self._cue_phrases = list(cue_phrases(codebook))
        self.cues = PhraseTrie(self._cue_phrases)
        self.vectors: dict[str, Any] = {}
        self.about: dict[str, list[str]] = {}
        for issue in codebook.issues:
            if issue.about is not None:
                self.about.setdefault(issue.about, []).append(issue.id)
        self.kinds: dict[str, Kind] = {actor.id: actor.kind for actor in codebook.actors}
        self.profiles = ActorProfiles(codebook)

    @cached_property
    def actors(self) -> Trie:
        """A plain trie of the names, for labels and titles; values are the ids of actors."""
        phrases = self.names.phrases
        return Trie((list(map(key_of, written)), written, actor) for _, written, actor in phrases)

    @cached_property
    def nouns(self) -> NounIndex:
        """The nouns that may mean actors, made when candidates are first asked for."""
        return NounIndex(self.codebook)

    @cached_property
    def short_names(self) -> ShortNames:
        """Names without their first or last word, and what acronyms stand for."""
        return ShortNames(self.codebook)

    def actors_in(self, sentence: Sentence) -> list[ActorMention]:
        """Mentions of actors by name in a sentence that stands alone, see `names_in`."""
        return self.names_in([sentence])

    def names_in(self, sentences: Sequence[Sentence]) -> list[ActorMention]:
        """Mentions of actors by name in the sentences of an article, in order.

        They do not overlap, and none is in a dateline. What one sentence shows counts for all: who
        is introduced in full, the acronyms of names, and whether names have capitals at all.
        """
        names = ArticleNames(sentences, self.names, self.profiles)
        return [m for sentence, row in names.mentions() for m in _merged(row, sentence)]

    def cues_in(self, sentence: Sentence) -> list[CueMention]:
        """Cues of issues, in order and without overlaps; the longest of those at one word.

        A cue that several issues share is a mention of each.
        """
        words = phrase_words(sentence.text)
        text = MatchedText(sentence.text, words, fold=cue_stem)
        tags = tags_in(sentence.text)
        mentions: list[CueMention] = []
        past = 0
        for at in self.cues.starts(text):
            if at < past or _is_in_handle(words[at], tags):
                continue
            matches, longest = self._longest(text, at)
            if longest > at and words[at].key in ARTICLES:
                # "a strike ban" is "strike ban", where the codebook has "a strike" too.
                longest = longest if self._longest(text, at + 1)[1] <= longest else at
            if longest > at and not _is_body(words, past=longest):
                mentions += _cue_mentions(matches, words, at=at, past=longest, sentence=sentence)
                past = longest
        return self._with_tags(mentions, tags, sentence) if tags else mentions

    def _longest(self, text: MatchedText, at: int) -> tuple[list[PhraseMatch], int]:
        """The cues that begin at a word, and the index past the longest of them."""
        if at >= len(text.words):
            return [], at
        matches = list(self.cues.matches(text, at=at, loose=True))
        return matches, max((match.past for match in matches), default=at)

    def _with_tags(
        self, mentions: list[CueMention], tags: Iterable[Tag], sentence: Sentence
    ) -> list[CueMention]:
        """The mentions with those in hashtags that no capitals divide: "#carbontariff"."""
        for tag in tags:
            span = Span(tag.start, tag.end).shift(sentence.span.start)
            if tag.sign == "#" and not any(mention.span.overlaps(span) for mention in mentions):
                mentions += [
                    CueMention(issue, pole, span, sentence.index)
                    for issue, pole in self._closed_cues.value_of(tag) or ()
                ]
        return sorted(mentions, key=lambda mention: mention.span)

    @cached_property
    def _closed_cues(self) -> TagIndex[tuple[tuple[str, Pole], ...]]:
        """Made at the first hashtag, since most texts have none."""
        closed: dict[str, dict[Any, None]] = {}
        for key, value in closed_forms(self._cue_phrases):
            closed.setdefault(key, {})[value] = None
        return TagIndex({key: tuple(values) for key, values in closed.items()})


def _is_in_handle(word: Word, tags: Iterable[Tag]) -> bool:
    """Whether a word is part of somebody's name: "@StopTheTariff"."""
    return any(tag.sign == "@" and tag.start <= word.start < tag.end for tag in tags)


def _cue_mentions(
    matches: Iterable[PhraseMatch],
    words: Sequence[Word],
    *,
    at: int,
    past: int,
    sentence: Sentence,
) -> list[CueMention]:
    """A mention for each issue that has the longest of some cues."""
    span = Span(words[at].start, words[past - 1].end).shift(sentence.span.start)
    values = {match.value[0]: match.value[1] for match in matches if match.past == past}
    return [CueMention(issue, pole, span, sentence.index) for issue, pole in values.items()]


def _is_body(words: Sequence[Word], *, past: int) -> bool:
    """Whether a cue is part of a body's name: "the Brexit Party" is not Brexit."""
    if past >= len(words) or words[past].key not in BODY_NAME_HEADS or not words[past - 1].joined:
        return False
    is_name = words[past].text[0].isupper() and words[past - 1].text[0].isupper()
    return is_name and not is_headline(words)


def _merged(mentions: list[ActorMention], sentence: Sentence) -> list[ActorMention]:
    """One mention for a title and a name of one actor side by side ("Foreign Minister Lavrov")."""
    merged: list[ActorMention] = []
    for mention in mentions:
        if merged and _are_apposed(merged[-1], mention, sentence):
            span = Span(merged[-1].span.start, mention.span.end)
            merged[-1] = replace(merged[-1], span=span)
        else:
            merged.append(mention)
    return merged


def _are_apposed(first: ActorMention, second: ActorMention, sentence: Sentence) -> bool:
    """Whether two mentions of one actor have nothing but a comma or a space between them."""
    origin = sentence.span.start
    gap = sentence.text[first.span.end - origin : second.span.start - origin]
    same = first.actor == second.actor and not first.possessive
    return same and gap.strip() in ("", ",") and len(gap) <= MAX_APPOSITION_GAP_CHARS
