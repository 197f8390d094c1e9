from tests.client_types import FILE, source


def test_the_types_of_the_client_are_those_of_the_api():
    """Run ``python -m tests.client_types`` after a change of a model."""
    assert FILE.read_text("utf-8") == source()
