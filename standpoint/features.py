"""What a model reads of a pair: vectors, n-grams and signs of a sentence with its two roles.

The same functions run in training and in serving, so the two cannot drift apart.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Annotated, Literal

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from standpoint.article import Span
from standpoint.encoder import Reading, Vectors
from standpoint.errors import PairError
from standpoint.verbs import ACTING, JUDGING, SPEAKING, URGING
from standpoint.words import Word, words_of

HOLDER_MARK = "⟦h⟧"
TARGET_MARK = "⟦t⟧"
MAX_DISTANCE_CHARS = 300
Names = Mapping[str, Reading]
NO_NAMES: Names = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class PairText:
    """A sentence with its roles marked: the unit of prediction.

    ``holder`` is None where the author of the sentence is the holder; ``target`` is None where the
    target is no span of the text, and ``topic`` then says it in words; so does ``holder_name`` of a
    holder who is not named in the text.
    """

    text: str
    holder: Span | None
    target: Span | None
    topic: str | None = None
    holder_name: str | None = None


def check_pair(pair: PairText, *, where: str) -> PairText:
    """Refuse spans outside the text, and a holder that overlaps its target."""
    for role, span in (("holder", pair.holder), ("target", pair.target)):
        if span is not None and span.end > len(pair.text):
            raise PairError(
                f"{where}: {role} must lie within the {len(pair.text)} characters of its text, "
                f"got {span}."
            )
    if pair.holder and pair.target and pair.holder.overlaps(pair.target):
        raise PairError(
            f"{where}: holder and target must not overlap, got {pair.holder} and {pair.target}."
        )
    return pair


def pair_toward(
    text: str, *, holder: Span | None, target: Span | str | None, by_words: bool
) -> PairText:
    """A pair as a model learned to read its target.

    Parameters
    ----------
    target : a span of the text, or words, which are looked for in the text in any case
    by_words : whether the model learned from targets that are no spans; it then reads the target's
        own words, also where they stand in the text

    >>> pair_toward("Up the dam!", holder=None, target="Dam", by_words=False).target
    Span(start=7, end=10)
    >>> pair_toward("Up the dam!", holder=None, target=Span(7, 10), by_words=True).topic
    'dam'
    """
    words = target.of(text) if isinstance(target, Span) else target
    if by_words:
        return PairText(text, holder, None, words)
    span = _find(text, target) if isinstance(target, str) else target
    return PairText(text, holder, span, words if span is None else None)


def _find(text: str, words: str) -> Span | None:
    found = re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text, re.IGNORECASE)
    return Span(found.start(), found.end()) if found else None


class EncoderFeatures(BaseModel):
    """Vectors of the sentence and of both spans, from a frozen encoder."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: Literal["encoder"] = "encoder"
    layers: tuple[Annotated[int, Field(ge=0, le=48)], ...] = Field(min_length=1)
    holder: bool
    between: bool
    windows: tuple[Annotated[int, Field(ge=1, le=20)], ...]
    products: bool
    signs: bool
    differences: bool = False
    cosines: bool = False
    maxima: bool = False
    names: bool = False
    decays: tuple[Annotated[float, Field(gt=0, le=100)], ...] = ()


class NgramFeatures(BaseModel):
    """Word and character n-grams of the sentence with the roles marked, and windows at them.

    ``within_words`` keeps character n-grams from crossing from one word into the next.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: Literal["ngrams"] = "ngrams"
    words: tuple[int, int]
    chars: tuple[int, int]
    within_words: bool = False
    window: Annotated[int, Field(ge=0, le=50)]
    min_count: Annotated[int, Field(ge=1)]


class NoFeatures(BaseModel):
    """Nothing is read: the majority baseline."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: Literal["majority"] = "majority"


class PartOfMixture(BaseModel):
    """A bundle within a bundle: how much it weighs, and the one topic it is for, if it is."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    folder: Annotated[str, Field(pattern="^part-[0-9]+$")]
    weight: Annotated[float, Field(gt=0)]
    topic: str | None


class MixtureFeatures(BaseModel):
    """Other models' probabilities, averaged, and sharpened where their mean is too flat.

    ``shift`` is added to each label's logit in the end; nothing where it is empty.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: Literal["mixture"] = "mixture"
    parts: tuple[PartOfMixture, ...] = Field(min_length=1)
    temperature: Annotated[float, Field(gt=0)]
    shift: tuple[float, ...] = ()


Features = Annotated[
    EncoderFeatures | NgramFeatures | NoFeatures | MixtureFeatures, Field(discriminator="kind")
]


# --- vectors ------------------------------------------------------------------


