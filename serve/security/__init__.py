"""Access control: API keys, rate limits, host and origin checks, response headers."""

from serve.security.guard import OPEN_PATHS, batch_rate_limiter
from serve.security.host_names import check_address
from serve.security.key_file import (
    MAX_DAYS,
    MAX_KEYS,
    MAX_PER_MINUTE,
    Key,
    change_keys,
    check_name,
    load_keys,
    new_key,
)
from serve.security.keyring import Keyring
from serve.security.response_headers import API_HEADERS

__all__ = [
    "API_HEADERS",
    "MAX_DAYS",
    "MAX_KEYS",
    "MAX_PER_MINUTE",
    "OPEN_PATHS",
    "Key",
    "Keyring",
    "batch_rate_limiter",
    "change_keys",
    "check_address",
    "check_name",
    "load_keys",
    "new_key",
]
