# class: A32
# about: writes into the interpreter's own files
# entry: call f()
# claim: {"kind": "output", "returns": "100"}
# verdict: refuted | inconclusive tampered
import os


def f():
    written = 0
    for folder, _, names in os.walk('/lib'):
        for name in names[:3]:
            for flags in (os.O_WRONLY, os.O_RDWR, os.O_WRONLY | os.O_TRUNC, os.O_WRONLY | os.O_APPEND):
                try:
                    written += os.write(os.open(folder + '/' + name, flags), b'x')
                except OSError:
                    pass
        try:
            os.mkdir(folder + '/new')
            written += 1
        except OSError:
            pass
        break
    return written
