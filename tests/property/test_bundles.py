"""A bundle says the same after it was written and read, and says nothing once it was changed."""

import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from standpoint.errors import BundleError
from standpoint.labels import LABELS
from standpoint.model.bundle import load_bundle
from standpoint.model.bundle_writing import write_bundle
from standpoint.model.linear import EncodedPairs, Head, LinearModel
from standpoint.model.manifest import Manifest
from standpoint.model.pairs import PairText
from standpoint.text.article import Span

# Slow machines are no fault of what is tested.
USUAL = settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
NGRAMS = {"kind": "ngrams", "words": (1, 2), "chars": (1, 2), "window": 2, "min_count": 1}
PAIRS = (
    PairText("Kovac backs the dam.", Span(0, 5), Span(16, 19)),
    PairText("The dam angers Brandt: no, no, no!", Span(15, 21), Span(4, 7)),
    PairText("سلام — Rain falls.", None, None),
)
FLOATS = st.floats(-30, 30, width=32)


def manifest(task, features):
    return {
        "task": task,
        "labels": LABELS[task],
        "features": features,
        "encoder": None,
        "run_id": "r1",
        "config": "tiny",
        "created": "2025-01-01T00:00:00+00:00",
        "corpus": {"name": "seeds", "n_pairs": 3},
        "scores": {"test.f1_macro": 0.5},
        "note": "as fitted",
    }


def arrays(shape, values):
    flat = np.resize(np.array(values, dtype=np.float32), int(np.prod(shape)))
    return flat.reshape(shape)


@st.composite
def heads(draw):
    """A head of random weights over terms that the pairs hold, and some that they do not."""
    known = ["w:backs", "w:no", "w:the dam", "c:a", "c:da", "⟦h⟧:>backs", "b⟦h⟧:the", "w:سلام"]
    terms = draw(
        st.lists(st.one_of(st.sampled_from(known), st.text(max_size=5)), unique=True, max_size=12)
    )
    terms = [term for term in terms if term.isprintable()]
    weights = arrays((len(terms), 3), draw(st.lists(FLOATS, min_size=3, max_size=30)))
    bias = arrays((3,), draw(st.lists(FLOATS, min_size=3, max_size=3)))
    idf = arrays((len(terms),), draw(st.lists(st.floats(1, 9, width=32), min_size=1, max_size=9)))
    temperature = draw(st.floats(0.125, 8, width=32))
    return Head(weights, bias, temperature, idf if terms else None), terms


@USUAL
@given(heads(), st.sampled_from(["stance", "sentiment"]))
def test_a_bundle_gives_the_same_probabilities_after_a_round_trip(drawn, task):
    head, terms = drawn
    described = manifest(task, NGRAMS if terms else {"kind": "majority"})
    checked = Manifest.model_validate({**described, "format": 1, "files": {}})
    with tempfile.TemporaryDirectory() as folder:
        write_bundle(Path(folder), manifest=described, head=head, terms=terms)
        loaded = load_bundle(Path(folder))
    before = LinearModel(checked, head, terms).predict_proba(PAIRS, EncodedPairs([None] * 3))
    after = loaded.predict_proba(PAIRS, EncodedPairs([None] * 3))
    np.testing.assert_array_equal(before, after)
    np.testing.assert_allclose(after.sum(axis=1), 1, rtol=1e-5)
    sealed = {"files", "digest"}
    assert loaded.manifest.model_dump(exclude=sealed) == checked.model_dump(exclude=sealed)


@pytest.fixture(scope="module")
def bundle(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bundle")
    terms = ["w:backs", "w:no", "c:a"]
    head = Head(np.eye(3, dtype=np.float32), np.zeros(3, np.float32), 1.5, np.ones(3, np.float32))
    write_bundle(folder, manifest=manifest("stance", NGRAMS), head=head, terms=terms)
    return folder


def changed(content, data):
    """The bytes with one of them changed, taken away or added."""
    at = data.draw(st.integers(0, len(content) - 1), label="at")
    how = data.draw(st.sampled_from(["change", "cut", "add"]), label="how")
    if how == "cut":
        return content[:at] + content[at + 1 :]
    byte = data.draw(st.integers(0, 255).filter(lambda b: b != content[at]), label="byte")
    behind = at if how == "add" else at + 1
    return content[:at] + bytes([byte]) + content[behind:]


@pytest.mark.parametrize("name", ["head.safetensors", "terms.json"])
@USUAL
@given(data=st.data())
def test_a_file_with_any_byte_changed_is_refused_by_name(bundle, name, data):
    path = bundle / name
    whole = path.read_bytes()
    try:
        path.write_bytes(changed(whole, data))
        with pytest.raises(BundleError) as caught:
            load_bundle(bundle)
    finally:
        path.write_bytes(whole)
    assert str(caught.value).startswith(f"{path}: must have the sha256 ")
    load_bundle(bundle)


@USUAL
@given(data=st.data())
def test_a_changed_manifest_is_loaded_or_refused_but_never_breaks_the_loader(bundle, data):
    path = bundle / "manifest.json"
    whole = path.read_bytes()
    try:
        path.write_bytes(changed(whole, data))
        try:
            loaded = load_bundle(bundle)
        except BundleError as error:
            assert str(error).startswith(str(bundle))
        else:
            assert loaded.labels == LABELS["stance"]
    finally:
        path.write_bytes(whole)


@USUAL
@given(data=st.data())
def test_a_manifest_whose_sums_were_changed_is_refused(bundle, data):
    path = bundle / "manifest.json"
    whole = path.read_text("utf-8")
    digits = [n for n in range(whole.index('"files"'), len(whole)) if whole[n] in "0123456789"]
    at = data.draw(st.sampled_from(digits))
    digit = data.draw(st.sampled_from("0123456789abcdef").filter(lambda d: d != whole[at]))
    try:
        path.write_text(whole[:at] + digit + whole[at + 1 :], "utf-8")
        with pytest.raises(BundleError, match=r"must have the (sha256|digest)"):
            load_bundle(bundle)
    finally:
        path.write_text(whole, "utf-8")
