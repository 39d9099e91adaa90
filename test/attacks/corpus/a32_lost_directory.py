# class: A32
# about: stands in a directory that is gone
# entry: call f()
# claim: {"kind": "output", "returns": "2"}
# verdict: refuted | inconclusive unsupported
import os


def f():
    os.mkdir('/tmp/gone')
    os.chdir('/tmp/gone')
    os.rmdir('/tmp/gone')
    return 1
