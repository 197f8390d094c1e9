"""``standpoint data get``: the options, the questions about licences, and the progress."""
