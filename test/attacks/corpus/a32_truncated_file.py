# class: A32
# about: stretches a file by its name
# entry: call f()
# claim: {"kind": "output", "returns": "1"}
# verdict: inconclusive budget
import os


def f():
    open('/tmp/long', 'wb').close()
    os.truncate('/tmp/long', 2**30)
    return 1
