"""Model cards: task, training data, license terms and scores of a bundle, in Markdown."""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import isfinite
from typing import Any

RESTRICTIONS = frozenset("research nc noncommercial academic educational unknown".split())
"""Words in the name of a license that does not allow every use; unknown terms count as such."""

LIMITS = """\
## Limits

- English only.
- It answers for the actors and issues of a codebook, and for nobody else.
- It reads a sentence with the one before: what only a whole text says, and irony, it may miss or \
take for its opposite.
- Kinds of text other than those it learned from and was tested on may be read worse.
- Temperature and thresholds were chosen on real documents; on other texts the probabilities may \
be off.
- It reads what a text says, not what a person thinks: look at the evidence before you rely on a \
cell.
"""
"""What a reader of a judge's tables must know, for its card."""


def card_of(manifest: Mapping[str, Any], *, main: str, metric: str, kind: str) -> str:
    """The card of a bundle, in Markdown.

    Parameters
    ----------
    manifest : the content of its ``manifest.json``
    main : the split that names the run's score
    kind : of the model
    """
    corpus = manifest["corpus"]
    sources = [f"- {corpus['name']}: {corpus['n_pairs']:,} pairs, {corpus['licence']}"]
    for other in corpus.get("also", ()):
        size = f"{other['n_pairs']:,} pairs" if "n_pairs" in other else "before, its encoder"
        sources.append(f"- {other['name']}: {size}, {other['licence']}")
    paragraphs = [
        f"# {manifest['config']}: {manifest['task']}",
        f"Judges the {manifest['task']} of a holder toward a target in an English sentence: "
        f"{', '.join(manifest['labels'])}. Kind `{kind}`, run `{manifest['run_id']}`, "
        f"made {manifest['created']}.",
        "## Learned from",
        "\n".join(sources),
        terms_of(licenses_of(corpus)),
        "## Scores",
        _score_line(manifest["scores"], main, metric),
        f"{manifest['note']}\n",
    ]
    return "\n\n".join(paragraphs)


def _score_line(scores: Mapping[str, float], main: str, metric: str) -> str:
    key = f"{main}.{metric}"
    if key not in scores or not isfinite(scores[key]):
        return "None."
    low, high = (scores.get(f"{key}.{end}") for end in ("low", "high"))
    between = f" [{low:.3f}, {high:.3f}]" if low is not None and high is not None else ""
    majority = scores.get(f"{key}.majority")
    base = "" if majority is None else f"; the most frequent label gets {majority:.3f}"
    return f"{metric} on {main}: {scores[key]:.3f}{between}, n = {scores[f'{main}.n']:,.0f}{base}."


def licenses_of(corpus: Mapping[str, Any]) -> list[str]:
    """Every licence of the data of a manifest's ``corpus``."""
    return sorted({corpus["licence"], *(other["licence"] for other in corpus.get("also", ()))})


def terms_of(licenses: Sequence[str]) -> str:
    """What the licences of the data together allow, in a sentence for a model's card.

    >>> terms_of(["MIT", "research only"])[:50]
    'Research only: it learned from data under research'
    """
    restricted = restricted_licenses(licenses)
    if restricted:
        return (
            f"Research only: it learned from data under {', '.join(restricted)}. "
            "Train it without that data for any other use."
        )
    return f"Licences of the data: {', '.join(licenses)}."


def restricted_licenses(licenses: Sequence[str]) -> list[str]:
    """Those that do not allow every use."""
    return [name for name in licenses if _is_restricted(name)]


def _is_restricted(license: str) -> bool:
    """Whether a licence's words say that it is not for any use.

    >>> [_is_restricted(name) for name in ("CC BY NC 4.0", "non-commercial", "MIT", "Apache-2.0")]
    [True, True, False, False]
    """
    words = re.findall(r"[a-z]+", license.lower())
    return bool(RESTRICTIONS & set(words)) or ("non", "commercial") in pairwise(words)
