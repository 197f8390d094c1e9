"""A project with small data and a tiny encoder, in which configs are run."""

from pathlib import Path

import pytest

from standpoint.cli import train as command
from tests.tiny import TARGETS, finetuned, rows, table_of, toml_of
from train.tracking.mlflow_store import store

TONES = {"favor": "positive", "against": "negative", "none": "neutral"}
ACTOR = '[[actors]]\nid = "{id}"\nname = "{name}"\nkind = "state"\n'
ISSUE = (
    '[[issues]]\nid = "{id}"\nname = "A question of {id}"\nfavor = "Yes."\nagainst = "No."\n'
    'cues = ["{id}"]\n'
)
SCHEDULE = finetuned(Path("e"))["schedule"]
SEEDS = {"corpus": "seeds", "path": "seeds", "licence": "CC0-1.0"}


class Home:
    """A project's folder, in which configs are carried out."""

    def __init__(self, folder, encoder):
        self.folder, self.encoder = folder, encoder
        self.models = folder / "models"

    def config(self, name, *, model, **changes):
        """Write a config; gives its path."""
        told = {
            "name": name, "task": "stance", "seed": 13, "refit": False,
            "data": table_of("stances.jsonl"),
            "protocol": {"kind": "by_group", "dev_share": 0.25, "test_share": 0.25},
            "model": model,
            "scoring": {"metric": "f1_macro", "bootstrap": 100},
            **changes,
        }  # fmt: skip
        path = self.folder / f"{name}.toml"
        path.write_text(toml_of(told), "utf-8")
        return path

    def train(self, name, *, model, models=None, **changes):
        """Carry out a config in this process; gives what ``--json`` prints."""
        path = self.config(name, model=model, **changes)
        with pytest.MonkeyPatch.context() as patch:
            patch.chdir(self.folder)
            patch.setenv("STANDPOINT_MODELS_DIR", str(models or self.models))
            patch.delenv("STANDPOINT_DATA", raising=False)
            return command.train(path)


def codebook():
    actors = [ACTOR.format(id=n.lower(), name=n) for n in ("Iran", "Chile", "Russia", "Peru")]
    issues = [ISSUE.format(id=target.split()[1]) for target in TARGETS]
    return 'name = "small"\ntitle = "Small things"\n' + "".join(actors + issues)


def article_of(group, seed_row):
    """The rows of a group as an article of the seeds, with both tasks' labels."""
    own = [row for row in rows() if row["group"] == group]
    sentences = []
    for row in own:
        holder = row["text"][: row["holder_end"]]
        cue = row["text"][row["target_start"] + 4 : row["target_end"]]
        sentences.append((row["text"], (holder.lower(), holder, cue, cue, row["label"])))
    made = seed_row(group, "small", *sentences)
    for statement, row in zip(made["statements"], own, strict=True):
        statement["sentiment"] = TONES[row["label"]]
    return made


def logged_in(home, run_id):
    """The run, and what it logged as JSON by name."""
    with store(home.models, must_exist=True) as mlflow:
        run = mlflow.get_run(run_id)
        place = run.info.artifact_uri

        def load(name):
            return mlflow.artifacts.load_dict(f"{place}/{name}")

        return run, load
