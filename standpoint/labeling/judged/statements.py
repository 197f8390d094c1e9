"""The statements of an article by a judge: each sentence and issue is read once for all holders."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from standpoint.codebook import Issue
from standpoint.judge import (
    ANSWERS,
    HolderQuery,
    IssueText,
    Judge,
    Judgement,
    SentenceText,
    TokenizedText,
    beside_others,
)
from standpoint.labeling.annotated_article import AnnotatedArticle
from standpoint.labeling.candidates import read_pairs
from standpoint.labeling.holder_candidates import read_candidates
from standpoint.labeling.judged.issues import Selection, issue_text, selected_issues
from standpoint.labeling.judged.queries import holder_queries, sentence_text
from standpoint.labeling.pair import Pair
from standpoint.labeling.wide_candidates import candidate_pair
from standpoint.model import Floats
from standpoint.text import Sentence

STANCES = ANSWERS[:3]
_NOT = ANSWERS.index("not")


@dataclass(frozen=True, slots=True)
class JudgedUnit:
    """What a judge read for a statement, and its answer.

    Attributes
    ----------
    answer : probabilities in the order of `ANSWERS`
    about : the probability that the sentence is about the issue, for whichever holder
    early : the same, by the first stage
    others : the probabilities that it is about the other issues that were judged, in sum
    """

    sentence: SentenceText
    issue: IssueText
    holder: HolderQuery
    answer: tuple[float, ...]
    about: float
    early: float = 1.0
    others: float = 0.0


@dataclass(frozen=True, slots=True)
class JudgedPair:
    """A pair that is a statement, with what the judge read and answered."""

    pair: Pair
    unit: JudgedUnit

    @property
    def answer(self) -> tuple[float, ...]:
        """The probabilities in the order of `ANSWERS`."""
        return self.unit.answer

    @property
    def stance(self) -> str:
        """The likeliest stance, given that the sentence is about the issue for the holder."""
        return max(STANCES, key=lambda stance: self.answer[ANSWERS.index(stance)])

    def probabilities(self) -> dict[str, float]:
        """Of the stances; what is not about the issue for the holder takes no side."""
        favor, against = (self.answer[ANSWERS.index(side)] for side in STANCES[:-1])
        return {"favor": favor, "against": against, "none": max(0.0, 1 - favor - against)}


@dataclass(slots=True)
class JudgedArticle:
    """What a judge answers for an article.

    Attributes
    ----------
    statements : the pairs that reach the floor, in the order of the sentences
    n_pairs : holders, issues and sentences that were judged
    n_sentences : sentences that were read
    issues : those that were judged in any sentence
    """

    statements: list[JudgedPair] = field(default_factory=list)
    n_pairs: int = 0
    n_sentences: int = 0
    issues: dict[IssueText, None] = field(default_factory=dict)


def judged_article(article: AnnotatedArticle, judge: Judge) -> JudgedArticle:
    """Judge the holders and issues that an article may bring together.

    Sentences without a holder candidate or without an issue that they may concern are not read,
    nor are those that are no prose, unless `read_pairs` brings together a holder and an issue
    there.
    """
    return _ArticleReading(article, judge).judged() if article.sentences else JudgedArticle()


def asked_issues(article: AnnotatedArticle, judge: Judge) -> Selection:
    """The issues that a judge is asked about in each sentence."""
    return _ArticleReading(article, judge).selected() if article.sentences else {}


class _ArticleReading:
    """A judge's reading of one article."""

    def __init__(self, article: AnnotatedArticle, judge: Judge) -> None:
        self._article = article
        self._judge = judge
        self._issues = article.matcher.codebook.issues
        self._texts = [issue_text(issue) for issue in self._issues]
        self._candidates = read_candidates(article)
        self._numbers = {issue.id: number for number, issue in enumerate(self._issues)}
        self._sure: dict[int, dict[tuple[str, str], Pair]] = {}
        for pair in read_pairs(article):
            in_sentence = self._sure.setdefault(pair.sentence.index, {})
            in_sentence.setdefault((pair.issue, pair.holder), pair)

    def judged(self) -> JudgedArticle:
        """Judge every sentence that may concern an issue."""
        judged = JudgedArticle()
        for index, numbers in self.selected().items():
            self._judge_sentence(self._article.sentences[index], numbers, judged)
        return judged

    def selected(self) -> Selection:
        """The issues to judge in each sentence."""
        readable = [
            sentence.index
            for sentence, (own, _) in zip(self._article.sentences, self._candidates, strict=True)
            if own and (self._article.is_prose(sentence) or sentence.index in self._sure)
        ]
        return selected_issues(
            self._article,
            readable,
            named={index: [*self._named(index)] for index in readable},
            settings=self._judge.settings,
        )

    def _named(self, index: int) -> Iterator[int]:
        """The issues with a sure pair or a cue in a sentence, then those with one just before."""
        cues = self._article.cues_by_sentence
        yield from (self._numbers[issue] for issue, _ in self._sure.get(index, ()))
        for place in (index, index - 1):
            yield from (self._numbers[cue.issue] for cue in cues.get(place, ()))

    def _judge_sentence(
        self, sentence: Sentence, numbers: Sequence[int], judged: JudgedArticle
    ) -> None:
        text = sentence_text(self._article, sentence.index)
        queries = holder_queries(self._article, sentence.index, *self._candidates[sentence.index])
        asked = {n: self._asked(queries, self._issues[n]) for n in numbers}
        judged.n_sentences += 1
        judged.n_pairs += sum(map(len, asked.values()))
        judged.issues.update((self._texts[number], None) for number in numbers)
        answered = self._answered(self._judge.read_sentence(text), asked)
        total = math.fsum(answers.about for answers in answered.values())
        for number, answers in answered.items():
            others = max(0.0, total - answers.about)
            weight = self._judge.settings.others_weight
            rows = beside_others(answers.holders, others, weight=weight)
            judged.statements += [
                JudgedPair(
                    self._pair(sentence, self._issues[number], query.actor),
                    JudgedUnit(
                        text,
                        self._texts[number],
                        query,
                        tuple(row.tolist()),
                        answers.about,
                        answers.early,
                        others,
                    ),
                )
                for query, row in zip(asked[number], rows, strict=True)
                if self._is_statement(row)
            ]

    def _asked(self, queries: Sequence[HolderQuery], issue: Issue) -> list[HolderQuery]:
        """The holders that an issue is asked for: none is the holder of a stance on itself."""
        return [query for query in queries if query.actor != issue.about]

    def _answered(
        self, sentence: TokenizedText, asked: Mapping[int, Sequence[HolderQuery]]
    ) -> dict[int, Judgement]:
        """The answers on the issues that a sentence may be about, by their number."""
        answers = {
            number: self._judge.judge(
                sentence, self._judge.read_issue(self._texts[number]), queries, may_exit=True
            )
            for number, queries in asked.items()
            if queries
        }
        return {number: own for number, own in answers.items() if not own.is_early}

    def _is_statement(self, answer: Floats) -> bool:
        return float(1 - answer[_NOT]) >= self._judge.settings.statement_floor

    def _pair(self, sentence: Sentence, issue: Issue, holder: str) -> Pair:
        """The sure pair of the unit; else one that may be."""
        sure = self._sure.get(sentence.index, {}).get((issue.id, holder))
        if sure is not None:
            return sure
        candidate = self._candidates[sentence.index][0][holder]
        return candidate_pair(self._article, sentence, issue, candidate)
