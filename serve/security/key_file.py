"""The file of API keys: one TOML table a key, with its name and a salted hash.

The file never holds a key itself. A key is 256 random bits, so it cannot be guessed: one round of
SHA-256 is as safe as a slow password hash, and takes a microsecond.
"""

import hashlib
import hmac
import re
import secrets
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any

from pydantic import (
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
)

from serve.security.locked_file import locked_file
from standpoint.codebook import toml_string, with_line
from standpoint.errors import Fault, KeysError, list_faults
from standpoint.files import parse_toml
from standpoint.validation import validation_faults

PREFIX = "sp_"  # lets secret scanners recognize a key
MAX_KEYS = 1_000  # each request is compared with every key: about a millisecond for all
MAX_FILE_BYTES = 1_000_000  # 1,000 keys take about 300 KB
MAX_DAYS = 36_500  # a century; later dates could leave the range of datetime
MAX_PER_MINUTE = 1_000_000  # a guess: far more than a server answers
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")
_HEADER = """\
# API keys of the service: their hashes, and never the keys.
# Written by `standpoint keys add` and `standpoint keys revoke`, which keep no comments.
"""


def check_name(name: Any) -> str:
    """The name of a key, or a `ValueError` that says what it must be."""
    if not isinstance(name, str) or not NAME.fullmatch(name):
        raise ValueError(
            "must be 1 to 64 letters, digits, '.', '_' or '-', the first a letter or a digit, "
            f"got {repr(name)[:40]}."
        )
    return name


def _hex(n_digits: int) -> Callable[[Any], str]:
    def check(value: Any) -> str:
        if not isinstance(value, str) or not re.fullmatch(f"[0-9a-f]{{{n_digits}}}", value):
            # The value is not shown: it may be a key that was pasted by mistake.
            raise ValueError(
                f"must be {n_digits} hex digits. Make keys with `standpoint keys add`."
            )
        return value

    return check


class Key(BaseModel):
    """The name, hash and limits of a key."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    name: Annotated[str, BeforeValidator(check_name)]
    salt: Annotated[str, BeforeValidator(_hex(32))] = Field(repr=False)
    sha256: Annotated[str, BeforeValidator(_hex(64))] = Field(repr=False)
    created: AwareDatetime
    expires: AwareDatetime | None = None
    per_minute: Annotated[int, Field(ge=1, le=MAX_PER_MINUTE)] | None = None

    def matches(self, secret: str) -> bool:
        """Whether this is the hash of a key, compared in constant time."""
        return hmac.compare_digest(_digest(secret, self.salt), self.sha256)

    def is_in_force(self, now: datetime | None = None) -> bool:
        """Whether it has not expired."""
        return self.expires is None or (now or datetime.now(UTC)) < self.expires


class _Keys(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    keys: tuple[Key, ...] = Field(default=(), max_length=MAX_KEYS)


def _digest(secret: str, salt: str) -> str:
    return hashlib.sha256(bytes.fromhex(salt) + secret.encode("utf-8", "replace")).hexdigest()


def new_key(
    name: str, *, days: int | None = None, per_minute: int | None = None
) -> tuple[str, Key]:
    """Make a random key; returns the secret, to be shown once, and the entry of the file."""
    secret, salt = PREFIX + secrets.token_urlsafe(32), secrets.token_hex(16)
    created = datetime.now(UTC).replace(microsecond=0)
    return secret, Key(
        name=name,
        salt=salt,
        sha256=_digest(secret, salt),
        created=created,
        expires=None if days is None else created + timedelta(days=days),
        per_minute=per_minute,
    )


def read_keys(path: Path) -> bytes:
    """The content of the file; `KeysError` where it cannot be read."""
    try:
        if path.exists() and not path.is_file():
            raise KeysError(f"{path}: must be a file, got something else.")
        with path.open("rb") as file:
            content = file.read(MAX_FILE_BYTES + 1)
    except FileNotFoundError:
        raise KeysError(
            f"{path}: the file of keys must exist, got no such file. "
            "Run `standpoint keys add NAME`."
        ) from None
    except OSError as error:
        raise KeysError(f"{path}: must be readable, got {error.strerror}.") from None
    if len(content) > MAX_FILE_BYTES:
        raise KeysError(f"{path}: must be at most {MAX_FILE_BYTES:,} bytes, got more.")
    return content


def parse_keys(content: bytes, *, where: object) -> tuple[Key, ...]:
    """The keys of a file; all faults are reported together, with their lines."""
    try:
        source = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise KeysError(f"{where}: must be UTF-8, got another byte at {error.start}.") from None
    table = parse_toml(source, where=where, error=KeysError)
    faults: list[Fault] = []
    try:
        keys = _Keys.model_validate(table).keys
    except ValidationError as error:
        faults = list(validation_faults(error, known=(*_Keys.model_fields, *Key.model_fields)))
    faults += _repeated_names(table)
    if faults:
        refusal = KeysError(list_faults(where, [with_line(fault, source) for fault in faults]))
        refusal.faults = tuple(faults)
        raise refusal
    return keys


def _repeated_names(table: dict[str, Any]) -> list[Fault]:
    """A fault for every entry with the name of an earlier one."""
    rows = table.get("keys")
    entries = rows if isinstance(rows, list) else []
    names = [row.get("name") if isinstance(row, dict) else None for row in entries]
    return [
        Fault(("keys", index, "name"), f"keys[{index}].name: must be new, got {name!r} again.")
        for index, name in enumerate(names)
        if isinstance(name, str) and NAME.fullmatch(name) and name in names[:index]
    ]


def load_keys(path: Path) -> tuple[Key, ...]:
    """Read and check a file of keys."""
    return parse_keys(read_keys(path), where=path)


def change_keys(path: Path, change: Callable[[tuple[Key, ...]], tuple[Key, ...]]) -> None:
    """Replace the keys of a file atomically; a missing file is created.

    Of two processes that change it at once, the second waits and sees the keys of the first.
    """
    with locked_file(path) as (real, write):
        keys = load_keys(real) if real.exists() else ()
        write(render(change(keys)))


def render(keys: tuple[Key, ...]) -> str:
    """The keys as the text of their file."""
    lines = [_HEADER]
    for key in keys:
        values = key.model_dump(exclude_none=True).items()
        lines += ["[[keys]]", *(f"{name} = {_toml_value(value)}" for name, value in values), ""]
    return "\n".join(lines)


def _toml_value(value: str | int | datetime) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    return toml_string(value) if isinstance(value, str) else str(value)
