"""Loading and checking of ``seeds/contrast``: a folder for each split, a file for each codebook."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from standpoint.codebook import Codebook, load_codebook
from standpoint.errors import CorpusError, StandpointError
from train.corpora.contrast.rows import ContrastRow, ContrastText, contrast_text, row_faults
from train.corpora.io import read_json_rows, refuse_faults, repeated_ids, text_key

SPLITS = ("train", "dev", "test")


@dataclass(frozen=True, slots=True)
class ContrastTexts:
    """Texts of one or more splits, with their codebooks by name."""

    texts: tuple[ContrastText, ...]
    codebooks: Mapping[str, Codebook]


@dataclass(frozen=True, slots=True)
class _PlacedText:
    """A text with its file and line."""

    text: ContrastText
    where: str


def load_contrast(folder: Path, *, codebooks: Path, split: str | None = None) -> ContrastTexts:
    """Read and check ``train/``, ``dev/`` and ``test/`` of a folder.

    Every file is named after its codebook. All splits are checked, since none may have a text or a
    codebook of another.

    Parameters
    ----------
    folder : of the splits
    codebooks : folder of the codebooks
    split : give texts of this split alone

    Raises
    ------
    CorpusError
        with every fault, by file and line
    """
    if split is not None and split not in SPLITS:
        raise CorpusError(f"--split: must be one of {', '.join(SPLITS)}, got {split!r}.")
    files = {name: sorted((folder / name).glob("*.jsonl")) for name in SPLITS}
    if not any(files.values()):
        raise CorpusError(
            f"{folder}: must hold files named SPLIT/CODEBOOK.jsonl, got none. "
            "Is this the project's root?"
        )
    faults: list[str] = list(_misplaced(files, codebooks))
    placed = [
        text
        for name, own in files.items()
        for file in own
        for text in _file_texts(file, name, codebooks, faults)
    ]
    faults += repeated_ids((p.where, p.text.id) for p in placed)
    faults += [*_group_faults(placed), *_shared_texts(placed)]
    refuse_faults(folder, faults)
    texts = tuple(p.text for p in placed if split in (None, p.text.split))
    return ContrastTexts(texts, {text.codebook.name: text.codebook for text in texts})


def _misplaced(files: Mapping[str, Sequence[Path]], codebooks: Path) -> Iterator[str]:
    """Codebooks that are in two splits, and those without texts."""
    seen: dict[str, str] = {}
    for split, own in files.items():
        for file in own:
            if file.stem in seen:
                yield (
                    f"{split}/{file.name}: each codebook must be in one split, got {file.stem!r} "
                    f"in {seen[file.stem]} too."
                )
            seen[file.stem] = split
    for file in sorted(codebooks.glob("*.toml")):
        if file.stem not in seen:
            yield (
                f"{file.name}: each codebook must have texts, got none for {file.stem!r}. "
                f"Add SPLIT/{file.stem}.jsonl, or remove the codebook."
            )


def _file_texts(
    file: Path, split: str, codebooks: Path, faults: list[str]
) -> Iterator[_PlacedText]:
    name = f"{split}/{file.name}"
    try:
        codebook = load_codebook(codebooks / f"{file.stem}.toml")
    except StandpointError as error:
        faults.append(f"{name}: must be named after a codebook in {codebooks}: {error}")
        return
    for where, row in read_json_rows(file, ContrastRow, name=name, faults=faults):
        faults += [f"{where}: {fault}" for fault in row_faults(row, codebook)]
        yield _PlacedText(contrast_text(row, codebook=codebook, split=split), where)


def _group_faults(placed: Iterable[_PlacedText]) -> Iterator[str]:
    """Groups of one text, of several codebooks, or in which no answer turns."""
    groups: dict[str, list[_PlacedText]] = {}
    for p in placed:
        groups.setdefault(p.text.group, []).append(p)
    for name, members in groups.items():
        where = members[0].where
        if len({p.text.codebook.name for p in members}) > 1:
            yield f"{where}: a group must be of one codebook, got {name!r} in several."
        if len(members) < 2:
            yield f"{where}: a group must have two texts or more, got one in {name!r}."
        elif len({_answer(p.text) for p in members}) < 2:
            yield f"{where}: an answer must turn in each group, got the same for all of {name!r}."


def _answer(text: ContrastText) -> tuple[object, ...]:
    return (text.speaker, frozenset(text.statements.items()))


def _shared_texts(placed: Iterable[_PlacedText]) -> Iterator[str]:
    """Texts that are in two splits."""
    seen: dict[str, _PlacedText] = {}
    for p in placed:
        other = seen.setdefault(text_key(p.text.full_text), p)
        if other.text.split != p.text.split:
            yield (
                f"{p.where}: a text must be in one split, got one that is at {other.where} too. "
                "Remove it from one of them."
            )
