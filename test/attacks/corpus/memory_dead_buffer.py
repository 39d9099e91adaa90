# class: memory
# about: keeps a view of a buffer that is freed, and so reads and writes the interpreter's memory
# entry: call f()
# claim: {"kind": "output", "returns": "'forged'"}
# verdict: refuted | inconclusive memory | inconclusive tampered
import io


class File(io.RawIOBase):
    def readinto(self, buffer):
        global view
        view = buffer

    def readable(self):
        return True


def f():
    file = io.BufferedReader(File())
    try:
        file.read(1)
    except TypeError:
        pass
    del file
    words = view.cast('P')
    values = [None] * len(words)
    for index in range(8):
        words[index] = 0xFFFFFFF0
    return values[0:1] and 0
