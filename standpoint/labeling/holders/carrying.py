"""How far a holder candidate is carried on: speech goes on, and later sentences say "he"."""

import re
from collections.abc import Mapping
from typing import Literal

from standpoint.labeling.annotated_article import AnnotatedArticle

Why = Literal["voice", "source", "sure", "possible"]
"""What an actor is a candidate for in its own sentence: its words, a source, a mention."""
Reach = Mapping[Why, int]

_NARRATED: Mapping[str, Reach] = {
    "known": {"voice": 2, "source": 2, "sure": 1, "possible": 0},
    "none": {"voice": 2, "source": 2, "sure": 2, "possible": 0},
    "unknown": {"voice": 5, "source": 5, "sure": 5, "possible": 3},
}
"""Sentences over which a candidate is carried on where nobody speaks by default, by the sources of
the sentence that it comes to (an actor, none, or somebody unknown such as "he"). In all sentences
of the real documents for training and dev, the actor holds a stance there in 1 of 50 cases or more
up to these reaches (in 1 of 5 for the source of the sentence before an unknown one), and in fewer
beyond them."""
_SPOKEN: Mapping[str, Reach] = {
    "person": {"voice": 0, "source": 2, "sure": 2, "possible": 0},
    "person by pronoun": {"voice": 0, "source": 3, "sure": 3, "possible": 1},
    "body": {"voice": 0, "source": 1, "sure": 0, "possible": 0},
    "body by pronoun": {"voice": 0, "source": 1, "sure": 1, "possible": 0},
}
"""The same in the words of a known speaker or author: by whether the actor is a person, and whether
the sentence has a pronoun that can mean the actor. There, a body that was only mentioned in the
sentence before holds a stance in 1 of 195 cases without a pronoun, a person in 1 of 7 with one."""
_ASKED: Mapping[str, Reach] = {
    "none": {"voice": 0, "source": 1, "sure": 0, "possible": 0},
    "unknown": {"voice": 3, "source": 2, "sure": 2, "possible": 0},
}
"""The same in a turn of somebody unknown, as in questions: who is asked is a candidate anyway."""
_PERSONAL = re.compile(r"\b(?:he|she|him|his|her)\b", re.IGNORECASE)
_PLURAL = re.compile(r"\b(?:they|them|their)\b", re.IGNORECASE)


def reach_in(article: AnnotatedArticle, number: int, *, sources: str) -> dict[str, Reach]:
    """How far candidates of other sentences are carried to one, by "person" and "body".

    Parameters
    ----------
    sources : whether those of the sentence are "known" actors, "unknown", or "none"
    """
    voice = article.voices.get(number)
    if voice is None:
        return dict.fromkeys(("person", "body"), _NARRATED[sources])
    if not voice.actors:
        return dict.fromkeys(("person", "body"), _ASKED["unknown" if sources != "none" else "none"])
    text = article.sentences[number].text
    tests = {"person": _PERSONAL, "body": _PLURAL}
    return {
        kind: _SPOKEN[f"{kind} by pronoun" if pronoun.search(text) else kind]
        for kind, pronoun in tests.items()
    }
