"""Actor dictionaries in the format of TABARI, CAMEO and Phoenix (``.actors``).

::

    SERGEY_LAVROV_   ; a comment
    +SERGEI_LAVROV_
        [RUSGOV 19940922-20040712]
        [RUSGOV >20040309]

A name, other names of the same actor after ``+``, and codes of three letters a step, each with the
days on which it holds: a range, ``>`` from a day on, ``<`` before a day, or always. Two digits of a
year stand for 1931 to 2030. ``[---]`` is a name without a role. A code may also stand behind its
name, and names in a row that lack the ``+`` share the code that follows.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from standpoint.errors import InputError
from standpoint.validation import show

NO_ROLE = "---"
FIRST_SHORT_YEAR = 31
_CODE = re.compile(r"\[\s*([A-Z0-9]+|---)\s*(?:([<>])\s*(\d+)|(\d+)\s*-\s*(\d+))?\s*\]")
_BRACKETS = re.compile(r"\[[^\[\]]*\]?|\]")
_COMMENT = re.compile(r"[;#].*")
_LETTERS = re.compile(r"\s*\[?\s*([A-Z0-9]{3,})")
_UNREADABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffd\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Role:
    """A code and the days, both inclusive, on which it holds; None where an end is open."""

    code: str
    first: date | None = None
    last: date | None = None

    def holds(self, on: date | None) -> bool:
        """Whether the role holds on a day; without a day, whether its end is open."""
        if on is None:
            return self.last is None
        return (self.first is None or self.first <= on) and (self.last is None or on <= self.last)

    @property
    def is_dated(self) -> bool:
        """Whether it holds in some days only."""
        return self.first is not None or self.last is not None


@dataclass(slots=True)
class Entry:
    """One actor of a dictionary, its names as they are written, without underscores."""

    names: list[str]
    roles: list[Role] = field(default_factory=list)
    line: int = 0
    has_code: bool = False
    has_alias: bool = False


@dataclass(slots=True)
class LineFault:
    """A line that cannot be used, and the code it belongs to."""

    line: int
    text: str
    code: str = ""


@dataclass(slots=True)
class Dictionary:
    """What a file holds; faulty lines are left out of ``entries``."""

    where: str
    entries: list[Entry] = field(default_factory=list)
    faults: list[LineFault] = field(default_factory=list)


def read_dictionary(path: Path) -> Dictionary:
    """Read a file: UTF-8, or Latin-1 where it is none."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise InputError(f"{path}: the dictionary must exist, got no such file.") from None
    except OSError as error:
        raise InputError(f"{path}: must be a readable file, got {error.strerror}.") from None
    try:
        source = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        source = content.decode("latin-1")
    return parse_dictionary(source, where=str(path))


def parse_dictionary(source: str, *, where: str) -> Dictionary:
    """The entries and the faulty lines of a dictionary.

    >>> found = parse_dictionary("ANA_KOVAC\\n+KOVAC\\n\\t[VALGOV >20040101]", where="x")
    >>> found.entries[0].names, found.entries[0].roles[0].code
    (['ANA KOVAC', 'KOVAC'], 'VALGOV')
    """
    reader = _Reader(Dictionary(where))
    for number, line in _lines(source):
        reader.take(number, line)
    reader.finish()
    return reader.found


def _lines(source: str) -> Iterator[tuple[int, str]]:
    """Lines without comments; a code that goes on in the next line is put together."""
    held: tuple[int, str] | None = None
    for number, written in enumerate(source.split("\n"), 1):
        line = _COMMENT.sub("", written).rstrip() if ";" in written or "#" in written else written
        if not line.strip() and written.strip():
            continue  # a comment parts nothing
        if held is not None:
            if "[" not in line and "]" in line:
                yield held[0], held[1] + line.strip()
                held = None
                continue
            yield held
            held = None
        if line.count("[") > line.count("]"):
            held = (number, line)
        else:
            yield number, line
    if held is not None:
        yield held


