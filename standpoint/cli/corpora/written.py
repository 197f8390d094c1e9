"""The documents written for training: checked and counted."""

import json
from collections import Counter

from standpoint.cli.output import format_table
from standpoint.settings import project_root
from train.corpora import KNOWN_CORPORA, WRITTEN, RealDocument, load_written


def _load() -> tuple[RealDocument, ...]:
    root = project_root()
    return load_written(root / "seeds" / WRITTEN, codebooks=root / "configs/codebooks" / WRITTEN)


def check() -> str:
    """How many documents fit their codebooks."""
    documents = _load()
    n_codebooks = len({document.codebook.name for document in documents})
    return f"{WRITTEN}: {len(documents):,} documents fit their {n_codebooks} codebooks"


def describe(*, as_json: bool) -> str:
    """The counts of documents by kind, and of statements by stance."""
    documents = _load()
    codebooks = {document.codebook.name: document.codebook for document in documents}
    stances = Counter(own.stance for document in documents for own in document.statements)
    counts = {
        "codebooks": len(codebooks),
        "issues": sum(len(book.issues) for book in codebooks.values()),
        "documents": len(documents),
        **{stance: stances[stance] for stance in ("favor", "against", "none")},
    }
    kinds = Counter(document.kind for document in documents)
    if as_json:
        return json.dumps({"corpus": WRITTEN, **counts, "kinds": dict(kinds.most_common())})
    of_kinds = [[kind, f"{n:,}"] for kind, n in kinds.most_common()]
    return "\n".join(
        [
            f"{WRITTEN}, stance. Licence: {KNOWN_CORPORA[WRITTEN].licence}.",
            "",
            format_table([[*counts], [f"{n:,}" for n in counts.values()]], right=range(6)),
            "",
            format_table([["kind", "documents"], *of_kinds], right=[1]),
        ]
    )
