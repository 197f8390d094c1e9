"""Labelling by a judge, which reads a sentence and an issue in words for all holders at once."""

from standpoint.labeling.judged.explanations import explain_judged
from standpoint.labeling.judged.issues import codebook_texts
from standpoint.labeling.judged.statements import JudgedPair, JudgedUnit, judged_pairs

__all__ = ["JudgedPair", "JudgedUnit", "codebook_texts", "explain_judged", "judged_pairs"]
