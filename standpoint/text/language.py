"""The language an article is written in, told only where it is surely not English.

Precision comes first: an English text is never refused. Lists, headlines, capitals, names of any
origin and quotations in another language leave a text English, and so does an English half.
"""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any

from standpoint.errors import ArticleError
from standpoint.text.normalization import seen_words

MIN_LETTERS = 60
N_PARTS = 8
MIN_PART_CHARS, MAX_PART_CHARS = 100, 500
ENGLISH_SHARE = 0.03
FOREIGN_SHARE = 0.75
MIN_TELLING_LETTERS = 30
MIN_PROBABILITY = 0.3
MAX_ENGLISH_PROBABILITY = 0.02

# A tenth of English prose, and next to nothing of any other language's.
_ENGLISH_WORDS = frozenset(
    "the and that with from this these those they their there would which were its but what when "
    "been where while whose your".split()
)
_NO_WORDS = re.compile(r"(?:https?:|www\.)[!-~]*|[@#][!-~]*|<[^<>]*>|[\d_/\\=<>{}|]+")
_EDGES = "\"'“”‘’«»„()[]—–-…,.;:!?*•"
_NAMES = {
    code: name.strip()
    for name, codes in (
        entry.split(":")
        for entry in """
Afrikaans: af; Albanian: sq; Amharic: am; Arabic: ar ary arz; Armenian: hy; Azerbaijani: az;
Basque: eu; Belarusian: be; Bengali: bn; Bulgarian: bg; Burmese: my; Catalan: ca; Chinese: zh
yue wuu; Croatian or Bosnian: hr bs; Czech: cs; Danish: da; Dutch: nl; Estonian: et; Finnish:
fi; French: fr; Galician: gl; Georgian: ka; German: de; Greek: el; Gujarati: gu; Hausa: ha;
Hebrew: he; Hindi: hi; Hungarian: hu; Icelandic: is; Indonesian or Malay: id ms; Irish: ga;
Italian: it; Japanese: ja; Kannada: kn; Kazakh: kk; Khmer: km; Korean: ko; Kurdish: ku sdh;
Kyrgyz: ky; Lao: lo; Latvian: lv; Lithuanian: lt; Luxembourgish: lb; Macedonian: mk; Malayalam:
ml; Maltese: mt; Marathi: mr; Mongolian: mn; Nepali: ne; Norwegian: no nn; Odia: or; Pashto: ps;
Persian: fa; Polish: pl; Portuguese: pt; Punjabi: pa; Romanian: ro; Russian: ru; Serbian: sr;
Sinhala: si; Slovak: sk; Slovenian: sl; Somali: so; Spanish: es; Swahili: sw; Swedish: sv;
Tagalog: tl; Tajik: tg; Tamil: ta; Telugu: te; Thai: th; Turkish: tr; Turkmen: tk; Ukrainian:
uk; Urdu: ur; Uyghur: ug; Uzbek: uz uzs; Vietnamese: vi; Welsh: cy; Xhosa: xh; Yoruba: yo; Zulu:
zu
""".split(";")
    )
    for code in codes.split()
}
# English, its pidgin, no language at all, and the Latin of scholars and printers.
_NO_NAMES = ("en", "pcm", "zxx", "la")


def check_language(text: str, *, where: str, force: str) -> str:
    """Refuse an article in another language than English.

    Parameters
    ----------
    force : how the caller may have it read all the same, for the message
    """
    if found := foreign_language(text):
        raise ArticleError(f"{where}: text must be English, got {found}. Force it with {force}.")
    return text


def foreign_language(text: str) -> str | None:
    """The name of the language of a text that is surely not English, else None.

    A sample of ``N_PARTS * PART_CHARS`` characters is looked at, however long the text is.

    >>> foreign_language("Talks opened.") is None
    True
    """
    parts = list(_parts(text))
    if _english_share(parts) >= ENGLISH_SHARE:
        return None
    told = [words for words in map(_telling, parts) if words]
    n_letters = sum(map(_letters, told))
    if sum(map(_letters, parts)) < MIN_LETTERS or n_letters < MIN_TELLING_LETTERS:
        return None
    names: Counter[str] = Counter()
    for words in told:
        if name := _language_of(words):
            names[name] += _letters(words)
    return names.most_common(1)[0][0] if names.total() >= FOREIGN_SHARE * n_letters else None


def _parts(text: str) -> Iterator[list[str]]:
    """The words of stretches spread evenly over a text; all of a short one's."""
    step = max(MIN_PART_CHARS, -(-len(text) // N_PARTS))
    for start in range(0, len(text), step):
        part = seen_words(text[start : start + min(step, MAX_PART_CHARS)])
        yield [word.strip(_EDGES) for word in _NO_WORDS.sub(" ", part).split()]


def _english_share(parts: list[list[str]]) -> float:
    words = [word.lower() for words in parts for word in words if word]
    return sum(word in _ENGLISH_WORDS for word in words) / max(1, len(words))


def _telling(words: list[str]) -> list[str]:
    """The words that are no names: those with no capital, unless capitals are all there is."""
    small = [word for word in words if word[:1].lower() == word[:1]]
    loud = sum(word.isupper() for word in words)
    return [word.lower() for word in words] if 2 * loud > len(words) else small


def _letters(words: list[str]) -> int:
    return sum(letter.isalpha() for word in words for letter in word)


def _language_of(words: list[str]) -> str | None:
    """The name of the language of some words; None where they may be English, or are of none."""
    ranked = _identifier().rank(" ".join(words))
    if sum(share for code, share in ranked if code not in _NAMES) > MAX_ENGLISH_PROBABILITY:
        return None
    code, probability = ranked[0]
    return _NAMES[code] if probability >= MIN_PROBABILITY else None


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages([*_NAMES, *_NO_NAMES])
    return identifier
