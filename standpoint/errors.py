"""Every exception of the project.

::

    StandpointError            exit status 1, HTTP 500 unless a subclass says otherwise
    ├── InputError             the call or a file was wrong: exit status 2, HTTP 422
    │   ├── ConfigError        configs/runs/*.toml
    │   ├── CodebookError      configs/codebooks/*.toml, or a codebook sent as JSON
    │   ├── CorpusError        seeds and public data sets
    │   ├── ArticleError       a text that cannot be read as an article
    │   │   └── TooLongError   an article above the limit: HTTP 413
    │   ├── PairError          offsets of a holder and a target
    │   └── KeysError          the file of API keys
    ├── EncoderError           an encoder that is missing or has the wrong digest: exit status 2
    ├── BundleError            a bundle that is missing, damaged or of another format: exit status 2
    │   └── NoChampionError    nothing has been promoted yet: HTTP 503
    ├── TrainingError          a fit failed: infinite loss, no such device, a full disk
    │   └── CheckpointError    a checkpoint that is damaged or of another config: exit status 2
    ├── RegistryError          the MLflow store is missing, locked or lacks the run: exit status 2
    └── ServiceError           a service did not answer its client, or answered with a problem

A message reads ``where: what must hold, got what. What to do.``
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple, TypedDict

FieldPath = tuple[str | int, ...]


class Fault(NamedTuple):
    """One fault of an input: where, as a path of keys, and the message."""

    path: FieldPath
    text: str

    @property
    def pointer(self) -> str:
        """The path as a JSON pointer (RFC 6901)."""
        return "".join(f"/{str(p).replace('~', '~0').replace('/', '~1')}" for p in self.path)


class FaultShape(TypedDict):
    """One fault of a request's body, as an answer has it.

    ``pointer`` is a JSON pointer (RFC 6901); ``detail`` is the message.
    """

    pointer: str
    detail: str


class StandpointError(Exception):
    """Base of all errors of the project."""

    exit_status = 1


class InputError(StandpointError):
    """An input of the user cannot be used."""

    exit_status = 2
    faults: tuple[Fault, ...] = ()
    """Each fault by itself, where the message lists several."""


class ConfigError(InputError):
    """A run config is missing or faulty."""


class CodebookError(InputError):
    """A codebook is missing or faulty."""


class CorpusError(InputError):
    """A data set is missing or faulty."""


class ArticleError(InputError):
    """A text cannot be read as an article."""


class TooLongError(ArticleError):
    """An article is longer than the limit in force."""


class PairError(InputError):
    """The spans of a holder and a target do not fit their text."""


class KeysError(InputError):
    """The file of API keys is missing or faulty, or lacks the key that was named."""


class EncoderError(StandpointError):
    """An encoder is missing, or has another digest than the one that is needed."""

    exit_status = 2


class BundleError(StandpointError):
    """A bundle is missing, damaged or of another format."""

    exit_status = 2


class TrainingError(StandpointError):
    """A fit failed, as by an infinite loss, a missing device or a full disk."""


class CheckpointError(TrainingError):
    """A checkpoint is damaged, or of another config."""

    exit_status = 2


class NoChampionError(BundleError):
    """No model has been promoted yet."""


class RegistryError(StandpointError):
    """The MLflow store is missing or locked, or lacks the run or version that was named."""

    exit_status = 2


class ServiceError(StandpointError):
    """A service did not answer, or answered with a problem.

    Attributes
    ----------
    status : HTTP status of the answer, None where there was none
    detail : the message of the service
    errors : each fault of the body
    request_id : the id of the request in the server's log
    retry_after : seconds to wait before the next try, where the service names them
    """

    def __init__(
        self,
        message: str,
        *,
        status: int | None = None,
        detail: str = "",
        errors: Sequence[FaultShape] = (),
        request_id: str | None = None,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.detail = detail
        self.errors = tuple(errors)
        self.request_id = request_id
        self.retry_after = retry_after


def list_faults(where: object, faults: Iterable[str]) -> str:
    """One message that lists every fault of a file below its name.

    >>> print(list_faults("x.toml", ["seed: missing.", "sead: unknown key."]))
    x.toml:
      seed: missing.
      sead: unknown key.
    """
    return "\n".join([f"{where}:", *(f"  {fault}" for fault in faults)])