def vector_of(
    reading: Reading, pair: PairText, *, settings: EncoderFeatures, names: Names = NO_NAMES
) -> Vectors:
    """Features of a pair from one reading of its sentence, of shape (n_features,).

    Parameters
    ----------
    names : the reading of each of `words_to_read`, which stand for what is no span of the text
    """
    sentence = reading.sentence()
    target = _target_part(reading, pair, names)
    parts = [sentence, target]
    if settings.products:
        parts.append(sentence * target)
    if settings.differences:
        parts.append(np.abs(sentence - target))
    if settings.cosines:
        parts.append(_cosines(sentence, target))
    if settings.maxima:
        parts.append(reading.largest())
    if settings.names:
        parts += _name_parts(pair, np.zeros_like(sentence), names, settings)
    parts += _decay_parts(reading, pair, settings.decays)
    if settings.holder:
        parts += _holder_parts(reading, pair, target, settings)
    if settings.between:
        parts.append(_between_part(reading, pair))
    flat = np.concatenate([part.ravel() for part in parts])
    if settings.windows:
        flat = np.concatenate([flat, *_window_parts(reading, pair, settings.windows)])
    if settings.signs:
        flat = np.concatenate([flat, np.array(list(signs(pair)), dtype=np.float32)])
    return flat


def _target_part(reading: Reading, pair: PairText, names: Names) -> Vectors:
    if pair.target is not None:
        return reading.span(pair.target)
    return names[pair.topic].sentence() if pair.topic else reading.sentence()


def role_words(pair: PairText) -> tuple[str | None, str | None]:
    """The words of holder and target: those of the text where they stand in it, else their own."""
    holder = pair.holder.of(pair.text) if pair.holder else pair.holder_name
    target = pair.target.of(pair.text) if pair.target else pair.topic
    return holder or None, target or None


def words_to_read(pair: PairText, *, settings: EncoderFeatures) -> list[str]:
    """The words of a pair that are read apart from its sentence.

    >>> plain = dict(holder=True, between=False, windows=(), products=False, signs=False)
    >>> settings = EncoderFeatures(layers=(6,), **plain)
    >>> words_to_read(PairText("Rain fell.", None, None, topic="the dam"), settings=settings)
    ['the dam']
    """
    if settings.names:
        return [words for words in role_words(pair) if words]
    return [pair.topic] if pair.topic and pair.target is None else []


def _name_parts(
    pair: PairText, nothing: Vectors, names: Names, settings: EncoderFeatures
) -> Iterator[Vectors]:
    """Both roles' names as the encoder reads them alone, and their product."""
    found = [names[words].sentence() if words else nothing for words in role_words(pair)]
    yield from found
    if settings.products:
        yield found[0] * found[1]


def _decay_parts(reading: Reading, pair: PairText, decays: tuple[float, ...]) -> Iterator[Vectors]:
    """The sentence seen from each role: its tokens weigh less the farther they stand from it."""
    for span in (pair.target, pair.holder):
        for decay in decays:
            yield reading.around(span, decay=decay) if span else np.zeros_like(reading.sentence())


def _cosines(one: Vectors, other: Vectors) -> Vectors:
    """The cosine of two vectors in each layer; 0 where one has no length."""
    lengths = np.linalg.norm(one, axis=1) * np.linalg.norm(other, axis=1)
    products: Vectors = (one * other).sum(axis=1)
    np.divide(products, lengths, out=products, where=lengths > 0)
    return products


def _holder_parts(
    reading: Reading, pair: PairText, target: Vectors, settings: EncoderFeatures
) -> Iterator[Vectors]:
    holder = reading.span(pair.holder) if pair.holder else np.zeros_like(target)
    yield holder
    if settings.products:
        yield holder * target


def _between_part(reading: Reading, pair: PairText) -> Vectors:
    span = between(pair)
    return np.zeros_like(reading.sentence()) if span is None else reading.span(span)


def _window_parts(reading: Reading, pair: PairText, widths: tuple[int, ...]) -> Iterator[Vectors]:
    """The words just before and just after each role, in each width; zeros where there are none."""
    words = words_of(pair.text)
    nothing = np.zeros_like(reading.sentence()).ravel()
    for span in (pair.target, pair.holder):
        before = [w for w in words if span and w.end <= span.start]
        after = [w for w in words if span and w.start >= span.end]
        for width in widths:
            for near in (before[-width:], after[:width]):
                yield reading.span(Span(near[0].start, near[-1].end)).ravel() if near else nothing


def between(pair: PairText) -> Span | None:
    """What stands between holder and target, if both are in the text and apart."""
    if pair.holder is None or pair.target is None:
        return None
    first, last = sorted((pair.holder, pair.target))
    return Span(first.end, last.start) if last.start > first.end else None


# --- signs --------------------------------------------------------------------

_NEGATIONS = frozenset(
    "not no never none neither nor without cannot n't t refused denied rejected failed lack".split()
)
_CONDITIONS = frozenset("if unless whether until provided would could may might should".split())
_WORDS = re.compile(r"[^\W_]+")
_QUOTE_MARKS = re.compile('["“”]')
_BEFORE_AN_ADDRESSEE = frozenset("to told tell urged asked with against on from at of for".split())


