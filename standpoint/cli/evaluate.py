"""``standpoint evaluate``: the whole way from text to table, or one model, against gold."""

import argparse
import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from standpoint.cli.evaluation.report import COMENTIONED, PARTS, report_of, summary_of, told_of
from standpoint.cli.folders import models_dir, root, say
from standpoint.cli.label import confidence_floor
from standpoint.cli.models import load_model
from standpoint.errors import InputError
from standpoint.settings import read_settings

if TYPE_CHECKING:
    from train.articles import Bench, EndToEnd, GoldArticle, JudgedArticle, Stage
    from train.config import RunConfig
    from train.corpora import Corpus, Seeds

SEEDS, SEESAW, POLNEAR = "seeds-articles", "seesaw-articles", "polnear"
CONFIGS = {SEEDS: "seeds-stance", SEESAW: "seesaw-articles"}


def run(args: argparse.Namespace) -> int:
    """Score, and print a report or one JSON object."""
    if args.data == POLNEAR:
        from standpoint.cli.evaluation import polnear as evaluation_polnear

        _left_out("RUN|BUNDLE", args.model, POLNEAR, "which scores the reader alone")
        _left_out("--min-confidence", args.min_confidence, POLNEAR, "where nothing abstains")
        _left_out("--config", args.config, POLNEAR, "which scores the reader alone")
        return evaluation_polnear.run(args.split or "dev", as_json=args.json)
    if args.data not in CONFIGS:
        from standpoint.cli.evaluation import pairs as evaluation_pairs

        _left_out("--config", args.config, args.data, "whose pairs a model is scored on")
        return evaluation_pairs.run(args)
    found = _evaluate(args)
    print(json.dumps(found) if args.json else report_of(found))
    return 0


def _left_out(option: str, given: object, name: str, why: str) -> None:
    if given is not None:
        raise InputError(f"{option}: must be left out for {name}, {why}, got {given!r}.")


@dataclass(frozen=True, slots=True)
class _Judged:
    """Articles with what was judged of them, and by what."""

    articles: "list[JudgedArticle]"
    split: str
    kind: str
    how: str
    run_id: str | None = None
    comentioned: "list[JudgedArticle] | None" = None


def _evaluate(args: argparse.Namespace) -> dict[str, Any]:
    from train.articles import STAGES, score
    from train.config import load_config

    started = time.perf_counter()
    settings = read_settings()
    floor = confidence_floor(args.min_confidence, settings.min_confidence)
    default = root() / "configs" / "runs" / f"{CONFIGS[args.data]}.toml"
    config = load_config(Path(args.config) if args.config else default)
    corpus = args.data.removesuffix("-articles")
    if config.data.corpus != corpus or config.task != "stance":
        raise InputError(
            f"--config: must be of stance on {corpus} for {args.data}, got one of {config.task} "
            f"on {config.data.corpus}."
        )
    judged = (_seeds if args.data == SEEDS else _seesaw)(args, config)

    def scored(some: "Sequence[JudgedArticle]", perfect: "Sequence[Stage]" = ()) -> "EndToEnd":
        return score(some, pooling=settings.pooling, min_confidence=floor, perfect=perfect)

    as_it_is = scored(judged.articles)
    found: dict[str, Any] = {
        "data": args.data,
        "split": judged.split,
        "judged_by": judged.how,
        "n_articles": len(judged.articles),
        "min_confidence": floor,
        "as_it_is": told_of(as_it_is, seed=config.seed),
        "perfect": {stage: told_of(scored(judged.articles, [stage])) for stage in STAGES},
    }
    for part in PARTS:
        found["as_it_is"][part]["errors"] = as_it_is.causes[part]
    if judged.comentioned is not None:
        found[COMENTIONED] = told_of(scored(judged.comentioned), seed=config.seed)
    if args.data == SEEDS:
        found["by_codebook"] = {
            name: told_of(scored([a for a in judged.articles if a.gold.stratum == name]))
            for name in dict.fromkeys(article.gold.stratum for article in judged.articles)
        }
    summary = summary_of(found, kind=judged.kind, run_id=judged.run_id, bundle=args.model)
    return {**found, **summary, "seconds": {"total": time.perf_counter() - started}}


def _seeds(args: argparse.Namespace, config: "RunConfig") -> _Judged:
    _left_out("--split", args.split, SEEDS, "which has no splits")
    if args.model:
        from train.articles import seed_articles

        _left_out("--config", args.config, args.model, "which is a model already")
        return _by_model(args.model, seed_articles(_read_seeds(config)), split="all")
    how = f"{config.name}, each codebook left out of training{_in_parts(config)}"
    return _Judged(seeds_left_out(config), "left out", config.model.kind, how)


