"""Phrases that show a stance on a thing: a ban, a bill, a strike, a person in office."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random

from train.corpora.grammar.cast import CastMember
from train.corpora.grammar.conjugation import Conjugator, Subject, VerbPhrase, draw_word
from train.corpora.grammar.files import Attitude, GrammarFiles
from train.corpora.grammar.issues import Telling, Thing
from train.corpora.grammar.objects import SIDES, ThingNouns, as_subject

# How often each kind of object is drawn where it suits: those with an outcome are as frequent
# together as the plain ones, so that a verb alone tells nothing of the stance.
TAKES = {
    "any": 30,
    "aim": 8,
    "news": 12,
    "doing": 8,
    "to": 9,
    "made": 10,
    "to-be": 6,
    "asked": 5,
    "that": 7,
    "judged": 8,
    "act": 7,
}
NEGATED = 0.35  # share of the negated ones, of verbs that may be
# Cumulated shares of the clauses: arguments, what should be, what is right, what the thing is like.
ARGUMENT, MODAL, OPENING, DEED = 0.3, 0.62, 0.7, 0.78
ON_THING = ("any", "aim", "news", "judged")  # objects that may be the thing itself
CLAUSE, COMMAND = 0.6, 0.75  # cumulated shares of the quotes; the rest are "we support ..."


@dataclass(frozen=True, slots=True)
class _Choice:
    """An attitude, and whether it is turned by a negation."""

    attitude: Attitude
    turned: bool = False

    @property
    def sign(self) -> int:
        """The side of the attitude, or the other one where it is turned."""
        return -self.attitude.side if self.turned else self.attitude.side


class ThingPhrases:
    """Draws phrases with a stance of a side: 1 for the thing, -1 against it."""

    def __init__(self, files: GrammarFiles, conjugator: Conjugator) -> None:
        self.files = files
        self.conjugator = conjugator
        self.nouns = ThingNouns(files, conjugator)
        self.by_takes: dict[str, list[Attitude]] = {}
        for attitude in files.attitudes:
            self.by_takes.setdefault(attitude.takes, []).append(attitude)

    def verb(
        self, thing: Thing, side: int, telling: Telling, *, holder: CastMember, form: str
    ) -> VerbPhrase:
        """A verb phrase.

        Parameters
        ----------
        form : past takes acts alone, once states; want those that "does not" turns; others any
        """
        if form == "want":
            return self._wanting(thing, side, telling)
        while True:
            takes = telling.rng.choices(tuple(TAKES), tuple(TAKES.values()))[0]
            if takes == "act":
                outcomes = self.nouns.outcomes(thing)
                acts = outcomes.acts_plus if side > 0 else outcomes.acts_minus
                if acts and holder.has_power and form != "once":
                    act = self.nouns.with_object(telling.rng.choice(acts), thing, telling)
                    return VerbPhrase(act, is_state=False)
            elif choice := self._draw(takes, telling, holder=holder, form=form, side=side):
                return self._with_object(choice, thing, side, telling)

    def move(self, side: int, rng: Random, *, holder: CastMember, planned: bool) -> VerbPhrase:
        """A verb phrase on a step that the sentence before tells of.

        Parameters
        ----------
        side : on that step
        planned : whether it is yet to come
        """
        step = rng.choice(self.files.fillers["move_planned" if planned else "move"])
        while True:
            takes = rng.choice(("any", "any", "news"))
            choice = self._draw(takes, Telling(rng), holder=holder, form="fin", side=side)
            if choice is not None and choice.sign == side:
                return _phrase(choice, step, rng)

    def move_quote(self, side: int, rng: Random) -> str:
        """A quote on such a step, as in "this is a grave mistake"."""
        begin = rng.choice(("this is", "that is", "it is", "this would be", "we call this"))
        return f"{begin} {rng.choice(self._judgements('deed', side))}"

    def clause(self, thing: Thing, side: int, telling: Telling) -> str:
        """A clause that says what should be, or what the thing is like."""
        rng = telling.rng
        drawn = rng.random()
        sign = telling.sign()
        if drawn < ARGUMENT:
            return rng.choice(thing.clauses["pro" if side > 0 else "con"])
        if drawn < MODAL:
            return self.nouns.modal(thing, side, telling)
        if drawn < OPENING:
            begin = rng.choice(self.files.openings[SIDES[sign]])
            return f"{begin} {self.nouns.deed(thing, side * sign, telling)}"
        if drawn < DEED:
            deed = self.nouns.deed(thing, side * sign, telling, form="ing")
            return f"{deed} would be {rng.choice(self._judgements('deed', sign))}"
        subject = self.nouns.named(thing, telling)
        judged = rng.choice(self._judgements(_judged_as(thing), side))
        return f"{as_subject(subject)} {subject.subject.be()} {judged}"

    def quote(self, thing: Thing, side: int, telling: Telling, *, holder: CastMember) -> str:
        """A clause, a command, or a sentence in the first person."""
        rng = telling.rng
        drawn = rng.random()
        if drawn < CLAUSE:
            return self.clause(thing, side, telling)
        if drawn < COMMAND:
            sign = telling.sign()
            command = rng.choice(self.files.commands[SIDES[sign]])
            return f"{command}{self.nouns.deed(thing, side * sign, telling)}"
        pronoun = rng.choice(("I", "we")) if holder.is_person else "we"
        phrase = self.verb(thing, side, telling, holder=holder, form="pres")
        return f"{pronoun} {self.conjugator.finite(phrase, Subject(pronoun), form='pres')}"

    def stance_noun(self, thing: Thing, side: int, telling: Telling) -> str:
        """A noun phrase with a stance, as in "its opposition to an end to the ban"."""
        attitude = telling.rng.choice(_of_sign(self.by_takes["noun"], telling.sign(side)))
        noun = self.nouns.noun(thing, side * attitude.side, telling)
        return f"{draw_word(attitude.verbs, telling.rng)} {noun.text}"

    def passive(self, thing: Thing, side: int, telling: Telling) -> str:
        """A passive whose agent is the holder, as in "the ban was condemned"."""
        rng = telling.rng
        takes = rng.choice(("any", "news"))
        attitudes = _of_sign(self.by_takes[takes], telling.sign(side))
        verbs = [(verb, own) for own in attitudes for verb in own.verbs if " " not in verb]
        verb, attitude = rng.choice(verbs)
        noun = self.nouns.noun(thing, side * attitude.side, telling, takes=takes)
        be = noun.subject.be(past=attitude.tense == "act")
        return f"{as_subject(noun)} {be} {self.conjugator.participle(verb)}"

    def _draw(
        self, takes: str, telling: Telling, *, holder: CastMember, form: str, side: int
    ) -> _Choice | None:
        """An attitude of a side that is drawn first."""
        rng = telling.rng
        sign = telling.sign(side if takes in ON_THING else 1)
        tense = {"past": "act", "once": "state"}.get(form)
        suited = [
            own
            for own in _of_sign(self.by_takes[takes], sign)
            if tense in (None, own.tense) and (own.by is None or holder.has_power)
        ]
        if not suited:
            return None
        attitude = rng.choices(suited, [len(own.verbs) for own in suited])[0]
        may_negate = attitude.negated and not telling.plain and form in ("fin", "past", "pres")
        return _Choice(attitude, turned=may_negate and rng.random() < NEGATED)

    def _wanting(self, thing: Thing, side: int, telling: Telling) -> VerbPhrase:
        takes = telling.rng.choice(("any", "made", "that"))
        suited = [own for own in self.by_takes[takes] if own.negated and own.tense == "state"]
        return self._with_object(_Choice(telling.rng.choice(suited)), thing, side, telling)

    def _with_object(
        self, choice: _Choice, thing: Thing, side: int, telling: Telling
    ) -> VerbPhrase:
        """An attitude's verb with the object that gives it the side wanted."""
        attitude, side = choice.attitude, side * choice.sign
        nouns, rng = self.nouns, telling.rng
        match attitude.takes:
            case "to" | "asked":
                words = nouns.deed(thing, side, telling)
            case "made":
                words = nouns.made(thing, side, telling)
            case "to-be":
                words = nouns.made(thing, side, telling, link="to be ")
            case "that":
                words = self.clause(thing, side, telling)
            case "judged":
                words = self._judged(attitude, thing, side, telling)
            case "doing":
                words = nouns.deed(thing, side, telling, form="ing")
            case takes:
                words = nouns.noun(thing, side, telling, takes=takes).text
        phrase = _phrase(choice, words, rng)
        other = rng.choice(self.files.fillers["other"])
        return replace(phrase, words=phrase.words.replace("{other}", other))

    def _judged(self, attitude: Attitude, thing: Thing, side: int, telling: Telling) -> str:
        """What is judged, and as what, parted by a bar; against the thing, an outcome is."""
        sign = attitude.side
        if side > 0:
            noun = self.nouns.named(thing, telling).text
            return f"{noun}|{telling.rng.choice(self._judgements(_judged_as(thing), sign))}"
        deed = self.nouns.deed(thing, side, telling, form="ing")
        return f"{deed}|{telling.rng.choice(self._judgements('deed', sign))}"

    def _judgements(self, of: str, sign: int) -> Sequence[str]:
        return self.files.judgements[f"{of}_{'good' if sign > 0 else 'bad'}"]


def _phrase(choice: _Choice, words: str, rng: Random) -> VerbPhrase:
    """The verb phrase of an attitude with what it is on."""
    verb = draw_word(choice.attitude.verbs, rng)
    if "{}" in verb:
        noun, _, judged = words.partition("|")
        verb = verb.replace("{}", noun).replace("{good}", judged).replace("{bad}", judged)
    else:
        verb = f"{verb} {words}"
    is_state = choice.attitude.tense == "state"
    if choice.turned and not is_state:
        verb = f"{rng.choice(('refuse to', 'decline to'))} {verb}"
    return VerbPhrase(verb, is_state, is_negated=choice.turned and is_state)


def _judged_as(thing: Thing) -> str:
    return "person" if thing.is_person else "thing"


def _of_sign(attitudes: Sequence[Attitude], sign: int) -> list[Attitude]:
    return [own for own in attitudes if own.side == sign]
