"""The whole OpenAPI document tried on an app: examples, edges and random requests."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

import schemathesis
from flask import Flask
from schemathesis import engine
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events

from serve.operations import NDJSON


@schemathesis.serializer(NDJSON)
def lines(_context: Any, value: Any) -> bytes:
    """A list as lines of JSON; what is no list goes as it is."""
    rows = value if isinstance(value, list) else [value]
    return b"".join(json.dumps(row).encode() + b"\n" for row in rows)


def settings_of(*, max_examples: int, seed: int) -> dict[str, Any]:
    """What schemathesis is told: all its checks but those of what this service has not."""
    # A document cannot say which days a month has, or that no two actors share a name.
    accepted = ["2xx", "3xx", "404", "413", "422"]
    return {
        "seed": seed,
        "generation": {
            "max-examples": max_examples,
            "database": "none",
            "deterministic": True,
        },
        "checks": {"positive_data_acceptance": {"expected-statuses": accepted}},
        "phases": {"stateful": {"enabled": False}},
    }


def faults_in(
    app: Flask,
    *,
    max_examples: int,
    seed: int,
    without: Iterable[str] = (),
    most_items: int | None = None,
) -> tuple[int, list[str]]:
    """How many requests were tried, and every fault that was found, in words.

    Parameters
    ----------
    without : paths that are left out
    most_items : lists with a higher limit are taken to have none, for it takes minutes to make
        lists that reach limits in the thousands
    """
    config = SchemathesisConfig.from_dict(settings_of(max_examples=max_examples, seed=seed))
    document = app.test_client().get("/openapi.json").json
    schema = schemathesis.openapi.from_dict(_eased(document, most_items), config=config)
    schema.app, schema.location = app, "/openapi.json"
    for path in without:
        schema = schema.exclude(path=path)
    n_tried, found = 0, []
    for event in engine.from_schema(schema).execute():
        found += list(_errors(event))
        if isinstance(event, events.ScenarioFinished):
            n_tried += len(event.recorder.interactions)
            found += list(_failures(event.recorder))
    return n_tried, found


def _eased(found: Any, most_items: int | None) -> Any:
    if isinstance(found, list):
        return [_eased(one, most_items) for one in found]
    if not isinstance(found, dict):
        return found
    most = found.get("maxItems")
    is_eased = most_items is not None and isinstance(most, int) and most > most_items
    kept = {key: value for key, value in found.items() if not (is_eased and key == "maxItems")}
    return {key: _eased(value, most_items) for key, value in kept.items()}


def _errors(event: Any) -> Iterator[str]:
    if isinstance(event, events.NonFatalError | events.FatalError):
        yield f"{event}"


def _failures(recorder: Any) -> Iterator[str]:
    for checks in recorder.checks.values():
        for check in checks:
            if check.failure_info is not None:
                yield f"{recorder.label}: {check.name}: {check.failure_info.failure}\n  {check.failure_info.code_sample}"
