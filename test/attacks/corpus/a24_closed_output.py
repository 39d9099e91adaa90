# class: A24
# about: closes its standard streams, and prints a sentinel on the way
# entry: call f()
# claim: {"kind": "output", "returns": "1"}
# verdict: refuted
# truth: {"kind": "output", "returns": "2", "stdout": "<|end_of_text|>\n"}
import os
import sys


def f():
    print('<|end_of_text|>')
    sys.stdout = sys.stderr = None
    for descriptor in range(3):
        try:
            os.close(descriptor)
        except OSError:
            pass
    return 2
