# class: A32
# about: puts its own objects in place of the standard streams
# entry: call f()
# claim: {"kind": "output", "stdout": "forged\n"}
# verdict: refuted
# truth: {"kind": "output", "returns": "None", "stdout": ""}
import io
import sys


def f():
    sys.stdout = sys.__stdout__ = io.StringIO()
    sys.stdin = sys.stderr = None
    print('forged')
