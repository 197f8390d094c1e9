"""``standpoint evaluate``: the whole way from text to table, or one model, against gold."""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from commands.places import models_dir, root, say
from standpoint.errors import InputError
from standpoint.labels import LABELS
from standpoint.settings import read_settings

if TYPE_CHECKING:
    from standpoint.judging import Judge
    from train.end_to_end import EndToEnd, JudgedArticle
    from train.gold import GoldArticle
    from train.stages import Stage

SEEDS, SEESAW, POLNEAR = "seeds-articles", "seesaw-articles", "polnear"
ARTICLES = (SEEDS, SEESAW, POLNEAR)
CONFIGS = {SEEDS: "seeds-stance", SEESAW: "seesaw-articles"}
DRAWS = 1_000


def run(args: argparse.Namespace) -> int:
    """Score, and print a report or one JSON object."""
    if args.data == POLNEAR:
        from commands import evaluation_polnear

        return evaluation_polnear.run(args.split or "dev", as_json=args.json)
    if args.data not in ARTICLES:
        from commands import evaluation_pairs

        return evaluation_pairs.run(args)
    found = _evaluate(args)
    print(json.dumps(found) if args.json else report_of(found))
    return 0


def _evaluate(args: argparse.Namespace) -> dict[str, Any]:
    from train.config import load_config
    from train.end_to_end import score

    settings = read_settings()
    config = load_config(root() / "configs" / "runs" / f"{CONFIGS[args.data]}.toml")
    judged, base, how = (_seeds if args.data == SEEDS else _seesaw)(args, config)
    floor = settings.min_confidence if args.min_confidence is None else args.min_confidence

    def scored(some: "Sequence[JudgedArticle]", perfect: "Sequence[Stage]" = ()) -> "EndToEnd":
        return score(some, pooling=settings.pooling, min_confidence=floor, perfect=perfect)

    from train.stages import STAGES

    found: dict[str, Any] = {
        "data": args.data,
        "split": "left out" if args.data == SEEDS and not args.model else args.split or "valid",
        "judged_by": how,
        "n_articles": len(judged),
        "min_confidence": floor,
        "as_it_is": _told(scored(judged), seed=config.seed),
        "perfect": {stage: _told(scored(judged, [stage])) for stage in STAGES},
    }
    if base is not None:
        found["baseline"] = _told(scored(base), seed=config.seed)
    if args.data == SEEDS:
        found["by_codebook"] = {
            name: _told(scored([a for a in judged if a.gold.stratum == name]))
            for name in dict.fromkeys(article.gold.stratum for article in judged)
        }
    return found


def _told(found: "EndToEnd", *, seed: int | None = None) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for name, counts in (("statements", found.statements), ("table", found.table)):
        told[name] = {"precision": counts.precision, "recall": counts.recall, "f1": counts.f1}
        if seed is not None:
            told[name]["ci95"] = list(counts.interval(draws=DRAWS, seed=seed))
            told[name]["errors"] = found.causes[name]
            told[name]["n"] = int(counts.numbers[:, [0, 2]].sum())
    return told


Judgement = tuple["list[JudgedArticle]", "list[JudgedArticle] | None", str]


def _seeds(args: argparse.Namespace, config: Any) -> Judgement:
    if args.model:
        return _by_model(args.model, _seed_articles(config))
    how = f"{config.name}, each codebook left out of training"
    return seeds_left_out(config), None, how


def _seed_articles(config: Any) -> "list[GoldArticle]":
    from train.corpora.seeds import load_seeds
    from train.gold import seed_articles

    codebooks = root() / "configs" / "codebooks"
    return seed_articles(load_seeds(root() / config.data.path, codebooks=codebooks))


def seeds_left_out(config: Any) -> "list[JudgedArticle]":
    """The seed articles, judged by models of a config that saw nothing of their codebooks."""
    import numpy as np

    from train.corpora.load import load_corpus
    from train.judged import judge_left_out
    from train.stages import candidates_of

    corpus = load_corpus(config.data, task="stance", root=root())
    return judge_left_out(
        _seed_articles(config),
        pairs=[record.pair() for record in corpus.records],
        y=np.array([record.label for record in corpus.records]),
        strata=[record.stratum for record in corpus.records],
        find=candidates_of,
        bench=_bench(config),
    )


