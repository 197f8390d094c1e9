"""The contrast texts: checked and counted."""

import json
from dataclasses import asdict
from pathlib import Path

from standpoint.cli.output import format_table
from standpoint.settings import project_root
from train.corpora import (
    KINDS,
    KNOWN_CORPORA,
    ContrastTexts,
    count_contrast,
    load_contrast,
)

CONTRAST = "contrast"


def contrast_folder() -> Path:
    """Where the project's contrast texts are, if it has any."""
    return project_root() / "seeds" / CONTRAST


def load_contrast_texts(split: str | None = None) -> ContrastTexts:
    """The project's contrast texts, of one split or of all."""
    codebooks = project_root() / "configs" / "codebooks" / CONTRAST
    return load_contrast(contrast_folder(), codebooks=codebooks, split=split)


def check() -> str:
    """How many texts fit their codebooks."""
    loaded = load_contrast_texts()
    return f"contrast: {len(loaded.texts):,} texts fit their {len(loaded.codebooks)} codebooks"


def describe(*, as_json: bool) -> str:
    """The counts of each split, also by kind."""
    splits = count_contrast(load_contrast_texts().texts)
    if as_json:
        counts = {split: asdict(own) for split, own in splits.items()}
        return json.dumps({"corpus": CONTRAST, "splits": counts})
    stances = ("favor", "against", "none")
    rows = [["split", "codebooks", "groups", "texts", *stances]]
    for split, own in splits.items():
        numbers = [own.codebooks, own.groups, own.texts]
        numbers += [own.statements.get(stance, 0) for stance in stances]
        rows.append([split, *(f"{n:,}" for n in numbers)])
    kinds = [["kind", *splits, "what turns the answer"]]
    for kind, about in KINDS.items():
        kinds.append([kind, *(f"{own.kinds.get(kind, 0):,}" for own in splits.values()), about])
    return "\n".join(
        [
            f"{CONTRAST}, stance. Licence: {KNOWN_CORPORA[CONTRAST].licence}.",
            "",
            format_table(rows, right=range(1, len(rows[0]))),
            "",
            format_table(kinds, right=range(1, len(splits) + 1)),
        ]
    )
