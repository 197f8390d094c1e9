"""The whole OpenAPI document tried on an app: examples, edges and random requests."""

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import schemathesis
from flask import Flask
from schemathesis import engine
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events

from serve.api.ndjson import MEDIA_TYPE as NDJSON


@schemathesis.serializer(NDJSON)
def lines(_context: Any, value: Any) -> bytes:
    """A list as lines of JSON; what is no list goes as it is."""
    rows = value if isinstance(value, list) else [value]
    return b"".join(json.dumps(row).encode() + b"\n" for row in rows)


@schemathesis.deserializer(NDJSON)
def lines_read(_context: Any, response: Any) -> list[Any]:
    """Lines of JSON as a list."""
    return [json.loads(line) for line in response.content.splitlines()]


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
        # A batch is not refused for a wrong line: the line is answered with what is wrong.
        "operations": [
            {
                "include-path": "/v1/articles:batch",
                "checks": {"negative_data_rejection": {"enabled": False}},
            }
        ],
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
    schema.app, schema.location = _closed(app), "/openapi.json"
    for path in without:
        schema = schema.exclude(path=path)
    n_tried, found = 0, []
    for event in engine.from_schema(schema).execute():
        found += list(_errors(event))
        if isinstance(event, events.ScenarioFinished):
            n_tried += len(event.recorder.interactions)
            found += list(_failures(event.recorder))
    return n_tried, found


def _closed(app: Flask) -> Callable[..., list[bytes]]:
    """An app whose answers are read to their end and closed, as a server does it."""

    def call(environ: Any, start_response: Any) -> list[bytes]:
        parts = app(environ, start_response)
        try:
            return list(parts)
        finally:
            if hasattr(parts, "close"):
                parts.close()

    return call


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
    if isinstance(event, events.NonFatalError):
        yield f"{event.label}: {event.value!r}"
    if isinstance(event, events.FatalError):
        yield f"{event.exception!r}"


def _failures(recorder: Any) -> Iterator[str]:
    for checks in recorder.checks.values():
        for check in checks:
            failed = check.failure_info
            if failed is not None:
                yield f"{recorder.label}: {check.name}: {failed.failure}\n  {failed.code_sample}"
            elif check.status is not engine.Status.SUCCESS:
                yield f"{recorder.label}: {check.name}: {check.status}"
