"""Scores by their published definitions, with intervals and what a majority guess would get."""

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from train.scoring.bootstrap import MIN_GROUPS, NO_INTERVAL, percentile_interval, resampled_sums

Labels = npt.NDArray[np.str_]
Counts = npt.NDArray[np.float64]
ScoreOfConfusion = Callable[[Counts, Sequence[str]], Counts]
SIDES = ("favor", "against")


def confusion(y_true: Labels, y_pred: Labels, *, labels: Sequence[str]) -> Counts:
    """How often each label (row) was called each label (column).

    Parameters
    ----------
    y_true, y_pred : array of shape (n_pairs,), of ``labels`` alone

    Returns
    -------
    Array of shape (n_labels, n_labels). Whole numbers, but floats, so that sums over many draws
    are one matrix product.

    >>> confusion(np.array(["a", "a", "b"]), np.array(["a", "b", "b"]), labels=("a", "b"))
    array([[1., 1.],
           [0., 1.]])
    """
    one_group = [""] * len(y_true)
    return np.asarray(confusion_by_group(y_true, y_pred, one_group, labels=labels).sum(axis=0))


def confusion_by_group(
    y_true: Labels, y_pred: Labels, groups: Sequence[str], *, labels: Sequence[str]
) -> Counts:
    """The confusion matrix of each group's rows.

    Returns
    -------
    Array of shape (n_groups, n_labels, n_labels), groups in the order of their names.
    """
    size = len(labels)
    names, of_row = np.unique(np.array(groups, dtype=np.str_), return_inverse=True)
    cell = (of_row * size + _numbers(y_true, labels)) * size + _numbers(y_pred, labels)
    counts = np.bincount(cell, minlength=len(names) * size**2)
    return counts.reshape(len(names), size, size).astype(np.float64)


def _numbers(y: Labels, labels: Sequence[str]) -> npt.NDArray[np.int64]:
    same = np.asarray(y, dtype=np.str_)[:, None] == np.array(labels)
    if not same.any(axis=1).all():
        odd = str(np.asarray(y)[~same.any(axis=1)][0])
        raise ValueError(f"confusion: labels must be of {tuple(map(str, labels))}, got {odd!r}.")
    return np.asarray(same.argmax(axis=1))


def _hits(counts: Counts, labels: Sequence[str]) -> Counts:
    return np.asarray(np.diagonal(counts, axis1=-2, axis2=-1)[..., : len(labels)])


def _annotated(counts: Counts, labels: Sequence[str]) -> Counts:
    return np.asarray(counts.sum(axis=-1)[..., : len(labels)])


def _predicted(counts: Counts, labels: Sequence[str]) -> Counts:
    return np.asarray(counts.sum(axis=-2)[..., : len(labels)])


def _ratio(part: Counts, whole: Counts, *, empty: float) -> Counts:
    ratio = np.full(np.shape(whole), empty)
    np.divide(part, whole, out=ratio, where=whole > 0)
    return ratio


def _f1_each(counts: Counts, labels: Sequence[str]) -> Counts:
    total = _annotated(counts, labels) + _predicted(counts, labels)
    return _ratio(2 * _hits(counts, labels), total, empty=0.0)


def _f1_macro(counts: Counts, labels: Sequence[str]) -> Counts:
    return np.asarray(_f1_each(counts, labels).mean(axis=-1))


def _f1_micro(counts: Counts, labels: Sequence[str]) -> Counts:
    total = _annotated(counts, labels) + _predicted(counts, labels)
    hits = _hits(counts, labels).sum(axis=-1)
    return _ratio(2 * hits, np.asarray(total.sum(axis=-1)), empty=0.0)


def _f1_favor_against(counts: Counts, labels: Sequence[str]) -> Counts:
    if not set(SIDES) <= set(labels):
        given = tuple(map(str, labels))
        raise ValueError(f"f1_favor_against: labels must hold favor and against, got {given}.")
    return np.asarray(_f1_each(counts, labels)[..., [labels.index(s) for s in SIDES]].mean(axis=-1))


def _accuracy(counts: Counts, labels: Sequence[str]) -> Counts:
    del labels
    hits = np.trace(counts, axis1=-2, axis2=-1)
    return _ratio(hits, np.asarray(counts.sum(axis=(-2, -1))), empty=float("nan"))


def _average_recall(counts: Counts, labels: Sequence[str]) -> Counts:
    annotated = _annotated(counts, labels)
    recalls = _ratio(_hits(counts, labels), annotated, empty=0.0).sum(axis=-1)
    return _ratio(recalls, np.asarray((annotated > 0).sum(axis=-1)), empty=float("nan"))


SCORES_OF_CONFUSION: dict[str, ScoreOfConfusion] = {
    "f1_macro": _f1_macro,
    "f1_micro": _f1_micro,
    "accuracy": _accuracy,
    "average_recall": _average_recall,
    "f1_favor_against": _f1_favor_against,
}
"""The scores below, of confusion matrices: (..., M, M) and the names of the first rows and columns
give (...,). Rows and columns past the names are other labels: a miss, and not averaged."""


