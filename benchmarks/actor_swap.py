"""Whether it matters who is named: actors' names exchanged for others of the same kind.

    python benchmarks/actor_swap.py [--json] [--codebook NAME ...]

In each seed article every actor takes the names of the next actor of its kind, in the text, in the
codebook's aliases and within its cues. Labelled with the champion before and after, the same
statements (sentence, holder, issue, stance) should come out.
"""

import argparse
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from commands.places import models_dir
from standpoint.article import read_article
from standpoint.champion import load_champions
from standpoint.codebook import Codebook, parse_codebook
from standpoint.labeling import label_article
from standpoint.mentions import Lexicon
from train.corpora.seeds import load_seeds


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--codebook", action="append")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    seeds = load_seeds(Path("seeds"), codebooks=Path("configs/codebooks"))
    champions = load_champions(models_dir())
    options = {"stance": champions.stance.model, "sentiment": None, "encoder": champions.encoder}
    same = total = lost = 0
    for seed in seeds.articles:
        if args.codebook and seed.codebook not in args.codebook:
            continue
        book = seeds.codebooks[seed.codebook]
        rename = renamer(book)
        before = _statements(seed.text, book, options)
        after = _statements(rename(seed.text), exchanged(book, rename), options)
        total += len(before)
        same += sum(after.get(unit) == stance for unit, stance in before.items())
        lost += sum(unit not in after for unit in before)
    told = {"statements": total, "same": same, "share": same / max(1, total), "not_found": lost}
    print(json.dumps(told) if args.json else "\n".join(f"{k}: {v}" for k, v in told.items()))


def _statements(text: str, book: Codebook, options: dict[str, Any]) -> dict[Any, str]:
    found = label_article(read_article(text), Lexicon(book), **options)
    return {
        (s.pair.sentence.index, s.pair.holder, s.pair.issue, s.pair.cue is None): s.stance
        for s in found.statements
    }


def renamer(book: Codebook) -> Callable[[str], str]:
    """Replaces every name of an actor by that of the next actor of its kind, place by place."""
    new: dict[str, str] = {}
    for kind in dict.fromkeys(actor.kind for actor in book.actors):
        actors = [actor for actor in book.actors if actor.kind == kind]
        for actor, other in zip(actors, [*actors[1:], actors[0]], strict=True):
            for old, name in zip(
                _names(actor), _cycled(_names(other), len(_names(actor))), strict=True
            ):
                new.setdefault(old, name)
    pattern = "|".join(sorted(map(re.escape, new), key=len, reverse=True))
    words = re.compile(rf"(?<![\w-])(?:{pattern})(?![\w-])")
    return lambda text: words.sub(lambda match: new[match.group()], text)


def _names(actor: Any) -> list[str]:
    last = actor.name.split()[-1]
    own = [last] if actor.kind == "person" and last not in actor.names else []
    return [*actor.names, *own]


def _cycled(names: list[str], n: int) -> list[str]:
    return [names[i % len(names)] for i in range(n)]


def exchanged(book: Codebook, rename: Callable[[str], str]) -> Codebook:
    """The codebook with the names of its actors exchanged, in cues too."""
    found = book.model_dump()
    for actor in found["actors"]:
        names = [rename(name) for name in (actor["name"], *actor["aliases"])]
        actor["name"], actor["aliases"] = names[0], list(dict.fromkeys(names[1:]))
    for issue in found["issues"]:
        for key in ("cues", "opposite_cues"):
            issue[key] = [rename(cue) for cue in issue[key]]
    return parse_codebook(found, where=book.name)


if __name__ == "__main__":
    main()
