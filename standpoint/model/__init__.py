"""Classifiers of pairs: features, encoder, ensemble, explanations, bundles, registry."""

from standpoint.model.bundle import CARD, load_bundle, read_manifest
from standpoint.model.bundle_writing import write_bundle, write_ensemble, write_judge
from standpoint.model.encoder import MAX_TOKENS, EncodedSentence, Encoder
from standpoint.model.encoder_folder import (
    DEFAULT_ENCODER,
    DESCRIPTION,
    describe_encoder,
    encoder_digest,
    encoder_folders,
    find_encoder,
    open_encoder,
)
from standpoint.model.ensemble import Classifier, calibrate, predict, reads_target_words
from standpoint.model.explanations import (
    Explanation,
    Weight,
    explain,
    largest_weights,
    margins,
)
from standpoint.model.feature_config import (
    ContextFeatures,
    EncoderFeatures,
    Features,
    NgramFeatures,
    NoFeatures,
    PartOfMixture,
    SpanFeatures,
)
from standpoint.model.judge_model import (
    JudgeModel,
    holder_query_of,
    pair_sentence,
    target_query_of,
)
from standpoint.model.linear import Floats, Head, ngram_family, softmax
from standpoint.model.masking import mask_names, names_among
from standpoint.model.ngram_features import ngrams_of
from standpoint.model.pairs import Name, PairText, between, check_pair, pair_toward, role_words
from standpoint.model.registry import (
    Champion,
    Champions,
    Pointer,
    Served,
    ServedName,
    find_served,
    load_champion,
    load_champions,
    read_pointer,
    watched_files,
    write_pointer,
)
from standpoint.model.shipped import SHIPPED_NAMES
from standpoint.model.span_features import (
    FEATURES_VERSION,
    column_groups,
    feature_groups,
    feature_vector,
    texts_to_encode,
)

__all__ = [
    "CARD",
    "DEFAULT_ENCODER",
    "DESCRIPTION",
    "FEATURES_VERSION",
    "MAX_TOKENS",
    "SHIPPED_NAMES",
    "Champion",
    "Champions",
    "Classifier",
    "ContextFeatures",
    "EncodedSentence",
    "Encoder",
    "EncoderFeatures",
    "Explanation",
    "Features",
    "Floats",
    "Head",
    "JudgeModel",
    "Name",
    "NgramFeatures",
    "NoFeatures",
    "PairText",
    "PartOfMixture",
    "Pointer",
    "Served",
    "ServedName",
    "SpanFeatures",
    "Weight",
    "between",
    "calibrate",
    "check_pair",
    "column_groups",
    "describe_encoder",
    "encoder_digest",
    "encoder_folders",
    "explain",
    "feature_groups",
    "feature_vector",
    "find_encoder",
    "find_served",
    "holder_query_of",
    "largest_weights",
    "load_bundle",
    "load_champion",
    "load_champions",
    "margins",
    "mask_names",
    "names_among",
    "ngram_family",
    "ngrams_of",
    "open_encoder",
    "pair_sentence",
    "pair_toward",
    "predict",
    "read_manifest",
    "read_pointer",
    "reads_target_words",
    "role_words",
    "softmax",
    "target_query_of",
    "texts_to_encode",
    "watched_files",
    "write_bundle",
    "write_ensemble",
    "write_judge",
    "write_pointer",
]
