"""The manifest of a bundle: task, labels, features, encoder, scores, and sums of its files."""

import hashlib
import json
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from standpoint.labels import Task
from standpoint.model.feature_config import Features


class Manifest(BaseModel):
    """The content of ``manifest.json``."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: Literal[1]
    task: Task
    labels: tuple[str, ...]
    features: Features
    encoder: Annotated[str, Field(pattern="^[0-9a-f]{64}$")] | None
    run_id: str
    config: str
    created: str
    corpus: dict[str, Any]
    scores: dict[str, float]
    note: str
    files: dict[str, str]
    digest: Annotated[str, Field(pattern="^[0-9a-f]{64}$")] = "0" * 64

    @property
    def tasks(self) -> tuple[Task, ...]:
        """The tasks that the model has answers for: a judge may tell the sentiment, too."""
        tells_sentiment = self.features.kind == "judge" and self.features.sentiment is not None
        return (self.task, "sentiment") if tells_sentiment else (self.task,)

    @property
    def targets_are_words(self) -> bool:
        """Whether the model reads targets as words, not as spans of the text."""
        return self.features.kind == "judge" or self.corpus.get("targets") == "words"

    def computed_digest(self) -> str:
        """The sha256 of everything in the manifest but the digest itself."""
        rest = self.model_dump(mode="json", exclude={"digest"})
        canonical = json.dumps(rest, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(canonical.encode()).hexdigest()
