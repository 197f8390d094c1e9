"""The public documents that nobody annotated, for what a model may learn without labels.

Documents of train, dev and test are none of them, whatever their split, and neither is one that
shares text with them: a model that had seen the texts of test, even without their labels, would be
scored on texts that it knows.
"""

import json
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from train.corpora.io import decode_file, refuse_faults, split_lines
from train.corpora.real.shared_text import ids_sharing_text
from train.corpora.real.texts import PLACES, read_texts


@dataclass(frozen=True, slots=True)
class UnlabelledText:
    """A document without annotations; ``id`` is ``SOURCE/ID``, as that of an annotated one."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class UnlabelledTexts:
    """The documents whose sets are here.

    Attributes
    ----------
    missing : what is left out since it is not there, and how to get it
    """

    texts: tuple[UnlabelledText, ...]
    missing: tuple[str, ...]


def load_unlabelled(
    *, data: Path | None, annotations: Path, left_out: Collection[str] = ()
) -> UnlabelledTexts:
    """Every document of the sets of real documents that shares no text with train, dev and test.

    Parameters
    ----------
    data : the folder of the public data sets; None where there is none
    annotations : the folder of the annotated documents, of which only the ids are read
    left_out : sets that are not read

    Raises
    ------
    CorpusError
        a set or an annotation cannot be read, by file and line
    """
    texts: dict[str, str] = {}
    missing: list[str] = []
    for source in (name for name in PLACES if name not in left_out):
        own = read_texts(data, source, None)
        if own is None:
            missing.append(_missing(source, data))
            continue
        texts |= {f"{source}/{id}": text for id, text in own.items()}
    annotated = _annotated_ids(annotations) & texts.keys()
    free = {id: text for id, text in texts.items() if id not in annotated}
    sharing = ids_sharing_text(free, (texts[id] for id in annotated))
    kept = (UnlabelledText(id, text) for id, text in free.items() if id not in sharing)
    return UnlabelledTexts(tuple(kept), tuple(missing))


def _missing(source: str, data: Path | None) -> str:
    place = data / PLACES[source] if data else PLACES[source]
    return (
        f"{source}: its documents without labels are left out, for {place} is not there. "
        f"Get it with `standpoint data get {PLACES[source].parts[0]}`."
    )


def _annotated_ids(folder: Path) -> frozenset[str]:
    faults: list[str] = []
    ids = set()
    for file in sorted(folder.glob("*.jsonl")):
        for number, line in enumerate(split_lines(decode_file(file, faults)), 1):
            try:
                ids.add(str(json.loads(line)["document"]))
            except (ValueError, KeyError, TypeError):
                faults.append(f"{file.name}:{number}: must be a JSON object with document.")
    refuse_faults(folder, faults)
    return frozenset(ids)
