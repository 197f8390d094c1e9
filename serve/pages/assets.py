"""The style sheet and the script: small files beside this one, named by what is in them."""

import hashlib
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "static"
TYPES = {"page.css": "text/css", "page.js": "text/javascript"}
MAX_AGE_S = 365 * 24 * 3600


@cache
def content_of(name: str) -> bytes:
    """A file, read once."""
    return (FOLDER / name).read_bytes()


@cache
def version_of(name: str) -> str:
    """A short digest of a file; its address carries it, so that a new file has a new address."""
    return hashlib.sha256(content_of(name)).hexdigest()[:12]
