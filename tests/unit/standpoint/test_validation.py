import pytest
from pydantic import BaseModel, ValidationError

from standpoint.validation import MAX_FAULTS, short_repr, validation_faults


class Row(BaseModel):
    n: int


class Table(BaseModel):
    rows: list[Row]


def faults(rows):
    with pytest.raises(ValidationError) as error:
        Table.model_validate({"rows": rows})
    return [fault.text for fault in validation_faults(error.value)]


def test_of_many_faults_the_first_are_told_and_the_others_counted():
    told = faults([0] * (MAX_FAULTS + 1_900))
    assert len(told) == MAX_FAULTS + 1
    assert told[0].startswith("rows[0]: ")
    assert told[-1] == "1,900 more faults, which are not listed."
    assert len(faults([0] * MAX_FAULTS)) == MAX_FAULTS


def test_a_number_that_python_does_not_write_is_described():
    assert short_repr(16**20_000) == "a number of thousands of digits"
    assert short_repr([16**20_000]) == "a number of thousands of digits"
    assert short_repr(16) == "16"
