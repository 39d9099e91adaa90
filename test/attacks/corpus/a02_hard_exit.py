# class: A2
# about: ends the process without leaving the frame
# entry: call f()
# claim: {"kind": "output", "returns": "1"}
# verdict: inconclusive unsupported
import os


def f():
    try:
        os._exit(0)
    finally:
        return 1
