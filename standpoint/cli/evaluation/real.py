"""``standpoint evaluate --data real``: from text to table on real documents."""

import argparse
import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np

from standpoint.cli.evaluation.judged_candidates import JudgedCandidates, wide_finder
from standpoint.cli.evaluation.models import (
    config_seeds,
    load_stance_model,
    model_fitter,
    stance_config,
)
from standpoint.cli.evaluation.options import floors_object
from standpoint.cli.evaluation.real_report import (
    as_json,
    format_real_report,
    reader_object,
    summary_of,
)
from standpoint.cli.label import confidence_floor
from standpoint.cli.output import print_progress
from standpoint.errors import CorpusError
from standpoint.labeling import (
    AnnotatedArticle,
    Floors,
    Pair,
    issue_vectors,
    read_pairs,
    wide_pairs,
)
from standpoint.model import Encoder, JudgeModel
from standpoint.settings import project_root, read_settings
from train.articles import (
    STAGES,
    JudgedDocument,
    PairFinder,
    ReadDocument,
    Reader,
    Shares,
    StagedDocument,
    find_stages,
    predict_after_seeds,
    score_reader,
    score_real,
    without_cues,
)
from train.corpora import (
    RealDocuments,
    data_folder,
    load_real_annotations,
    load_real_documents,
    seed_corpus,
)

REAL = "real"
CONFIG = "seeds-stance"
"""The run config that is fitted where no model is named: the seeds hold none of the documents."""
DEV = "dev"


@dataclass(frozen=True, slots=True)
class Judge:
    """A model that judges candidates.

    Attributes
    ----------
    encoder : that finds sentences without a cue; None where the model reads with its own
    shares : the probabilities of candidates, of shape (n_candidates, 3)
    floors : below which statements and cells are declined
    kind : the model's kind, as in the configs
    judged_by : the model in words
    find, find_wide : what finds the candidates that are judged, and all that may be judged; None
        where the reader does
    """

    encoder: Encoder | None
    shares: Callable[[Sequence[Pair]], Shares]
    floors: Floors
    kind: str
    judged_by: str
    run_id: str | None = None
    find: PairFinder | None = None
    find_wide: PairFinder | None = None


def run(args: argparse.Namespace) -> None:
    """Score, and print a report or one JSON object."""
    result = _evaluate(args)
    print(json.dumps(result) if args.json else format_real_report(result))


def _evaluate(args: argparse.Namespace) -> dict[str, Any]:
    started = time.perf_counter()
    settings = read_settings()
    split, cues = args.split or DEV, args.cues or "given"
    loaded = load_documents(split, has_cues=cues == "given")
    judge = _judge(args, confidence_floor(args.min_confidence, settings.min_confidence))
    reads, kinds = _read(loaded, judge), loaded.issue_kinds
    judged = _judged([find_stages(read) for read in reads["sure"]], judge)
    scored = partial(
        score_real,
        judged,
        issue_kinds=kinds,
        pooling=settings.pooling,
        floors=judge.floors,
        by_judge=judge.find is not None,
    )
    scores = scored()
    result = {
        "data": REAL,
        "split": split,
        "cues": cues,
        "judged_by": judge.judged_by,
        "n_documents": len(loaded.documents),
        "missing": [str(source) for source in loaded.missing],
        **floors_object(judge.floors),
        "reader": {
            name: reader_object(score_reader(own, issue_kinds=kinds)) for name, own in reads.items()
        },
        "as_it_is": as_json(scores.parts),
        "by": as_json(scores.by_facet),
        "calibration": as_json(scores.calibration),
        "errors": scores.causes,
        "perfect": {stage: as_json(scored(oracle=[stage]).parts) for stage in STAGES},
    }
    summary = summary_of(result, kind=judge.kind, run_id=judge.run_id, bundle=args.model)
    return {**result, **summary, "seconds": {"total": time.perf_counter() - started}}


