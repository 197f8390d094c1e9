"""A grammar that composes short texts with their answers: attitudes, outcomes, claims, frames."""

from train.corpora.grammar.composer import compose_texts

__all__ = ["compose_texts"]
