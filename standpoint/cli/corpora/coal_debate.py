"""The coal debate: its sentences are counted by side."""

import json
from pathlib import Path

from standpoint.errors import CorpusError
from standpoint.settings import project_root
from train.corpora import KNOWN_CORPORA, count_sentences, data_folder, load_coal_debate

COAL_DEBATE = "coal_debate"
AID = "coal-aid"  # the issue that is not turned round


def check() -> str:
    """The counts of sentences for, against and of no side."""
    return describe(as_json=False)


def describe(*, as_json: bool) -> str:
    """The counts of sentences by side, as a text or as one JSON object."""
    sides = _count_sides()
    if as_json:
        return json.dumps({"corpus": COAL_DEBATE, "sentences": sides})
    counts = ", ".join(f"{side} {n:,}" for side, n in sides.items())
    licence = KNOWN_CORPORA[COAL_DEBATE].licence
    return f"{COAL_DEBATE}, stance on the subsidies: {counts}. Licence: {licence}."


def _count_sides() -> dict[str, int]:
    codebooks = project_root() / "configs" / "codebooks" / "coal-debate"
    loaded = load_coal_debate(Path(COAL_DEBATE), codebooks=codebooks, data=data_folder())
    if loaded.missing:
        raise CorpusError(loaded.missing)
    counts = count_sentences(
        [stance for (issue, _), stance in sentence.statements.items() if issue == AID]
        for sentence in loaded.sentences
    )
    sides = {side: counts.statements.get(side, 0) for side in ("favor", "against")}
    return {**sides, "neither": counts.without_statement}
