"""The judge: a network that reads a sentence and an issue in words, and asks for every holder.

An encoder reads both as one sequence, but for the lowest layers of some judges: those read the
sentence and the issue apart, so that a sentence is read once for all issues and an issue once for
all sentences. Most sentences are not about an issue, and half of the layers tell: the first stage
ends with a head of its own, and only what may be about the issue goes on to the second, whose heads
answer for all holders from that one pass. Nothing is batched: no answer depends on other sentences.

The sentiment toward a target is a further head of the second stage, behind a pass in which the
target's words stand in the issue's place.

References
----------
Cao et al. (2020), DeFormer: decomposing pre-trained transformers for faster question answering.
Xin et al. (2020), DeeBERT: dynamic early exiting for accelerating BERT inference.
"""

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np

from standpoint.errors import BundleError
from standpoint.judge.graphs import STATES, Array, GraphChain
from standpoint.judge.inputs import InputReader
from standpoint.judge.settings import ANSWERS, SENTIMENTS, JudgeSettings
from standpoint.judge.texts import HolderQuery, IssueText, SentenceText, TargetQuery
from standpoint.judge.tokens import Floats, Integers, JoinedText, TokenizedText
from standpoint.probabilities import sigmoid, softmax

TOKENIZER = "tokenizer.json"
MAX_CACHED_ISSUES = 1_000  # as tokens, some 5 MB: the issues of a hundred codebooks
MAX_CACHED_STATES = 200  # issues with their states, some 40 MB of 60 tokens and a width of 768
_NOT = ANSWERS.index("not")


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a judge says of a sentence and an issue.

    Attributes
    ----------
    early : the probability that the sentence is about the issue, after the first stage
    about : the same after the second stage; that of the first where the second was not run
    holders : calibrated probabilities in the order of `ANSWERS`, of shape (n_holders, 4); surely
        "not" where the second stage was not run
    is_early : whether the second stage was not run
    """

    early: float
    about: float
    holders: Floats
    is_early: bool = False


class Judge:
    """A judge in a folder; graphs and tokenizer are opened on first use, by any thread.

    Parameters
    ----------
    folder : of files whose sums were checked
    """

    def __init__(self, folder: Path, settings: JudgeSettings) -> None:
        self.folder = folder
        self.settings = settings
        self._apart = GraphChain([folder / name for name in settings.apart])
        self._stage_one = GraphChain([folder / name for name in settings.stage_one])
        self._exit = GraphChain([folder / settings.exit])
        *layers, heads = settings.stage_two
        self._second_layers = GraphChain([folder / name for name in layers])
        self._heads = GraphChain([folder / heads])
        of_sentiment = [settings.sentiment.graph] if settings.sentiment else []
        self._sentiment_head = GraphChain([folder / name for name in of_sentiment])
        self._lock = threading.RLock()
        self._is_open = False
        n_cached = MAX_CACHED_STATES if settings.apart else MAX_CACHED_ISSUES
        self._issue_tokens = lru_cache(n_cached)(self._read_issue)

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
        joined = JoinedText.of(
            self._read_sentence(SentenceText("It rains.", "Talks began.")),
            self._read_issue(IssueText("rain", "It rains.", "It is dry.")),
        )
        holder = HolderQuery("", (), (), (0.0,) * len(self.settings.holder_features))
        states = self._first_states(joined)
        _expect(self._exit, "about", self._exit_outputs(joined, states), n=1)
        outputs = self._second_outputs(joined, states, [holder, holder])
        _expect(self._heads, "about", outputs, n=1)
        _expect(self._heads, "stance", outputs, n=2 * len(ANSWERS))
        if self.has_sentiment:
            outputs = self._sentiment_outputs(joined, states, [TargetQuery()] * 2)
            _expect(self._sentiment_head, "sentiment", outputs, n=2 * len(SENTIMENTS))

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

    def read_sentence(self, sentence: SentenceText) -> TokenizedText:
        """The tokens of a sentence, with the sentence before it."""
        self.open()
        return self._read_sentence(sentence)

    def read_issue(self, issue: IssueText) -> TokenizedText:
        """The tokens of an issue; those of the last issues are kept."""
        self.open()
        return self._issue_tokens(issue)

    def _read_sentence(self, sentence: SentenceText) -> TokenizedText:
        tokens = self._reader.sentence(sentence)
        return self._with_states(tokens, tokens.segments)

    def _read_issue(self, issue: IssueText) -> TokenizedText:
        tokens = self._reader.issue(issue)
        return self._with_states(tokens, tokens.issue_segments)

    def _with_states(self, tokens: TokenizedText, segments: Integers) -> TokenizedText:
        """The tokens of a text with their states, if there are layers that read it apart."""
        if not self.settings.apart:
            return tokens
        outputs = self._apart.run(input_ids=tokens.ids, segments=segments)
        return replace(tokens, states=_token_states(self._apart, outputs, n_tokens=len(tokens.ids)))

    def is_cut(self, issue: IssueText) -> bool:
        """Whether the words of an issue but for its cues are more than are read."""
        return self._reader.issue(IssueText(issue.name, issue.favor, issue.against)).n_cut > 0

    def first_words(self, issue: IssueText) -> IssueText:
        """An issue as far as its words are read."""
        return self._reader.first_words(issue)

    def judge(
        self,
        sentence: TokenizedText,
        issue: TokenizedText,
        holders: Sequence[HolderQuery],
        *,
        may_exit: bool = False,
    ) -> Judgement:
        """The stance of each holder on an issue in a sentence, in one pass.

        Parameters
        ----------
        may_exit : whether the second stage is left out below ``about_floor``
        """
        self.open()
        joined = JoinedText.of(sentence, issue)
        states = self._first_states(joined)
        early = _probability(self._exit_outputs(joined, states)["about"])
        if may_exit and early < self.settings.about_floor:
            return Judgement(early, early, _unconcerned(len(holders)), is_early=True)
        outputs = self._second_outputs(joined, states, holders)
        about = _probability(outputs["about"] / self.settings.about_temperature)
        return Judgement(early, about, self._calibrated(outputs, len(holders)))

    def _calibrated(self, outputs: Mapping[str, Array], n_holders: int) -> Floats:
        """The probabilities of the holders' answers, from the logits of both heads."""
        settings = self.settings
        logits = outputs["stance"].reshape(n_holders, len(ANSWERS)) / settings.temperature
        shift = np.array(settings.shift or (0.0,) * len(ANSWERS), np.float32)
        shift[_NOT] -= settings.about_weight * outputs["about"].item()
        return softmax(logits + shift).astype(np.float32)

    @property
    def has_sentiment(self) -> bool:
        """Whether it can be asked for the sentiment toward a target."""
        return self.settings.sentiment is not None

    def sentiment(
        self, sentence: TokenizedText, target: TokenizedText, queries: Sequence[TargetQuery]
    ) -> Floats:
        """The sentiment of holders toward a target in a sentence, in one pass.

        Parameters
        ----------
        target : the tokens of its words, by `read_issue`

        Returns
        -------
        calibrated probabilities in the order of `SENTIMENTS`, of shape (n_queries, 3)

        Raises
        ------
        BundleError
            the judge has no head for it
        """
        self.open()
        if self.settings.sentiment is None:
            raise BundleError(
                f"{self.folder}: must be a judge with a head for sentiment, got one without. "
                "Train it with a source of sentiment."
            )
        joined = JoinedText.of(sentence, target)
        outputs = self._sentiment_outputs(joined, self._first_states(joined), queries)
        logits = outputs["sentiment"].reshape(len(queries), len(SENTIMENTS))
        return softmax(logits / self.settings.sentiment.temperature).astype(np.float32)

    def _first_states(self, joined: JoinedText) -> Floats:
        """The states after the first stage, of shape (n_tokens, width)."""
        states = joined.states
        read = {"input_ids": joined.ids} if states is None else {STATES: states}
        outputs = self._stage_one.run(**read, segments=joined.segments)
        return _token_states(self._stage_one, outputs, n_tokens=len(joined.ids))

    def _exit_outputs(self, joined: JoinedText, states: Floats) -> dict[str, Array]:
        return self._exit.run(**{STATES: states}, segments=joined.segments)

    def _second_outputs(
        self, joined: JoinedText, states: Floats, holders: Sequence[HolderQuery]
    ) -> dict[str, Array]:
        n_features = len(self.settings.holder_features)
        features = np.array([holder.features for holder in holders], np.float32)
        return self._heads.run(
            **{STATES: self._second_states(joined, states)},
            segments=joined.segments,
            holders=joined.masks(holders),
            poles=joined.poles,
            features=features.reshape(len(holders), n_features),
        )

    def _sentiment_outputs(
        self, joined: JoinedText, states: Floats, queries: Sequence[TargetQuery]
    ) -> dict[str, Array]:
        targets, holders = joined.target_masks(queries)
        return self._sentiment_head.run(
            **{STATES: self._second_states(joined, states)},
            segments=joined.segments,
            targets=targets,
            holders=holders,
        )

    def _second_states(self, joined: JoinedText, states: Floats) -> Floats:
        """The states after the layers of the second stage, from those after the first."""
        outputs = self._second_layers.run(**{STATES: states}, segments=joined.segments)
        return next(iter(outputs.values()), states)


