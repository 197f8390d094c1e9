"""Coreference resolution: the antecedents of pronouns, titles and nominal mentions."""

from standpoint.coreference.descriptions import described_mentions
from standpoint.coreference.resolver import resolve_references

__all__ = [
    "described_mentions",
    "resolve_references",
]
