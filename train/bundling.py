"""A finished run to the bundle that serving reads."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from standpoint.bundle import write_bundle, write_mixture
from standpoint.features import PartOfMixture
from standpoint.labels import LABELS
from train.corpora.record import Corpus
from train.models import FittedModel
from train.run import FinishedRun


def save_bundle(finished: FinishedRun, folder: Path, *, run_id: str) -> None:
    """Write the bundle of a finished run."""
    save_parts(finished.fitted, folder, manifest=_manifest(finished, run_id))


def save_parts(fitted: FittedModel, folder: Path, *, manifest: dict[str, Any]) -> None:
    """Write a fitted model as one bundle, or as a mixture of bundles."""
    if fitted.is_plain:
        (part,) = fitted.parts
        own = part.heads[""]
        manifest["features"] = part.features
        write_bundle(folder, manifest=manifest, head=fitted.shifted(own.head), terms=own.terms)
        return
    parts = [
        (part.features, part.weight, topic or None, head)
        for part in fitted.parts
        for topic, head in part.heads.items()
    ]
    write_mixture(
        folder,
        manifest=manifest,
        parts=[
            (
                PartOfMixture(folder=f"part-{number}", weight=weight, topic=topic),
                features,
                own.head,
                own.terms,
            )
            for number, (features, weight, topic, own) in enumerate(parts)
        ],
        temperature=fitted.temperature,
        shift=[float(step) for step in fitted.shift],
    )


def _has_target_spans(corpus: Corpus) -> bool:
    return any(record.target["start"] is not None for record in corpus.records)


def _manifest(finished: FinishedRun, run_id: str) -> dict[str, Any]:
    config = finished.config
    return {
        "task": config.task,
        "labels": LABELS[config.task],
        "encoder": finished.encoder,
        "run_id": run_id,
        "config": config.name,
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
        "corpus": {
            "name": finished.corpus.name,
            "n_pairs": len(finished.corpus.records),
            "licence": config.data.licence,
            "targets": "spans" if _has_target_spans(finished.corpus) else "words",
        },
        "scores": finished.scores[finished.main].flat,
        "note": finished.note,
    }
