"""The public data sets that can be read, and where they are."""

import os
from dataclasses import dataclass
from pathlib import Path

from standpoint.errors import CorpusError
from standpoint.labels import Task
from train.config import TASKS_OF, Data, PublicData, SeesawData

OWN_FOLDERS = {
    "seeds": Path("seeds"),
    "real": Path("seeds", "real"),
    "written": Path("seeds", "written"),
    "contrast": Path("seeds", "contrast"),
    "news-sentences": Path("seeds", "news-sentences"),
}
"""The folders of the corpora that are part of the project, in its root."""


@dataclass(frozen=True, slots=True)
class KnownCorpus:
    """A data set that a loader reads, in a folder of its name.

    The folder is below ``STANDPOINT_DATA``; those of ``OWN_FOLDERS`` are in the project's root.
    """

    name: str
    about: str
    licence: str

    def folder(self, data: Path | None) -> Path | None:
        """Where it is, relative to the project's root if it is part of the project.

        Parameters
        ----------
        data : ``STANDPOINT_DATA``
        """
        if self.name in OWN_FOLDERS:
            return OWN_FOLDERS[self.name]
        return data / self.name if data else None

    @property
    def tasks(self) -> tuple[Task, ...]:
        """The tasks it has labels for; none where its records are no pairs."""
        return TASKS_OF.get(self.name, ())


KNOWN_CORPORA = {
    name: KnownCorpus(name, about, licence)
    for name, about, licence in (
        (
            "seeds",
            "articles written for this project, with actors, issues and stances",
            "as the project",
        ),
        (
            "real",
            "real news and speeches, annotated for stance; the texts are other data sets",
            "annotations as the project, each text as its source",
        ),
        ("written", "documents written for training, annotated as the real ones", "Apache-2.0"),
        ("contrast", "short texts in groups in which one change turns the answer", "Apache-2.0"),
        (
            "news-sentences",
            "sentences of US news, annotated for stance; they are NewsMTSC's train sentences",
            "annotations Apache-2.0, texts MIT (NewsMTSC)",
        ),
        ("coal_debate", "who is for or against coal subsidies in a European debate", "MIT"),
        ("newsmtsc", "sentiment toward a mention in political news", "MIT"),
        ("dse", "sentiment between two entities of a news sentence", "free to use when cited"),
        ("seesaw", "who is for or against whom or what in US news", "CC BY-NC-SA 4.0"),
        ("tweeteval_stance", "SemEval-2016 Task 6 A as TweetEval keeps it", "research"),
        ("semeval2016", "SemEval-2016 Task 6 in the organisers' files", "research"),
        ("vast", "comments on thousands of topics, zero- and few-shot", "research"),
        ("pstance", "tweets on three politicians of 2020", "research"),
        ("polnear", "who said it, in political news", "research"),
    )
}
"""Every corpus by name, except a user's own table."""
PUBLIC_FOLDERS = {*KNOWN_CORPORA, "gum_news"} - OWN_FOLDERS.keys()
"""The folders of public data that a loader reads; the command ``data get`` knows their names."""


def public_data(name: str) -> Data:
    """The ``[data]`` table of a known corpus; of SEESAW, without unlabelled pairs."""
    known = KNOWN_CORPORA[name]
    settings = {"corpus": name, "path": name, "licence": known.licence}
    if name == "seesaw":
        return SeesawData.model_validate({**settings, "unlabelled": False})
    return PublicData.model_validate(settings)


def data_folder() -> Path:
    """The folder that the environment variable ``STANDPOINT_DATA`` names.

    Raises
    ------
    CorpusError
        the variable is not set, or names no folder
    """
    name = os.environ.get("STANDPOINT_DATA", "")
    if not name or not Path(name).is_dir():
        raise CorpusError(
            f"STANDPOINT_DATA: must name the folder of the public data sets, got "
            f"{repr(name) if name else 'nothing'}. Set it to the folder above newsmtsc/."
        )
    return Path(name)
