"""A finished run to the bundle that serving reads."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from standpoint.bundle import write_bundle, write_mixture
from standpoint.features import PartOfMixture
from standpoint.labels import LABELS
from train.corpora.record import Corpus
from train.models import FittedModel
from train.run import FinishedRun, Joint


def save_bundle(finished: FinishedRun, folder: Path, *, run_id: str) -> None:
    """Write the bundle of a finished run."""
    save_parts(finished.fitted, folder, manifest=_manifest(finished, run_id))


def save_joint_bundle(finished: FinishedRun, joint: Joint, folder: Path, *, run_id: str) -> None:
    """Write the bundle of a joint model's other task."""
    manifest = _manifest(finished, run_id)
    own = {
        "task": joint.task,
        "labels": LABELS[joint.task],
        "scores": joint.scores[finished.main].flat,
    }
    save_parts(joint.fitted, folder, manifest={**manifest, **own})


def save_parts(fitted: FittedModel, folder: Path, *, manifest: dict[str, Any]) -> None:
    """Write a fitted model as one bundle, or as a mixture of bundles."""
    encoder = fitted.tuned.encoder if fitted.tuned else None
    if fitted.is_plain:
        (part,) = fitted.parts
        own = part.heads[""]
        manifest["features"] = part.features
        head = fitted.shifted(own.head)
        write_bundle(folder, manifest=manifest, head=head, terms=own.terms, encoder=encoder)
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
        encoder=encoder,
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
            **_other_data(finished),
            "targets": "spans" if _has_target_spans(finished.corpus) else "words",
        },
        "scores": finished.scores[finished.main].flat,
        "note": finished.note,
    }


def _other_data(finished: FinishedRun) -> dict[str, Any]:
    """What else a fine-tuned model learned from, and whether it may be used for any purpose."""
    if not finished.used:
        return {}
    licences = sorted({finished.config.data.licence, *(data["licence"] for data in finished.used)})
    return {"also": list(finished.used), "licences": licences, "terms": terms_of(licences)}


def terms_of(licences: Sequence[str]) -> str:
    """What the licences of the data together allow, in a sentence for a model's card.

    >>> terms_of(["MIT", "research only"])[:39]
    'Research only: it learned from data und'
    """
    bound = [name for name in licences if not _is_free(name)]
    if bound:
        return (
            f"Research only: it learned from data under {', '.join(bound)}. "
            "Train it without that data for any other use."
        )
    return f"As the data it learned from allows: {', '.join(licences)}."


def _is_free(licence: str) -> bool:
    words = licence.lower()
    return not any(sign in words for sign in ("research", "-nc", "noncommercial", "unknown"))