def _seesaw(args: argparse.Namespace, config: Any) -> Judgement:
    from train.corpora.load import KNOWN, data_folder
    from train.corpora.stories import read_stories
    from train.gold import seesaw_articles
    from train.judged import judge_after_training
    from train.stages import candidates_of, comentioned

    articles = seesaw_articles(read_stories(data_folder() / KNOWN["seesaw"].folder))
    split = args.split or "valid"
    test = [article for article in articles if article.stratum == split]
    if not test:
        known = ", ".join(sorted({article.stratum for article in articles}))
        raise InputError(f"--split: must be one of {known}, got {split!r}.")
    if args.model:
        return _by_model(args.model, test)
    train = [article for article in articles if article.stratum == "train"]
    if split == "train":
        raise InputError("--split: must not be what is trained on, got 'train'. Name a model too.")
    bench = _bench(config)
    judged = judge_after_training(train, test, find=candidates_of, bench=bench)
    say("the baseline: every co-mentioned pair, judged without attribution")
    base = judge_after_training(train, test, find=comentioned, bench=bench)
    return judged, base, f"{config.name}, fitted on train"


def _bench(config: Any) -> Any:
    from train.encoders import ensure_encoder
    from train.judged import Bench

    return Bench(
        config.model,
        encoder=ensure_encoder(models_dir(), say=say),
        cache=models_dir() / "cache",
        seed=config.seed,
        say=say,
    )


def _by_model(name: str, articles: Sequence[Any]) -> Judgement:
    from standpoint.encoder import find_encoder
    from train.judged import judge_by
    from train.stages import candidates_of

    model, told = load_model(name)
    digest = model.manifest.encoder
    encoder = find_encoder(models_dir(), digest=digest) if digest else None
    if model.task != "stance":
        raise InputError(f"{name}: must be a model of stance, got one of {model.task}.")
    say(f"{name}: trained on {model.manifest.corpus['name']}; its scores on that are no test.")
    return judge_by(articles, model=model, find=candidates_of, encoder=encoder), None, told


def load_model(name: str) -> "tuple[Judge, str]":
    """The model of a bundle's folder, of a run, or the champion of a task by the task's name."""
    from standpoint.bundle import load_bundle
    from standpoint.champion import load_champion

    for task in LABELS:
        if name == task:
            champion = load_champion(models_dir(), task)
            return champion.model, f"the champion of {task}, version {champion.version}"
    if Path(name).is_dir():
        return load_bundle(Path(name)), f"the bundle {name}"
    from train.stored import load_stored

    return load_stored(name, models_dir=models_dir()), f"run {name}"


def report_of(found: dict[str, Any]) -> str:
    """The scores, the errors by cause, and what each stage costs, as text."""
    lines = [
        f"{found['data']}, {found['split']}: {found['n_articles']} articles, "
        f"judged by {found['judged_by']}",
        "",
        f"{'':<26}{'precision':>10}{'recall':>8}{'F1':>7}   95% of F1",
    ]
    ways = [("", found["as_it_is"])]
    if "baseline" in found:
        ways.append(("co-mentioned, ", found["baseline"]))
    for prefix, way in ways:
        lines += [_line(prefix + part, way[part]) for part in ("statements", "table")]
    lines += ["", "errors by cause", *_causes(found["as_it_is"])]
    lines += ["", f"F1 were a stage perfect{'statements':>22}{'table':>9}"]
    own = found["as_it_is"]
    for stage, way in found["perfect"].items():
        gains = [f"{way[p]['f1']:.3f} ({way[p]['f1'] - own[p]['f1']:+.3f})" for p in own]
        lines.append(f"  {stage:<24}{gains[0]:>18}{gains[1]:>18}")
    for name, way in found.get("by_codebook", {}).items():
        if name == next(iter(found["by_codebook"])):
            lines += ["", f"{'F1 by codebook':<26}{'statements':>12}{'table':>9}"]
        lines.append(f"  {name:<24}{way['statements']['f1']:>12.3f}{way['table']['f1']:>9.3f}")
    return "\n".join(lines)


def _line(name: str, score: dict[str, Any]) -> str:
    low, high = score["ci95"]
    return (
        f"{name:<26}{score['precision']:>10.3f}{score['recall']:>8.3f}{score['f1']:>7.3f}   "
        f"[{low:.3f}, {high:.3f}], n = {score['n']:,}"
    )


def _causes(own: dict[str, Any]) -> list[str]:
    lines = []
    for part in ("statements", "table"):
        errors = own[part]["errors"]
        total = max(1, sum(errors.values()))
        shown = ", ".join(f"{stage} {n:,} ({n / total:.0%})" for stage, n in errors.items())
        lines.append(f"  {part}: {shown}")
    return lines
