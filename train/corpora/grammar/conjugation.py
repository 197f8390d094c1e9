"""English verb forms, and subjects that they agree with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

VOWELS = "aeiou"
# The first words of a list are drawn more often, as common words are in use: with this exponent the
# first fifth of a list is drawn in two cases of five.
SKEW = 1.75
PRONOUNS = {
    "I": ("I", "me", "my"),
    "we": ("we", "us", "our"),
    "he": ("he", "him", "his"),
    "she": ("she", "her", "her"),
    "it": ("it", "it", "its"),
    "they": ("they", "them", "their"),
}
"""Subject, object and possessive form by the subject form."""


def draw_word(words: Sequence[str], rng: Random) -> str:
    """A word or phrase of a list that begins with the common ones."""
    return words[int(len(words) * rng.random() ** SKEW)]


@dataclass(frozen=True, slots=True)
class Subject:
    """What a verb agrees with: the pronoun that could stand for it."""

    pronoun: str

    @property
    def object(self) -> str:
        """Its pronoun as an object."""
        return PRONOUNS[self.pronoun][1]

    @property
    def their(self) -> str:
        """Its possessive pronoun."""
        return PRONOUNS[self.pronoun][2]

    @property
    def is_third_singular(self) -> bool:
        """Whether its verbs end in -s."""
        return self.pronoun in ("he", "she", "it")

    def be(self, *, past: bool = False) -> str:
        """The form of "be" that agrees with it."""
        if past:
            return "was" if self.is_third_singular or self.pronoun == "I" else "were"
        return "is" if self.is_third_singular else "am" if self.pronoun == "I" else "are"

    def have(self) -> str:
        """The form of "have" that agrees with it."""
        return "has" if self.is_third_singular else "have"

    def do(self) -> str:
        """The form of "do" that agrees with it."""
        return "does" if self.is_third_singular else "do"


@dataclass(frozen=True, slots=True)
class VerbPhrase:
    """Words that begin with a verb in the infinitive.

    Attributes
    ----------
    is_state : a state is told in the present, an act in the past too
    is_negated : "does not" goes before it
    """

    words: str
    is_state: bool
    is_negated: bool = False


@dataclass(slots=True)
class Conjugator:
    """Forms of verbs, by rules and a table of irregular ones."""

    irregular: Mapping[str, tuple[str, str]]
    doubled: frozenset[str]
    _past: dict[str, str] = field(default_factory=dict)

    def past(self, verb: str) -> str:
        """The simple past of the third person.

        >>> Conjugator({}, frozenset({"scrap"})).past("scrap")
        'scrapped'
        """
        if verb in self.irregular:
            return self.irregular[verb][0]
        return self._regular(verb)

    def participle(self, verb: str) -> str:
        """The past participle."""
        if verb in self.irregular:
            return self.irregular[verb][1]
        return self._regular(verb)

    def gerund(self, verb: str) -> str:
        """The form in -ing."""
        if verb in ("be", "see", "agree"):
            return f"{verb}ing"
        if verb.endswith("e"):
            return f"{verb[:-1]}ing"
        return f"{self._stem(verb)}ing"

    def third(self, verb: str) -> str:
        """The present of "he", "she" and "it"."""
        if verb in ("be", "have"):
            return {"be": "is", "have": "has"}[verb]
        if verb.endswith("y") and verb[-2] not in VOWELS:
            return f"{verb[:-1]}ies"
        return f"{verb}es" if verb.endswith(("s", "sh", "ch", "x", "o")) else f"{verb}s"

    def finite(self, phrase: VerbPhrase, subject: Subject, *, form: str) -> str:
        """A verb phrase as a predicate.

        Parameters
        ----------
        form : pres, past, perf (has done), inf, ing or pp
        """
        verb, _, rest = phrase.words.partition(" ")
        if phrase.is_negated:
            verb = self._negated(verb, subject, form)
        else:
            verb = self._form(verb, subject, form)
        return f"{verb} {rest}".rstrip().replace("{their}", subject.their)

    def _form(self, verb: str, subject: Subject, form: str) -> str:
        if form in ("ing", "pp", "perf"):
            participle = self.gerund(verb) if form == "ing" else self.participle(verb)
            return f"{subject.have()} {participle}" if form == "perf" else participle
        if verb == "be" and form != "inf":
            return subject.be(past=form == "past")
        if form == "past":
            return self.past(verb)
        return self.third(verb) if form == "pres" and subject.is_third_singular else verb

    def _negated(self, verb: str, subject: Subject, form: str) -> str:
        past = form == "past"
        if verb == "be":
            return f"{subject.be(past=past)} not"
        return f"{'did' if past else subject.do()} not {verb}"

    def _regular(self, verb: str) -> str:
        if verb.endswith("e"):
            return f"{verb}d"
        if verb.endswith("y") and verb[-2] not in VOWELS:
            return f"{verb[:-1]}ied"
        return f"{self._stem(verb)}ed"

    def _stem(self, verb: str) -> str:
        return verb + verb[-1] if verb in self.doubled else verb
