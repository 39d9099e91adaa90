# class: A32
# about: one byte far out in a file, without seeking
# entry: call f()
# claim: {"kind": "output", "returns": "1"}
# verdict: inconclusive budget
import os


def f():
    descriptor = os.open('/tmp/far', os.O_CREAT | os.O_RDWR)
    os.pwrite(descriptor, b'x', 2**30)
    return 1
