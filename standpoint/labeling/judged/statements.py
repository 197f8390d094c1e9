"""The statements of an article by a judge: each sentence and issue is read once for all holders."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from standpoint.codebook import Issue
from standpoint.judge import ANSWERS, EncodedText, HolderQuery, IssueText, SentenceText
from standpoint.labeling.annotated_article import AnnotatedArticle
from standpoint.labeling.candidates import read_pairs
from standpoint.labeling.holder_candidates import (
    Candidates,
    HolderCandidate,
    holder_candidates,
    holder_features,
)
from standpoint.labeling.judged.issues import CodebookTexts, codebook_texts
from standpoint.labeling.pair import Pair
from standpoint.labeling.wide_candidates import candidate_pair
from standpoint.model import Floats, JudgeModel
from standpoint.text import Sentence, Span

SIDES = ("favor", "against", "none")
_NOT = ANSWERS.index("not")


@dataclass(frozen=True, slots=True)
class JudgedUnit:
    """What a judge read for a statement."""

    sentence: SentenceText
    issue: IssueText
    holder: HolderQuery


@dataclass(frozen=True, slots=True)
class JudgedPair:
    """A pair with a judge's answer.

    Attributes
    ----------
    answer : probabilities in the order of `ANSWERS`, of shape (4,)
    """

    pair: Pair
    unit: JudgedUnit
    answer: Floats

    @property
    def relevance(self) -> float:
        """The probability that the sentence is about the issue for the holder."""
        return 1 - float(self.answer[_NOT])

    def probabilities(self) -> dict[str, float]:
        """Of the stances, given that the sentence is about the issue for the holder."""
        shares = {side: float(self.answer[ANSWERS.index(side)]) for side in SIDES}
        total = sum(shares.values())
        # All that there is may be lost to rounding, where it is not about the issue at all.
        return {k: v / total for k, v in shares.items()} if total else {**shares, "none": 1.0}


def judged_pairs(article: AnnotatedArticle, model: JudgeModel) -> list[JudgedPair]:
    """What a judge answers for the holders and issues that an article may bring together.

    Sentences without a holder candidate are not read, nor are those that are no prose, unless
    `read_pairs` brings together a holder and an issue there. The pairs are in the order of the
    sentences.
    """
    if not article.sentences:
        return []
    return [*_ArticleReading(article, model).pairs()]


class _ArticleReading:
    """A judge's reading of one article."""

    def __init__(self, article: AnnotatedArticle, model: JudgeModel) -> None:
        self._article = article
        self._judge = model.judge
        self._texts: CodebookTexts = codebook_texts(article.matcher, model)
        self._issues = article.matcher.codebook.issues
        self._candidates = holder_candidates(article)
        self._features = holder_features(article, self._candidates)
        self._sure: dict[tuple[int, str], dict[str, Pair]] = {}
        for pair in read_pairs(article):
            of_unit = self._sure.setdefault((pair.sentence.index, pair.issue), {})
            of_unit.setdefault(pair.holder, pair)

    def pairs(self) -> Iterator[JudgedPair]:
        """The pairs of every sentence that is read."""
        with_sure = {index for index, _ in self._sure}
        for sentence, own in zip(self._article.sentences, self._candidates, strict=True):
            is_read = self._article.is_prose(sentence) or sentence.index in with_sure
            if own and is_read:
                yield from self._of_sentence(sentence, own)

    def _of_sentence(self, sentence: Sentence, candidates: Candidates) -> Iterator[JudgedPair]:
        before = self._article.sentences[sentence.index - 1].text if sentence.index else ""
        text = SentenceText(sentence.text, before)
        encoded = self._judge.read_sentence(text)
        queries = self._queries(sentence, candidates)
        settings = self._judge.settings
        for number in self._texts.selected(
            encoded,
            cued=self._cued(sentence),
            max_issues=settings.max_issues,
            min_similarity=settings.min_similarity,
        ):
            issue, words = self._issues[number], self._texts.texts[number]
            asked = [query for query in queries if query.actor != issue.about]
            answers = self._answers(encoded, words, asked)
            for query, answer in zip(asked, answers, strict=True):
                pair = self._pair(sentence, issue, candidates[query.actor])
                yield JudgedPair(pair, JudgedUnit(text, words, query), answer)

    def _answers(
        self, sentence: EncodedText, issue: IssueText, asked: Sequence[HolderQuery]
    ) -> Sequence[Floats]:
        if not asked:
            return ()
        return [*self._judge.judge(sentence, self._judge.read_issue(issue), asked).holders]

    def _cued(self, sentence: Sentence) -> Iterator[int]:
        """The issues with a sure pair or a cue in a sentence, then those with one just before."""
        numbers = {issue.id: number for number, issue in enumerate(self._issues)}
        cues = self._article.cues_by_sentence
        for index in (sentence.index, sentence.index - 1):
            yield from (numbers[cue.issue] for cue in cues.get(index, ()))
            if index == sentence.index:
                yield from (n for id_, n in numbers.items() if (index, id_) in self._sure)

    def _queries(self, sentence: Sentence, candidates: Candidates) -> list[HolderQuery]:
        features = self._features[sentence.index].tolist()
        here, before = self._spans(sentence.index), self._spans(sentence.index - 1)
        return [
            HolderQuery(actor, tuple(here.get(actor, ())), tuple(before.get(actor, ())), tuple(row))
            for actor, row in zip(candidates, features, strict=True)
        ]

    def _spans(self, index: int) -> dict[str, list[Span]]:
        """The mentions of each actor in a sentence, from its start."""
        spans: dict[str, list[Span]] = {}
        for mention in self._article.holder_mentions(index):
            start = self._article.sentences[index].span.start
            spans.setdefault(mention.actor, []).append(mention.span.shift(-start))
        return spans

    def _pair(self, sentence: Sentence, issue: Issue, candidate: HolderCandidate) -> Pair:
        """The sure pair of the unit; else one that may be."""
        sure = self._sure.get((sentence.index, issue.id), {}).get(candidate.actor)
        return sure or candidate_pair(self._article, sentence, issue, candidate)