def load_documents(split: str, *, has_cues: bool) -> RealDocuments:
    """The documents of a split whose texts are here; each source that is not is reported.

    Raises
    ------
    CorpusError
        no text is here
    """
    root = project_root()
    annotations = load_real_annotations(
        root / "seeds" / "real", codebooks=root / "configs" / "codebooks" / "real", split=split
    )
    if not annotations.rows:
        raise CorpusError(f"--split: must be of documents, got {split!r}, which has none.")
    loaded = load_real_documents(annotations, data=data_folder())
    for source in loaded.missing:
        print_progress(str(source))
    if not loaded.documents:
        raise CorpusError(
            f"{data_folder()}: must hold texts of the real documents, got none of "
            f"{len(loaded.missing)} sources. Get them with `standpoint data get real`."
        )
    if has_cues:
        return loaded
    bare = (replace(d, codebook=without_cues(d.codebook)) for d in loaded.documents)
    return replace(loaded, documents=tuple(bare))


def _read(loaded: RealDocuments, judge: Judge) -> dict[str, list[ReadDocument]]:
    """The documents as they are read, by kind of candidates."""
    reader = Reader()
    return {
        name: [reader.read(document, find) for document in loaded.documents]
        for name, find in _finders(judge).items()
    }


def _finders(judge: Judge) -> dict[str, PairFinder]:
    """Each kind of candidates with what finds it: those that are judged are ``sure``."""

    def find_with(find: Callable[..., list[Pair]], article: AnnotatedArticle) -> list[Pair]:
        vectors = issue_vectors(article.matcher, judge.encoder) if judge.encoder else None
        return find(article, vectors=vectors)

    sure = judge.find or partial(find_with, read_pairs)
    return {"sure": sure, "wide": judge.find_wide or partial(find_with, wide_pairs)}


def _judge(args: argparse.Namespace, min_confidence: float | None) -> Judge:
    """The model that the command line names, or one that is fitted on the seeds."""
    if args.model:
        return _named_judge(args, min_confidence)
    config = stance_config(args, default=CONFIG, corpus="seeds")
    corpus = seed_corpus(config_seeds(config), task="stance")
    fitter = model_fitter(config, lambda: corpus)
    records = corpus.records

    def fitted_shares(pairs: Sequence[Pair]) -> Shares:
        return predict_after_seeds(
            [pair.text() for pair in pairs],
            pairs=[record.pair() for record in records],
            y=np.array([record.label for record in records]),
            strata=[record.stratum for record in records],
            groups=[record.group for record in records],
            fitter=fitter,
        )

    judged_by = f"{config.name}, fitted on the seeds"
    floors = Floors.plain(min_confidence)
    return Judge(fitter.encoder, fitted_shares, floors, config.model.kind, judged_by)


def _named_judge(args: argparse.Namespace, min_confidence: float | None) -> Judge:
    named = load_stance_model(args)
    manifest = named.model.manifest
    of_model = partial(
        Judge,
        named.encoder,
        floors=Floors.of(named.model, min_confidence),
        kind=manifest.features.kind,
        judged_by=named.description,
        run_id=manifest.run_id,
    )
    if isinstance(named.model, JudgeModel):
        candidates = JudgedCandidates(named.model)
        find_wide = wide_finder(named.model)
        return of_model(shares=candidates.shares, find=candidates.find, find_wide=find_wide)
    return of_model(shares=named.shares)


def _judged(staged: Sequence[StagedDocument], judge: Judge) -> list[JudgedDocument]:
    """The documents with the probabilities of their candidates, which are judged in one go."""
    pairs = [candidate.pair for document in staged for candidate in document.candidates]
    shares = judge.shares(pairs)
    ends = np.cumsum([len(document.candidates) for document in staged])
    return [
        JudgedDocument(document, shares[end - len(document.candidates) : end])
        for document, end in zip(staged, ends, strict=True)
    ]
