"""Fit the regressions that rank wide candidates, and choose their thresholds.

See `standpoint/labeling/wide_candidates.py`.

    python benchmarks/wide_candidates.py

Fits on the training half of the real documents, without Reuters, whose licence is for research
alone; prints the weights in the order of `WIDE_FEATURES`, the threshold at which the dev half has
`MAX_PER_GOLD` candidates a gold statement, and the recall there. Needs the texts (see
`standpoint data get real`).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from standpoint.labeling.implicit_issues import IssueVectors, SentenceVector, sentence_vectors
from standpoint.labeling.wide_candidates import WIDE_FEATURES, wide_features
from standpoint.model.encoder_folder import find_encoder
from train.articles.real.reading import Reader
from train.corpora import data_folder
from train.corpora.real.annotations import load_real_annotations
from train.corpora.real.documents import RealDocument, load_real_documents

ROOT = Path(__file__).resolve().parent.parent
MAX_PER_GOLD = 3.8  # candidates a gold statement on dev; a little under the 4 that are wanted
RESEARCH_ONLY = "reuters"
C = 0.1  # inverse strength of the penalty; 0.03 to 1 score the same on dev


@dataclass(frozen=True, slots=True)
class Rows:
    """Features and labels of the candidates of some documents."""

    features: np.ndarray
    is_gold: np.ndarray
    n_gold: int


def main() -> None:
    annotations = load_real_annotations(
        ROOT / "seeds" / "real", codebooks=ROOT / "configs" / "codebooks" / "real"
    )
    documents = load_real_documents(annotations, data=data_folder()).documents
    train = [d for d in documents if d.split == "train" and d.source != RESEARCH_ONLY]
    dev = [d for d in documents if d.split == "dev"]
    vector_of = cached(sentence_vectors(find_encoder(ROOT / "models")))
    for name, vectors in (("WITH_VECTORS", vector_of), ("LEXICAL", None)):
        report(name, rows_of(train, vectors), rows_of(dev, vectors))


def cached(vector_of: SentenceVector) -> SentenceVector:
    vectors: dict[str, np.ndarray] = {}

    def read(text: str) -> np.ndarray:
        if text not in vectors:
            vectors[text] = vector_of(text)
        return vectors[text]

    return read


def rows_of(documents: Iterable[RealDocument], vector_of: SentenceVector | None) -> Rows:
    reader = Reader()
    features, is_gold, n_gold = [], [], 0
    for document in documents:
        read = reader.read(document, lambda article: ())
        article = read.article
        vectors = IssueVectors(document.codebook, vector_of) if vector_of else None
        n_gold += len(document.statements)
        for sentence, issue, candidates, rows in wide_features(article, vectors):
            features.append(rows)
            is_gold += [
                (sentence.index, actor, issue.id) in read.gold_by_unit for actor in candidates
            ]
    return Rows(np.concatenate(features), np.array(is_gold), n_gold)


def report(name: str, train: Rows, dev: Rows) -> None:
    scaler = StandardScaler().fit(train.features)
    model = LogisticRegression(C=C, max_iter=1_000)
    model.fit(scaler.transform(train.features), train.is_gold)
    # A column without variance (similarities without vectors) has the scale 1 and the weight 0.
    weights = model.coef_[0] / scaler.scale_
    intercept = float(model.intercept_[0] - weights @ scaler.mean_)
    scores = dev.features @ weights + intercept
    order = np.argsort(-scores)
    n_kept = min(len(order) - 1, round(MAX_PER_GOLD * dev.n_gold))
    print(f"{name}:")
    for feature, weight in zip(WIDE_FEATURES, weights, strict=True):
        print(f"    {weight:.3f},  # {feature}")
    print(f"  intercept {intercept:.3f}, threshold {scores[order[n_kept]]:.3f}")
    reachable = dev.is_gold.sum() / dev.n_gold
    print(f"  dev: of {dev.n_gold:,} gold statements {reachable:.3f} are among all candidates")
    for per_gold in (1, 2, 3, 4, 6, 8):
        recall = dev.is_gold[order[: per_gold * dev.n_gold]].sum() / dev.n_gold
        print(f"  dev: recall {recall:.3f} at {per_gold} candidates a gold statement")


if __name__ == "__main__":
    main()
