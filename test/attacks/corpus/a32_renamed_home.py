# class: A32
# about: moves the directories away that runs begin in
# entry: call f()
# claim: {"kind": "output", "returns": "2"}
# verdict: refuted
# truth: {"kind": "output", "returns": "1"}
import os


def f():
    for path, target in (('/home/user', '/tmp/user'), ('/tmp', '/home/user/tmp'), ('/lib', '/tmp/lib')):
        try:
            os.rename(path, target)
        except OSError:
            pass
        try:
            os.rmdir(path)
        except OSError:
            pass
    return 1
