"""How long a fit takes, estimated from its first steps by their tokens."""

import time
from dataclasses import dataclass, field

WARM_STEPS = 1  # the first step allocates memory and compiles kernels
REPORT_EVERY_S = 30.0  # a guess: a line often enough to follow, rarely enough to read
TIMED_STEPS = 5  # a guess: enough of different lengths, and the line comes within a minute


@dataclass
class StepClock:
    """Seconds and tokens of the steps of this process.

    Attributes
    ----------
    tokens_per_step : the mean over an epoch
    """

    tokens_per_step: float
    started: float = field(default_factory=time.perf_counter)
    n_steps: int = 0
    n_tokens: int = 0
    seconds: float = 0.0

    def add(self, *, n_tokens: int, seconds: float) -> None:
        """Count a step."""
        self.n_steps += 1
        if self.n_steps > WARM_STEPS:
            self.n_tokens += n_tokens
            self.seconds += seconds

    @property
    def can_estimate(self) -> bool:
        """Whether enough steps are counted, for the first time."""
        return self.n_steps == WARM_STEPS + TIMED_STEPS

    def seconds_for(self, n_steps: int) -> float:
        """The estimated time of further steps, without scores of dev."""
        return self.seconds / max(1, self.n_tokens) * self.tokens_per_step * n_steps


def spoken(seconds: float) -> str:
    """A time in words.

    >>> spoken(40), spoken(3_900), spoken(100_000)
    ('40 s', '1 h 05 min', '27 h 47 min')
    """
    if seconds < 90:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    if minutes < 60:
        return f"{minutes} min"
    return f"{minutes // 60} h {minutes % 60:02} min"
