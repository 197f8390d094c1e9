"""A judge is trained on from its bundle, where the checkpoint of its training is gone."""

import re
from dataclasses import replace

import numpy as np
import pytest
import torch

from standpoint.errors import ConfigError
from standpoint.judge import TOKENIZER
from standpoint.model import write_bundle, write_judge
from standpoint.model.linear import Head
from tests.judges import manifest
from train.judge.export import reading_settings
from train.judge.learned_data import earlier_entries
from train.judge.network.initial_weights import load_weights, read_weights, weights_digest

pytestmark = pytest.mark.xdist_group("finetune")  # one worker loads torch
DATA = {"name": "seeds", "n_pairs": 3, "licence": "Apache-2.0", "targets": "words"}
ALSO = [{"name": "real", "n_pairs": 2, "licence": "CC BY 4.0"}]


def write_exported(bench, folder, **changes):
    """A bundle of the graphs that a bench exported."""
    changes = changes | {"features": bench.settings, "corpus": {**DATA, "also": ALSO, "terms": []}}
    write_judge(
        folder,
        manifest=manifest(**changes),
        graphs=[bench.graphs / name for name in bench.settings.graphs],
        tokenizer=bench.graphs / TOKENIZER,
    )
    return folder


@pytest.fixture
def bundle_of(open_bench, judge_config, tmp_path):
    """A bundle of random weights, with the bench and the network that it is of."""

    def build(*, kind="mpnet", sentiment=False, **changes):
        config = judge_config(kind=kind)
        model = config.model.model_copy(update=changes)
        bench, _ = open_bench(config.model_copy(update={"model": model}))
        apart = model.apart_layers > 0
        settings = reading_settings(model.split, apart=apart, sentiment=sentiment)
        bench = replace(bench, settings=settings)
        network = bench.parts.network(model, seed=2, sentiment=sentiment)
        torch.nn.init.normal_(network.segments)
        for name, array in network.trained_state().items():
            if name.endswith("bias") and not name.startswith("encoder."):
                array.normal_()
        bench.export(network)
        return write_exported(bench, tmp_path / "bundle"), bench, network

    return build


@pytest.mark.parametrize("kind", ["bert", "mpnet"])
@pytest.mark.parametrize(("frozen", "sentiment"), [(0, True), (1, False)])
def test_the_weights_of_a_bundle_are_those_of_its_network(bundle_of, kind, frozen, sentiment):
    folder, bench, network = bundle_of(kind=kind, frozen_layers=frozen, sentiment=sentiment)
    begun = bench.parts.network(bench.config.model, seed=9, sentiment=sentiment)
    load_weights(begun, read_weights(folder, where="here"), where="here", advice="")
    states = [own.trained_state() for own in (begun, network)]
    for state in states:
        if "encoder.bias.weight" in state:
            state["encoder.bias.weight"][16] = 0  # no distance falls into this bucket
    for name, array in states[1].items():
        own = states[0][name]
        is_rounded = name.startswith("encoder.layers") and array.ndim == 2
        # Half a step of 64 for the largest weight of a column.
        atol = float(array.abs().max()) / 128 * 1.01 if is_rounded else 1e-6
        torch.testing.assert_close(own, array, rtol=0, atol=atol)


def test_layers_that_were_trained_may_not_be_frozen_later(bundle_of):
    folder, bench, _ = bundle_of(frozen_layers=0)
    model = bench.config.model.model_copy(update={"frozen_layers": 1})
    later = bench.parts.network(model, seed=1)
    weights = read_weights(folder, where="model.initial")
    load_weights(later, weights, where="model.initial", advice="")
    weights["encoder.layers.0.outer.bias"] = weights["encoder.layers.0.outer.bias"] * 1.01 + 0.01
    fault = "model.initial: must have trained no layer that is frozen here, got encoder.layers.0"
    with pytest.raises(ConfigError, match=re.escape(fault)):
        load_weights(later, weights, where="model.initial", advice="")


def test_a_damaged_bundle_and_one_of_no_judge_are_refused(bundle_of, tmp_path):
    folder, *_ = bundle_of()
    with (folder / "heads.onnx").open("ab") as file:
        file.write(b" ")
    with pytest.raises(ConfigError, match=r"model.initial: must be a whole bundle, got .*heads"):
        read_weights(folder, where="model.initial")
    other = tmp_path / "other"
    nothing = Head(np.zeros((0, 3), np.float32), np.zeros(3, np.float32), 1.0)
    write_bundle(other, manifest=manifest(features={"kind": "majority"}), head=nothing, terms=())
    with pytest.raises(ConfigError, match=r"model.initial: must be the bundle of a judge"):
        read_weights(other, where="model.initial")


def test_what_a_bundle_was_learned_from_is_data_of_what_goes_on_with_it(bundle_of):
    folder, *_ = bundle_of()
    names = [entry["name"] for entry in earlier_entries(folder, [])]
    assert names == ["seeds", "real"]
    own = [{"name": "real", "licence": "CC BY 4.0"}]
    assert [entry["name"] for entry in earlier_entries(folder, own)] == ["seeds"]


def test_the_digest_is_that_of_the_weights_and_not_of_the_card(bundle_of, tmp_path):
    folder, bench, network = bundle_of()
    digest = weights_digest(folder, where="here")
    rewritten = write_exported(bench, tmp_path / "rewritten", note="scored")
    assert weights_digest(rewritten, where="here") == digest
    with torch.no_grad():
        network.exit[0].bias.add_(1)
    bench.export(network)
    assert weights_digest(write_exported(bench, tmp_path / "other"), where="here") != digest
