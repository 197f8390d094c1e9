"""``standpoint evaluate --data gum``: mentions of actors against gold coreference chains."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from standpoint.codebook import Codebook, load_codebook
from standpoint.settings import project_root
from train.articles import CHAIN_KINDS, ChainScores, score_chains
from train.corpora import data_folder, load_gum

GUM = "gum"
FOLDER = "gum_news"
ALL = "all"


def run(*, as_json: bool) -> None:
    """Score the mentions in GUM's news, and print a table, or one JSON object with all errors."""
    documents = load_gum(data_folder() / FOLDER)
    codebooks = codebooks_by_document(project_root())
    covered = [document for document in documents if document.id in codebooks]
    scores = score_chains(covered, codebooks)
    result = scores_object(scores, n_documents=len(covered))
    print(json.dumps(result) if as_json else chain_table(result))


def codebooks_by_document(root: Path) -> dict[str, Codebook]:
    """The codebook of each document of GUM that is annotated for stance, by the document's id."""
    codebooks: dict[str, Codebook] = {}
    for file in sorted((root / "seeds" / "real").glob("*.jsonl")):
        lines = file.read_text("utf-8").splitlines()
        names = [str(json.loads(line)["document"]) for line in lines]
        own = [name.removeprefix("gum/") for name in names if name.startswith("gum/")]
        if own:
            codebook = load_codebook(root / "configs" / "codebooks" / "real" / f"{file.stem}.toml")
            codebooks |= dict.fromkeys(own, codebook)
    return codebooks


def scores_object(scores: ChainScores, *, n_documents: int) -> dict[str, Any]:
    """Precision and recall of all mentions and by kind, and every error with its context."""
    rows: dict[str, dict[str, float]] = {
        kind: _row(*(counts[kind] for counts in scores.counts())) for kind in CHAIN_KINDS
    }
    rows[ALL] = _row(*(counts.total() for counts in scores.counts()))
    errors = [asdict(error) for error in scores.errors]
    return {"data": GUM, "n_documents": n_documents, "scores": rows, "errors": errors}


def _row(n_gold: int, n_recalled: int, n_predicted: int, n_correct: int) -> dict[str, float]:
    return {
        "precision": n_correct / n_predicted if n_predicted else 0.0,
        "recall": n_recalled / n_gold if n_gold else 0.0,
        "n_gold": n_gold,
        "n_predicted": n_predicted,
    }


def chain_table(result: dict[str, Any]) -> str:
    """The scores as text."""
    lines = [f"GUM news: mentions of actors in {result['n_documents']} documents", ""]
    lines.append(f"{'':10}{'precision':>10}{'recall':>8}{'gold':>7}{'predicted':>11}")
    for kind, row in result["scores"].items():
        shares = f"{row['precision']:>10.3f}{row['recall']:>8.3f}"
        lines.append(f"{kind:10}{shares}{row['n_gold']:>7,}{row['n_predicted']:>11,}")
    return "\n".join(lines)
