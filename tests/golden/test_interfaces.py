"""The command line and the OpenAPI document are the recorded ones; prose of the latter may differ."""

import pytest

from tests.golden.expected_files import EXPECTED, as_json, differences, read
from tests.golden.interfaces import VERBS, command_options, help_file, help_of, openapi_document


def test_every_verb_has_the_same_options():
    assert differences(as_json(command_options()), read("commands.json")) == []


@pytest.mark.parametrize("words", VERBS, ids=lambda words: " ".join(words) or "standpoint")
def test_help_is_given_and_reads_the_same(words):
    status, text = help_of(words)
    assert status == 0
    assert text == (EXPECTED / help_file(words)).read_text("utf-8")


def test_every_recorded_help_is_of_a_verb_that_exists():
    recorded = {path.name for path in (EXPECTED / "help").iterdir()}
    assert recorded == {help_file(words).removeprefix("help/") for words in VERBS}


def test_the_openapi_document_has_the_same_shape(tmp_path):
    assert differences(openapi_document(tmp_path), read("openapi.json")) == []
