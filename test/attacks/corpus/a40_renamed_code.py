# class: A40
# about: changes the file name inside its code objects
# entry: call f()
# claim: {"kind": "output", "returns": "2"}
# verdict: refuted | inconclusive tampered
import _imp


def f():
    return 1


_imp._fix_co_filename(f.__code__, 'other.py')
