"""Pairs of lists and tables: the issue stands in the line above, or at the head of a column."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from standpoint.labeling.annotated_article import AnnotatedArticle
from standpoint.labeling.pair import Pair
from standpoint.lexicon.news_terms import NO_SIDE_ANSWERS
from standpoint.mentions import ActorMention, CueMention
from standpoint.structure import Row
from standpoint.text import Sentence, Span

MAX_ANSWER_WORDS = 8
"""Words behind the colon of an item without a bullet: "Greens: in favour". A guess."""
_ITEM = re.compile(r"\W*([^:–—\n]{1,80}?)(?:: | [-–—] |:$)(.*)", re.DOTALL)
# What answers a question in a transcript: "MR KOVAC: No, ma'am.", "It does." Other short turns
# ("Not in writing.", "She asked me to lunch.") take no side by themselves.
_ANSWER = re.compile(
    r"\W*(?:(?:yes|yeah|no|nope|aye|nay|never|absolutely|definitely|certainly|of course|indeed"
    r"|for|against|in favou?r|opposed|oppose|support)\b"
    r"|(?:I|we|it) (?:do|does|did|am|are|is|was|were|have|has|had|will|would|can|could|should|must)"
    r"(?: not|n['’]t)?(?=\W*$|[.,;!]))",
    re.IGNORECASE,
)

# "For: the Greens, Kovac", "Noes: the Liberals": the actors stand behind the colon.
_SIDE = re.compile(
    r"\W*(?:(?:voted |voting )?(?:for|against|in favou?r)|ayes?|noes|nays?|yeas?|yes|no|opposed"
    r"|opponents|supporters|pro|contra|con)(?: ?\(\d+\))?: ",
    re.IGNORECASE,
)


def listed_pairs(article: AnnotatedArticle) -> list[Pair]:
    """The pairs of list items under a line that names an issue, and of the cells of tables.

    An answer that takes no side ("undecided") makes no pair.
    """
    topics = {issue.id: issue.name for issue in article.matcher.codebook.issues}
    pairs = [*_in_lists(article, topics)]
    if article.structure.rows:
        pairs += _Tables(article, topics).pairs()
    return pairs


def _in_lists(article: AnnotatedArticle, topics: dict[str, str]) -> Iterator[Pair]:
    """The pairs of items: the actors before the colon, and the issues of the line that leads."""
    issues: list[str] = []
    for sentence in article.sentences:
        cues = article.cues_by_sentence.get(sentence.index, ())
        if cues and _leads(article, sentence):
            issues = list(dict.fromkeys(cue.issue for cue in cues))
            continue
        is_item = issues and not cues and _is_item(article, sentence)
        if is_item:
            mentions = article.mentions_by_sentence.get(sentence.index, ())
            for mention in _holders(sentence, mentions):
                for issue in issues:
                    yield _pair(sentence, mention, issue, topics[issue])
        # "Against:" between two groups of items leads on.
        elif issues and not (sentence.text.endswith(":") and not cues):
            issues = []


def _leads(article: AnnotatedArticle, sentence: Sentence) -> bool:
    """Whether a line that names an issue stands above a list."""
    if sentence.text.endswith((":", "?")) or _is_heading(article, sentence):
        return True
    following = article.sentences[sentence.index + 1 : sentence.index + 2]
    return any(_SIDE.match(line.text) for line in following)


def _is_heading(article: AnnotatedArticle, sentence: Sentence) -> bool:
    """Whether a sentence is the headline or a heading."""
    blocks = article.structure.blocks_in(sentence.span)
    return any(block.kind in ("headline", "heading") for block in blocks)


def _is_item(article: AnnotatedArticle, sentence: Sentence) -> bool:
    """Whether a sentence is a list item, or a name with a short answer; in a turn, an answer."""
    blocks = article.structure.blocks_in(sentence.span)
    if any(block.kind == "list_item" for block in blocks):
        return True
    item = _ITEM.match(sentence.text)
    if _SIDE.match(sentence.text) is not None and sentence.index not in article.voices:
        return True
    if item is None or not 0 < len(item.group(2).split()) <= MAX_ANSWER_WORDS:
        return False
    voice = article.voices.get(sentence.index)
    return voice is None or voice.kind != "turn" or _ANSWER.match(item.group(2)) is not None


def _holders(sentence: Sentence, mentions: Iterable[ActorMention]) -> Iterator[ActorMention]:
    """The actors of an item: those before the colon; without one, or behind a side, all."""
    item = None if _SIDE.match(sentence.text) else _ITEM.match(sentence.text)
    end = len(sentence.text) if item is None else item.end(1)
    if item is not None and _takes_no_side(item.group(2)):
        return
    seen = set()
    for mention in mentions:
        if mention.span.end <= sentence.span.start + end and mention.actor not in seen:
            seen.add(mention.actor)
            yield mention


def _takes_no_side(answer: str) -> bool:
    """Whether an answer is "undecided", "abstained" or a dash."""
    words = answer.casefold().strip(" .!*_").split()
    return not words or (len(words) <= 2 and not NO_SIDE_ANSWERS.isdisjoint(words))


def _pair(sentence: Sentence, mention: ActorMention, issue: str, topic: str) -> Pair:
    return Pair(
        sentence, mention.actor, mention.span, issue, None, "narrator", None, None, topic=topic
    )


@dataclass(slots=True)
class _Heads:
    """What the head of each column names."""

    cues: dict[int, list[CueMention]] = field(default_factory=dict)
    actors: dict[int, list[ActorMention]] = field(default_factory=dict)


class _Tables:
    """The tables of an article."""

    def __init__(self, article: AnnotatedArticle, topics: dict[str, str]) -> None:
        self._article, self._topics = article, topics
        self._starts = [sentence.span.start for sentence in article.sentences]

    def pairs(self) -> Iterator[Pair]:
        """The pairs of every row: its actor with the issues of columns, or the reverse."""
        heads = _Heads()
        for row in self._article.structure.rows:
            sentence = self._sentence_of(row)
            if row.is_header:
                heads = self._heads(row, sentence)
            elif sentence is not None:
                yield from self._of_row(row, sentence, heads)

    def _sentence_of(self, row: Row) -> Sentence | None:
        at = bisect_right(self._starts, row.span.start) - 1
        sentence = self._article.sentences[at] if at >= 0 else None
        return sentence if sentence is not None and sentence.span.overlaps(row.span) else None

    def _heads(self, row: Row, sentence: Sentence | None) -> _Heads:
        heads = _Heads()
        if sentence is None:
            return heads
        cues = self._article.cues_by_sentence.get(sentence.index, ())
        mentions = self._article.mentions_by_sentence.get(sentence.index, ())
        for column, cell in row.cells.items():
            heads.cues[column] = [cue for cue in cues if cell.contains(cue.span)]
            heads.actors[column] = [m for m in mentions if cell.contains(m.span)]
        return heads

    def _of_row(self, row: Row, sentence: Sentence, heads: _Heads) -> Iterator[Pair]:
        text = self._article.article.text
        first = min(row.cells) if row.cells else 0
        holders = self._mentions_in(row.cells.get(first), sentence)
        cues = self._cues_in(row.cells.get(first), sentence)
        for column, cell in row.cells.items():
            if column == first or _takes_no_side(cell.of(text)):
                continue
            for issue in dict.fromkeys(cue.issue for cue in heads.cues.get(column, ())):
                for mention in holders:
                    yield _pair(sentence, mention, issue, self._topics[issue])
            for mention in heads.actors.get(column, ()):
                for cue in cues:
                    actor, issue = mention.actor, cue.issue
                    yield Pair(sentence, actor, None, issue, cue, "narrator", None, None)

    def _mentions_in(self, cell: Span | None, sentence: Sentence) -> Sequence[ActorMention]:
        mentions = self._article.mentions_by_sentence.get(sentence.index, ())
        return [m for m in mentions if cell is not None and cell.contains(m.span)]

    def _cues_in(self, cell: Span | None, sentence: Sentence) -> Sequence[CueMention]:
        cues = self._article.cues_by_sentence.get(sentence.index, ())
        return [cue for cue in cues if cell is not None and cell.contains(cue.span)]
