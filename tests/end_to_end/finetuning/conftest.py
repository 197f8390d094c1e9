"""One project for all tests of this folder, with a promoted joint model."""

import json

import pytest

from tests.end_to_end.finetuning.project import SEEDS, TONES, Home, article_of, codebook
from tests.tiny import finetuned, rows, write_table
from train.tracking.promotion import promote, tasks_of


@pytest.fixture(scope="session")
def home(tmp_path_factory, tiny_encoder, seed_row):
    folder = tmp_path_factory.mktemp("home")
    write_table(folder / "stances.jsonl")
    write_table(folder / "tones.jsonl", labels=TONES)
    (folder / "seeds").mkdir()
    (folder / "configs" / "codebooks").mkdir(parents=True)
    articles = (article_of(group, seed_row) for group in dict.fromkeys(r["group"] for r in rows()))
    lines = "".join(json.dumps(article) + "\n" for article in articles)
    (folder / "seeds" / "small.jsonl").write_text(lines, "utf-8")
    (folder / "configs" / "codebooks" / "small.toml").write_text(codebook(), "utf-8")
    return Home(folder, tiny_encoder)


@pytest.fixture(scope="session")
def joint(home):
    """A run of a joint model for both tasks, promoted; gives what it printed."""
    beside = [{"task": "sentiment", "data": SEEDS, "champion": True}]
    model = finetuned(home.encoder, products=True, signs=True, leanings=True, beside=beside)
    found = home.train("joint", model=model, data=SEEDS)
    for task in tasks_of(found["run_id"], models_dir=home.models):
        promote(found["run_id"], models_dir=home.models, task=task, force=False)
    return found
