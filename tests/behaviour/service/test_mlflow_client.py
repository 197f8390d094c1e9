"""MLflow's own client, unchanged, against a real server process."""

import math

import pytest

from tests.behaviour.servers import running

# MLflow remarks on the hints of its own classes when it is imported.
pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore:.*AnyType:UserWarning")]


@pytest.fixture(scope="module")
def frames():
    pandas = pytest.importorskip("pandas")
    text = "Ruritania rejects the river dam."
    spans = {"holder_start": 0, "holder_end": 9, "target_start": 22, "target_end": 31}
    return pandas.DataFrame([{"text": text, **spans}, {"text": text, "target": "river dam"}])


@pytest.fixture
def client(house):
    from mlflow.pyfunc.scoring_server.client import ScoringServerClient

    with running(house) as server:
        client = ScoringServerClient("127.0.0.1", server.port)
        client.wait_server_ready(timeout=30)
        yield client


def test_it_finds_the_server_ready_and_gets_a_row_for_each_row(client, frames):
    client.ping()
    found = client.invoke(frames).get_predictions()
    assert list(found["label"]) == ["against", "none"]
    assert list(found.columns) == ["label", "favor", "against", "none"]
    for row in found.to_dict("records"):
        assert math.isclose(row["favor"] + row["against"] + row["none"], 1, abs_tol=1e-5)


def test_params_choose_the_other_champion(client, frames):
    found = client.invoke(frames.head(1), params={"task": "sentiment"}).get_predictions()
    assert list(found["label"]) == ["negative"]


def test_its_predictions_are_those_of_the_model_itself(client, frames, house):
    from standpoint.pyfunc import _load_pyfunc

    alone = _load_pyfunc(str(house.models / "stance" / "3")).predict(frames)
    found = client.invoke(frames).get_predictions().to_dict("records")
    assert [row["label"] for row in found] == [row["label"] for row in alone]
    for ours, theirs in zip(found, alone, strict=True):
        assert math.isclose(ours["against"], theirs["against"], abs_tol=1e-6)


def test_what_is_wrong_with_a_row_reaches_who_asked(client, frames):
    wrong = frames.assign(holder_end=[99.0, math.nan])
    with pytest.raises(Exception, match="holder must lie within the 32 characters"):
        client.invoke(wrong)