def score_of_confusion(score: str) -> ScoreOfConfusion:
    """The score of that name, as a function of confusion matrices."""
    if score not in SCORES_OF_CONFUSION:
        known = ", ".join(SCORES_OF_CONFUSION)
        raise ValueError(f"score: must be one of {known}, got {score!r}.")
    return SCORES_OF_CONFUSION[score]


def _of_rows(
    score: ScoreOfConfusion, y_true: Labels, y_pred: Labels, labels: Sequence[str]
) -> Counts:
    others = {*y_true.tolist(), *y_pred.tolist()}.difference(labels)
    return score(confusion(y_true, y_pred, labels=(*labels, *sorted(others))), labels)


def f1_by_label(y_true: Labels, y_pred: Labels, *, labels: Sequence[str]) -> list[float]:
    """F1 of each label, 2 TP / (2 TP + FP + FN); 0 where a label is neither there nor predicted.

    Parameters
    ----------
    y_true, y_pred : array of shape (n_pairs,); other labels than ``labels`` count as misses

    References
    ----------
    van Rijsbergen (1979), Information Retrieval, chapter 7, with precision and recall alike.
    """
    return [float(f1) for f1 in _of_rows(_f1_each, y_true, y_pred, labels)]


def f1_macro(y_true: Labels, y_pred: Labels, *, labels: Sequence[str]) -> float:
    """Mean of the F1 of every label.

    A label that is neither there nor predicted counts as 0. That is scikit-learn's
    ``f1_score(..., labels=labels, average="macro", zero_division=0)``; without ``labels``,
    scikit-learn leaves such a label out of the mean and so scores higher.

    References
    ----------
    Opitz and Burst (2019), Macro F1 and Macro F1: their averaged F1, not the F1 of averages.
    """
    return float(_of_rows(_f1_macro, y_true, y_pred, labels))


def f1_micro(y_true: Labels, y_pred: Labels, *, labels: Sequence[str]) -> float:
    """F1 of the true and false positives and false negatives of all labels added up.

    The accuracy, where ``labels`` are all that occur; not so where one of them is left out.

    References
    ----------
    Zhang et al. (2022), Generative Entity-to-Entity Stance Detection with Knowledge Graph
    Augmentation (EMNLP), score polarity with the pair given so on SEESAW.
    Manning, Raghavan and Schütze (2008), Introduction to Information Retrieval, section 13.6.
    """
    return float(_of_rows(_f1_micro, y_true, y_pred, labels))


def f1_favor_against(y_true: Labels, y_pred: Labels, *, labels: Sequence[str]) -> float:
    """Mean of the F1 of favor and of against: the SemEval-2016 Task 6 score.

    `none` is not averaged, but calling it a side still costs precision. Taken over the pairs of
    all targets at once.

    References
    ----------
    Mohammad et al. (2016), SemEval-2016 Task 6, section 4.
    """
    del labels
    return float(_of_rows(_f1_favor_against, y_true, y_pred, SIDES))


def accuracy(y_true: Labels, y_pred: Labels, *, labels: Sequence[str]) -> float:
    """Share of pairs whose label is right; nan of no pairs."""
    return float(_of_rows(_accuracy, y_true, y_pred, labels))


def average_recall(y_true: Labels, y_pred: Labels, *, labels: Sequence[str]) -> float:
    """Mean recall over the labels that occur: what scikit-learn calls balanced accuracy.

    References
    ----------
    Rosenthal, Farra and Nakov (2017), SemEval-2017 Task 4: Sentiment Analysis in Twitter.
    """
    return float(_of_rows(_average_recall, y_true, y_pred, labels))


SCORES: dict[str, Callable[..., float]] = {
    "f1_macro": f1_macro,
    "f1_micro": f1_micro,
    "accuracy": accuracy,
    "average_recall": average_recall,
    "f1_favor_against": f1_favor_against,
}


def confusion_interval(
    y_true: Labels,
    y_pred: Labels,
    groups: Sequence[str],
    *,
    score: str,
    labels: Sequence[str],
    draws: int,
    seed: int,
) -> tuple[float, float]:
    """95% percentile interval of a score of the confusion matrix, by bootstrap over groups.

    The draws of `bootstrap.interval` with the same seed, all at once: counts of labels add
    up, so a draw is a sum of its groups' confusion matrices.

    Parameters
    ----------
    y_true, y_pred : array of shape (n_pairs,), of ``labels`` alone
    groups : of each row; a group is drawn whole
    score : a name in `SCORES_OF_CONFUSION`

    Returns
    -------
    The 2.5th and the 97.5th percentile; twice nan where there are fewer than two groups.
    """
    function = score_of_confusion(score)
    counts = confusion_by_group(y_true, y_pred, groups, labels=labels)
    if len(counts) < MIN_GROUPS:
        return NO_INTERVAL
    return percentile_interval(function(resampled_sums(counts, draws=draws, seed=seed), labels))


def majority(y_train: Labels, *, n: int) -> Labels:
    """The most frequent training label, n times; the first by name where two are as frequent."""
    names, counts = np.unique(y_train, return_counts=True)
    return np.repeat(names[counts.argmax()], n)
