"""MPNet's relative positions: what attention adds for the distance of two tokens.

Distances fall into 32 buckets, 16 for each direction: the first 8 distances have one each, longer
ones share the rest on a logarithmic scale, and all from `MAX_DISTANCE` on are alike.

References
----------
Raffel et al. (2020), T5, section 2.1; Song et al. (2020), MPNet.
"""

import numpy as np
import numpy.typing as npt

from train.encoders.graph_writer import GraphWriter
from train.encoders.shape import N_BUCKETS

MAX_DISTANCE = 128  # fixed in MPNet's published code
BIAS = "encoder.relative_attention_bias.weight"
_DISTANCES = np.arange(-MAX_DISTANCE, MAX_DISTANCE + 1)


def bucket_of(distance: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """The bucket of each distance, which is the position of the key less that of the query.

    >>> bucket_of(np.array([-200, -8, -1, 0, 1, 8, 200])).tolist()
    [15, 8, 1, 0, 17, 24, 31]
    """
    n_each = N_BUCKETS // 2
    n_exact = n_each // 2
    length = np.abs(distance)
    # float32, as the published code: at the edges of a bucket, rounding decides.
    ratio = np.maximum(length, 1).astype(np.float32) / np.float32(n_exact)
    scale = np.float32(np.log(MAX_DISTANCE / n_exact))
    shared = n_exact + (np.log(ratio) / scale * np.float32(n_each - n_exact)).astype(np.int64)
    bucket = np.where(length < n_exact, length, np.minimum(shared, n_each - 1))
    return bucket + np.where(distance > 0, n_each, 0)


def distance_of_each_bucket() -> npt.NDArray[np.int64]:
    """Where a distance of each bucket stands among those from -`MAX_DISTANCE` on.

    No distance falls into the bucket 16; there it is that of the distance 0.
    """
    buckets = bucket_of(_DISTANCES)
    places = np.full(N_BUCKETS, MAX_DISTANCE)
    places[buckets] = np.arange(len(buckets))
    return places


def add_position_bias(graph: GraphWriter, states: str) -> str:
    """The bias of every query and key, of shape (n_heads, n_tokens, n_tokens).

    Parameters
    ----------
    states : name of an array whose first axis counts tokens
    """
    by_distance = graph.weight(BIAS)[bucket_of(_DISTANCES)].T
    table = graph.constant("bias_by_distance", by_distance)
    first, last, zero, one = (
        graph.constant(f"distance_{n}", np.array(n, np.int64))
        for n in (-MAX_DISTANCE, MAX_DISTANCE, 0, 1)
    )
    size = graph.add("Shape", states, start=0, end=1)
    positions = graph.add("Range", zero, graph.add("Squeeze", size), one)
    queries = graph.add("Unsqueeze", positions, graph.constant("axis_1", np.array([1], np.int64)))
    distance = graph.add("Clip", graph.add("Sub", positions, queries), first, last)
    return graph.add("Gather", table, graph.add("Add", distance, last), axis=1)
