"""A teacher's answers on disk, so that it is asked about each unit once.

A folder has the answers of one teacher, in files of some hundred units each, under names that the
units decide. A file is written whole; one that was damaged is removed, and asked about again.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from safetensors import SafetensorError
from safetensors.numpy import load_file, save

from standpoint.files import replaced_file
from standpoint.judge import ANSWERS, SENTIMENTS
from train.finetune.checkpoint import write_error
from train.judge.units import TeacherAnswer, Unit

SUFFIX = ".safetensors"
KEY_BYTES = 16  # of a unit's sha256: two of a million units share them once in 10^26
Arrays = dict[str, npt.NDArray[Any]]


class AnswerCache:
    """The answers in a folder.

    Parameters
    ----------
    folder : made when there is something to write
    report_progress : told of a file that was damaged
    """

    def __init__(self, folder: Path, *, report_progress: Callable[[str], None]) -> None:
        self._folder = folder
        self._answers: dict[bytes, TeacherAnswer] = {}
        for file in sorted(folder.glob(f"*{SUFFIX}")):
            try:
                self._answers |= dict(_unpacked(file))
            except (OSError, ValueError, KeyError, SafetensorError) as error:
                report_progress(f"{file} is damaged ({error}): the teacher is asked again")
                file.unlink(missing_ok=True)

    def get(self, unit: Unit) -> TeacherAnswer | None:
        """The answer for a unit, if it is here."""
        return self._answers.get(_key(unit))

    def add(self, units: Sequence[Unit], answers: Sequence[TeacherAnswer]) -> None:
        """Keep answers, and write them.

        Raises
        ------
        TrainingError
            there is no room; what was written before stays
        """
        keys = [_key(unit) for unit in units]
        name = hashlib.sha256(b"".join(keys)).hexdigest()[:16]
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with replaced_file(self._folder / f"{name}{SUFFIX}") as file:
                file.write(save(_packed(keys, answers)))
        except OSError as error:
            raise write_error(self._folder, error) from None
        self._answers |= dict(zip(keys, answers, strict=True))


def _key(unit: Unit) -> bytes:
    return hashlib.sha256(unit.text.encode()).digest()[:KEY_BYTES]


def _packed(keys: Sequence[bytes], answers: Sequence[TeacherAnswer]) -> Arrays:
    none = np.full(len(SENTIMENTS), np.nan, np.float32)
    rows = [np.zeros((0, len(ANSWERS)), np.float32), *(answer.stances for answer in answers)]
    return {
        "keys": np.frombuffer(b"".join(keys), np.uint8).reshape(-1, KEY_BYTES),
        "about": np.array([answer.about for answer in answers], np.float32),
        "n_candidates": np.array([len(answer.stances) for answer in answers]),
        "stances": np.concatenate(rows),
        "sentiments": np.stack([none if a.sentiment is None else a.sentiment for a in answers]),
    }


def _unpacked(file: Path) -> Iterator[tuple[bytes, TeacherAnswer]]:
    arrays = load_file(file)
    stances = np.split(arrays["stances"], np.cumsum(arrays["n_candidates"])[:-1])
    columns = arrays["keys"], arrays["about"], stances, arrays["sentiments"]
    for key, about, rows, sentiment in zip(*columns, strict=True):
        is_none = np.isnan(sentiment).any()
        yield key.tobytes(), TeacherAnswer(float(about), rows, None if is_none else sentiment)
