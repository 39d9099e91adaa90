# class: A32
# about: opens files until there are no descriptors left
# entry: call f()
# claim: {"kind": "output", "returns": "2"}
# verdict: refuted | inconclusive budget
import os


def f():
    os.close(os.open('/tmp/x', os.O_CREAT | os.O_WRONLY))
    opened = []
    try:
        while True: opened.append(os.open('/tmp/x', os.O_RDONLY))
    except OSError:
        return 1
