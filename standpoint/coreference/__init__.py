"""Coreference resolution: the antecedents of pronouns, titles and nominal mentions, and issues."""

from standpoint.coreference.descriptions import described_mentions
from standpoint.coreference.issue_anaphora import issue_anaphors
from standpoint.coreference.possible_references import possible_mentions
from standpoint.coreference.resolver import resolve_references

__all__ = [
    "described_mentions",
    "issue_anaphors",
    "possible_mentions",
    "resolve_references",
]
