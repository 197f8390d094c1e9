"""The judge of real documents: a model fitted on the seeds, or one that exists."""

from collections.abc import Sequence

import numpy as np

from standpoint.model import PairText
from train.articles.cross_fitting import CALIBRATION_EVERY, ModelFitter
from train.articles.end_to_end import Shares
from train.scoring import Labels


def predict_after_seeds(
    texts: Sequence[PairText],
    *,
    pairs: Sequence[PairText],
    y: Labels,
    strata: Sequence[str],
    groups: Sequence[str],
    fitter: ModelFitter,
) -> Shares:
    """Predict candidates with a model that is fitted on labelled pairs of other articles.

    The temperatures are fitted on a fifth of the strata, with the logits of a model that is fitted
    on the rest; then the model is fitted on all pairs.

    Parameters
    ----------
    texts : the candidates
    pairs, y, strata, groups : the labelled pairs, their labels, and the codebook and the article
        of each

    Returns
    -------
    Array of shape (n_texts, 3).
    """
    table, candidate_table = fitter.tables(pairs, texts, groups=groups)
    left_out = set(sorted(set(strata))[::CALIBRATION_EVERY])
    held_out = np.array([stratum in left_out for stratum in strata])
    return fitter.fit_and_predict(table, y, held_out=held_out, candidates=candidate_table)
