# class: A31
# about: leaves code behind that runs later
# entry: call f()
# claim: {"kind": "output", "returns": "2", "stdout": "late\n"}
# verdict: refuted
# truth: {"kind": "output", "returns": "1", "stdout": ""}
import atexit
import gc
import weakref


class Late:
    def __del__(self):
        print('late')


kept = Late()
kept.itself = kept
weakref.finalize(kept, print, 'late')
atexit.register(print, 'late')


def f():
    global generator
    generator = (print('late') for _ in (1,))
    gc.collect()
    return 1
