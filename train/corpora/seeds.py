"""The seeds: annotated articles written for this project, one a line in ``seeds/CODEBOOK.jsonl``.

Every row is checked against its codebook and every span against its text; all faults are reported
together, with file and line.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import Field

from standpoint.codebook import Codebook, load_codebook
from standpoint.errors import CorpusError, StandpointError
from standpoint.labeling import AnnotatedArticle
from standpoint.labels import Pole, Task, orient_stance
from standpoint.mentions import MentionMatcher
from standpoint.model import Name
from standpoint.text import Article, Span, read_article
from train.config import Strict
from train.corpora.io import read_json_rows, refuse_faults
from train.corpora.record import Corpus, Record, Role, role_at


class AnnotatedSpan(Strict):
    """A span and its words."""

    start: int = Field(ge=0)
    end: int = Field(gt=0)
    text: str = Field(min_length=1)

    @property
    def span(self) -> Span:
        """Its offsets in the article."""
        return Span(self.start, self.end)


class Cue(AnnotatedSpan):
    """The words that name the issue, and the pole that favoring them supports."""

    pole: Pole


class SeedAttribution(Strict):
    """How the statement is made, and who reports it if that is neither holder nor article."""

    kind: Literal["quote", "paraphrase", "act", "narrator"]
    reporter: str | None


class SeedStatement(Strict):
    """One annotated statement; ``stance`` is on the issue, ``sentiment`` toward the cue.

    ``cue`` is None where the sentence implies the issue; its stance is then never none.
    """

    holder: str
    holder_span: AnnotatedSpan | None
    issue: str
    cue: Cue | None
    stance: Literal["favor", "against", "none"]
    sentiment: Literal["positive", "neutral", "negative"]
    attribution: SeedAttribution
    evidence: AnnotatedSpan

    @property
    def position(self) -> int:
        """Its offset in the article: of its cue, or else of its evidence."""
        return self.cue.start if self.cue else self.evidence.start


class SeedArticle(Strict):
    """One annotated article."""

    id: str
    codebook: str
    title: str
    date: str = Field(pattern=r"^\d{4}-\d{2}-\d{2}$")
    style: str
    text: str = Field(min_length=1)
    statements: tuple[SeedStatement, ...]


@dataclass(frozen=True, slots=True)
class Seeds:
    """All seed articles with their codebooks."""

    articles: tuple[SeedArticle, ...]
    codebooks: dict[str, Codebook]


def load_seeds(folder: Path, *, codebooks: Path) -> Seeds:
    """Read and check every ``*.jsonl`` of a folder.

    Parameters
    ----------
    folder : of the seed files
    codebooks : folder of the codebooks that the articles name

    Raises
    ------
    CorpusError
        with every fault, by file and line
    """
    files = sorted(folder.glob("*.jsonl")) if folder.is_dir() else []
    if not files:
        raise CorpusError(
            f"{folder}: must hold seed files named CODEBOOK.jsonl, got none. "
            "Is this the project's root?"
        )
    faults: list[str] = []
    known: dict[str, Codebook] = {}
    articles: dict[str, SeedArticle] = {}
    for file in files:
        for where, article in read_json_rows(file, SeedArticle, name=file.name, faults=faults):
            codebook = _codebook(article.codebook, codebooks, known, where, faults)
            if article.id in articles:
                faults.append(f"{where}: id must be new, got {article.id!r} again.")
            if codebook is not None:
                checked = check_statements(article.text, article.statements, codebook)
                faults += [f"{where}: {fault}" for fault in checked]
            articles[article.id] = article
    refuse_faults(folder, faults)
    return Seeds(tuple(articles.values()), known)


def _codebook(
    name: str, folder: Path, known: dict[str, Codebook], where: str, faults: list[str]
) -> Codebook | None:
    if name not in known:
        try:
            known[name] = load_codebook(folder / f"{name}.toml")
        except StandpointError as error:
            faults.append(f"{where}: codebook must be one in {folder}, got {name!r}: {error}")
    return known.get(name)


def check_statements(
    text: str, statements: Sequence[SeedStatement], codebook: Codebook
) -> Iterator[str]:
    """Every contradiction between statements and their codebook or the text of their article."""
    seen: set[tuple[str, str, int, bool]] = set()
    for number, statement in enumerate(statements):
        at = f"statements[{number}]"
        names = unknown_names(codebook, holder=statement.holder, issue=statement.issue)
        yield from (f"{at}.{fault}" for fault in names)
        yield from _check_spans(text, statement, at)
        if statement.cue is None and statement.stance == "none":
            yield f"{at}.stance: must be favor or against where there is no cue, got 'none'."
        key = (statement.holder, statement.issue, statement.position, statement.cue is None)
        if key in seen:
            where = "one cue" if statement.cue else f"{statement.issue} in one sentence"
            yield f"{at}: must be new, got {statement.holder!r} on {where} twice."
        seen.add(key)


def unknown_names(codebook: Codebook, *, holder: str, issue: str) -> Iterator[str]:
    """Faults of a holder or issue that a codebook does not have."""
    if holder not in {actor.id for actor in codebook.actors}:
        yield f"holder: must be an actor of {codebook.name}, got {holder!r}."
    if issue not in {issue.id for issue in codebook.issues}:
        yield f"issue: must be an issue of {codebook.name}, got {issue!r}."


def wrong_offsets(text: str, annotated: AnnotatedSpan) -> Iterator[str]:
    """The fault of a span whose words are not those at its offsets."""
    words = text[annotated.start : annotated.end]
    if words != annotated.text:
        yield f"text must stand at its offsets, got {words[:40]!r} there."


def _check_spans(text: str, statement: SeedStatement, at: str) -> Iterator[str]:
    for name in ("holder_span", "cue", "evidence"):
        annotated: AnnotatedSpan | None = getattr(statement, name)
        if annotated is not None:
            for fault in wrong_offsets(text, annotated):
                yield f"{at}.{name}: {fault}"
                return
            if annotated.text[0].isspace():
                yield f"{at}.{name}: must begin with a word, got {annotated.text[:40]!r}."
    if statement.cue is None:
        return
    if not statement.evidence.span.contains(statement.cue.span):
        yield f"{at}.cue: must lie within the evidence, got {statement.cue.span}."
    if statement.holder_span and statement.holder_span.span.overlaps(statement.cue.span):
        yield f"{at}.holder_span: must not overlap the cue, got {statement.holder_span.span}."


def seed_corpus(seeds: Seeds, *, task: Task) -> Corpus:
    """The seeds as labelled pairs; stances are oriented toward the cue, as models predict them.

    The target of a statement without a cue is the name of its issue.
    """
    matchers = {name: MentionMatcher(codebook) for name, codebook in seeds.codebooks.items()}
    records = [
        record
        for article in seeds.articles
        for record in _records(article, matchers[article.codebook], task)
    ]
    return Corpus("seeds", task, tuple(records))


def _records(article: SeedArticle, matcher: MentionMatcher, task: Task) -> Iterator[Record]:
    read = read_article(article.text, id=article.id)
    issues = {issue.id: issue.name for issue in matcher.codebook.issues}
    annotated = AnnotatedArticle(read, matcher)
    for number, statement in enumerate(article.statements):
        origin = sentence_of(read, statement)
        yield Record(
            id=f"{article.id}:{number}",
            text=origin.of(article.text),
            holder=_role(statement.holder, statement.holder_span, origin),
            target=_target(statement, origin, issues),
            label=_label(statement, task),
            group=article.id,
            issue=statement.issue,
            actor=statement.holder,
            date=article.date,
            stratum=article.codebook,
            split="",
            tags=("cued",) if statement.cue else ("implied",),
            names=_names(annotated, statement, origin),
        )


def _label(statement: SeedStatement, task: Task) -> str:
    if task == "sentiment":
        return statement.sentiment
    pole = statement.cue.pole if statement.cue else "favor"
    return orient_stance(statement.stance, pole=pole)


def _names(article: AnnotatedArticle, statement: SeedStatement, origin: Span) -> tuple[Name, ...]:
    sentence = article.article.sentence_at(statement.position)
    return article.names_in(sentence, origin=origin) if sentence else ()


def sentence_of(read: Article, statement: SeedStatement) -> Span:
    """The sentence of a statement; its evidence where the sentence splitter splits the cue."""
    sentence = read.sentence_at(statement.position)
    cue = statement.cue.span if statement.cue else None
    if sentence is not None and (cue is None or sentence.span.contains(cue)):
        return sentence.span
    return statement.evidence.span


def _role(name: str, annotated: AnnotatedSpan | None, origin: Span) -> Role | None:
    if annotated is None or not origin.contains(annotated.span):
        return None
    return role_at(name, annotated.span.shift(-origin.start))


def _target(statement: SeedStatement, origin: Span, names: dict[str, str]) -> Role:
    cue = statement.cue
    if cue is None:
        return role_at(names[statement.issue], None)
    return role_at(cue.text, cue.span.shift(-origin.start))
