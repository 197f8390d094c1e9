"""The grammar's files: what is in ``seeds/grammar``, checked and indexed."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, Field, ValidationError

from standpoint.codebook import Kind
from standpoint.errors import CorpusError
from standpoint.files import read_toml
from standpoint.validation import validation_faults
from train.config import Strict

SPLITS = {"train": "issues", "held-out": "held-out"}
"""The folder of the issues of each split."""

Side = Literal["plus", "minus"]
Texts = tuple[str, ...]
Read = TypeVar("Read", bound=BaseModel)


class Outcomes(Strict):
    """What can be done with a thing of some kind, by side; ``parent`` lends its own."""

    parent: str | None = None
    plus: Texts
    minus: Texts
    nouns_plus: Texts
    nouns_minus: Texts
    acts_plus: Texts = ()
    acts_minus: Texts = ()


class Attitude(Strict):
    """Verbs of one side with what follows them."""

    sign: Side
    takes: str
    tense: Literal["state", "act"]
    negated: bool = False
    by: Literal["power"] | None = None
    verbs: Texts = Field(min_length=1)

    @property
    def side(self) -> int:
        """1 for what follows the verb, -1 against it."""
        return 1 if self.sign == "plus" else -1


class ThingEntry(Strict):
    """A thing at issue, which holders want (plus) or do not want (minus).

    Attributes
    ----------
    things : its names; ``plural_things`` tells which are plural
    on, off : clauses that say that it is so, or is not
    pro, con : what those say who want it, or do not
    """

    id: str
    kind: str
    topic: str
    short: str
    plural: bool = False
    pronoun: Literal["it", "he", "she"] = "it"
    things: Texts = Field(min_length=2)
    plural_things: tuple[int, ...] | None = None
    on: Texts = Field(min_length=2)
    off: Texts = Field(min_length=2)
    pro: Texts = Field(min_length=2)
    con: Texts = Field(min_length=2)


class ClaimEntry(Strict):
    """A claim: clauses that say it and that deny it.

    Attributes
    ----------
    event : what it is about, as a noun phrase that takes no side
    by : what kind of actor is accused; ``deed`` is what of, as a gerund
    cause : what is blamed, where no actor is
    """

    id: str
    topic: str
    event: str
    by: Literal["state", "company", "party", "organisation"] | None = None
    deed: str = ""
    cause: str = ""
    yes: Texts = Field(min_length=2)
    no: Texts = Field(min_length=2)


class ActorGroup(Strict):
    """Names of one kind of actors."""

    kind: Kind
    power: bool
    plural: bool = False
    party: bool = False
    company: bool = False
    names: Texts


class Persons(Strict):
    """First names by pronoun, surnames and titles."""

    he: Texts
    she: Texts
    last: Texts
    titles: Texts


Entry = ThingEntry | ClaimEntry


class Frame(Strict):
    """Sentences with slots, and whose stance each slot has; see ``frames.toml``."""

    name: str
    weight: int = Field(ge=1)
    stances: Texts
    texts: Texts
    kinds: Literal["thing", "claim", "any"] = "any"
    issues: Literal[1, 2] = 1
    speaker: bool = False


class _Verbs(Strict):
    doubled: Texts
    particles: Texts
    irregular: dict[str, tuple[str, str]]


class _Attitudes(Strict):
    attitudes: tuple[Attitude, ...]
    judgements: dict[str, Texts]
    wrappers: dict[str, Texts]
    modals: dict[str, Texts]
    openings: dict[str, Texts]
    commands: dict[str, Texts]


class _Denials(Strict):
    attitudes: tuple[Attitude, ...]
    claims: dict[str, Texts]


class _Actors(Strict):
    persons: Persons
    groups: tuple[ActorGroup, ...]


class _Frames(Strict):
    frames: tuple[Frame, ...]


class _Lists(Strict):
    """A file of word lists by name."""

    lists: dict[str, Texts]


class _OutcomeFile(Strict):
    kinds: dict[str, Outcomes]


class _IssueFile(Strict):
    issues: tuple[ThingEntry, ...] = ()
    claims: tuple[ClaimEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class GrammarFiles:
    """All files of a grammar, with the issues of one split."""

    verbs: _Verbs
    outcomes: Mapping[str, Outcomes]
    attitudes: tuple[Attitude, ...]
    judgements: Mapping[str, Texts]
    wrappers: Mapping[str, Texts]
    modals: Mapping[str, Texts]
    openings: Mapping[str, Texts]
    commands: Mapping[str, Texts]
    denials: tuple[Attitude, ...]
    claim_words: Mapping[str, Texts]
    persons: Persons
    groups: tuple[ActorGroup, ...]
    frames: tuple[Frame, ...]
    fillers: Mapping[str, Texts]
    names: Mapping[str, Texts]
    things: tuple[ThingEntry, ...]
    claims: tuple[ClaimEntry, ...]


def read_grammar(folder: Path, *, split: str = "train") -> GrammarFiles:
    """Read a grammar with the issues of a split.

    Parameters
    ----------
    split : one of ``SPLITS``: the issues to learn from, or those that are kept out of training

    Raises
    ------
    CorpusError
        a file is missing, or faulty
    """
    attitudes = _read(folder / "attitudes.toml", _Attitudes)
    denials = _read(folder / "denials.toml", _Denials)
    actors = _read(folder / "actors.toml", _Actors)
    files = sorted((folder / SPLITS[split]).glob("*.toml"))
    issues = [_read(file, _IssueFile) for file in files]
    return GrammarFiles(
        verbs=_read(folder / "verbs.toml", _Verbs),
        outcomes=_with_parents(_read(folder / "outcomes.toml", _OutcomeFile, key="kinds").kinds),
        attitudes=attitudes.attitudes,
        judgements=attitudes.judgements,
        wrappers=attitudes.wrappers,
        modals=attitudes.modals,
        openings=attitudes.openings,
        commands=attitudes.commands,
        denials=denials.attitudes,
        claim_words=denials.claims,
        persons=actors.persons,
        groups=actors.groups,
        frames=_read(folder / "frames.toml", _Frames).frames,
        fillers=_read(folder / "fillers.toml", _Lists, key="lists").lists,
        names=_read(folder / "names.toml", _Lists, key="lists").lists,
        things=tuple(entry for file in issues for entry in file.issues),
        claims=tuple(entry for file in issues for entry in file.claims),
    )


def _read(path: Path, schema: type[Read], *, key: str | None = None) -> Read:
    """A file's tables as a schema; with ``key``, the whole file is the value of that key."""
    table: dict[str, Any] = read_toml(path, name="grammar", error=CorpusError)
    try:
        return schema.model_validate({key: table} if key else table)
    except ValidationError as error:
        faults = validation_faults(error, known=tuple(schema.model_fields))
        raise CorpusError(f"{path}: {' '.join(fault.text for fault in faults)}") from None


def _with_parents(kinds: Mapping[str, Outcomes]) -> dict[str, Outcomes]:
    """The outcomes of each kind with those of its parent."""
    whole = {}
    for name, own in kinds.items():
        lists = [own, kinds[own.parent]] if own.parent else [own]
        fields = [field for field in Outcomes.model_fields if field != "parent"]
        joined = {f: tuple(text for part in lists for text in getattr(part, f)) for f in fields}
        whole[name] = Outcomes.model_validate(joined)
    return whole
