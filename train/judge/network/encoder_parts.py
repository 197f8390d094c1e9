"""A pretrained encoder that a judge starts from, in torch."""

from dataclasses import dataclass, replace
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
        """Refuse a config with more layers than there are, or none for the second stage.

        Raises
        ------
        ConfigError
            the encoder has too few layers
        """
        n_layers = self.shape.n_layers
        if model.layers is not None and model.layers > n_layers:
            raise ConfigError(
                f"model.layers: must be at most the encoder's {n_layers} layers, "
                f"got {model.layers}. Leave it out to use all."
            )
        used = self.used_shape(model).n_layers
        if model.split >= used:
            raise ConfigError(
                f"model.split: must be less than the {used} layers that are used, "
                f"got {model.split}. The layers above are the second stage."
            )

    def used_shape(self, model: JudgeModel) -> EncoderShape:
        """The sizes of the part that a judge uses: its lowest layers."""
        return replace(self.shape, n_layers=model.layers or self.shape.n_layers)

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

    def network(self, model: JudgeModel, *, seed: int, sentiment: bool = False) -> JudgeNetwork:
        """The encoder with new heads.

        Parameters
        ----------
        sentiment : whether one is for sentiment
        """
        self.check(model)
        with torch.random.fork_rng():
            torch.manual_seed(seed)
            shape = self.used_shape(model)
            return JudgeNetwork(shape, self.arrays, model, sentiment=sentiment)
