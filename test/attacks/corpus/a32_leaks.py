# class: A32
# about: changes everything that outlives a function, for the next run to trip over
# entry: call f()
# claim: {"kind": "output", "returns": "2"}
# verdict: refuted
# truth: {"kind": "output", "returns": "1"}
import builtins
import decimal
import math
import os
import random
import sys
import time
import warnings

sys.modules['math'] = None
sys.modules['json'] = math
sys.path.insert(0, '/tmp')
sys.path_hooks.clear()
sys.meta_path.insert(0, math)
sys.argv.append('x')
sys.setrecursionlimit(77)
sys.displayhook = sys.excepthook = None
random.seed(77)
decimal.getcontext().prec = 3
warnings.simplefilter('error')
os.environ['X'] = 'y'
os.umask(0o777)
os.chdir('/tmp')
builtins.print = None
builtins.leaked = True
time.sleep(1000)


def f():
    with open('/tmp/left', 'w') as file:
        file.write('behind')
    with open('/home/user/left', 'w') as file:
        file.write('behind')
    return 1
