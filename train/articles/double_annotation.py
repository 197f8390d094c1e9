"""Articles annotated twice, unit by unit.

A unit is a sentence, a holder and an issue. Its stance is the side, or the sides, an annotator
marked in it: a ``none`` beside a side, on another cue, takes nothing from it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from standpoint.errors import CorpusError
from standpoint.text import Article, read_article
from train.corpora import Adjudication, Annotations, SeedArticle, Seeds, SeedStatement

SIDES = frozenset({"favor", "against"})
Pair = tuple[str, str]
Unit = tuple[int, str, str]
Units = Mapping[Unit, Sequence[SeedStatement]]


@dataclass(frozen=True, slots=True)
class Twice:
    """An article with the units of each of its two annotators."""

    article: SeedArticle
    first: Units
    second: Units

    @property
    def common(self) -> list[Unit]:
        """The units both marked."""
        return sorted(self.first.keys() & self.second.keys())

    @property
    def either(self) -> list[Unit]:
        """The units one of them marked, or both."""
        return sorted(self.first.keys() | self.second.keys())

    def of(self, unit: Unit) -> tuple[Sequence[SeedStatement], Sequence[SeedStatement]]:
        """What each marked in a unit, nothing where he did not."""
        return self.first.get(unit, ()), self.second.get(unit, ())


def annotated_twice(seeds: Seeds, annotations: Annotations) -> list[Twice]:
    """The articles that both annotators did, in the order of the seeds."""
    both = annotations.first.keys() & annotations.second.keys()
    found = []
    for article in seeds.articles:
        if article.id in both:
            read = read_article(article.text, id=article.id)
            first = _units(read, annotations.first[article.id])
            found.append(Twice(article, first, _units(read, annotations.second[article.id])))
    return found


def _units(article: Article, statements: Iterable[SeedStatement]) -> Units:
    found: dict[Unit, list[SeedStatement]] = {}
    for statement in statements:
        sentence = article.sentence_at(statement.position)
        if sentence is None:
            raise CorpusError(
                f"{article.id}: a statement must begin within a sentence, "
                f"got one at {statement.position}."
            )
        unit = (sentence.index, statement.holder, statement.issue)
        found.setdefault(unit, []).append(statement)
    return found


def is_cued(statements: Sequence[SeedStatement]) -> bool:
    """Whether one of them has a cue."""
    return any(statement.cue for statement in statements)


def stance_of(statements: Sequence[SeedStatement]) -> str:
    """What the statements of one unit come to: favor, against, both, or none."""
    sides = {statement.stance for statement in statements} - {"none"}
    return "both" if len(sides) > 1 else next(iter(sides), "none")


def differences(article: Twice) -> dict[Unit, str]:
    """The units whose stance the annotators saw differently, each with what they marked."""
    kinds = {unit: _difference(*article.of(unit)) for unit in article.either}
    return {unit: kind for unit, kind in kinds.items() if kind}


def _difference(first: Sequence[SeedStatement], second: Sequence[SeedStatement]) -> str:
    one, other = stance_of(first), stance_of(second)
    if not first or not second:
        if one == other:
            return "none beside nothing"
        side = "side" if is_cued([*first, *second]) else "implied side"
        return f"{side} beside nothing"
    if one == other:
        return ""
    return "side against none" if "none" in (one, other) else "opposite or different sides"


def followed(row: Adjudication) -> str:
    """Whose reading a difference was settled by."""
    if row.stances == frozenset(row.first):
        return "as the first"
    return "as the second" if row.stances == frozenset(row.second) else "as neither"


def _stances(one: Twice) -> Iterator[Pair]:
    return ((stance_of(one.first[unit]), stance_of(one.second[unit])) for unit in one.common)


def _strictly(one: Twice) -> Iterator[Pair]:
    for unit in one.either:
        first, second = one.of(unit)
        yield stance_of(first), stance_of(second)


def _strictly_cued(one: Twice) -> Iterator[Pair]:
    for unit in one.either:
        first, second = one.of(unit)
        if is_cued([*first, *second]):
            yield stance_of(first), stance_of(second)


def _sides(one: Twice) -> Iterator[Pair]:
    return (pair for pair in _stances(one) if SIDES.issuperset(pair))


def _values(one: Twice, value: Callable[[SeedStatement], str]) -> Iterator[Pair]:
    """A value of the statements of each common unit; several of them are a value of their own."""
    for unit in one.common:
        first, second = (", ".join(sorted(set(map(value, of)))) for of in one.of(unit))
        yield first, second


PAIRS: dict[str, Callable[[Twice], Iterator[Pair]]] = {
    "stance": _stances,
    "stance.strict": _strictly,
    "stance.strict.cued": _strictly_cued,
    "side": _sides,
    "tone": lambda one: _values(one, lambda statement: statement.sentiment),
    "attribution": lambda one: _values(one, lambda statement: statement.attribution.kind),
}
"""The values each annotator gave the units of an article, by what they are values of."""
