"""Settings from the environment, each named ``STANDPOINT_…``, checked when they are read."""

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    ValidatorFunctionWrapHandler,
    WrapValidator,
)

from standpoint.errors import InputError
from standpoint.labeling import DEFAULT_POOLING, Pooling, load_pooling
from standpoint.text import DEFAULT_MAX_CHARS

PREFIX = "STANDPOINT_"
KEYS_FILE = "keys.toml"
# Room for the longest article (200,000 characters, each an escape of 6 bytes in JSON) and a
# codebook; deploy/nginx.conf has the same limit.
DEFAULT_MAX_BODY_BYTES = 2 * 1024 * 1024
MAX_SHOWN_CHARS = 80  # of a faulty value, in a message

# A host name of DNS (at most 253 characters) or an IPv6 address in brackets, without a port.
_HOST = r"[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?|\[[0-9a-f:.]{2,45}\]"


def _must_be(requirement: str, *, remedy: str = "") -> WrapValidator:
    """A validator that reports a fault in the project's words instead of pydantic's."""

    def check(value: Any, validate: ValidatorFunctionWrapHandler) -> Any:
        try:
            return validate(value)
        except ValidationError:
            shown = str(value)[:MAX_SHOWN_CHARS]
            raise ValueError(f"must be {requirement}, got {shown!r}.{remedy}") from None

    return WrapValidator(check)


def _split(value: object) -> object:
    """A list separated by commas, in lower case and without repetitions."""
    if not isinstance(value, str):
        return value
    return tuple(dict.fromkeys(word.strip() for word in value.lower().split(",") if word.strip()))


def _check_star(origins: tuple[str, ...]) -> tuple[str, ...]:
    if "*" in origins and len(origins) > 1:
        raise ValueError("must be * alone or origins, got both.")
    return origins


# Below 10**15, so that it stays exact as a float and in JSON.
Count = Annotated[int, Field(gt=0, lt=10**15), _must_be("a whole number above 0")]
Probability = Annotated[float, Field(ge=0, le=1), _must_be("a number from 0 to 1")]
Url = Annotated[
    str, Field(pattern=r"^https?://[^\s<>\"']+$"), _must_be("an address with http or https")
]
Host = Annotated[
    str,
    Field(pattern=f"^({_HOST})$"),
    _must_be("names of hosts without ports, separated by commas"),
]
Origin = Annotated[
    str,
    Field(pattern=rf"^(\*|https?://({_HOST})(:[0-9]{{1,5}})?)$"),
    _must_be(
        "origins like https://example.org, separated by commas",
        remedy=" Write scheme, host and port, and no path.",
    ),
]


class Settings(BaseModel):
    """Settings of the command line and the service.

    Attributes
    ----------
    models_dir : STANDPOINT_MODELS_DIR, else ``models/`` of the project
    model : STANDPOINT_MODEL, a shipped model's name or a bundle's folder; None takes the champion
        of each task, else a shipped model
    codebooks_dir : STANDPOINT_CODEBOOKS_DIR, else ``configs/codebooks/`` of the project, else the
        codebooks that were installed with the package
    max_body_bytes : STANDPOINT_MAX_BODY_BYTES
    max_article_chars : STANDPOINT_MAX_ARTICLE_CHARS
    min_confidence : STANDPOINT_MIN_CONFIDENCE, 0 to 1; None: what was chosen for the model
    pooling : from the file STANDPOINT_POOLING_FILE, else from ``configs/pooling.toml`` of the
        project, else from the file that was installed with the package
    log_format : STANDPOINT_LOG_FORMAT; None is plain on a terminal and json elsewhere
    api_keys_file : STANDPOINT_API_KEYS_FILE, else ``keys.toml`` of the project
    keys_required : whether STANDPOINT_API_KEYS_FILE was set, so that the file must exist
    rate_per_minute : STANDPOINT_RATE_PER_MINUTE, requests of a key without its own rate
    allowed_hosts : STANDPOINT_ALLOWED_HOSTS, names in lower case
    cors_origins : STANDPOINT_CORS_ORIGINS
    max_codebook_actors : STANDPOINT_MAX_CODEBOOK_ACTORS
    max_codebook_issues : STANDPOINT_MAX_CODEBOOK_ISSUES
    mlflow_url : STANDPOINT_MLFLOW_URL, where people see the MLflow UI
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    models_dir: Path
    codebooks_dir: Path
    model: str | None = None
    max_body_bytes: Count = DEFAULT_MAX_BODY_BYTES
    max_article_chars: Count = DEFAULT_MAX_CHARS
    min_confidence: Probability | None = None
    pooling: Pooling = DEFAULT_POOLING
    log_format: Annotated[Literal["json", "plain"] | None, _must_be("json or plain")] = None
    api_keys_file: Path | None = None
    keys_required: bool = False
    rate_per_minute: Count = 600  # a guess at a fair share: ten requests a second
    allowed_hosts: Annotated[tuple[Host, ...], BeforeValidator(_split)] = ()
    cors_origins: Annotated[
        tuple[Origin, ...], BeforeValidator(_split), AfterValidator(_check_star)
    ] = ()
    # The size of the large codebook of benchmarks/codebook.py; its load time is in
    # docs/benchmarks.md.
    max_codebook_actors: Count = 5_000
    max_codebook_issues: Count = 500
    mlflow_url: Url = "http://127.0.0.1:5000"


def read_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Read every setting; one that is empty is not set.

    Raises
    ------
    InputError
        some are faulty; each is named
    """
    environ = os.environ if environ is None else environ
    configs = configs_folder()
    fields: dict[str, Any] = {
        "models_dir": project_root() / "models",
        "codebooks_dir": configs / "codebooks",
        "api_keys_file": project_root() / KEYS_FILE,
    }
    for name in Settings.model_fields:
        if value := environ.get(_variable(name)):
            fields[name] = value
    fields["pooling"] = _pooling(environ, configs / "pooling.toml")
    fields["keys_required"] = bool(environ.get(_variable("api_keys_file")))
    try:
        return Settings(**fields)
    except ValidationError as error:
        faults = [f"{_variable(e['loc'][0])}: {e['ctx']['error']}" for e in error.errors()]
        raise InputError("\n".join(faults)) from None


def _variable(field: object) -> str:
    return f"{PREFIX}{str(field).upper()}"


def _pooling(environ: Mapping[str, str], default: Path) -> Pooling:
    file = environ.get("STANDPOINT_POOLING_FILE")
    if file:
        return load_pooling(Path(file))
    return load_pooling(default) if default.is_file() else DEFAULT_POOLING


def keys_file() -> Path:
    """The file of API keys, whether it exists or not."""
    return Path(os.environ.get("STANDPOINT_API_KEYS_FILE") or project_root() / KEYS_FILE)


def project_root() -> Path:
    """The nearest folder upward from here that has ``configs/codebooks``, else this one."""
    here = Path.cwd()
    for folder in (here, *here.parents):
        with suppress(PermissionError):
            if (folder / "configs" / "codebooks").is_dir():
                return folder
    return here


def configs_folder() -> Path:
    """The project's ``configs``; without a project, those installed with the package."""
    own = project_root() / "configs"
    installed = Path(__file__).parent / "shipped"
    return installed if installed.is_dir() and not (own / "codebooks").is_dir() else own
