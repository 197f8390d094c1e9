"""Fit and check how sentences without a cue are found on the seeds.

See `standpoint/labeling/implicit_issues.py`.

    python benchmarks/implied.py [--json]

Each codebook is left out once, in ten parts. Prints the weights fitted on everything, the least
threshold at which 80% of what is found with the codebook left out is right, and, with the weights
and threshold that are in the code, precision and recall over all seeds.
"""

import argparse
import json
from pathlib import Path

import numpy as np

from standpoint.labeling.annotated_article import AnnotatedArticle
from standpoint.labeling.implicit_issues import (
    THRESHOLD,
    WEIGHTS,
    IssueVectors,
    candidate_features,
    implicit_candidates,
    issue_probabilities,
    sentence_vectors,
)
from standpoint.model.encoder_folder import find_encoder
from train.articles.gold import GoldArticle, seed_articles
from train.corpora.seeds import load_seeds

PARTS, AIM, LEAST_FOUND = 10, 0.8, 10


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    articles = seed_articles(load_seeds(Path("seeds"), codebooks=Path("configs/codebooks")))
    vector_of = sentence_vectors(find_encoder(Path("models")))
    vectors = {a.stratum: IssueVectors(a.matcher.codebook, vector_of) for a in articles}
    rows = [row for a in articles for row in rows_of(a, vectors[a.stratum])]
    facts = np.stack([fact for fact, _, _, _ in rows])
    right = np.array([label for _, label, _, _ in rows])
    strata = np.array([stratum for _, _, stratum, _ in rows])
    sentences = np.array([sentence for *_, sentence in rows])
    n_implied = sum(s.cue is None for a in articles for s in a.statements)
    left_out = _left_out(facts, right, strata)
    threshold, n_found, precision = _threshold(left_out, right, sentences)
    now = _best_each(issue_probabilities(facts), sentences)
    found = now & (issue_probabilities(facts) >= THRESHOLD)
    told = {
        "weights": [round(float(w), 2) for w in _fit(facts, right)],
        "threshold": threshold,
        "found_left_out": n_found,
        "precision_left_out": precision,
        "in_the_code": {
            "weights": WEIGHTS,
            "threshold": THRESHOLD,
            "found": int(found.sum()),
            "precision": float(right[found].mean()) if found.any() else None,
        },
        "implied_statements": n_implied,
        "of_them_in_a_sentence_looked_at": int(right.sum()),
    }
    print(json.dumps(told) if args.json else "\n".join(f"{k}: {v}" for k, v in told.items()))


def rows_of(article: GoldArticle, vectors: IssueVectors) -> list[tuple]:
    """Facts, whether a reader has it concern the issue, codebook and sentence, for each issue."""
    implied = {(s.sentence, s.issue) for s in article.statements}
    annotated = AnnotatedArticle(article.article, article.matcher)
    issues = annotated.issues
    found = []
    for candidate in implicit_candidates(annotated) if issues else ():
        facts = candidate_features(candidate, issues=issues, vectors=vectors)
        for issue, row in zip(issues, facts, strict=True):
            key = (candidate.sentence.index, issue)
            place = f"{article.article.id}:{candidate.sentence.index}"
            found.append((row, key in implied, article.stratum, place))
    return found


def _fit(facts: np.ndarray, right: np.ndarray) -> np.ndarray:
    from sklearn.linear_model import LogisticRegression

    fitted = LogisticRegression(C=10, max_iter=2000).fit(facts, right)
    return np.concatenate([fitted.coef_[0], fitted.intercept_])


def _left_out(facts: np.ndarray, right: np.ndarray, strata: np.ndarray) -> np.ndarray:
    names = sorted(set(strata.tolist()))
    part = np.array([names.index(name) % PARTS for name in strata])
    found = np.zeros(len(facts))
    for number in range(PARTS):
        weights = _fit(facts[part != number], right[part != number])
        found[part == number] = 1 / (
            1 + np.exp(-(facts[part == number] @ weights[:-1] + weights[-1]))
        )
    return found


def _best_each(shares: np.ndarray, sentences: np.ndarray) -> np.ndarray:
    """Whether each row is the likeliest of its sentence."""
    best: dict[str, int] = {}
    for number, sentence in enumerate(sentences):
        if sentence not in best or shares[number] > shares[best[sentence]]:
            best[sentence] = number
    kept = np.zeros(len(shares), dtype=bool)
    kept[list(best.values())] = True
    return kept


def _threshold(
    shares: np.ndarray, right: np.ndarray, sentences: np.ndarray
) -> tuple[float | None, int, float | None]:
    kept = np.flatnonzero(_best_each(shares, sentences))
    order = kept[np.argsort(-shares[kept])]
    hits = np.cumsum(right[order])
    counts = np.arange(1, len(order) + 1)
    fine = np.flatnonzero((hits / counts >= AIM) & (counts >= LEAST_FOUND))
    if not len(fine):
        return None, 0, None
    last = fine[-1]
    return float(shares[order[last]]), int(counts[last]), float(hits[last] / counts[last])


if __name__ == "__main__":
    main()
