"""Classifiers of pairs: features, encoder, ensemble, explanations, bundles, registry."""

from standpoint.model.bundle import CARD, load_bundle, read_manifest, write_bundle, write_ensemble
from standpoint.model.encoder import (
    DESCRIPTION,
    FILES,
    FORMAT,
    MAX_TOKENS,
    Encoder,
    Reading,
    encoder_digest,
    file_sha256,
    find_encoder,
    keep_to_itself,
    open_encoder,
)
from standpoint.model.ensemble import Classifier, predict, sharpened
from standpoint.model.explanations import Decision, decided_by, explain
from standpoint.model.feature_config import (
    EncoderFeatures,
    Features,
    NgramFeatures,
    NoFeatures,
    PartOfMixture,
)
from standpoint.model.linear import Floats, Head, family_of, softmax
from standpoint.model.masking import masked, names_among
from standpoint.model.ngram_features import terms_of
from standpoint.model.pairs import Name, PairText, between, check_pair, pair_toward, role_words
from standpoint.model.registry import (
    Champion,
    Champions,
    Pointer,
    load_champion,
    load_champions,
    pointer_path,
    read_pointer,
    write_pointer,
)
from standpoint.model.span_features import (
    FEATURES_VERSION,
    groups_of,
    parts_of_vector,
    vector_of,
    words_to_read,
)

__all__ = [
    "CARD",
    "DESCRIPTION",
    "FEATURES_VERSION",
    "FILES",
    "FORMAT",
    "MAX_TOKENS",
    "Champion",
    "Champions",
    "Classifier",
    "Decision",
    "Encoder",
    "EncoderFeatures",
    "Features",
    "Floats",
    "Head",
    "Name",
    "NgramFeatures",
    "NoFeatures",
    "PairText",
    "PartOfMixture",
    "Pointer",
    "Reading",
    "between",
    "check_pair",
    "decided_by",
    "encoder_digest",
    "explain",
    "family_of",
    "file_sha256",
    "find_encoder",
    "groups_of",
    "keep_to_itself",
    "load_bundle",
    "load_champion",
    "load_champions",
    "masked",
    "names_among",
    "open_encoder",
    "pair_toward",
    "parts_of_vector",
    "pointer_path",
    "predict",
    "read_manifest",
    "read_pointer",
    "role_words",
    "sharpened",
    "softmax",
    "terms_of",
    "vector_of",
    "words_to_read",
    "write_bundle",
    "write_ensemble",
    "write_pointer",
]
