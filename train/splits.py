"""Protocols: how train and test are told apart. No group is ever on both sides of one."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import assert_never

from standpoint.errors import ConfigError
from train.config import ByGroup, LeaveStratumOut, Official, Protocol
from train.corpora.record import Record, of_split


@dataclass(frozen=True, slots=True)
class Fold:
    """Numbers of records: to fit on, to calibrate on, and to score, by split name."""

    train: tuple[int, ...]
    dev: dict[str, tuple[int, ...]]
    test: dict[str, tuple[int, ...]]


def split(records: Sequence[Record], protocol: Protocol, *, seed: int) -> list[Fold]:
    """The folds of a protocol; each record is in one split of a fold at most."""
    match protocol:
        case Official():
            return [_official(records, protocol)]
        case ByGroup():
            return [_by_group(records, protocol, seed=seed)]
        case LeaveStratumOut():
            return list(_leave_stratum_out(records))
        case _ as never:
            assert_never(never)


def _official(records: Sequence[Record], protocol: Official) -> Fold:
    parts = {
        name: tuple(of_split(records, [name]))
        for name in (protocol.train, *protocol.dev, *protocol.test)
    }
    for name, numbers in parts.items():
        if not numbers:
            known = ", ".join(sorted({record.split for record in records}))
            raise ConfigError(f"protocol: must name splits of the corpus ({known}), got {name!r}.")
    return Fold(
        parts[protocol.train],
        {name: parts[name] for name in protocol.dev},
        {name: parts[name] for name in protocol.test},
    )


def _by_group(records: Sequence[Record], protocol: ByGroup, *, seed: int) -> Fold:
    side: dict[str, str] = {}
    for groups in _groups_by_stratum(records).values():
        ranked = sorted(groups, key=lambda group: _draw(seed, group))
        n_test = max(1, round(protocol.test_share * len(ranked)))
        n_dev = max(1, round(protocol.dev_share * len(ranked)))
        for place, group in enumerate(ranked):
            side[group] = "test" if place < n_test else "dev" if place < n_test + n_dev else "train"
    parts = {
        name: tuple(n for n, record in enumerate(records) if side[record.group] == name)
        for name in ("train", "dev", "test")
    }
    if not all(parts.values()):
        raise ConfigError(
            f"protocol: must leave rows for train, dev and test, got "
            f"{', '.join(f'{len(part)} {name}' for name, part in parts.items())}. "
            "Lower the shares, or use more articles."
        )
    return Fold(parts["train"], {"dev": parts["dev"]}, {"test": parts["test"]})


def _groups_by_stratum(records: Sequence[Record]) -> dict[str, list[str]]:
    groups: dict[str, dict[str, None]] = {}
    for record in records:
        groups.setdefault(record.stratum, {})[record.group] = None
    return {stratum: list(found) for stratum, found in groups.items()}


def _draw(seed: int, group: str) -> str:
    return hashlib.sha256(f"{seed}|{group}".encode()).hexdigest()


def _leave_stratum_out(records: Sequence[Record]) -> Iterator[Fold]:
    strata = list(_groups_by_stratum(records))
    if len(strata) < 2:
        raise ConfigError(
            f"protocol: must have at least 2 codebooks to leave one out, got {len(strata)}."
        )
    for stratum in strata:
        outside = tuple(n for n, record in enumerate(records) if record.stratum != stratum)
        inside = tuple(n for n, record in enumerate(records) if record.stratum == stratum)
        yield Fold(outside, {}, {"left_out": inside})
