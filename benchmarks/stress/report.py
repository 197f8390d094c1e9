"""The numbers of a soak, and whether it passed."""

import json
import re
import statistics
from collections import Counter
from typing import Any

from servers import percentile_ms

from stress.clients import CLIENTS, Tally

AFTER_KILL_S = 5.0


def report(
    tally: Tally,
    events: list[tuple[float, str]],
    memory: dict[str, list[float]],
    counted: dict[str, float],
    log: str,
    seconds: float,
) -> dict[str, Any]:
    in_flight = [f for f in tally.failed if any(0 <= f[0] - at < AFTER_KILL_S for at, _ in events)]
    first = events[0][0] if events else 0.0
    others = [
        f"{told}, {at - first:.1f} s after the first kill"
        for at, told in tally.failed
        if (at, told) not in in_flight
    ]
    warm, end = (statistics.median(memory[phase] or [0.0]) for phase in ("warm", "end"))
    times = sorted(tally.seconds) or [0.0]
    refused = log.count("the new champion was refused")
    growth = end / warm - 1 if warm else 0.0
    passed = not tally.wrong and not others and refused > 0 and growth <= 0.05
    return {
        "passed": passed and len(in_flight) <= CLIENTS * len(events) and len(tally.right) == 2,
        "seconds": seconds,
        "requests": sum(tally.right.values()) + len(tally.wrong) + len(tally.failed),
        "right_by_version": dict(tally.right),
        "wrong": len(tally.wrong),
        "wrong_ones": tally.wrong[:5],
        "failed": len(others),
        "failures": others[:5],
        "in_flight_in_the_killed": len(in_flight),
        "sent_again": tally.again,
        "refused_bundles": refused,
        "errors_logged": dict(Counter(errors_in(log)).most_common(8)),
        "reloads": counted,
        "memory_warm_mib": round(warm, 1),
        "memory_end_mib": round(end, 1),
        "memory_growth": round(growth, 4),
        "p50_ms": round(percentile_ms(times, 0.5), 1),
        "p99_ms": round(percentile_ms(times, 0.99), 1),
        "max_s": round(times[-1], 2),
        "requests_per_s": round(sum(tally.right.values()) / seconds, 1),
    }


def errors_in(log: str) -> list[str]:
    """What the service complained of, without what differs each time."""
    lines = [json.loads(line) for line in log.splitlines() if line.startswith("{")]
    told = [
        f"{line['message']} {' < '.join(line.get('trace', [])[-3:][::-1])}"
        for line in lines
        if line["level"] in ("error", "critical")
    ]
    other = [line for line in log.splitlines() if not line.startswith("{")]
    return [re.sub(r"/\S*/", "", line)[:400] for line in told + other]
