"""The token sequences of all units: each sentence once, each issue in its four variants."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

import numpy as np

from standpoint.judge import (
    BEFORE,
    CURRENT,
    SPECIAL,
    InputReader,
    IssueText,
    JoinedText,
    SentenceText,
    TokenizedText,
)
from train.judge.units import Unit

N_VARIANTS = 4
"""Of an issue's words: without and with cues, each with the poles as they are and exchanged."""


def variant_number(*, cues: bool, swapped: bool) -> int:
    """The place of a variant in `issue_variants`."""
    return 2 * cues + swapped


def issue_variants(issue: IssueText) -> tuple[IssueText, ...]:
    """An issue's words in the order of `variant_number`."""
    swapped = replace(issue, favor=issue.against, against=issue.favor)
    return replace(issue, cues=()), replace(swapped, cues=()), issue, swapped


@dataclass(frozen=True)
class TokenSequences:
    """Distinct sentences and issues by number, each with its tokens.

    Attributes
    ----------
    sentences, issues : the number of each, in the order of the units
    tokens : of each sentence; then of each issue, its variants
    """

    sentences: dict[SentenceText, int] = field(default_factory=dict)
    issues: dict[IssueText, int] = field(default_factory=dict)
    tokens: list[TokenizedText] = field(default_factory=list)

    @classmethod
    def of(cls, units: Iterable[Unit], reader: InputReader) -> "TokenSequences":
        """Tokenize the texts of units."""
        sequences = cls()
        for unit in units:
            sequences.sentences.setdefault(unit.sentence, len(sequences.sentences))
            sequences.issues.setdefault(unit.issue, len(sequences.issues))
        sequences.tokens.extend(map(reader.sentence, sequences.sentences))
        for issue in sequences.issues:
            sequences.tokens.extend(map(reader.issue, issue_variants(issue)))
        return sequences

    def of_sentence(self, sentence: SentenceText) -> int:
        """The number of a sentence's sequence."""
        return self.sentences[sentence]

    def of_issue(self, issue: IssueText, *, variant: int) -> int:
        """The number of the sequence of an issue's variant."""
        return len(self.sentences) + N_VARIANTS * self.issues[issue] + variant

    def joined(
        self, unit: Unit, variant: int, *, before: TokenizedText | None = None
    ) -> JoinedText:
        """A sentence and a variant of an issue as one sequence.

        Parameters
        ----------
        before : put before a sentence that has none before it
        """
        sentence = self.tokens[self.of_sentence(unit.sentence)]
        if before is not None:
            sentence = with_before(sentence, before)
        issue = self.of_issue(unit.issue, variant=variant)
        return JoinedText.of(sentence, self.tokens[issue])

    def contexts(self, units: Iterable[Unit], *, n_tokens: int) -> tuple[TokenizedText, ...]:
        """The sentences of units that have one before them, each once, as read before another.

        Those too long to be read whole are left out.

        Parameters
        ----------
        n_tokens : that are read of a sentence before, its last ones
        """
        numbers = (self.of_sentence(unit.sentence) for unit in units if unit.sentence.before)
        whole = (number for number in dict.fromkeys(numbers) if not self.tokens[number].n_cut)
        return tuple(last_tokens(self.tokens[number], n_tokens) for number in whole)

    def joined_length(self, unit: Unit) -> int:
        """Tokens of a sentence and of the bare issue: what batches are sorted by."""
        issue = self.of_issue(unit.issue, variant=0)
        sentence = self.of_sentence(unit.sentence)
        return len(self.tokens[sentence].ids) + len(self.tokens[issue].ids)


def last_tokens(sentence: TokenizedText, n_tokens: int) -> TokenizedText:
    """The last tokens of a sentence without what is before it, as it is read before another."""
    own = np.flatnonzero(sentence.parts == CURRENT)
    own = own[max(0, len(own) - n_tokens) :]
    last = len(sentence.ids) - 1  # the special token behind it
    kept = np.append(own, last)
    parts = np.append(np.full(len(own), BEFORE), SPECIAL)
    return TokenizedText(sentence.ids[kept], parts, sentence.offsets[kept], 0)


def with_before(sentence: TokenizedText, before: TokenizedText) -> TokenizedText:
    """A sentence without one before it behind another, of `last_tokens`."""
    ids, parts, offsets = (
        np.concatenate([own[:1], others, own[1:]])
        for own, others in (
            (sentence.ids, before.ids),
            (sentence.parts, before.parts),
            (sentence.offsets, before.offsets),
        )
    )
    return TokenizedText(ids, parts, offsets, sentence.n_cut)
