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
        -3.608,  # similarity
        0.453,  # similarity_with_before
        1.689,  # similarity_around
        -0.015,  # name_similarity
        1.174,  # favor_similarity
        1.096,  # against_similarity
        0.548,  # standardized
        3.606,  # lead
        0.354,  # before
        0.429,  # after
        0.580,  # document_highest
        5.354,  # document_mean
        0.510,  # cue
        -0.921,  # cue_before
        1.415,  # cue_recency
        1.435,  # cue_share
        1.781,  # word_overlap
        0.100,  # name_overlap
        0.545,  # overlap_before
        0.584,  # length
        1.179,  # is_voice
        -1.090,  # other_voice
        1.299,  # quote_source
        1.260,  # paraphrase_source
        -0.391,  # other_source
        -0.447,  # named
        0.147,  # referred_to
        -0.154,  # possessive
        0.871,  # position
        -1.131,  # carried
        0.269,  # carried_source
        0.411,  # n_own
        0.061,  # frequency
        -0.140,  # is_member
        -1.124,  # has_member
        0.403,  # first
        -1.459,  # carried_beside_source
    ),
    intercept=-7.375,
    threshold=-3.166,
)

LEXICAL = WideModel(
    weights=(
        0.0,  # similarity
        0.0,  # similarity_with_before
        0.0,  # similarity_around
        0.0,  # name_similarity
        0.0,  # favor_similarity
        0.0,  # against_similarity
        0.0,  # standardized
        0.0,  # lead
        0.0,  # before
        0.0,  # after
        0.0,  # document_highest
        0.0,  # document_mean
        0.681,  # cue
        -1.207,  # cue_before
        1.818,  # cue_recency
        3.004,  # cue_share
        2.629,  # word_overlap
        1.197,  # name_overlap
        1.199,  # overlap_before
        0.267,  # length
        1.091,  # is_voice
        -0.980,  # other_voice
        1.201,  # quote_source
        1.320,  # paraphrase_source
        -0.291,  # other_source
        -0.337,  # named
        0.228,  # referred_to
        -0.158,  # possessive
        0.685,  # position
        -1.052,  # carried
        0.267,  # carried_source
        0.421,  # n_own
        0.228,  # frequency
        -0.124,  # is_member
        -1.172,  # has_member
        0.436,  # first
        -1.411,  # carried_beside_source
    ),
    intercept=-5.512,
    threshold=-2.904,
)
