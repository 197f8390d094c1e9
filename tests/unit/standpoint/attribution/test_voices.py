import pytest

from tests.unit.standpoint.labeling.voiced import annotate, holders, voices


def speakers(text):
    """The actors of the turns, in order."""
    return [part.voice.actors for part in annotate(text).voiced_spans]


@pytest.mark.parametrize(
    ("label", "actor"),
    [
        ("KOVAC:", "kovac"),
        ("MS. KOVAC:", "kovac"),
        ("PRESIDENT KOVAC:", "kovac"),
        ("ANA KOVAC, HOST:", "kovac"),
        ("KOVAC (by phone):", "kovac"),
        ("PRESIDENT VON DER LEYEN:", "leyen"),
        ("PRIME MINISTER KISHIDA:", "kishida"),
        ("KISHIDA FUMIO:", "kishida"),
        ("PRESIDENT ZELENSKY:", "zelensky"),
        ("MS. JEAN-PIERRE:", "jean-pierre"),
        ("VALDIA:", "valdia"),
        ("**Ana Kovac:**", "kovac"),
        ("## **Ana Kovac, President of Valdia:**\n\n", "kovac"),
        ("@ChidiOkonkwo:", "okonkwo"),
        ("@AnaKovac:", "kovac"),
        ("Ana Kovac (Leeds North) (Lab):\n", "kovac"),
        ("Mr. Roe (Valdia) (spoke in French):", "valdia"),
        ("Senator Kovac.", "kovac"),
        ("Mr. BRANDT of Oster.", "brandt"),
        ("Ana Kovac (PPE). –", "kovac"),
        ("VALDIAN CHANCELLOR BRANDT:", "brandt"),
        ("UNDER SECRETARY OF STATE KOVAC:", "kovac"),
        ("REP. BRANDT:", "brandt"),
        ("The Prime Minister (Ana Kovac):", "kovac"),
        ("Ana Kovac (S&D), in writing. –", "kovac"),
        ("Ana Kovac @AnaKovac · 3h\n", "kovac"),
        ("AIDE TO CHANCELLOR BRANDT:", None),
        ("MR. KOVAC:", None),
        ("MARIA KOVAC:", None),
        ("MODERATOR:", None),
        ("Q:", None),
        ("AIDE TO BRANDT:", None),
        ("MR. DUPONT:", None),
    ],
)
def test_a_label_means_the_actor_it_names(label, actor):
    other = {"S": "Senator Roe.", "M": "Mr. Roe." if "." in label[-1] else "MR. ROE:"}
    second = other.get(label[0], "MR. ROE:") if label[-1] == "." else "MR. ROE:"
    if "–" in label:
        second = "Jo Roe (S&D). –"
    elif label.startswith(("Mr. Roe (", "The Prime")):
        second = "Mr. Doe (Oster) (spoke in Greek):"
    text = f"{label} We reject the dam. It leaks.\n\n{second} It rains."
    assert speakers(text)[0] == ((actor,) if actor else ())


def test_an_unknown_speaker_is_nobody_and_not_the_actor_named_nearby():
    text = "MR. DUPONT: Kovac is right.\n\nThe dam must go.\n\nMS. KOVAC: It rains."
    assert voices(text)["The dam must go."] == ()
    assert ("kovac", "dam") not in holders(text)


def test_an_office_is_of_whom_the_title_names():
    title = '---\ntitle: "Remarks by President Kovac on the dam"\n---\n\n'
    text = f"{title}THE PRESIDENT: We reject the dam.\n\nQ    Why?\n\nTHE VICE PRESIDENT: It rains."
    assert speakers(text) == [("kovac",), (), ()]


def test_who_was_introduced_in_full_speaks_under_the_surname_too():
    text = "PETER KOVAC: It rains.\n\nKOVAC: The dam must go.\n\nBRANDT: It stays."
    assert speakers(text) == [(), (), ("brandt",)]
    assert speakers(text.replace("PETER", "ANA")) == [("kovac",), ("kovac",), ("brandt",)]


def test_a_label_with_an_error_of_typing_means_who_spoke_before():
    text = "SECRETARY BRANDT: It rains.\n\nSECREATRY BRANDT: It pours.\n\nQ    Why?"
    assert speakers(text)[:2] == [("brandt",), ("brandt",)]


def test_an_error_of_typing_in_a_long_title_hides_no_speaker():
    assert speakers("SECREATRY BRANDT: It pours.\n\nQ    Why?")[0] == ("brandt",)
    assert speakers("PRESDIENT KOVAC: It pours.\n\nQ    Why?")[0] == ("kovac",)
    assert speakers("VERONIKA KOVAC: It pours.\n\nQ    Why?")[0] == ()


def test_a_name_where_a_line_is_wrapped_opens_no_turn():
    text = (
        "PRESIDENT BRANDT: It rains.\n\nPRESIDENT KOVAC: Your Excellency President\n"
        "Brandt, friends of the dam, press: hello.\n\nIt leaks.\n\nPRESIDENT BRANDT: It pours."
    )
    assert speakers(text) == [("brandt",), ("kovac",), ("brandt",)]


@pytest.mark.parametrize(
    "preamble",
    [
        "Ana Kovac spoke to us on Monday.",
        "An interview with Ana Kovac, who builds ships with Peter Brandt.",
        "Last week we talked to the minister, Ana Kovac.",
        "Ana Kovac, the minister, joined the programme.",
    ],
)
def test_answers_are_the_guests(preamble):
    text = f"{preamble}\n\nQ: Do you back the dam?\n\nA: No. The dam must go."
    assert voices(text)["The dam must go."] == ("kovac",)
    assert holders(text) == [("kovac", "dam")]


