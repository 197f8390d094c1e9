"""Export of a trained judge: its graphs in int8, checked against torch on real sentences."""

import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from standpoint.errors import TrainingError
from standpoint.files import replaced_folder
from standpoint.judge import ISSUE_SEGMENT, TOKENIZER, InputReader, Judge, JudgeSettings
from train.judge.dev_scores import Floats, Predicted
from train.judge.graphs import LOWER_FILES, UPPER_FILES, quantize, write_fp32
from train.judge.network.encoder_parts import EncoderParts
from train.judge.network.judge_network import JudgeBatch, JudgeNetwork
from train.judge.units import Unit

MAX_DIFFERENCE = 1e-3
"""Of a probability between torch and the graphs in float32: what rounding explains, and no more."""
CHECKED_UNITS = 64  # on which the graphs are compared with torch; a guess


def reading_settings(n_lower: int) -> JudgeSettings:
    """How a judge reads, before anything is chosen on dev."""
    return JudgeSettings(
        split=n_lower,
        lower=LOWER_FILES,
        upper=UPPER_FILES,
        max_issues=0,
        min_relevance=0.0,
        statement_floor=0.0,
    )


@dataclass(frozen=True)
class TorchJudge:
    """A judge in torch and float32, one unit at a time, as the graphs compute it."""

    network: JudgeNetwork
    parts: EncoderParts
    reader: InputReader

    def predict(self, units: Sequence[Unit]) -> Predicted:
        """The logits of units."""
        lower, network = self.parts.lower().eval(), self.network.cpu().float().eval()
        about, stances = [], []
        for unit in units:
            sentence, issue = self.reader.sentence(unit.sentence), self.reader.issue(unit.issue)
            ids = [torch.from_numpy(text.ids)[None] for text in (sentence, issue)]
            masks = [sentence.mask(candidate.query) for candidate in unit.candidates]
            holders = np.zeros((len(masks), len(sentence.ids) + len(issue.ids)), np.float32)
            holders[:, : len(sentence.ids)] = masks
            segments = [sentence.segments, np.full(len(issue.ids), ISSUE_SEGMENT)]
            features = np.array([c.query.features for c in unit.candidates], np.float32)
            with torch.inference_mode():
                states = torch.cat([lower(own, torch.ones(own.shape)) for own in ids], dim=1)
                batch = JudgeBatch(
                    states=states,
                    mask=torch.ones(states.shape[:2]),
                    segments=torch.from_numpy(np.concatenate(segments))[None],
                    holders=torch.from_numpy(holders)[None],
                    features=torch.from_numpy(features)[None],
                    stances=torch.zeros(0),
                    concerned=torch.zeros(0),
                )
                of_unit, of_candidates = network(batch)
            about.append(float(of_unit))
            stances.append(of_candidates[0].numpy())
        return Predicted(np.array(about, np.float32), tuple(stances))


def predict_with_graphs(judge: Judge, units: Iterable[Unit]) -> Predicted:
    """The logits that a judge's graphs give for units; adjacent units may share a sentence."""
    about: list[float] = []
    stances: list[Floats] = []
    text, sentence = None, None
    for unit in units:
        if sentence is None or unit.sentence != text:
            text, sentence = unit.sentence, judge.read_sentence(unit.sentence)
        queries = [candidate.query for candidate in unit.candidates]
        judgement = judge.judge(sentence, judge.read_issue(unit.issue), queries)
        odds = np.clip([judgement.about, 1 - judgement.about], 1e-9, 1)
        about.append(float(np.log(odds[0] / odds[1])))
        stances.append(np.log(np.maximum(judgement.holders, 1e-9)))
    return Predicted(np.array(about, np.float32), tuple(stances))


def export_judge(
    network: JudgeNetwork,
    parts: EncoderParts,
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
    settings = reading_settings(parts.n_lower)
    checked = [unit for unit in units if unit.candidates][:CHECKED_UNITS]
    expected = TorchJudge(network, parts, parts.reader(settings)).predict(checked)
    try:
        with replaced_folder(folder) as scratch:
            fp32 = folder.parent / f".{folder.name}-fp32.part"
            shutil.rmtree(fp32, ignore_errors=True)
            fp32.mkdir()
            write_fp32(fp32, network, parts)
            quantize(fp32, scratch, parts.shape)
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


def _check_parity(difference: Floats, folder: Path) -> None:
    if not difference.max() <= MAX_DIFFERENCE:
        raise TrainingError(
            f"{folder}: the graphs must give torch's probabilities to {MAX_DIFFERENCE}, got a "
            f"difference of {difference.max():.4f}. This is a fault of the export."
        )


def _differences(expected: Predicted, judge: Judge, units: Sequence[Unit]) -> Floats:
    """How far each probability of the graphs is from torch's."""
    got = predict_with_graphs(judge, units).probabilities()
    pairs = zip(got, expected.probabilities(), strict=True)
    differences: Floats = np.concatenate([np.abs(a - b).ravel() for a, b in pairs])
    return differences
