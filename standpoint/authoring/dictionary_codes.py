"""Codes of actor dictionaries, asked for by themselves or by the names of countries."""

import difflib
from collections.abc import Iterable

from standpoint.authoring.actor_kinds import is_country
from standpoint.authoring.cameo import Entry
from standpoint.authoring.state_names import state_names
from standpoint.codebook import fold_name
from standpoint.errors import InputError
from standpoint.validation import show


def find_codes(wanted: Iterable[str], entries: Iterable[Entry]) -> list[str]:
    """Codes, each given as itself or as the name of a country; all that are neither are told."""
    known, names = known_codes(entries), country_names(entries)
    found, faults = [], []
    for word in wanted:
        code = word.upper() if word.upper() in known else names.get(fold_name(word))
        if code is None:
            hint = _near(word, known=known, names=names)
            faults.append(
                f"--codes: must be a code or a country of the dictionary, got {show(word)}.{hint}"
            )
        else:
            found.append(code)
    if faults:
        raise InputError("\n".join(faults))
    return list(dict.fromkeys(found))


def known_codes(entries: Iterable[Entry]) -> set[str]:
    """Every code, and what it begins with in steps of three letters."""
    codes = {role.code for entry in entries for role in entry.roles}
    return {code[:end] for code in codes for end in range(3, len(code) + 3, 3)}


def country_names(entries: Iterable[Entry]) -> dict[str, str]:
    """The folded names of countries with their codes; a name of two countries is none's."""
    found: dict[str, str] = {}
    for entry in entries:
        code = next((r.code for r in reversed(entry.roles) if is_country(r.code)), None)
        for name in state_names(code, entry.names)[0] if code else ():
            if found.setdefault(fold_name(name), code or "") != code:
                found[fold_name(name)] = ""
    return {name: code for name, code in found.items() if code}


def _near(word: str, *, known: set[str], names: dict[str, str]) -> str:
    low = word.casefold()
    close = [code for code in sorted(known) if len(code) == len(word) and _differ(code, low) == 1]
    close = close if len(close) <= 4 else [code for code in close if code in names.values()][:4]
    likely = difflib.get_close_matches(low, names, n=2, cutoff=0.75)
    told = list(dict.fromkeys([*(names[name] for name in likely), *close]))[:4]
    return f" Did you mean {' or '.join(told)}?" if told else ""


def _differ(code: str, word: str) -> int:
    return sum(a != b for a, b in zip(code.casefold(), word, strict=True))
