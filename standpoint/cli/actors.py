"""``standpoint actors``: import actors for a codebook from actor dictionaries."""

import argparse
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from standpoint.authoring import (
    KINDS,
    Dictionary,
    Entry,
    ImportedActors,
    find_codes,
    import_actors,
    read_dictionary,
    role_of,
)
from standpoint.cli.output import (
    add_output_arguments,
    check_output,
    plural,
    print_progress,
    write_output,
)
from standpoint.codebook import entry_table
from standpoint.errors import InputError
from standpoint.validation import short_repr

MAX_ACTORS = 20_000  # the most that a codebook file may hold, see standpoint.codebook


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add ``actors import``."""
    verbs = parser.add_subparsers(dest="what", required=True, metavar="WHAT")
    importing = verbs.add_parser(
        "import", help="actors of a codebook from CAMEO, TABARI or Phoenix .actors files"
    )
    importing.add_argument("files", nargs="+", metavar="FILE", help="a dictionary")
    importing.add_argument(
        "--codes",
        action="append",
        required=True,
        metavar="SYR,RUS",
        help="beginnings of codes (SYR, RUSGOV, IGOUNO), or names of countries",
    )
    importing.add_argument("--date", help="only roles held on this day, as 2013-11-19")
    importing.add_argument(
        "--kind", action="append", choices=KINDS, help="only these; may be repeated"
    )
    add_output_arguments(importing)


def run(args: argparse.Namespace) -> int:
    """Import the chosen actors; report faulty lines and skip them."""
    output = check_output(args.output, force=args.force)
    on = _read_date(args.date)
    dictionaries = [read_dictionary(Path(name)) for name in args.files]
    _report_faults(dictionaries)
    entries = [entry for dictionary in dictionaries for entry in dictionary.entries]
    named = [code.strip() for option in args.codes for code in option.split(",")]
    codes = find_codes([code for code in named if code], entries)
    if not codes:
        raise InputError("--codes: must name a code or a country, got none.")
    _check_dates(entries, codes, on)
    imported = import_actors(entries, codes=codes, on=on, kinds=args.kind or KINDS)
    _check_number(imported, args.kind)
    write_output(_codebook_text(imported, args.files, codes=codes, on=on), output)
    _report_counts(imported)
    # A faulty line without a code may belong to a requested one.
    faulty = [fault.code for dictionary in dictionaries for fault in dictionary.faults]
    has_faults = any(not code or code.startswith(tuple(codes)) for code in faulty)
    return InputError.exit_status if has_faults else 0


def _read_date(text: str | None) -> date | None:
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError:
        raise InputError(f"--date: must be a date as 2013-11-19, got {short_repr(text)}.") from None


def _report_faults(dictionaries: Iterable[Dictionary]) -> None:
    """Print every faulty line; refuse a file without an entry."""
    empty = []
    for dictionary in dictionaries:
        for fault in sorted(dictionary.faults, key=lambda fault: fault.line):
            print(f"{dictionary.where}:{fault.line}: {fault.text}", file=sys.stderr)
        if not dictionary.entries:
            empty.append(f"{dictionary.where}: must hold a name with a code, got none.")
    if empty:
        raise InputError("\n".join(empty))


def _check_dates(entries: Iterable[Entry], codes: list[str], on: date | None) -> None:
    """Warn of each code without a role on the date; refuse where it is the only code."""
    for code in codes:
        of_code = [e for e in entries if any(r.code.startswith(code) for r in e.roles)]
        if any(role_of(entry, codes=[code], on=on) for entry in of_code):
            continue
        when = f"in force on {on}" if on else "whose end is open"
        fault = f"must have an entry {when}, got none of {len(of_code)} under {code}"
        if len(codes) == 1:
            raise InputError(f"--date: {fault}. Choose another date.")
        print_progress(f"--date: {fault}.")


def _check_number(imported: ImportedActors, kinds: list[str] | None) -> None:
    if not imported.actors:
        chosen = f" of the kind {' or '.join(kinds)}" if kinds else ""
        raise InputError(f"--codes: must choose an actor{chosen}, got none.")
    if len(imported.actors) > MAX_ACTORS:
        raise InputError(
            f"--codes: must choose at most {MAX_ACTORS:,} actors, got {len(imported.actors):,}. "
            "Choose fewer codes, or --kind."
        )


def _codebook_text(
    imported: ImportedActors, files: list[str], *, codes: list[str], on: date | None
) -> str:
    when = f"as of {on}" if on else "roles whose end is open"
    head = (
        f"# {len(imported.actors)} actors of {', '.join(codes)}, {when},\n"
        f"# from {', '.join(Path(name).name for name in files)}.\n"
        "# To make it a codebook, put a name and a title above, and issues below.\n"
    )
    tables = (entry_table(a, note=imported.codes[a.id]) for a in imported.actors)
    return "\n".join([head, *tables])


def _report_counts(imported: ImportedActors) -> None:
    """Print how many actors of each kind were imported, and how many names were left out."""
    by_kind = {k: sum(a.kind == k for a in imported.actors) for k in KINDS}
    counts = ", ".join(f"{number} {kind}" for kind, number in by_kind.items() if number)
    print_progress(f"{len(imported.actors)} actors: {counts}.")
    for number, noun, reason in (
        (imported.shared, "name", "that two actors would share dropped from both"),
        (imported.places, "name", "of places and peoples left out of states"),
        (imported.unnamed, "actor", "left out that had no name of their own"),
    ):
        if number:
            print_progress(f"{plural(number, noun)} {reason}.")
