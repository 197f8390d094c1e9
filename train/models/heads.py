"""Linear heads: labelled rows to weights that a bundle can hold."""

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
    from train.finetune.cache import FinetuneResult

REDUCE_FROM = 2
"""Columns for each row from which a smaller problem is solved: below, its products cost more."""
MIN_SCALE = 1e-6  # a column with a smaller standard deviation holds rounding errors only
RIDGE = 1e-4
"""Added to the diagonal of the products of rows, relative to its mean: as much as 32-bit products
may be off, and four digits below what the features hold."""
UNSEEN_BIAS = -20.0  # the logit of a label without a training row: a probability of 2e-9
Labels = npt.NDArray[np.str_]


@dataclass(frozen=True, slots=True)
class FittedHead:
    """A fitted head, and how it scores rows of features.

    Attributes
    ----------
    terms : the n-gram of each row of the head's weights; empty for vectors
    logits : rows to an array of shape (n, n_labels), without the bias
    finetuned : the encoder that was fine-tuned with the head, if one was
    """

    head: Head
    terms: tuple[str, ...]
    logits: Callable[[Rows], Floats]
    finetuned: "FinetuneResult | None" = None

    def biased_logits(self, rows: Rows) -> Floats:
        """Logits with the bias and without the temperature, of shape (n, n_labels)."""
        return self.logits(rows) + self.head.bias

    def with_temperature(self, temperature: float) -> "FittedHead":
        """The same head with another temperature."""
        return replace(self, head=replace(self.head, temperature=temperature))


def fit_head(
    model: SingleModel,
    rows: Rows,
    y: Labels,
    *,
    labels: Sequence[str],
    seed: int,
    context: FinetuneContext | None = None,
) -> FittedHead:
    """Fit the head of a plain model, and the encoder below it where that is fine-tuned.

    Parameters
    ----------
    rows : from `train.features.extract_features`
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
            from train.finetune.dev_scoring import MAIN
            from train.finetune.tuning import tune

            assert isinstance(rows, PairRows)
            assert context is not None
            tuned = tune(model, rows, y, labels=labels, seed=seed, context=context)
            return finetuned_head(tuned, MAIN, model.features())
        case _ as never:
            assert_never(never)


def finetuned_head(tuned: "FinetuneResult", name: str, features: Features) -> FittedHead:
    """A head of a fine-tuned encoder, by its name."""
    assert isinstance(features, EncoderFeatures)
    settings, head = features, tuned.heads[name]

    def logits(rows: Rows) -> Floats:
        assert isinstance(rows, PairRows)
        return tuned.logits(rows, features=settings, head=name) - head.bias

    return FittedHead(head, (), logits, tuned)


def _fit_majority(y: Labels, labels: Sequence[str]) -> FittedHead:
    """The label frequencies of train as a bias, with add-one smoothing."""
    counts = np.array([np.sum(y == label) for label in labels], dtype=np.float32)
    bias = np.log((counts + 1) / (counts.sum() + len(labels))).astype(np.float32)
    weights = np.zeros((0, len(labels)), dtype=np.float32)
    return FittedHead(
        Head(weights, bias, 1.0), (), lambda rows: np.zeros((len(rows), len(labels)), np.float32)
    )


def _classifier(model: NgramsModel | EncoderModel, seed: int, *, c: float) -> Any:
    from sklearn.linear_model import LogisticRegression
    from sklearn.svm import LinearSVC

    weight = "balanced" if model.balanced else None
    if isinstance(model, NgramsModel) and model.classifier != "logistic":
        return LinearSVC(C=c, class_weight=weight, random_state=seed)
    return LogisticRegression(
        C=c,
        class_weight=weight,
        max_iter=1000,  # scikit-learn warns where that is too few
        tol=1e-3,  # looser than scikit-learn's 1e-4: fewer iterations
        random_state=seed,
    )


def _fit_vectors(
    model: EncoderModel, rows: Floats, y: Labels, labels: Sequence[str], seed: int
) -> FittedHead:
    """Logistic regression on standardized columns; the scaling is folded into the weights."""
    mean = rows.mean(axis=0, dtype=np.float64)
    scaled = rows - mean.astype(np.float32)
    scale = np.sqrt(np.einsum("ij,ij->j", scaled, scaled) / len(scaled))
    varying = np.flatnonzero(scale >= MIN_SCALE)
    if len(varying) < len(scale):
        scaled, scale, mean = scaled[:, varying], scale[varying], mean[varying]
    scale = scale / _column_weights(model, rows.shape[1])[varying]
    scaled /= scale
    reduced, expand = _reduced(scaled)
    # The squares of the column weights sum to the number of columns, not to 1: the solver stops at
    # gradients of an absolute size, which small columns would meet at once. So C is divided.
    c = model.c if model.shares is None else model.c / rows.shape[1]
    regression = _classifier(model, seed, c=c).fit(reduced, y)
    coefficients, intercepts = _by_label(regression, labels)
    coefficients = expand(coefficients)
    weights = np.zeros((rows.shape[1], len(labels)), dtype=np.float32)
    weights[varying] = (coefficients / scale).T
    bias = (intercepts - coefficients @ (mean / scale)).astype(np.float32)
    return FittedHead(Head(weights, bias, 1.0), (), lambda rows: np.asarray(rows) @ weights)


def _column_weights(model: EncoderModel, n_columns: int) -> Floats:
    """Factors of the columns, so that each group of features has the share that the config sets.

    The squares of a group's weights sum to its share of the number of columns. Groups without a
    share are scaled to rounding errors.
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


