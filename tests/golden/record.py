"""Write what is expected anew: ``python -m tests.golden.record [PART ...]``, all parts if none.

Bundles and the MLflow store are proofs that what an earlier version made still works. They are
written only where they are named (``bundles``, ``store``) or are not there.
"""

import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from standpoint.model.bundle import load_bundle
from standpoint.model.span_features import FEATURES_VERSION
from tests.golden import bundles, features, outside, reading, tracking
from tests.golden.kept import EXPECTED, read, write

MADE_BEFORE = ("bundles", "store")


def record_reading() -> None:
    write("reading.json", {name: reading.read_of(name) for name in reading.NAMES})


def record_outside() -> None:
    write("commands.json", outside.commands_told())
    shutil.rmtree(EXPECTED / "help", ignore_errors=True)
    (EXPECTED / "help").mkdir(parents=True)
    for words in outside.VERBS:
        (EXPECTED / outside.help_file(words)).write_text(outside.help_of(words)[1], "utf-8")
    with tempfile.TemporaryDirectory() as folder:
        write("openapi.json", outside.document_told(Path(folder)))


def record_features() -> None:
    pairs = features.chosen_pairs()
    write("pairs.json", [features.pair_as_row(pair) for pair in pairs])
    with tempfile.TemporaryDirectory() as folder:
        letters = features.letters_told(pairs, Path(folder))
    found = {
        "version": FEATURES_VERSION,
        "letters": letters,
        "counts": features.counts_told(pairs),
        "plain": features.plain_features(pairs),
        "seeds": {name: features.seeds_told(name) for name in reading.FEW},
    }
    write("features.json", found, indent=None)
    features.write_vectors(pairs, features.real_encoder())


def record_finetuning() -> None:
    from tests.golden.finetuning import fit_told
    from train.finetune.cache import FINETUNE_VERSION

    with tempfile.TemporaryDirectory() as folder:
        write("finetuning.json", {"version": FINETUNE_VERSION, **fit_told(Path(folder))})


def record_bundles() -> None:
    with tempfile.TemporaryDirectory() as folder:
        bundles.make_bundles(Path(folder))
    record_tables()


def record_tables() -> None:
    with tempfile.TemporaryDirectory() as folder:
        write("tables.json", bundles.tables(Path(folder)))
    write("judged.json", {name: bundles.judged(name) for name in bundles.MODELS})
    manifests = {name: load_bundle(bundles.BUNDLES / name).manifest for name in bundles.MODELS}
    write("manifests.json", {name: m.model_dump(mode="json") for name, m in manifests.items()})


def record_run() -> None:
    for name in tracking.TRACKED:
        with tempfile.TemporaryDirectory() as folder:
            project = tracking.found_project(Path(folder))
            write(f"run-{name}.json", tracking.run_told(project, name))


def record_store() -> None:
    with tempfile.TemporaryDirectory() as folder:
        ids = tracking.make_store(Path(folder))
    record_stored(ids)


def record_stored(ids: list[str] | None = None) -> None:
    with tempfile.TemporaryDirectory() as folder:
        told = tracking.store_told(Path(folder), ids or read("store.json")["ids"])
    write("store.json", told)


PARTS: dict[str, Callable[[], None]] = {
    "reading": record_reading,
    "outside": record_outside,
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
