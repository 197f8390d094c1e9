"""Weights of the logistic regressions that rank wide candidates.

Fitted by benchmarks/wide_candidates.py on the training half of the real documents, without those
whose licence is for research alone, when the thresholds gave 3.8 candidates a gold statement on
dev. A change of the reader moves that a little: fit them again before numbers are published.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WideModel:
    """A logistic regression.

    Attributes
    ----------
    weights : in the order of `WIDE_FEATURES`
    threshold : the least logit of a candidate
    """

    weights: tuple[float, ...]
    intercept: float
    threshold: float


WITH_VECTORS = WideModel(
    weights=(
        -3.839,  # similarity
        0.273,  # similarity_with_before
        1.655,  # similarity_around
        -0.139,  # name_similarity
        0.855,  # favor_similarity
        1.214,  # against_similarity
        0.696,  # standardized
        3.553,  # lead
        0.478,  # before
        0.395,  # after
        0.844,  # document_highest
        5.965,  # document_mean
        0.496,  # cue
        -0.967,  # cue_before
        1.406,  # cue_recency
        1.467,  # cue_share
        1.720,  # word_overlap
        0.148,  # name_overlap
        0.493,  # overlap_before
        0.572,  # length
        1.078,  # is_voice
        -0.840,  # other_voice
        1.314,  # quote_source
        1.238,  # paraphrase_source
        -0.370,  # other_source
        -0.502,  # named
        -0.397,  # referred_to
        -0.107,  # possessive
        0.877,  # position
        -0.923,  # carried
        -0.318,  # carried_source
        0.394,  # n_own
        0.012,  # frequency
        -0.118,  # is_member
        -1.298,  # has_member
        0.534,  # first
        -0.465,  # carried_beside_source
    ),
    intercept=-7.551,
    threshold=-3.064,
)

LEXICAL = WideModel(
    weights=(
        0.000,  # similarity
        0.000,  # similarity_with_before
        0.000,  # similarity_around
        0.000,  # name_similarity
        0.000,  # favor_similarity
        0.000,  # against_similarity
        0.000,  # standardized
        0.000,  # lead
        0.000,  # before
        0.000,  # after
        0.000,  # document_highest
        0.000,  # document_mean
        0.681,  # cue
        -1.235,  # cue_before
        1.790,  # cue_recency
        3.011,  # cue_share
        2.571,  # word_overlap
        1.291,  # name_overlap
        1.163,  # overlap_before
        0.176,  # length
        0.972,  # is_voice
        -0.804,  # other_voice
        1.259,  # quote_source
        1.264,  # paraphrase_source
        -0.279,  # other_source
        -0.458,  # named
        -0.325,  # referred_to
        -0.125,  # possessive
        0.765,  # position
        -0.909,  # carried
        -0.240,  # carried_source
        0.437,  # n_own
        0.099,  # frequency
        -0.081,  # is_member
        -1.216,  # has_member
        0.544,  # first
        -0.665,  # carried_beside_source
    ),
    intercept=-5.471,
    threshold=-2.823,
)
