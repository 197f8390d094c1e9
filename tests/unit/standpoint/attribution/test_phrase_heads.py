from tests.unit.standpoint.attribution.dam_debate import said


def test_an_actor_of_the_codebook_is_not_taken_for_another_who_speaks():
    assert said("Dan Lee of Valdia said it rains.") == [("Dan Lee of Valdia", "it rains.")]
    assert said("Critics of Valdia said it rains.") == [("Critics of Valdia", "it rains.")]
    assert said("Valdia's critics said it rains.") == [("Valdia's critics", "it rains.")]


def test_a_tag_with_a_role_belongs_to_whose_role_it_is():
    text = "The dam, Valdia's spokesman said, is old."
    assert said(text) == [("valdia", "The dam"), ("valdia", "is old.")]


def test_actors_who_speak_together_each_say_it():
    assert said("Valdia and Ana Kovac said it rains.") == [
        ("kovac", "it rains."),
        ("valdia", "it rains."),
    ]


def test_a_name_behind_an_office_and_its_place_is_the_speaker():
    assert said("Governor of Upper Mora Ana Kovac said it rains.") == [("kovac", "it rains.")]
    assert said("The mayor of Mora said it rains.") == [("The mayor of Mora", "it rains.")]


def test_a_statement_speaks_for_its_owner():
    assert said("Valdia's statement said it rains.") == [("valdia", "it rains.")]


def test_whom_an_apposition_names_speaks_and_not_the_body():
    assert said("Valdia has agreed. Its envoy, Ana Kovac, said it rains.") == [
        ("kovac", "it rains.")
    ]


def test_a_minister_does_not_speak_for_a_person():
    assert said("Peter Brandt left. His finance minister said it rains.") == [
        ("His finance minister", "it rains.")
    ]
    assert said("Peter Brandt left. His spokesman said it rains.") == [("brandt", "it rains.")]
