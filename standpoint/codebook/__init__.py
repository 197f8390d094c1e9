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
    fold,
    fold_cue,
    load_codebook,
    load_named,
    parse_codebook,
)
from standpoint.codebook.toml import Proposed, actor_table, issue_table, quoted, times

__all__ = [
    "MAX_PHRASES",
    "Actor",
    "Codebook",
    "Id",
    "Issue",
    "Kind",
    "Name",
    "Proposed",
    "actor_table",
    "find_line",
    "fold",
    "fold_cue",
    "issue_table",
    "load_codebook",
    "load_named",
    "parse_codebook",
    "quoted",
    "times",
]
