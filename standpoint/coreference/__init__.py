"""Coreference: whom pronouns, titles and descriptions mean."""

from standpoint.coreference.resolver import resolve_references

__all__ = [
    "resolve_references",
]
