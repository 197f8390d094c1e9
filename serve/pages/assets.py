"""The style sheet and the script of the pages, with a digest of each for its address."""

import hashlib
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "static"
MEDIA_TYPES = {"page.css": "text/css", "page.js": "text/javascript"}
MAX_AGE_S = 365 * 24 * 3600  # a year, the usual longest age: a new file has a new address


@cache
def content_of(name: str) -> bytes:
    """The content of a file, read once."""
    return (FOLDER / name).read_bytes()


@cache
def version_of(name: str) -> str:
    """A short digest of a file, put into its address so that browsers load a changed file anew."""
    return hashlib.sha256(content_of(name)).hexdigest()[:12]
