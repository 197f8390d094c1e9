import pytest

from standpoint.labels import LABELS, Sentiment, Stance, orient_stance


def test_each_task_has_one_order_of_labels():
    assert LABELS == {
        "stance": ("favor", "against", "none"),
        "sentiment": ("positive", "neutral", "negative"),
    }


def test_a_label_is_its_own_string():
    assert Stance("favor") == "favor"
    assert f"{Sentiment.NEGATIVE}" == "negative"


@pytest.mark.parametrize(
    ("stance", "turned"), [("favor", "against"), ("against", "favor"), ("none", "none")]
)
def test_favoring_the_opposite_of_an_issue_is_being_against_it(stance, turned):
    assert orient_stance(stance, pole="against") == turned


@pytest.mark.parametrize("stance", LABELS["stance"])
def test_a_stance_on_a_cue_of_the_issue_itself_stays(stance):
    assert orient_stance(stance, pole="favor") == stance


@pytest.mark.parametrize("stance", LABELS["stance"])
@pytest.mark.parametrize("pole", ["favor", "against"])
def test_turning_twice_gives_the_stance_back(stance, pole):
    assert orient_stance(orient_stance(stance, pole=pole), pole=pole) == stance
