"""Bundles of a finished run: the fitted model of each task, its manifest and its model card."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from standpoint.labels import LABELS
from standpoint.model import PartOfMixture, write_bundle, write_ensemble
from train.corpora import Corpus
from train.models import FittedModel
from train.results import FinishedRun, TaskResult
from train.tracking.model_card import card_of, licenses_of, terms_of


def save_bundle(finished: FinishedRun, result: TaskResult, folder: Path, *, run_id: str) -> None:
    """Write the bundle of a task of a finished run."""
    config = finished.config
    manifest = {
        "task": result.task,
        "labels": LABELS[result.task],
        "encoder": finished.encoder_digest,
        "run_id": run_id,
        "config": config.name,
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
        "corpus": _corpus_entry(
            result.corpus, config.data.licence, also=_other_data(finished, result)
        ),
        "scores": result.scores[finished.main_split].flat,
        "note": finished.note,
    }
    # A joint model's other task is a head of the fine-tuned part, whatever the whole model is.
    kind = config.model.kind if result is finished.own else "finetuned"
    card = card_of(manifest, main=finished.main_split, metric=config.scoring.metric, kind=kind)
    save_parts(result.fitted, folder, manifest=manifest, card=card)


def _other_data(finished: FinishedRun, result: TaskResult) -> list[Mapping[str, Any]]:
    """The data that a task's model was trained on besides the task's own."""
    if result is finished.own:
        return list(finished.auxiliary)
    own = finished.own.corpus
    own_entry = {
        "name": f"{own.name}-{own.task}",
        "n_pairs": len(own.records),
        "licence": finished.config.data.licence,
    }
    name = f"{result.corpus.name}-{result.task}"
    return [own_entry, *(data for data in finished.auxiliary if data["name"] != name)]


def save_parts(
    fitted: FittedModel, folder: Path, *, manifest: dict[str, Any], card: str = ""
) -> None:
    """Write a fitted model as a bundle of one head, or as an ensemble, with its card."""
    encoder = fitted.finetuned.encoder if fitted.finetuned else None
    if fitted.is_plain:
        (part,) = fitted.parts
        own = part.heads[""]
        manifest["features"] = part.features
        head = fitted.shifted(own.head)
        write_bundle(
            folder, manifest=manifest, head=head, terms=own.terms, encoder=encoder, card=card
        )
        return
    heads = [(part, topic, head) for part in fitted.parts for topic, head in part.heads.items()]
    shares = [
        PartOfMixture(folder=f"part-{n}", weight=part.weight, topic=topic or None)
        for n, (part, topic, _) in enumerate(heads)
    ]
    write_ensemble(
        folder,
        manifest=manifest,
        parts=[
            (share, part.features, own.head, own.terms)
            for share, (part, _, own) in zip(shares, heads, strict=True)
        ],
        temperature=fitted.temperature,
        shift=[float(step) for step in fitted.shift],
        encoder=encoder,
        card=card,
    )


def _corpus_entry(
    corpus: Corpus, license_name: str, *, also: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    """The manifest's ``corpus``: what a model was trained on, and what the licenses allow."""
    has_spans = any(record.target["start"] is not None for record in corpus.records)
    entry = {
        "name": corpus.name,
        "n_pairs": len(corpus.records),
        "licence": license_name,
        "targets": "spans" if has_spans else "words",
        **({"also": list(also)} if also else {}),
    }
    return {**entry, "terms": terms_of(licenses_of(entry))}
