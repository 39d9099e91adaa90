# class: A32
# about: sets the times of directories that stay
# entry: call f()
# claim: {"kind": "output", "returns": "2"}
# verdict: refuted
# truth: {"kind": "output", "returns": "1"}
import os


def f():
    for path in ('/tmp', '/home/user', '/', '/lib', '/dev'):
        try:
            os.utime(path, (1, 1))
        except OSError:
            pass
    return 1
