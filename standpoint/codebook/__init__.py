"""Codebooks: the schema of actors and directed issues, and their TOML."""

from standpoint.codebook.actor_lookup import FindActor, actor_finder
from standpoint.codebook.folding import fold_cue, fold_name
from standpoint.codebook.parsing import load_codebook, load_named, parse_codebook
from standpoint.codebook.schema import MAX_PHRASES, Actor, Codebook, Id, Issue, Kind, Name, lineage
from standpoint.codebook.toml import Proposal, count_in_words, entry_table, toml_string
from standpoint.codebook.toml_lines import with_line

__all__ = [
    "MAX_PHRASES",
    "Actor",
    "Codebook",
    "FindActor",
    "Id",
    "Issue",
    "Kind",
    "Name",
    "Proposal",
    "actor_finder",
    "count_in_words",
    "entry_table",
    "fold_cue",
    "fold_name",
    "lineage",
    "load_codebook",
    "load_named",
    "parse_codebook",
    "toml_string",
    "with_line",
]
