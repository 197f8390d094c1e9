import pytest

from tests.file_server import file_server
from train.downloads import Fetcher


class Lines:
    """A progress that keeps the lines it is given."""

    def __init__(self):
        self.lines, self.sizes = [], []

    def file_at(self, size):
        self.sizes.append(size)

    def file_done(self, size):
        self.sizes.append(size)

    def say(self, line):
        self.lines.append(line)


@pytest.fixture
def server():
    with file_server() as serving:
        yield serving


@pytest.fixture
def progress():
    return Lines()


@pytest.fixture
def pauses():
    return []


@pytest.fixture
def fetcher(progress, pauses):
    """A fetcher that does not wait between two tries."""
    return Fetcher(progress, wait=pauses.append)
