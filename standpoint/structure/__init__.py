"""Document structure: the blocks of a text, its turns, its title and tables."""

from standpoint.structure.authors import author_phrases
from standpoint.structure.document import Structure, read_structure
from standpoint.structure.inline_labels import SPEAKS_TO_YOU
from standpoint.structure.labels import Label
from standpoint.structure.line_kinds import PROSE_KINDS
from standpoint.structure.tables import Row
from standpoint.structure.turns import Turn

__all__ = [
    "PROSE_KINDS",
    "SPEAKS_TO_YOU",
    "Label",
    "Row",
    "Structure",
    "Turn",
    "author_phrases",
    "read_structure",
]
