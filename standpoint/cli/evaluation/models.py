"""The models that judge articles: one that is fitted for it, or one that the command line names."""

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from standpoint.cli.evaluation.options import refuse_option
from standpoint.cli.folders import models_dir
from standpoint.cli.models import load_model, shared_encoder
from standpoint.cli.output import print_progress
from standpoint.errors import InputError
from standpoint.labeling import Pair
from standpoint.model import Classifier, Encoder, predict
from standpoint.settings import project_root
from train.articles import ModelFitter, Shares
from train.config import RunConfig, load_config, parts_of
from train.corpora import Corpus, Seeds, load_seeds
from train.encoders import ensure_encoder
from train.finetune import context_for


@dataclass(frozen=True, slots=True)
class NamedModel:
    """A stance model with its description, and the shared encoder if it reads with that one."""

    model: Classifier
    description: str
    encoder: Encoder | None

    def shares(self, pairs: Sequence[Pair]) -> Shares:
        """The probabilities of candidates toward the target, of shape (n_pairs, 3)."""
        texts = [pair.text() for pair in pairs]
        return predict(texts, models=[self.model], encoder=self.encoder)[0]


def stance_config(args: argparse.Namespace, *, default: str, corpus: str) -> RunConfig:
    """The run config whose model is fitted: that of the option, or the default.

    Parameters
    ----------
    default : its name in configs/runs
    corpus : that the config must be of
    """
    path = project_root() / "configs" / "runs" / f"{default}.toml"
    config = load_config(Path(args.config) if args.config else path)
    if config.data.corpus != corpus or config.task != "stance":
        raise InputError(
            f"--config: must be of stance on {corpus} for {args.data}, got one of {config.task} "
            f"on {config.data.corpus}."
        )
    return config


def config_seeds(config: RunConfig) -> Seeds:
    """The seeds that a run config names."""
    root = project_root()
    return load_seeds(root / str(config.data.path), codebooks=root / "configs" / "codebooks")


def model_fitter(config: RunConfig, corpus: Callable[[], Corpus]) -> ModelFitter:
    """What fits the config's model.

    Parameters
    ----------
    corpus : loads the training corpus; called only for a fine-tuned model
    """
    models = models_dir()
    context = context_for(
        config, corpus, root=project_root(), models_dir=models, report_progress=print_progress
    )
    needs_encoder = any(part.kind == "encoder" for part, _ in parts_of(config.model))
    return ModelFitter(
        config.model,
        encoder=ensure_encoder(models, report_progress=print_progress) if needs_encoder else None,
        cache=models / "cache",
        seed=config.seed,
        report_progress=print_progress,
        context=context,
    )


def load_stance_model(args: argparse.Namespace) -> NamedModel:
    """The model that the command line names."""
    refuse_option("--config", args.config, data=f"{args.model}, which is a model already")
    model, description = load_model(args.model)
    if model.task != "stance":
        raise InputError(f"{args.model}: must be a model of stance, got one of {model.task}.")
    names = ", ".join(training_corpora(model))
    print_progress(f"{args.model}: trained on {names}; scores on that are no test.")
    return NamedModel(model, description, shared_encoder(model))


def training_corpora(model: Classifier) -> list[str]:
    """The names of all corpora that a model was trained on."""
    corpus = model.manifest.corpus
    return [str(own.get("name")) for own in (corpus, *corpus.get("also", ()))]
