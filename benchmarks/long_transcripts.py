"""Time to read long transcripts, tables and texts of cues, against their length.

    python benchmarks/long_transcripts.py

Prints the seconds for each text and for one of twice its length; the ratio is near 2 where the time
grows with the length alone.
"""

import time
from collections.abc import Callable

from standpoint.codebook import parse_codebook
from standpoint.labeling import AnnotatedArticle, read_pairs
from standpoint.mentions import MentionMatcher
from standpoint.text import read_article

CODEBOOK = {
    "name": "dam",
    "title": "The dam",
    "actors": [
        {"id": "kovac", "name": "Ana Kovac", "kind": "person"},
        {"id": "brandt", "name": "Peter Brandt", "kind": "person"},
        {"id": "greens", "name": "Greens", "kind": "organisation"},
    ],
    "issues": [{"id": "dam", "name": "Dam", "favor": "y", "against": "n", "cues": ["dam"]}],
}
TALK = "I said that the dam must go. Brandt told us it stays. We back it, and Roe does not. "


def transcript(n: int) -> str:
    """About 300 characters for each of ``n`` pairs of turns."""
    return "".join(f"MS. KOVAC: {TALK}\n\nMR. BRANDT: {TALK}It leaks.\n\n" for _ in range(n))


def speakers(n: int) -> str:
    """``n`` turns, each of another speaker."""
    return "".join(f"MR. R{number}E: No.\n\n" for number in range(n))


SHAPES: dict[str, tuple[Callable[[int], str], int]] = {
    "transcript, 1 MB": (transcript, 4_800),
    "turns of one word": (lambda n: "KOVAC: Dam.\n\nROE: No.\n\n" * n, 5_000),
    "turns of as many speakers": (
        lambda n: "".join(f"MR. R{i}E: No.\n\n" for i in range(n)),
        10_000,
    ),
    "one table": (lambda n: "Party | Dam\n" + "Greens | yes\n" * n, 10_000),
    "every word a cue": (lambda n: "dam " * n, 20_000),
    "one list": (lambda n: "On the dam:\n" + "- Greens: yes\n" * n, 10_000),
    "subtitles": (lambda n: "[00:00:01 --> 00:00:07] the dam\n" * n, 10_000),
    "one open bracket after another": (lambda n: "(" * n + ": a", 50_000),
}


def seconds_to_read(text: str, matcher: MentionMatcher) -> float:
    """The time to find the pairs of a text."""
    start = time.perf_counter()
    read_pairs(AnnotatedArticle(read_article(text), matcher))
    return time.perf_counter() - start


def main() -> None:
    """Print a line for each shape."""
    matcher = MentionMatcher(parse_codebook(CODEBOOK, where="codebook"))
    seconds_to_read(transcript(10), matcher)
    for name, (make, n) in SHAPES.items():
        text, longer = make(n), make(2 * n)
        once, twice = seconds_to_read(text, matcher), seconds_to_read(longer, matcher)
        print(
            f"{name:32} {len(text):9,} characters {once:7.2f} s  twice: {twice / once:4.1f} times"
        )


if __name__ == "__main__":
    main()
