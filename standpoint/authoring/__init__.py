"""Codebook authoring: proposals from articles, actors from dictionaries."""

from standpoint.authoring.actor_kinds import KINDS
from standpoint.authoring.cameo import Dictionary, Entry, read_dictionary
from standpoint.authoring.dictionary_codes import find_codes
from standpoint.authoring.dictionary_import import Imported, import_actors, role_of
from standpoint.authoring.drafting import Draft, draft
from standpoint.authoring.truecasing import slug

__all__ = [
    "KINDS",
    "Dictionary",
    "Draft",
    "Entry",
    "Imported",
    "draft",
    "find_codes",
    "import_actors",
    "read_dictionary",
    "role_of",
    "slug",
]
