"""The names of actors in an article: what one sentence shows of a name counts for the others."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from standpoint.lexicon.honorifics import ACTOR_HONORIFICS, FORMS_OF_ADDRESS
from standpoint.lexicon.matching.common_words import common_words
from standpoint.lexicon.matching.family_names import SURNAME_PARTICLES
from standpoint.lexicon.particles import HYPHENATED_ARTICLES
from standpoint.lexicon.roles import TITLES
from standpoint.lexicon.verbs import REPORTING
from standpoint.mentions.acronyms import acronym_beside
from standpoint.mentions.context import may_follow_phrase
from standpoint.mentions.dateline import words_in_dateline
from standpoint.mentions.homographs import (
    is_homograph,
    means_government,
    means_name,
    opens_sentence,
)
from standpoint.mentions.longer_names import is_part_of_body, is_part_of_longer_name
from standpoint.mentions.mention import ActorMention
from standpoint.mentions.name_search import NameHit, NameSearch
from standpoint.mentions.name_tables import NameTables
from standpoint.mentions.profiles import ActorProfiles
from standpoint.mentions.sentence_view import SentenceView
from standpoint.text import Sentence, Span, is_hyphenated, key_of

# A capital that shows a text to have capitals: not "I", "RT", nor one inside a tag or an address.
_CAPITAL = re.compile(r"(?<![\w@#/.])(?!(?:I|RT)\b)[A-ZÀ-ÖØ-Þ]")
_TITLED = TITLES | ACTOR_HONORIFICS | FORMS_OF_ADDRESS


@dataclass(slots=True)
class _Usage:
    """How an article names actors.

    Attributes
    ----------
    introduced : the actors named by more than one word, or with a title
    spelled : the actors whose surname stands there as the codebook writes it
    acronyms : those that the article introduces, to the actors
    """

    introduced: set[str] = field(default_factory=set)
    spelled: set[str] = field(default_factory=set)
    acronyms: dict[str, str] = field(default_factory=dict)


class ArticleNames:
    """The names of actors in sentences that belong together."""

    def __init__(
        self, sentences: Sequence[Sentence], tables: NameTables, profiles: ActorProfiles
    ) -> None:
        self.tables = tables
        self.profiles = profiles
        self.ignores_case = not any(_CAPITAL.search(s.text) for s in sentences)
        self._searches = [NameSearch(s, tables, ignores_case=self.ignores_case) for s in sentences]
        self._usage = _Usage()

    def mentions(self) -> Iterator[tuple[Sentence, list[ActorMention]]]:
        """Each sentence with its mentions, in order and without overlaps; none in a dateline."""
        hits = [list(self._hits(search)) for search in self._searches]
        for search, row in zip(self._searches, hits, strict=True):
            self._learn(search, row)
        for search, row in zip(self._searches, hits, strict=True):
            hits_now = row
            if self._usage.acronyms and self._has_acronym(search):
                hits_now = list(self._hits(search))
            kept = (hit for hit in hits_now if self._means_actor(search, hit))
            mentions = [self._mention(search, hit) for hit in kept]
            yield search.view.sentence, sorted(mentions, key=lambda mention: mention.span)

    def _has_acronym(self, search: NameSearch) -> bool:
        text = search.view.sentence.text.replace(".", "")
        return any(acronym in text for acronym in self._usage.acronyms)

    def _hits(self, search: NameSearch) -> Iterator[NameHit]:
        view = search.view
        past = words_in_dateline(view.sentence.text, view.words)
        if search.tags:
            yield from self._hits_in_tags(search)
        for at in search.starts(self._usage.acronyms):
            if at < past or (search.tags and search.is_in_tag(at)):
                continue
            hit = search.hit_at(at, acronyms=self._usage.acronyms)
            if hit is not None and not self._is_part(search, hit):
                yield hit
                past = hit.past

    def _hits_in_tags(self, search: NameSearch) -> Iterator[NameHit]:
        """The hashtags and handles that are an actor's name as a whole."""
        for tag in search.tags:
            actor = self.tables.tags.value_of(tag)
            first, past = search.view.first_at(tag.start), search.view.first_at(tag.end)
            if actor is not None and first < past:
                yield NameHit(actor, first, past, (tag.key,), how="tag")

    def _is_part(self, search: NameSearch, hit: NameHit) -> bool:
        """Whether a name is only part of a compound or of a longer name."""
        view = search.view
        start, end = view.words[hit.first].start, view.words[hit.past - 1].end
        first = hit.first
        is_person = self.profiles.is_person(hit.actor)
        if view.key(first - 1) in HYPHENATED_ARTICLES and view.gap(first - 1) in "-‐‑":
            first -= 1
            start = view.words[first].start
        if is_hyphenated(view.sentence.text, start=start, end=end):
            return True
        profile = self.profiles.of(hit.actor)
        if profile.kind == "organisation" and is_part_of_body(
            view, first, past=hit.past, own=profile.words
        ):
            return True
        own = profile.words if is_person else frozenset()
        is_surname = is_person and (
            len(hit.written) == 1 or key_of(hit.written[0]) in SURNAME_PARTICLES
        )
        return is_part_of_longer_name(
            view, first=first, past=hit.past, own=own, is_surname=is_surname, names=self.tables.keys
        )

    def _learn(self, search: NameSearch, hits: Sequence[NameHit]) -> None:
        view = search.view
        for hit in hits:
            if hit.how != "listed":
                continue
            self._usage.spelled.add(hit.actor)
            is_titled = view.key(hit.first - 1) in _TITLED
            is_person = self.profiles.is_person(hit.actor)
            # A capital within a sentence introduces a body; a person's surname may be a place's.
            is_plain = not is_person and not view.is_shouted and not opens_sentence(view, hit.first)
            if len(hit.written) > 1 or is_titled or is_plain:
                self._usage.introduced.add(hit.actor)
            if len(hit.written) > 1 and not is_person:
                acronym = acronym_beside(view, hit)
                if acronym is not None and key_of(acronym) not in self.tables.trie.ends:
                    self._usage.acronyms.setdefault(acronym, hit.actor)

    def _means_actor(self, search: NameSearch, hit: NameHit) -> bool:
        """Whether words that are those of a name mean the actor there."""
        match hit.how:
            case "seat":
                past = hit.past
                return not self.ignores_case and means_government(search.view, hit.first, past=past)
            case "sound":
                return hit.actor not in self._usage.spelled
            case "tag":
                return True
        if hit.written in self.tables.singulars:
            return _ends_phrase(search.view, hit.past)
        is_word = hit.past - hit.first == 1 and hit.written[0][:1].isupper()
        return not is_word or self._means_name(search.view, hit)

    def _means_name(self, view: SentenceView, hit: NameHit) -> bool:
        """Whether a name of one word is the name and no other word."""
        key = view.keys[hit.first]
        if self.ignores_case:
            return key not in common_words() or view.key(hit.first - 1) in _TITLED
        kind = self.profiles.of(hit.actor).kind
        if view.is_shouted or not is_homograph(view.words[hit.first], kind=kind):
            return True
        is_introduced = hit.actor in self._usage.introduced
        return means_name(view, hit.first, kind=kind, is_introduced=is_introduced)

    def _mention(self, search: NameSearch, hit: NameHit) -> ActorMention:
        words, sentence = search.view.words, search.view.sentence
        last = words[hit.past - 1]
        profile = self.profiles.of(hit.actor)
        lost = search.lost_apostrophe(hit.past, name_keys=profile.words)
        span = Span(words[hit.first].start, last.end - lost).shift(sentence.span.start)
        possessive = last.possessive or lost
        return ActorMention(hit.actor, span, sentence.index, possessive=possessive)


def _ends_phrase(view: SentenceView, past: int) -> bool:
    """Whether a noun ends before a word: "an analyst said", not "analyst meetings"."""
    last, following = view.words[past - 1], view.key(past)
    if not last.joined or last.possessive:
        return not view.gap(past - 1).startswith("-")
    is_plural = following.endswith("s") and following not in REPORTING
    return may_follow_phrase(following) and not is_plural and view.gap(past - 1).isspace()
