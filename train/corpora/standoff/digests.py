"""Digests by which annotations know their texts again."""

import hashlib
from pathlib import Path
from typing import Annotated

from pydantic import Field

Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
"""The digest of a text in UTF-8."""


def digest_fault(text: str, expected: str, *, what: str, place: Path) -> str | None:
    """The fault of a text that is not the annotated one, for a message; else None.

    Parameters
    ----------
    what : the text in words
    place : the file or folder that it is of
    """
    digest = hashlib.sha256(text.encode("utf-8", errors="surrogatepass")).hexdigest()
    if digest == expected:
        return None
    return (
        f"{what} must have the sha256 {expected[:12]}…, got {digest[:12]}… in {place}. "
        "Get the version that was annotated."
    )
