"""Whether it matters who is named: actors' names exchanged for others of the same kind.

    python benchmarks/actor_swap.py [--json] [--codebook NAME ...]

In each seed article every actor takes the names of the next actor of its kind, in the text, in the
codebook's aliases and within its cues. Labelled with the champion before and after, the same
statements (sentence, holder, issue, stance) should come out.
"""

import argparse
import json
import re
from pathlib import Path
from typing import Any

from standpoint.cli.folders import models_dir
from standpoint.codebook.folding import fold_cue, fold_name
from standpoint.codebook.parsing import parse_codebook
from standpoint.codebook.schema import Codebook
from standpoint.labeling.labeler import Labeler
from standpoint.mentions.matcher import MentionMatcher
from standpoint.model.registry import load_champions
from standpoint.text.article import read_article
from train.corpora.seeds import load_seeds


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--codebook", action="append")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    seeds = load_seeds(Path("seeds"), codebooks=Path("configs/codebooks"))
    champions = load_champions(models_dir())
    labeler = Labeler(stance=champions.stance.model, encoder=champions.encoder)
    same = found = total = cut_otherwise = 0
    for seed in seeds.articles:
        if args.codebook and seed.codebook not in args.codebook:
            continue
        book = seeds.codebooks[seed.codebook]
        before = _statements(seed.text, MentionMatcher(book), labeler)
        text, renamed = exchanged(seed.text, book)
        if len(read_article(text).sentences) != len(read_article(seed.text).sentences):
            cut_otherwise += 1
            continue
        after = _statements(text, renamed, labeler)
        total += len(before)
        found += sum(unit in after for unit in before)
        same += sum(after.get(unit) == stance for unit, stance in before.items())
    told = {
        "articles_left_out_for_other_sentences": cut_otherwise,
        "statements": total,
        "found_in_both": found,
        "same_stance": same,
        "share_of_all": same / max(1, total),
        "share_of_found": same / max(1, found),
    }
    print(json.dumps(told) if args.json else "\n".join(f"{k}: {v}" for k, v in told.items()))


def _statements(text: str, matcher: MentionMatcher, labeler: Labeler) -> dict[Any, str]:
    """Stances by sentence, holder, issue, and which of the sentence's cues it is."""
    found = labeler.label(read_article(text), matcher)
    met: dict[Any, list[str]] = {}
    for s in found.statements:
        if s.pair.cue is not None:
            place = (s.pair.sentence.index, s.pair.holder, s.pair.issue)
            met.setdefault(place, []).append(s.stance)
    return {(*place, n): stance for place, own in met.items() for n, stance in enumerate(own)}


def exchanged(text: str, book: Codebook) -> tuple[str, MentionMatcher]:
    """The text and the codebook with each actor under the names of the next one of its kind."""
    new = _new_names(book)
    matcher = MentionMatcher(book)

    def rename(words: str) -> str:
        pieces, at = [], 0
        for sentence in read_article(words).sentences:
            for mention in matcher.actors_in(sentence):
                name = new.get((mention.actor, fold_name(mention.span.of(words))))
                if name is None:
                    continue
                the = re.match("[Tt]he ", mention.span.of(words))
                name = re.sub("^[Tt]he ", "", name)
                pieces += [words[at : mention.span.start], the.group() if the else "", name]
                at = mention.span.end
        return "".join([*pieces, words[at:]])

    found = book.model_dump()
    for actor in found["actors"]:
        own = [new[actor["id"], fold_name(name)] for name in (actor["name"], *actor["aliases"])]
        unique = list({fold_name(name): name for name in reversed(own)}.values())[::-1]
        actor["name"], actor["aliases"] = unique[0], unique[1:]
    for issue in found["issues"]:
        for key in ("cues", "opposite_cues"):
            issue[key] = list({fold_cue(c): c for c in map(rename, issue[key])}.values())
    return rename(text), MentionMatcher(parse_codebook(found, where=book.name))


def _new_names(book: Codebook) -> dict[tuple[str, str], str]:
    """By actor and name, the name at the same place of the next actor of its kind."""
    new: dict[tuple[str, str], str] = {}
    for kind in dict.fromkeys(actor.kind for actor in book.actors):
        actors = [actor for actor in book.actors if actor.kind == kind]
        for actor, other in zip(actors, [*actors[1:], actors[0]], strict=True):
            theirs = _names(other)
            for number, name in enumerate(_names(actor)):
                new.setdefault((actor.id, fold_name(name)), theirs[number % len(theirs)])
    return new


def _names(actor: Any) -> list[str]:
    last = actor.name.split()[-1]
    own = [last] if actor.kind == "person" and last not in actor.names else []
    return [*actor.names, *own]


if __name__ == "__main__":
    main()
