"""``standpoint keys``: add, list and revoke API keys of the service."""

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

from serve.security import (
    MAX_DAYS,
    MAX_KEYS,
    MAX_PER_MINUTE,
    Key,
    change_keys,
    check_name,
    load_keys,
    new_key,
)
from standpoint.cli.output import check_range, format_table
from standpoint.errors import InputError, KeysError
from standpoint.settings import keys_file
from standpoint.validation import near_miss


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add ``keys add``, ``revoke`` and ``list``."""
    verbs = parser.add_subparsers(dest="what", required=True, metavar="WHAT")
    add = verbs.add_parser("add", help="make a key and print it once")
    revoke = verbs.add_parser("revoke", help="revoke a key")
    for verb in (add, revoke):
        verb.add_argument("name", metavar="NAME", help="who uses the key; shown in the log")
    add.add_argument("--days", type=int, help="days until it expires, never if left out")
    add.add_argument(
        "--per-minute", type=int, help="requests a minute, else those of STANDPOINT_RATE_PER_MINUTE"
    )
    for verb in (add, revoke, verbs.add_parser("list", help="list the names of the keys")):
        verb.add_argument(
            "--file", help="the file of keys, else that of STANDPOINT_API_KEYS_FILE, or keys.toml"
        )


def run(args: argparse.Namespace) -> None:
    """Add a key, list the keys, or revoke one."""
    path = Path(args.file) if args.file else keys_file()
    match args.what:
        case "add":
            _add(path, args.name, days=args.days, per_minute=args.per_minute)
        case "list":
            print(_list(path))
        case "revoke":
            _revoke(path, args.name)


def _add(path: Path, name: str, *, days: int | None, per_minute: int | None) -> None:
    try:
        check_name(name)
    except ValueError as error:
        raise InputError(f"NAME: {error}") from None
    check_range("--days", days, lowest=1, highest=MAX_DAYS)
    check_range("--per-minute", per_minute, lowest=1, highest=MAX_PER_MINUTE)
    secret, added = new_key(name, days=days, per_minute=per_minute)

    def append(keys: tuple[Key, ...]) -> tuple[Key, ...]:
        if any(key.name == name for key in keys):
            raise KeysError(
                f"NAME: must be new, got {name!r}, which {path} has. "
                f"Run `standpoint keys revoke {name}` first."
            )
        if len(keys) >= MAX_KEYS:
            raise KeysError(f"{path}: must hold at most {MAX_KEYS:,} keys, got as many already.")
        return (*keys, added)

    change_keys(path, append)
    until = f" until {_format_time(added.expires)}" if added.expires else ""
    print(f"{name}: added to {path}, in force{until}. The key is shown this once:", file=sys.stderr)
    print(secret)


def _list(path: Path) -> str:
    keys = load_keys(path)
    if not keys:
        return f"{path}: no keys; every request is refused. Run `standpoint keys add NAME`."
    now = datetime.now(UTC)
    rows = [["name", "created", "expires", "per minute", ""]]
    for key in keys:
        expires = _format_time(key.expires) if key.expires else "never"
        rate = f"{key.per_minute:,}" if key.per_minute else "default"
        state = "in force" if key.is_in_force(now) else "expired"
        rows.append([key.name, _format_time(key.created), expires, rate, state])
    return format_table(rows, right=[3])


def _format_time(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M")


def _revoke(path: Path, name: str) -> None:
    load_keys(path)  # raises where there is no file; change_keys would create one

    def remove(keys: tuple[Key, ...]) -> tuple[Key, ...]:
        names = tuple(key.name for key in keys)
        if name not in names:
            known = ", ".join(names) or "none"
            hint = near_miss(name, names)
            raise KeysError(f"NAME: must be one of {known}, got {name!r}.{hint}")
        return tuple(key for key in keys if key.name != name)

    change_keys(path, remove)
    print(f"{name}: revoked in {path}. Running servers refuse it within a second.")
