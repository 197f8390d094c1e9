"""Requests with keys, and their refusals."""

import base64
import json

GOOD = {"text": "Ruritania rejects the river dam.", "codebook": "dam"}
EVERYWHERE = ("/v1/articles", "/v1/pairs", "/v1/model", "/metrics", "/nowhere", "/", "/docs")
NO_KEY = (
    "key: must be one in force, as `Authorization: Bearer KEY` or `X-API-Key: KEY`, got none. "
    "Ask who runs the server for one."
)


def bearer(key):
    return {"Authorization": f"Bearer {key}"}


def basic(key, user="anybody"):
    return {"Authorization": f"Basic {base64.b64encode(f'{user}:{key}'.encode()).decode()}"}


def detail_of(got, status):
    assert got.status_code == status, got.text
    assert got.content_type == "application/problem+json"
    found = json.loads(got.data)
    assert found["status"] == status
    return found["detail"]
