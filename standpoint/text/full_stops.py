"""Whether a full stop, a question mark or an exclamation mark ends a sentence.

The rules are for English; a text in another script is cut at its own stops.
"""

import re
from dataclasses import dataclass
from functools import cached_property

from standpoint.lexicon import abbreviations as lists
from standpoint.lexicon.calendar import CALENDAR_NAMES
from standpoint.lexicon.verbs import SPEAKING

# How far rules look to either side of a stop. A guess: longer than any speech tag.
MAX_CONTEXT_CHARS = 200
MAX_TAG_WORDS = 5  # a speech tag has its verb among its first words: "the prime minister asked"
# A remark in brackets that is longer may hold sentences of its own.
MAX_BRACKET_CHARS = 150
MIN_WORD_CHARS = 3  # before a small letter, a shorter word is an abbreviation
_OPENING = "\"'“‘„«([{¿¡*_#`"
_QUOTES_CLOSED = "\"'”’»"
_CONTINUING = ",;:.!?)]}%&/=+…"
_DASHES = "—–-"
# A letter or two, several times: "U.S", "D.C", "Ph.D", "J.K".
_DOTTED = re.compile(r"[A-Za-z]{1,2}(?:\.-?[A-Za-z]{1,2})+")
_NUMBER = re.compile(r"\(?(?:\d|[IVXL]+\b|[A-Z]?\d)")
_LIST_NUMBER = re.compile(r"\(?(?:\d{1,3}|[A-Za-z]|[IVXivx]{1,4})")
# "She got an A. Roe left": hardly anybody is called "an A. Roe".
_ARTICLES_BEFORE_LETTER = {"a", "an"}
# "Ahmad b. Ali", "Siti bt. Ali": son or daughter of.
_PARENTAGE = {"b", "bt", "bte"}
_WIDE = re.compile(r"[。！？｡۔؟।]")


@dataclass(frozen=True)
class Stop:
    """A stop in a text.

    Attributes
    ----------
    sentence_start : where the sentence begins that it may end
    start, end : of the stop with the closing marks behind it
    mark, closing : the stop itself, and the closing marks
    """

    text: str
    sentence_start: int
    start: int
    end: int
    mark: str
    closing: str
    has_capitals: bool

    @cached_property
    def before(self) -> str:
        """The text of the sentence before the stop, as far as rules look back."""
        return self.text[max(self.sentence_start, self.start - MAX_CONTEXT_CHARS) : self.start]

    @cached_property
    def after(self) -> str:
        """The text behind the stop, as far as rules look on, without space before it."""
        return self.text[self.end : self.end + MAX_CONTEXT_CHARS].lstrip()

    @cached_property
    def word(self) -> str:
        """The word before the stop, without opening marks."""
        return self.before.rsplit(maxsplit=1)[-1].lstrip(_OPENING) if self.before.strip() else ""

    @cached_property
    def next_word(self) -> str:
        """The word behind the stop, without opening marks."""
        first, *_ = self.after.lstrip(_OPENING).split(maxsplit=1) or [""]
        return first

    @cached_property
    def previous_word(self) -> str:
        """The word before ``word``."""
        parts = self.before.rsplit(maxsplit=2)
        return parts[-2].lstrip(_OPENING) if len(parts) > 1 else ""

    @property
    def is_spaced(self) -> bool:
        """Whether white space follows."""
        return self.text[self.end : self.end + 1].isspace()


def is_sentence_end(stop: Stop) -> bool:
    """Whether a sentence ends with a stop and another begins behind it."""
    if not stop.after or _WIDE.match(stop.mark):
        return bool(stop.after)
    if not stop.is_spaced:
        return _lacks_space(stop)
    first = stop.next_word[:1]
    if first in _CONTINUING or _is_in_brackets(stop) or _is_list_number(stop):
        return False
    if first in _DASHES:
        return not stop.after.lstrip("-–— ")[:1].islower()
    if first.islower():
        return _ends_before_small_letter(stop)
    return not _is_speech_tag(stop) and (stop.mark != "." or _ends_after_word(stop))


def _lacks_space(stop: Stop) -> bool:
    """Whether the space behind a stop was lost: "in the hall.He said"."""
    is_plain = stop.mark == "."
    min_chars = MIN_WORD_CHARS if is_plain else 2
    is_word = stop.word.islower() and len(stop.word) >= min_chars
    is_exclaimed = not is_plain and stop.next_word in lists.STARTERS_AFTER_ABBREVIATION  # "No!She"
    return (
        stop.word.isalpha()
        and (is_word or is_exclaimed)
        and stop.next_word[:1].isupper()
        and stop.next_word[1:2].islower()
        and not re.search(r"[./@_]\w", stop.next_word)
    )


def _is_in_brackets(stop: Stop) -> bool:
    """Whether a stop stands in a bracket that opens within the sentence and closes soon."""
    first = max(stop.sentence_start + 1, stop.start - MAX_BRACKET_CHARS)
    opened = max(stop.text.rfind("(", first, stop.end), stop.text.rfind("[", first, stop.end))
    closed = max(stop.text.rfind(")", first, stop.end), stop.text.rfind("]", first, stop.end))
    if opened <= closed:
        return False
    closing = ")" if stop.text[opened] == "(" else "]"
    return closing in stop.text[stop.end : opened + MAX_BRACKET_CHARS]