def _token_states(chain: GraphChain, outputs: dict[str, Array], *, n_tokens: int) -> Floats:
    """The first output of a chain, which must be a state for each token."""
    states = next(iter(outputs.values()))
    if states.ndim != 2 or len(states) != n_tokens:
        raise BundleError(
            f"{chain.files[-1]}: must give states of shape (n_tokens, width), "
            f"got {states.shape} for {n_tokens} tokens. Export the bundle again."
        )
    return states


def _expect(chain: GraphChain, name: str, outputs: dict[str, Array], *, n: int) -> None:
    """Refuse an output that is missing or not of the right size."""
    output = outputs.get(name)
    if output is None or output.size != n:
        shape = "()" if n == 1 else f"(n_holders, {n // 2})"
        got = "no such output" if output is None else f"{output.shape} for 2 holders"
        raise BundleError(
            f"{chain.files[-1]}: output {name!r} must be of shape {shape}, got {got}. "
            "Export the bundle again."
        )


def _probability(logit: Array) -> float:
    """The probability of the only logit of an output."""
    return float(sigmoid(logit.reshape(1))[0])


def _unconcerned(n_holders: int) -> Floats:
    """The answer "not" for each holder."""
    answers = np.zeros((n_holders, len(ANSWERS)), np.float32)
    answers[:, _NOT] = 1
    return answers
