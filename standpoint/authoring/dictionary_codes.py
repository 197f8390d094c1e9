"""CAMEO codes of actor dictionaries, looked up as themselves or by the name of a country."""

import difflib
from collections.abc import Iterable

from standpoint.authoring.actor_kinds import is_country
from standpoint.authoring.cameo import Entry
from standpoint.authoring.state_names import state_names
from standpoint.codebook import fold_name
from standpoint.errors import InputError
from standpoint.validation import short_repr

MAX_HINTS = 4  # of "Did you mean": more do not help
MIN_SIMILARITY = 0.75  # of a country's name, by difflib's ratio; set by hand


def find_codes(words: Iterable[str], entries: Iterable[Entry]) -> list[str]:
    """The codes that words name, without duplicates.

    Parameters
    ----------
    words : each a code of the dictionary or the name of a country

    Raises
    ------
    InputError
        some words are neither; the message lists all of them
    """
    known, names = known_codes(entries), country_codes(entries)
    codes = {w: w.upper() if w.upper() in known else names.get(fold_name(w), "") for w in words}
    faults = [
        "--codes: must be a code or a country of the dictionary, "
        f"got {short_repr(word)}.{_hint(word, known=known, names=names)}"
        for word, code in codes.items()
        if not code
    ]
    if faults:
        raise InputError("\n".join(faults))
    return list(dict.fromkeys(codes.values()))


def known_codes(entries: Iterable[Entry]) -> set[str]:
    """Every code, and its prefixes in steps of three letters."""
    codes = {role.code for entry in entries for role in entry.roles}
    return {code[:end] for code in codes for end in range(3, len(code) + 3, 3)}


def country_codes(entries: Iterable[Entry]) -> dict[str, str]:
    """The folded names of countries with their codes, without names that two countries share."""
    codes: dict[str, str] = {}
    for entry in entries:
        code = next((r.code for r in reversed(entry.roles) if is_country(r.code)), None)
        for name in state_names(code, entry.names)[0] if code else ():
            if codes.setdefault(fold_name(name), code or "") != code:
                codes[fold_name(name)] = ""
    return {name: code for name, code in codes.items() if code}


def _hint(word: str, *, known: set[str], names: dict[str, str]) -> str:
    """Codes of countries with similar names, and codes that differ in one letter."""
    low = word.casefold()
    close = [c for c in sorted(known) if len(c) == len(word) and _n_differences(c, low) == 1]
    if len(close) > MAX_HINTS:
        close = [code for code in close if code in names.values()][:MAX_HINTS]
    similar = difflib.get_close_matches(low, names, n=2, cutoff=MIN_SIMILARITY)
    hints = list(dict.fromkeys([*(names[name] for name in similar), *close]))[:MAX_HINTS]
    return f" Did you mean {' or '.join(hints)}?" if hints else ""


def _n_differences(code: str, word: str) -> int:
    return sum(a != b for a, b in zip(code.casefold(), word, strict=True))
