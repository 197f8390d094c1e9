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
    inside, outside = np.flatnonzero(~held_out).tolist(), np.flatnonzero(held_out).tolist()
    fitter.report_progress(
        f"fitting on {len(inside):,} of {len(pairs):,} pairs, to calibrate on the rest"
    )
    calibration_model = fitter.fit(table.take(inside), y[inside])
    held_out_logits = fitter.logits(calibration_model, table.take(outside))
    fitter.report_progress(f"fitting on {len(pairs):,} pairs")
    logits = fitter.logits(fitter.fit(table, y), candidate_table)
    return fitter.calibrated(logits, held_out_logits, y[outside])
