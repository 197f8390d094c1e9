"""The form, sent as a browser without scripts sends it."""

import pytest

from tests.behaviour.pages.page import form


@pytest.fixture
def ask(client):
    """Send the form; gives the answer."""

    def post(path="/", **fields):
        return client.post(path, data=form(**fields), content_type="multipart/form-data")

    return post
