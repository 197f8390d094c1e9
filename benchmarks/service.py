"""Start to ready, latency and memory of the service on one article, one worker, one thread.

    python benchmarks/service.py ARTICLE [--codebook NAME] [--json]

Prints the seconds from start to /readyz, the p50 and p99 of POST /v1/articles over 100 requests
after 10 to warm up, the worker's resident memory after them, and the floor: the encoder's own
time for the sentences the article's answer rests on, measured in this process between two halves
of the requests.
"""

import argparse
import json
import os
import signal
import socket
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

WARM_UP, REQUESTS = 10, 100


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("article", type=Path)
    parser.add_argument("--codebook", default="geneva2")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    text = args.article.read_text("utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    started = time.perf_counter()
    command = [sys.executable, "-m", "standpoint", "serve", "--port", str(port)]
    server = subprocess.Popen(command, start_new_session=True)
    base = f"http://127.0.0.1:{port}"
    try:
        wait_for(f"{base}/readyz")
        ready = time.perf_counter() - started
        found = {"ready_s": ready, **measure(base, text, args.codebook, server.pid)}
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(20)
    if args.json:
        print(json.dumps(found))
    else:
        print("\n".join(f"{name:24} {value:.3f}" for name, value in found.items()))


def wait_for(url: str) -> None:
    for _ in range(3000):
        try:
            urllib.request.urlopen(url, timeout=2).close()
            return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.01)
    raise SystemExit("the service did not start")


def measure(base: str, text: str, codebook: str, pid: int) -> dict[str, float]:
    body = json.dumps({"text": text, "codebook": codebook}).encode()
    answer = post(base, body)[1]
    for _ in range(WARM_UP):
        post(base, body)
    first = [post(base, body)[0] for _ in range(REQUESTS // 2)]
    floor = encoder_seconds(answer)
    times = sorted(first + [post(base, body)[0] for _ in range(REQUESTS // 2)])
    p50 = statistics.median(times)
    worker = max(resident_mb(child) for child in children(pid))
    return {
        "p50_ms": 1000 * p50,
        "p99_ms": 1000 * times[int(0.99 * len(times))],
        "worker_resident_mb": worker,
        "sentences_read": len({s["evidence"]["start"] for s in answer["statements"]}),
        "pairs_judged": len(answer["statements"]),
        "encoder_floor_ms": 1000 * floor,
        "floor_over_p50": floor / p50,
    }


def post(base: str, body: bytes) -> tuple[float, dict[str, Any]]:
    headers = {"Content-Type": "application/json"}
    request = urllib.request.Request(f"{base}/v1/articles", body, headers)
    started = time.perf_counter()
    with urllib.request.urlopen(request, timeout=60) as answer:
        content = answer.read()
    return time.perf_counter() - started, json.loads(content)


def encoder_seconds(answer: dict[str, Any]) -> float:
    from standpoint.model.encoder_folder import find_encoder
    from standpoint.settings import read_settings

    encoder = find_encoder(read_settings().models_dir)
    layers = [2, 4, 6]
    sentences = {s["evidence"]["text"] for s in answer["statements"]}
    found = []
    for _ in range(10):
        started = time.perf_counter()
        for sentence in sentences:
            encoder.encode(sentence, layers=layers)
        found.append(time.perf_counter() - started)
    return statistics.median(found)


def children(pid: int) -> list[int]:
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(child) for child in found] or [pid]


def resident_mb(pid: int) -> float:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0


if __name__ == "__main__":
    main()
