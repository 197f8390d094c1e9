"""The texts of real documents, from the public data sets in ``STANDPOINT_DATA``.

An annotation names its document as ``SOURCE/ID``. Each source is a folder of the public data: JSON
Lines with an ``id`` and a ``text``, or a folder of CoNLL-U files.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from train.corpora.io import decode_file, refuse_faults, split_lines

JSON_LINES = {
    "fakes": Path("fakes", "articles.jsonl"),
    "whitehouse": Path("whitehouse", "documents.jsonl"),
    "reuters": Path("reuters21578", "articles.jsonl"),
}
CONLLU = {"gum": Path("gum_news", "dep")}
PLACES: Mapping[str, Path] = {**JSON_LINES, **CONLLU}
"""The file or folder of each source, below ``STANDPOINT_DATA``."""
# The marks of CoNLL-U for a new paragraph and for the text of a sentence:
# universaldependencies.org/format.html
_NEW_PARAGRAPH, _SENTENCE_TEXT = "# newpar", "# text = "


@dataclass(frozen=True, slots=True)
class MissingSource:
    """A source whose file or folder is not there, with the number of its annotated documents."""

    source: str
    place: Path
    n_documents: int

    @property
    def data_set(self) -> str:
        """The name of its public data set, which is that of its folder."""
        return PLACES[self.source].parts[0]

    def __str__(self) -> str:
        documents = (
            "1 document is" if self.n_documents == 1 else f"{self.n_documents} documents are"
        )
        return (
            f"{self.source}: {documents} left out, for {self.place} is not there. "
            f"Get it with `standpoint data get {self.data_set}`."
        )


def read_texts(
    folder: Path | None, source: str, ids: Collection[str] | None
) -> dict[str, str] | None:
    """The texts of some documents of a source by id; None where the source is not there.

    Parameters
    ----------
    folder : ``STANDPOINT_DATA``
    ids : of the documents; None for all of the source

    Raises
    ------
    CorpusError
        a line is no JSON object with an id and a text
    """
    place = folder / PLACES[source] if folder else None
    if place is None or not place.exists():
        return None
    if source in JSON_LINES:
        return _json_texts(place, None if ids is None else set(ids))
    if ids is None:
        ids = sorted(file.stem for file in place.glob("*.conllu"))
    files = ((id, place / f"{id}.conllu") for id in ids)
    return {id: conllu_text(decode(file)) for id, file in files if file.is_file()}


def decode(file: Path) -> str:
    """The text of a file, which must be UTF-8."""
    faults: list[str] = []
    text = decode_file(file, faults)
    refuse_faults(file.parent, faults)
    return text


def _json_texts(file: Path, ids: set[str] | None) -> dict[str, str]:
    texts = {}
    faults = []
    for number, line in enumerate(split_lines(decode(file)), 1):
        try:
            row = json.loads(line)
            if ids is None or str(row["id"]) in ids:
                texts[str(row["id"])] = str(row["text"])
        except (ValueError, KeyError, TypeError):
            faults.append(f"{file.name}:{number}: must be a JSON object with id and text.")
    refuse_faults(file.parent, faults)
    return texts


def conllu_text(source: str) -> str:
    """The sentences of a CoNLL-U file, joined by a space, or by two line ends at a new paragraph.

    >>> conllu_text("# newpar\\n# text = One.\\n# text = Two.\\n# newpar\\n# text = Three.\\n")
    'One. Two.\\n\\nThree.'
    """
    text, is_new = "", False
    for line in source.splitlines():
        is_new = is_new or line.startswith(_NEW_PARAGRAPH)
        if line.startswith(_SENTENCE_TEXT):
            between = ("\n\n" if is_new else " ") if text else ""
            text += between + line.removeprefix(_SENTENCE_TEXT).strip()
            is_new = False
    return text
