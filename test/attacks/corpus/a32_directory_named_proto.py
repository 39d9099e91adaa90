# class: A32
# about: directories whose names mean something to the host's language
# entry: call f()
# claim: {"kind": "output", "returns": "2"}
# verdict: refuted | inconclusive unsupported
import os


def f():
    os.makedirs('/home/user/__proto__/constructor/__proto__')
    with open('/home/user/__proto__/__proto__', 'w') as file:
        file.write('x')
    return 1
