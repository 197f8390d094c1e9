"""Options of ``standpoint evaluate`` that some data sets refuse, or that a report repeats."""

from standpoint.errors import InputError
from standpoint.labeling import Floors


def refuse_option(option: str, value: object, *, data: str) -> None:
    """Refuse an option that was set, for data that does not need it.

    Parameters
    ----------
    data : what is scored, and why it does not need the option
    """
    if value is not None:
        raise InputError(f"{option}: must be left out for {data}, got {value!r}.")


def floors_object(floors: Floors) -> dict[str, float]:
    """The floors of confidence as the JSON of an evaluation has them."""
    return {"min_confidence": floors.statements, "min_cell_confidence": floors.cells}
