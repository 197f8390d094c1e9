"""Fit the regression that ranks the issues of a sentence for a judge.

See `standpoint/labeling/judged/issues.py`.

    python benchmarks/judged_issues.py

Fits on the training half of the real documents, without Reuters, whose licence is for research
alone, once with the cues of their codebooks and once without; prints the weights and the recall on
the dev half. Needs the texts (see `standpoint data get real`).
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from standpoint.labeling.holder_candidates import holder_candidates
from standpoint.labeling.issue_relevance import (
    N_SIMILARITIES,
    RELEVANCE_FEATURES,
    relevance_features,
)
from train.articles.real.reading import Reader, without_cues
from train.corpora import data_folder
from train.corpora.real.annotations import load_real_annotations
from train.corpora.real.documents import RealDocument, load_real_documents

ROOT = Path(__file__).resolve().parent.parent
RESEARCH_ONLY = "reuters"
C = 0.3  # inverse strength of the penalty; 0.1 to 1 score the same on dev
SHARES = (0.06, 0.1, 0.14, 0.18, 0.2, 0.22, 0.3, 0.4)


@dataclass(frozen=True, slots=True)
class Rows:
    """Features of sentences and issues, and whether a gold statement brings them together.

    Attributes
    ----------
    is_named : whether a cue stands in the sentence or the one before; these are always judged
    """

    features: np.ndarray
    is_gold: np.ndarray
    is_named: np.ndarray


def main() -> None:
    annotations = load_real_annotations(
        ROOT / "seeds" / "real", codebooks=ROOT / "configs" / "codebooks" / "real"
    )
    documents = load_real_documents(annotations, data=data_folder()).documents
    train = [d for d in documents if d.split == "train" and d.source != RESEARCH_ONLY]
    dev = [d for d in documents if d.split == "dev" and d.source != RESEARCH_ONLY]
    fitted = [rows_of(train, with_cues=with_cues) for with_cues in (True, False)]
    features = np.concatenate([rows.features for rows in fitted])
    scaler = StandardScaler().fit(features)
    model = LogisticRegression(C=C, max_iter=1_000)
    model.fit(scaler.transform(features), np.concatenate([rows.is_gold for rows in fitted]))
    weights = model.coef_[0] / scaler.scale_
    for feature, weight in zip(RELEVANCE_FEATURES[N_SIMILARITIES:], weights, strict=True):
        print(f"    {weight:.3f},  # {feature}")
    intercept = float(model.intercept_[0] - weights @ scaler.mean_)
    print(f"  intercept {intercept:.3f}")
    for with_cues in (True, False):
        report(rows_of(dev, with_cues=with_cues), weights, intercept, with_cues=with_cues)


def rows_of(documents: Iterable[RealDocument], *, with_cues: bool) -> Rows:
    """The sentences of prose with a holder candidate, and every issue."""
    reader = Reader()
    features, is_gold, is_named = [], [], []
    for document in documents:
        codebook = document.codebook if with_cues else without_cues(document.codebook)
        read = reader.read(replace(document, codebook=codebook), lambda article: ())
        article = read.article
        readable = [
            s.index
            for s, own in zip(article.sentences, holder_candidates(article), strict=True)
            if own and article.is_prose(s)
        ]
        named = {(cue.sentence + after, cue.issue) for cue in article.cues for after in (0, 1)}
        rows = relevance_features(article, None)[:, :, N_SIMILARITIES:]
        for number, issue in enumerate(codebook.issues):
            features.append(rows[number, readable])
            is_gold += [(index, issue.id) in read.gold_issues for index in readable]
            is_named += [(index, issue.id) in named for index in readable]
    return Rows(np.concatenate(features), np.array(is_gold), np.array(is_named))


def report(rows: Rows, weights: np.ndarray, intercept: float, *, with_cues: bool) -> None:
    logits = rows.features @ weights + intercept
    order = np.argsort(-np.where(rows.is_named, np.inf, logits))
    print(f"dev, {'with' if with_cues else 'without'} cues: {len(order):,} sentences and issues")
    for share in SHARES:
        n_kept = int(share * len(order))
        recall = rows.is_gold[order[:n_kept]].sum() / rows.is_gold.sum()
        lowest = 1 / (1 + np.exp(-logits[order[n_kept]]))
        print(f"  {share:.2f} of them have {recall:.3f} of the gold: probability {lowest:.3f}")


if __name__ == "__main__":
    main()
