"""Codebooks: the schema of actors and directed issues, and their TOML."""

from standpoint.codebook.schema import (
    MAX_PHRASES,
    Actor,
    Codebook,
    Id,
    Issue,
    Kind,
    Name,
    find_line,
    fold_cue,
    fold_name,
    load_codebook,
    load_named,
    parse_codebook,
)
from standpoint.codebook.toml import Proposal, actor_table, count_in_words, issue_table, toml_string

__all__ = [
    "MAX_PHRASES",
    "Actor",
    "Codebook",
    "Id",
    "Issue",
    "Kind",
    "Name",
    "Proposal",
    "actor_table",
    "count_in_words",
    "find_line",
    "fold_cue",
    "fold_name",
    "issue_table",
    "load_codebook",
    "load_named",
    "parse_codebook",
    "toml_string",
]
