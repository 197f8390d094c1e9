"""``standpoint data get``: download public data sets into ``STANDPOINT_DATA``."""

import argparse
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from standpoint.cli.downloads.progress import ProgressPrinter, format_size
from standpoint.cli.output import format_table, print_progress
from standpoint.errors import CorpusError, InputError
from standpoint.validation import near_miss
from train.corpora import data_folder
from train.downloads import (
    BUNDLES,
    DataSet,
    Fetcher,
    FileStates,
    file_states,
    install,
    load_catalog,
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the names, and how to treat licences and files that are there."""
    bundles = "; ".join(f"{name}: {', '.join(sets)}" for name, sets in BUNDLES.items())
    parser.add_argument(
        "names",
        nargs="+",
        metavar="NAME",
        help=f"data sets of docs/data.md, or several ({bundles})",
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="list what would be downloaded, and its size"
    )
    parser.add_argument("--yes", action="store_true", help="accept the licences without a question")
    parser.add_argument(
        "--force", action="store_true", help="replace files that differ from the published ones"
    )
    parser.add_argument(
        "--catalog", metavar="FOLDER", help="another catalogue of addresses, as of a mirror"
    )


def run(args: argparse.Namespace) -> None:
    """Download each set, or list what would be; those by hand are explained at the end.

    Raises
    ------
    InputError
        a name is unknown, or a licence is not accepted
    CorpusError
        a set cannot be downloaded, or only by hand
    """
    data_sets = _named(args.names, load_catalog(args.catalog and Path(args.catalog)))
    if args.dry_run:
        print(_plan(data_sets, _folder(make=False)))
        return
    root = _folder(make=True)
    states = {data_set.name: file_states(data_set, root) for data_set in data_sets}
    for data_set in data_sets:
        _require_consent(data_set, states[data_set.name], yes=args.yes)
    by_hand = []
    for data_set in data_sets:
        if data_set.by_hand:
            by_hand.append(data_set)
        else:
            _get(data_set, root, force=args.force)
    if by_hand:
        raise CorpusError("\n".join(_by_hand(data_set, root) for data_set in by_hand))


def _named(names: Sequence[str], catalog: dict[str, DataSet]) -> list[DataSet]:
    chosen: dict[str, DataSet] = {}
    for name in names:
        for member in BUNDLES.get(name, (name,)):
            if member not in catalog:
                known = (*catalog, *BUNDLES)
                raise InputError(
                    f"NAME: must be one of {', '.join(known)}, got {name!r}."
                    f"{near_miss(name, known)}"
                )
            chosen[member] = catalog[member]
    return list(chosen.values())


def _folder(*, make: bool) -> Path:
    """The folder that STANDPOINT_DATA names, even where it is not there yet."""
    name = os.environ.get("STANDPOINT_DATA")
    if name and not Path(name).exists():
        if not make:
            return Path(name)
        with suppress(OSError):  # `data_folder` says what is wrong
            Path(name).mkdir(parents=True)
    return data_folder()


def _get(data_set: DataSet, root: Path, *, force: bool) -> None:
    progress = ProgressPrinter(data_set.name, data_set.download_bytes)
    print_progress(f"{data_set.name}: {data_set.licence} ({data_set.licence_page})")
    try:
        count = install(data_set, root, fetcher=Fetcher(progress), force=force)
    finally:
        progress.close()
    files = "1 file" if len(data_set.pins) == 1 else f"{len(data_set.pins):,} files"
    how = f"{count:,} downloaded" if count else "all were here"
    print(f"{data_set.name}: {files} in {root / data_set.name}, sha256 as pinned ({how})")
    print(f"  cite: {data_set.cite}")
    if data_set.note:
        print(f"  {data_set.note}")


def _require_consent(data_set: DataSet, states: FileStates, *, yes: bool) -> None:
    """Show the licence of a set that wants to be read first, and ask."""
    if yes or not data_set.read_first or not (states.missing or states.different):
        return
    print_progress(
        f"{data_set.name}: {data_set.licence}: {data_set.read_first}.\n"
        f"  Read first: {data_set.licence_page}"
    )
    if not sys.stdin.isatty():
        raise InputError(
            f"--yes: must be there to accept the terms of {data_set.name}, got no terminal to ask "
            f"on. Read {data_set.licence_page}, then run the command again with --yes."
        )
    print("  Do you accept these terms? [y/N] ", end="", file=sys.stderr, flush=True)
    if sys.stdin.readline().strip().lower() not in ("y", "yes"):
        raise InputError(f"{data_set.name}: the terms were not accepted. Nothing was downloaded.")


def _by_hand(data_set: DataSet, root: Path) -> str:
    return (
        f"standpoint data get {data_set.name}: must be downloaded by hand. {data_set.by_hand} into "
        f"{root / data_set.name}. Licence: {data_set.licence} ({data_set.licence_page})."
    )


def _plan(data_sets: Sequence[DataSet], root: Path) -> str:
    rows = [["set", "to get", "here", "different", "download", "licence"]]
    sizes, addresses = [], []
    for data_set in data_sets:
        states = file_states(data_set, root)
        size = _bytes_to_download(data_set, states)
        sizes.append(size)
        addresses.append(f"{data_set.name}: {_where_from(data_set, root)}")
        rows.append(
            [
                data_set.name,
                f"{len(states.missing):,}",
                f"{len(states.here):,}",
                f"{len(states.different):,}",
                "unknown" if size is None else format_size(size),
                data_set.licence,
            ]
        )
    more = ", and what the hosts do not state before" if None in sizes else ""
    total = format_size(sum(size or 0 for size in sizes))
    return "\n".join(
        [
            format_table(rows, right=range(1, 5)),
            f"\nto download: {total}{more}, into {root}\n",
            *addresses,
        ]
    )


def _where_from(data_set: DataSet, root: Path) -> str:
    if data_set.by_hand:
        return f"by hand. {data_set.by_hand} into {root / data_set.name}."
    return data_set.archive or data_set.base or ", ".join(s.address for s in data_set.sources)


def _bytes_to_download(data_set: DataSet, states: FileStates) -> int | None:
    wanted = (*states.missing, *states.different)
    if data_set.archive or data_set.convert:
        return data_set.download_bytes if wanted else 0
    return sum(pin.size for pin in wanted)
