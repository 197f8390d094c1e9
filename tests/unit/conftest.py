"""A small debate with gold articles on it, and a small encoder in place of the real one."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest

from standpoint.codebook.parsing import parse_codebook
from standpoint.model.encoder import EncodedSentence
from train.articles.gold import GoldArticle, seed_articles
from train.corpora.seeds import SeedArticle, Seeds

DAM = {
    "name": "dam",
    "title": "The dam on the Drin",
    "actors": [
        {"id": "ruritania", "name": "Ruritania", "kind": "state"},
        {"id": "lind", "name": "Anna Lind", "kind": "person", "member_of": "ruritania"},
        {"id": "borduria", "name": "Borduria", "kind": "state"},
    ],
    "issues": [
        {
            "id": "river-dam",
            "name": "The river dam",
            "favor": "It is built.",
            "against": "It is not built.",
            "cues": ["river dam"],
            "opposite_cues": ["building freeze"],
        },
        {
            "id": "toll",
            "name": "A toll on ships",
            "favor": "Ships pay.",
            "against": "Ships do not pay.",
            "cues": ["shipping toll"],
        },
    ],
}


@pytest.fixture(scope="session")
def gold_of(seed_row: Callable[..., dict[str, Any]]) -> Callable[..., GoldArticle]:
    """A gold article on the dam, of sentences with what each says; see `seed_row`."""
    codebook = parse_codebook(DAM, where="dam")

    def make(*sentences: tuple[Any, ...], id: str = "a") -> GoldArticle:
        article = SeedArticle.model_validate(seed_row(id, "dam", *sentences))
        (gold,) = seed_articles(Seeds((article,), {"dam": codebook}))
        return gold

    return make


@dataclass
class LetterEncoder:
    """Reads a text as one token a character, whose vector is drawn from the character.

    Each layer has vectors of its own; each text is noted when it is read.
    """

    width: int = 6
    digest: str = "a" * 64

    def __post_init__(self):
        self.texts = []

    def encode(self, sentence, *, layers):
        self.texts.append(sentence)
        places = np.arange(len(sentence))
        found = [[self._vector(c, layer) for c in sentence] for layer in layers]
        offsets = np.stack([places, places + 1], axis=1)
        return EncodedSentence(offsets, np.array(found, dtype=np.float32), tuple(layers))

    def _vector(self, character, layer):
        return np.random.default_rng([ord(character), layer]).normal(size=self.width)


@pytest.fixture
def letters():
    return LetterEncoder()
