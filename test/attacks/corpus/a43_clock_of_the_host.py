# class: A43
# about: directories that were there before the run tell the host's time
# entry: call f()
# claim: {"kind": "output", "returns": "0"}
# verdict: refuted
# truth: {"kind": "output", "returns": "[True, True, True, True]"}
import os


def f():
    return [os.stat(path).st_mtime < 1767225601 for path in ('/', '/tmp', '/home/user', '/dev')]