def test_answers_below_questions_in_bold_are_of_the_guest_above_them():
    intro = "Ana Kovac receives us in her office."
    text = f"{intro}\n\n**Why do you say so?**\n\nIt leaks.\n\n**When?**\n\nNow."
    assert voices(text) == {"It leaks.": ("kovac",), "Now.": ("kovac",)}
    explainer = "Ana Kovac has resigned.\n\n**Why?**\n\nIt leaks.\n\n**When?**\n\nNow."
    assert set(voices(explainer).values()) <= {()}


def test_answers_of_a_guest_in_no_codebook_are_nobodys():
    text = "Maria Novak spoke to us about Ana Kovac.\n\nQ: The dam?\n\nA: The dam must go."
    assert holders(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "By Ana Kovac\n\nI reject the dam.\n\nAna Kovac is minister.",
        "Why the dam must go\n\nBy Ana Kovac, Minister of Water\n\nIt leaks. The dam must go.",
        "Statement by President Kovac on water\n\nThe dam must go. It leaks.",
        "Office of President Kovac\n\nThe dam must go. It leaks.",
        "From: Ana Kovac\nTo: All\n\nThe dam must go.",
        "I think the dam must go. We fight it.\n\n*Ana Kovac is finance minister of Valdia.*",
        "Dear all,\n\nI think the dam must go.\n\nSincerely,\n\nAna Kovac",
        "We must act. The dam must go.\n\n— Ana Kovac",
        "Good morning. My name is Ana Kovac. The dam must go.",
        "---\nauthor: Ana Kovac\n---\n\nThe dam must go.",
        "Ana Kovac: Why we fight\n\nI am sure. The dam must go.\n\nIt leaks.",
        "Testimony of Ana Kovac before the Senate\n\nThe dam must go. It leaks.",
    ],
)
def test_a_signed_text_is_in_its_authors_voice(text):
    assert holders(text) == [("kovac", "dam")]


def test_a_joint_statement_is_in_the_voice_of_all():
    text = "Joint statement by Valdia and Oster\n\nThe dam must go. It leaks."
    assert holders(text) == [("valdia", "dam"), ("oster", "dam")]


def test_a_sentence_of_a_joint_statement_that_names_an_author_is_of_that_one():
    text = "Joint statement by Valdia and Oster\n\nWe met. Valdia rejects the dam. No quota."
    assert holders(text) == [("valdia", "dam"), ("valdia", "quota"), ("oster", "quota")]


def test_who_signs_together_speaks_together():
    joint = "Joint statement on water\n\nThe Greens and the Liberals, having met, agree: no dam."
    assert holders(joint) == [("greens", "dam"), ("liberals", "dam")]
    letter = "We reject the dam.\n\nSincerely,\n\nAna Kovac\nPeter Brandt\nChancellor of Oster"
    assert holders(letter) == [("kovac", "dam"), ("brandt", "dam")]
    assert holders("By Ana Kovac and Peter Brandt\n\nWe reject the dam.") == holders(letter)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("By Maria Novak\n\nI saw it. The dam must go, some say.", id="a journalist"),
        pytest.param("Ana Kovac was in Oslo.\n\nThe dam must go.", id="news"),
        pytest.param("Statement by Kovac on dam\n\nThe dam leaks. Kovac said no.", id="reported"),
        pytest.param("By Monday\n\nThe dam must go.", id="no byline"),
        pytest.param("OSLO: Rain fell.\n\nThe dam must go.", id="a dateline"),
    ],
)
def test_news_is_in_nobodys_voice(text):
    assert all(actors == () for actors in voices(text).values())


def test_i_and_we_are_the_voice_and_who_is_quoted_is_not():
    text = (
        "KOVAC: I said that the dam must go. Brandt said that the quota must stay.\n\n"
        "MR. ROE: “The dam must stay,” Brandt told me."
    )
    assert holders(text) == [("kovac", "dam"), ("brandt", "quota"), ("brandt", "dam")]


def test_an_author_named_by_the_user_is_the_voice_of_a_text_without_another():
    assert holders("The dam must go.", author="kovac") == [("kovac", "dam")]
    assert holders("By Peter Brandt\n\nThe dam must go.", author="kovac") == [("brandt", "dam")]
    assert holders("BRANDT: The dam must go.\n\nROE: No.", author="kovac") == [("brandt", "dam")]


def test_an_unsigned_page_of_an_office_is_in_its_voice():
    text = "---\ntitle: Dams\nsource_url: https://www.whitehouse.gov/a\n---\n\nThe dam must go."
    assert holders(text) == [("administration", "dam")]
    assert holders(text.replace("Dams", "Readout of a call")) == []


def test_paragraphs_with_headwords_are_no_turns():
    text = "By Ana Kovac\n\nJobs: We need more.\n\nWater: The dam must go.\n\nTax: No."
    assert holders(text) == [("kovac", "dam")]
    known = "Brandt: We need more.\n\nGreens: The dam must go.\n\nRoe: No."
    assert holders(known) == [("greens", "dam")]


def test_a_text_is_the_voice_of_the_one_body_that_is_its_source():
    text = "The dam must go. It leaks. (Source: {})"
    assert voices(text.format("Valdia Press Office"))["The dam must go."] == ("valdia",)
    assert voices(text.format("Valdia and Kovac")).get("The dam must go.", ()) == ()
    assert voices(text.format("Volta News")).get("The dam must go.", ()) == ()
