# class: A40
# about: an error from code that carries the program's file name
# entry: call f()
# claim: {"kind": "output", "returns": "2"}
# verdict: refuted
# truth: {"kind": "output", "raises": "ZeroDivisionError"}
def f():
    exec(compile('\n' * 500 + '1 / 0\n', 'program.py', 'exec'))