def signs(pair: PairText) -> Iterator[float]:
    """Small facts of a pair's grammar, each 0 or 1 or a share; see the code for their order."""
    words = words_of(pair.text)
    holder, target = pair.holder, pair.target
    yield float(holder is None)
    yield float(holder is not None and target is not None and holder.start < target.start)
    yield _distance(pair)
    yield float(target is not None and _in_quotes(pair.text, target))
    yield float(holder is not None and _in_quotes(pair.text, holder))
    yield float('"' in pair.text or "“" in pair.text)
    yield float(pair.text.rstrip(" \"'”").endswith("?"))
    inner = _keys(words, between(pair))
    for family in (_NEGATIONS, _CONDITIONS, SPEAKING, URGING, JUDGING, ACTING):
        yield float(bool(inner & family))
    after = _next_key(words, holder)
    before = _last_key(words, holder)
    for family in (SPEAKING, URGING, JUDGING, ACTING):
        yield float(after in family)
    yield float(before == "by")
    yield float(before in _BEFORE_AN_ADDRESSEE)
    yield float(before in SPEAKING)
    yield float(_is_possessive(words, holder))
    near = {_last_key(words, target, back=n) for n in (1, 2, 3)}
    for family in (_NEGATIONS, _CONDITIONS, JUDGING, URGING):
        yield float(bool(near & family))


N_SIGNS = 25


def _distance(pair: PairText) -> float:
    span = between(pair)
    return min(1.0, (span.end - span.start) / MAX_DISTANCE_CHARS) if span else 0.0


def _in_quotes(text: str, span: Span) -> bool:
    return len(_QUOTE_MARKS.findall(text[: span.start])) % 2 == 1


def _keys(words: Sequence[Word], span: Span | None) -> set[str]:
    return {w.key for w in words if span and span.start <= w.start < span.end}


def _next_key(words: Sequence[Word], span: Span | None) -> str:
    return next((w.key for w in words if span and w.start >= span.end), "")


def _last_key(words: Sequence[Word], span: Span | None, *, back: int = 1) -> str:
    before = [w.key for w in words if span and w.end <= span.start and w.key not in ("the", "a")]
    return before[-back] if len(before) >= back else ""


def _is_possessive(words: Sequence[Word], span: Span | None) -> bool:
    return any(w.possessive for w in words if span and w.end == span.end)


# --- n-grams ------------------------------------------------------------------


def terms_of(pair: PairText, *, settings: NgramFeatures) -> list[str]:
    """Every n-gram of a pair, with its family before a colon.

    Roles are marked by signs that are no words, so that no real word is taken for a mark.
    """
    marked = mark(pair)
    tokens = re.findall(r"⟦[ht]⟧|[^\W_]+|[!?\"“”]", marked.casefold())
    found = [f"w:{gram}" for gram in _grams(tokens, *settings.words, joint=" ")]
    found += [f"c:{gram}" for gram in _char_grams(marked, settings)]
    for role in (HOLDER_MARK, TARGET_MARK):
        found += [f"{role}:{gram}" for gram in _window(tokens, role, settings.window)]
    found += _span_words(tokens)
    if pair.target is None and pair.topic:
        found += [f"{TARGET_MARK}:={word}" for word in _WORDS.findall(pair.topic.casefold())]
    if pair.holder is None and pair.holder_name:
        found += [f"{HOLDER_MARK}:={word}" for word in _WORDS.findall(pair.holder_name.casefold())]
    return found


def _char_grams(marked: str, settings: NgramFeatures) -> Iterator[str]:
    """Stretches of characters: of the whole text, or of each word with a space on either side."""
    if not settings.within_words:
        yield from _slices(re.sub(r"\s+", " ", marked.casefold()), *settings.chars)
        return
    for word in marked.casefold().split():
        yield from _slices(f" {word} ", *settings.chars)


def _slices(text: str, low: int, high: int) -> Iterator[str]:
    for n in range(low, high + 1):
        for start in range(len(text) - n + 1):
            yield text[start : start + n]


def mark(pair: PairText) -> str:
    """The sentence with each role's words between two of its marks."""
    marks = [
        (span, sign)
        for span, sign in ((pair.holder, HOLDER_MARK), (pair.target, TARGET_MARK))
        if span is not None
    ]
    text = pair.text
    for span, sign in sorted(marks, reverse=True):
        text = f"{text[: span.start]} {sign} {span.of(pair.text)} {sign} {text[span.end :]}"
    return text


def _grams(tokens: list[str], low: int, high: int, *, joint: str) -> Iterator[str]:
    for n in range(low, high + 1):
        for start in range(len(tokens) - n + 1):
            yield joint.join(tokens[start : start + n])


def _window(tokens: list[str], role: str, width: int) -> Iterator[str]:
    places = [n for n, token in enumerate(tokens) if token == role]
    if len(places) < 2 or not width:
        return
    yield from (f"<{token}" for token in tokens[max(0, places[0] - width) : places[0]])
    yield from (f">{token}" for token in tokens[places[1] + 1 : places[1] + 1 + width])


def _span_words(tokens: list[str]) -> Iterator[str]:
    """The words between the two roles, with the order in which the roles stand."""
    places = [(n, token) for n, token in enumerate(tokens) if token in (HOLDER_MARK, TARGET_MARK)]
    if len(places) != 4:
        return
    (_, first), (start, _), (end, _), _ = places
    for token in tokens[start + 1 : end]:
        yield f"b{first}:{token}"
