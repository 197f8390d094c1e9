"""What a judge reads: a sentence with the one before, an issue in words, and holders."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from standpoint.judge.settings import JudgeSettings
from standpoint.text import Span

Integers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]
SPECIAL, BEFORE, CURRENT, FAVOR, AGAINST = range(5)
"""The part that a token belongs to; the name and the cues of an issue are current."""
SENTENCE_SEGMENT, BEFORE_SEGMENT, ISSUE_SEGMENT, POLE_SEGMENT = range(4)
"""The rows of the segment vectors. Special tokens of a sentence are of the first; both poles have
the same, so that neither is read otherwise than the other."""
MAX_SCANNED_BEFORE = 400  # tokens of the sentence before that its last ones are taken from


@dataclass(frozen=True, slots=True)
class SentenceText:
    """A sentence, and the one before it in the document ("" for the first).

    Attributes
    ----------
    is_text : whether it is a text on its own, such as a comment, of which more is read
    """

    text: str
    before: str = ""
    # Not shown, so that the keys of fits, which are made of what is shown, stay those of before.
    is_text: bool = field(default=False, repr=False)


@dataclass(frozen=True, slots=True)
class IssueText:
    """An issue in words; a topic without poles has the name alone.

    >>> IssueText("fracking", "It goes on.", "It ends.", ("shale gas",)).text(max_cues=5)
    'fracking. In favor: It goes on. Against: It ends. Also: shale gas'
    >>> IssueText("fracking").text(max_cues=5)
    'fracking'
    """

    name: str
    favor: str = ""
    against: str = ""
    cues: tuple[str, ...] = ()

    @property
    def has_poles(self) -> bool:
        """Whether it says what favor or against means."""
        return bool(self.favor or self.against)

    def text(self, *, max_cues: int) -> str:
        """The words that are read, with single blanks."""
        return " ".join(piece for _, piece in self.pieces(max_cues=max_cues) if piece)

    def pieces(self, *, max_cues: int) -> list[tuple[int, str]]:
        """The words that are read, each piece with its part; a blank is between two."""
        pieces = [(CURRENT, self.name)]
        if self.has_poles:
            name = f"{self.name}. In favor:"
            pieces = [
                (CURRENT, name), (FAVOR, self.favor),
                (CURRENT, "Against:"), (AGAINST, self.against),
            ]  # fmt: skip
        cues = self.cues[:max_cues]
        if cues:
            pieces.append((CURRENT, "Also: " + ", ".join(cues)))
        return [(part, " ".join(piece.split())) for part, piece in pieces]


@dataclass(frozen=True, slots=True)
class HolderQuery:
    """An actor whose stance is asked for.

    Attributes
    ----------
    spans : its mentions in the sentence, from the sentence's start
    before : its mentions in the sentence before, from that one's start
    features : in the order of ``HOLDER_FEATURES``
    """

    actor: str
    spans: tuple[Span, ...]
    before: tuple[Span, ...]
    features: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class TargetQuery:
    """A target toward which the sentiment is asked for.

    Attributes
    ----------
    spans : its mentions in the sentence; without any it is read at its words behind the sentence
    holder : the mentions of whose sentiment it is; without any it is the author's, and read at the
        first token
    """

    spans: tuple[Span, ...] = ()
    holder: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class TokenizedText:
    """The tokens of a sentence with the one before, or of an issue.

    Attributes
    ----------
    ids : of shape (n_tokens,)
    parts : `SPECIAL`, `BEFORE` or `CURRENT`, of shape (n_tokens,); of an issue also `FAVOR` and
        `AGAINST`, if the judge tells its poles apart
    offsets : start and end in the token's own text, in code points, of shape (n_tokens, 2)
    n_cut : tokens at the end that were left out
    """

    ids: Integers
    parts: Integers
    offsets: Integers
    n_cut: int

    @property
    def segments(self) -> Integers:
        """The segment of each token of a sentence."""
        return np.where(self.parts == BEFORE, BEFORE_SEGMENT, SENTENCE_SEGMENT)

    def mask(self, holder: HolderQuery) -> Floats:
        """1 for the tokens of a holder's mentions, else 0, of shape (n_tokens,).

        They are those in the sentence, else those in the sentence before. A holder without any is
        read at the first token.
        """
        for part, spans in ((CURRENT, holder.spans), (BEFORE, holder.before)):
            mask = self.span_mask(spans, part=part)
            if mask.any():
                return mask
        mask[0] = 1
        return mask

    def span_mask(self, spans: Sequence[Span], *, part: int = CURRENT) -> Floats:
        """1 for the tokens of spans of a part, else 0, of shape (n_tokens,)."""
        mask = np.zeros(len(self.ids), np.float32)
        for span in spans:
            mask[self._overlapping(part, span)] = 1
        return mask

    def _overlapping(self, part: int, span: Span) -> npt.NDArray[np.bool_]:
        starts, ends = self.offsets[:, 0], self.offsets[:, 1]
        inside: npt.NDArray[np.bool_] = (
            (self.parts == part) & (starts < span.end) & (ends > span.start) & (ends > starts)
        )
        return inside


@dataclass(frozen=True, slots=True)
class JoinedText:
    """A sentence and an issue as one sequence of tokens: the issue follows the sentence.

    Attributes
    ----------
    ids, segments : of shape (n_tokens,)
    """

    sentence: TokenizedText
    issue: TokenizedText
    ids: Integers
    segments: Integers

    @classmethod
    def of(cls, sentence: TokenizedText, issue: TokenizedText) -> "JoinedText":
        """Join the tokens of both."""
        in_pole = (issue.parts == FAVOR) | (issue.parts == AGAINST)
        of_issue = np.where(in_pole, POLE_SEGMENT, ISSUE_SEGMENT)
        return cls(
            sentence,
            issue,
            np.concatenate([sentence.ids, issue.ids]),
            np.concatenate([sentence.segments, of_issue]),
        )

    @property
    def poles(self) -> Floats:
        """The tokens of favor and of against, of shape (2, n_tokens).

        A topic has one pole: all of its words are those of favor.
        """
        parts = self.issue.parts
        favor, against = parts == FAVOR, parts == AGAINST
        if not favor.any() and not against.any():
            favor = parts == CURRENT
        masks = np.zeros((2, len(self.ids)), np.float32)
        masks[:, len(self.sentence.ids) :] = favor, against
        return masks

    def masks(self, holders: Sequence[HolderQuery]) -> Floats:
        """The tokens of each holder, of shape (n_holders, n_tokens)."""
        masks = np.zeros((len(holders), len(self.ids)), np.float32)
        for row, holder in zip(masks, holders, strict=True):
            row[: len(self.sentence.ids)] = self.sentence.mask(holder)
        return masks

    def target_masks(self, queries: Sequence[TargetQuery]) -> tuple[Floats, Floats]:
        """The tokens of each target, and those of its holder, both of shape (n_targets, n_tokens).

        The words of the targets are the second text.
        """
        n_own = len(self.sentence.ids)
        targets, holders = np.zeros((2, len(queries), len(self.ids)), np.float32)
        for target, holder, query in zip(targets, holders, queries, strict=True):
            target[:n_own] = self.sentence.span_mask(query.spans)
            if not target.any():
                target[n_own:] = 1
            holder[:n_own] = self.sentence.span_mask(query.holder)
            if not holder.any():
                holder[0] = 1
        return targets, holders


class InputReader:
    """Tokenizes sentences and issues as a judge was trained on them.

    Parameters
    ----------
    tokenizer : of the package `tokenizers`; it puts a special token at each end of a text
    """

    def __init__(self, tokenizer: Any, settings: JudgeSettings) -> None:
        tokenizer.no_padding()
        tokenizer.no_truncation()
        self._tokenizer = tokenizer
        self._settings = settings
        self._first, self._last = tokenizer.encode("").ids

    def sentence(self, sentence: SentenceText) -> TokenizedText:
        """The sentence before, if any, and the sentence, each followed by a special token."""
        most, n_before = self._most_tokens(sentence), self._settings.max_before_tokens
        before, current = self._encode(sentence.before), self._encode(sentence.text)
        pieces = [(CURRENT, current.ids[:most], current.offsets[:most])]
        end = min(len(before.ids), MAX_SCANNED_BEFORE)
        last = slice(max(0, end - n_before), end)
        if before.ids[last]:
            pieces.insert(0, (BEFORE, before.ids[last], before.offsets[last]))
        return self._join(pieces, n_cut=max(0, len(current.ids) - most))

    def _most_tokens(self, sentence: SentenceText) -> int:
        settings = self._settings
        of_text = settings.max_text_tokens if sentence.is_text else None
        return of_text or settings.max_sentence_tokens

    def issue(self, issue: IssueText) -> TokenizedText:
        """The words of an issue between two special tokens.

        Where name and poles are too long, the first words of each are read, so that no pole hides
        the other.
        """
        most = self._settings.max_issue_tokens - 2
        words = self._encode_issue(issue)
        n_cut = max(0, len(words.ids) - most)
        if n_cut:
            issue = self.first_words(issue)
            words = self._encode_issue(issue)
        pieces = [(CURRENT, words.ids[:most], words.offsets[:most])]
        tokens = self._join(pieces, n_cut=n_cut)
        return self._with_poles(tokens, issue) if self._settings.has_poles else tokens

    def _with_poles(self, tokens: TokenizedText, issue: IssueText) -> TokenizedText:
        """The tokens of an issue, with the parts that are its poles."""
        parts = tokens.parts.copy()
        starts, ends = tokens.offsets[:, 0], tokens.offsets[:, 1]
        start = 0
        for part, piece in issue.pieces(max_cues=self._settings.max_issue_cues):
            parts[(starts >= start) & (ends <= start + len(piece)) & (ends > starts)] = part
            start += len(piece) + (piece != "")
        return replace(tokens, parts=parts)

    def first_words(self, issue: IssueText) -> IssueText:
        """An issue as far as it is read: of one that is too long the first words of each text."""
        bare = IssueText(issue.name, issue.favor, issue.against)
        texts = (issue.name, issue.favor, issue.against)
        most = self._settings.max_issue_tokens - 2
        n_between = len(self._encode_issue(IssueText("", " ", " ")).ids)
        fits = len(self._encode_issue(bare).ids) <= most
        if fits or not issue.has_poles or most < n_between + len(texts):
            return issue
        encoded = [self._encode(text) for text in texts]
        shares = _fair_shares([len(own.ids) for own in encoded], most - n_between)
        ends = (
            own.offsets[share - 1][1] if share else 0
            for own, share in zip(encoded, shares, strict=True)
        )
        name, favor, against = (text[:end] for text, end in zip(texts, ends, strict=True))
        return IssueText(name, favor, against)

    def _encode_issue(self, issue: IssueText) -> Any:
        return self._encode(issue.text(max_cues=self._settings.max_issue_cues))

    def _encode(self, text: str) -> Any:
        return self._tokenizer.encode(text, add_special_tokens=False)

    def _join(
        self,
        pieces: Sequence[tuple[int, Sequence[int], Sequence[tuple[int, int]]]],
        *,
        n_cut: int,
    ) -> TokenizedText:
        ids, parts, places = [self._first], [SPECIAL], [(0, 0)]
        for part, own, offsets in pieces:
            ids += [*own, self._last]
            parts += [*[part] * len(own), SPECIAL]
            places += [*offsets, (0, 0)]
        return TokenizedText(
            np.array(ids, np.int64),
            np.array(parts, np.int64),
            np.array(places, np.int64),
            n_cut,
        )


def _fair_shares(lengths: Sequence[int], most: int) -> list[int]:
    """Parts of these lengths cut to the same length, so that they have ``most`` together.

    >>> _fair_shares([3, 50, 9], 20)
    [3, 8, 9]
    """
    shares = [0] * len(lengths)
    left = most
    for rank, number in enumerate(sorted(range(len(lengths)), key=lengths.__getitem__)):
        shares[number] = min(lengths[number], left // (len(lengths) - rank))
        left -= shares[number]
    return shares
