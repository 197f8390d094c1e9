"""A pretrained encoder that a judge starts from, in torch."""

from dataclasses import dataclass
from functools import cached_property

import torch
from torch import Tensor

from standpoint.errors import ConfigError
from standpoint.judge import InputReader, JudgeSettings
from train.config import JudgeModel
from train.encoders import EncoderShape, as_bert
from train.finetune.pretrained import Weights, open_tokenizer, open_torch
from train.judge.network.judge_network import JudgeNetwork


@dataclass(frozen=True)
class EncoderParts:
    """The weights and the sizes of an encoder, and what is built from them."""

    weights: Weights

    @cached_property
    def shape(self) -> EncoderShape:
        """Its sizes."""
        return EncoderShape.of(self.weights.config())

    def check(self, model: JudgeModel) -> None:
        """Refuse a config that leaves no layer to the second stage.

        Raises
        ------
        ConfigError
            the encoder has too few layers
        """
        if model.split >= self.shape.n_layers:
            raise ConfigError(
                f"model.split: must be less than the encoder's {self.shape.n_layers} layers, "
                f"got {model.split}. The layers above are the second stage."
            )

    @cached_property
    def arrays(self) -> dict[str, Tensor]:
        """All weights by the names of BERT's weights."""
        state = open_torch(self.weights).state_dict()
        floats = {n: a.float().numpy() for n, a in state.items() if a.is_floating_point()}
        named = as_bert(floats, self.weights.config())
        return {name: torch.from_numpy(array.copy()) for name, array in named.items()}

    def reader(self, settings: JudgeSettings) -> InputReader:
        """What tokenizes sentences and issues."""
        return InputReader(open_tokenizer(self.weights), settings)

    def network(self, model: JudgeModel, *, seed: int) -> JudgeNetwork:
        """The encoder with new heads."""
        self.check(model)
        with torch.random.fork_rng():
            torch.manual_seed(seed)
            return JudgeNetwork(self.shape, self.arrays, model)
