"""Weights of the logistic regression that ranks the issues of a sentence for a judge.

Fitted by benchmarks/judged_issues.py on the training half of the real documents, without those
whose licence is for research alone, once with the cues of their codebooks and once without.
"""

WEIGHTS = (
    0.588,  # cue
    -1.231,  # cue_before
    1.599,  # cue_recency
    2.022,  # cue_share
    2.866,  # word_overlap
    2.590,  # name_overlap
    1.774,  # overlap_before
    0.645,  # length
)
"""In the order of the last columns of `RELEVANCE_FEATURES`."""
INTERCEPT = -3.906
