from tests.unit.standpoint.attribution.dam_debate import said


def test_what_is_said_may_stand_around_its_tag():
    assert said("The dam, Lee said, is old.") == [("Lee", "The dam"), ("Lee", "is old.")]


def test_a_tag_may_say_how_and_to_whom():
    text = "The dam, Lee told the crowd with a sigh, is old."
    assert said(text) == [("Lee", "The dam"), ("Lee", "is old.")]


def test_a_tag_says_what_a_quotation_is_about():
    text = "“It leaks,” Ana Kovac said of the dam."
    assert said(text) == [("kovac", "“It leaks,”"), ("kovac", "the dam")]
