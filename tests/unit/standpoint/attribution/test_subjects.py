from tests.unit.standpoint.attribution.dam_debate import said


def test_a_second_verb_after_and_has_the_same_subject():
    paraphrases = said("Ana Kovac said it rains and rejected the dam.")
    assert paraphrases[1] == ("kovac", "the dam.")


def test_a_participle_goes_on_with_the_subject():
    text = "Lee said it rains, adding that it pours."
    assert said(text) == [("Lee", "it rains"), ("Lee", "it pours.")]


def test_a_participle_in_front_has_the_subject_behind_it():
    assert ("Lee", "the rain") in said("Citing the rain, Lee said the dam holds.")


def test_who_is_the_actor_before_it():
    assert said("It was Ana Kovac who said it rains.") == [("kovac", "it rains.")]
