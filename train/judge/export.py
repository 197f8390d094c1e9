"""Export of a trained judge: its graphs in int8, checked against torch on real sentences."""

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import torch

from standpoint.errors import TrainingError
from standpoint.files import replaced_folder
from standpoint.judge import SENTIMENTS, TOKENIZER, Judge, JudgeSettings, SentimentSettings
from standpoint.probabilities import log_odds, log_shares, softmax
from train.judge.batches import Collator, Variants
from train.judge.dev_scores import Floats, Predicted
from train.judge.graphs import (
    APART,
    EXIT,
    SENTIMENT,
    STAGE_ONE,
    STAGE_TWO,
    TOGETHER,
    quantize,
    write_fp32,
)
from train.judge.network.encoder_parts import EncoderParts
from train.judge.network.judge_network import JudgeNetwork
from train.judge.units import Unit

MAX_DIFFERENCE = 1e-3
"""Of a probability between torch and the graphs in float32: what rounding explains, and no more."""
CHECKED_UNITS = 64  # on which the graphs are compared with torch; a guess
MAX_TEXT_TOKENS = 256
"""Of a text on its own. All but one in a hundred comments of VAST's train split have no more word
pieces of BERT's vocabulary, nine tenths no more than 200."""


def reading_settings(split: int, *, apart: bool = False, sentiment: bool = False) -> JudgeSettings:
    """How a judge reads, before anything is chosen on dev.

    Parameters
    ----------
    apart : whether its lowest layers read the sentence and the issue apart
    sentiment : whether it has the head for sentiment
    """
    return JudgeSettings(
        split=split,
        apart=APART if apart else (),
        stage_one=TOGETHER if apart else STAGE_ONE,
        exit=EXIT,
        stage_two=STAGE_TWO,
        sentiment=SentimentSettings(graph=SENTIMENT) if sentiment else None,
        max_text_tokens=MAX_TEXT_TOKENS,
        has_poles=True,
        max_issues=0,
        min_relevance=0.0,
        statement_floor=0.0,
    )


def predict_singly(network: JudgeNetwork, collator: Collator, units: Sequence[Unit]) -> Predicted:
    """The logits of units in float32, one unit at a time, as the graphs compute them."""
    network = network.cpu().float().eval()
    exits, about, stances = [], [], []
    sentiments = np.zeros((len(units), len(SENTIMENTS)), np.float32)
    for row, unit in zip(sentiments, units, strict=True):
        batch = collator.collate([unit], Variants.plain(1, cues=True))
        with torch.inference_mode():
            logits = network(batch)
        exits.append(float(logits.exits))
        about.append(float(logits.about))
        stances.append(logits.stance[0, : len(unit.candidates)].numpy())
        if logits.sentiment is not None:
            row[:] = logits.sentiment[0].numpy()
    return Predicted(
        np.array(exits, np.float32), np.array(about, np.float32), tuple(stances), sentiments
    )


def predict_with_graphs(judge: Judge, units: Sequence[Unit]) -> Predicted:
    """The logits that both stages of a judge give for units."""
    judgements = []
    sentiments = np.zeros((len(units), len(SENTIMENTS)), np.float32)
    for row, unit in zip(sentiments, units, strict=True):
        sentence, issue = judge.read_sentence(unit.sentence), judge.read_issue(unit.issue)
        queries = [candidate.query for candidate in unit.candidates]
        judgements.append(judge.judge(sentence, issue, queries))
        if unit.target is not None and judge.has_sentiment:
            row[:] = log_shares(judge.sentiment(sentence, issue, [unit.target.query])[0])
    return Predicted(
        _logits([judgement.early for judgement in judgements]),
        _logits([judgement.about for judgement in judgements]),
        tuple(log_shares(judgement.holders) for judgement in judgements),
        sentiments,
    )


def _logits(probabilities: Sequence[float]) -> Floats:
    return log_odds(np.array(probabilities)).astype(np.float32)


def export_judge(
    network: JudgeNetwork,
    parts: EncoderParts,
    collator: Collator,
    *,
    folder: Path,
    units: Sequence[Unit],
    report_progress: Callable[[str], None],
) -> dict[str, float]:
    """Write the graphs of a judge and its tokenizer to a folder, whole or not at all.

    Parameters
    ----------
    units : real ones, on which graphs and torch are compared

    Returns
    -------
    the largest difference of a probability in float32, and in int8 the mean one and the share of
    candidates with the same answer

    Raises
    ------
    TrainingError
        the graphs in float32 differ from torch, or the disk is full
    """
    settings = reading_settings(
        network.split, apart=network.n_apart > 0, sentiment=network.sentiment is not None
    )
    checked = _checked(units)
    expected = predict_singly(network, collator, checked)
    try:
        with replaced_folder(folder) as scratch:
            fp32 = folder.parent / f".{folder.name}-fp32.part"
            shutil.rmtree(fp32, ignore_errors=True)
            fp32.mkdir()
            write_fp32(fp32, network, parts)
            quantize(fp32, scratch, per_token=parts.shape.has_large_tokens)
            for place in (fp32, scratch):
                shutil.copyfile(parts.weights.folder / TOKENIZER, place / TOKENIZER)
            difference = _differences(expected, Judge(fp32, settings), checked)
            rounded = _differences(expected, Judge(scratch, settings), checked)
            shutil.rmtree(fp32, ignore_errors=True)
    except OSError as error:
        raise TrainingError(
            f"{folder}: must have room for the graphs, got {error}. What was learned is kept; "
            "free some space and give the same command again."
        ) from None
    _check_parity(difference, folder)
    metrics = {
        "export.fp32.largest_difference": float(difference.max()),
        "export.int8.mean_difference": float(rounded.mean()),
        "export.int8.largest_difference": float(rounded.max()),
    }
    shown = ", ".join(f"{n.removeprefix('export.')} {v:.5f}" for n, v in metrics.items())
    report_progress(f"graphs against torch, of {len(checked)} units: {shown}")
    return metrics


def _checked(units: Sequence[Unit]) -> list[Unit]:
    """The first units with holders, and the first with a target."""
    with_holders = [unit for unit in units if unit.candidates][:CHECKED_UNITS]
    return with_holders + [unit for unit in units if unit.target][:CHECKED_UNITS]


def _check_parity(difference: Floats, folder: Path) -> None:
    if not difference.max() <= MAX_DIFFERENCE:
        raise TrainingError(
            f"{folder}: the graphs must give torch's probabilities to {MAX_DIFFERENCE}, got a "
            f"difference of {difference.max():.4f}. This is a fault of the export."
        )


def _differences(expected: Predicted, judge: Judge, units: Sequence[Unit]) -> Floats:
    """How far each probability of the graphs is from torch's."""
    got = _all_probabilities(predict_with_graphs(judge, units))
    differences: Floats = np.abs(got - _all_probabilities(expected))
    return differences


def _all_probabilities(predicted: Predicted) -> Floats:
    """Those of all heads, one after the other."""
    of_units = 1 / (1 + np.exp(-np.concatenate([predicted.exits, predicted.about])))
    rows = (*predicted.probabilities(), softmax(predicted.sentiments))
    return np.concatenate([of_units, *(own.ravel() for own in rows)])
