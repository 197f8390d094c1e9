"""Labelled rows to a linear head that a bundle can hold."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, assert_never

import numpy as np
import numpy.typing as npt

from standpoint.model import EncoderFeatures, Features, Floats, Head, column_groups
from train.config import EncoderModel, FinetunedModel, MajorityModel, NgramsModel, SingleModel
from train.features import NgramRows, PairRows, Rows, fit_tfidf
from train.finetune import FinetuneContext

if TYPE_CHECKING:
    from train.finetune.cache import Tuned

NARROW_FROM = 2  # times as many columns as rows
MIN_SCALE = 1e-6  # a column that varies less is rounding
Labels = npt.NDArray[np.str_]


@dataclass(frozen=True, slots=True)
class Fitted:
    """A fitted head.

    Attributes
    ----------
    terms : the n-gram of each row of the head's weights; empty for vectors
    logits : rows to an array of shape (n, n_labels), the bias left out
    tuned : the encoder it was fitted with, and what else came of that fit
    """

    head: Head
    terms: tuple[str, ...]
    logits: Callable[[Rows], Floats]
    tuned: "Tuned | None" = None

    def probabilities(self, rows: Rows) -> Floats:
        """Calibrated probabilities, of shape (n, n_labels)."""
        return self.head.probabilities(self.logits(rows))

    def at(self, temperature: float) -> "Fitted":
        """The same head with another temperature."""
        head = Head(self.head.weights, self.head.bias, temperature, self.head.idf)
        return replace(self, head=head)


def fit_head(
    model: SingleModel,
    rows: Rows,
    y: Labels,
    *,
    labels: Sequence[str],
    seed: int,
    context: FinetuneContext | None = None,
) -> Fitted:
    """Fit the head of a plain model, and the encoder below it where that is fine-tuned.

    Parameters
    ----------
    rows : from `train.features.extraction.extract_features`
    context : needed for a fine-tuned part only
    y : array of shape (n,), of ``labels``
    """
    match model:
        case MajorityModel():
            return _fit_majority(y, labels)
        case EncoderModel():
            assert not isinstance(rows, NgramRows | PairRows)
            return _fit_vectors(model, np.asarray(rows), y, labels, seed)
        case NgramsModel():
            assert isinstance(rows, NgramRows)
            return _fit_ngrams(model, rows, y, labels, seed)
        case FinetunedModel():
            assert isinstance(rows, PairRows)
            return _fit_tuned(model, rows, y, labels, seed, context)
        case _ as never:
            assert_never(never)


def _fit_tuned(
    model: FinetunedModel,
    rows: PairRows,
    y: Labels,
    labels: Sequence[str],
    seed: int,
    context: FinetuneContext | None,
) -> Fitted:
    assert context is not None
    from train.finetune.dev_scoring import MAIN
    from train.finetune.tuning import tune

    tuned = tune(model, rows, y, labels=labels, seed=seed, context=context)
    return tuned_head(tuned, MAIN, model.features())


def tuned_head(tuned: "Tuned", name: str, features: Features) -> Fitted:
    """A head of an encoder that was fine-tuned, by its name."""
    assert isinstance(features, EncoderFeatures)
    settings, head = features, tuned.heads[name]

    def logits(some: Rows) -> Floats:
        assert isinstance(some, PairRows)
        found: Floats = tuned.logits(some, features=settings, head=name) - head.bias
        return found

    return Fitted(head, (), logits, tuned)


def _fit_majority(y: Labels, labels: Sequence[str]) -> Fitted:
    counts = np.array([np.sum(y == label) for label in labels], dtype=np.float32)
    bias = np.log((counts + 1) / (counts.sum() + len(labels))).astype(np.float32)
    weights = np.zeros((0, len(labels)), dtype=np.float32)

    def logits(rows: Rows) -> Floats:
        return np.zeros((len(rows), len(labels)), dtype=np.float32)

    return Fitted(Head(weights, bias, 1.0), (), logits)


def _regression(model: NgramsModel | EncoderModel, seed: int, *, c: float | None = None) -> Any:
    from sklearn.linear_model import LogisticRegression

    weight = "balanced" if model.balanced else None
    return LogisticRegression(
        C=model.c if c is None else c,
        class_weight=weight,
        max_iter=1000,
        tol=1e-3,
        random_state=seed,
    )


def _fit_vectors(
    model: EncoderModel, rows: Floats, y: Labels, labels: Sequence[str], seed: int
) -> Fitted:
    mean = rows.mean(axis=0, dtype=np.float64)
    scaled = rows - mean.astype(np.float32)
    scale = np.sqrt(np.einsum("ij,ij->j", scaled, scaled) / len(scaled))
    varying = np.flatnonzero(scale >= MIN_SCALE)
    if len(varying) < len(scale):
        scaled, scale, mean = scaled[:, varying], scale[varying], mean[varying]
    scale = scale / _column_weights(model, rows.shape[1])[varying]
    scaled /= scale
    narrow, widen = _narrowed(scaled)
    # The whole is as large as if each column weighed 1: the solver
    # stops at gradients of a size, which would else be met at once.
    c = model.c if model.shares is None else model.c / rows.shape[1]
    regression = _regression(model, seed, c=c).fit(narrow, y)
    coefficients, intercepts = _in_order(regression, labels)
    coefficients = widen(coefficients)
    weights = np.zeros((rows.shape[1], len(labels)), dtype=np.float32)
    weights[varying] = (coefficients / scale).T
    bias = intercepts - coefficients @ (mean / scale)

    def logits(some: Rows) -> Floats:
        product: Floats = np.asarray(some) @ weights
        return product

    return Fitted(Head(weights, bias.astype(np.float32), 1.0), (), logits)


def _column_weights(model: EncoderModel, n_columns: int) -> Floats:
    """What each column is multiplied by, so that its group has the share it is given.

    The squares of a group's weights sum to its share of the number of columns; groups without one
    weigh nothing but rounding.
    """
    if model.shares is None:
        return np.ones(n_columns, dtype=np.float32)
    settings = model.features()
    assert isinstance(settings, EncoderFeatures)
    groups = np.array(column_groups(settings, n_columns=n_columns))
    total = sum(model.shares.values())
    weights = np.full(n_columns, MIN_SCALE, dtype=np.float32)
    for group, share in model.shares.items():
        own = groups == group
        weights[own] = np.sqrt(n_columns * share / total / max(1, own.sum()))
    return weights


def _narrowed(rows: Floats) -> tuple[Floats, Callable[[Floats], Floats]]:
    """Rows with no more columns than there are rows, and the way back for coefficients.

    A ridge penalty does not mind a rotation, so where columns far outnumber rows the head is fitted
    on the Cholesky factor of the rows' products: the same head, many times faster. Where they are
    not twice as many, the products cost more than they save.

    References
    ----------
    Hastie and Tibshirani (2004), Efficient quadratic regularization for expression arrays.
    """
    n_rows, n_columns = rows.shape
    if n_columns < NARROW_FROM * n_rows:
        return rows, lambda coefficients: coefficients
    products = (rows @ rows.T).astype(np.float64)
    # As much as 32-bit products may be off; four digits below what the features hold.
    products[np.diag_indices(n_rows)] += 1e-4 * np.trace(products) / n_rows
    factor = np.linalg.cholesky(products)

    def widen(coefficients: Floats) -> Floats:
        from scipy.linalg import solve_triangular

        weights = solve_triangular(factor.T, coefficients.T, lower=False)
        wide: Floats = weights.T @ rows
        return wide

    return factor, widen


def _fit_ngrams(
    model: NgramsModel, rows: NgramRows, y: Labels, labels: Sequence[str], seed: int
) -> Fitted:
    tfidf = fit_tfidf(rows, min_count=model.min_count, sublinear=model.sublinear)
    regression = _classifier(model, seed).fit(tfidf.transform(rows), y)
    coefficients, intercepts = _in_order(regression, labels)
    weights = coefficients.T.astype(np.float32)
    head = Head(weights, intercepts.astype(np.float32), 1.0, tfidf.idf)

    def logits(some: Rows) -> Floats:
        assert isinstance(some, NgramRows)
        return np.asarray(tfidf.transform(some) @ weights, dtype=np.float32)

    return Fitted(head, tfidf.terms, logits)


def _classifier(model: NgramsModel, seed: int) -> Any:
    if model.classifier == "logistic":
        return _regression(model, seed)
    from sklearn.svm import LinearSVC

    weight = "balanced" if model.balanced else None
    return LinearSVC(C=model.c, class_weight=weight, random_state=seed)


def _in_order(regression: Any, labels: Sequence[str]) -> tuple[Floats, Floats]:
    """Coefficients by label in the project's order; a label never seen gets no chance."""
    coefficients, intercepts = regression.coef_, regression.intercept_
    if len(regression.classes_) == 2:
        coefficients = np.concatenate([-coefficients / 2, coefficients / 2])
        intercepts = np.concatenate([-intercepts / 2, intercepts / 2])
    found = np.zeros((len(labels), coefficients.shape[1]))
    biases = np.full(len(labels), -20.0)
    for row, label in enumerate(regression.classes_):
        found[labels.index(label)] = coefficients[row]
        biases[labels.index(label)] = intercepts[row]
    return found, biases
