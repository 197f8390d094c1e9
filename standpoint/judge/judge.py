"""The judge: a network that reads a sentence and an issue in words, and asks for every holder.

The lower layers of an encoder read each sentence and each issue apart; the upper layers read the
states of a sentence and an issue jointly, and heads answer for all holders from that one pass.
Nothing is batched: no answer depends on other sentences.

References
----------
Cao et al. (2020), DeFormer: decomposing pre-trained transformers for faster question answering.
"""

import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import numpy as np

from standpoint.errors import BundleError
from standpoint.judge.graphs import STATES, Array, GraphChain
from standpoint.judge.inputs import (
    ISSUE_SEGMENT,
    Floats,
    HolderQuery,
    InputReader,
    IssueText,
    SentenceText,
    TokenizedText,
)
from standpoint.judge.settings import ANSWERS, JudgeSettings

TOKENIZER = "tokenizer.json"
# Of all issues together: 50 MB at a width of 768, the issues of some twenty codebooks.
MAX_CACHED_TOKENS = 16_000


@dataclass(frozen=True, slots=True)
class EncodedText:
    """A sentence or an issue as the lower layers read it: states of shape (n_tokens, width)."""

    tokens: TokenizedText
    states: Floats
    # A cache: the same holders are asked about on every issue of a sentence.
    _rows: dict[tuple[HolderQuery, ...], tuple[Floats, Floats]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def holder_rows(self, holders: Sequence[HolderQuery]) -> tuple[Floats, Floats]:
        """Masks of shape (n_holders, n_tokens) and features of shape (n_holders, n_features)."""
        key = tuple(holders)
        if key not in self._rows:
            masks = np.stack([self.tokens.mask(holder) for holder in holders])
            features = np.array([holder.features for holder in holders], np.float32)
            self._rows[key] = masks, features
        return self._rows[key]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a judge says of a sentence and an issue.

    Attributes
    ----------
    about : the probability that the sentence is about the issue
    holders : calibrated probabilities in the order of `ANSWERS`, of shape (n_holders, 4)
    """

    about: float
    holders: Floats


class Judge:
    """A judge in a folder; graphs and tokenizer are opened on first use, by any thread.

    Parameters
    ----------
    folder : of files whose sums were checked
    """

    def __init__(self, folder: Path, settings: JudgeSettings) -> None:
        self.folder = folder
        self.settings = settings
        self._lower = GraphChain([folder / name for name in settings.lower])
        self._upper = GraphChain([folder / name for name in settings.upper])
        self._lock = threading.RLock()
        self._is_open = False
        self._issues = _IssueCache()

    def open(self) -> None:
        """Open the graphs, and check that they fit together by reading a few words.

        Raises
        ------
        BundleError
            a file is no graph or no tokenizer, or an output has the wrong shape
        """
        if self._is_open:
            return
        with self._lock:
            if not self._is_open:
                self._check_shapes()
                self._is_open = True

    def _check_shapes(self) -> None:
        sentence = self._encode(self._reader.sentence(SentenceText("It rains.", "Talks began.")))
        issue = self._encode(self._reader.issue(IssueText("rain", "It rains.", "It is dry.")))
        holder = HolderQuery("", (), (), (0.0,) * len(self.settings.holder_features))
        outputs = self._read_jointly(sentence, issue, [holder, holder])
        self._expect("about", outputs.get("about"), n=1)
        self._expect("stance", outputs.get("stance"), n=2 * len(ANSWERS))

    def _expect(self, name: str, output: Array | None, *, n: int) -> None:
        """Refuse an output that is missing or not of the right size."""
        shape = {1: "()"}.get(n, f"(n_holders, {len(ANSWERS)})")
        if output is None or output.size != n:
            got = "no such output" if output is None else f"{output.shape} for 2 holders"
            raise BundleError(
                f"{self._upper.files[-1]}: output {name!r} must be of shape {shape}, got {got}. "
                "Export the bundle again."
            )

    @cached_property
    def _reader(self) -> InputReader:
        from tokenizers import Tokenizer

        path = self.folder / TOKENIZER
        try:
            return InputReader(Tokenizer.from_file(str(path)), self.settings)
        except Exception as error:  # noqa: BLE001 - the package raises plain exceptions
            raise BundleError(
                f"{path}: must be a tokenizer with a special token at each end, got {error}. "
                "Export the bundle again."
            ) from None

    def read_sentence(self, sentence: SentenceText) -> EncodedText:
        """The states of a sentence, with the sentence before it."""
        self.open()
        return self._encode(self._reader.sentence(sentence))

    def read_issue(self, issue: IssueText) -> EncodedText:
        """The states of an issue; those of the last issues are kept."""
        encoded = self._issues.get(issue)
        if encoded is None:
            encoded = self.read_rare_issue(issue)
            self._issues.put(issue, encoded)
        return encoded

    def read_rare_issue(self, issue: IssueText) -> EncodedText:
        """The states of an issue that is not asked for again; they are not kept."""
        self.open()
        return self._encode(self._reader.issue(issue))

    def is_cut(self, issue: IssueText) -> bool:
        """Whether the words of an issue but for its cues are more than are read."""
        return self._reader.issue(IssueText(issue.name, issue.favor, issue.against)).n_cut > 0

    def _encode(self, tokens: TokenizedText) -> EncodedText:
        states = next(iter(self._lower.run(input_ids=tokens.ids).values()))
        if states.ndim != 2 or len(states) != len(tokens.ids):
            raise BundleError(
                f"{self._lower.files[-1]}: must give states of shape (n_tokens, width), "
                f"got {states.shape} for {len(tokens.ids)} tokens. Export the bundle again."
            )
        return EncodedText(tokens, states)

    def judge(
        self, sentence: EncodedText, issue: EncodedText, holders: Sequence[HolderQuery]
    ) -> Judgement:
        """The stance of each holder on an issue in a sentence, in one pass."""
        self.open()
        outputs = self._read_jointly(sentence, issue, holders)
        settings = self.settings
        logits = outputs["stance"].reshape(len(holders), len(ANSWERS)) / settings.temperature
        if settings.shift:
            logits = logits + np.array(settings.shift, np.float32)
        powers = np.exp(logits - logits.max(axis=1, keepdims=True))
        about = float(outputs["about"].reshape(())) / settings.about_temperature
        return Judgement(
            float(1 / (1 + np.exp(-about))),
            (powers / powers.sum(axis=1, keepdims=True)).astype(np.float32),
        )

    def _read_jointly(
        self, sentence: EncodedText, issue: EncodedText, holders: Sequence[HolderQuery]
    ) -> dict[str, Array]:
        n_issue = len(issue.states)
        masks, features = sentence.holder_rows(holders)
        in_issue = np.zeros((len(holders), n_issue), np.float32)
        return self._upper.run(
            **{STATES: np.concatenate([sentence.states, issue.states])},
            segments=np.concatenate(
                [sentence.tokens.segments, np.full(n_issue, ISSUE_SEGMENT, np.int64)]
            ),
            holders=np.hstack([masks, in_issue]),
            features=features,
        )


class _IssueCache:
    """The encoded issues that were used last, at most `MAX_CACHED_TOKENS` of them in all."""

    def __init__(self) -> None:
        self._encoded: OrderedDict[IssueText, EncodedText] = OrderedDict()
        self._n_tokens = 0
        self._lock = threading.Lock()

    def get(self, issue: IssueText) -> EncodedText | None:
        with self._lock:
            if issue in self._encoded:
                self._encoded.move_to_end(issue)
            return self._encoded.get(issue)

    def put(self, issue: IssueText, encoded: EncodedText) -> None:
        with self._lock:
            if issue not in self._encoded:
                self._encoded[issue] = encoded
                self._n_tokens += len(encoded.states)
            while self._n_tokens > MAX_CACHED_TOKENS and len(self._encoded) > 1:
                _, oldest = self._encoded.popitem(last=False)
                self._n_tokens -= len(oldest.states)
