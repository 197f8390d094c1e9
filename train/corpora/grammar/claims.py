"""Phrases that show a stance on a claim: who says it, denies it, blames somebody for it."""

from random import Random

from train.corpora.grammar.cast import CastMember
from train.corpora.grammar.conjugation import Conjugator, VerbPhrase, draw_word
from train.corpora.grammar.files import Attitude, GrammarFiles
from train.corpora.grammar.issues import Claim, Telling, name_culprit, name_own

# How often each kind of object is drawn where it suits.
TAKES = {"that": 40, "claim": 22, "blame": 26, "cause": 22, "self": 40}
NEGATED = 0.35  # share of the negated ones, of verbs that may be
CERTAIN = 0.2  # share of the clauses that begin "it is a fact that" or "it is a lie that"


class ClaimPhrases:
    """Draws phrases with a stance of a side: 1 says that it is so, -1 that it is not."""

    def __init__(self, files: GrammarFiles, conjugator: Conjugator) -> None:
        self.files = files
        self.conjugator = conjugator
        self.by_takes: dict[str, list[Attitude]] = {}
        for attitude in files.denials:
            self.by_takes.setdefault(attitude.takes, []).append(attitude)

    def verb(
        self, claim: Claim, side: int, telling: Telling, *, holder: CastMember, form: str
    ) -> VerbPhrase:
        """A verb phrase.

        Parameters
        ----------
        form : past takes acts alone; want those that "does not" turns; others any
        """
        rng = telling.rng
        if form == "want":
            suited = [own for own in self.by_takes["that"] if own.negated]
            return self._phrase(rng.choice(suited), claim, side, rng, holder=holder)
        takes = self._takes(claim, rng, holder=holder)
        sign = side if takes in ("blame", "cause", "self") else telling.sign(side)
        tense = "act" if form == "past" and takes == "that" else None
        suited = [
            own for own in self.by_takes[takes] if own.side == sign and tense in (None, own.tense)
        ]
        attitude = rng.choices(suited, [len(own.verbs) for own in suited])[0]
        may_negate = attitude.negated and not telling.plain and form != "past"
        turned = may_negate and rng.random() < NEGATED
        return self._phrase(attitude, claim, side, rng, holder=holder, turned=turned)

    def clause(self, claim: Claim, side: int, telling: Telling, *, holder: CastMember) -> str:
        """A clause that says or denies the claim."""
        rng = telling.rng
        if rng.random() < CERTAIN:
            sign = telling.sign(side)
            begin = rng.choice(self.files.claim_words["true" if sign > 0 else "false"])
            return f"{begin} {self.plain(claim, side * sign, rng, holder=holder)}"
        return self.plain(claim, side, rng, holder=holder)

    def quote(self, claim: Claim, side: int, telling: Telling, *, holder: CastMember) -> str:
        """A clause in the holder's own words."""
        if _is_own(claim, holder):
            clauses = claim.clauses["yes" if side > 0 else "no"]
            return name_own(telling.rng.choice(clauses))
        return self.clause(claim, side, telling, holder=holder)

    def plain(self, claim: Claim, side: int, rng: Random, *, holder: CastMember | None) -> str:
        """One of the claim's own clauses."""
        clauses = claim.clauses["yes" if side > 0 else "no"]
        return name_culprit(rng.choice(clauses), claim, rng, holder=holder)

    def stance_noun(self, claim: Claim, side: int, telling: Telling, *, holder: CastMember) -> str:
        """A noun phrase with a stance, as in "its denial that Veldia shelled the market"."""
        sign = telling.sign(side)
        attitude = telling.rng.choice([a for a in self.by_takes["noun"] if a.side == sign])
        clause = self.plain(claim, side * attitude.side, telling.rng, holder=holder)
        return f"{telling.rng.choice(attitude.verbs)} {clause}"

    def passive(self, claim: Claim, side: int, telling: Telling, *, holder: CastMember) -> str:
        """A passive whose agent is the holder, as in "the claim that it rained was dismissed"."""
        rng = telling.rng
        rows = [
            (verb.removesuffix(" {}"), own)
            for own in self.by_takes["claim"]
            for verb in own.verbs
            if verb.endswith(" {}") and verb.count(" ") == 1
        ]
        sign = telling.sign(side)
        verb, attitude = rng.choice([row for row in rows if row[1].side == sign])
        noun = rng.choice(self.files.claim_words["nouns"])
        clause = self.plain(claim, side * attitude.side, rng, holder=None)
        return f"{noun} {clause} was {self.conjugator.participle(verb)}"

    def _takes(self, claim: Claim, rng: Random, *, holder: CastMember) -> str:
        takes = ["that", "claim"]
        if _is_own(claim, holder):
            takes.append("self")
        elif claim.culprit:
            takes.append("blame")
        elif claim.entry.cause:
            takes.append("cause")
        return rng.choices(takes, [TAKES[own] for own in takes])[0]

    def _phrase(
        self,
        attitude: Attitude,
        claim: Claim,
        side: int,
        rng: Random,
        *,
        holder: CastMember,
        turned: bool = False,
    ) -> VerbPhrase:
        """An attitude's verb with the clause that gives it the side wanted."""
        side = side * attitude.side * (-1 if turned else 1)
        verb = draw_word(attitude.verbs, rng)
        match attitude.takes:
            case "that":
                verb = f"{verb} {self.plain(claim, side, rng, holder=holder)}"
            case "claim":
                noun = rng.choice(self.files.claim_words["nouns"])
                clause = self.plain(claim, side, rng, holder=holder)
                verb = verb.replace("{}", f"{noun} {clause}")
            case _:
                verb = verb.replace("{event}", claim.event).replace("{deed}", claim.deed)
                verb = verb.replace("{cause}", claim.entry.cause)
                verb = name_culprit(verb, claim, rng, holder=None)
        return VerbPhrase(verb, attitude.tense == "state", is_negated=turned)


def _is_own(claim: Claim, holder: CastMember) -> bool:
    return claim.culprit is not None and claim.culprit.actor.id == holder.actor.id
