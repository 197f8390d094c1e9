import pytest

from standpoint.structure.labels import read_label
from standpoint.structure.lines import lines_of


def label(line):
    (only,) = lines_of(line)
    return read_label(only)


@pytest.mark.parametrize(
    ("line", "style", "name"),
    [
        ("KOVAC: It rains.", "capitals", "KOVAC"),
        ("MR. OKONKWO:  It rains.", "capitals", "MR. OKONKWO"),
        ("PRESIDENT VON DER LEYEN: It rains.", "capitals", "PRESIDENT VON DER LEYEN"),
        ("SEN. McCONNELL: It rains.", "capitals", "SEN. McCONNELL"),
        ("ÖZDEMIR: It rains.", "capitals", "ÖZDEMIR"),
        ("JANE DOE, HOST: It rains.", "capitals", "JANE DOE"),
        ("KOVAC (by phone): It rains.", "capitals", "KOVAC"),
        ("KOVAC [interpreted]: It rains.", "capitals", "KOVAC"),
        ("Élodie Durand: It rains.", "mixed", "Élodie Durand"),
        ("Mr. Nebenzia (Russian Federation) (spoke in Russian): We", "mixed", "Mr. Nebenzia"),
        ("**Ana Kovac:** It rains.", "marked", "Ana Kovac"),
        ("**Ana Kovac**: It rains.", "marked", "Ana Kovac"),
        ("<b>Ana Kovac:</b> It rains.", "marked", "Ana Kovac"),
        ("## **Ana Kovac, President of Valdia:**", "marked", "Ana Kovac"),
        ("[00:01:12] Ana Kovac: It rains.", "mixed", "Ana Kovac"),
        ("Ana Kovac (12:05): It rains.", "mixed", "Ana Kovac"),
        ("Senator Kovac. Thank you.", "stop", "Senator Kovac"),
        ("Mr. KOVAC of Ohio. Mr. Speaker, I rise.", "stop", "Mr. KOVAC of Ohio"),
        ("Ms. Ocasio-Cortez. Thank you.", "stop", "Ms. Ocasio-Cortez"),
        ("The SPEAKER. The House will be in order.", "stop", "The SPEAKER"),
        ("Chairman Durbin [presiding]. Good morning.", "stop", "Chairman Durbin"),
        ("Ana Kovac (Leeds North) (Lab):", "seat", "Ana Kovac"),
        ("Ana Kovac (Leeds North) (Lab)", "seat", "Ana Kovac"),
        ("Věra Nová (PPE). – Mr President, it rains.", "dash", "Věra Nová"),
        ("Ana Kovac, on behalf of the S&D Group. – It rains.", "dash", "Ana Kovac"),
        ("**President.** – It rains.", "dash", "President"),
        ("**Ana Kovac,** *Member of the Commission.* – It rains.", "dash", "Ana Kovac"),
        (
            "**Carla Brunet i Vidal,** *on behalf of the PPE Group.* – No.",
            "dash",
            "Carla Brunet i Vidal",
        ),
        ("MINISTER KOVAC.- It rains.", "dash", "MINISTER KOVAC"),
        ("SENATOR KOVAC (FR).- It rains.", "dash", "SENATOR KOVAC"),
        (">> MAYOR KOVAC: It rains.", "capitals", "MAYOR KOVAC"),
        ("Q: Does it rain?", "question", "Q"),
        ("Q    Sir, does it rain?", "question", "Q"),
        ("A. It does.", "answer", "A"),
        ("@AnaKovac: It rains.", "handle", "AnaKovac"),
        ("RT @AnaKovac: It rains.", "handle", "AnaKovac"),
    ],
)
def test_labels_are_read_in_every_form(line, style, name):
    read = label(line)
    assert (read.style, read.name) == (style, name)
    assert read.name_span.of(line) == name


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("Note: it rains.", id="a note"),
        pytest.param("> KOVAC: It rains.", id="a quoted line"),
        pytest.param("2.1 GERMANY: It rains.", id="a numbered section"),
        pytest.param("**Germany.** – It rains.", id="a heading in bold"),
        pytest.param("MADRID.- It rains.", id="a dateline"),
        pytest.param("Read more: it rains.", id="a link"),
        pytest.param("It began at 10:30 in the morning.", id="a time"),
        pytest.param("the minister said: it rains.", id="prose"),
        pytest.param("He was clear: it rains.", id="a sentence"),
        pytest.param("https://example.org: it rains.", id="an address"),
        pytest.param("**Here’s what you missed:**", id="a heading of prose"),
        pytest.param("Mr. Kovac said it rains. We", id="a sentence that opens with a title"),
    ],
)
def test_other_lines_have_no_label(line):
    assert label(line) is None


def test_what_stands_in_brackets_and_behind_a_comma_is_no_part_of_the_name():
    read = label("Mr. Kovac (Valdia) (spoke in French):")
    assert (read.name, read.notes) == ("Mr. Kovac", ("Valdia", "spoke in French"))
    assert label("Ana Kovac, Prime Minister of Valdia: We").role == "Prime Minister of Valdia"


@pytest.mark.parametrize("mark", ["_", "*", "-", ".", "<b>"])
def test_a_line_to_sign_on_is_read_in_no_time(mark):
    # It took hours where a pattern could divide such a line in every way.
    assert label(f"Signature of the applicant.{mark * 60} Date — place") is None


@pytest.mark.parametrize("names", [("Speaker I", "Speaker II"), ("CHARLES I", "CROMWELL")])
def test_a_name_may_end_with_a_number_in_roman_digits(names):
    assert [label(f"{name}: It rains.").name for name in names] == [*names]
