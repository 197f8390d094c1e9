"""``standpoint actors``: actors of a codebook out of actor dictionaries."""

import argparse
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from standpoint.authoring import (
    KINDS,
    Dictionary,
    Entry,
    Imported,
    find_codes,
    import_actors,
    read_dictionary,
    role_of,
)
from standpoint.cli.folders import say
from standpoint.cli.output import check_output, put
from standpoint.codebook import actor_table
from standpoint.errors import InputError
from standpoint.validation import show

MAX_ACTORS = 20_000  # a codebook takes no more


def run(args: argparse.Namespace) -> int:
    """Import the chosen actors; faulty lines are told and left out."""
    output = check_output(args.output, force=args.force)
    on = read_date(args.date)
    dictionaries = [read_dictionary(Path(name)) for name in args.files]
    tell_faults(dictionaries)
    entries = [entry for found in dictionaries for entry in found.entries]
    wanted = [word.strip() for words in args.codes for word in words.split(",")]
    codes = find_codes([word for word in wanted if word], entries)
    if not codes:
        raise InputError("--codes: must name a code or a country, got none.")
    _check_any(entries, codes, on)
    imported = import_actors(entries, codes=codes, on=on, kinds=args.kind or KINDS)
    _check_number(imported, args.kind)
    put(_file(imported, args.files, codes=codes, on=on), output)
    tell(imported)
    return InputError.exit_status if _touched(dictionaries, codes) else 0


def read_date(given: str | None) -> date | None:
    """A day, or None where none was given."""
    try:
        return None if given is None else date.fromisoformat(given)
    except ValueError:
        raise InputError(f"--date: must be a date as 2013-11-19, got {show(given)}.") from None


def tell_faults(dictionaries: Iterable[Dictionary]) -> None:
    """Tell every faulty line; a file without an entry is refused."""
    empty = []
    for found in dictionaries:
        for fault in sorted(found.faults, key=lambda fault: fault.line):
            print(f"{found.where}:{fault.line}: {fault.text}", file=sys.stderr)
        if not found.entries:
            empty.append(f"{found.where}: must hold a name with a code, got none.")
    if empty:
        raise InputError("\n".join(empty))


def _touched(dictionaries: Iterable[Dictionary], codes: list[str]) -> bool:
    """Whether a faulty line belongs to a code that was asked for."""
    told = [fault.code for found in dictionaries for fault in found.faults]
    return any(not code or code.startswith(tuple(codes)) for code in told)


def _check_any(entries: Iterable[Entry], codes: list[str], on: date | None) -> None:
    for code in codes:
        of_code = [e for e in entries if any(r.code.startswith(code) for r in e.roles)]
        if any(role_of(entry, codes=[code], on=on) for entry in of_code):
            continue
        when = f"in force on {on}" if on else "whose end is open"
        told = f"must have an entry {when}, got none of {len(of_code)} under {code}"
        if len(codes) == 1:
            raise InputError(f"--date: {told}. Choose another date.")
        say(f"--date: {told}.")


def _check_number(imported: Imported, kinds: list[str] | None) -> None:
    if not imported.actors:
        chosen = f" of the kind {' or '.join(kinds)}" if kinds else ""
        raise InputError(f"--codes: must choose an actor{chosen}, got none.")
    if len(imported.actors) > MAX_ACTORS:
        raise InputError(
            f"--codes: must choose at most {MAX_ACTORS:,} actors, got {len(imported.actors):,}. "
            "Choose fewer codes, or --kind."
        )


def _file(imported: Imported, files: list[str], *, codes: list[str], on: date | None) -> str:
    when = f"as of {on}" if on else "roles whose end is open"
    head = (
        f"# {len(imported.actors)} actors of {', '.join(codes)}, {when},\n"
        f"# from {', '.join(Path(name).name for name in files)}.\n"
        "# To make it a codebook, put a name and a title above, and issues below.\n"
    )
    tables = (actor_table(a, note=imported.codes[a.id]) for a in imported.actors)
    return "\n".join([head, *tables])


def tell(imported: Imported) -> None:
    """Count the actors, and what was left out."""
    by_kind = {k: sum(a.kind == k for a in imported.actors) for k in KINDS}
    counts = ", ".join(f"{number} {kind}" for kind, number in by_kind.items() if number)
    say(f"{len(imported.actors)} actors: {counts}.")
    for number, name, fate in (
        (imported.shared, "name", "that two actors would share dropped from both"),
        (imported.places, "name", "of places and peoples left out of states"),
        (imported.unnamed, "actor", "left out that had no name of their own"),
    ):
        if number:
            say(f"{number} {name}{'s' if number > 1 else ''} {fate}.")
