"""Fills the slots of a frame: names, verb phrases, clauses, quotes, and words that agree."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from random import Random

from train.corpora.grammar.cast import CastMember, Mention
from train.corpora.grammar.claims import ClaimPhrases
from train.corpora.grammar.conjugation import Conjugator, Subject, VerbPhrase
from train.corpora.grammar.files import GrammarFiles
from train.corpora.grammar.issues import Claim, Telling, Thing
from train.corpora.grammar.things import ThingPhrases

Matter = Thing | Claim
SLOT = re.compile(r"\{([^{}]+)\}")
STANCE_SLOT = re.compile(r"([A-Z])(?:\+([A-Z]))?(2?)([:!])(.+)")
SENTENCE_START = re.compile(r"((?:^|[.?!]\"? |\|\| )\"?)([a-z])")
LONG_HELD = 0.12  # share of the states told as "has long supported"
# Cumulated shares of the tenses of an act: past, present perfect; the rest is the present.
PAST, PERFECT = 0.55, 0.8
# Shares of the outcomes among what somebody is urged to do, or is praised or criticised for.
OUTCOME_URGED, OUTCOME_NAMED = 0.6, 0.4


@dataclass(slots=True)
class Scene:
    """Who and what a sentence is about.

    Attributes
    ----------
    cast : the actors by slot; the speaker's is "I"
    sides : of each slot on its issue, 1 or -1; "A2" is A's on the second one
    mentioned : the last mention of each slot
    step : the side of the step that the sentence before tells of
    """

    cast: Mapping[str, CastMember]
    sides: Mapping[str, int]
    matters: tuple[Matter, ...]
    telling: Telling
    mentioned: dict[str, Subject] = field(default_factory=dict)
    step: int = 1
    is_planned: bool = False

    @property
    def rng(self) -> Random:
        """The source of chance."""
        return self.telling.rng


@dataclass(frozen=True, slots=True)
class Wanted:
    """A stance that a slot is to show: of whom, on what, and what its verb agrees with."""

    scene: Scene
    matter: Matter
    side: int
    holder: CastMember
    subject: Subject


class SentenceFiller:
    """Fills frames."""

    def __init__(self, files: GrammarFiles, conjugator: Conjugator) -> None:
        self.files = files
        self.conjugator = conjugator
        self.things = ThingPhrases(files, conjugator)
        self.claims = ClaimPhrases(files, conjugator)

    def fill(self, text: str, scene: Scene) -> str:
        """The sentence of a frame's text, with a capital at each start."""
        filled = SLOT.sub(lambda match: self._slot(match[1], scene), text)
        return SENTENCE_START.sub(lambda match: match[1] + match[2].upper(), filled)

    def _slot(self, slot: str, scene: Scene) -> str:
        if slot in scene.cast:
            return self._mention(slot, scene).text
        if slot.endswith("'s") and slot[:-2] in scene.cast:
            return self._mention(slot[:-2], scene).possessive
        if match := STANCE_SLOT.fullmatch(slot):
            holder, other, second, mark, form = match.groups()
            wanted = Wanted(
                scene,
                scene.matters[1 if second else 0],
                scene.sides[holder + second] * (-1 if mark == "!" else 1),
                scene.cast[holder],
                Subject("they") if other else self._subject(holder, scene),
            )
            return self._stance(form, wanted)
        if ":" in slot:
            word, _, holder = slot.partition(":")
            return self._agreeing(word, scene, holder)
        return self._filler(slot, scene)

    def _mention(self, slot: str, scene: Scene) -> Mention:
        if slot == "I":
            subject = self._subject(slot, scene)
            return Mention(subject.pronoun, subject)
        mention = scene.rng.choice(scene.cast[slot].mentions)
        scene.mentioned[slot] = mention.subject
        return mention

    def _subject(self, slot: str, scene: Scene) -> Subject:
        if slot not in scene.mentioned:
            member = scene.cast[slot]
            pronoun = member.mentions[0].subject.pronoun
            if slot == "I":
                pronoun = scene.rng.choice(("I", "we")) if member.is_person else "we"
            scene.mentioned[slot] = Subject(pronoun)
        return scene.mentioned[slot]

    def _agreeing(self, word: str, scene: Scene, holder: str) -> str:
        subject = self._subject(holder, scene)
        if word == "who":
            return scene.cast[holder].who
        if word in AGREEING:
            return AGREEING[word](subject)
        words = scene.rng.choice(self.files.fillers[word])
        verb, _, rest = words.partition(" ")
        if word in ("agrees", "disagrees") and not subject.is_third_singular:
            verb = PLURAL_OF.get(verb, verb.removesuffix("s"))
        return f"{verb} {rest}".rstrip()

    def _filler(self, slot: str, scene: Scene) -> str:
        if slot in ("T", "T2"):
            return self._neutral(scene.matters[slot == "T2"], scene)
        if slot in OF_SPEAKER:
            return OF_SPEAKER[slot](self._subject("I", scene))
        words = scene.rng.choice(self.files.fillers.get(slot, ("",)))
        matter = scene.matters[0]
        if isinstance(matter, Claim):
            return self._yes(matter, scene) if slot == "yes" else words
        if slot in ("done", "planned"):
            scene.step, scene.is_planned = scene.rng.choice((1, -1)), slot == "planned"
            return f"{words} {self.things.nouns.deed(matter, scene.step, scene.telling)}"
        return words

    def _yes(self, claim: Claim, scene: Scene) -> str:
        """What is asked of a claim, either way round."""
        side = scene.rng.choice((1, -1))
        return self.claims.plain(claim, side, scene.rng, holder=scene.cast.get("A"))

    def _neutral(self, matter: Matter, scene: Scene) -> str:
        """The thing, or what the claim is about, without a side."""
        if isinstance(matter, Claim):
            return matter.event
        return self.things.nouns.named(matter, scene.telling).text

    def _stance(self, form: str, wanted: Wanted) -> str:
        """A verb phrase, clause, quote or noun phrase with a stance."""
        kind = form.casefold()
        if kind in ("clause", "quote", "noun", "passive", "it_quote", "move_quote"):
            text = self._text(kind, wanted)
            return f"{text[0].upper()}{text[1:]}" if form[0].isupper() else text
        return self._outcome(form, wanted) or self._verb(form, wanted)

    def _text(self, kind: str, wanted: Wanted) -> str:
        """What has no verb to conjugate."""
        matter, side, telling = wanted.matter, wanted.side, wanted.scene.telling
        if isinstance(matter, Claim):
            draw = {
                "quote": self.claims.quote,
                "noun": self.claims.stance_noun,
                "passive": self.claims.passive,
            }
            return draw.get(kind, self.claims.clause)(matter, side, telling, holder=wanted.holder)
        if kind in ("quote", "it_quote"):
            return self.things.quote(matter, side, telling, holder=wanted.holder)
        if kind == "move_quote":
            return self.things.move_quote(side * wanted.scene.step, telling.rng)
        plain = {"noun": self.things.stance_noun, "passive": self.things.passive}
        return plain.get(kind, self.things.clause)(matter, side, telling)

    def _verb(self, form: str, wanted: Wanted) -> str:
        """A verb phrase in the form that a slot names."""
        rng, subject = wanted.scene.rng, wanted.subject
        phrase = self._phrase(form, wanted)
        if form == "neither":
            return f"{rng.choice(('will', 'would'))} {phrase.words}"
        if form == "Inf":  # the subject is whoever is urged, with whom "their" does not agree
            while "{their}" in phrase.words:
                phrase = self._phrase(form, wanted)
        tense = FORMS.get(form) or _tense(phrase, rng)
        if tense == "long":
            return f"{subject.have()} long {self.conjugator.finite(phrase, subject, form='pp')}"
        return self.conjugator.finite(phrase, subject, form=tense)

    def _phrase(self, form: str, wanted: Wanted) -> VerbPhrase:
        scene, matter, holder = wanted.scene, wanted.matter, wanted.holder
        need = NEEDS.get(form, form)
        side = -wanted.side if form == "neither" else wanted.side
        if isinstance(matter, Claim):
            return self.claims.verb(matter, side, scene.telling, holder=holder, form=need)
        if form == "move":
            on_step = side * scene.step
            return self.things.move(on_step, scene.rng, holder=holder, planned=scene.is_planned)
        return self.things.verb(matter, side, scene.telling, holder=holder, form=need)

    def _outcome(self, form: str, wanted: Wanted) -> str | None:
        """An outcome in place of a verb of attitude: "was urged to lift the ban"."""
        telling, thing = wanted.scene.telling, wanted.matter
        if isinstance(thing, Claim):
            return None
        if form == "Inf" and telling.rng.random() < OUTCOME_URGED:
            return self.things.nouns.deed(thing, wanted.side, telling)
        if form == "Ing" and wanted.holder.has_power and telling.rng.random() < OUTCOME_NAMED:
            return self.things.nouns.deed(thing, wanted.side, telling, form="ing")
        return None


