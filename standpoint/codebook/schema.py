"""Codebooks: the actors and the directed issues of one debate."""

import hashlib
import json
import re
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from standpoint.errors import CodebookError, Fault, list_faults
from standpoint.files import parse_toml, read_text
from standpoint.text import key_of, split_words, stem_of
from standpoint.validation import validation_faults

Name = Annotated[str, Field(min_length=1, max_length=200, pattern=r"\S")]
Id = Annotated[str, Field(min_length=1, max_length=80, pattern=r"^[a-z0-9][a-z0-9_.-]*$")]
Kind = Literal["person", "state", "organisation", "group"]
MAX_PHRASES = 500
Located = tuple[tuple[str | int, ...], str]
Part = TypeVar("Part", bound=BaseModel)
_HEAD = re.compile(r"\s*\[\[\s*([\w.-]+)\s*\]\]")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Actor(_Strict):
    """A person, state, organisation or group that can hold a stance."""

    id: Id = Field(description="What answers call the actor.")
    name: Name = Field(description="The actor's name.")
    kind: Kind = Field(description="What the actor is.")
    aliases: tuple[Name, ...] = Field(
        default=(), max_length=MAX_PHRASES, description="Other names; no two actors share one."
    )
    member_of: Id | None = Field(
        default=None, description="The id of an actor for whom this one's stances count too."
    )

    @property
    def names(self) -> tuple[str, ...]:
        """The name and every alias."""
        return (self.name, *self.aliases)


class Issue(_Strict):
    """A directed question: what ``favor`` and ``against`` mean is said in words.

    ``about`` is the actor whom the stance is toward, where it is one: every mention of that actor,
    by name, title or pronoun, is then a cue too.
    """

    id: Id = Field(description="What answers call the issue.")
    name: Name = Field(description="The issue in words.")
    favor: Name = Field(description="What being in favor means.")
    against: Name = Field(description="What being against means.")
    cues: tuple[Name, ...] = Field(
        min_length=1, max_length=MAX_PHRASES, description="Words that name the issue."
    )
    opposite_cues: tuple[Name, ...] = Field(
        default=(),
        max_length=MAX_PHRASES,
        description="Words that name it, of which favoring is being against the issue.",
    )
    about: Id | None = Field(
        default=None, description="The id of the actor whom the stance is toward, if it is one."
    )


