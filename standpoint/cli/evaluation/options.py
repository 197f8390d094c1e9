"""Options that some data sets of ``standpoint evaluate`` do not accept."""

from standpoint.errors import InputError


def refuse_option(option: str, value: object, *, data: str) -> None:
    """Refuse an option that was set, for data that does not need it.

    Parameters
    ----------
    data : what is scored, and why it does not need the option
    """
    if value is not None:
        raise InputError(f"{option}: must be left out for {data}, got {value!r}.")
