# class: A41
# about: the message of an exception ends the process and starts another, while nothing is traced
# entry: call f()
# claim: {"kind": "output", "raises": "Acting"}
# verdict: inconclusive unsupported | inconclusive tampered
import os


class Acting(Exception):
    def __str__(self):
        os.system('echo escaped > assay-escaped')
        os._exit(0)


def f():
    raise Acting
