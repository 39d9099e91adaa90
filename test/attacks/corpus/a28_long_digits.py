# class: A28
# about: the digits of a huge number, with the limit on digits taken away
# entry: call f()
# claim: {"kind": "output", "returns": "1"}
# verdict: inconclusive budget | inconclusive memory
import sys


def f():
    if hasattr(sys, 'set_int_max_str_digits'):
        sys.set_int_max_str_digits(0)
    return len(str(1 << 3 * 10**7))