def _in_parts(config: "RunConfig") -> str:
    from train.config import LeaveStratumOut

    parts = config.protocol.parts if isinstance(config.protocol, LeaveStratumOut) else None
    return f", in {parts} parts" if parts else ""


def _read_seeds(config: "RunConfig") -> "Seeds":
    from train.corpora import load_seeds

    folder = root() / str(config.data.path)
    return load_seeds(folder, codebooks=root() / "configs" / "codebooks")


def seeds_left_out(config: "RunConfig") -> "list[JudgedArticle]":
    """The seed articles, judged by models of a config that saw nothing of their codebooks."""
    import numpy as np

    from train.articles import MAX_PARTS, finder_with, judge_left_out, seed_articles
    from train.config import LeaveStratumOut
    from train.corpora import seed_corpus

    seeds = _read_seeds(config)
    corpus = seed_corpus(seeds, task="stance")
    records = corpus.records
    bench = _bench(config, lambda: corpus)
    protocol = config.protocol
    n_parts = protocol.parts if isinstance(protocol, LeaveStratumOut) else None
    return judge_left_out(
        seed_articles(seeds),
        pairs=[record.pair() for record in records],
        y=np.array([record.label for record in records]),
        strata=[record.stratum for record in records],
        groups=[record.group for record in records],
        find=finder_with(bench.encoder),
        bench=bench,
        n_parts=n_parts or MAX_PARTS,
    )


def _seesaw(args: argparse.Namespace, config: "RunConfig") -> _Judged:
    from train.articles import comentioned, finder_with, judge_after_training, seesaw_articles
    from train.corpora import KNOWN_CORPORA, data_folder, load_corpus, read_seesaw_articles

    split = args.split or "valid"
    articles = seesaw_articles(read_seesaw_articles(data_folder() / KNOWN_CORPORA["seesaw"].folder))
    test = [article for article in articles if article.stratum == split]
    if not test:
        known = ", ".join(sorted({article.stratum for article in articles})) or "none"
        raise InputError(f"--split: must be one of {known}, got {split!r}.")
    if args.model:
        _left_out("--config", args.config, args.model, "which is a model already")
        return _by_model(args.model, test, split=split)
    if split == "train":
        raise InputError("--split: must not be what is trained on, got 'train'. Name a model too.")
    train = [article for article in articles if article.stratum == "train"]
    bench = _bench(config, lambda: load_corpus(config.data, task="stance", root=root()))
    judged = judge_after_training(train, test, find=finder_with(bench.encoder), bench=bench)
    say("the baseline: every co-mentioned pair, judged without attribution")
    base = judge_after_training(train, test, find=comentioned, bench=bench)
    how = f"{config.name}, fitted on train"
    return _Judged(judged, split, config.model.kind, how, comentioned=base)


def _bench(config: "RunConfig", corpus: "Callable[[], Corpus]") -> "Bench":
    """What fits the config's model; ``corpus`` reads what it learns from."""
    from train.articles import Bench
    from train.config import parts_of
    from train.encoders import ensure_encoder
    from train.finetune import context_for

    context = context_for(config, corpus, root=root(), models_dir=models_dir(), say=say)
    wanted = any(part.kind == "encoder" for part, _ in parts_of(config.model))
    encoder = ensure_encoder(models_dir(), say=say) if wanted else None
    return Bench(
        config.model,
        encoder=encoder,
        cache=models_dir() / "cache",
        seed=config.seed,
        say=say,
        context=context,
    )


def _by_model(name: str, articles: "Sequence[GoldArticle]", *, split: str) -> _Judged:
    from standpoint.model import find_encoder
    from train.articles import finder_with, judge_by

    model, told = load_model(name)
    if model.task != "stance":
        raise InputError(f"{name}: must be a model of stance, got one of {model.task}.")
    manifest = model.manifest
    shared = manifest.encoder if model.encoder is None else None
    encoder = find_encoder(models_dir(), digest=shared) if shared else None
    say(f"{name}: trained on {manifest.corpus.get('name')}; its scores on that are no test.")
    judged = judge_by(articles, model=model, find=finder_with(encoder), encoder=encoder)
    return _Judged(judged, split, manifest.features.kind, told, manifest.run_id)
