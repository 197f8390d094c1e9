"""The token sequences of all units: each sentence once, each issue in its four variants."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from standpoint.judge import InputReader, IssueText, JoinedText, SentenceText, TokenizedText
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

    def joined(self, unit: Unit, variant: int) -> JoinedText:
        """A sentence and a variant of an issue as one sequence."""
        issue = self.of_issue(unit.issue, variant=variant)
        return JoinedText.of(self.tokens[self.of_sentence(unit.sentence)], self.tokens[issue])

    def joined_length(self, unit: Unit) -> int:
        """Tokens of a sentence and of the bare issue: what batches are sorted by."""
        issue = self.of_issue(unit.issue, variant=0)
        sentence = self.of_sentence(unit.sentence)
        return len(self.tokens[sentence].ids) + len(self.tokens[issue].ids)
