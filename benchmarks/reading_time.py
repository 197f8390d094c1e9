"""Time to read articles, without models, of one checkout against another.

    python benchmarks/reading_time.py OTHER [--articles FILE] [--codebook FILE] [--turns 5] [--json]

OTHER is the folder of another checkout; both run with this interpreter. FILE of the articles is
JSON Lines with a field `text`, by default the 799 of `fakes` under STANDPOINT_DATA. The two read in
turns, so that a slow minute of the machine meets both. Printed are the medians of the processor
time in seconds, and this checkout's over the other's. A checkout older than the packages of
`standpoint/` is read with the functions that it had.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Runs in a checkout: codebook, articles.
READ = """
import json, sys, time
from pathlib import Path
try:
    from standpoint.codebook import load_codebook
    from standpoint.labeling import AnnotatedArticle, normalize_article, read_pairs
    from standpoint.mentions import MentionMatcher
    from standpoint.text import read_article
    matcher = MentionMatcher(load_codebook(Path(sys.argv[1])))
    def pairs_of(text):
        return read_pairs(AnnotatedArticle(normalize_article(read_article(text)).article, matcher))
except ImportError:
    from standpoint.article import read_article
    from standpoint.codebook import load_codebook
    from standpoint.labeling import read_pairs
    from standpoint.mentions import Lexicon
    from standpoint.plain import plain_article
    lexicon = Lexicon(load_codebook(Path(sys.argv[1])))
    def pairs_of(text):
        return read_pairs(plain_article(read_article(text)).read, lexicon)
texts = [json.loads(line)["text"] for line in Path(sys.argv[2]).open(encoding="utf-8")]
started = time.process_time()
n_pairs = sum(len(pairs_of(text)) for text in texts)
print(json.dumps({"seconds": time.process_time() - started, "pairs": n_pairs}))
"""


def main() -> None:
    data = Path(os.environ.get("STANDPOINT_DATA", "data"))
    parser = argparse.ArgumentParser()
    parser.add_argument("other", type=Path)
    parser.add_argument("--articles", type=Path, default=data / "fakes" / "articles.jsonl")
    codebook = ROOT / "configs" / "codebooks" / "geneva2.toml"
    parser.add_argument("--codebook", type=Path, default=codebook)
    parser.add_argument("--turns", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    files = (str(args.codebook.resolve()), str(args.articles.resolve()))
    seconds: dict[str, list[float]] = {"this": [], "other": []}
    pairs: dict[str, int] = {}
    for turn in range(args.turns):
        order = [("this", ROOT), ("other", args.other.resolve())]
        for which, checkout in order if turn % 2 else reversed(order):
            measured = read_in(checkout, *files)
            seconds[which].append(measured["seconds"])
            pairs[which] = int(measured["pairs"])
    this, other = (statistics.median(seconds[which]) for which in ("this", "other"))
    row = {"this_s": this, "other_s": other, "ratio": this / other}
    if args.json:
        print(json.dumps(row | {f"{which}_pairs": n for which, n in pairs.items()}))
    else:
        print(f"this  {this:8.2f} s {pairs['this']:8,} pairs")
        print(f"other {other:8.2f} s {pairs['other']:8,} pairs")
        print(f"ratio {this / other:.3f}")


def read_in(checkout: Path, codebook: str, articles: str) -> dict[str, float]:
    """Processor time and number of pairs of all articles, read by a checkout's code."""
    command = [sys.executable, "-c", READ, codebook, articles]
    environ = os.environ | {"PYTHONPATH": str(checkout)}
    ran = subprocess.run(command, cwd=checkout, env=environ, check=True, stdout=subprocess.PIPE)
    measured: dict[str, float] = json.loads(ran.stdout)
    return measured


if __name__ == "__main__":
    main()
