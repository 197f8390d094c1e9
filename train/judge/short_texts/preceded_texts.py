"""Short texts behind others of their codebook, as sentences stand in a document.

A short text has no sentence before it, and its candidates are all its own; in documents hardly any
sentence is so. Behind another text it has candidates who say nothing in it, as there.
"""

import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any

from train.corpora import ContrastText, StanceSentence, stands_alone

Text = ContrastText | StanceSentence


def behind_others(
    texts: Iterable[Text], *, share: float, group: Callable[[Any], str]
) -> Iterator[Text]:
    """The texts, of which a share is behind another one of the same codebook.

    Only texts that stand alone are; the draw is the same every time.

    Parameters
    ----------
    group : a text is never behind one of its own group, which says nearly the same
    """
    every = [*texts]
    by_codebook: dict[str, list[Text]] = {}
    for text in filter(_is_bare, every):
        by_codebook.setdefault(text.codebook.name, []).append(text)
    for text in every:
        generator = random.Random(f"before-{text.codebook.name}-{text.id}")
        is_drawn = generator.random() < share
        if is_drawn and _is_bare(text) and stands_alone(text.text):
            others = [o for o in by_codebook[text.codebook.name] if group(o) != group(text)]
            if others:
                yield replace(text, before=generator.choice(others).text)
                continue
        yield text


def _is_bare(text: Text) -> bool:
    """Whether it is nobody's own words, without a sentence before it."""
    return not text.before and text.speaker is None