class _Reader:
    """Puts lines together into entries."""

    def __init__(self, found: Dictionary) -> None:
        self.found = found
        self.entry: Entry | None = None
        self.parted = False
        self.waiting: list[LineFault] = []  # for the next code, which they belong to

    def take(self, number: int, line: str) -> None:
        if not line.strip():
            self.parted = True
            return
        head, bracket, _ = line.partition("[")
        if "]" in head:
            self._complain(number, f"must open its bracket, got {show(line.strip())}.", head)
            return
        name = _plain(head)
        if name.startswith("+"):
            self._alias(number, name[1:].strip())
        elif name:
            self._name(number, name)
        if bracket:
            self._codes(number, line[len(head) :])
        self.parted = False

    def finish(self) -> None:
        self._close()
        if self.found.entries:
            self._settle(self.found.entries[-1].roles[-1].code)

    def _name(self, number: int, name: str) -> None:
        names = [name] if self._is_readable(number, name) else []
        entry = self.entry
        if entry is not None and not entry.has_code and not self.parted and _belongs(entry, name):
            entry.names += names
            return
        self._close()
        self.entry = Entry(names, line=number)

    def _alias(self, number: int, name: str) -> None:
        if self.entry is None:
            self._complain(number, f"must follow a name, got {show('+' + name)}.")
        elif not name:
            self._complain(number, "must hold a name after the +, got none.")
        elif self._is_readable(number, name):
            self.entry.names.append(name)
        if self.entry is not None:
            self.entry.has_alias = True

    def _codes(self, number: int, text: str) -> None:
        for match in _BRACKETS.finditer(text):
            try:
                role = read_role(match.group())
            except ValueError as error:
                self._complain(number, str(error), match.group())
            else:
                self._add(number, role)
            if self.entry is not None:
                self.entry.has_code = True

    def _add(self, number: int, role: Role) -> None:
        if self.entry is None:
            self._complain(number, f"must follow a name, got the code {role.code}.", role.code)
            return
        if role.code != NO_ROLE:
            self._settle(role.code)
            self.entry.roles.append(role)

    def _settle(self, code: str) -> None:
        """Give the faults so far that lack a code the one they stand by."""
        for fault in self.waiting:
            fault.code = code
        self.waiting.clear()

    def _close(self) -> None:
        entry, self.entry = self.entry, None
        if entry is None:
            return
        if entry.roles:
            self._settle(entry.roles[0].code)
        if not entry.has_code and entry.names:
            self._complain(entry.line, f"must have a code, got none for {show(entry.names[0])}.")
        if entry.names and entry.roles:
            self.found.entries.append(entry)

    def _is_readable(self, number: int, name: str) -> bool:
        if _UNREADABLE.search(name):
            self._complain(number, f"must be letters that can be read, got {show(name)}.")
            return False
        return True

    def _complain(self, number: int, text: str, code: str = "") -> None:
        letters = _LETTERS.match(code)
        fault = LineFault(number, text, letters.group(1) if letters else "")
        self.found.faults.append(fault)
        if not fault.code:
            self.waiting.append(fault)


def _plain(name: str) -> str:
    return " ".join(name.replace("_", " ").split())


def _belongs(entry: Entry, name: str) -> bool:
    """Whether a name that lacks its ``+`` is another one of the entry above it."""
    if not entry.has_alias or not entry.names:
        return True
    return entry.names[0].split()[-1] in name.split()


def read_role(text: str) -> Role:
    """A code in brackets with its days.

    >>> read_role("[RUSGOV >20040309]").first
    datetime.date(2004, 3, 9)
    """
    match = _CODE.fullmatch(text)
    if match is None:
        raise ValueError(f"must be a code as [RUSGOV 040309-120507], got {show(text)}.")
    code, sign, bound, first, last = match.groups()
    if sign == ">":
        return Role(code, first=read_day(bound))
    if sign == "<":
        day = read_day(bound).toordinal()
        return Role(code, last=date.fromordinal(max(1, day - 1)))
    if first is None:
        return Role(code)
    role = Role(code, read_day(first), read_day(last))
    if role.first and role.last and role.last < role.first:
        raise ValueError(f"must end after it begins, got {first}-{last}.")
    return role


def read_day(text: str) -> date:
    """A day as ``20040309`` or ``040309``."""
    year = text[:-4]
    try:
        if len(text) == 6:
            year = f"{'19' if int(year) >= FIRST_SHORT_YEAR else '20'}{year}"
        elif len(text) != 8:
            raise ValueError
        return date(int(year), int(text[-4:-2]), int(text[-2:]))
    except ValueError:
        raise ValueError(f"must be a date as 20040309 or 040309, got {text}.") from None
