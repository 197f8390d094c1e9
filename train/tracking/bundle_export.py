"""A finished run to the bundle that serving reads."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from standpoint.labels import LABELS
from standpoint.model import PartOfMixture, write_bundle, write_ensemble
from train.corpora import Corpus
from train.models import FittedModel
from train.run import FinishedRun, Joint
from train.tracking.model_card import card_of, licences_of, terms_of


def save_bundle(finished: FinishedRun, folder: Path, *, run_id: str) -> None:
    """Write the bundle of a finished run."""
    manifest = _manifest(finished, run_id)
    save_parts(finished.fitted, folder, manifest=manifest, card=_card(finished, manifest))


def _card(finished: FinishedRun, manifest: dict[str, Any]) -> str:
    config = finished.config
    return card_of(
        manifest, main=finished.main, metric=config.scoring.metric, kind=config.model.kind
    )


def save_joint_bundle(finished: FinishedRun, joint: Joint, folder: Path, *, run_id: str) -> None:
    """Write the bundle of a joint model's other task."""
    own = _manifest(finished, run_id)
    main: dict[str, Any] = {
        "name": f"{finished.corpus.name}-{finished.corpus.task}",
        "n_pairs": len(finished.corpus.records),
        "licence": finished.config.data.licence,
    }
    name = f"{joint.corpus.name}-{joint.task}"
    others = [data for data in finished.used if data["name"] != name]
    manifest = own | {
        "task": joint.task,
        "labels": LABELS[joint.task],
        "scores": joint.scores[finished.main].flat,
        "corpus": _corpus(joint.corpus, main["licence"], also=[main, *others]),
    }
    card = card_of(
        manifest, main=finished.main, metric=finished.config.scoring.metric, kind="finetuned"
    )
    save_parts(joint.fitted, folder, manifest=manifest, card=card)


def save_parts(
    fitted: FittedModel, folder: Path, *, manifest: dict[str, Any], card: str = ""
) -> None:
    """Write a fitted model as one bundle, or as a mixture of bundles, with its card."""
    encoder = fitted.tuned.encoder if fitted.tuned else None
    if fitted.is_plain:
        (part,) = fitted.parts
        own = part.heads[""]
        manifest["features"] = part.features
        head = fitted.shifted(own.head)
        write_bundle(
            folder, manifest=manifest, head=head, terms=own.terms, encoder=encoder, card=card
        )
        return
    parts = [
        (part.features, part.weight, topic or None, head)
        for part in fitted.parts
        for topic, head in part.heads.items()
    ]
    write_ensemble(
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
        card=card,
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
        "corpus": _corpus(finished.corpus, config.data.licence, also=finished.used),
        "scores": finished.scores[finished.main].flat,
        "note": finished.note,
    }


def _corpus(corpus: Corpus, licence: str, *, also: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """What a model learned from, and what the licences allow."""
    found = {
        "name": corpus.name,
        "n_pairs": len(corpus.records),
        "licence": licence,
        "targets": "spans" if _has_target_spans(corpus) else "words",
        **({"also": list(also)} if also else {}),
    }
    return {**found, "terms": terms_of(licences_of(found))}
