"""Traces the program of each line of standard input in this process, and tells what that took, without its frames.

Answers `{"frames", "returns", "seconds", "peak_mb"}`; the peak is of the whole process, in 10^6 bytes.
"""

import json
import resource
import sys
import time

from tracing import trace

for line in sys.stdin.buffer:
    start = time.perf_counter()
    run = trace(**json.loads(line))
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
    answer = {"frames": len(run["frames"]), "returns": run.get("returns"), "seconds": seconds, "peak_mb": peak}
    print(json.dumps(answer), flush=True)
