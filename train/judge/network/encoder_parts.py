"""The parts of a pretrained encoder that a judge is made of, in torch."""

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
from train.judge.network.transformer import LowerLayers, inner_width_of


@dataclass(frozen=True)
class EncoderParts:
    """The weights of an encoder and how many of its layers are lower ones."""

    weights: Weights
    n_lower: int

    @cached_property
    def shape(self) -> EncoderShape:
        """Its sizes.

        Raises
        ------
        ConfigError
            no layer is left to be trained
        """
        shape = EncoderShape.of(self.weights.config())
        if self.n_lower >= shape.n_layers:
            raise ConfigError(
                f"model.lower_layers: must be less than the encoder's {shape.n_layers} layers, "
                f"got {self.n_lower}. The layers above are those that are trained."
            )
        return shape

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

    def lower(self) -> LowerLayers:
        """The frozen lower layers."""
        return LowerLayers(self.shape, self.arrays, n_layers=self.n_lower)

    def network(self, model: JudgeModel, *, seed: int) -> JudgeNetwork:
        """The upper layers with new heads."""
        with torch.random.fork_rng():
            torch.manual_seed(seed)
            network = JudgeNetwork(
                self.shape,
                n_layers=self.shape.n_layers - self.n_lower,
                inner_width=inner_width_of(self.arrays),
                about_width=model.about_width,
                stance_width=model.stance_width,
                dropout=model.dropout,
            )
        network.upper.load_bert(self.arrays, first=self.n_lower)
        return network
