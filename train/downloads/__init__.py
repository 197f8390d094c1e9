"""Downloads of the public data sets: where they are, resumed over HTTP, checked by sha256."""

from train.downloads.catalog import BUNDLES, DataSet, load_catalog
from train.downloads.fetch import Fetcher
from train.downloads.installation import FileStates, file_states, install

__all__ = [
    "BUNDLES",
    "DataSet",
    "Fetcher",
    "FileStates",
    "file_states",
    "install",
    "load_catalog",
]
