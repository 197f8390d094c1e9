"""Settings from the environment, each named ``STANDPOINT_…`` and checked when it is read."""

import os
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from standpoint.errors import InputError
from standpoint.labeling import DEFAULT_MIN_CONFIDENCE, DEFAULT_POOLING, Pooling, load_pooling
from standpoint.text import DEFAULT_MAX_CHARS

DEFAULT_MAX_BODY_BYTES = 2 * 1024 * 1024
DEFAULT_MAX_CODEBOOK_ACTORS = 5_000
DEFAULT_MAX_CODEBOOK_ISSUES = 500
DEFAULT_RATE_PER_MINUTE = 600
KEYS_FILE = "keys.toml"
_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?|\[[0-9a-f:.]{2,45}\]")
_ORIGIN = re.compile(rf"https?://({_HOST.pattern})(:[0-9]{{1,5}})?")
DEFAULT_MLFLOW_URL = "http://127.0.0.1:5000"


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
    log_format : STANDPOINT_LOG_FORMAT, json or plain; None is plain on a terminal, json elsewhere
    pooling : what the file STANDPOINT_POOLING_FILE says, else ``configs/pooling.toml`` of the
        project, else the one that was installed with the package
    api_keys_file : STANDPOINT_API_KEYS_FILE, else ``keys.toml`` of the project
    keys_required : whether STANDPOINT_API_KEYS_FILE was set, so that the file must be there
    rate_per_minute : STANDPOINT_RATE_PER_MINUTE, requests of a key without a rate of its own
    allowed_hosts : STANDPOINT_ALLOWED_HOSTS, names in lower case
    cors_origins : STANDPOINT_CORS_ORIGINS
    max_codebook_actors, max_codebook_issues : STANDPOINT_MAX_CODEBOOK_ACTORS and _ISSUES
    mlflow_url : STANDPOINT_MLFLOW_URL, where people see the MLflow UI
    """

    models_dir: Path
    codebooks_dir: Path
    max_body_bytes: int = DEFAULT_MAX_BODY_BYTES
    max_article_chars: int = DEFAULT_MAX_CHARS
    min_confidence: float = DEFAULT_MIN_CONFIDENCE
    pooling: Pooling = DEFAULT_POOLING
    log_format: str | None = None
    api_keys_file: Path | None = None
    keys_required: bool = False
    rate_per_minute: int = DEFAULT_RATE_PER_MINUTE
    allowed_hosts: tuple[str, ...] = ()
    cors_origins: tuple[str, ...] = ()
    max_codebook_actors: int = DEFAULT_MAX_CODEBOOK_ACTORS
    max_codebook_issues: int = DEFAULT_MAX_CODEBOOK_ISSUES
    mlflow_url: str = DEFAULT_MLFLOW_URL


def project_root() -> Path:
    """The nearest folder upward from here that has ``configs/codebooks``, else this one."""
    here = Path.cwd()
    for folder in (here, *here.parents):
        with suppress(PermissionError):
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
        log_format=_word(given, "STANDPOINT_LOG_FORMAT", ("json", "plain")),
        api_keys_file=keys_file(given),
        keys_required=bool(given.get("STANDPOINT_API_KEYS_FILE")),
        rate_per_minute=_count(given, "STANDPOINT_RATE_PER_MINUTE", DEFAULT_RATE_PER_MINUTE),
        allowed_hosts=_hosts(given, "STANDPOINT_ALLOWED_HOSTS"),
        cors_origins=_origins(given, "STANDPOINT_CORS_ORIGINS"),
        max_codebook_actors=_count(
            given, "STANDPOINT_MAX_CODEBOOK_ACTORS", DEFAULT_MAX_CODEBOOK_ACTORS
        ),
        max_codebook_issues=_count(
            given, "STANDPOINT_MAX_CODEBOOK_ISSUES", DEFAULT_MAX_CODEBOOK_ISSUES
        ),
        mlflow_url=_url(given, "STANDPOINT_MLFLOW_URL", DEFAULT_MLFLOW_URL),
    )


def keys_file(environ: Mapping[str, str] | None = None) -> Path:
    """The file of API keys, whether it is there or not."""
    given = os.environ if environ is None else environ
    return Path(given.get("STANDPOINT_API_KEYS_FILE") or project_root() / KEYS_FILE)


def _pooling(given: Mapping[str, str], default: Path) -> Pooling:
    named = given.get("STANDPOINT_POOLING_FILE")
    if named:
        return load_pooling(Path(named))
    return load_pooling(default) if default.is_file() else DEFAULT_POOLING


def _word(given: Mapping[str, str], name: str, known: tuple[str, ...]) -> str | None:
    text = given.get(name) or None
    if text is not None and text not in known:
        raise InputError(f"{name}: must be {' or '.join(known)}, got {text[:40]!r}.")
    return text


def _count(given: Mapping[str, str], name: str, default: int) -> int:
    text = given.get(name, "")
    if not text:
        return default
    if not re.fullmatch("0*[1-9][0-9]{0,14}", text):
        raise InputError(f"{name}: must be a whole number above 0, got {text[:40]!r}.")
    return int(text)


def _listed(given: Mapping[str, str], name: str) -> tuple[str, ...]:
    words = given.get(name, "").lower().split(",")
    return tuple(dict.fromkeys(word.strip() for word in words if word.strip()))


def _hosts(given: Mapping[str, str], name: str) -> tuple[str, ...]:
    found = _listed(given, name)
    wrong = next((host for host in found if not _HOST.fullmatch(host)), None)
    if wrong is not None:
        raise InputError(
            f"{name}: must be names of hosts without ports, parted by commas, got {wrong[:80]!r}."
        )
    return found


def _origins(given: Mapping[str, str], name: str) -> tuple[str, ...]:
    found = _listed(given, name)
    wrong = next((word for word in found if not _ORIGIN.fullmatch(word) and word != "*"), None)
    if wrong is not None:
        raise InputError(
            f"{name}: must be origins like https://example.org, parted by commas, "
            f"got {wrong[:80]!r}. Write scheme, host and port, and no path."
        )
    if "*" in found and len(found) > 1:
        raise InputError(f"{name}: must be * alone or origins, got both.")
    return found


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


def _url(given: Mapping[str, str], name: str, default: str) -> str:
    text = given.get(name) or default
    if not re.fullmatch(r"https?://[^\s<>\"']+", text):
        raise InputError(f"{name}: must be an address with http or https, got {text[:80]!r}.")
    return text
