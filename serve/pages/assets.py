"""The style sheet and the script: small files beside this one, named by what is in them."""

import hashlib
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "static"
MAX_AGE_S = 365 * 24 * 3600


@cache
def version_of(name: str) -> str:
    """A short digest of a file; its address carries it, so that a new file has a new address."""
    return hashlib.sha256((FOLDER / name).read_bytes()).hexdigest()[:12]
