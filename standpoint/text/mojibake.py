"""Mojibake: text that was decoded by the wrong encoding ("MÃ¼ller" for "Müller")."""

import re
from dataclasses import dataclass
from itertools import islice

from standpoint.lexicon.function_words import FUNCTION_WORDS

# What UTF-8 bytes from 0x80 to 0xBF become in Windows-1252; the five that it lacks stay controls.
_CONTINUATION = "\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
_PUNCTUATION = "…‘’“”•–—‹›«»„‚·"
# UTF-8 read as Windows-1252 or Latin-1: Latin letters with accents; signs; curly marks and dashes;
# emoji. A mark of punctuation is only the second half of a letter where another letter follows:
# French, Portuguese and German texts have a capital before a closing mark ("Ã”", "Ä“").
_LATIN = rf"[ÃÄÅÆÇÈÉÊË](?![{_PUNCTUATION}])[{_CONTINUATION}]|[ÃÄÅ][{_PUNCTUATION}](?=[a-zà-ÿ])"
_WESTERN = rf"{_LATIN}|Â[\xa0-\xbf]|â(?:€[{_CONTINUATION}]|\x80[\x80-\xbf])|ï»¿|ðŸ[{_CONTINUATION}]"
# Two letters of another script in a row: Greek, Cyrillic, Hebrew, Arabic.
_OTHER_SCRIPT = rf"(?:[ÎÏÐÑ×ØÙÚÛ][{_CONTINUATION}]){{3,}}"
# UTF-8 read as Mac Roman ("√º", "‚Äô") or as code page 437 ("├╝", "ΓÇÖ").
_OTHER_PAGES = r"(?<=\w)√[^\s\w.,()]|‚Ä\S|(?<=\w)[├┬][^\s─]|ΓÇ[^\s]"
# Quoted-printable mail that nobody decoded, and letters that became question marks ("M?ller").
_UNDECODED = r"=(?:C[23]|E2=80)=[89AB][0-9A-F]"
_MOJIBAKE = re.compile(
    rf"\ufffd|[\x80-\x84\x86-\x9f]|{_WESTERN}|{_OTHER_SCRIPT}|{_OTHER_PAGES}|{_UNDECODED}"
)
_LOST_LETTER = re.compile(r"(?<![^\s\"'“‘(])[A-Za-z]{1,20}\?([a-z]{2,20})(?![\w/=?&])")
# One question mark within a word may be a typing error; several words with one are not.
MIN_LOST_LETTERS = 2
# By which encoding a text may have been read, and by which it was written.
_DECODINGS = (
    ("cp1252", "utf-8"),
    ("latin-1", "cp1252"),
    ("mac_roman", "utf-8"),
    ("cp437", "utf-8"),
)
_WORD_START, _WORD_END = re.compile(r"\S{0,30}$"), re.compile(r"\S{0,30}")


@dataclass(frozen=True, slots=True)
class Mojibake:
    """A word that looks wrongly decoded.

    Attributes
    ----------
    start : offset of the word
    word : as it stands in the text
    repaired : as it was probably written; None where that is lost
    """

    start: int
    word: str
    repaired: str | None


def find_mojibake(text: str) -> Mojibake | None:
    """The first word of a text that looks wrongly decoded, if there is one.

    >>> find_mojibake("Here JÃ¶rg spoke.").repaired
    'Jörg'
    """
    first = _MOJIBAKE.search(text) if not text.isascii() or "=" in text else None
    first = first or _lost_letter(text)
    if first is None:
        return None
    before = _WORD_START.search(text, max(0, first.start() - 30), first.start())
    after = _WORD_END.match(text, first.end())
    start = before.start() if before else first.start()
    word = text[start : after.end() if after else first.end()]
    return Mojibake(start, word, _repaired(word))


def _lost_letter(text: str) -> re.Match[str] | None:
    """The first word with a question mark for a letter, of several."""
    if "?" not in text:
        return None
    words = (m for m in _LOST_LETTER.finditer(text) if m[1] not in FUNCTION_WORDS | {"yes"})
    several = list(islice(words, MIN_LOST_LETTERS))
    return several[0] if len(several) == MIN_LOST_LETTERS else None


def _repaired(word: str) -> str | None:
    """A word decoded again, as UTF-8 or, of control characters, as Windows-1252."""
    for wrong, right in _DECODINGS:
        try:
            repaired = b"".join(_encoded(letter, wrong) for letter in word).decode(right)
        except UnicodeError:
            continue
        if repaired != word:
            return repaired
    return None


def _encoded(letter: str, encoding: str) -> bytes:
    """A letter's byte; controls, which Windows-1252 lacks, as Latin-1 has them."""
    return letter.encode("latin-1" if "\x80" <= letter <= "\x9f" else encoding)
