"""Two tiny runs tracked in MLflow: what a run logs, and a store that an earlier version made."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from tests.golden.bundles import standpoint
from tests.golden.expected_files import EXPECTED, ROOT, differences
from tests.tiny import rows, table_of, toml_of

STORE = EXPECTED / "store.zip"
PLACE = "/where/the/store/is"
FOLDER = "project"
MODELS = {
    "words": {"kind": "ngrams", "words": [1, 2], "chars": [3, 4], "window": 2, "min_count": 1,
              "c": 1.0, "balanced": True},
    "letters": {"kind": "ngrams", "words": [1, 1], "chars": [2, 2], "window": 0, "min_count": 60,
                "c": 0.05, "balanced": True},
    "majority": {"kind": "majority"},
}  # fmt: skip
TRACKED = ("words", "majority")
VOLATILE_TAGS = ("mlflow.user", "mlflow.source", "git.", "process", "mlflow.log-model.history")
TIMED = ("seconds.", "memory.")
TOLD = ("config.json", "leakage.json", "tables/test-predictions.json", "tables/test-scores.json",
        "tables/test-errors.json")  # fmt: skip


def noisy_rows() -> Iterator[dict[str, Any]]:
    """Rows of which every fifth has the label of the row before."""
    label = "none"
    for number, row in enumerate(rows()):
        label = label if number % 5 == 0 else row["label"]
        yield {**row, "label": label}


def make_project(folder: Path) -> Path:
    """A project's folder with a table and the configs that learn from it."""
    (folder / "configs" / "codebooks").mkdir(parents=True)
    lines = (json.dumps(row) + "\n" for row in noisy_rows())
    (folder / "table.jsonl").write_text("".join(lines), "utf-8")
    for name, model in MODELS.items():
        config = {
            "name": name,
            "task": "stance",
            "seed": 13,
            "refit": True,
            "data": table_of(Path("table.jsonl")),
            "protocol": {"kind": "by_group", "dev_share": 0.1, "test_share": 0.3},
            "model": model,
            "scoring": {"metric": "f1_macro", "bootstrap": 200},
        }
        (folder / f"{name}.toml").write_text(toml_of(config), "utf-8")
    return folder


def train_in(folder: Path, name: str) -> dict[str, Any]:
    """What ``standpoint train --json`` prints of a config."""
    found: dict[str, Any] = json.loads(standpoint(folder, "train", f"{name}.toml", "--json"))
    return found


# --- what one run logs ----------------------------------------------------------------------------


def run_summary(folder: Path, name: str) -> dict[str, Any]:
    """Everything that a run prints and logs, but for what is another every time."""
    printed = train_in(folder, name)
    run_id = printed["run_id"]
    with closing(sqlite3.connect(folder / "models" / "mlflow.db")) as store:
        params = _pairs(store, "select key, value from params where run_uuid = ?", run_id)
        tags = _pairs(store, "select key, value from tags where run_uuid = ?", run_id)
        metrics = _pairs(store, "select key, value from metrics where run_uuid = ?", run_id)
    artifacts = folder / "models" / "artifacts" / run_id / "artifacts"
    summary = {
        k: v for k, v in printed.items() if k not in ("run_id", "bundle", "memory", "seconds")
    }
    return {
        "printed": {**summary, "seconds": sorted(printed["seconds"])},
        "params": params,
        "tags": {k: v for k, v in tags.items() if not k.startswith(VOLATILE_TAGS)},
        "metrics": {k: v for k, v in metrics.items() if not k.startswith(TIMED)},
        "timed": sorted(key for key in metrics if key.startswith(TIMED)),
        "artifacts": sorted(
            path.relative_to(artifacts).as_posix()
            for path in artifacts.rglob("*")
            if path.is_file()
        ),
        "environment": sorted(json.loads((artifacts / "environment.json").read_text("utf-8"))),
        "files": {
            name: json.loads((artifacts / name).read_text("utf-8"))
            for name in TOLD
            if (artifacts / name).is_file()
        },
        "signature": _signature(folder),
    }


def changed_scores(found: dict[str, Any], recorded: dict[str, Any]) -> list[str]:
    """Where a run's metrics, predictions or score tables differ; new ones are no change."""
    before, now = _scores_of(recorded), _scores_of(found)
    shared = {key: now[key] for key in before if key in now}
    return differences(shared, {key: before[key] for key in shared})


def _scores_of(summary: dict[str, Any]) -> dict[str, Any]:
    tables = {key: value for key, value in summary["files"].items() if key.startswith("tables/")}
    return {**summary["metrics"], **tables}


def _pairs(store: sqlite3.Connection, query: str, run_id: str) -> dict[str, Any]:
    return dict(sorted(store.execute(query, (run_id,)).fetchall()))


def _signature(folder: Path) -> Any:
    """What the logged model takes and gives."""
    import yaml

    path = max(folder.glob("models/artifacts/models/*/artifacts/MLmodel"), key=_made)
    return yaml.safe_load(path.read_text("utf-8"))["signature"]


def _made(path: Path) -> int:
    return path.stat().st_mtime_ns


# --- a store that was made before -----------------------------------------------------------------


