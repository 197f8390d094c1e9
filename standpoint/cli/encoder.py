"""``standpoint encoder``: download and build the encoder where there is none."""

import argparse

from standpoint.cli.folders import models_dir
from standpoint.cli.output import print_progress
from train.encoders import ensure_encoder


def add_arguments(_parser: argparse.ArgumentParser) -> None:
    """``encoder`` has no options."""


def run(_args: argparse.Namespace) -> None:
    """Build the encoder if it is missing, and print its folder."""
    encoder = ensure_encoder(models_dir(), report_progress=print_progress)
    print(f"encoder {encoder.digest[:16]} in {encoder.folder}")
