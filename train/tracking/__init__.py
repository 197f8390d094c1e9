"""MLflow tracking: runs, bundles, promotion, figures, the benchmark page."""

from train.tracking.benchmark_page import around_markers, load_sheet, write_page
from train.tracking.judge_logging import track_judge
from train.tracking.live_metrics import LiveRun, live_run
from train.tracking.mlflow_store import check_store, store_uri
from train.tracking.promotion import promote, rollback, tasks_of, tasks_promoted_together
from train.tracking.run_logging import track
from train.tracking.shipping import read_test_score, ship
from train.tracking.stored_runs import (
    StoredPredictions,
    StoredRun,
    load_stored,
    read_predictions,
    read_run,
    track_comparison,
)

__all__ = [
    "LiveRun",
    "StoredPredictions",
    "StoredRun",
    "around_markers",
    "check_store",
    "live_run",
    "load_sheet",
    "load_stored",
    "promote",
    "read_predictions",
    "read_run",
    "read_test_score",
    "rollback",
    "ship",
    "store_uri",
    "tasks_of",
    "tasks_promoted_together",
    "track",
    "track_comparison",
    "track_judge",
    "write_page",
]
