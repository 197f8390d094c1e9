"""Codebook authoring: drafts from articles, and actors imported from dictionaries."""

from standpoint.authoring.actor_kinds import KINDS
from standpoint.authoring.cameo import Dictionary, Entry, read_dictionary
from standpoint.authoring.dictionary_codes import find_codes
from standpoint.authoring.dictionary_import import ImportedActors, import_actors, role_of
from standpoint.authoring.drafting import CodebookDraft, draft_codebook
from standpoint.authoring.truecasing import slug

__all__ = [
    "KINDS",
    "CodebookDraft",
    "Dictionary",
    "Entry",
    "ImportedActors",
    "draft_codebook",
    "find_codes",
    "import_actors",
    "read_dictionary",
    "role_of",
    "slug",
]
