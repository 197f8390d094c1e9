"""Coreference resolution: the antecedents of pronouns, titles and nominal mentions, and issues."""

from standpoint.coreference.descriptions import described_mentions
from standpoint.coreference.issue_anaphora import issue_anaphors
from standpoint.coreference.resolver import resolve_references

__all__ = [
    "described_mentions",
    "issue_anaphors",
    "resolve_references",
]
