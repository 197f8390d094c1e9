import pytest

from standpoint.codebook.actor_lookup import actor_finder
from standpoint.codebook.parsing import parse_codebook

FIND = actor_finder(
    parse_codebook(
        {
            "name": "dam",
            "title": "The dam",
            "actors": [
                {"id": "kovac", "name": "Ana Kovač", "kind": "person", "aliases": ["The Boss"]},
                {"id": "greens", "name": "Greens", "kind": "organisation"},
            ],
            "issues": [{"id": "dam", "name": "D", "favor": "y", "against": "n", "cues": ["dam"]}],
        },
        where="test",
    )
)


@pytest.mark.parametrize("name", ["kovac", "Ana Kovač", "ana kovac", "boss", " KOVAC "])
def test_actors_are_found_by_id_name_and_alias_in_any_case(name):
    assert FIND(name) == "kovac"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("Kovak", "must be an actor of the codebook 'dam', got 'Kovak'. Did you mean 'Ana Kovač'"),
        ("Greeens", "must be an actor of the codebook 'dam', got 'Greeens'. Did you mean 'Greens'"),
        ("Zeus", "must be an actor of the codebook 'dam', got 'Zeus'. Give an actor's id, name"),
        ("", "must be an actor of the codebook 'dam', got ''. Give an actor's id"),
        (5, "must be an actor of the codebook 'dam', got 5. Give an actor's id"),
    ],
)
def test_anybody_else_is_refused_with_near_misses(name, message):
    with pytest.raises(ValueError, match="must be an actor") as refused:
        FIND(name)
    assert str(refused.value).startswith(message)


def test_a_surname_of_two_actors_is_refused_with_both_names():
    actors = [
        {"id": "maria", "name": "Maria Moyo", "kind": "person"},
        {"id": "rui", "name": "Rui Moyo", "kind": "person"},
    ]
    issue = {"id": "dam", "name": "Dam", "favor": "y", "against": "n", "cues": ["dam"]}
    book = {"name": "dam", "title": "The dam", "actors": actors, "issues": [issue]}
    find_actor = actor_finder(parse_codebook(book, where="test"))
    with pytest.raises(ValueError, match="must be one actor") as refused:
        find_actor("moyo")
    assert str(refused.value) == (
        "must be one actor of the codebook 'dam', got 'moyo', "
        "which may be 'Maria Moyo' or 'Rui Moyo'. Write the full name."
    )
    assert find_actor("Rui Moyo") == "rui"
