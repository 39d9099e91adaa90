# class: A32
# about: takes all rights from the directories that runs begin in
# entry: call f()
# claim: {"kind": "output", "returns": "2"}
# verdict: refuted
# truth: {"kind": "output", "returns": "1"}
import os


def f():
    os.mkdir('/tmp/closed')
    for path in ('/tmp/closed', '/tmp', '/home/user', '/lib', '/dev', '/', '/proc'):
        try:
            os.chmod(path, 0)
        except OSError:
            pass
    return 1
