"""Whether a batch fits in memory, told before hours are spent."""

import pytest
import torch

from standpoint.errors import ConfigError
from train.finetune.memory import (
    activation_bytes,
    check_batch,
    free_bytes,
    is_out_of_memory,
    largest_fitting,
    out_of_memory_error,
)

pytestmark = pytest.mark.xdist_group("finetune")  # one worker loads torch

GIB = 2**30


def refused(batch, *, free, fixed=0, n_texts=1_000, each=GIB // 8):
    with pytest.raises(ConfigError) as caught:
        check_batch(batch, needed=lambda n: n * each, free=free, fixed=fixed, n_texts=n_texts)
    return str(caught.value)


def test_a_batch_that_cannot_fit_is_refused_with_one_that_does():
    assert refused(64, free=4 * GIB, fixed=GIB) == (
        "model.schedule.batch: must fit in memory, got 64, which needs about 9.0 GiB of 4.0 free. "
        "A batch of 16 fits."
    )
    check_batch(16, needed=lambda n: n * GIB // 8, free=4 * GIB, fixed=GIB, n_texts=1_000)


def test_an_encoder_that_fits_with_no_batch_is_refused():
    assert refused(8, free=GIB, fixed=GIB).endswith("No batch does: use a smaller encoder.")


def test_a_batch_above_the_number_of_sentences_is_no_larger_than_it():
    check_batch(100_000, needed=lambda n: n * GIB, free=10 * GIB, fixed=0, n_texts=8)
    assert "A batch of 8 fits." in refused(100_000, free=10 * GIB, each=GIB, n_texts=16)


def test_where_free_memory_cannot_be_told_nothing_is_refused():
    check_batch(100_000, needed=lambda n: n * GIB, free=None, fixed=0, n_texts=100_000)


def test_a_fifth_of_what_is_free_is_left_to_others():
    assert largest_fitting(8, needed=lambda n: n, free=10) == 8
    assert largest_fitting(9, needed=lambda n: n, free=10) == 4


def test_longer_texts_cost_more_than_their_length():
    shape = {"n_texts": 8, "width": 384, "inner": 1536, "n_heads": 12, "n_layers": 6, "size": 4}
    short, long = (activation_bytes(n_tokens=n, **shape) for n in (64, 128))
    assert 2 * short < long < 4 * short
    assert activation_bytes(n_tokens=64, **{**shape, "n_texts": 16}) == 2 * short


def test_free_memory_is_what_the_narrowest_limit_leaves(monkeypatch):
    found = free_bytes("cpu")
    assert found is not None
    assert 0 < found < 2**50
    monkeypatch.setattr("train.finetune.memory._free_in_cgroup", lambda: 1_000)
    assert free_bytes("cpu") == 1_000
    for name in ("_free_in_cgroup", "_free_in_system", "_free_in_process"):
        monkeypatch.setattr(f"train.finetune.memory.{name}", lambda: None)
    assert free_bytes("cpu") is None


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2 GiB."), True),
        (RuntimeError("[enforce fail] DefaultCPUAllocator: can't allocate memory: 12"), True),
        (MemoryError(), True),
        (RuntimeError("index out of range in self"), False),
        (ValueError("out of memory"), False),
    ],
    ids=["GPU", "CPU", "Python", "another fault", "another kind"],
)
def test_what_says_that_memory_ran_out_is_known(error, expected):
    assert is_out_of_memory(error) is expected


def test_an_error_without_words_is_told_by_its_name():
    assert str(out_of_memory_error(MemoryError(), batch=32, fits=8)) == (
        "model.schedule.batch: must fit in memory, got 32, and memory ran out (MemoryError). "
        "A batch of 8 fits; what was learned is kept, and a config with another batch starts again."
    )
