# class: A40
# about: runs other code under the program's file name and line numbers
# entry: call f()
# claim: {"kind": "path", "line": 9, "reached": true}
# verdict: refuted
# truth: {"kind": "output", "returns": "None"}
def f():
    return None
    raise AssertionError


def later():
    exec(compile('\n' * 8 + 'x = 1\ny = 2\n', 'program.py', 'exec'))


later()
