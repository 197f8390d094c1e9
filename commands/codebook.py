"""``standpoint codebook``: check a codebook."""

import argparse
from pathlib import Path

from standpoint.codebook import load_codebook


def run(args: argparse.Namespace) -> int:
    """Report every fault, or what is there."""
    codebook = load_codebook(Path(args.file))
    print(
        f"{codebook.name}: {len(codebook.actors)} actors, {len(codebook.issues)} issues, "
        f"digest {codebook.digest[:16]}"
    )
    return 0
