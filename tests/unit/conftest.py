"""A small encoder in place of the real one."""

from dataclasses import dataclass

import numpy as np
import pytest

from standpoint.encoder import Reading


@dataclass
class LetterEncoder:
    """Reads a text as one token a character, whose vector is drawn from the character.

    Each layer has vectors of its own; each text is noted when it is read.
    """

    width: int = 6
    digest: str = "a" * 64

    def __post_init__(self):
        self.texts = []

    def read(self, sentence, *, layers):
        self.texts.append(sentence)
        places = np.arange(len(sentence))
        found = [[self._vector(c, layer) for c in sentence] for layer in layers]
        offsets = np.stack([places, places + 1], axis=1)
        return Reading(offsets, np.array(found, dtype=np.float32), tuple(layers))

    def _vector(self, character, layer):
        return np.random.default_rng([ord(character), layer]).normal(size=self.width)


@pytest.fixture
def letters():
    return LetterEncoder()
