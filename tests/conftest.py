"""What several folders of tests need."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from tests.tiny import write_encoder

ROOT = Path(__file__).resolve().parent.parent
os.environ["HF_HUB_OFFLINE"] = "1"
# One thread per test process: two processes of two threads each wait for one another on two cores,
# and a fit of a second takes a minute.
for name in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(name, "1")
os.environ["MLFLOW_DISABLE_TELEMETRY"] = "true"


settings.register_profile("check", max_examples=25)


def pytest_configure(config: pytest.Config) -> None:
    """Draw fewer examples for properties in ``make check``; ``make test`` draws hypothesis' 100."""
    if "not slow" in config.getoption("markexpr"):
        settings.load_profile("check")


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def data_folder() -> Path:
    given = os.environ.get("STANDPOINT_DATA")
    if not given:
        pytest.skip("STANDPOINT_DATA is not set: the public data sets are not here")
    return Path(given)


@pytest.fixture(scope="session")
def tiny_encoders(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Small random encoders as the model hub has them, by architecture; each is made once."""
    made: dict[str, Path] = {}

    def find(kind: str) -> Path:
        if kind not in made:
            made[kind] = write_encoder(tmp_path_factory.mktemp("tiny") / kind, kind=kind)
        return made[kind]

    return find


@pytest.fixture(scope="session")
def tiny_encoder(tiny_encoders: Callable[[str], Path]) -> Path:
    """A small random BERT, as the model hub has it."""
    return tiny_encoders("bert")


def _stretch(text: str, words: str | None, start: int = 0) -> dict[str, Any] | None:
    if words is None:
        return None
    at = text.index(words, start)
    return {"start": at, "end": at + len(words), "text": words}


@pytest.fixture(scope="session")
def seed_row() -> Callable[..., dict[str, Any]]:
    """A row of a seed file, made of sentences with what each says.

    Each sentence is ``(text, *statements)``, each statement ``(holder, words that name the holder
    or None, issue, words that name the issue or None, stance)``; a ``!`` before the last words says
    that favoring them is being against the issue.
    """

    def make(id: str, codebook: str, *sentences: tuple[Any, ...]) -> dict[str, Any]:
        text = " ".join(sentence for sentence, *_ in sentences)
        rows = []
        for sentence, *said in sentences:
            start = text.index(sentence)
            for holder, named, issue, cue, stance in said:
                pole = "against" if cue and cue.startswith("!") else "favor"
                span = _stretch(text, cue and cue.removeprefix("!"), start)
                rows.append(
                    {
                        "holder": holder,
                        "holder_span": _stretch(text, named, start),
                        "issue": issue,
                        "cue": span and {**span, "pole": pole},
                        "stance": stance,
                        "sentiment": "neutral",
                        "attribution": {"kind": "narrator", "reporter": None},
                        "evidence": _stretch(text, sentence),
                    }
                )
        about = {"title": id, "date": "2020-01-01", "style": "wire"}
        return {"id": id, "codebook": codebook, **about, "text": text, "statements": rows}

    return make
