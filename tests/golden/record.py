"""Record expected results: ``python -m tests.golden.record [PART ...]``, all parts if none.

Bundles and the MLflow store were made by an earlier version, and prove that they still work. They are
written only where they are named (``bundles``, ``store``), as are the pairs whose features are
recorded (``pairs``). Numbers that belong to a version constant are refused where they differ from
the recorded ones and the constant is the same.
"""

import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from standpoint.model.bundle import load_bundle
from standpoint.model.span_features import FEATURES_VERSION
from tests.golden import bundles, features, interfaces, reading, tracking
from tests.golden.expected_files import EXPECTED, digest_of, read, write
from train.finetune import FINETUNE_VERSION
from train.scoring import SCORING_VERSION

MADE_BEFORE = ("bundles", "store", "pairs")
Changes = Callable[[dict[str, Any], dict[str, Any]], list[str]]


def write_versioned(
    name: str,
    found: dict[str, Any],
    *,
    constant: str,
    version: int,
    changes: Changes,
    indent: int | None = 1,
) -> None:
    """Write numbers with their version; other numbers of the same version are refused.

    Parameters
    ----------
    constant : the name of the version constant
    changes : lists where the new numbers differ from the recorded ones
    """
    recorded = read(name) if (EXPECTED / name).is_file() else {}
    if recorded.get("version") == version and (places := changes(found, recorded)):
        raise SystemExit(
            f"{name}: must hold the recorded numbers while {constant} is {version}, got "
            f"{len(places)} that differ, the first at {places[0]}. Raise {constant} first."
        )
    write(name, {"version": version, **found}, indent=indent)


def record_reading() -> None:
    write("reading.json", {name: reading.reading_digests(name) for name in reading.NAMES})


def record_interfaces() -> None:
    write("commands.json", interfaces.command_options())
    shutil.rmtree(EXPECTED / "help", ignore_errors=True)
    (EXPECTED / "help").mkdir(parents=True)
    for words in interfaces.VERBS:
        (EXPECTED / interfaces.help_file(words)).write_text(interfaces.help_of(words)[1], "utf-8")
    with tempfile.TemporaryDirectory() as folder:
        write("openapi.json", interfaces.openapi_document(Path(folder)))


def record_pairs() -> None:
    write("pairs.json", [features.pair_as_row(pair) for pair in features.chosen_pairs()])


def record_features() -> None:
    pairs = features.recorded_pairs()
    with tempfile.TemporaryDirectory() as folder:
        letters = features.letter_vectors(pairs, Path(folder))
    found = {
        "pairs": digest_of(read("pairs.json")),
        "letters": letters,
        "counts": features.ngram_counts(pairs),
        "plain": features.plain_features(pairs),
        "seeds": {name: features.seed_digests(name) for name in reading.NAMES},
    }
    write_versioned(
        "features.json",
        found,
        constant="FEATURES_VERSION",
        version=FEATURES_VERSION,
        changes=features.changed_features,
        indent=None,
    )
    features.write_vectors(pairs, features.real_encoder())


def record_finetuning() -> None:
    from tests.golden.finetuning import changed_fit, fit_summary

    with tempfile.TemporaryDirectory() as folder:
        write_versioned(
            "finetuning.json",
            fit_summary(Path(folder)),
            constant="FINETUNE_VERSION",
            version=FINETUNE_VERSION,
            changes=changed_fit,
        )


def record_bundles() -> None:
    with tempfile.TemporaryDirectory() as folder:
        bundles.make_bundles(Path(folder))
    record_tables()


def record_tables() -> None:
    with tempfile.TemporaryDirectory() as folder:
        write("tables.json", bundles.tables(Path(folder)))
    write(
        "probabilities.json", {name: bundles.bundle_probabilities(name) for name in bundles.MODELS}
    )
    manifests = {name: load_bundle(bundles.BUNDLES / name).manifest for name in bundles.MODELS}
    write("manifests.json", {name: m.model_dump(mode="json") for name, m in manifests.items()})


def record_run() -> None:
    for name in tracking.TRACKED:
        with tempfile.TemporaryDirectory() as folder:
            project = tracking.make_project(Path(folder))
            write_versioned(
                f"run-{name}.json",
                tracking.run_summary(project, name),
                constant="SCORING_VERSION",
                version=SCORING_VERSION,
                changes=tracking.changed_scores,
            )


def record_store() -> None:
    with tempfile.TemporaryDirectory() as folder:
        ids = tracking.make_store(Path(folder))
    record_stored(ids)


def record_stored(ids: list[str] | None = None) -> None:
    with tempfile.TemporaryDirectory() as folder:
        summary = tracking.store_summary(Path(folder), ids or read("store.json")["ids"])
    write("store.json", summary)


PARTS: dict[str, Callable[[], None]] = {
    "reading": record_reading,
    "interfaces": record_interfaces,
    "pairs": record_pairs,
    "features": record_features,
    "finetuning": record_finetuning,
    "bundles": record_bundles,
    "tables": record_tables,
    "run": record_run,
    "store": record_store,
    "stored": record_stored,
}


def main(names: list[str]) -> None:
    unknown = set(names) - set(PARTS)
    if unknown:
        raise SystemExit(f"PART: must be of {', '.join(PARTS)}, got {', '.join(sorted(unknown))}.")
    for name in names or [part for part in PARTS if part not in MADE_BEFORE]:
        print(f"recording {name}", flush=True)
        PARTS[name]()


if __name__ == "__main__":
    main(sys.argv[1:])
