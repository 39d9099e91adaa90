# class: A28
# about: a pattern that backtracks without end
# entry: call f()
# claim: {"kind": "output", "returns": "None"}
# verdict: inconclusive budget
import re


def f():
    return re.match(r'(a|a)*b', 'a' * 60)
