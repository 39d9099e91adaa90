# class: A43
# about: a result that no claim can know, in the hope that nobody can refute it
# entry: call f()
# claim: {"kind": "output", "returns": "b'\\x00\\x00\\x00\\x00'"}
# verdict: refuted
import os
import random
import uuid


def f():
    random.SystemRandom().random()
    uuid.uuid4()
    return os.urandom(4)
