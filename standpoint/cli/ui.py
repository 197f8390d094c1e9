"""``standpoint ui``: the MLflow UI on the project's runs."""

import argparse
import os
import sys

from standpoint.cli.folders import models_dir
from train.tracking import check_store, store_uri


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``ui``."""
    parser.add_argument("--port", type=int, default=5000)


def run(args: argparse.Namespace) -> None:
    """Replace this process with the MLflow server, until Ctrl-C."""
    check_store(models_dir(), must_exist=True)
    # Background jobs would start further processes, and the UI needs none.
    os.environ["MLFLOW_SERVER_ENABLE_JOB_EXECUTION"] = "false"
    os.environ["MLFLOW_DISABLE_TELEMETRY"] = "true"
    command = [sys.executable, "-m", "mlflow", "server", "--workers", "1", "--host", "127.0.0.1"]
    command += ["--port", str(args.port), "--backend-store-uri", store_uri(models_dir())]
    command += ["--artifacts-destination", (models_dir() / "artifacts").resolve().as_uri()]
    print(f"MLflow UI on http://127.0.0.1:{args.port}", flush=True)
    os.execv(sys.executable, command)
