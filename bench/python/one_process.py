"""Traces the one program that standard input gives as JSON `{"source", "call"}`, and ends."""

import json
import sys

from tracing import trace

sys.stdout.write(json.dumps(trace(**json.loads(sys.stdin.read()))) + "\n")
