"""What a stance is on: a thing by its names, its outcomes, and plans and decisions on it."""

import re
from random import Random

from train.corpora.grammar.conjugation import Conjugator, Subject, VerbPhrase, draw_word
from train.corpora.grammar.files import GrammarFiles, Outcomes
from train.corpora.grammar.issues import NounPhrase, Telling, Thing

SIDES = {1: "plus", -1: "minus"}
PLAIN = 0.5  # share of the objects that are the thing itself, where its side is the one wanted
PRONOUN, SHORT = 0.6, 0.9  # cumulated shares of the ways to name a thing again
# Shares among the noun phrases with an outcome: "an end to it", "the decision to end it"; the rest
# are plans.
OUTCOMES, DECISIONS = 0.4, 0.65
TURNED = 0.4  # share of the decisions that are against the outcome that they name
CALLED_FOR = ("bill", "deal", "project", "nomination")  # kinds that are still to come
# Verbs whose passive is no English ("was let lapse"), whatever follows them.
NO_PASSIVE = ("let", "walk", "go", "press", "proceed", "stick", "hold", "put", "give")
# Noun phrases that are plural, though the thing that follows may be singular.
PLURALS = re.compile(r"(the )?(plans|moves|calls|efforts|attempts|demands|cuts|exemptions)\b")
PRONOUNS = ("it", "him", "her", "them")


class ThingNouns:
    """Draws noun phrases and outcomes of a side: 1 for the thing, -1 against it."""

    def __init__(self, files: GrammarFiles, conjugator: Conjugator) -> None:
        self.files = files
        self.conjugator = conjugator
        self.particles = frozenset(files.verbs.particles)

    def named(self, thing: Thing, telling: Telling, *, inside: bool = False) -> NounPhrase:
        """The thing by name, or by a pronoun if it was named and nothing else can be meant.

        Parameters
        ----------
        inside : as the object of an outcome, where "it" cannot be another outcome
        """
        before = telling.named.get(thing.entry.id, "no")
        if before != "thing":
            telling.named[thing.entry.id] = "outcome" if inside else "thing"
        if before == "no":
            return telling.rng.choice(thing.names)
        drawn = telling.rng.random()
        is_clear = (before == "thing" or inside) and not telling.several
        if is_clear and drawn < PRONOUN:
            subject = thing.short.subject
            return NounPhrase(subject.object, subject)
        return thing.short if drawn < SHORT else telling.rng.choice(thing.names)

    def outcome(self, thing: Thing, side: int, telling: Telling) -> str:
        """The thing, or an outcome as a noun phrase: "an end to the ban"."""
        if side > 0 and (telling.plain or telling.rng.random() < PLAIN):
            return self.named(thing, telling).text
        return self._outcome_noun(thing, side, telling).text

    def noun(self, thing: Thing, side: int, telling: Telling, *, takes: str = "any") -> NounPhrase:
        """A noun phrase that is for or against the thing.

        Parameters
        ----------
        takes : any, aim (what can be called for) or news (what can be welcomed)
        """
        rng = telling.rng
        may_be_plain = side > 0 and (takes != "aim" or thing.entry.kind in CALLED_FOR)
        if may_be_plain and (telling.plain or rng.random() < PLAIN):
            return self.named(thing, telling)
        drawn = rng.random()
        if takes == "aim" or telling.plain or drawn < OUTCOMES:
            return self._outcome_noun(thing, side, telling)
        if takes == "news" or drawn < DECISIONS:
            turned = rng.random() < TURNED
            wrappers = self.files.wrappers["news_not" if turned else "news"]
            side = -side if turned else side
        else:
            wrappers = self.files.wrappers["plans"]
        return _phrase(f"{rng.choice(wrappers)} {self.deed(thing, side, telling)}")

    def deed(self, thing: Thing, side: int, telling: Telling, *, form: str = "inf") -> str:
        """An outcome: "lift the ban", "lifting the ban"."""
        template = draw_word(self.templates(thing, side), telling.rng)
        words = VerbPhrase(self.with_object(template, thing, telling), is_state=False)
        return self.conjugator.finite(words, Subject("it"), form=form)

    def made(self, thing: Thing, side: int, telling: Telling, *, link: str = "") -> str:
        """The thing and what is to become of it: "the ban lifted", "the ban to be lifted"."""
        noun = self.named(thing, telling, inside=True).text
        return f"{noun} {link}{self.participle(thing, side, telling.rng)}"

    def modal(self, thing: Thing, side: int, telling: Telling) -> str:
        """What is to become of the thing as a clause: "the ban should not be lifted"."""
        rng, sign = telling.rng, telling.sign()
        subject = self.named(thing, telling, inside=True)
        modal = rng.choice(self.files.modals[SIDES[sign]])
        if not subject.subject.is_third_singular:
            modal = modal.replace("has to", "have to").replace("deserves", "deserve")
        return f"{as_subject(subject)} {modal} {self.participle(thing, side * sign, rng)}"

    def participle(self, thing: Thing, side: int, rng: Random) -> str:
        """What becomes of the thing: "lifted", "kept in place"."""
        passive = [t for t in self.templates(thing, side) if self._has_passive(t)]
        verb, _, rest = draw_word(passive, rng).replace(" {}", "").partition(" ")
        return f"{self.conjugator.participle(verb)} {rest}".rstrip()

    def with_object(self, template: str, thing: Thing, telling: Telling) -> str:
        """A template with the thing; a pronoun goes before a particle ("give it up")."""
        noun = self.named(thing, telling, inside=True).text
        words = template.split(" ")
        if noun in PRONOUNS and self._is_particle_verb(words):
            return f"{words[0]} {noun} {words[1]}"
        return template.replace("{}", noun)

    def templates(self, thing: Thing, side: int) -> tuple[str, ...]:
        """The outcomes of a side."""
        outcomes = self.outcomes(thing)
        return outcomes.plus if side > 0 else outcomes.minus

    def outcomes(self, thing: Thing) -> Outcomes:
        """All outcomes of the thing's kind."""
        return self.files.outcomes[thing.entry.kind]

    def _outcome_noun(self, thing: Thing, side: int, telling: Telling) -> NounPhrase:
        """An outcome as a noun phrase, as in "an end to the ban", where the thing is no pronoun."""
        outcomes = self.outcomes(thing)
        nouns = outcomes.nouns_plus if side > 0 else outcomes.nouns_minus
        is_first = thing.entry.id not in telling.named
        telling.named.setdefault(thing.entry.id, "outcome")
        name = telling.rng.choice(thing.names) if is_first else thing.short
        return _phrase(telling.rng.choice(nouns).replace("{}", name.text))

    def _has_passive(self, template: str) -> bool:
        words = template.split(" ")
        if words[0] in NO_PASSIVE:
            return False
        return words[1] == "{}" or self._is_particle_verb(words)

    def _is_particle_verb(self, words: list[str]) -> bool:
        return len(words) == 3 and words[2] == "{}" and words[1] in self.particles


def as_subject(noun: NounPhrase) -> str:
    """A noun phrase at the start of a clause, where "them" is "they"."""
    return noun.subject.pronoun if noun.text in PRONOUNS else noun.text


def _phrase(text: str) -> NounPhrase:
    return NounPhrase(text, Subject("they" if PLURALS.match(text) else "it"))
