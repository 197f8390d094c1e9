"""An article with what is found in it: quotations, actors, issues and who says what."""

import bisect
from collections.abc import Iterable
from functools import cached_property

from standpoint.attribution import (
    Attribution,
    Voice,
    VoicedSpan,
    find_attributions,
    find_voices,
    voice_attributions,
    voices_by_sentence,
    with_first_person,
)
from standpoint.codebook import actor_finder
from standpoint.coreference import (
    described_mentions,
    issue_anaphors,
    possible_mentions,
    resolve_references,
)
from standpoint.errors import ArticleError
from standpoint.labeling.first_person import first_person_mentions
from standpoint.labeling.source_matching import with_likely_source
from standpoint.mentions import ActorMention, CueMention, MentionMatcher, by_sentence
from standpoint.model import Name, names_among
from standpoint.structure import Structure, read_structure
from standpoint.text import Article, Sentence, Span, find_quotes


class AnnotatedArticle:
    """The annotation layers of an article under one codebook, each with an index by sentence.

    A layer is found when it is first read, and once. An article that names no issue of the
    codebook can hold no statement, so that coreference and attribution need not run on it.
    """

    def __init__(self, article: Article, matcher: MentionMatcher) -> None:
        self.article = article
        self.sentences = article.sentences
        self.matcher = matcher

    @cached_property
    def author(self) -> str | None:
        """The id of the author that the user names.

        Raises
        ------
        ArticleError
            it is no actor of the codebook
        """
        author = self.article.author
        if author is None or author in self.matcher.kinds:
            return author
        try:
            return actor_finder(self.matcher.codebook)(author)
        except ValueError as error:
            raise ArticleError(f"{self.article.id}: author {error}") from None

    @cached_property
    def quotes(self) -> list[Span]:
        """What stands in quotation marks, from the start of the article."""
        return find_quotes(self.article)

    @cached_property
    def structure(self) -> Structure:
        """The blocks of the article, its turns and its tables."""
        return read_structure(self.article.text)

    def is_prose(self, sentence: Sentence) -> bool:
        """Whether a sentence can be a statement: no caption, menu, byline or contact line."""
        return self.structure.is_prose(sentence)

    @cached_property
    def voiced_spans(self) -> list[VoicedSpan]:
        """The turns with their speakers, or the parts in the author's voice."""
        return find_voices(
            self.article,
            self.structure,
            matcher=self.matcher,
            quotes=self.quotes,
            author=self.author,
        )

    @cached_property
    def voices(self) -> dict[int, Voice]:
        """Whose words a sentence is by default, by its index; the narrator's are left out."""
        return voices_by_sentence(self.article, self.voiced_spans)

    @cached_property
    def names(self) -> list[ActorMention]:
        """Actors mentioned by name, in the order of the text."""
        return self.matcher.names_in(self.sentences)

    @cached_property
    def names_by_sentence(self) -> dict[int, list[ActorMention]]:
        """Actors mentioned by name, by the index of their sentence."""
        return by_sentence(self.names)

    @cached_property
    def mentions(self) -> list[ActorMention]:
        """Actors mentioned by name, then those mentioned by title or pronoun (coreference)."""
        return self.names + resolve_references(
            self.article, self.names, profiles=self.matcher.profiles, quotes=self.quotes
        )

    @cached_property
    def mentions_by_sentence(self) -> dict[int, list[ActorMention]]:
        """Mentions of actors by the index of their sentence."""
        return by_sentence(self.mentions)

    @cached_property
    def possible_mentions(self) -> dict[int, list[ActorMention]]:
        """Words that may mean an actor, by the index of their sentence; no holder is sure by these
        alone.
        """
        return by_sentence(
            possible_mentions(self.article, self.mentions_by_sentence, matcher=self.matcher)
        )

    def holder_mentions(self, number: int) -> list[ActorMention]:
        """The mentions in a sentence by its index; of an actor without one, the possible ones."""
        sure = self.mentions_by_sentence.get(number, [])
        actors = {mention.actor for mention in sure}
        possible = self.possible_mentions.get(number, ())
        return [*sure, *(mention for mention in possible if mention.actor not in actors)]

    @cached_property
    def cue_words(self) -> list[CueMention]:
        """Every match of an issue's cues, also within the name of an actor."""
        return [cue for sentence in self.sentences for cue in self.matcher.cues_in(sentence)]

    @property
    def may_name_issues(self) -> bool:
        """Whether it has a cue, or the codebook has issues that are about an actor."""
        return bool(self.cue_words or self.matcher.about)

    @cached_property
    def cues(self) -> list[CueMention]:
        """Every mention of an issue, whoever may hold a stance on it there, and back references."""
        matches = by_sentence(self.cue_words)
        named = [
            cue
            for sentence in self.sentences
            for cue in self._cues_in(sentence, matches.get(sentence.index, ()))
            if self.is_prose(sentence)
        ]
        anaphors = issue_anaphors(self.sentences, by_sentence(named))
        return sorted(named + anaphors, key=lambda cue: cue.span)

    def _cues_in(self, sentence: Sentence, matches: Iterable[CueMention]) -> list[CueMention]:
        """The matches outside names, and mentions of the actors that an issue is about."""
        names = [mention.span for mention in self.names_by_sentence.get(sentence.index, ())]
        cues = [c for c in matches if not any(n.contains(c.span) and n != c.span for n in names)]
        for mention in self.mentions_by_sentence.get(sentence.index, ()):
            for issue in self.matcher.about.get(mention.actor, ()):
                if not any(c.issue == issue and c.span.overlaps(mention.span) for c in cues):
                    cues.append(CueMention(issue, "favor", mention.span, sentence.index))
        return sorted(cues, key=lambda cue: cue.span)

    @cached_property
    def cues_by_sentence(self) -> dict[int, list[CueMention]]:
        """Mentions of issues by the index of their sentence."""
        return by_sentence(self.cues)

    @cached_property
    def issues(self) -> list[str]:
        """The issues that the article names, in the order of their first mention."""
        return list(dict.fromkeys(cue.issue for cue in self.cues))

    @cached_property
    def attributions(self) -> list[Attribution]:
        """Who says what: quotations, indirect speech, and the voices of turns and authors."""
        kinds = self.matcher.kinds
        people = {actor for actor, kind in kinds.items() if kind in ("person", "group")}
        spoken = find_attributions(self.article, self.mentions, quotes=self.quotes, people=people)
        if not self.voiced_spans:
            return spoken
        # A label that opens a turn is no headline's.
        spoken = [attribution for attribution in spoken if attribution.cue != ":"]
        return [
            *with_first_person(spoken, self.voiced_spans),
            *voice_attributions(self.voiced_spans, self.article, self.mentions_by_sentence),
        ]

    @cached_property
    def first_persons(self) -> list[ActorMention]:
        """Actors mentioned by "I" and "we" in what they say; no holder is found by these alone."""
        return [
            *first_person_mentions(self.article, self.attributions, profiles=self.matcher.profiles)
        ]

    @cached_property
    def descriptions(self) -> list[ActorMention]:
        """Actors described beside a mention, in apposition or as a predicate; no holder is found by
        these alone.
        """
        return [
            *described_mentions(
                self.article,
                self.mentions_by_sentence,
                profiles=self.matcher.profiles,
                quotes=self.quotes,
            )
        ]

    @cached_property
    def _starts(self) -> list[int]:
        return [sentence.span.start for sentence in self.sentences]

    def possible_mentions_in(self, span: Span) -> list[ActorMention]:
        """The possible mentions that overlap a span of one sentence."""
        index = bisect.bisect_right(self._starts, span.start) - 1
        return [m for m in self.possible_mentions.get(index, ()) if m.span.overlaps(span)]

    @cached_property
    def attributions_by_sentence(self) -> dict[int, list[Attribution]]:
        """Attributions by the index of each sentence that their content overlaps."""
        sentences, starts = self.sentences, self._starts
        index: dict[int, list[Attribution]] = {}
        for attribution in self.attributions:
            content = attribution.content
            first = max(0, bisect.bisect_right(starts, content.start) - 1)
            for sentence in sentences[first : bisect.bisect_left(starts, content.end)]:
                if sentence.span.overlaps(content):
                    index.setdefault(sentence.index, []).append(attribution)
        return index

    @cached_property
    def likely_attributions(self) -> dict[int, list[Attribution]]:
        """As `attributions_by_sentence`, with the actor whom an unknown source likely means."""
        return {
            number: [self._with_likely_source(attribution) for attribution in own]
            for number, own in self.attributions_by_sentence.items()
        }

    def _with_likely_source(self, attribution: Attribution) -> Attribution:
        reach = attribution.source.reach
        if reach is None or attribution.source.actor is not None:
            return attribution
        return with_likely_source(attribution, self.possible_mentions_in(reach))

    def names_in(self, sentence: Sentence, *, origin: Span | None = None) -> tuple[Name, ...]:
        """The names of actors in a sentence, with offsets from the start of ``origin``.

        Parameters
        ----------
        origin : the part of the article that the names must lie in; the sentence unless given
        """
        names = self.names_by_sentence.get(sentence.index, ())
        return names_among(names, kinds=self.matcher.kinds, origin=origin or sentence.span)
