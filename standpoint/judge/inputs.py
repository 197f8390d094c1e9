"""Tokenizes what a judge reads, as it was trained."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from standpoint.judge.settings import JudgeSettings
from standpoint.judge.texts import BEFORE, CURRENT, SPECIAL, IssueText, SentenceText
from standpoint.judge.tokens import TokenizedText

MAX_SCANNED_BEFORE = 400  # tokens of the sentence before that its last ones are taken from


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
    [3, 9, 8]
    """
    shares = [0] * len(lengths)
    left = most
    for rank, number in enumerate(sorted(range(len(lengths)), key=lengths.__getitem__)):
        shares[number] = min(lengths[number], left // (len(lengths) - rank))
        left -= shares[number]
    return shares
