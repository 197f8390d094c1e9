"""The sources of units: seeds, real documents, short texts and sentences, each by its loader."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from standpoint.errors import CorpusError
from standpoint.labeling import AnnotatedArticle, normalize_article
from standpoint.mentions import MentionMatcher
from standpoint.text import read_article
from train.articles import Reader, seed_articles
from train.config import DOCUMENT_CORPORA, PAIR_CORPORA, UNLABELLED, JudgeConfig, JudgeSource
from train.corpora import (
    ContrastText,
    RealAnnotations,
    RealDocument,
    StanceSentences,
    compose_texts,
    load_coal_debate,
    load_contrast,
    load_more_annotations,
    load_news_annotations,
    load_news_sentences,
    load_real_annotations,
    load_real_documents,
    load_seeds,
    load_unlabelled,
    load_written,
)
from train.judge.pairs.pair_units import SEED_SENTIMENT, PairUnits, read_pair_units
from train.judge.short_texts.preceded_texts import behind_others
from train.judge.short_texts.short_text_units import AnsweredText, short_text_units
from train.judge.units import Gold, Unit, gold_of, units_of
from train.judge.unlabelled.pairs import training_codebooks, unlabelled_units

ReportProgress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class ReadText:
    """A text of a source as the reader reads it; see `train.judge.units.GoldText`."""

    document: str
    article: AnnotatedArticle
    gold: Gold


@dataclass(frozen=True, slots=True)
class UnitSource:
    """The units of a source for training.

    Attributes
    ----------
    missing : what is left out since its texts are not there
    """

    config: JudgeSource
    units: tuple[Unit, ...]
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class JudgeData:
    """All units that a judge is trained and scored on.

    Attributes
    ----------
    dev : of the real documents' dev split
    contrast_dev : of the contrast texts' dev split; empty where they are no source
    pair_dev : of the dev splits of labelled pairs, by corpus and split
    """

    sources: tuple[UnitSource, ...]
    dev: tuple[Unit, ...]
    contrast_dev: tuple[Unit, ...]
    pair_dev: Mapping[str, tuple[Unit, ...]] = field(default_factory=dict)

    def units(self) -> Iterator[Unit]:
        """Every unit, of training and of dev."""
        for source in self.sources:
            yield from source.units
        yield from (*self.dev, *self.contrast_dev)
        for units in self.pair_dev.values():
            yield from units

    def of_documents(self) -> Iterator[Unit]:
        """The units of training whose sentences stand in documents."""
        for source in self.sources:
            if source.config.corpus in DOCUMENT_CORPORA:
                yield from source.units

    @property
    def has_sentiment(self) -> bool:
        """Whether sentiment is learned."""
        return any(unit.target for source in self.sources for unit in source.units)


def read_judge_data(
    config: JudgeConfig, *, root: Path, data: Path | None, report_progress: ReportProgress
) -> JudgeData:
    """Read every source of a config, and its dev documents.

    Parameters
    ----------
    root : the project's folder
    data : the folder of the public data sets, which have the real documents' texts

    Raises
    ------
    CorpusError
        annotations are faulty, or nothing is left to learn from or to score on
    """
    sources: list[UnitSource] = []
    pair_dev: dict[str, tuple[Unit, ...]] = {}
    # Those without labels are read last, with the codebooks of the others.
    for source in sorted(config.sources, key=lambda source: source.corpus == UNLABELLED):
        if source.corpus == UNLABELLED:
            own = _unlabelled(source, config, sources, root=root, data=data)
        else:
            own = _read_source(source, config, root, data)
        pair_dev |= {f"{source.name}.{split}": units for split, units in own.dev.items() if units}
        report_progress(f"{config.name}: {source.name}, {len(own.train):,} units")
        for line in own.missing:
            report_progress(f"{config.name}: {line}")
        sources.append(UnitSource(source, own.train, own.missing))
    annotations = load_real_annotations(
        root / config.dev.path, codebooks=root / config.dev.codebooks, split="dev"
    )
    dev, missing = _real_units(annotations, data=data, source="dev")
    contrast = [source for source in config.sources if source.corpus == "contrast"]
    contrast_dev = [
        unit
        for source in contrast
        for unit in _short_text_units(_contrast_texts(source, root, split="dev"), source.name)
    ]
    if not any(unit.is_concerned for unit in dev):
        raise CorpusError(
            f"{root / config.dev.path}: the dev split must have documents whose texts are here, "
            f"got none. {' '.join(missing)}"
        )
    return JudgeData(tuple(sources), tuple(dev), tuple(contrast_dev), pair_dev)


def _read_source(
    source: JudgeSource, config: JudgeConfig, root: Path, data: Path | None
) -> PairUnits:
    """The units of a source; of one that is for research only perhaps those of dev alone."""
    if source.corpus in (*PAIR_CORPORA, SEED_SENTIMENT):
        pairs = read_pair_units(source, root=root, data=data)
    else:
        units, missing = _read(source, config, root, data)
        pairs = PairUnits(tuple(units), missing=tuple(missing))
    if source.is_left_out(research=config.research):
        return replace(pairs, train=(), missing=())
    return pairs


def _unlabelled(
    source: JudgeSource,
    config: JudgeConfig,
    others: Iterable[UnitSource],
    *,
    root: Path,
    data: Path | None,
) -> PairUnits:
    """Sentences and issues of documents without labels, with the codebooks of the other sources."""
    loaded = load_unlabelled(
        data=data,
        annotations=root / config.dev.path,
        left_out=() if config.research else tuple(source.research_only),
    )
    codebooks = training_codebooks(((own.config, own.units) for own in others), root=root)
    units = unlabelled_units(loaded.texts, source, codebooks=codebooks)
    return PairUnits(tuple(units), missing=loaded.missing)


def _read(
    source: JudgeSource, config: JudgeConfig, root: Path, data: Path | None
) -> tuple[list[Unit], list[str]]:
    """The units of a source for training, and what is missing."""
    own = _own_units(source, root)
    if own is not None:
        units = list(own)
        empty = f"{source.name}: nothing is learned from it, for {root / source.path} is empty."
        return units, [] if units else [empty]
    folder, codebooks = root / source.path, root / source.codebooks
    match source.corpus:
        case "news-sentences":
            rows = load_news_annotations(folder, codebooks=codebooks)
            return _sentence_units(load_news_sentences(rows, data=data), source)
        case "coal_debate":
            path = Path(source.path)
            loaded = load_coal_debate(path, codebooks=codebooks, data=data)
            return _sentence_units(loaded, source)
        case "real":
            annotations = load_real_annotations(folder, codebooks=codebooks, split="train")
        case _:
            annotations = load_more_annotations(folder, codebooks=codebooks)
    left_out = () if config.research else tuple(source.research_only)
    wanted = (p for p in annotations.rows if p.row.document.split("/")[0] not in left_out)
    annotations = replace(annotations, rows=tuple(wanted))
    return _real_units(annotations, data=data, source=source.name)


def _own_units(source: JudgeSource, root: Path) -> Iterator[Unit] | None:
    """The units of a source whose texts are part of the project; None where they are elsewhere."""
    folder, codebooks = root / source.path, root / source.codebooks
    match source.corpus:
        case "seeds":
            return _seed_units(folder, codebooks, source.name)
        case "written":
            return _document_units(load_written(folder, codebooks=codebooks), source.name)
        case "contrast":
            alone = _contrast_texts(source, root, split="train")
            texts = behind_others(alone, share=source.preceded, group=lambda text: text.group)
            return _short_text_units(texts, source.name)
        case "grammar":
            composed = compose_texts(folder, count=source.texts or 0, seed=source.seed)
            return _short_text_units(composed, source.name)
    return None


def _seed_units(folder: Path, codebooks: Path, source: str) -> Iterator[Unit]:
    for gold in seed_articles(load_seeds(folder, codebooks=codebooks)):
        statements = ((s.sentence, s.issue, s.holder, s.stance) for s in gold.statements)
        article = AnnotatedArticle(gold.article, gold.matcher)
        text = ReadText(f"seeds/{gold.article.id}", article, gold_of(statements))
        yield from units_of(text, source=source)


def _real_units(
    annotations: RealAnnotations, *, data: Path | None, source: str
) -> tuple[list[Unit], list[str]]:
    """The units of real documents, and the sources of texts that are missing."""
    loaded = load_real_documents(annotations, data=data)
    units = [*_document_units(loaded.documents, source)]
    return units, [str(place) for place in loaded.missing]


def _document_units(documents: Iterable[RealDocument], source: str) -> Iterator[Unit]:
    """The units of annotated documents."""
    reader = Reader()
    for document in documents:
        read = reader.read(document, lambda article: ())
        statements = (
            (sentence, located.gold.issue, located.gold.holder, located.gold.stance)
            for located in read.statements
            for sentence in located.sentences
        )
        text = ReadText(document.id, read.article, gold_of(statements))
        end = _annotated_sentences(document)
        yield from (u for u in units_of(text, source=source) if u.place.sentence < end)


def _annotated_sentences(document: RealDocument) -> float:
    """How many sentences of a document are annotated, from its start."""
    if document.annotated.end >= len(document.text):
        return float("inf")
    sentences = normalize_article(read_article(document.text, id=document.id)).original.sentences
    return sum(sentence.span.start < document.annotated.end for sentence in sentences)


def _contrast_texts(source: JudgeSource, root: Path, *, split: str) -> Iterable[ContrastText]:
    folder, codebooks = root / source.path, root / source.codebooks
    return load_contrast(folder, codebooks=codebooks, split=split).texts


def _sentence_units(loaded: StanceSentences, source: JudgeSource) -> tuple[list[Unit], list[str]]:
    """The units of single sentences, and which are missing."""
    texts = behind_others(loaded.sentences, share=source.preceded, group=lambda text: text.id)
    units = list(_short_text_units(texts, source.name))
    return units, [loaded.missing] if loaded.missing else []


def _short_text_units(texts: Iterable[AnsweredText], source: str) -> Iterator[Unit]:
    matchers: dict[str, MentionMatcher] = {}
    for text in texts:
        name = text.codebook.name
        if name not in matchers:
            matchers[name] = MentionMatcher(text.codebook)
        yield from short_text_units(text, matcher=matchers[name], source=source)