def _reduced(rows: Floats) -> tuple[Floats, Callable[[Floats], Floats]]:
    """Rows with at most as many columns as rows, and the map of coefficients back to all columns.

    An L2 penalty is invariant to rotation, so where columns far outnumber rows the head is fitted
    on the Cholesky factor of the Gram matrix: the same head, many times faster.

    References
    ----------
    Hastie and Tibshirani (2004), Efficient quadratic regularization for expression arrays.
    """
    n_rows, n_columns = rows.shape
    if n_columns < REDUCE_FROM * n_rows:
        return rows, lambda coefficients: coefficients
    products = (rows @ rows.T).astype(np.float64)
    products[np.diag_indices(n_rows)] += RIDGE * np.trace(products) / n_rows
    factor = np.linalg.cholesky(products)

    def expand(coefficients: Floats) -> Floats:
        from scipy.linalg import solve_triangular

        weights = solve_triangular(factor.T, coefficients.T, lower=False)
        expanded: Floats = weights.T @ rows
        return expanded

    return factor, expand


def _fit_ngrams(
    model: NgramsModel, rows: NgramRows, y: Labels, labels: Sequence[str], seed: int
) -> FittedHead:
    tfidf = fit_tfidf(rows, min_count=model.min_count, sublinear=model.sublinear)
    regression = _classifier(model, seed, c=model.c).fit(tfidf.transform(rows), y)
    coefficients, intercepts = _by_label(regression, labels)
    weights = coefficients.T.astype(np.float32)
    head = Head(weights, intercepts.astype(np.float32), 1.0, tfidf.idf)

    def logits(rows: Rows) -> Floats:
        assert isinstance(rows, NgramRows)
        return np.asarray(tfidf.transform(rows) @ weights, dtype=np.float32)

    return FittedHead(head, tfidf.terms, logits)


def _by_label(regression: Any, labels: Sequence[str]) -> tuple[Floats, Floats]:
    """Coefficients and intercepts in the order of ``labels``; scikit-learn sorts its classes.

    A binary classifier has one row of coefficients, for the second class: it is halved into two.
    """
    coefficients, intercepts = regression.coef_, regression.intercept_
    if len(regression.classes_) == 2:
        coefficients = np.concatenate([-coefficients / 2, coefficients / 2])
        intercepts = np.concatenate([-intercepts / 2, intercepts / 2])
    by_label = np.zeros((len(labels), coefficients.shape[1]))
    biases = np.full(len(labels), UNSEEN_BIAS)
    columns = [labels.index(label) for label in regression.classes_]
    by_label[columns], biases[columns] = coefficients, intercepts
    return by_label, biases
