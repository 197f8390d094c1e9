"""Predictions of a network for units, in batches of similar length."""

from collections.abc import Sequence

import numpy as np
import torch

from standpoint.judge import SENTIMENTS
from train.finetune.device import Device
from train.judge.batches import Collator, Variants
from train.judge.dev_scores import Floats, Predicted
from train.judge.network.judge_network import JudgeNetwork
from train.judge.units import Unit

BATCH = 64  # units; a guess: larger ones are no faster on two cores


def predict_units(
    network: JudgeNetwork,
    units: Sequence[Unit],
    *,
    collator: Collator,
    device: Device,
    cues: bool = True,
) -> Predicted:
    """The logits of a network for units, in their order.

    Parameters
    ----------
    cues : whether the issue's words end with its cues
    """
    network.eval()
    length = collator.sequences.joined_length
    order = sorted(range(len(units)), key=lambda number: length(units[number]))
    exits, about = np.zeros((2, len(units)), np.float32)
    stances: list[Floats] = [np.zeros((0, 4), np.float32)] * len(units)
    sentiments = np.zeros((len(units), len(SENTIMENTS)), np.float32)
    for start in range(0, len(order), BATCH):
        numbers = order[start : start + BATCH]
        own = [units[number] for number in numbers]
        batch = collator.collate(own, Variants.plain(len(own), cues=cues)).to(device.torch_device)
        with torch.inference_mode(), device.autocast():
            logits = network(batch)
        exits[numbers] = logits.exits.float().cpu().numpy()
        about[numbers] = logits.about.float().cpu().numpy()
        if logits.sentiment is not None:
            sentiments[numbers] = logits.sentiment.float().cpu().numpy()
        for number, unit, rows in zip(numbers, own, logits.stance.float().cpu(), strict=True):
            stances[number] = rows[: len(unit.candidates)].numpy()
    return Predicted(exits, about, tuple(stances), sentiments)
