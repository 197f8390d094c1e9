"""Actors of a codebook by what a user calls them."""

import difflib
from collections.abc import Callable

from standpoint.codebook.folding import fold_name
from standpoint.codebook.schema import Codebook
from standpoint.validation import NEAR_MISS_CUTOFF, short_repr

FindActor = Callable[[object], str]
"""From an id, name or alias to the id of an actor; a ValueError for anything else."""

MAX_SHOWN_NAMES = 3


def actor_finder(codebook: Codebook) -> FindActor:
    """A function that finds the actors of a codebook by id, name or alias, in any case.

    >>> find_actor = actor_finder(codebook)  # doctest: +SKIP
    >>> find_actor("Lavrov")  # doctest: +SKIP
    'lavrov'
    """
    ids = {fold_name(name): actor.id for actor in codebook.actors for name in actor.names}
    ids |= {actor.id.casefold(): actor.id for actor in codebook.actors}
    names = [name for actor in codebook.actors for name in (actor.id, *actor.names)]
    shown = {name.split()[-1].casefold(): name for name in names}
    shown |= {name.casefold(): name for name in names}

    def find_actor(name: object) -> str:
        words = name.strip() if isinstance(name, str) else ""
        id = ids.get(words.casefold()) or ids.get(fold_name(words))
        if id is not None:
            return id
        sharing = [
            actor.name for actor in codebook.actors if words and _ends_with(actor.name, words)
        ]
        if len(sharing) > 1:
            hint = " or ".join(map(repr, sharing[:MAX_SHOWN_NAMES]))
            raise ValueError(
                f"must be one actor of the codebook {codebook.name!r}, got {short_repr(name)}, "
                f"which may be {hint}. Write the full name."
            )
        near = difflib.get_close_matches(words.casefold(), shown, n=3, cutoff=NEAR_MISS_CUTOFF)
        hint = " or ".join(dict.fromkeys(repr(shown[key]) for key in near))
        advice = f"Did you mean {hint}?" if near else "Give an actor's id, name or alias."
        raise ValueError(
            f"must be an actor of the codebook {codebook.name!r}, got {short_repr(name)}. {advice}"
        )

    return find_actor


def _ends_with(name: str, words: str) -> bool:
    """Whether a full name ends with some words, as with a surname."""
    return fold_name(name).endswith(f" {fold_name(words)}")
