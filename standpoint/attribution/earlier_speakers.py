"""Speakers whom an earlier speaker explains: "the source", "the statement" and "it" said.

"A Valdian army source said it rains" makes "the source" of later sentences speak for Valdia.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from standpoint.attribution.frames import Source
from standpoint.lexicon.function_words import RELATIVE_PRONOUNS
from standpoint.lexicon.holder_words import SPEAKS_FOR
from standpoint.lexicon.reporting_cues import ISSUED_DOCUMENTS
from standpoint.lexicon.roles import EXPERT_NOUNS, FINANCIAL_FIRMS, PUBLIC_BANK_WORDS, RULERS
from standpoint.mentions import country_keys
from standpoint.text import words_of

MAX_DESCRIPTION_WORDS = 4
"""Words of "the senior military source"; longer phrases mostly describe somebody else."""
MAX_SENTENCES_TO_IT = 1
"""Sentences from a speaker to "it said". Behind more, "it" is mostly something else."""
MAX_DESCRIBED_WORDS = 8
"""Words of a phrase that describes a speaker; in longer ones the nouns are other people's."""
MAX_SENTENCES_TO_DOCUMENT = 3
"""Sentences from a speaker to "the statement said". A guess."""
MAX_LEAD_SENTENCE = 1
"""Index of the last sentence that may be a lead: the first, or the one behind a headline."""
MAX_SENTENCES_TO_OFFICE = 2
"""Sentences from "the Valdian ambassador" to "Ambassador Lena Moro". A guess."""
_PLURAL_SPEAKERS = frozenset(noun for noun in SPEAKS_FOR | EXPERT_NOUNS if noun.endswith("s"))
_INDEFINITE = frozenset({"a", "an", "one"})


@dataclass(frozen=True, slots=True)
class _Speaker:
    """Who has spoken, with the keys of the words that named the speaker there."""

    actor: str | None
    words: tuple[str, ...]
    sentence: int


@dataclass(slots=True)
class EarlierSpeakers:
    """The speakers of an article so far.

    Attributes
    ----------
    people : the actors who are persons or groups, whom "it" does not mean
    by_noun : the last speaker described by each noun, by its key
    last : the only speaker of the last sentence that reports speech
    acting : the first source of the last sentence that has one, with the index of that sentence
    experts : the group of the codebook that analysts and the like belong to
    n_sentences : how many sentences have reported speech
    """

    people: Collection[str]
    by_noun: dict[str, _Speaker] = field(default_factory=dict)
    last: _Speaker | None = None
    acting: tuple[str | None, int] = (None, -2)
    experts: str | None = None
    n_sentences: int = 0

    def actor_of(self, source: Source, *, sentence: int) -> str | None:
        """The actor of a source in words that mean an earlier speaker; None for any other."""
        keys = _keys(source.text or "")
        if not keys:
            return None
        if keys[0] != "the" or len(keys) > MAX_DESCRIPTION_WORDS:
            return None
        if keys[-1] in ISSUED_DOCUMENTS and len(keys) == 2:
            return self._last_within(MAX_SENTENCES_TO_DOCUMENT, sentence)
        speaker = self.by_noun.get(keys[-1])
        fits = speaker is not None and {*keys[1:]} <= {*speaker.words}
        return speaker.actor if speaker is not None and fits else None

    def it(self, *, sentence: int) -> str | None:
        """The body that "it said" means: the speaker of the sentence before."""
        actor = self._last_within(MAX_SENTENCES_TO_IT, sentence)
        return None if actor in self.people else actor

    def they(self, *, sentence: int) -> str | None:
        """The officials or group that "they said" means: the speakers of the sentence before."""
        actor = self._last_within(MAX_SENTENCES_TO_IT, sentence)
        if actor is None or self.last is None or _PLURAL_SPEAKERS.isdisjoint(self.last.words):
            return None
        return actor

    def by_office(self, offices: Collection[str], *, sentence: int) -> str | None:
        """The actor of a named speaker whose office was just described: "Ambassador Lena Moro"."""
        if not country_keys().isdisjoint(offices):  # "U.S. Ambassador Jim Roe" is nobody else's
            return None
        for office in SPEAKS_FOR.intersection(offices):
            speaker = self.by_noun.get(office)
            if speaker is not None and sentence - speaker.sentence <= MAX_SENTENCES_TO_OFFICE:
                return speaker.actor
        return None

    def behind_spokesman(self, *, sentence: int) -> str | None:
        """The body whose act the sentence before reports, for "Spokesman Jim Roe said"."""
        actor, index = self.acting
        return actor if index == sentence - 1 and actor not in self.people else None

    def _last_within(self, reach: int, sentence: int) -> str | None:
        """The actor of the last speaker, if that is near enough."""
        if self.last is None or sentence - self.last.sentence > reach:
            return None
        return self.last.actor

    def unnamed_in_lead(self, *, sentence: int) -> str | None:
        """The actor whose official the lead leaves unnamed: "a Valdian minister said".

        The next speaker of such a text is that official, by name and office.
        """
        last = self.last
        if last is None or self.n_sentences != 1 or last.sentence > MAX_LEAD_SENTENCE:
            return None
        is_unnamed = last.words[0] in _INDEFINITE and not SPEAKS_FOR.isdisjoint(last.words)
        return last.actor if is_unnamed and sentence > last.sentence else None

    def expert(self, words: Collection[str]) -> str | None:
        """The group of analysts that somebody with these words beside the name belongs to."""
        return None if EXPERT_NOUNS.isdisjoint(words) else self.experts

    def trader(self, words: Collection[str]) -> str | None:
        """The same group, if it has dealers or economists, and a bank is beside the name."""
        is_public = not (PUBLIC_BANK_WORDS | SPEAKS_FOR).isdisjoint(words)
        return None if is_public or FINANCIAL_FIRMS.isdisjoint(words) else self.experts

    def learn(self, source: Source, actor: str | None, *, words: str, sentence: int) -> None:
        """Keep the nouns of a speaker's description; they mean nobody where the actor is unknown.

        Parameters
        ----------
        words : the whole noun phrase of the source
        """
        keys = _keys(words)
        if actor is None and keys[:1] == ("the",):
            return
        if len(keys) <= MAX_DESCRIBED_WORDS:
            for key in (SPEAKS_FOR - RULERS).intersection(keys):
                self.by_noun[key] = _Speaker(actor, keys, sentence)
        if source.actor is not None and not EXPERT_NOUNS.isdisjoint(_keys(source.text or "")):
            self.experts = source.actor

    def close(self, speakers: Sequence[tuple[str | None, str]], *, sentence: int) -> None:
        """Keep the speaker of a sentence, if all that it reports is one actor's.

        Parameters
        ----------
        speakers : the actor and the words of each source that speaks there
        """
        if not speakers:
            return
        actors = {actor for actor, _ in speakers}
        self.n_sentences += 1
        keys = _keys(speakers[0][1])
        self.last = _Speaker(speakers[0][0], keys, sentence) if len(actors) == 1 and keys else None


def _keys(words: str) -> tuple[str, ...]:
    """The keys of some words without a relative pronoun behind them."""
    keys: Iterable[str] = (word.key for word in words_of(words))
    return tuple(key for key in keys if key not in RELATIVE_PRONOUNS)
