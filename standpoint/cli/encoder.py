"""``standpoint encoder``: the encoder, got and built where there is none."""

import argparse

from standpoint.cli.folders import models_dir, say


def run(args: argparse.Namespace) -> int:
    """Build the encoder if need be, and say where it is."""
    del args
    from train.encoders import ensure_encoder

    found = ensure_encoder(models_dir(), say=say)
    print(f"encoder {found.digest[:16]} in {found.folder}")
    return 0
