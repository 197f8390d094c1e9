"""Classification scores by their published definitions, and their bootstrap intervals."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from train.scoring.bootstrap import Floats, bootstrap_interval

Labels = npt.NDArray[np.str_]
SIDES = ("favor", "against")


def confusion(y_true: Labels, y_pred: Labels, *, labels: Sequence[str]) -> Floats:
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
) -> Floats:
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
        unknown = str(np.asarray(y)[~same.any(axis=1)][0])
        names = tuple(map(str, labels))
        raise ValueError(f"confusion: labels must be of {names}, got {unknown!r}.")
    return np.asarray(same.argmax(axis=1))


@dataclass(frozen=True, slots=True)
class Score:
    """A score of predicted labels, as a function of a confusion matrix.

    Attributes
    ----------
    of_confusion : maps matrices of shape (..., M, M) and the names of the first rows and columns to
        scores of shape (...). Rows and columns past the names are other labels: they count as
        misses, and have no score of their own.
    """

    of_confusion: Callable[[Floats, Sequence[str]], Floats]

    def __call__(self, y_true: Labels, y_pred: Labels, *, labels: Sequence[str]) -> float:
        """The score of rows: arrays of shape (n_pairs,)."""
        return float(self.of_confusion(_square_confusion(y_true, y_pred, labels), labels))


def _square_confusion(y_true: Labels, y_pred: Labels, labels: Sequence[str]) -> Floats:
    others = {*y_true.tolist(), *y_pred.tolist()}.difference(labels)
    return confusion(y_true, y_pred, labels=(*labels, *sorted(others)))


def _hits(counts: Floats, labels: Sequence[str]) -> Floats:
    return np.asarray(np.diagonal(counts, axis1=-2, axis2=-1)[..., : len(labels)])


def _true(counts: Floats, labels: Sequence[str]) -> Floats:
    return np.asarray(counts.sum(axis=-1)[..., : len(labels)])


def _true_and_predicted(counts: Floats, labels: Sequence[str]) -> Floats:
    """2 TP + FP + FN of each label."""
    return np.asarray(_true(counts, labels) + counts.sum(axis=-2)[..., : len(labels)])


def _ratio(part: Floats, whole: Floats, *, empty: float) -> Floats:
    ratio = np.full(np.shape(whole), empty)
    np.divide(part, whole, out=ratio, where=whole > 0)
    return ratio


def _f1_each(counts: Floats, labels: Sequence[str]) -> Floats:
    return _ratio(2 * _hits(counts, labels), _true_and_predicted(counts, labels), empty=0.0)


def f1_by_label(y_true: Labels, y_pred: Labels, *, labels: Sequence[str]) -> list[float]:
    """F1 of each label, 2 TP / (2 TP + FP + FN); 0 where a label is neither there nor predicted.

    Parameters
    ----------
    y_true, y_pred : array of shape (n_pairs,); other labels than ``labels`` count as misses

    References
    ----------
    van Rijsbergen (1979), Information Retrieval, chapter 7, with precision and recall alike.
    """
    return [float(f1) for f1 in _f1_each(_square_confusion(y_true, y_pred, labels), labels)]


@Score
def f1_macro(counts: Floats, labels: Sequence[str]) -> Floats:
    """Mean of the F1 of every label.

    A label that is neither there nor predicted counts as 0. That is scikit-learn's
    ``f1_score(..., labels=labels, average="macro", zero_division=0)``; without ``labels``,
    scikit-learn leaves such a label out of the mean and so scores higher.

    References
    ----------
    Opitz and Burst (2019), Macro F1 and Macro F1: their averaged F1, not the F1 of averages.
    """
    return np.asarray(_f1_each(counts, labels).mean(axis=-1))


@Score
def f1_micro(counts: Floats, labels: Sequence[str]) -> Floats:
    """F1 of the true and false positives and false negatives of all labels added up.

    Equal to the accuracy where ``labels`` are all that occur.

    References
    ----------
    Zhang et al. (2022), Generative Entity-to-Entity Stance Detection with Knowledge Graph
    Augmentation (EMNLP), score polarity with the pair given in this way on SEESAW.
    Manning, Raghavan and Schütze (2008), Introduction to Information Retrieval, section 13.6.
    """
    hits, total = _hits(counts, labels).sum(axis=-1), _true_and_predicted(counts, labels)
    return _ratio(2 * hits, np.asarray(total.sum(axis=-1)), empty=0.0)


@Score
def f1_favor_against(counts: Floats, labels: Sequence[str]) -> Floats:
    """Mean of the F1 of favor and of against: the SemEval-2016 Task 6 score.

    `none` is not averaged, but predicting a side for it still costs precision. Taken over the pairs
    of all targets at once.

    References
    ----------
    Mohammad et al. (2016), SemEval-2016 Task 6, section 4.
    """
    if not set(SIDES) <= set(labels):
        names = tuple(map(str, labels))
        raise ValueError(f"f1_favor_against: labels must hold favor and against, got {names}.")
    return np.asarray(_f1_each(counts, labels)[..., [labels.index(s) for s in SIDES]].mean(axis=-1))


@Score
def accuracy(counts: Floats, labels: Sequence[str]) -> Floats:
    """Share of pairs whose label is right; nan of no pairs."""
    del labels
    hits = np.trace(counts, axis1=-2, axis2=-1)
    return _ratio(hits, np.asarray(counts.sum(axis=(-2, -1))), empty=float("nan"))


@Score
def average_recall(counts: Floats, labels: Sequence[str]) -> Floats:
    """Mean recall over the labels that occur: scikit-learn's balanced accuracy.

    References
    ----------
    Rosenthal, Farra and Nakov (2017), SemEval-2017 Task 4: Sentiment Analysis in Twitter.
    """
    true = _true(counts, labels)
    recalls = _ratio(_hits(counts, labels), true, empty=0.0).sum(axis=-1)
    return _ratio(recalls, np.asarray((true > 0).sum(axis=-1)), empty=float("nan"))


SCORES: dict[str, Score] = {
    "f1_macro": f1_macro,
    "f1_micro": f1_micro,
    "accuracy": accuracy,
    "average_recall": average_recall,
    "f1_favor_against": f1_favor_against,
}


def score_named(name: str) -> Score:
    """The score of that name."""
    if name not in SCORES:
        raise ValueError(f"score: must be one of {', '.join(SCORES)}, got {name!r}.")
    return SCORES[name]


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
    """95% percentile interval of a score, by bootstrap over groups.

    Counts add up, so the confusion matrix of a draw is the sum of those of its groups.

    Parameters
    ----------
    y_true, y_pred : array of shape (n_pairs,), of ``labels`` alone
    groups : of each row; a group is drawn whole
    score : a name in `SCORES`

    Returns
    -------
    The 2.5th and the 97.5th percentile; twice nan where there are fewer than two groups.
    """
    of_confusion = score_named(score).of_confusion
    counts = confusion_by_group(y_true, y_pred, groups, labels=labels)
    return bootstrap_interval(
        counts, lambda sums: of_confusion(sums, labels), draws=draws, seed=seed
    )


def most_frequent(y_train: Labels, *, n: int) -> Labels:
    """The most frequent training label, n times; the first by name in a tie."""
    names, counts = np.unique(y_train, return_counts=True)
    return np.repeat(names[counts.argmax()], n)
