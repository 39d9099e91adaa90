# class: A36
# about: mounts the host's files
# entry: call f()
# claim: {"kind": "output", "returns": "1"}
# verdict: refuted | inconclusive unsupported
import os


def f():
    os.statvfs('/')
    try:
        os.mknod('/tmp/host')
    except OSError:
        return 0
    return 2
