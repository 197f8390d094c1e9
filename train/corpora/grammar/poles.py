"""Names of issues and the words for their two sides, in many styles, the right way or turned."""

import re
from collections.abc import Callable
from random import Random

from standpoint.codebook import Issue
from train.corpora.grammar.claims import ClaimPhrases
from train.corpora.grammar.conjugation import Subject, VerbPhrase
from train.corpora.grammar.issues import Claim, Telling, Thing
from train.corpora.grammar.things import ThingPhrases

NEUTRAL = 0.25  # share of the names that do not tell which side is favor
NAMED_ALONE = 0.3  # share of the others that are the thing's name, where favor is for the thing
CUES = 0.6  # share of the issues with cues: codebooks may do without
DOUBLE = 0.35  # share of the poles that say it twice
MAX_POLE = 200  # characters, with a full stop: the most that a codebook may have
ANYONE = Subject("it")  # what the verbs of poles agree with: "supports the ban"
ANSWERED = 0.15  # share of the poles of a question that begin with yes or no
SUPPORTS = ("support", "back", "accept", "defend")
OPPOSES = ("oppose", "reject", "be against", "criticise")
FOR, AGAINST = ("for", "in favour of"), ("against", "opposed to")


class ThingPoles:
    """The words of a codebook for a thing at issue."""

    def __init__(self, phrases: ThingPhrases) -> None:
        self.phrases = phrases
        self.nouns = phrases.nouns

    def issue(self, thing: Thing, rng: Random, *, turned: bool, plain: bool) -> Issue:
        """The issue, whose favor is against the thing where it is turned.

        Parameters
        ----------
        plain : whether one word decides each pole, see `Telling`
        """
        side = -1 if turned else 1
        name = self._name(thing, side, Telling(rng, plain=plain))

        def pole(of: int) -> str:
            answer = {side: "yes", -side: "no"}[of] if name.endswith("?") else ""
            return _pole(lambda: self._style(thing, of, Telling(rng, plain=plain), answer), rng)

        return Issue(
            id=thing.entry.id,
            name=_sentence(name, dot=False),
            favor=pole(side),
            against=pole(-side),
            cues=_cues([thing.short.text, rng.choice(thing.names).text], rng),
        )

    def _name(self, thing: Thing, side: int, telling: Telling) -> str:
        rng = telling.rng
        name = rng.choice(thing.names).text
        if rng.random() < NEUTRAL or (side > 0 and rng.random() < NAMED_ALONE):
            short = re.sub(r"^(the|an?) ", "", name)
            return rng.choice((name, short, f"what becomes of {name}", f"the dispute over {name}"))
        match rng.randrange(6):
            case 0 | 1:
                return rng.choice(thing.clauses["on" if side > 0 else "off"])
            case 2:
                return self.nouns.deed(thing, side, telling, form="ing")
            case 3:
                return f"should {self.nouns.made(thing, side, telling, link='be ')}?"
            case 4:
                return self.nouns.modal(thing, side, telling)
        outcomes = self.nouns.outcomes(thing)
        return rng.choice(outcomes.nouns_plus if side > 0 else outcomes.nouns_minus).format(name)

    def _style(self, thing: Thing, side: int, telling: Telling, answer: str) -> str:
        rng = telling.rng
        if answer and rng.random() < ANSWERED:
            return f"{answer}, {self.nouns.modal(thing, side, telling)}"
        styles = (
            self._state,
            self._state,
            self._argument,
            self.nouns.modal,
            self._supports,
            self._for,
            self._wants,
            self._is_right,
            self.phrases.clause,
        )
        return rng.choice(styles)(thing, side, telling)

    def _state(self, thing: Thing, side: int, telling: Telling) -> str:
        return telling.rng.choice(thing.clauses["on" if side > 0 else "off"])

    def _argument(self, thing: Thing, side: int, telling: Telling) -> str:
        return telling.rng.choice(thing.clauses["pro" if side > 0 else "con"])

    def _supports(self, thing: Thing, side: int, telling: Telling) -> str:
        sign = telling.sign(side)
        verb = telling.rng.choice(SUPPORTS if sign > 0 else OPPOSES)
        words = f"{verb} {self.nouns.outcome(thing, side * sign, telling)}"
        phrase = VerbPhrase(words, is_state=True)
        return self.phrases.conjugator.finite(phrase, ANYONE, form="pres")

    def _for(self, thing: Thing, side: int, telling: Telling) -> str:
        sign = telling.sign(side)
        begin = telling.rng.choice(FOR if sign > 0 else AGAINST)
        return f"{begin} {self.nouns.outcome(thing, side * sign, telling)}"

    def _wants(self, thing: Thing, side: int, telling: Telling) -> str:
        first, second = (self.nouns.deed(thing, side, telling) for _ in range(2))
        return f"wants to {first} or {second}" if first != second else f"wants to {first}"

    def _is_right(self, thing: Thing, side: int, telling: Telling) -> str:
        return f"{self.nouns.deed(thing, side, telling, form='ing')} is right"


