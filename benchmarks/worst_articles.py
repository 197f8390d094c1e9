"""Time to read awkward texts, by character, beside plain news in the same run.

    python benchmarks/worst_articles.py [--chars 40000] [--case NAME ...] [--json]

Each text is read at two lengths, the second four times the first: `growth` is how much more time a
character takes in the longer one. It is about 1 where time grows with length alone, and 4 where it
grows with the square. `times news` compares the longer text with plain news of that length. Only
the reader runs, without models; `pairs` is what the classifiers would have to decide on.
"""

import argparse
import json
import random
import time
from collections.abc import Callable
from typing import Any

from standpoint.codebook import Codebook, parse_codebook
from standpoint.labeling.annotated_article import AnnotatedArticle
from standpoint.labeling.candidates import read_pairs
from standpoint.labeling.notes import notes_on
from standpoint.labeling.offsets import normalize_article
from standpoint.mentions import MentionMatcher
from standpoint.text import read_article

FACTOR = 4  # the longer text is so many times as long
N_ACTORS = 2_000  # of the large codebook
SYLLABLES = "ba be bi bo bu da de di do du ka ke ki ko ku la le li lo lu ma me mi mo mu".split()
FILLERS = "the minister came on Monday with plans for roads and schools in many towns".split()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--chars", type=int, default=40_000, help="of the shorter text")
    parser.add_argument("--case", action="append", choices=CASES)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    rows = [measure("news", args.chars), *(measure(c, args.chars) for c in args.case or CASES)]
    for row in rows:
        row["times news"] = round(row["us/char"] / rows[0]["us/char"], 2)
    print(json.dumps(rows) if args.json else "\n".join(map(_line, rows)))


def measure(case: str, chars: int) -> dict[str, Any]:
    """How long a text takes to be read, at ``chars`` and at ``FACTOR`` times as many."""
    matcher = MentionMatcher(large_codebook() if case.startswith("large") else codebook())
    short, _ = _seconds(case, chars, matcher)
    long, n_pairs = _seconds(case, FACTOR * chars, matcher)
    per_char = long / (FACTOR * chars)
    return {
        "case": case,
        "us/char": round(1e6 * per_char, 3),
        "growth": round(per_char / (short / chars), 2),
        "pairs": n_pairs,
    }


def _seconds(case: str, chars: int, matcher: MentionMatcher) -> tuple[float, int]:
    """The time of the second reading of two, so that caches are warm, and the number of pairs."""
    seconds, n_pairs = 0.0, 0
    for seed in range(2):
        text = CASES[case](random.Random(seed), chars)[:chars] + "."
        started = time.perf_counter()
        normalized = normalize_article(read_article(text))
        annotated = AnnotatedArticle(normalized.article, matcher)
        pairs = read_pairs(annotated)
        notes_on(text, annotated, n_pairs=len(pairs))
        seconds, n_pairs = time.perf_counter() - started, len(pairs)
    return seconds, n_pairs


def _line(row: dict[str, Any]) -> str:
    return (
        f"{row['case']:22} {row['us/char']:9.3f} us/char  growth {row['growth']:5.2f}  "
        f"{row['times news']:7.2f} times news  {row['pairs']:9,} pairs"
    )


def codebook() -> Codebook:
    """Three actors and two issues."""
    actors = [
        {"id": "kovac", "name": "Ana Kovac", "kind": "person", "member_of": "greens"},
        {"id": "brandt", "name": "Peter Brandt", "kind": "person"},
        {"id": "greens", "name": "the Greens", "kind": "organisation"},
    ]
    return _codebook(actors)


def large_codebook() -> Codebook:
    """As many actors as ``N_ACTORS``, each with two aliases."""
    names = [_name(number) for number in range(N_ACTORS)]
    actors = [
        {
            "id": f"a{number}",
            "name": f"Ana {name}",
            "kind": "person",
            "aliases": [f"Minister {name}", f"{name} of Mora"],
        }
        for number, name in enumerate(names)
    ]
    return _codebook(actors)


def _codebook(actors: list[dict[str, Any]]) -> Codebook:
    issues = [
        {"id": id, "name": cue, "favor": "It comes.", "against": "It does not.", "cues": [cue]}
        for id, cue in (("tariff", "carbon tariff"), ("dam", "dam"))
    ]
    document = {"name": "worst", "title": "Worst", "actors": actors, "issues": issues}
    return parse_codebook(document, where="worst_articles")


def _name(number: int) -> str:
    first, rest = number % len(SYLLABLES), number // len(SYLLABLES)
    second, third = rest % len(SYLLABLES), rest // len(SYLLABLES)
    return f"{SYLLABLES[first]}{SYLLABLES[second]}{SYLLABLES[third]}r".capitalize()


def _any_name(rng: random.Random) -> str:
    return _name(rng.randrange(N_ACTORS))


def _word(rng: random.Random) -> str:
    """A word that hardly occurs twice, so that no cache of sentences helps."""
    return "".join(rng.choices(SYLLABLES, k=3))


