"""Setup of a trainer: tokenizer, sentences, network and the check that a batch fits in memory."""

from collections.abc import Sequence

from standpoint.errors import ConfigError
from train.config import FinetunedModel, Schedule
from train.finetune.batches import CachedTokenizer, Sentence, TrainingTask, sentences_of
from train.finetune.device import Device
from train.finetune.fitting import Trainer
from train.finetune.memory import (
    BYTES_PER_WEIGHT,
    activation_bytes,
    check_batch,
    free_bytes,
    pooling_bytes,
)
from train.finetune.network import Head, Network
from train.finetune.pretrained import Weights, open_tokenizer, open_torch


def trainer_for(
    model: FinetunedModel,
    tasks: Sequence[TrainingTask],
    *,
    schedule: Schedule,
    device: Device,
    weights: Weights,
    seed: int,
) -> Trainer:
    """Tokenize all sentences and build the network.

    Raises
    ------
    ConfigError
        a head reads a layer that the encoder does not have, or a batch does not fit in memory
    EncoderError
        the weights or the tokenizer cannot be read
    """
    pad_id = int(weights.config().get("pad_token_id") or 0)
    max_tokens = min(model.max_tokens, weights.max_tokens())
    tokenizer = CachedTokenizer(open_tokenizer(weights), max_tokens=max_tokens, pad_id=pad_id)
    sentences = sentences_of(tasks, tokenizer=tokenizer)
    network = _network(model, tasks, sentences, weights)
    _check_memory(network, sentences, schedule, device)
    return Trainer(
        network,
        tasks,
        sentences=sentences,
        tokenizer=tokenizer,
        schedule=schedule,
        device=device,
        seed=seed,
    )


def _network(
    model: FinetunedModel,
    tasks: Sequence[TrainingTask],
    sentences: Sequence[Sentence],
    weights: Weights,
) -> Network:
    encoder = open_torch(weights)
    n_layers = int(encoder.config.num_hidden_layers)
    if max(model.layers) > n_layers:
        raise ConfigError(
            f"model.layers: must be at most {n_layers} for this encoder, got {max(model.layers)}. "
            "Name lower ones."
        )
    pairs = [pair for sentence in sentences for pair in sentence.pairs]
    n_text_features = {pair.head: len(pair.pooled.text_features) for pair in pairs}
    heads = {
        task.head: Head(
            task.settings,
            width=int(encoder.config.hidden_size),
            n_text_features=n_text_features[task.head],
            n_labels=task.n_labels,
            dropout=model.dropout,
        )
        for task in tasks
    }
    return Network(encoder, heads, n_layers=n_layers)


def _check_memory(
    network: Network, sentences: Sequence[Sentence], schedule: Schedule, device: Device
) -> None:
    config = network.encoder.config
    longest = max(sentence.n_tokens for sentence in sentences)
    n_pools = sum(len(pair.pooled.pools) for sentence in sentences for pair in sentence.pairs)

    def needed(batch: int) -> int:
        return activation_bytes(
            n_texts=batch,
            n_tokens=longest,
            width=config.hidden_size,
            inner=getattr(config, "intermediate_size", 4 * config.hidden_size),
            n_heads=config.num_attention_heads,
            n_layers=network.n_layers,
            size=2 if device.precision == "bfloat16" else 4,
        ) + pooling_bytes(batch, n_tokens=longest, n_pools=n_pools / len(sentences))

    check_batch(
        schedule.batch,
        needed=needed,
        free=free_bytes(str(device.torch_device)),
        fixed=BYTES_PER_WEIGHT * sum(array.numel() for array in network.parameters()),
        n_texts=len(sentences),
    )
