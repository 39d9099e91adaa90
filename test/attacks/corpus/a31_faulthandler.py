# class: A31
# about: a watchdog that dumps frames and exits
# entry: call f()
# claim: {"kind": "output", "returns": "2"}
# verdict: refuted | inconclusive unsupported
import faulthandler
import sys


def f():
    faulthandler.enable(file=sys.__stderr__)
    faulthandler.dump_traceback_later(1, exit=True)
    return 1