class ClaimPoles:
    """The words of a codebook for a claim."""

    def __init__(self, phrases: ClaimPhrases) -> None:
        self.phrases = phrases

    def issue(self, claim: Claim, rng: Random, *, turned: bool, plain: bool) -> Issue:
        """The issue, whose favor denies the claim where it is turned."""
        telling = Telling(rng, plain=plain)
        side = -1 if turned else 1
        return Issue(
            id=claim.entry.id,
            name=_sentence(self._name(claim, side, rng), dot=False),
            favor=_pole(lambda: self._style(claim, side, telling), rng),
            against=_pole(lambda: self._style(claim, -side, telling), rng),
            cues=_cues([claim.event, claim.event.split(" of ")[-1]], rng),
        )

    def _name(self, claim: Claim, side: int, rng: Random) -> str:
        if rng.random() < NEUTRAL:
            return rng.choice((claim.event, f"the truth about {claim.event}"))
        clause = self._plain(claim, side, rng)
        names = [clause, clause, clause, f"the claim that {clause}"]
        if claim.culprit and side > 0:
            mention = rng.choice(claim.culprit.mentions)
            names += [
                f"{mention.possessive} guilt in {claim.event}",
                f"{mention.text} {mention.subject.be()} to blame for {claim.event}",
            ]
        return rng.choice(names)

    def _style(self, claim: Claim, side: int, telling: Telling) -> str:
        rng = telling.rng
        same, other = self._plain(claim, side, rng), self._plain(claim, -side, rng)
        styles = (
            f"says that {same}",
            f"says or implies that {same}",
            f"believes that {same}",
            f"it is true that {same}",
            f"denies that {other}",
            f"doubts or denies that {other}",
            f"it is not true that {other}",
        )
        return same if telling.plain else rng.choice((same, same, same, same, same, *styles))

    def _plain(self, claim: Claim, side: int, rng: Random) -> str:
        return self.phrases.plain(claim, side, rng, holder=None)


def _pole(draw_style: Callable[[], str], rng: Random) -> str:
    """What a side means, in one style or two if they are short enough."""
    pole = draw_style()
    if rng.random() < DOUBLE and (more := draw_style()) != pole:
        link = rng.choice(("; ", ". ", ", or: "))
        both = f"{pole}{link}{_sentence(more, dot=False) if link == '. ' else more}"
        pole = both if len(both) < MAX_POLE else pole
    return _sentence(pole, dot=rng.random() < 0.7)


def _sentence(text: str, *, dot: bool) -> str:
    """A text with a capital, and a full stop if there is to be one."""
    end = "." if dot and not text.endswith("?") else ""
    return f"{text[0].upper()}{text[1:]}{end}"


def _cues(texts: list[str], rng: Random) -> tuple[str, ...]:
    """Names of the thing without their articles, or none."""
    if rng.random() > CUES:
        return ()
    return tuple(dict.fromkeys(re.sub(r"^(the|an?) ", "", text) for text in texts))
