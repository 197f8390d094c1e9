"""Training tasks of a fit: the run's own pairs, and the auxiliary tasks beside and before them."""

from collections.abc import Collection, Sequence

import numpy as np

from standpoint.labels import LABELS
from standpoint.model import EncoderFeatures
from train.config import AuxiliaryTask, FinetunedModel
from train.features import PairRows, pair_rows
from train.finetune.batches import TrainingTask
from train.finetune.context import FinetuneContext
from train.finetune.dev_scoring import MAIN
from train.scoring import Labels


def settings_of(model: FinetunedModel) -> EncoderFeatures:
    """The features that the heads of a model read."""
    settings = model.features()
    assert isinstance(settings, EncoderFeatures)
    return settings


def own_task(
    model: FinetunedModel, rows: PairRows, y: Labels, *, labels: Sequence[str]
) -> TrainingTask:
    """The task of the run itself."""
    indices = np.array([labels.index(label) for label in y])
    return TrainingTask(
        MAIN, rows.pairs, indices, len(labels), settings_of(model), balanced=model.balanced
    )


def auxiliary_tasks(
    model: FinetunedModel,
    configs: Sequence[AuxiliaryTask],
    context: FinetuneContext,
    *,
    groups: Collection[str] = (),
) -> list[TrainingTask]:
    """The tasks that have rows; those whose data is not on disk have none.

    Parameters
    ----------
    groups : of the rows to train on: all that may be used of the run's own corpus
    """
    settings = settings_of(model)
    tasks = []
    for config in configs:
        corpus = next((other for other in context.auxiliary if other.config == config), None)
        records = corpus.records if corpus else ()
        if corpus and corpus.is_own:
            records = tuple(record for record in records if record.group in groups)
        if records:
            pairs = [record.pair() for record in records]
            rows = pair_rows(pairs, [record.group for record in records], features=settings)
            labels = LABELS[config.task]
            tasks.append(
                TrainingTask(
                    config.name,
                    rows.pairs,
                    np.array([labels.index(record.label) for record in records]),
                    n_labels=len(labels),
                    settings=settings,
                    weight=config.weight,
                    balanced=config.balanced,
                )
            )
    return tasks
