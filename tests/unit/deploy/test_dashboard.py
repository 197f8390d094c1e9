"""The Grafana dashboard of `deploy/`."""

import json
import re
import shutil
import subprocess

import pytest

# What the service counts. Counters end in _total, histograms in _bucket, _count and _sum.
METRICS = {
    "standpoint_abstentions_total",
    "standpoint_articles_total",
    "standpoint_in_flight",
    "standpoint_labels_total",
    "standpoint_model_version",
    "standpoint_pairs_judged_total",
    "standpoint_rejected_requests_total",
    "standpoint_reloads_total",
    "standpoint_request_seconds",
    "standpoint_requests_total",
    "standpoint_sentences_read_total",
    "standpoint_shadow_total",
}


@pytest.fixture(scope="module")
def dashboard(root):
    return json.loads((root / "deploy" / "grafana.json").read_text("utf-8"))


def expressions(dashboard):
    return [t["expr"] for panel in dashboard["panels"] for t in panel.get("targets", ())]


def test_the_dashboard_shows_every_metric_and_no_other(dashboard):
    named = {n for e in expressions(dashboard) for n in re.findall(r"standpoint_[a-z_]+", e)}
    assert {name.removesuffix("_bucket") for name in named} == METRICS


def test_the_service_has_the_metrics_that_the_dashboard_shows(root):
    text = (root / "serve" / "system" / "metrics.py").read_text("utf-8")
    counted = dict.fromkeys(re.findall(r'(?i:counter)\(\s*"(standpoint_[a-z_]+)"', text), "_total")
    counted |= dict.fromkeys(
        re.findall(r'(?i:gauge|histogram)\(\s*"(standpoint_[a-z_]+)"', text), ""
    )
    assert {name + end for name, end in counted.items()} == METRICS


def test_every_panel_asks_the_data_source_that_is_chosen_and_has_a_place_of_its_own(dashboard):
    variables = {v["name"]: v["type"] for v in dashboard["templating"]["list"]}
    assert variables == {"datasource": "datasource", "instance": "query", "route": "query"}
    taken = set()
    for panel in dashboard["panels"]:
        at = panel["gridPos"]
        cells = {
            (x, y)
            for x in range(at["x"], at["x"] + at["w"])
            for y in range(at["y"], at["y"] + at["h"])
        }
        assert not cells & taken, panel["title"]
        assert max(x for x, _ in cells) < 24
        taken |= cells
        for target in panel.get("targets", ()):
            assert target["datasource"] == {"type": "prometheus", "uid": "${datasource}"}
    ids = [panel["id"] for panel in dashboard["panels"]]
    assert len(ids) == len(set(ids))


@pytest.mark.skipif(shutil.which("promtool") is None, reason="promtool is not installed")
def test_prometheus_can_read_every_expression(dashboard, tmp_path):
    rules = [
        {"record": f"checked:{n}", "expr": expr.replace("$__rate_interval", "1m")}
        for n, expr in enumerate(expressions(dashboard))
    ]
    path = tmp_path / "rules.yml"
    path.write_text(json.dumps({"groups": [{"name": "dashboard", "rules": rules}]}))
    done = subprocess.run(
        ["promtool", "check", "rules", path], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert f"{len(rules)} rules found" in done.stdout
