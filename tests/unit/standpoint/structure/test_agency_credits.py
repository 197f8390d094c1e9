import pytest

from standpoint.structure.line_kinds import is_boilerplate


@pytest.mark.parametrize(
    "line",
    [
        "Reporting by Ana Kovac; editing by Peter Brandt",
        "(Reporting by Ana Kovac in Oslo; Editing by J. P. Brandt)",
        "Additional reporting by Ana Kovac.",
        "Photo by Ana Kovac",
        "Edited and translated by Ana Kovac",
    ],
)
def test_a_credit_of_an_agency_is_no_part_of_the_text(line):
    assert is_boilerplate(line)


@pytest.mark.parametrize(
    "line", ["Reporting by the union was criticised.", "Writing by hand has its friends: many do"]
)
def test_a_sentence_that_begins_like_a_credit_is_text(line):
    assert not is_boilerplate(line)
