# class: A43
# about: a result that depends on the host's clock
# entry: call f()
# claim: {"kind": "output", "returns": "(True, True)"}
# verdict: refuted
# truth: {"kind": "output", "returns": "(2026, 2026)"}
import datetime
import os
import time


def f():
    open('/tmp/now', 'w').close()
    return datetime.datetime.now().year, time.gmtime(os.stat('/tmp/now').st_mtime).tm_year
