"""A model's card: what it is, what it learned from, what that allows, and how well it does."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from math import isfinite
from typing import Any

BOUND = frozenset("research nc noncommercial academic educational unknown".split())


def card_of(manifest: Mapping[str, Any], *, main: str, metric: str, kind: str) -> str:
    """The card of a bundle, in Markdown.

    Parameters
    ----------
    manifest : what its ``manifest.json`` will hold
    main : the split that names the run's score
    kind : of the model
    """
    return "\n".join(_lines(manifest, main, metric, kind)) + "\n"


def _lines(manifest: Mapping[str, Any], main: str, metric: str, kind: str) -> Iterator[str]:
    corpus, scores = manifest["corpus"], manifest["scores"]
    yield f"# {manifest['config']}: {manifest['task']}"
    yield ""
    yield (
        f"Judges the {manifest['task']} of a holder toward a target in an English sentence: "
        f"{', '.join(manifest['labels'])}. Kind `{kind}`, run `{manifest['run_id']}`, "
        f"made {manifest['created']}."
    )
    yield ""
    yield "## Learned from"
    yield ""
    yield f"- {corpus['name']}: {corpus['n_pairs']:,} pairs, {corpus['licence']}"
    for other in corpus.get("also", ()):
        many = f"{other['n_pairs']:,} pairs" if "n_pairs" in other else "before, its encoder"
        yield f"- {other['name']}: {many}, {other['licence']}"
    yield ""
    yield terms_of(licences_of(corpus))
    yield ""
    yield "## Scores"
    yield ""
    yield from _score_lines(scores, main, metric)
    yield ""
    yield manifest["note"]


def _score_lines(scores: Mapping[str, float], main: str, metric: str) -> Iterator[str]:
    key = f"{main}.{metric}"
    if key not in scores or not isfinite(scores[key]):
        yield "None."
        return
    low, high = (scores.get(f"{key}.{end}") for end in ("low", "high"))
    between = f" [{low:.3f}, {high:.3f}]" if low is not None and high is not None else ""
    guess = scores.get(f"{key}.majority")
    base = "" if guess is None else f"; the most frequent label gets {guess:.3f}"
    yield f"{metric} on {main}: {scores[key]:.3f}{between}, n = {scores[f'{main}.n']:,.0f}{base}."


def licences_of(corpus: Mapping[str, Any]) -> list[str]:
    """Every licence of the data of a manifest's ``corpus``."""
    return sorted({corpus["licence"], *(other["licence"] for other in corpus.get("also", ()))})


def terms_of(licences: Sequence[str]) -> str:
    """What the licences of the data together allow, in a sentence for a model's card.

    >>> terms_of(["MIT", "research only"])[:50]
    'Research only: it learned from data under research'
    """
    bound = [name for name in licences if _is_bound(name)]
    if bound:
        return (
            f"Research only: it learned from data under {', '.join(bound)}. "
            "Train it without that data for any other use."
        )
    return f"Licences of the data: {', '.join(licences)}."


def _is_bound(licence: str) -> bool:
    """Whether a licence's words say that it is not for any use.

    >>> [_is_bound(name) for name in ("CC BY NC 4.0", "non-commercial", "MIT", "Apache-2.0")]
    [True, True, False, False]
    """
    words = re.findall(r"[a-z]+", licence.lower())
    return bool(BOUND & set(words)) or ("non", "commercial") in pairwise(words)
