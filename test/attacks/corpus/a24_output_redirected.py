# class: A24
# about: puts a file in place of the output, so that nothing is printed
# entry: call f()
# claim: {"kind": "output", "stdout": "hidden\n"}
# verdict: refuted | inconclusive unsupported
import os


def f():
    descriptor = os.open('out.txt', os.O_CREAT | os.O_RDWR)
    os.dup2(descriptor, 1)
    print('hidden')
