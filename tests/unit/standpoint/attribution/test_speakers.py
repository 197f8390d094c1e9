from tests.unit.standpoint.attribution.dam_debate import said


def holders(text):
    return [source for source, _ in said(text)]


def test_an_official_is_known_by_surname_behind_the_office():
    text = "Valdia's foreign minister Lena Moro said it rains.\n\nThe dam is old, Moro said."
    assert holders(text) == ["valdia", "valdia"]


def test_an_official_is_known_by_a_pronoun_right_behind():
    text = "A spokesman for Valdia said it rains. He said the dam is old."
    assert holders(text) == ["valdia", "valdia"]


def test_a_pronoun_far_behind_or_behind_somebody_else_means_no_official():
    far = "A spokesman for Valdia said it rains.\n\nIt rained.\n\nHe said the dam is old."
    assert holders(far)[-1] == "He"
    other = (
        "A spokesman for Valdia said it rains. Jim Roe said it does not. He said the dam is old."
    )
    assert holders(other)[-1] == "He"


def test_an_apposition_tells_for_whom_somebody_speaks():
    text = "Jim Roe, the Valdia government spokesman, said the dam is old. Roe said it must go."
    assert holders(text) == ["valdia", "valdia"]


def test_a_surname_of_two_officials_means_neither():
    text = (
        "Valdia's minister Lena Moro said it rains. Oslo Agency spokesman Jim Moro said it snows."
        "\n\nThe dam is old, Moro said."
    )
    assert holders(text) == ["valdia", "oslo", "Moro"]


def test_a_person_of_the_codebook_gives_no_name_to_others():
    assert holders("Ana Kovac said it rains. Jan Kovac said it snows.")[0] == "kovac"


def test_a_noun_that_described_a_speaker_means_the_same_speaker_again():
    text = "A source in the Valdia army said it rains.\n\nIt snowed.\n\nThe source said the dam is old."
    assert holders(text) == ["valdia", "valdia"]


def test_a_noun_that_describes_somebody_else_last_means_nobody_before():
    text = (
        "A spokesman for Valdia said it rains. A spokesman for the farmers said it does not. "
        "The spokesman said the dam is old."
    )
    assert holders(text)[-1] != "valdia"


def test_it_that_opens_a_sentence_or_follows_a_quotation_means_the_body_that_spoke_before():
    opening = "It rains, the Valdia ministry said. It also said the dam is old."
    assert holders(opening) == ["valdia", "valdia"]
    tag = '"It rains" the Valdia ministry said. "The dam is old" it added.'
    assert holders(tag) == ["valdia", "valdia"]
    other = (
        "It rains, Valdia's ministry said. The farmers' union, it was told, said the dam is old."
    )
    assert holders(other)[-1] != "valdia"


def test_a_statement_speaks_for_who_spoke_before_it():
    text = "Valdia said it rains. The dam is old, the statement said."
    assert holders(text) == ["valdia", "valdia"]


def test_the_official_whom_a_lead_leaves_unnamed_is_named_next():
    text = "A Valdia official said it rains. Board member Lena Moro said the dam is old."
    assert holders(text) == ["valdia", "valdia"]
    other = "A Valdia official said it rains. Lena Moro said the dam is old."
    assert holders(other)[-1] != "valdia"


def test_a_former_official_speaks_for_nobody():
    text = "Jim Roe, a former Valdia official, said the dam is old."
    assert holders(text) != ["valdia"]


def test_they_are_the_officials_who_spoke_just_before():
    text = "Valdia officials said it rains. They said the dam is old."
    assert holders(text) == ["valdia", "valdia"]
    text = "A Valdia official said it rains. They said the dam is old."
    assert holders(text)[-1] == "They"


def test_an_office_in_an_apposition_is_of_the_first_body_there_and_the_rest_are_places():
    text = "Jim Roe, head of the Valdia mission to Oslo Bank, said the dam is old. Roe said so."
    assert holders(text)[0] == "valdia"


def test_who_adds_is_the_speaker_and_not_who_is_told():
    text = "Valdia minister Lena Moro told AFP it rains adding the dam is old. It rains, she added."
    assert "AFP" not in holders(text) and holders(text)[-1] == "valdia"


def test_an_ambassador_to_a_body_does_not_speak_for_it():
    assert "valdia" not in holders("The ambassador to Valdia said the dam is old.")


def test_small_words_within_a_name_do_not_part_it_from_its_office():
    assert holders("Valdia envoy Staffan de Roe said the dam is old.") == ["valdia"]
    assert holders("Oslo Agency chief Nabil al-Roe said the dam is old.") == ["oslo"]


def test_a_spokesman_without_a_body_speaks_for_the_one_of_the_sentence_before():
    text = "Valdia condemned the strike. Spokesman Jim Roe said the dam is old."
    assert holders(text)[-1] == "valdia"
    far = "Valdia condemned it. It rained. Spokesman Jim Roe said the dam is old."
    assert holders(far)[-1] != "valdia"


def test_a_president_is_not_that_of_an_earlier_speaker():
    text = "Valdia's president Jim Roe said it rains. The president said the dam is old."
    assert holders(text)[-1] != "valdia"
