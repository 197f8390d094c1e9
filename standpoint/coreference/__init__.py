"""Coreference resolution: the antecedents of pronouns, titles and nominal mentions."""

from standpoint.coreference.resolver import resolve_references

__all__ = [
    "resolve_references",
]
