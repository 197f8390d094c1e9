"""The command line and the OpenAPI document are what they were, but for their prose."""

import pytest

from tests.golden.kept import EXPECTED, as_json, differences, read
from tests.golden.outside import VERBS, commands_told, document_told, help_file, help_of


def test_every_verb_has_the_same_options():
    assert differences(as_json(commands_told()), read("commands.json")) == []


@pytest.mark.parametrize("words", VERBS, ids=lambda words: " ".join(words) or "standpoint")
def test_help_is_given_and_reads_the_same(words):
    status, text = help_of(words)
    assert status == 0
    assert text == (EXPECTED / help_file(words)).read_text("utf-8")


def test_no_help_is_kept_of_a_verb_that_is_gone():
    kept = {path.name for path in (EXPECTED / "help").iterdir()}
    assert kept == {help_file(words).removeprefix("help/") for words in VERBS}


def test_the_openapi_document_has_the_same_shape(tmp_path):
    assert differences(document_told(tmp_path), read("openapi.json")) == []
