"""Settings from the environment, each named ``STANDPOINT_…`` and checked when it is read."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from standpoint.article import DEFAULT_MAX_CHARS
from standpoint.errors import InputError
from standpoint.pooling import DEFAULT_POOLING, Pooling, load_pooling
from standpoint.stances import DEFAULT_MIN_CONFIDENCE

DEFAULT_MAX_BODY_BYTES = 2 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Settings:
    """What a command or a server can be told without a flag.

    Attributes
    ----------
    models_dir : STANDPOINT_MODELS_DIR, else ``models/`` of the project
    codebooks_dir : STANDPOINT_CODEBOOKS_DIR, else ``configs/codebooks/`` of the project, else the
        codebooks that were installed with the package
    max_body_bytes : STANDPOINT_MAX_BODY_BYTES
    max_article_chars : STANDPOINT_MAX_ARTICLE_CHARS
    min_confidence : STANDPOINT_MIN_CONFIDENCE, 0 to 1
    pooling : what the file STANDPOINT_POOLING_FILE says, else ``configs/pooling.toml`` of the
        project, else the one that was installed with the package
    """

    models_dir: Path
    codebooks_dir: Path
    max_body_bytes: int = DEFAULT_MAX_BODY_BYTES
    max_article_chars: int = DEFAULT_MAX_CHARS
    min_confidence: float = DEFAULT_MIN_CONFIDENCE
    pooling: Pooling = DEFAULT_POOLING


def project_root() -> Path:
    """The nearest folder upward from here that has ``configs/codebooks``, else this one."""
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / "configs" / "codebooks").is_dir():
            return folder
    return here


def configs_folder() -> Path:
    """The project's ``configs``; where there is no project, what was installed with the package."""
    found = project_root() / "configs"
    shipped = Path(__file__).parent / "shipped"
    return shipped if shipped.is_dir() and not (found / "codebooks").is_dir() else found


def read_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Read every setting, or say which one is wrong."""
    given = os.environ if environ is None else environ
    configs = configs_folder()
    return Settings(
        models_dir=Path(given.get("STANDPOINT_MODELS_DIR") or project_root() / "models"),
        codebooks_dir=Path(given.get("STANDPOINT_CODEBOOKS_DIR") or configs / "codebooks"),
        max_body_bytes=_count(given, "STANDPOINT_MAX_BODY_BYTES", DEFAULT_MAX_BODY_BYTES),
        max_article_chars=_count(given, "STANDPOINT_MAX_ARTICLE_CHARS", DEFAULT_MAX_CHARS),
        min_confidence=_share(given, "STANDPOINT_MIN_CONFIDENCE", DEFAULT_MIN_CONFIDENCE),
        pooling=_pooling(given, configs / "pooling.toml"),
    )


def _pooling(given: Mapping[str, str], default: Path) -> Pooling:
    named = given.get("STANDPOINT_POOLING_FILE")
    if named:
        return load_pooling(Path(named))
    return load_pooling(default) if default.is_file() else DEFAULT_POOLING


def _count(given: Mapping[str, str], name: str, default: int) -> int:
    text = given.get(name, "")
    if not text:
        return default
    if not re.fullmatch("0*[1-9][0-9]{0,14}", text):
        raise InputError(f"{name}: must be a whole number above 0, got {text[:40]!r}.")
    return int(text)


def _share(given: Mapping[str, str], name: str, default: float) -> float:
    text = given.get(name, "")
    if not text:
        return default
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        raise InputError(f"{name}: must be a number from 0 to 1, got {text!r}.")
    return value
