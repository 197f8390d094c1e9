"""Composes texts with their answers: actors, issues, frames and phrases, deterministic by seed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from standpoint.codebook import Codebook, Issue
from train.corpora.grammar.cast import Casting, CastMember
from train.corpora.grammar.conjugation import Conjugator
from train.corpora.grammar.files import (
    ClaimEntry,
    Entry,
    Frame,
    GrammarFiles,
    ThingEntry,
    read_grammar,
)
from train.corpora.grammar.issues import Claim, Telling, Thing, fill_claim, fill_thing
from train.corpora.grammar.poles import ClaimPoles, ThingPoles
from train.corpora.grammar.sentences import Matter, Scene, SentenceFiller

TEXTS_OF_A_CODEBOOK = 8
ISSUES = (1, 1, 2, 2, 3)  # numbers of issues of a codebook, drawn evenly
ACTORS = (3, 6)  # fewest and most actors of a codebook; frames have up to three
CLAIMS = 0.4  # share of the issues that are claims: a third or more of real codebooks' are
SAME_TOPIC = 0.5  # share of the further issues that are of the first one's topic
PLAIN_POLES, PLAIN_TEXTS = 0.6, 0.5
"""Shares of the codebooks and of the texts in which one word decides a side. Where every side hangs
on several words none of which tells anything alone, the loss of MPNet's lowest layers did not fall
in 750 steps of 16 texts (docs/decisions/0014)."""
CULPRIT_HOLDS = 0.3  # share of the texts in which the accused is made one of the holders


@dataclass(frozen=True, slots=True)
class GrammarText:
    """A composed text with the stance of every holder on every issue of its codebook.

    Attributes
    ----------
    frame : the name of the frame that it was made from
    before : the sentence before, or ""
    speaker : the actor whose own words the text is
    statements : by issue and actor; a pair that is not in it says nothing
    """

    id: str
    frame: str
    codebook: Codebook
    before: str
    text: str
    speaker: str | None
    statements: Mapping[tuple[str, str], str]


@dataclass(frozen=True)
class _Debate:
    """A codebook with what its texts are made from; ``turned`` tells which poles are turned."""

    codebook: Codebook
    cast: Sequence[CastMember]
    matters: Sequence[Matter]
    turned: Sequence[bool]


def compose_texts(
    folder: Path, *, count: int, seed: int, split: str = "train"
) -> Iterator[GrammarText]:
    """Texts composed from the grammar of a folder; the same seed gives the same texts.

    Parameters
    ----------
    split : train, or held-out for the issues that are kept out of training

    Raises
    ------
    CorpusError
        a file of the grammar is missing, or faulty
    """
    return Composer(read_grammar(folder, split=split)).compose(count, seed=seed)


class Composer:
    """Composes texts from a grammar."""

    def __init__(self, files: GrammarFiles) -> None:
        self.files = files
        conjugator = Conjugator(files.verbs.irregular, frozenset(files.verbs.doubled))
        self.filler = SentenceFiller(files, conjugator)
        self.casting = Casting(files.persons, files.groups)
        self.thing_poles = ThingPoles(self.filler.things)
        self.claim_poles = ClaimPoles(self.filler.claims)
        self.by_topic: dict[str, list[Entry]] = {}
        entries: tuple[Entry, ...] = (*files.things, *files.claims)
        for entry in entries:
            self.by_topic.setdefault(entry.topic, []).append(entry)

    def compose(self, count: int, *, seed: int) -> Iterator[GrammarText]:
        """As many texts as wanted; the same seed gives the same texts."""
        for number in range(0, count, TEXTS_OF_A_CODEBOOK):
            rng = Random(f"{seed}/{number}")
            debate = self._debate(f"g-{seed}-{number}", rng)
            for place in range(number, min(number + TEXTS_OF_A_CODEBOOK, count)):
                yield self._text(f"{seed}-{place}", debate, rng)

    def _debate(self, name: str, rng: Random) -> _Debate:
        entries = self._entries(rng)
        accused = [e.by for e in entries if isinstance(e, ClaimEntry) and e.by]
        cast = self.casting.draw(rng, rng.randint(*ACTORS), accused=accused)
        culprits = iter(cast)
        matters: list[Matter] = []
        for entry in entries:
            if isinstance(entry, ThingEntry):
                matters.append(fill_thing(entry, self.files.names, rng))
            else:
                culprit = next(culprits) if entry.by else None
                matters.append(fill_claim(entry, self.files.names, rng, culprit=culprit))
        turned = [rng.random() < 0.5 for _ in matters]
        plain = rng.random() < PLAIN_POLES
        issues = [
            self._poles(matter, rng, turned=t, plain=plain)
            for matter, t in zip(matters, turned, strict=True)
        ]
        order = rng.sample(cast, len(cast))
        codebook = Codebook(
            name=name,
            title=f"{issues[0].name}: the debate",
            actors=tuple(member.actor for member in order),
            issues=tuple(issues),
        )
        return _Debate(codebook, order, matters, turned)

    def _poles(self, matter: Matter, rng: Random, *, turned: bool, plain: bool) -> Issue:
        if isinstance(matter, Thing):
            return self.thing_poles.issue(matter, rng, turned=turned, plain=plain)
        return self.claim_poles.issue(matter, rng, turned=turned, plain=plain)

    def _entries(self, rng: Random) -> list[Entry]:
        """The issues of a codebook: the first at random, others often of its topic."""
        entries = [self._entry(rng)]
        shorts = {getattr(entries[0], "short", "")}
        for _ in range(rng.choice(ISSUES) - 1):
            near = self.by_topic[entries[0].topic]
            entry = rng.choice(near) if rng.random() < SAME_TOPIC else self._entry(rng)
            short = getattr(entry, "short", entry.id)
            if entry not in entries and short not in shorts:
                entries.append(entry)
                shorts.add(short)
        return entries

    def _entry(self, rng: Random) -> Entry:
        entries: tuple[Entry, ...] = self.files.things
        if rng.random() < CLAIMS:
            entries = self.files.claims
        return rng.choice(entries)

    def _text(self, id: str, debate: _Debate, rng: Random) -> GrammarText:
        order = rng.sample(range(len(debate.matters)), len(debate.matters))
        plain = rng.random() < PLAIN_TEXTS
        frame = self._frame(debate.matters[order[0]], len(order), rng, plain=plain)
        order = order[: frame.issues]
        matters = tuple(debate.matters[number] for number in order)
        cast = self._roles(frame, matters[0], debate.cast, rng)
        sides, answers = _sides(frame, rng)
        scene = Scene(cast, sides, matters, Telling(rng, frame.issues > 1, plain))
        before, _, text = self.filler.fill(rng.choice(frame.texts), scene).rpartition(" || ")
        statements = {}
        for slot, answer in answers.items():
            number = order[1 if slot.endswith("2") else 0]
            stance = answer * (-1 if debate.turned[number] else 1)
            key = (debate.codebook.issues[number].id, cast[slot[0]].actor.id)
            statements[key] = STANCES[stance]
        speaker = cast["I"].actor.id if frame.speaker else None
        return GrammarText(id, frame.name, debate.codebook, before, text, speaker, statements)

    def _frame(self, matter: Matter, issues: int, rng: Random, *, plain: bool) -> Frame:
        """A frame for the kind of issue; a plain one says nothing by what somebody else says."""
        kind = "thing" if isinstance(matter, Thing) else "claim"
        suited = [
            frame
            for frame in self.files.frames
            if frame.kinds in ("any", kind)
            and frame.issues <= issues
            and not (plain and any("!" in text for text in frame.texts))
        ]
        return rng.choices(suited, [frame.weight for frame in suited])[0]

    def _roles(
        self, frame: Frame, matter: Matter, cast: Sequence[CastMember], rng: Random
    ) -> dict[str, CastMember]:
        """The actors of a frame's slots; the accused is often one of the holders."""
        slots = list(dict.fromkeys(stance[0] for stance in frame.stances))
        members = rng.sample(list(cast), len(slots))
        culprit = matter.culprit if isinstance(matter, Claim) else None
        if culprit and culprit not in members and rng.random() < CULPRIT_HOLDS:
            members[rng.randrange(len(members))] = culprit
        return dict(zip(slots, members, strict=True))


def _sides(frame: Frame, rng: Random) -> tuple[dict[str, int], dict[str, int]]:
    """The side of each slot, and the answer of those that have one."""
    base = rng.choice((1, -1))
    sides, answers = {}, {}
    for stance in frame.stances:
        slot, mark = stance[:-1], stance[-1]
        drawn = rng.choice((1, -1))
        sides[slot] = {"+": base, "s": base, "n": base, "-": -base, "o": -base}.get(mark, drawn)
        if mark not in ".so":
            answers[slot] = 0 if mark in "0n" else sides[slot]
    return sides, answers


STANCES = {1: "favor", -1: "against", 0: "none"}
