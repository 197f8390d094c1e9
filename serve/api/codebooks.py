"""The codebooks of the server, and those that are sent with an article."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from standpoint.codebook import Codebook, load_named, parse_codebook
from standpoint.errors import CodebookError, Fault, list_faults
from standpoint.mentions import MentionMatcher

MAX_CACHED_MATCHERS = 32  # a guess: trades memory for the time to build a matcher again


def load_codebooks(folder: Path) -> dict[str, Codebook]:
    """Every codebook of a folder, by the name of its file."""
    if not folder.is_dir():
        raise CodebookError(
            f"{folder}: must be a folder of codebooks, got none. "
            "Run this in the project's folder, or set STANDPOINT_CODEBOOKS_DIR."
        )
    return {path.stem: load_named(folder, path.stem) for path in sorted(folder.glob("*.toml"))}


def parse_sent_codebook(fields: Mapping[str, Any], *, limits: Mapping[str, int]) -> Codebook:
    """Validate a codebook that was sent whole; its ``digest`` is not read.

    Parameters
    ----------
    limits : the most ``actors`` and ``issues``; checked first, for each entry costs time and memory
    """
    faults = [
        Fault((key,), f"{key}: must hold at most {limit:,}, got {len(fields[key]):,}.")
        for key, limit in limits.items()
        if isinstance(fields.get(key), list) and len(fields[key]) > limit
    ]
    if faults:
        error = CodebookError(list_faults("codebook", [fault.text for fault in faults]))
        error.faults = tuple(faults)
        raise error
    return parse_codebook({k: v for k, v in fields.items() if k != "digest"}, where="codebook")


def matcher_of(codebook: Codebook) -> MentionMatcher:
    """The matcher of a codebook's names, cached by digest."""
    return _matcher(_CacheKey(codebook.digest, codebook))


@dataclass(frozen=True, slots=True)
class _CacheKey:
    """A codebook, equal to every other with its digest."""

    digest: str
    codebook: Codebook = field(compare=False)


@lru_cache(maxsize=MAX_CACHED_MATCHERS)
def _matcher(key: _CacheKey) -> MentionMatcher:
    return MentionMatcher(key.codebook)
