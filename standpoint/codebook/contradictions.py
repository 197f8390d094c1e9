"""Checks between the entries of a codebook: ids, aliases, members, poles and cues."""

from collections.abc import Iterator

from standpoint.codebook.folding import fold_cue, fold_name
from standpoint.codebook.schema import Actor, Issue, lineage
from standpoint.errors import Fault
from standpoint.validation import short_repr

Numbered = list[tuple[int, Actor]]


def find_contradictions(
    actors: Numbered, issues: list[tuple[int, Issue]], *, ids: set[str]
) -> Iterator[Fault]:
    """The faults between entries that are valid by themselves, given with their numbers.

    Parameters
    ----------
    ids : the ids of all actors, also of those with faults
    """
    yield from _repeated_ids("actors", [(number, actor.id) for number, actor in actors])
    yield from _repeated_ids("issues", [(number, issue.id) for number, issue in issues])
    yield from _shared_aliases(actors)
    yield from _wrong_parents(actors, ids)
    yield from _equal_poles(issues)
    yield from _cues_at_both_poles(issues)
    for number, issue in issues:
        if issue.about is not None and issue.about not in ids:
            problem = f"must be the id of an actor, got {issue.about!r}."
            yield _fault("issues", number, "about", problem)


def _fault(key: str, number: int, field: str, problem: str) -> Fault:
    return Fault((key, number, field), f"{key}[{number}].{field}: {problem}")


def _repeated_ids(key: str, ids: list[tuple[int, str]]) -> Iterator[Fault]:
    first_at: dict[str, int] = {}
    for number, id in ids:
        if first_at.setdefault(id, number) != number:
            yield _fault(key, number, "id", f"must be new, got {id!r} again.")


def _shared_aliases(actors: Numbered) -> Iterator[Fault]:
    owners: dict[str, str] = {}
    for number, actor in actors:
        for folded, name in {fold_name(name): name for name in reversed(actor.names)}.items():
            owner = owners.setdefault(folded, actor.id)
            if not folded:
                yield _fault("actors", number, "aliases", f"must hold a word, got {name!r}.")
            elif owner != actor.id:
                problem = f"must be its own, got {name!r}, which {owner!r} has too."
                yield _fault("actors", number, "aliases", problem)


def _wrong_parents(actors: Numbered, ids: set[str]) -> Iterator[Fault]:
    parents = {actor.id: actor.member_of for _, actor in actors if actor.member_of is not None}
    for number, actor in actors:
        if actor.member_of is None:
            continue
        if actor.member_of not in ids:
            problem = f"must be the id of an actor, got {actor.member_of!r}."
            yield _fault("actors", number, "member_of", problem)
        elif parents.get(lineage(actor.id, parents)[-1]) == actor.id:
            problem = f"must not lead back to itself, got {actor.member_of!r}."
            yield _fault("actors", number, "member_of", problem)


def _equal_poles(issues: list[tuple[int, Issue]]) -> Iterator[Fault]:
    """Issues of which favor and against say the same: no model could tell the sides apart."""
    for number, issue in issues:
        if _fold_sentence(issue.favor) == _fold_sentence(issue.against):
            problem = f"must say something else than favor, got {short_repr(issue.against)}."
            yield _fault("issues", number, "against", problem)


def _fold_sentence(text: str) -> str:
    """A sentence without case, repeated blanks and the stop at its end."""
    return " ".join(text.casefold().split()).rstrip(".!")


def _cues_at_both_poles(issues: list[tuple[int, Issue]]) -> Iterator[Fault]:
    """Cues of one issue at both poles, and cues without a word; issues may share cues."""
    for number, issue in issues:
        owners: dict[str, str] = {}
        for field, cues in (("cues", issue.cues), ("opposite_cues", issue.opposite_cues)):
            for stems, cue in {fold_cue(cue): cue for cue in reversed(cues)}.items():
                owner = owners.setdefault(stems, field)
                if not stems:
                    yield _fault("issues", number, field, f"must hold a word, got {cue!r}.")
                elif owner != field:
                    problem = f"must be of one pole, got {cue!r}, which is in {owner} too."
                    yield _fault("issues", number, field, problem)
