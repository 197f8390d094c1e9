"""The body of a problem, and requests that are right but for one thing."""

import json
from http import HTTPStatus

SENTENCE = "Ruritania rejects the river dam."
HOLDER = {"start": 0, "end": 9}
TARGET = {"start": 22, "end": 31}
GOOD = {"text": SENTENCE, "codebook": "dam"}


def problem_of(got, *, status, house):
    """The body of a problem, checked for its shape and for what it must never tell."""
    assert got.status_code == status, got.text
    assert got.content_type == "application/problem+json"
    found = json.loads(got.data)
    assert (
        {"type", "title", "status", "detail"}
        <= found.keys()
        <= {
            "type",
            "title",
            "status",
            "detail",
            "errors",
        }
    )
    assert found["type"] == "about:blank"
    assert found["title"] == HTTPStatus(status).phrase
    assert found["status"] == status
    assert isinstance(found["detail"], str)
    assert found["detail"].endswith((".", "?"))
    assert got.headers["X-Request-ID"]
    for secret in ("Traceback", 'File "', ".py", str(house.root), "site-packages", "pydantic"):
        assert secret not in got.text
    return found


def pair(**changes):
    return {"text": SENTENCE, "holder": HOLDER, "target": TARGET, **changes}
