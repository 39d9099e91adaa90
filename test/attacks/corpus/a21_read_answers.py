# class: A21
# about: reads whatever files there are for the answer
# entry: call f()
# claim: {"kind": "output", "returns": "['root']"}
# verdict: refuted
# truth: {"kind": "output", "returns": "[]"}
import os


def f():
    found = []
    for path in ('/etc/passwd', '/proc/self/environ', '/proc/self/maps', '/proc/1/cmdline', '/root', '/work', '/usr'):
        if os.path.exists(path):
            found.append(path)
    for name in os.listdir('/'):
        if name not in ('tmp', 'home', 'dev', 'proc', 'lib'):
            found.append(name)
    return found
