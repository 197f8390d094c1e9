"""Splitting of a corpus into train, dev and test; no group is ever on both sides of a split.

The exception is ``official``: the owner's splits are not changed, and the leakage check counts the
groups that they share.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar, assert_never

from standpoint.errors import ConfigError
from train.config import (
    ByActor,
    ByDate,
    ByGroup,
    FewShot,
    KFold,
    LeaveIssueOut,
    LeaveStratumOut,
    Official,
    Protocol,
)
from train.corpora import Record

MAX_FOLDS = 500  # a guess: each fold is a fit, and more would run for hours
RowNumbers = tuple[int, ...]
T = TypeVar("T", str, int)


@dataclass(frozen=True, slots=True)
class Fold:
    """Row numbers to fit on, to calibrate on, and to score, by split name.

    ``refit_with_dev`` asks for another fit on train and dev before test is scored.
    """

    train: RowNumbers
    dev: dict[str, RowNumbers]
    test: dict[str, RowNumbers]
    refit_with_dev: bool = False


def split(records: Sequence[Record], protocol: Protocol, *, seed: int) -> list[Fold]:
    """The folds of a protocol; each record is in one split of a fold at most.

    Raises
    ------
    ConfigError
        the protocol does not fit the corpus: no such split, too few groups, rows without a date
    """
    match protocol:
        case Official():
            folds: Iterable[Fold] = [_official(records, protocol, seed=seed)]
        case ByGroup():
            folds = [_by_group(records, protocol, seed=seed)]
        case ByActor():
            folds = [_by_actor(records, protocol, seed=seed)]
        case ByDate():
            folds = [_by_date(records, protocol)]
        case KFold():
            folds = _k_fold(records, protocol.k, seed=seed)
        case LeaveStratumOut():
            part_of = _parts_of(records, protocol.parts)
            folds = _leave_out(records, "codebook", lambda record: part_of[record.stratum])
        case LeaveIssueOut():
            folds = _leave_out(records, "issue", issue_of)
        case FewShot():
            folds = _few_shot(records, protocol.shots, seed=seed)
        case _ as never:
            assert_never(never)
    return list(folds)


def issue_of(record: Record) -> str | None:
    """The issue of a row, with its codebook where several have issues of the same name.

    Public data sets have one list of issues; each codebook of the seeds has its own.
    """
    if record.issue is None:
        return None
    return f"{record.stratum}/{record.issue}" if record.split == "" else record.issue


def _official(records: Sequence[Record], protocol: Official, *, seed: int) -> Fold:
    splits = [record.split for record in records]
    parts = {name: _rows(splits, name) for name in (protocol.train, *protocol.dev, *protocol.test)}
    for name, numbers in parts.items():
        if not numbers:
            known = ", ".join(sorted(set(splits)))
            raise ConfigError(f"protocol: must name splits of the corpus ({known}), got {name!r}.")
    train = parts[protocol.train]
    dev = {name: parts[name] for name in protocol.dev}
    if protocol.dev_share is not None:
        ranked = _ranked((records[n].group for n in train), seed=seed)
        held_out = set(ranked[: max(1, round(protocol.dev_share * len(ranked)))])
        dev = {"dev": tuple(n for n in train if records[n].group in held_out)}
        train = tuple(n for n in train if records[n].group not in held_out)
        if not train:
            raise ConfigError(
                "protocol.dev_share: must leave groups to train on, got one group in all."
            )
    test = {name: parts[name] for name in protocol.test}
    return Fold(train, dev, test, protocol.refit_with_dev)


def _ranked(names: Iterable[str], *, seed: int) -> list[str]:
    """The distinct names in random order; the same for the same seed."""
    return sorted(set(names), key=lambda name: _draw(seed, name))


def _by_group(records: Sequence[Record], protocol: ByGroup, *, seed: int) -> Fold:
    # Reversed, so that a group belongs to the stratum of its first row.
    stratum_of = {record.group: record.stratum for record in reversed(records)}
    side: dict[str, str] = {}
    for stratum in set(stratum_of.values()):
        groups = (group for group, of_group in stratum_of.items() if of_group == stratum)
        side |= _sides(groups, protocol, seed=seed)
    sides = [side[record.group] for record in records]
    return _three_parts({name: _rows(sides, name) for name in ("train", "dev", "test")})


def _rows(values: Sequence[T], value: T) -> RowNumbers:
    """The numbers of the rows that have a value."""
    return tuple(n for n, of_row in enumerate(values) if of_row == value)


def _sides(names: Iterable[str], shares: ByGroup | ByActor, *, seed: int) -> dict[str, str]:
    """Random assignment of names to test, dev and train; test and dev get at least one each."""
    ranked = _ranked(names, seed=seed)
    n_test = max(1, round(shares.test_share * len(ranked)))
    n_dev = max(1, round(shares.dev_share * len(ranked)))
    return {
        name: "test" if rank < n_test else "dev" if rank < n_test + n_dev else "train"
        for rank, name in enumerate(ranked)
    }


def _three_parts(parts: dict[str, RowNumbers]) -> Fold:
    if not all(parts.values()):
        raise ConfigError(
            f"protocol: must leave rows for train, dev and test, got "
            f"{', '.join(f'{len(part)} {name}' for name, part in parts.items())}. "
            "Change its shares or dates, or use more data."
        )
    return Fold(parts["train"], {"dev": parts["dev"]}, {"test": parts["test"]})


def _by_actor(records: Sequence[Record], protocol: ByActor, *, seed: int) -> Fold:
    side = _sides({r.actor for r in records if r.actor}, protocol, seed=seed)
    sides = [side[record.actor] if record.actor else "train" for record in records]
    return _three_parts(_without_shared_groups(records, sides))


def _without_shared_groups(
    records: Sequence[Record], sides: Sequence[str]
) -> dict[str, RowNumbers]:
    """Train, dev and test rows; a group stays in only one of them, test before dev before train."""
    test, dev, rest = (_rows(sides, name) for name in ("test", "dev", "train"))
    dev = _apart(records, dev, test)
    return {"train": _apart(records, rest, dev + test), "dev": dev, "test": test}


def _apart(records: Sequence[Record], numbers: Iterable[int], others: Iterable[int]) -> RowNumbers:
    """The rows whose group contains none of the others."""
    taken = {records[n].group for n in others}
    return tuple(n for n in numbers if records[n].group not in taken)


def _by_date(records: Sequence[Record], protocol: ByDate) -> Fold:
    undated = [record.id for record in records if not _is_iso(record.date)]
    if undated:
        raise ConfigError(
            f"protocol: must be used on rows with a date YYYY-MM-DD, got {len(undated)} without, "
            f"the first {undated[0]!r}."
        )
    dev_from, test_from = protocol.dev_from.isoformat(), protocol.test_from.isoformat()
    dates = (str(record.date) for record in records)
    sides = ["test" if d >= test_from else "dev" if d >= dev_from else "train" for d in dates]
    parts = _without_shared_groups(records, sides)
    if dev_from == test_from and parts["train"] and parts["test"]:
        return Fold(parts["train"], {}, {"test": parts["test"]})
    return _three_parts(parts)


def _is_iso(day: str | None) -> bool:
    """Whether a string begins with a full ISO 8601 date, so that dates sort as strings."""
    try:
        return day is not None and bool(date.fromisoformat(day[:10]))
    except ValueError:
        return False


def _k_fold(records: Sequence[Record], k: int, *, seed: int) -> Iterator[Fold]:
    groups = _ranked((record.group for record in records), seed=seed)
    if len(groups) < k:
        raise ConfigError(f"protocol.k: must be at most the {len(groups)} groups, got {k}.")
    fold_of = {group: rank % k for rank, group in enumerate(groups)}
    for fold in range(k):
        test = _rows([fold_of[record.group] for record in records], fold)
        yield Fold(_apart(records, range(len(records)), test), {}, {"test": test})


def _leave_out(
    records: Sequence[Record], what: str, name_of: Callable[[Record], str | None]
) -> Iterator[Fold]:
    for name, test in _by_name(records, what, name_of).items():
        train = _apart(records, range(len(records)), test)
        if not train:
            raise ConfigError(
                f"protocol: must leave groups to train on without the {what} {name!r}, got none."
            )
        yield Fold(train, {}, {"left_out": test})


def _parts_of(records: Sequence[Record], n_parts: int | None) -> dict[str, str]:
    """The part of each stratum: its own name, or a number where strata share parts."""
    names = sorted({record.stratum for record in records})
    if n_parts is None:
        return {name: name for name in names}
    if len(names) < n_parts:
        raise ConfigError(
            f"protocol.parts: must be at most the number of codebooks ({len(names)}), "
            f"got {n_parts}."
        )
    return {name: str(number % n_parts) for number, name in enumerate(names)}


def _by_name(
    records: Sequence[Record], what: str, name_of: Callable[[Record], str | None]
) -> dict[str, RowNumbers]:
    rows: dict[str, list[int]] = {}
    for number, record in enumerate(records):
        if (name := name_of(record)) is not None:
            rows.setdefault(name, []).append(number)
    if not 2 <= len(rows) <= MAX_FOLDS:
        raise ConfigError(
            f"protocol: must have from 2 to {MAX_FOLDS} {what}s to leave one out, got {len(rows)}."
        )
    return {name: tuple(numbers) for name, numbers in rows.items()}


def _few_shot(records: Sequence[Record], shots: int, *, seed: int) -> Iterator[Fold]:
    """Train gets the shots, and every group without the issue."""
    has_folds = False
    for numbers in _by_name(records, "issue", issue_of).values():
        ranked = sorted(numbers, key=lambda n: (_draw(seed, records[n].group), n))
        support = tuple(sorted(ranked[:shots]))
        test = _apart(records, numbers, support)
        if test:
            has_folds = True
            others = _apart(records, range(len(records)), numbers)
            yield Fold(tuple(sorted(support + others)), {}, {"test": test})
    if not has_folds:
        raise ConfigError(
            f"protocol.shots: must leave groups to test on, got {shots}, which take every group "
            "of every issue."
        )


def _draw(seed: int, group: str) -> str:
    """A pseudo-random sort key that does not depend on the other groups."""
    return hashlib.sha256(f"{seed}|{group}".encode()).hexdigest()
