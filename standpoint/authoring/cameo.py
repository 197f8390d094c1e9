"""Parser of actor dictionaries in the format of TABARI, CAMEO and Phoenix (``.actors``).

::

    SERGEY_LAVROV_   ; a comment
    +SERGEI_LAVROV_
        [RUSGOV 19940922-20040712]
        [RUSGOV >20040309]

An entry is a name, aliases after ``+``, and codes of three letters a step, each with the days on
which it holds: a range, ``>`` from a day on, ``<`` before a day, or always. Two digits of a year
mean 1931 to 2030. ``[---]`` is a name without a role. A code may also follow its name in the same
line, and names in consecutive lines without ``+`` share the next code.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from standpoint.errors import InputError
from standpoint.files import read_bytes
from standpoint.validation import short_repr

NO_ROLE = "---"
FIRST_SHORT_YEAR = 31  # two digits from here on are of the 20th century
_CODE = re.compile(r"\[\s*([A-Z0-9]+|---)\s*(?:([<>])\s*(\d+)|(\d+)\s*-\s*(\d+))?\s*\]")
_BRACKETS = re.compile(r"\[[^\[\]]*\]?|\]")
_COMMENT = re.compile(r"[;#].*")
_LETTERS = re.compile(r"\s*\[?\s*([A-Z0-9]{3,})")
_UNREADABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffd\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Role:
    """A code and the first and last day on which it holds; None where an end is open."""

    code: str
    first: date | None = None
    last: date | None = None

    def holds(self, on: date | None) -> bool:
        """Whether the role holds on a day; without a day, whether its end is open."""
        if on is None:
            return self.last is None
        return (self.first is None or self.first <= on) and (self.last is None or on <= self.last)

    @property
    def steps(self) -> list[str]:
        """The steps of the code, three letters each."""
        return [self.code[at : at + 3] for at in range(0, len(self.code), 3)]

    @property
    def is_dated(self) -> bool:
        """Whether an end of it is known."""
        return self.first is not None or self.last is not None


@dataclass(slots=True)
class Entry:
    """One actor of a dictionary; its names as printed there, without underscores."""

    names: list[str]
    roles: list[Role] = field(default_factory=list)
    line: int = 0
    has_code: bool = False
    has_alias: bool = False


@dataclass(slots=True)
class LineFault:
    """A line that cannot be parsed, and the code it belongs to (empty if unknown)."""

    line: int
    text: str
    code: str = ""


@dataclass(slots=True)
class Dictionary:
    """The entries of a file, without its faulty lines."""

    where: str
    entries: list[Entry] = field(default_factory=list)
    faults: list[LineFault] = field(default_factory=list)


def read_dictionary(path: Path) -> Dictionary:
    """Read a dictionary in UTF-8, or in Latin-1 where it is not valid UTF-8."""
    content = read_bytes(path, name="dictionary", error=InputError)
    try:
        source = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        source = content.decode("latin-1")
    return parse_dictionary(source, where=str(path))


def parse_dictionary(source: str, *, where: str) -> Dictionary:
    """Parse the entries of a dictionary, and report its faulty lines.

    >>> dictionary = parse_dictionary("ANA_KOVAC\\n+KOVAC\\n\\t[VALGOV >20040101]", where="x")
    >>> dictionary.entries[0].names, dictionary.entries[0].roles[0].code
    (['ANA KOVAC', 'KOVAC'], 'VALGOV')
    """
    parser = _Parser(Dictionary(where))
    for number, line in _lines(source):
        parser.feed(number, line)
    parser.finish()
    return parser.dictionary


def _lines(source: str) -> Iterator[tuple[int, str]]:
    """Numbered lines without comments; a code that continues in the next line is joined."""
    open_line: tuple[int, str] | None = None
    for number, raw in enumerate(source.split("\n"), 1):
        line = _COMMENT.sub("", raw).rstrip() if ";" in raw or "#" in raw else raw
        if not line.strip() and raw.strip():
            continue  # a comment, unlike an empty line, separates no entries
        if open_line is not None:
            if "[" not in line and "]" in line:
                yield open_line[0], open_line[1] + line.strip()
                open_line = None
                continue
            yield open_line
            open_line = None
        if line.count("[") > line.count("]"):
            open_line = (number, line)
        else:
            yield number, line
    if open_line is not None:
        yield open_line


class _Parser:
    """Collects lines into entries."""

    def __init__(self, dictionary: Dictionary) -> None:
        self.dictionary = dictionary
        self.entry: Entry | None = None
        self.after_empty_line = False
        self.without_code: list[LineFault] = []  # faults that get the next code

    def feed(self, number: int, line: str) -> None:
        if not line.strip():
            self.after_empty_line = True
            return
        head, bracket, _ = line.partition("[")
        if "]" in head:
            self._report(number, f"must open its bracket, got {short_repr(line.strip())}.", head)
            return
        name = " ".join(head.replace("_", " ").split())
        if name.startswith("+"):
            self._add_alias(number, name[1:].strip())
        elif name:
            self._add_name(number, name)
        if bracket:
            self._add_codes(number, line[len(head) :])
        self.after_empty_line = False

    def finish(self) -> None:
        self._close_entry()
        if self.dictionary.entries:
            self._assign_code(self.dictionary.entries[-1].roles[-1].code)

    def _add_name(self, number: int, name: str) -> None:
        names = [name] if self._is_readable(number, name) else []
        entry = self.entry
        if entry is None or entry.has_code or self.after_empty_line or not _is_alias(entry, name):
            self._close_entry()
            self.entry = Entry(names, line=number)
        else:
            entry.names += names

    def _add_alias(self, number: int, name: str) -> None:
        if self.entry is None:
            self._report(number, f"must follow a name, got {short_repr('+' + name)}.")
        elif not name:
            self._report(number, "must hold a name after the +, got none.")
        elif self._is_readable(number, name):
            self.entry.names.append(name)
        if self.entry is not None:
            self.entry.has_alias = True

    def _add_codes(self, number: int, text: str) -> None:
        for match in _BRACKETS.finditer(text):
            try:
                role = read_role(match.group())
            except ValueError as error:
                self._report(number, str(error), match.group())
                role = None
            if self.entry is not None:
                self.entry.has_code = True
                if role is not None and role.code != NO_ROLE:
                    self._assign_code(role.code)
                    self.entry.roles.append(role)
            elif role is not None:
                self._report(number, f"must follow a name, got the code {role.code}.", role.code)

    def _assign_code(self, code: str) -> None:
        """Assign a code to the faults so far that have none."""
        for fault in self.without_code:
            fault.code = code
        self.without_code.clear()

    def _close_entry(self) -> None:
        entry, self.entry = self.entry, None
        if entry is None:
            return
        if entry.roles:
            self._assign_code(entry.roles[0].code)
        if not entry.has_code and entry.names:
            self._report(
                entry.line, f"must have a code, got none for {short_repr(entry.names[0])}."
            )
        if entry.names and entry.roles:
            self.dictionary.entries.append(entry)

    def _is_readable(self, number: int, name: str) -> bool:
        if _UNREADABLE.search(name):
            self._report(number, f"must be letters that can be read, got {short_repr(name)}.")
            return False
        return True

    def _report(self, number: int, text: str, code: str = "") -> None:
        letters = _LETTERS.match(code)
        fault = LineFault(number, text, letters.group(1) if letters else "")
        self.dictionary.faults.append(fault)
        if not fault.code:
            self.without_code.append(fault)


def _is_alias(entry: Entry, name: str) -> bool:
    """Whether a name without ``+`` is an alias of the entry above it."""
    return not (entry.has_alias and entry.names) or entry.names[0].split()[-1] in name.split()


def read_role(text: str) -> Role:
    """Parse a code in brackets with its days.

    >>> read_role("[RUSGOV >20040309]").first
    datetime.date(2004, 3, 9)
    """
    match = _CODE.fullmatch(text)
    if match is None:
        raise ValueError(f"must be a code as [RUSGOV 040309-120507], got {short_repr(text)}.")
    code, sign, bound, first, last = match.groups()
    if sign == ">":
        return Role(code, first=read_day(bound))
    if sign == "<":
        day = read_day(bound).toordinal()
        return Role(code, last=date.fromordinal(max(1, day - 1)))
    if first is None:
        return Role(code)
    begin, end = read_day(first), read_day(last)
    if end < begin:
        raise ValueError(f"must end after it begins, got {first}-{last}.")
    return Role(code, begin, end)


def read_day(text: str) -> date:
    """Parse a day as ``20040309`` or ``040309``."""
    year = text[:-4]
    try:
        if len(text) == 6:
            year = f"{'19' if int(year) >= FIRST_SHORT_YEAR else '20'}{year}"
        elif len(text) != 8:
            raise ValueError
        return date(int(year), int(text[-4:-2]), int(text[-2:]))
    except ValueError:
        raise ValueError(f"must be a date as 20040309 or 040309, got {text}.") from None