class Codebook(_Strict):
    """The actors and issues of one debate."""

    name: Id = Field(description="Its name.")
    title: Name = Field(description="Its debate in words.")
    actors: tuple[Actor, ...] = Field(
        min_length=1, max_length=20_000, description="Who can hold a stance."
    )
    issues: tuple[Issue, ...] = Field(
        min_length=1, max_length=1_000, description="What a stance can be on."
    )

    @property
    def digest(self) -> str:
        """sha256 over the canonical JSON of the codebook; its order of keys does not matter."""
        found = self.model_dump()
        for issue in found["issues"]:
            if issue["about"] is None:
                del issue["about"]
        canonical = json.dumps(found, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(canonical.encode()).hexdigest()

    def actor(self, id: str) -> Actor:
        """The actor of an id; KeyError where there is none."""
        return {actor.id: actor for actor in self.actors}[id]

    def parents(self) -> dict[str, str]:
        """Member id to the id of what it is a member of."""
        return {a.id: a.member_of for a in self.actors if a.member_of is not None}


def fold_name(name: str) -> str:
    """The form in which two aliases are the same: only words count, without case, dots or "the".

    >>> fold_name("The  Kremlin") == fold_name("kremlin")
    True
    """
    keys = [key_of(word) for word in split_words(name)]
    return " ".join(keys[1:] if keys[:1] == ["the"] and len(keys) > 1 else keys)


def fold_cue(cue: str) -> str:
    """The form in which two cues are the same: the stems of their words.

    >>> fold_cue("inviting Iran") == fold_cue("Invite Iran")
    True
    """
    stems = [stem_of(key_of(word)) for word in split_words(cue)]
    return " ".join(stems[1:] if stems[:1] == ["the"] and len(stems) > 1 else stems)


def load_codebook(path: Path) -> Codebook:
    """Read a codebook file; all its faults are reported together, with the line."""
    source = read_text(path, name="codebook", error=CodebookError)
    table = parse_toml(source, where=path, error=CodebookError)
    return parse_codebook(table, where=str(path), source=source)


def load_named(folder: Path, name: str) -> Codebook:
    """Read ``folder/NAME.toml``, whose name must be the file's."""
    codebook = load_codebook(folder / f"{name}.toml")
    if codebook.name != name:
        raise CodebookError(
            f"{folder / name}.toml: name must be that of the file, got {codebook.name!r}. "
            "Rename one of the two."
        )
    return codebook


def parse_codebook(found: Any, *, where: str, source: str = "") -> Codebook:
    """Check what was read from a file or sent as JSON."""
    faults: list[Located] = []
    codebook = None
    try:
        codebook = Codebook.model_validate(found)
    except ValidationError as error:
        known = (*Codebook.model_fields, *Actor.model_fields, *Issue.model_fields)
        faults = [(fault.path, fault.text) for fault in validation_faults(error, known=known)]
    # What is sound by itself is looked through also where something else is not.
    actors, issues = _sound(found, "actors", Actor), _sound(found, "issues", Issue)
    faults += _contradictions(actors, issues, ids=_ids(found))
    if codebook is not None and not faults:
        return codebook
    placed = [(find_line(source, path) if source else None, text) for path, text in faults]
    placed.sort(key=lambda fault: fault[0] or 0)
    lines = [f"line {line}: {text}" if line else text for line, text in placed]
    refusal = CodebookError(list_faults(where, lines))
    refusal.faults = tuple(Fault(path, text) for path, text in faults)
    raise refusal


def _sound(found: Any, key: str, shape: type[Part]) -> list[tuple[int, Part]]:
    """The entries of a list that are sound by themselves, with their numbers."""
    entries = found.get(key) if isinstance(found, dict) else None
    kept = []
    for number, entry in enumerate(entries if isinstance(entries, list | tuple) else ()):
        with suppress(ValidationError):
            kept.append((number, shape.model_validate(entry)))
    return kept


def _ids(found: Any) -> set[object]:
    """Every id that an actor is given, faulty or not."""
    entries = found.get("actors") if isinstance(found, dict) else None
    rows = entries if isinstance(entries, list | tuple) else ()
    ids = [row.get("id") for row in rows if isinstance(row, dict)]
    return {id for id in ids if isinstance(id, str)}


def _contradictions(
    actors: list[tuple[int, Actor]], issues: list[tuple[int, Issue]], *, ids: set[object]
) -> Iterator[Located]:
    yield from _repeated_ids("actors", [(number, actor.id) for number, actor in actors])
    yield from _repeated_ids("issues", [(number, issue.id) for number, issue in issues])
    yield from _shared_aliases(actors)
    yield from _lost_members(actors, ids)
    yield from _shared_cues(issues)
    for number, issue in issues:
        if issue.about is not None and issue.about not in ids:
            where = f"issues[{number}].about"
            text = f"{where}: must be the id of an actor, got {issue.about!r}."
            yield ("issues", number, "about"), text


def _repeated_ids(kind: str, ids: list[tuple[int, str]]) -> Iterator[Located]:
    met: set[str] = set()
    for number, id in ids:
        if id in met:
            yield (kind, number, "id"), f"{kind}[{number}].id: must be new, got {id!r} again."
        met.add(id)


def _shared_aliases(actors: list[tuple[int, Actor]]) -> Iterator[Located]:
    owners: dict[str, str] = {}
    for number, actor in actors:
        place = ("actors", number, "aliases")
        for key, name in {fold_name(name): name for name in reversed(actor.names)}.items():
            owner = owners.setdefault(key, actor.id)
            if not key:
                yield place, f"actors[{number}].aliases: must hold a word, got {name!r}."
            elif owner != actor.id:
                yield (
                    place,
                    f"actors[{number}].aliases: must be its own, got {name!r}, "
                    f"which {owner!r} has too.",
                )


def _lost_members(actors: list[tuple[int, Actor]], known: set[object]) -> Iterator[Located]:
    parents = {actor.id: actor.member_of for _, actor in actors if actor.member_of is not None}
    for number, actor in actors:
        place = ("actors", number, "member_of")
        where = f"actors[{number}].member_of"
        if actor.member_of is not None and actor.member_of not in known:
            yield place, f"{where}: must be the id of an actor, got {actor.member_of!r}."
        elif actor.member_of is not None and _in_a_circle(actor.id, parents):
            yield place, f"{where}: must not lead back to itself, got {actor.member_of!r}."


def _in_a_circle(id: str, parents: dict[str, str]) -> bool:
    seen, at = {id}, parents.get(id)
    while at is not None and at not in seen:
        seen.add(at)
        at = parents.get(at)
    return at == id


def _shared_cues(issues: list[tuple[int, Issue]]) -> Iterator[Located]:
    owners: dict[str, tuple[str, str]] = {}
    for number, issue in issues:
        for key, cues in (("cues", issue.cues), ("opposite_cues", issue.opposite_cues)):
            place, where = ("issues", number, key), f"issues[{number}].{key}"
            for stems, cue in {fold_cue(cue): cue for cue in reversed(cues)}.items():
                owner = owners.setdefault(stems, (issue.id, key))
                if not stems:
                    yield place, f"{where}: must hold a word, got {cue!r}."
                elif owner != (issue.id, key):
                    yield (
                        place,
                        f"{where}: must be its own, got {cue!r}, "
                        f"which {owner[0]!r} has in {owner[1]}.",
                    )


def find_line(source: str, path: tuple[str | int, ...]) -> int | None:
    """The line of a TOML source where a table of tables, or a key in it, stands.

    >>> find_line('name = "x"\\n[[actors]]\\nid = "a"\\nkind = "dog"', ("actors", 0, "kind"))
    4
    """
    if not path:
        return None
    lines, all_heads = _layout(source)
    start, end = 0, all_heads[0][0] if all_heads else len(lines)
    if len(path) > 1 and isinstance(path[1], int):
        places = [at for at, (_, table) in enumerate(all_heads) if table == path[0]]
        if path[1] >= len(places):
            return None
        at = places[path[1]]
        start = all_heads[at][0]
        end = all_heads[at + 1][0] if at + 1 < len(all_heads) else len(lines)
        path = path[2:]
    elif len(path) == 1 and any(table == path[0] for _, table in all_heads):
        return None
    key = re.compile(rf"\s*{re.escape(str(path[0]))}\s*=") if path else None
    found = next((n for n in range(start, end) if key and key.match(lines[n])), None)
    if found is None:
        return start + 1 if start else None
    return found + 1


@lru_cache(maxsize=1)
def _layout(source: str) -> tuple[list[str], list[tuple[int, str]]]:
    """The lines of a source, and where its tables of tables begin; kept for its next fault."""
    lines = source.splitlines()
    matches = ((number, _HEAD.match(line)) for number, line in enumerate(lines))
    return lines, [(number, head.group(1).strip()) for number, head in matches if head]
