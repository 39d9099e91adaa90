# class: A32
# about: links from its own directory to the interpreter's files
# entry: call f()
# claim: {"kind": "output", "returns": "2"}
# verdict: refuted | inconclusive unsupported
import os


def f():
    for make in (os.symlink, os.link):
        try:
            make('/lib', '/tmp/' + make.__name__)
        except OSError:
            pass
    return 1
