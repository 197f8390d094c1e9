"""Gold articles: articles with annotated statements, from the seeds and from SEESAW."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from standpoint.codebook import fold_cue, fold_name, parse_codebook
from standpoint.errors import CorpusError
from standpoint.mentions import MentionMatcher
from standpoint.text import Article, Sentence, Span, read_article
from train.corpora import EntityNameMatcher, Seeds, SeedStatement, SeesawArticle

_SIDES = {"POS": "favor", "NEG": "against"}


@dataclass(frozen=True, slots=True)
class GoldStatement:
    """An annotated statement of a sentence.

    Attributes
    ----------
    sentence : its number in the article
    cue, pole : the words that name the issue, and their pole; None and favor without such words
    holder_span : the words that name the holder; None without such words
    """

    sentence: int
    holder: str
    issue: str
    stance: str
    cue: Span | None
    pole: str
    holder_span: Span | None

    @property
    def unit(self) -> tuple[int, str, str]:
        """Sentence, holder and issue: a stance is annotated for each such unit."""
        return self.sentence, self.holder, self.issue


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """An article with the matcher of its codebook and its annotated statements.

    Attributes
    ----------
    stratum : its codebook or split
    group : its article or story; rows of one are not independent
    exhaustive : whether statements without a side are annotated, too; if not, two names of a
        sentence without an annotation count as a statement without a side
    """

    article: Article
    matcher: MentionMatcher
    statements: tuple[GoldStatement, ...]
    stratum: str
    group: str
    exhaustive: bool = True


def seed_articles(seeds: Seeds) -> list[GoldArticle]:
    """The seeds as gold articles."""
    matchers = {name: MentionMatcher(codebook) for name, codebook in seeds.codebooks.items()}
    return [
        GoldArticle(
            article := read_article(seed.text, id=seed.id, date=seed.date),
            matchers[seed.codebook],
            tuple(_seed_statement(article, statement) for statement in seed.statements),
            seed.codebook,
            seed.id,
        )
        for seed in seeds.articles
    ]


def _seed_statement(article: Article, statement: SeedStatement) -> GoldStatement:
    sentence = article.sentence_at(statement.position)
    if sentence is None:
        raise CorpusError(
            f"{article.id}: a statement must stand in a sentence, got one at {statement.position}."
        )
    cue, pole = (statement.cue.span, statement.cue.pole) if statement.cue else (None, "favor")
    holder_span = statement.holder_span.span if statement.holder_span else None
    unit = (sentence.index, statement.holder, statement.issue)
    return GoldStatement(*unit, statement.stance, cue, pole, holder_span)


def seesaw_articles(articles: Sequence[SeesawArticle]) -> list[GoldArticle]:
    """SEESAW as gold articles: its entities are the actors and the issues of an article's codebook.

    Articles without a statement between two entities of their list are left out.
    """
    finder = EntityNameMatcher(
        (name for article in articles for name in article.entities),
        (sentence for article in articles for sentence in article.sentences),
    )
    return [gold for article in articles if (gold := _seesaw_article(article, finder)) is not None]


def _seesaw_article(story: SeesawArticle, finder: EntityNameMatcher) -> GoldArticle | None:
    if not story.sides or not story.entities:
        return None
    name_spans = [finder.find(text, list(story.entities)) for text in story.sentences]
    matcher, ids = _entity_matcher(story, name_spans)
    article = _with_corpus_sentences(story)
    statements = []
    for number, sides in story.sides.items():
        start = article.sentences[number].span.start
        spans = {name: span.shift(start) for name, span in name_spans[number].items()}
        for (holder, target), side in sides.items():
            if side is not None and {holder, target} <= ids.keys():
                unit = (number, ids[holder], ids[target])
                span, holder_span = spans.get(target), spans.get(holder)
                statement = GoldStatement(*unit, _SIDES[side], span, "favor", holder_span)
                statements.append(statement)
    if not statements:
        return None
    return GoldArticle(
        article, matcher, tuple(statements), story.split, story.story, exhaustive=False
    )


def _with_corpus_sentences(article: SeesawArticle) -> Article:
    """The article with the sentences of the corpus, each a paragraph of its own."""
    texts = [text if text.strip() else "-" for text in article.sentences]
    sentences, start = [], 0
    for number, text in enumerate(texts):
        sentences.append(Sentence(number, number, Span(start, start + len(text)), text))
        start += len(text) + 2
    return Article(article.id, "\n\n".join(texts), tuple(sentences))


def _entity_matcher(
    article: SeesawArticle, name_spans: Sequence[Mapping[str, Span]]
) -> tuple[MentionMatcher, dict[str, str]]:
    """A codebook of the article's entities, and the id of each by its name.

    Parameters
    ----------
    name_spans : the span of each entity that a sentence names, by sentence
    """
    words: dict[str, list[str]] = {name: [name] for name in article.entities}
    for text, spans in zip(article.sentences, name_spans, strict=True):
        for name, span in spans.items():
            words[name].append(span.of(text))
    taken: set[str] = set()
    actors: list[dict[str, Any]] = []
    issues: list[dict[str, Any]] = []
    ids: dict[str, str] = {}
    for number, (name, own) in enumerate(words.items()):
        free = [
            w
            for w in dict.fromkeys(own)
            if fold_name(w) and not {fold_name(w), fold_cue(w)} & taken
        ]
        if not free:
            continue
        taken |= {form for word in free for form in (fold_name(word), fold_cue(word))}
        ids[name] = id = f"e{number}"
        kind = _kind(name, article.entities[name])
        aliases = {fold_name(w): w for w in reversed(free) if fold_name(w) != fold_name(free[0])}
        by_cue = {fold_cue(w): w for w in reversed(free)}
        actors.append({"id": id, "name": free[0], "kind": kind, "aliases": list(aliases.values())})
        issues.append(
            {"id": id, "name": free[0], "favor": f"is for {name}", "against": f"is against {name}",
             "cues": list(by_cue.values()), "about": id}
        )  # fmt: skip
    codebook = parse_codebook(
        {"name": "entities", "title": article.id, "actors": actors, "issues": issues},
        where=article.id,
    )
    return MentionMatcher(codebook), ids


def _kind(name: str, type: str) -> str:
    # SEESAW has the same type for persons and for groups of people: a plural that is not a full
    # name of two words, or a party, is a group.
    if type == "People":
        plural = name.rsplit(maxsplit=1)[-1].casefold().endswith(("s", "party", "group"))
        return "group" if (plural and len(name.split()) != 2) or "Party" in name else "person"
    return {"GPE": "state", "Organization": "organisation"}.get(type, "group")
