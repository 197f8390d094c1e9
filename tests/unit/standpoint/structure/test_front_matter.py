import pytest

from standpoint.structure.front_matter import front_matter_end, read_fields


def test_fields_are_read_over_lines_with_their_escapes():
    front = '---\ntitle: "Remarks by Ana\\_Kovac on\\\n  \\ the Dam\\u2019s end"\ntags: a\n---\n'
    assert read_fields(front) == {"title": "Remarks by Ana Kovac on the Dam’s end", "tags": "a"}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("It rains.\n---\ntitle: A\n---\n", id="not at the start"),
        pytest.param("---\n\nIt rains.\n\n---\n", id="without fields"),
        pytest.param("---\ntitle: A\n", id="never closed"),
    ],
)
def test_dashes_alone_are_no_front_matter(text):
    assert front_matter_end(text) == 0