def make_store(folder: Path) -> list[str]:
    """Train two runs and keep their store as a zip; gives their ids."""
    make_project(folder)
    ids = [str(train_in(folder, name)["run_id"]) for name in ("letters", "words")]
    _set_paths(folder / "models" / "mlflow.db", str(folder.resolve()), PLACE)
    _set_paths(folder / "models" / "mlflow.db", str(ROOT), "/where/the/code/was")
    with closing(sqlite3.connect(folder / "models" / "mlflow.db")) as store, store:
        store.execute("update tags set value = 'commands' where key = 'mlflow.source.name'")
        store.execute("update tags set value = 'someone' where key = 'mlflow.user'")
    with closing(sqlite3.connect(folder / "models" / "mlflow.db")) as store:
        store.execute("vacuum")
    with zipfile.ZipFile(STORE, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as kept:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            if _is_needed(path, ids[0]):
                name = f"{FOLDER}/{path.relative_to(folder).as_posix()}"
                content = path.read_bytes().replace(str(folder.resolve()).encode(), PLACE.encode())
                kept.writestr(
                    zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED
                )
        kept.writestr(f"{FOLDER}/configs/codebooks/", "")
    return ids


def _is_needed(path: Path, first: str) -> bool:
    """Whether a test asks for it: no figures, and of the first run no code."""
    parts = path.parts
    if {"figures", "cache", "__pycache__"} & set(parts):
        return False
    model = next((above for above in path.parents if above.name.startswith("m-")), None)
    if model is None:
        return True
    return first not in (model / "artifacts" / "MLmodel").read_text("utf-8")


def _set_paths(path: Path, old: str, new: str) -> None:
    """Replace a folder in every text of a SQLite file."""
    with closing(sqlite3.connect(path)) as store, store:
        tables = store.execute("select name from sqlite_master where type = 'table'").fetchall()
        for (table,) in tables:
            columns = store.execute(f'pragma table_info("{table}")').fetchall()
            for _, column, kind, *_ in columns:
                if kind.upper().startswith(("VARCHAR", "TEXT", "CLOB")):
                    store.execute(
                        f'update "{table}" set "{column}" = replace("{column}", ?, ?) '
                        f'where instr("{column}", ?)',
                        (old, new, old),
                    )


def unpack(folder: Path) -> Path:
    """The store's project in a folder, as if it had always been there."""
    with zipfile.ZipFile(STORE) as kept:
        kept.extractall(folder)
    project = folder / FOLDER
    for path in project.rglob("*"):
        if path.name in ("MLmodel", "place.json"):
            text = path.read_text("utf-8").replace(PLACE, str(project.resolve()))
            path.write_text(text, "utf-8")
    _set_paths(project / "models" / "mlflow.db", PLACE, str(project.resolve()))
    return project


LOAD = """
import importlib.util, json, os, sys
if os.environ["OWN"]:
    sys.meta_path = [f for f in sys.meta_path if "editable" not in repr(f).lower()]
    assert importlib.util.find_spec("standpoint") is None, "project code is on the path"
else:
    import standpoint
import mlflow.pyfunc, pandas
model = mlflow.pyfunc.load_model(os.environ["MODEL"])
rows = model.predict(pandas.DataFrame(json.loads(sys.stdin.read())))
import standpoint
print(json.dumps({"rows": rows, "code": standpoint.__file__}))
"""


def model_folder(project: Path) -> Path:
    """The model of the second run, with its code."""
    (found,) = project.glob("models/artifacts/models/m-*/artifacts")
    return found


def predicted(project: Path, *, own: bool) -> dict[str, Any]:
    """What a stored model answers in a process of its own, and where its code is.

    Parameters
    ----------
    own : with no code but the model's own; else with the project's code, as it is now
    """
    keys = ("text", "holder_start", "holder_end", "target_start", "target_end")
    pairs = [{key: row[key] for key in keys} for row in list(noisy_rows())[:12]]
    kept = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    path = {} if own else {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", LOAD],
        cwd=project,
        env={**kept, **path, "OWN": "1" if own else "", "MODEL": str(model_folder(project))},
        input=json.dumps(pairs),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def with_seeds(project: Path) -> Path:
    """The project with a codebook and its seeds, to evaluate a run on."""
    for path in ("configs/codebooks/geneva2.toml", "seeds/geneva2.jsonl",
                 "configs/runs/seeds-stance.toml", "configs/pooling.toml"):  # fmt: skip
        (project / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / path, project / path)
    return project


def compared(project: Path, ids: list[str]) -> dict[str, Any]:
    """What ``standpoint compare --json`` prints of the two runs."""
    found: dict[str, Any] = json.loads(
        standpoint(project, "compare", *ids, "--draws", "200", "--json")
    )
    return {key: value for key, value in found.items() if key not in ("run_id", "seconds")}


def evaluated(project: Path, run: str, *words: str) -> dict[str, Any]:
    """What ``standpoint evaluate RUN --json`` prints."""
    found: dict[str, Any] = json.loads(
        standpoint(with_seeds(project), "evaluate", run, *words, "--json")
    )
    return {key: value for key, value in found.items() if key != "seconds"}


def store_summary(folder: Path, ids: list[str]) -> dict[str, Any]:
    """What the stored runs answer."""
    project = unpack(folder)
    return {
        "ids": ids,
        "predicted": predicted(project, own=True)["rows"],
        "compared": compared(project, ids),
        "evaluated": {
            data: evaluated(project, ids[1], "--data", data) for data in ("seeds", "seeds-articles")
        },
    }
