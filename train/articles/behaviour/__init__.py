"""The behaviour suite: contrast texts, and changes of them whose effect on the answer is known."""

from train.articles.behaviour.answers import (
    Answer,
    BehaviourInput,
    LabelerAnswers,
    gold_answer,
    input_of,
)
from train.articles.behaviour.scores import (
    BehaviourScores,
    KindScores,
    VariantScores,
    score_behaviour,
    share_right_difference,
)
from train.articles.behaviour.variants import VARIANTS

__all__ = [
    "VARIANTS",
    "Answer",
    "BehaviourInput",
    "BehaviourScores",
    "KindScores",
    "LabelerAnswers",
    "VariantScores",
    "gold_answer",
    "input_of",
    "score_behaviour",
    "share_right_difference",
]