def _sentence(rng: random.Random) -> str:
    who, verb = (
        rng.choice(("Ana Kovac", "Brandt", "He", "She", "The minister", "The Greens")),
        "said",
    )
    about = rng.choice(("the carbon tariff is wrong", "it will rain", "the dam must come"))
    return f"{who} {verb} that {about}, and {_word(rng)} {' '.join(rng.sample(FILLERS, 8))}."


def repeated(make: Callable[[random.Random], str]) -> Callable[[random.Random, int], str]:
    """A text of pieces, up to a length."""

    def text(rng: random.Random, chars: int) -> str:
        pieces: list[str] = []
        n_chars = 0
        while n_chars < chars:
            pieces.append(make(rng))
            n_chars += len(pieces[-1])
        return "".join(pieces)

    return text


CASES: dict[str, Callable[[random.Random, int], str]] = {
    "news": repeated(lambda rng: f"{_sentence(rng)} {_sentence(rng)} {_sentence(rng)}\n\n"),
    "one paragraph": repeated(lambda rng: f"{_sentence(rng)} "),
    "quotations": repeated(lambda rng: f"“{_sentence(rng)}” he said. “I {_word(rng)} it.”\n\n"),
    "transcript": repeated(
        lambda rng: f"{rng.choice(('KOVAC', 'BRANDT', 'LI'))}: {_sentence(rng)}\n\n"
    ),
    "one-word turns": repeated(
        lambda rng: f"{rng.choice(('KOVAC', 'BRANDT', 'LI'))}: {_word(rng)}.\n\n"
    ),
    "table": repeated(lambda rng: f"Kovac | carbon tariff | {_word(rng)}\n"),
    "wrapped lines": repeated(lambda rng: f"{_sentence(rng)}\n{_word(rng)} "),
    "short lines": repeated(lambda rng: f"{_word(rng)}\n"),
    "every word a cue": repeated(lambda rng: rng.choice(("dam ", "carbon tariff "))),
    "every word an actor": repeated(lambda rng: rng.choice(("Kovac ", "Brandt ", "Greens "))),
    "actors and cues": repeated(
        lambda rng: rng.choice(("Kovac dam ", "Brandt, dam ", "Greens; carbon tariff "))
    ),
    "actors who said": repeated(
        lambda rng: rng.choice(("Kovac said dam ", "Brandt said that ", "he said "))
    ),
    "pronouns": repeated(
        lambda rng: rng.choice(("He ", "she ", "they ", "Kovac. ", "it ", "Brandt. "))
    ),
    "short sentences": repeated(
        lambda rng: rng.choice(("He came. ", "The dam. ", "Kovac did. ", "It is. "))
    ),
    "titles": repeated(
        lambda rng: rng.choice(("The minister ", "the president. ", "Kovac, ", "the party "))
    ),
    "large codebook": repeated(
        lambda rng: f"Minister {_any_name(rng)} met {_any_name(rng)} at the dam. "
    ),
    "large codebook, list": repeated(lambda rng: f"{_any_name(rng)}, dam, "),
    "one sentence": repeated(lambda rng: f"{_word(rng)} "),
    "one word": lambda rng, chars: "x" * chars,
    "line ends": lambda rng, chars: "a" + "\n" * chars + "b",
    "spaces": lambda rng, chars: "a" + " " * chars + "b",
    "no-break spaces": repeated(lambda rng: "\n\u00a0\u00a0"),
    "zero-width": repeated(lambda rng: f"Ko\u200bvac rejects the d\u200bam, {_word(rng)}. "),
    "only zero-width": lambda rng, chars: "a" + "\u200b" * chars + "b",
    "right to left": repeated(
        lambda rng: f"\u200fKovac\u202b rejects\u202c the dam {_word(rng)}. "
    ),
    "entities": repeated(lambda rng: "&amp;amp;quot;dam&quot; "),
    "ampersands": lambda rng, chars: "&amp;" * (chars // 5),
    "accents": lambda rng, chars: "e" + "\u0301" * chars,
    "quotation marks": lambda rng, chars: '"' * chars,
    "opened marks": repeated(lambda rng: f"“{_word(rng)} "),
    "apostrophes": repeated(lambda rng: f"'{_word(rng)}'s "),
    "brackets": repeated(lambda rng: f"({_word(rng)} "),
    "stops": lambda rng, chars: ". " * chars,
    "stops only": lambda rng, chars: "." * chars,
    "acronyms": repeated(lambda rng: "U.S. "),
    "initials": repeated(lambda rng: f"{rng.choice('ABCDEF')}. "),
    "questions": repeated(lambda rng: f"{_word(rng)}?{_word(rng)} "),
    "emoji": repeated(lambda rng: f"{_word(rng)} 🎉🎉 "),
    "hyphens": repeated(lambda rng: f"{_word(rng)}-\n{_word(rng)} "),
    "colons": repeated(lambda rng: f"Kovac: {_word(rng)}: "),
    "mojibake": repeated(lambda rng: f"Jö{_word(rng)}Ã "),
    "that that": repeated(lambda rng: "said that "),
    "lists of names": repeated(lambda rng: f"Kovac, Brandt and {_word(rng).capitalize()}, "),
    "possessives": repeated(lambda rng: "Kovac's Brandt's minister's "),
}

if __name__ == "__main__":
    main()