def _tense(phrase: VerbPhrase, rng: Random) -> str:
    """The form of a finite verb: states are told in the present."""
    if not phrase.is_state:
        drawn = rng.random()
        return "past" if drawn < PAST else "perf" if drawn < PERFECT else "pres"
    may_be_long = not phrase.is_negated and not phrase.words.startswith("be ")
    return "long" if may_be_long and rng.random() < LONG_HELD else "pres"


NEEDS = {"it": "fin", "neither": "want", "pres_want": "once", "Inf": "past", "Ing": "ing"}
"""What a form needs of the verb, where its name is another one."""
FORMS = {
    "want": "pres",
    "pres_want": "pres",
    "pres": "pres",
    "past": "past",
    "once": "past",
    "Inf": "inf",
    "inf": "inf",
    "Ing": "ing",
    "ing": "ing",
    "pp": "pp",
}
"""The form of the verb in each slot; the others are told in any tense."""
PLURAL_OF = {"is": "are", "has": "have", "does": "do"}
AGREEING: Mapping[str, Callable[[Subject], str]] = {
    "is": Subject.be,
    "was": lambda subject: subject.be(past=True),
    "has": Subject.have,
    "does": Subject.do,
    "they": lambda subject: subject.pronoun,
    "their": lambda subject: subject.their,
    "says": lambda subject: "says" if subject.is_third_singular else "say",
    "think": lambda subject: "thinks" if subject.is_third_singular else "think",
}
"""Words that agree with a holder."""
OF_SPEAKER: Mapping[str, Callable[[Subject], str]] = {
    "my": lambda subject: subject.their,
    "me": lambda subject: subject.object,
    "am": Subject.be,
}
"""Words that agree with the speaker."""
