"""A small debate, and gold articles on it."""

from collections.abc import Callable
from typing import Any

import pytest

from standpoint.codebook import parse_codebook
from train.corpora.seeds import SeedArticle, Seeds
from train.gold import GoldArticle, seed_articles

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
