# class: A31
# about: handlers, alarms and timers for signals
# entry: call f()
# claim: {"kind": "output", "returns": "2"}
# verdict: refuted | inconclusive unsupported
import signal


def f():
    signal.signal(signal.SIGINT, lambda *_: print('late'))
    signal.raise_signal(signal.SIGINT)
    signal.alarm(1)
    return 1