def _is_list_number(stop: Stop) -> bool:
    """Whether all that stands before is the number of a list item: "1. ", "b. "."""
    if stop.mark != "." or stop.closing:
        return False
    line = stop.before.rpartition("\n")[2] if len(stop.before) < MAX_CONTEXT_CHARS else stop.before
    is_first = stop.start - len(line) == stop.sentence_start
    return is_first and _LIST_NUMBER.fullmatch(line.strip()) is not None


def _ends_before_small_letter(stop: Stop) -> bool:
    """Whether a sentence ends though the next word begins small, as in chats and transcripts."""
    if not stop.has_capitals:
        return not _is_abbreviation(stop.word) and not stop.mark.startswith(("..", "…"))
    return (
        stop.mark == "."
        and not stop.closing
        and stop.word.isalpha()
        and stop.word.islower()
        and len(stop.word) >= MIN_WORD_CHARS
        and not _is_abbreviation(stop.word)
        and not re.search(r"[./@]\w", stop.next_word)
    )


def _is_abbreviation(word: str) -> bool:
    key = word.lower()
    return (
        key in lists.TITLE_ABBREVIATIONS
        or key in lists.INNER_ABBREVIATIONS
        or key in lists.NAME_ABBREVIATIONS - lists.CAPITALIZED_NAMES
        or key in lists.OTHER_ABBREVIATIONS
        or _DOTTED.fullmatch(word) is not None
    )


def _is_speech_tag(stop: Stop) -> bool:
    """Whether the speaker of a quotation that ends with "?" or "!" follows: '"Why?" Roe asked'."""
    if not stop.closing or stop.closing[-1] not in _QUOTES_CLOSED or stop.mark[-1] not in "?!":
        return False
    tag, *rest = re.split(r"(?=[.,;:\"“?!])", stop.after, maxsplit=1)
    if rest and rest[0].startswith(":"):  # It introduces the next quotation.
        return False
    tag = tag.split()
    return bool(SPEAKING & {word.casefold() for word in tag[:MAX_TAG_WORDS]})


def _ends_after_word(stop: Stop) -> bool:
    """Whether a full stop before a capital or a number ends a sentence, by the word before it."""
    word = stop.word
    if stop.closing.strip(")]*_"):  # Quotations end like sentences.
        return True
    if _is_part_of_phrase(stop):
        return False
    if word.lower() in lists.DAYTIMES:
        zone = stop.next_word.strip(".,;:)").lower()
        return zone not in lists.TIME_ZONES and zone not in CALENDAR_NAMES
    if len(word) == 1 and word.isupper():
        return _ends_after_capital(stop)
    return not _is_name_abbreviation(word) or _begins_sentence(stop)


def _is_part_of_phrase(stop: Stop) -> bool:
    """Whether an abbreviation wants what follows: "v. Wade", "Gov. Roe", "Sec. 5"."""
    word, key = stop.word, stop.word.lower()
    if key in lists.INNER_ABBREVIATIONS and not word[:1].isupper():
        return True
    if word in _PARENTAGE and stop.previous_word[:1].isupper() and not _begins_sentence(stop):
        return True
    is_numbered = _NUMBER.match(stop.next_word) is not None
    if key in lists.NUMBERED_ABBREVIATIONS and is_numbered:
        return True
    return _is_title(word) and not stop.closing and (is_numbered or stop.next_word[:1].isupper())


def _is_title(word: str) -> bool:
    key = word.lower().rpartition(".")[2]
    if key not in lists.TITLE_ABBREVIATIONS:
        return False
    return word[:1].isupper() or key not in lists.CAPITALIZED_TITLES


def _is_name_abbreviation(word: str) -> bool:
    key = word.lower()
    if key.rpartition("-")[2] in lists.NAME_ABBREVIATIONS:
        return word[:1].isupper() or key not in lists.CAPITALIZED_NAMES
    return _DOTTED.fullmatch(word.rpartition("-")[2]) is not None


def _begins_sentence(stop: Stop) -> bool:
    """Whether what follows an abbreviation begins a sentence, rather than going on."""
    following = stop.next_word.rstrip(",.;:!?")
    if following == "A" and stop.next_word.startswith("A."):
        return False
    if following == "No" and re.match(r"No\. \d", stop.after):
        return False
    is_quotation = stop.after[:1] in '"“‘«' and stop.next_word[:1].isupper()
    return (
        is_quotation or following.split("'")[0].split("’")[0] in lists.STARTERS_AFTER_ABBREVIATION
    )


def _ends_after_capital(stop: Stop) -> bool:
    """Whether a full stop behind a single capital ends a sentence: no initial of a name."""
    if _begins_sentence(stop):
        return True
    before = stop.previous_word
    if before.lower().rstrip(",.") in lists.LETTER_NOUNS | _ARTICLES_BEFORE_LETTER:
        return True
    if stop.word == "I":  # "She and I. Then", but "Peter I. Roe" and "I. Roe".
        return bool(before) and not before[:1].isupper()
    return not stop.next_word[:1].isalpha() and not before[:1].isupper()
